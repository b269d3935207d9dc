import type { JsonObject } from '../../formats/json.ts'
import type { Gap } from '../../model/component.ts'

/** One entry of a lock, in the shape of lock versions 2 and 3 whatever the version it came from. */
export interface LockEntry {
  /**
   * Folder that npm puts it in, relative to the lock's: `node_modules/a/node_modules/b`, `packages/a`,
   * `../shared`; empty for the project itself.
   */
  readonly path: string
  /** 1-based. */
  readonly line?: number
  readonly raw: JsonObject
}

/** What a lock file holds. */
export interface LockContent {
  readonly entries: readonly LockEntry[]
  readonly gaps: readonly Gap[]
  /** Whether the lock says what its project asks for. Version 1 leaves that to package.json. */
  readonly namesDirect: boolean
}

/** Longest path of an entry, in characters, and its depth in folders: npm 2 on its worst day stayed below. */
const MAX_PATH_CHARS = 2048
const MAX_PATH_FOLDERS = 128

/** Longest name and version; the registry's limits are 214 and 256. */
const MAX_FIELD_CHARS = 1024

/** The field as text; nothing when it is anything else, or empty. */
export function textOf(raw: JsonObject, field: string): string | undefined {
  const value = raw[field]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Why an entry is none that npm can install; nothing when it is one. */
export function faultOfEntry({ path, raw }: Pick<LockEntry, 'path' | 'raw'>): string | undefined {
  if (path.length > MAX_PATH_CHARS || path.split('/').length > MAX_PATH_FOLDERS) {
    return 'its path is longer than a path can be'
  }
  const name = textOf(raw, 'name') ?? nameFromPath(path)
  if (name.length > MAX_FIELD_CHARS) return 'its name is longer than a name can be'
  if ((textOf(raw, 'version') ?? '').length > MAX_FIELD_CHARS) {
    return 'its version is longer than a version can be'
  }
  const isName = /^(?:@[^/\\]+\/)?[^@/\\][^/\\]*$/.test(name) && !/(?:^|\/)\.\.?$/.test(name)
  return isName || path === '' ? undefined : 'its name is none that a package can have'
}

/** The name that Node knows a folder by: `@s/b` for `node_modules/a/node_modules/@s/b`. */
export function nameFromPath(path: string): string {
  const parts = path.split('/')
  const last = parts.at(-1) ?? ''
  const scope = parts.at(-2) ?? ''
  return scope.startsWith('@') ? `${scope}/${last}` : last
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
