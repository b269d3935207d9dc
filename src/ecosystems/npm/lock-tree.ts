import { posix } from 'node:path'
import type { LockEntry } from './lock-entry.ts'

/** What a folder's `node_modules` holds, by folder name. */
type Installed = ReadonlyMap<string, LockEntry>

const NOTHING: Installed = new Map()

/** The folders of a lock, as Node sees them when it looks for a package. */
export interface LockTree {
  /** The entry that stands in for the project itself. */
  readonly root: LockEntry | undefined
  /** Entries that are packages: all but links. */
  readonly packages: readonly LockEntry[]
  readonly links: readonly LockEntry[]
  /** What lies in the entry's own `node_modules`. */
  installedIn(entry: LockEntry): Installed
  /** What `require` can see from the entry's folder, nearest first. */
  reachFrom(entry: LockEntry): readonly Installed[]
  /** The entry behind a link, or the entry itself; nothing when a link leads nowhere. */
  targetOf(entry: LockEntry): LockEntry | undefined
}

/**
 * Lays out a lock as the tree that npm builds from it.
 *
 * @see https://nodejs.org/api/modules.html#loading-from-node_modules-folders
 */
export function lockTreeOf(entries: readonly LockEntry[]): LockTree {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]))
  const installed = new Map<string, Map<string, LockEntry>>()
  for (const entry of entries) {
    if (entry.holder === undefined) continue
    const siblings = installed.get(entry.holder)
    if (siblings) siblings.set(entry.folderName, entry)
    else installed.set(entry.holder, new Map([[entry.folderName, entry]]))
  }
  return {
    root: byPath.get(''),
    packages: entries.filter(({ isLink }) => !isLink),
    links: entries.filter(({ isLink }) => isLink),
    installedIn: (entry) => installed.get(entry.path) ?? NOTHING,
    reachFrom: (entry) => reachFrom(entry.path, installed),
    targetOf(entry) {
      if (!entry.isLink) return entry
      const path = pathOfTarget(entry)
      const target = path === undefined ? undefined : byPath.get(path)
      return target?.isLink === false ? target : undefined
    }
  }
}

/** First of the name on the way up. */
export function findIn(reach: readonly Installed[], name: string): LockEntry | undefined {
  for (const installed of reach) {
    const found = installed.get(name)
    if (found !== undefined) return found
  }
  return undefined
}

function pathOfTarget({ raw }: LockEntry): string | undefined {
  if (typeof raw['resolved'] !== 'string') return undefined
  const resolved = posix.normalize(raw['resolved'])
  const plain = resolved.endsWith('/') ? resolved.slice(0, -1) : resolved
  return plain === '.' ? '' : plain
}

function reachFrom(path: string, installed: ReadonlyMap<string, Installed>): readonly Installed[] {
  const reach: Installed[] = []
  for (let folder: string | undefined = path; folder !== undefined; folder = above(folder)) {
    const found = installed.get(folder)
    if (found) reach.push(found)
  }
  return reach
}

/** The next folder up that may have a `node_modules`; nothing above the project, nor out of a folder beside it. */
function above(folder: string): string | undefined {
  if (folder === '' || folder === '..' || folder.endsWith('/..')) return undefined
  const slash = folder.lastIndexOf('/')
  return slash === -1 ? '' : folder.slice(0, slash)
}
