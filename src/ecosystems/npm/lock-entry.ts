import type { JsonObject } from '../../formats/json.ts'
import type { Gap } from '../../model/component.ts'

/** One entry of a lock, in the shape of lock versions 2 and 3 whatever the version it came from. */
export interface LockEntry {
  /**
   * Folder that npm puts it in, relative to the lock's: `node_modules/a/node_modules/b`, `packages/a`,
   * `../shared`; empty for the project itself.
   */
  readonly path: string
  /** The name that Node knows its folder by: `@s/b` for `node_modules/a/node_modules/@s/b`. */
  readonly folderName: string
  /** Folder whose `node_modules` it lies in; nothing for a folder of the project itself. */
  readonly holder: string | undefined
  /** Stands for another folder, which has the package. */
  readonly isLink: boolean
  /** 1-based. */
  readonly line: number | undefined
  readonly raw: JsonObject
}

/** What a lock file holds. */
export interface LockContent {
  readonly entries: readonly LockEntry[]
  readonly gaps: readonly Gap[]
  /** Whether the lock says what its project asks for. Version 1 leaves that to package.json. */
  readonly namesDirect: boolean
  /** Whether it says which package needs which. Shrinkwraps of npm 4 and older do not. */
  readonly namesEdges: boolean
}

/** Longest path of an entry, in characters, and its depth in folders: npm 2 on its worst day stayed below. */
const MAX_PATH_CHARS = 2048
const MAX_PATH_FOLDERS = 128

/** Longest name and version; the registry's limits are 214 and 256. */
const MAX_FIELD_CHARS = 1024

/** One folder, or two of which the first is a scope; no way up. */
const NAME = /^(?:@(?!\.\.?\/)[^/\\]+\/)?(?!@|\.\.?$)[^/\\]+$/

/** The field as text; nothing when it is anything else, or empty. */
export function textOf(raw: JsonObject, field: string): string | undefined {
  const value = raw[field]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** An entry, with what its path says. */
export function lockEntryOf(path: string, raw: JsonObject, line: number | undefined): LockEntry {
  const folderName = nameFromPath(path)
  const holder = holderOf(path, folderName)
  return { path, folderName, holder, isLink: raw['link'] === true, line, raw }
}

/** The package's own name: of an alias, not the one that its folder has. */
export function packageNameOf({ raw, folderName }: LockEntry): string {
  return textOf(raw, 'name') ?? folderName
}

/** Why an entry is none that npm can install; nothing when it is one. */
export function faultOfEntry(entry: LockEntry): string | undefined {
  const { path, raw } = entry
  if (path.length > MAX_PATH_CHARS || foldersIn(path) > MAX_PATH_FOLDERS) {
    return 'its path is longer than a path can be'
  }
  const name = packageNameOf(entry)
  if (name.length > MAX_FIELD_CHARS) return 'its name is longer than a name can be'
  if ((textOf(raw, 'version') ?? '').length > MAX_FIELD_CHARS) {
    return 'its version is longer than a version can be'
  }
  if (path === '' || NAME.test(name)) return undefined
  return 'its name is none that a package can have'
}

function foldersIn(path: string): number {
  let folders = 1
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) folders++
  return folders
}

function nameFromPath(path: string): string {
  const slash = path.lastIndexOf('/')
  if (slash === -1) return path
  const above = path.lastIndexOf('/', slash - 1)
  return path.slice((path.charAt(above + 1) === '@' ? above : slash) + 1)
}

/** `packages/a` for `packages/a/node_modules/@s/b`. */
function holderOf(path: string, folderName: string): string | undefined {
  const end = path.length - folderName.length - '/node_modules/'.length
  if (end === -1 && path.startsWith('node_modules/')) return ''
  return end > 0 && path.startsWith('/node_modules/', end) ? path.slice(0, end) : undefined
}

/** How a gap calls an entry: short, whatever the lock says. */
export function labelOf(path: string): string {
  const label = path === '' ? '(root)' : path
  return label.length <= 200 ? label : `${label.slice(0, 199)}…`
}

/** A gap about an entry, or what stands in its place. */
export function gapAt(
  lock: string,
  { path, line }: { readonly path: string; readonly line?: number | undefined },
  reason: string
): Gap {
  return {
    name: labelOf(path),
    reason,
    location: { path: lock, ...(line !== undefined && { line }) }
  }
}
