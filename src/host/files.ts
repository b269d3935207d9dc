import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  openSync,
  readFileSync,
  readdirSync,
  realpathSync,
  statSync
} from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { messageOf, ParseError } from '../model/errors.ts'
import type { CheckoutFiles } from './host.ts'
import { kindOf, list } from './listing.ts'
import { walk } from './walk.ts'

/** How much of a file is read at once, in bytes. */
const READ_BYTES = 1024 * 1024

/** The tree below `root` on this machine's disk. */
export function checkoutFiles(root: string): CheckoutFiles {
  const isFile = (link: string): boolean => {
    const place = placeOf(root, link)
    return place !== undefined && statSync(place, { throwIfNoEntry: false })?.isFile() === true
  }
  return {
    root,
    walk: (skip) => walk(root, { skip, isFile }),
    readText: (path, maxBytes) => readText(root, path, maxBytes),
    sha256: (path) => sha256(root, path),
    readBytes: (path, options) => readBytes(root, path, options),
    chunks: (path, maxBytes) => chunks(root, path, maxBytes),
    list: (folder, maxEntries) => list(root, folder, maxEntries),
    kindOf: (path) => kindOf(root, path),
    isPopulated: (folder) => isPopulated(root, folder)
  }
}

function readText(root: string, path: string, maxBytes: number): string | undefined {
  const file = openInside(root, path)
  if (file === undefined) return undefined
  try {
    const { size } = fstatSync(file)
    if (size > maxBytes) {
      throw tooLarge(path, `${size}`, maxBytes)
    }
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}

/** @returns a descriptor of a regular file, or nothing when there is none that may be read */
function openInside(root: string, path: string): number | undefined {
  const place = placeOf(root, path)
  if (place === undefined) return undefined
  try {
    // A pipe must not keep us waiting, and a link that took the file's place is not followed. Where the
    // system has no such flags they are undefined, which counts as 0 here.
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW
    const file = openSync(place, flags)
    if (fstatSync(file).isFile()) return file
    closeSync(file)
    return undefined
  } catch (cause) {
    if (/^(ENOENT|ELOOP|EISDIR|ENXIO)/.test(messageOf(cause))) return undefined
    throw unreadable(path, cause)
  }
}

function tooLarge(path: string, found: string, maxBytes: number): ParseError {
  return new ParseError({
    code: 'FILE_TOO_LARGE',
    message: `Cannot read "${path}": ${found} bytes, expected at most ${maxBytes}`,
    remedy: 'Leave the file out with an `exclude` pattern if it is no lockfile'
  })
}

function unreadable(path: string, cause: unknown): ParseError {
  return new ParseError({
    code: 'FILE_UNREADABLE',
    message: `Cannot read "${path}": ${messageOf(cause).split(',', 1)[0] ?? ''}`,
    remedy: 'Give the user that runs Assay the right to read it, or leave it out with `exclude`',
    cause
  })
}

/** Where a path really lies; nothing when that is outside, in a `.git` folder, or nowhere. */
function placeOf(root: string, path: string): string | undefined {
  try {
    const place = realpathSync(resolve(root, path))
    const parts = relative(realpathSync(root), place).split(sep)
    const outside = parts[0] === '..' || isAbsolute(parts.join(sep))
    // `.git/config` holds the job's token when `actions/checkout` put it there.
    return outside || parts.some((part) => part.toLowerCase() === '.git') ? undefined : place
  } catch {
    return undefined
  }
}

async function sha256(root: string, path: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    const fd = openInside(root, path)
    if (fd === undefined) return undefined
    for await (const chunk of createReadStream('', { fd })) hash.update(chunk as Uint8Array)
    return hash.digest('hex')
  } catch {
    return undefined
  }
}

async function readBytes(
  root: string,
  path: string,
  { maxBytes, take }: Parameters<CheckoutFiles['readBytes']>[1]
): Promise<number | undefined> {
  const file = openInside(root, path)
  if (file === undefined) return undefined
  let bytes = 0
  for await (const chunk of chunksOf(file, { path, maxBytes })) {
    bytes += chunk.length
    take(chunk)
  }
  return bytes
}

async function* chunks(root: string, path: string, maxBytes: number): AsyncGenerator<Uint8Array> {
  const file = openInside(root, path)
  if (file === undefined) throw unreadable(path, 'it is no file of the checkout')
  yield* chunksOf(file, { path, maxBytes })
}

/** It may grow while it is read: what counts is what comes. */
async function* chunksOf(
  fd: number,
  { path, maxBytes }: { readonly path: string; readonly maxBytes: number }
): AsyncGenerator<Uint8Array> {
  const stream = createReadStream('', { fd, highWaterMark: READ_BYTES })
  let bytes = 0
  try {
    for await (const chunk of stream) {
      bytes += (chunk as Uint8Array).length
      if (bytes > maxBytes) throw tooLarge(path, `more than ${maxBytes}`, maxBytes)
      yield chunk as Uint8Array
    }
  } catch (error) {
    throw error instanceof ParseError ? error : unreadable(path, error)
  } finally {
    stream.destroy()
  }
}

function isPopulated(root: string, folder: string): boolean {
  const place = placeOf(root, folder)
  try {
    return place !== undefined && readdirSync(place).length > 0
  } catch {
    return false
  }
}

/**
 * Reads a configuration file of this machine.
 *
 * @see Host.readMachineText
 */
export function readMachineText(path: string, maxBytes: number): string | undefined {
  if (!isAbsolute(path)) return undefined
  const bytes = sizeOf(path)
  if (bytes === undefined) return undefined
  if (bytes > maxBytes) {
    throw new ParseError({
      code: 'FILE_TOO_LARGE',
      message: `Cannot read "${path}": ${bytes} bytes, expected at most ${maxBytes}`,
      remedy: 'Look at what is in this configuration file of the machine'
    })
  }
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** @see Host.machineChunks */
export function machineChunks(path: string): AsyncIterable<Uint8Array> | undefined {
  return isAbsolute(path) && sizeOf(path) !== undefined ? machineChunksOf(path) : undefined
}

async function* machineChunksOf(path: string): AsyncGenerator<Uint8Array> {
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY)
  } catch (cause) {
    throw unreadable(path, cause)
  }
  yield* chunksOf(file, { path, maxBytes: Infinity })
}

/** In bytes; nothing when there is no regular file, or no right to look. */
function sizeOf(path: string): number | undefined {
  try {
    const stat = statSync(path)
    return stat.isFile() ? stat.size : undefined
  } catch {
    return undefined
  }
}
