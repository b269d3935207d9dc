import { inflateRawSync } from 'node:zlib'
import { messageOf, ServiceError } from '../model/errors.ts'

/** One file in a zip archive, as its central directory describes it. */
export interface ZipEntry {
  /** One character for each byte of the name (`latin1`), so that it sorts and hashes as the bytes do. */
  readonly name: string
  /** 0: stored, 8: deflated. */
  readonly method: 0 | 8
  /** In bytes, in the archive. */
  readonly packedSize: number
  /** In bytes, unpacked. */
  readonly size: number
  /** Of its local header, from the start of the archive. */
  readonly offset: number
}

/** Most entries that an archive may have: ten times the largest that we know of. */
const MAX_ENTRIES = 1_000_000

/** Signatures and fixed lengths of the records. @see https://pkware.cachefly.net/webdocs/APPNOTE/APPNOTE-6.3.10.TXT */
const LOCAL_HEADER = { signature: 0x04034b50, length: 30 }
const DIRECTORY_HEADER = { signature: 0x02014b50, length: 46 }
const DIRECTORY_END = { signature: 0x06054b50, length: 22 }
const DIRECTORY_END_64 = { signature: 0x06064b50, length: 56 }
const LOCATOR_64 = { signature: 0x07064b50, length: 20 }

/** A value that does not fit: it stands in a zip64 record then. */
const SEE_ZIP64 = 0xffffffff

const ENCRYPTED = 0x1

interface Directory {
  readonly count: number
  readonly start: number
  readonly end: number
}

/**
 * Reads a zip archive's central directory. Sizes in it are final even where a data descriptor follows the
 * data. Stricter than most readers: the directory lies exactly where the end record says, and that record
 * ends the file, so that no two readers can find different directories.
 *
 * @param maxUnpackedBytes most bytes that all entries together may have when unpacked
 * @throws ServiceError `SERVICE_RESPONSE_INVALID` when it is no such archive, `SERVICE_LIMIT_EXCEEDED`
 */
export function readZip(archive: Uint8Array, maxUnpackedBytes: number): readonly ZipEntry[] {
  const bytes = bufferOf(archive)
  const directory = directoryOf(bytes)
  if (directory.count > MAX_ENTRIES) {
    throw tooLarge(`it has ${directory.count} entries, expected at most ${MAX_ENTRIES}`)
  }
  const entries: ZipEntry[] = []
  let [at, unpacked] = [directory.start, 0]
  for (let left = directory.count; left > 0; left--) {
    const { entry, next } = entryAt(bytes, at, directory)
    unpacked += entry.size
    if (unpacked > maxUnpackedBytes) {
      throw tooLarge(`it unpacks to more than ${maxUnpackedBytes} bytes`)
    }
    entries.push(entry)
    at = next
  }
  if (at !== directory.end) throw invalid('its directory has more entries than it says')
  return entries
}

/**
 * Unpacks one entry.
 *
 * @throws ServiceError `SERVICE_RESPONSE_INVALID` when it is damaged, or is not of the size that the directory says
 */
export function unpack(archive: Uint8Array, entry: ZipEntry): Uint8Array {
  const bytes = bufferOf(archive)
  const { length } = LOCAL_HEADER
  if (!hasRecord(bytes, entry.offset, LOCAL_HEADER)) {
    throw invalid(`${shownName(entry)} has no header`)
  }
  const names = bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28)
  const start = entry.offset + length + names
  const data = bytes.subarray(start, start + entry.packedSize)
  if (data.length !== entry.packedSize) throw invalid(`${shownName(entry)} is cut off`)
  const plain = entry.method === 0 ? data : inflated(data, entry)
  if (plain.length !== entry.size) {
    throw invalid(`${shownName(entry)} has ${plain.length} bytes, its directory says ${entry.size}`)
  }
  return plain
}

/** The name as people read it, quoted. */
export function shownName({ name }: Pick<ZipEntry, 'name'>): string {
  return JSON.stringify(Buffer.from(name.slice(0, 200), 'latin1').toString('utf8'))
}

/** An archive that cannot be what it is said to be. */
export function invalidZip(reason: string): ServiceError {
  return invalid(reason)
}

/** Never more output than the directory promised, whatever the data would expand to. */
function inflated(data: Buffer, entry: ZipEntry): Uint8Array {
  // One byte of room tells "exactly as long" from "longer", and spares zlib a second buffer.
  const room = entry.size + 1
  try {
    return inflateRawSync(data, { maxOutputLength: room, chunkSize: Math.max(room, 64) })
  } catch (error) {
    throw invalid(`${shownName(entry)} cannot be unpacked: ${messageOf(error)}`)
  }
}

