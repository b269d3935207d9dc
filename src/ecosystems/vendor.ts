import { posix } from 'node:path'
import {
  MAX_VENDOR_LOCK_BYTES,
  parseVendorLock,
  VENDOR_LOCKS,
  type VendorLock,
  vendorPurl
} from '../formats/vendor-lock.ts'
import { type Component, type LockedFile, VENDORED } from '../model/component.ts'
import { ParseError } from '../model/errors.ts'
import { type Ecosystem, type Extraction, extractionOf, type SourceFile } from './ecosystem.ts'

/** Most faults that one message names. */
const MAX_FAULTS = 10

const REMEDY = 'Correct the lock as docs/vendor-lock.md of Assay has it'

/** Folders of files that somebody else made, with a lock of ours: what they are is in no registry. */
export const vendor: Ecosystem = {
  id: 'vendor',
  ecosystem: VENDORED,
  reads:
    '`vendor.lock.yaml` and `vendor.lock.yml`: digests and minisign signatures of vendored files',
  recognises: (basename) => VENDOR_LOCKS.includes(basename),
  extract
}

function extract(file: SourceFile): Extraction {
  const component = componentOf(file.path, readLock(file))
  return extractionOf([component], [component.purl], [])
}

/** @throws ParseError */
function readLock({ path, text }: SourceFile): VendorLock {
  if (Buffer.byteLength(text) > MAX_VENDOR_LOCK_BYTES) {
    throw new ParseError({
      code: 'FILE_TOO_LARGE',
      message: `Cannot read "${path}": ${Buffer.byteLength(text)} bytes, expected at most ${MAX_VENDOR_LOCK_BYTES}`,
      remedy: 'Split the folder, or lock an archive instead of its files'
    })
  }
  const lock = parseVendorLock(text)
  if ('name' in lock) return lock
  const faults = lock.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
  const named = faults
    .slice(0, MAX_FAULTS)
    .map(({ line, message }) => (line === undefined ? message : `line ${line}: ${message}`))
  const rest = faults.length - named.length
  throw new ParseError({
    code: 'LOCKFILE_SYNTAX',
    message: `Cannot read "${path}": ${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`,
    remedy: REMEDY,
    line: faults[0]?.line
  })
}

function componentOf(path: string, lock: VendorLock): Component {
  const { name, version, files, license } = lock
  const folder = posix.dirname(path)
  const location = { path }
  return {
    purl: vendorPurl(lock),
    ecosystem: VENDORED,
    name,
    version,
    direct: true,
    origin: { kind: 'local', path: folder },
    files: files.map(({ path: inside, digest, line }): LockedFile => ({
      name: inside,
      digests: [digest],
      location: { path, line }
    })),
    licenses: license === undefined ? [] : [license],
    dependsOn: [],
    edges: 'unknown',
    locations: [location]
  }
}
