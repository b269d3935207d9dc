import { createHash, hash } from 'node:crypto'
import type { Digest } from '../model/digest.ts'
import { invalidZip, readZip, shownName, unpack, type ZipEntry } from './zip.ts'

/**
 * Largest module zip, and most bytes in it when unpacked: Go's own limits. A lower one refuses real
 * modules.
 *
 * @see https://go.dev/ref/mod#zip-path-size-constraints
 */
export const MAX_MODULE_BYTES = 500 * 1024 * 1024

/** Largest go.mod file: Go's own limit. */
export const MAX_GO_MOD_BYTES = 16 * 1024 * 1024

/** Characters that no file of a module has in its name. Bytes above 127 are parts of letters. */
const FORBIDDEN = /[^ -~\u0080-\u00ff]|["'*:;<>?\\`|]/

/**
 * Computes Go's hash of a module zip, the one that go.sum lists: the SHA-256 of a list of the SHA-256 of
 * every file, sorted by name.
 *
 * @param prefix what every name in a module's zip begins with: `<module>@<version>/`
 * @throws ServiceError `SERVICE_RESPONSE_INVALID` when the bytes are no zip of this module,
 *   `SERVICE_LIMIT_EXCEEDED` when they are more, packed or unpacked, than Go takes
 * @see https://go.dev/ref/mod#go-sum-files
 */
export function h1OfModuleZip(zip: Uint8Array, prefix: string): Digest {
  const wanted = Buffer.from(prefix, 'utf8').toString('latin1')
  const hashes = new Map<string, string>()
  for (const entry of readZip(zip, MAX_MODULE_BYTES)) {
    const fault = faultOfName(entry, wanted)
    if (fault !== undefined) throw invalidZip(`entry ${shownName(entry)} ${fault}`)
    if (hashes.has(entry.name)) throw invalidZip(`it has ${shownName(entry)} twice`)
    // The checksum of the archive itself adds nothing: this hash covers the same bytes.
    hashes.set(entry.name, hash('sha256', unpack(zip, entry)))
  }
  return h1Of(hashes)
}

/** Computes Go's hash of a go.mod file, as go.sum lists it. */
export function h1OfGoMod(bytes: Uint8Array): Digest {
  return h1Of(new Map([['go.mod', hash('sha256', bytes)]]))
}

/** @param hashes name, one character for each byte, to SHA-256 in hex */
function h1Of(hashes: ReadonlyMap<string, string>): Digest {
  const list = createHash('sha256')
  for (const name of [...hashes.keys()].sort()) {
    list.update(`${hashes.get(name) ?? ''}  ${name}\n`, 'latin1')
  }
  return { algorithm: 'h1', hex: list.digest('hex') }
}

/** An empty element, `.` or `..` anywhere in a path. */
const UNCLEAN = /(?:^|\/)\.{0,2}(?:\/|$)/

/** @see https://go.dev/ref/mod#zip-path-size-constraints */
function faultOfName({ name }: ZipEntry, prefix: string): string | undefined {
  if (!name.startsWith(prefix)) return 'lies outside of the module'
  // A folder's own entry ends with a slash, and counts like a file.
  const path = name.slice(prefix.length, name.endsWith('/') ? -1 : undefined)
  if (FORBIDDEN.test(path)) return 'has a character that no file of a module has'
  return path !== '' && UNCLEAN.test(path) ? 'has a path that leads elsewhere' : undefined
}
