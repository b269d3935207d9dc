import { InputError } from '../../model/errors.ts'
import { withoutSecrets } from '../../model/url.ts'

/** What Node's `Agent` takes as `proxyEnv`. @see https://nodejs.org/api/http.html#built-in-proxy-support */
export interface ProxyEnv {
  readonly [name: string]: string | undefined
  readonly HTTPS_PROXY?: string
  readonly HTTP_PROXY?: string
  readonly NO_PROXY?: string
}

/** First version of Node whose `Agent` knows proxies. */
const MIN_NODE = [24, 5] as const

/**
 * The machine's proxy settings in the form Node takes them: lower-case names win, as with curl; `ALL_PROXY`
 * stands for both; `NO_PROXY` means the same as to other tools (a domain with all below it, CIDR ranges).
 *
 * @returns nothing when no proxy is set
 * @throws InputError `INPUT_INVALID` when a proxy is set that cannot be used: it is never silently passed by
 */
export function proxyEnvOf(
  env: Readonly<Record<string, string | undefined>>,
  nodeVersion: string
): ProxyEnv | undefined {
  const all = settingOf(env, 'ALL_PROXY')
  const https = settingOf(env, 'HTTPS_PROXY') ?? all
  const http = settingOf(env, 'HTTP_PROXY') ?? all
  if (https === undefined && http === undefined) return undefined
  assertNode(nodeVersion)
  const bypass = settingOf(env, 'NO_PROXY')
  return {
    ...(https !== undefined && { HTTPS_PROXY: proxyUrlOf(https) }),
    ...(http !== undefined && { HTTP_PROXY: proxyUrlOf(http) }),
    ...(bypass !== undefined && { NO_PROXY: bypassListOf(bypass) })
  }
}

function settingOf(
  env: Readonly<Record<string, string | undefined>>,
  name: string
): string | undefined {
  const value = (env[name.toLowerCase()] ?? env[name] ?? '').trim()
  return value === '' ? undefined : value
}

function assertNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return
  throw new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot use the proxy that the environment names: Node is ${version}, expected ${MIN_NODE.join('.')} or newer`,
    remedy: 'Update Node, or unset `HTTPS_PROXY` and `HTTP_PROXY` where no proxy is needed'
  })
}

/** `proxy.example:3128` means HTTP, as with curl. Node would pass by what it does not know. */
function proxyUrlOf(setting: string): string {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(setting) ? setting : `http://${setting}`
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url
  throw new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot use the proxy "${withoutSecrets(url)}": expected an http or https URL`,
    remedy: 'Set `HTTPS_PROXY` and `HTTP_PROXY` to a URL such as `http://proxy.example:3128`'
  })
}

function bypassListOf(list: string): string {
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .flatMap(bypassesOf)
    .join(',')
}

/** Node takes a bare domain as one host and knows no CIDR ranges. */
function bypassesOf(entry: string): readonly string[] {
  const range = rangeOf(entry)
  if (range !== undefined) return [range]
  if (/^(?:\*$|[\d.]+$|\[|[\d.]+-)/.test(entry) || entry.includes('::')) return [entry]
  const domain = entry.replace(/^\*?\./, '')
  // `.domain` with a port is the one form that Node does not take.
  return domain.includes(':') ? [domain] : [domain, `.${domain}`]
}

/** `10.0.0.0/8` as Node's `10.0.0.0-10.255.255.255`. */
function rangeOf(entry: string): string | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(entry)
  if (!match) return undefined
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = match.slice(1).map(Number)
  if (Math.max(a, b, c, d) > 255 || bits > 32) return undefined
  const size = 2 ** (32 - bits)
  const address = ((a * 256 + b) * 256 + c) * 256 + d
  const first = address - (address % size)
  return `${addressOf(first)}-${addressOf(first + size - 1)}`
}

function addressOf(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.')
}