function directoryOf(bytes: Buffer): Directory {
  const end = endOfDirectory(bytes)
  const [disk, directoryDisk] = [bytes.readUInt16LE(end + 4), bytes.readUInt16LE(end + 6)]
  const count = bytes.readUInt16LE(end + 10)
  const size = bytes.readUInt32LE(end + 12)
  const start = bytes.readUInt32LE(end + 16)
  const end64 =
    count === 0xffff || size === SEE_ZIP64 || start === SEE_ZIP64 ? end64Of(bytes, end) : undefined
  if (end64 !== undefined) return end64
  if (disk !== 0 || directoryDisk !== 0) throw invalid('it is one part of several')
  return checkedDirectory({ count, start, end: start + size }, end)
}

/** From the end, because the record is of variable length: a comment may follow. */
function endOfDirectory(bytes: Buffer): number {
  const { signature, length } = DIRECTORY_END
  const lowest = Math.max(0, bytes.length - length - 0xffff)
  for (let at = bytes.length - length; at >= lowest; at--) {
    if (bytes.readUInt32LE(at) !== signature) continue
    if (at + length + bytes.readUInt16LE(at + 20) === bytes.length) return at
  }
  throw invalid('it has no end of directory')
}

function end64Of(bytes: Buffer, end: number): Directory | undefined {
  const locator = end - LOCATOR_64.length
  if (!hasRecord(bytes, locator, LOCATOR_64)) return undefined
  const at = bigNumberAt(bytes, locator + 8)
  if (!hasRecord(bytes, at, DIRECTORY_END_64))
    throw invalid('its zip64 end of directory is missing')
  const count = bigNumberAt(bytes, at + 32)
  const start = bigNumberAt(bytes, at + 48)
  const size = bigNumberAt(bytes, at + 40)
  return checkedDirectory({ count, start, end: start + size }, at)
}

function checkedDirectory(directory: Directory, end: number): Directory {
  if (directory.end === end && directory.start <= end) return directory
  throw invalid(`its directory ends at byte ${directory.end}, expected ${end}`)
}

function entryAt(
  bytes: Buffer,
  at: number,
  directory: Directory
): { readonly entry: ZipEntry; readonly next: number } {
  const { length } = DIRECTORY_HEADER
  if (at + length > directory.end || !hasRecord(bytes, at, DIRECTORY_HEADER)) {
    throw invalid('its directory is damaged')
  }
  const [nameLength, extraLength] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30)]
  const extraAt = at + length + nameLength
  const next = extraAt + extraLength + bytes.readUInt16LE(at + 32)
  if (next > directory.end) throw invalid('its directory is damaged')
  const name = bytes.toString('latin1', at + length, extraAt)
  const method = bytes.readUInt16LE(at + 10)
  if ((bytes.readUInt16LE(at + 8) & ENCRYPTED) !== 0) {
    throw invalid(`${shownName({ name })} is encrypted`)
  }
  if (method !== 0 && method !== 8) {
    throw invalid(`${shownName({ name })} is packed by method ${method}, expected 0 or 8`)
  }
  const fields = [24, 20, 42].map((field) => bytes.readUInt32LE(at + field))
  const extra = bytes.subarray(extraAt, extraAt + extraLength)
  const [size = 0, packedSize = 0, offset = 0] = fields.includes(SEE_ZIP64)
    ? zip64Fields(extra, fields)
    : fields
  if (offset + LOCAL_HEADER.length + packedSize > directory.start) {
    throw invalid(`${shownName({ name })} does not lie before the directory`)
  }
  return { entry: { name, method, packedSize, size, offset }, next }
}

/** The fields that do not fit stand in the extra field 1, in this order. APPNOTE 4.5.3 */
function zip64Fields(extra: Buffer, fields: readonly number[]): readonly number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    const data = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2))
    let used = 0
    return fields.map((field) => {
      if (field !== SEE_ZIP64) return field
      used += 8
      return bigNumberAt(data, used - 8)
    })
  }
  throw invalid('its directory is damaged')
}

function hasRecord(
  bytes: Buffer,
  at: number,
  record: { readonly signature: number; readonly length: number }
): boolean {
  return (
    at >= 0 && at + record.length <= bytes.length && bytes.readUInt32LE(at) === record.signature
  )
}

function bigNumberAt(bytes: Buffer, at: number): number {
  const value = at + 8 <= bytes.length ? Number(bytes.readBigUInt64LE(at)) : Number.NaN
  if (!Number.isSafeInteger(value)) throw invalid('its directory is damaged')
  return value
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function invalid(reason: string): ServiceError {
  return new ServiceError({
    code: 'SERVICE_RESPONSE_INVALID',
    message: `Cannot read the zip archive: ${reason}`,
    remedy: 'Compare the file with another mirror: whoever serves it serves something else',
    reason
  })
}

function tooLarge(reason: string): ServiceError {
  return new ServiceError({
    code: 'SERVICE_LIMIT_EXCEEDED',
    message: `Cannot read the zip archive: ${reason}`,
    remedy: 'Compare the file with another mirror: Go itself refuses archives of this size',
    reason
  })
}
