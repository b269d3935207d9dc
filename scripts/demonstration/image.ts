import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import {
  IMAGE_TYPE,
  INDEX_TYPE,
  type OciTestRegistry,
  type TestDescriptor
} from '../../__tests__/support/services/oci-registry.ts'

const CONFIG_TYPE = 'application/vnd.oci.image.config.v1+json'
const LAYER_TYPE = 'application/vnd.oci.image.layer.v1.tar+gzip'
const CREATED = '1970-01-01T00:00:00Z'

const FILES: Readonly<Record<string, string>> = {
  'etc/os-release': 'NAME=Demonstration\nID=demonstration\nVERSION_ID=1.0\n',
  'srv/hello.txt': 'Hello from an image that a demonstration signs.\n'
}

/** Puts a small image for two platforms into a registry. @returns the descriptor of its index */
export function pushImage(
  registry: OciTestRegistry,
  repository: string,
  tag: string
): TestDescriptor {
  const manifests = ['amd64', 'arm64'].map((architecture) => {
    const tar = tarOf({ ...FILES, 'etc/architecture': `${architecture}\n` })
    const layer = registry.blob(repository, gzipSync(tar), LAYER_TYPE)
    const config = registry.blob(repository, configOf(architecture, tar), CONFIG_TYPE)
    const json = { schemaVersion: 2, mediaType: IMAGE_TYPE, config, layers: [layer] }
    const platform = { os: 'linux', architecture }
    return { ...registry.manifest(repository, json), platform }
  })
  return registry.manifest(repository, { schemaVersion: 2, mediaType: INDEX_TYPE, manifests }, tag)
}

/** @see https://github.com/opencontainers/image-spec/blob/main/config.md */
function configOf(architecture: string, tar: Buffer): string {
  return JSON.stringify({
    created: CREATED,
    architecture,
    os: 'linux',
    config: { Env: ['PATH=/usr/bin:/bin'], Cmd: ['/bin/sh'], WorkingDir: '/srv' },
    rootfs: {
      type: 'layers',
      diff_ids: [`sha256:${createHash('sha256').update(tar).digest('hex')}`]
    },
    history: [{ created: CREATED, created_by: 'the demonstration of Assay' }]
  })
}

const BLOCK = 512

/** @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html ustar Interchange Format */
function tarOf(files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files).map(([name, text]) => {
    const bytes = Buffer.from(text)
    const padding = Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)
    return Buffer.concat([headerOf(name, bytes.length), bytes, padding])
  })
  return Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)])
}

function headerOf(name: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK)
  header.write(name, 0)
  header.write(octal(0o644, 8), 100)
  header.write(octal(0, 8), 108)
  header.write(octal(0, 8), 116)
  header.write(octal(size, 12), 124)
  header.write(octal(0, 12), 136)
  header.write(' '.repeat(8), 148)
  header.write('0', 156)
  header.write('ustar\u000000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148)
  return header
}

function octal(value: number, length: number): string {
  return value.toString(8).padStart(length - 1, '0')
}
