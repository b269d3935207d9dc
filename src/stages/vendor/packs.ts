import { posix } from 'node:path'
import {
  MAX_VENDOR_LOCK_BYTES,
  parseVendorLock,
  SIGNATURE_SUFFIX,
  VENDOR_LOCKS,
  type VendorLock
} from '../../formats/vendor-lock.ts'
import type { CheckoutFiles } from '../../host/host.ts'
import { AssayError, InputError } from '../../model/errors.ts'
import { parsePathPattern, patternFor } from '../../policy/path-pattern.ts'
import type { BaseFiles } from '../../services/base-files.ts'

/** Most files of one folder that are looked at. */
const MAX_ENTRIES = 100_000

/** A vendored folder: its lock, and what lies in it. */
export interface Pack {
  /** Path of the lock. */
  readonly path: string
  /** Empty: the checkout itself. */
  readonly folder: string
  readonly text: string
  readonly lock: VendorLock
  /** All that lies in it, by path in the checkout. Empty for the checkout itself, which is more than its lock lists. */
  readonly paths: readonly string[]
  /** There is more in it than was looked at. */
  readonly partial: boolean
}

/** A lock of the base commit. */
export interface BaseLock {
  readonly path: string
  readonly lock: VendorLock
}

export function isVendorLock(path: string): boolean {
  return VENDOR_LOCKS.includes(posix.basename(path))
}

/** Empty for the checkout itself. */
export function folderOf(path: string): string {
  const folder = posix.dirname(path)
  return folder === '.' ? '' : folder
}

/** Where something lies that the lock names. */
export function placeIn({ folder }: Pick<Pack, 'folder'>, path: string): string {
  return folder === '' ? path : `${folder}/${path}`
}

/** Locks that count, and what was asked for in vain. */
export interface Chosen {
  readonly paths: readonly string[]
  /** Patterns that no lock lies in. */
  readonly unmatched: readonly string[]
}

/**
 * The locks that lie in folders that were asked for.
 *
 * @throws InputError `INPUT_INVALID` for what is no pattern
 */
export function chooseLocks(paths: readonly string[], wanted: readonly string[]): Chosen {
  const chosen = new Set<string>()
  const unmatched = wanted.filter((text) => {
    const found = paths.filter((path) => liesIn(path, text))
    for (const path of found) chosen.add(path)
    return found.length === 0
  })
  return { paths: [...chosen].sort(), unmatched }
}

function liesIn(path: string, text: string): boolean {
  const folder = folderOf(path)
  const plain = text.replace(/^\.\//, '')
  if (plain === '' || plain === '.') return folder === ''
  const pattern = parsePathPattern(plain)
  if (typeof pattern === 'string') {
    throw new InputError({
      code: 'INPUT_INVALID',
      message: `Cannot use the pattern "${text}" of \`vendor\`: it ${pattern}`,
      remedy: 'Write a folder of the checkout, such as `third_party/zlib`, or `third_party/*`'
    })
  }
  return folder !== '' && patternFor(`${folder}/`, [pattern]) !== undefined
}

/**
 * Reads a lock, and looks at what lies beside it.
 *
 * @returns nothing when it is not there any more, or cannot be read: `inventory` says why
 */
export function readPack(files: CheckoutFiles, path: string): Pack | undefined {
  const text = textOf(files, path)
  const lock = text === undefined ? undefined : lockOf(text)
  if (text === undefined || !lock) return undefined
  const folder = folderOf(path)
  if (folder === '') return { path, folder, text, lock, paths: [], partial: false }
  const { entries, partial } = files.list(folder, MAX_ENTRIES)
  return { path, folder, text, lock, paths: entries.map((entry) => entry.path), partial }
}

function textOf(files: CheckoutFiles, path: string): string | undefined {
  try {
    return files.readText(path, MAX_VENDOR_LOCK_BYTES)
  } catch (error) {
    if (error instanceof AssayError) return undefined
    throw error
  }
}

function lockOf(text: string): VendorLock | undefined {
  const lock = parseVendorLock(text)
  return 'name' in lock ? lock : undefined
}

/** @throws ServiceError when the base cannot be read */
export async function readBaseLocks(
  base: BaseFiles,
  paths: readonly string[]
): Promise<readonly BaseLock[]> {
  const texts = await base.readTexts(paths, MAX_VENDOR_LOCK_BYTES * Math.max(1, paths.length))
  return [...texts].flatMap(([path, text]) => {
    const lock = text.length > MAX_VENDOR_LOCK_BYTES ? undefined : lockOf(text)
    return lock ? [{ path, lock }] : []
  })
}

/** What lies in the folder, and is neither listed, nor a lock, nor the signature of either. */
export function unlistedIn(pack: Pack, others: readonly Pack[]): readonly string[] {
  const known = new Set([pack.path, `${pack.path}${SIGNATURE_SUFFIX}`])
  for (const file of pack.lock.files) {
    known.add(placeIn(pack, file.path))
    known.add(placeIn(pack, file.signature ?? `${file.path}${SIGNATURE_SUFFIX}`))
  }
  const inner = others
    .map(({ folder }) => `${folder}/`)
    .filter((folder) => folder.startsWith(`${pack.folder}/`) && folder !== `${pack.folder}/`)
  return pack.paths.filter(
    (path) => !known.has(path) && !inner.some((folder) => path.startsWith(folder))
  )
}
