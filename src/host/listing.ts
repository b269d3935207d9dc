import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import type { ListedEntry, Listing } from './host.ts'

/**
 * Lists what lies below a folder of the checkout. A list of folders yet to be seen instead of recursion, so that no
 * depth overflows the stack.
 *
 * @see CheckoutFiles.list
 */
export function list(root: string, folder: string, maxEntries: number): Listing {
  const entries: ListedEntry[] = []
  const queue = isPlainFolder(root, folder) ? [folder] : []
  let partial = false
  let seen = 0
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const found = entriesOf(join(root, next))
    partial ||= found === undefined
    for (const entry of found ?? []) {
      if (entry.name.toLowerCase() === '.git') continue
      if (++seen > maxEntries) return { entries: entries.sort(byPath), partial: true }
      const path = next === '' ? entry.name : `${next}/${entry.name}`
      if (entry.isDirectory()) queue.push(path)
      else entries.push({ path, kind: kindIn(entry) })
    }
  }
  return { entries: entries.sort(byPath), partial }
}

/** @see CheckoutFiles.kindOf */
export function kindOf(root: string, path: string): ListedEntry['kind'] | undefined {
  const parts = path.split('/')
  if (parts.some((part) => part.toLowerCase() === '.git')) return undefined
  if (!isPlainFolder(root, parts.slice(0, -1).join('/'))) return undefined
  try {
    const stat = lstatSync(join(root, path), { throwIfNoEntry: false })
    return stat === undefined || stat.isDirectory() ? undefined : kindIn(stat)
  } catch {
    return undefined
  }
}

/** A folder of the checkout that no link is on the way to. */
function isPlainFolder(root: string, folder: string): boolean {
  try {
    const top = realpathSync(root)
    const place = resolve(top, folder)
    const inside = place === top || place.startsWith(join(top, sep))
    return inside && realpathSync(place) === place && lstatSync(place).isDirectory()
  } catch {
    return false
  }
}

function entriesOf(folder: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return undefined
  }
}

function kindIn(entry: Dirent | Stats): ListedEntry['kind'] {
  if (entry.isSymbolicLink()) return 'link'
  return entry.isFile() ? 'file' : 'other'
}

function byPath(a: ListedEntry, b: ListedEntry): number {
  return a.path < b.path ? -1 : 1
}
