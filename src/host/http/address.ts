import { BlockList, isIP } from 'node:net'

type Subnet = readonly [net: string, prefix: number, family: 'ipv4' | 'ipv6']

/** @see https://www.iana.org/assignments/iana-ipv4-special-registry */
const PRIVATE = listOf([
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6']
])

/** Where clouds answer with the machine's own credentials. No package registry lives there. */
const METADATA = listOf([
  ['169.254.0.0', 16, 'ipv4'],
  ['fd00:ec2::', 32, 'ipv6'],
  ['fe80::', 10, 'ipv6']
])

/** Whether a host is this machine or in a network that only its neighbours reach, as far as its spelling tells. */
export function isPrivateHost(hostname: string): boolean {
  const name = bare(hostname)
  return name === 'localhost' || name.endsWith('.localhost') || isIn(name, PRIVATE)
}

/** Whether a host is a cloud's metadata service, or link-local, where nothing else is. */
export function isMetadataHost(hostname: string): boolean {
  const name = bare(hostname)
  return name === 'metadata.google.internal' || isIn(name, METADATA)
}

function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
}

function isIn(address: string, list: BlockList): boolean {
  const family = isIP(address)
  // A list finds IPv4 addresses that are written as IPv6, too.
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

function listOf(subnets: readonly Subnet[]): BlockList {
  const list = new BlockList()
  for (const [net, prefix, family] of subnets) list.addSubnet(net, prefix, family)
  return list
}
