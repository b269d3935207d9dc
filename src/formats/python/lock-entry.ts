import type { Gap, LockedFile, Location } from '../../model/component.ts'
import { byStrength } from '../../model/digest.ts'
import { type LineFinder, textLines } from '../line-finder.ts'
import { arrayField, isTable, type PlainTable, stringField } from '../plain-data.ts'
import type { TomlDocument } from '../toml.ts'
import { digestsOfHash, fileNameOf, withoutCredentials } from './component.ts'
import { isPythonName, normalPythonName } from './name.ts'
import { normalPythonVersion } from './version.ts'

/** One `[[package]]` of a TOML lock. */
export interface LockEntry {
  readonly table: PlainTable
  /** Normalised. */
  readonly name: string
  /** Normalised; empty when the lock gives none. */
  readonly version: string
  readonly location: Location
  /** Finds lines inside this entry. */
  readonly lines: LineFinder
}

/** Longest version that is taken for one. */
const MAX_VERSION_CHARS = 256

/**
 * The entries of a lock's array of tables, each with its place.
 *
 * @param key of the array: `package`, `packages`
 */
export function lockEntries(
  { path, text }: { readonly path: string; readonly text: string },
  document: TomlDocument,
  key: string
): { readonly entries: readonly LockEntry[]; readonly gaps: readonly Gap[] } {
  const lines = textLines(text)
  const entries: LockEntry[] = []
  const gaps: Gap[] = []
  for (const [index, table] of arrayField(document.value, key).entries()) {
    const line = document.lineOf(key, index)
    const location = { path, ...(line !== undefined && { line }) }
    const name = stringField(table, 'name') ?? ''
    const version = stringField(table, 'version') ?? ''
    const fault = faultOf(name, version)
    if (fault !== undefined || !isTable(table)) {
      gaps.push({ name: labelOf(name), reason: fault ?? 'it is no table', location })
      continue
    }
    entries.push({
      table,
      name: normalPythonName(name),
      version: normalPythonVersion(version),
      location,
      lines: line === undefined ? NOWHERE : lines.finder(line, document.lineOf(key, index + 1))
    })
  }
  return { entries, gaps }
}

const NOWHERE: LineFinder = { lineOf: () => undefined }

/** What a lock says of one file. */
export interface FileEntry {
  /** Absent: the end of the URL or path. */
  readonly name?: string | undefined
  readonly url?: string | undefined
  /** Inside the checkout, or beside it. */
  readonly path?: string | undefined
  /** `sha256:…`; several where a lock gives them. */
  readonly hashes: readonly string[]
}

/** One file of an entry, with the line that its digest stands on. */
export function lockedFile(
  file: FileEntry,
  entry: Pick<LockEntry, 'location' | 'lines'>
): LockedFile {
  const name = file.name ?? fileNameOf(file.url ?? file.path ?? '')
  const digests = file.hashes.flatMap(digestsOfHash).sort(byStrength)
  const [first = ''] = file.hashes
  const line = entry.lines.lineOf(first.slice(first.search(/[:=]/) + 1)) ?? entry.location.line
  return {
    ...(name !== undefined && { name }),
    ...(file.url !== undefined && { url: withoutCredentials(file.url) }),
    digests,
    location: { path: entry.location.path, ...(line !== undefined && { line }) }
  }
}

/** How a gap calls an entry: short, whatever the lock says. */
export function labelOf(name: string): string {
  if (name === '') return '(nameless)'
  return name.length <= 200 ? name : `${name.slice(0, 199)}…`
}

function faultOf(name: string, version: string): string | undefined {
  if (name === '') return 'it has no name'
  if (!isPythonName(name)) return 'its name is none that a project can have'
  if (version.length > MAX_VERSION_CHARS) return 'its version is longer than a version can be'
  return undefined
}
