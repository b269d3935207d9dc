import { randomUUID } from 'node:crypto'
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { join, resolve } from 'node:path'
import { InputError, messageOf, ParseError } from '../model/errors.ts'

/** Pieces are gathered up to this many UTF-16 units before they go to the disk. */
const BATCH_UNITS = 256 * 1024

/** A file name on every platform: one segment, no device, nothing hidden. */
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/

/**
 * Writes a document into a folder piece by piece: a reader of the folder sees the old file or the whole
 * new one, and an existing link of that name is replaced, not followed.
 *
 * @param folder made when it is not there
 * @returns the absolute path
 * @throws InputError `INPUT_INVALID` when the folder cannot be written to
 */
export function writeDocument(folder: string, name: string, chunks: Iterable<string>): string {
  if (!FILE_NAME.test(name)) throw new Error(`"${name}" is no file name`)
  const path = join(resolve(folder), name)
  const temporary = join(resolve(folder), `.${name}.${randomUUID()}.tmp`)
  try {
    makeFolder(folder)
    writeBatches(temporary, chunks)
    renameSync(temporary, path)
    return path
  } catch (cause) {
    removeQuietly(temporary)
    throw isDiskError(cause) ? unwritable(folder, name, cause) : cause
  }
}

/**
 * Reads a document of a folder as it lies on the disk.
 *
 * @returns nothing when there is none; a link is none
 * @throws ParseError `FILE_TOO_LARGE` above `maxBytes`
 */
export function readDocument(folder: string, name: string, maxBytes: number): string | undefined {
  if (!FILE_NAME.test(name)) return undefined
  const file = opened(join(resolve(folder), name))
  if (file === undefined) return undefined
  try {
    const stat = fstatSync(file)
    if (!stat.isFile()) return undefined
    if (stat.size <= maxBytes) return readFileSync(file, 'utf8')
    throw new ParseError({
      code: 'FILE_TOO_LARGE',
      message: `Cannot read "${name}" back: ${stat.size} bytes, expected at most ${maxBytes}`,
      remedy: 'Look at what else writes into the output folder'
    })
  } finally {
    closeSync(file)
  }
}

function opened(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  } catch {
    return undefined
  }
}

/** The folder may lie in the checkout, where a commit can have put a link that leads out of it. */
function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true })
  if (lstatSync(folder).isSymbolicLink()) {
    throw new InputError({
      code: 'INPUT_INVALID',
      message: `Cannot write into "${folder}": it is a symbolic link`,
      remedy: 'Give the folder that it leads to, if you trust it, with `--out`'
    })
  }
}

/** In the foreground: nothing else is to be done meanwhile, and the way over threads costs more than the disk. */
function writeBatches(path: string, chunks: Iterable<string>): void {
  const file = openSync(path, 'wx')
  try {
    for (const batch of batchesOf(chunks)) writeFileSync(file, batch)
  } finally {
    closeSync(file)
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // The error that brought us here says more.
  }
}

/** Joins pieces: one write for each would cost more than all the rest. */
function* batchesOf(chunks: Iterable<string>): Generator<string> {
  let batch: string[] = []
  let units = 0
  for (const chunk of chunks) {
    batch.push(chunk)
    units += chunk.length
    if (units >= BATCH_UNITS) {
      yield batch.join('')
      batch = []
      units = 0
    }
  }
  yield batch.join('')
}

/** What the disk says has a `code` such as `ENOSPC`; what the pieces' maker throws is not about the folder. */
function isDiskError(error: unknown): boolean {
  return Error.isError(error) && 'syscall' in error
}

function unwritable(folder: string, name: string, cause: unknown): InputError {
  return new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot write "${name}" into "${folder}": ${messageOf(cause)}`,
    remedy: 'Free the disk, or give another folder with `--out`',
    cause
  })
}
