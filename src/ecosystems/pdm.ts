import { type LineFinder, textLines } from '../formats/line-finder.ts'
import {
  arrayField,
  fieldOf,
  type PlainTable,
  stringField,
  stringsField,
  tableField
} from '../formats/plain-data.ts'
import { gitOrigin, pathFrom, withoutCredentials } from '../formats/python/component.ts'
import { type ForkedPackage, settleForks } from '../formats/python/forks.ts'
import type { GraphEdge, GraphNode } from '../formats/python/graph.ts'
import { labelOf, type LockEntry, lockEntries, lockedFile } from '../formats/python/lock-entry.ts'
import { componentsOfGraph, packagesByName } from '../formats/python/locked-graph.ts'
import { manifestBeside, meeting, rootsAsked, rootsUnasked } from '../formats/python/manifest.ts'
import { anyMarker } from '../formats/python/marker.ts'
import { normalPythonName } from '../formats/python/name.ts'
import { pythonMarker } from '../formats/python/poetry-constraint.ts'
import { parseRequirement } from '../formats/python/requirement.ts'
import { normalPythonVersion, satisfiesPython } from '../formats/python/version.ts'
import { parseToml, type TomlDocument } from '../formats/toml.ts'
import type { Gap, LockedFile, Origin } from '../model/component.ts'
import { ParseError } from '../model/errors.ts'
import {
  type Ecosystem,
  type Extraction,
  extractionOf,
  type ReadSibling,
  type SourceFile
} from './ecosystem.ts'

const REMEDY = 'Run `pdm lock` and commit pdm.lock'

/** Most versions of one name that one dependency can mean. */
const MAX_FORKS = 64

/** Most dependencies of all extras together. Real locks have some hundreds. */
const MAX_EXTRA_EDGES = 500_000

/** PDM's lock, and `pyproject.toml` beside it for what the project asks for. */
export const pdm: Ecosystem = {
  id: 'pdm',
  ecosystem: 'PyPI',
  reads: '`pdm.lock`, lock version 4, with `pyproject.toml`',
  recognises: (basename) => basename === 'pdm.lock',
  extract
}

/** @see https://pdm-project.org/en/latest/usage/lockfile/ */
function extract(file: SourceFile, read: ReadSibling): Extraction {
  const document = parseToml(file, { code: 'LOCKFILE_SYNTAX', remedy: REMEDY })
  const metadata = tableField(document.value, 'metadata')
  assertVersion(file.path, metadata)
  const { entries, gaps: unreadable } = lockEntries(file, document, 'package')
  const lock: Lock = {
    file,
    document,
    entries,
    saysMarkers: stringsField(metadata, 'strategy').includes('inherit_metadata'),
    gaps: [...unreadable]
  }
  assertFewExtras(file.path, entries)
  const { asks, gaps } = manifestBeside(file.path, read)
  const packages = packagesOf(lock).map((each) =>
    asks || each.scope !== undefined ? each : { ...each, scope: 'unknown' as const }
  )
  // Editable and path dependencies are asked for in forms that are no requirement.
  const unasked = rootsUnasked(packages).map((root) => ({ ...root, scope: 'development' as const }))
  const asked = rootsAsked(asks ?? [], packages, satisfiesPython).roots
  const known = new Set(asked.map(({ to }) => to))
  const roots = [...asked, ...unasked.filter(({ to }) => !known.has(to))]
  const settled = settleForks(packages, roots, pythonsOf(metadata))
  const { components, direct } = componentsOfGraph(settled, roots)
  return extractionOf(components, direct, [...lock.gaps, ...gaps])
}

function assertVersion(path: string, metadata: PlainTable): void {
  const version = stringField(metadata, 'lock_version') ?? ''
  if (/^4(?:\.|$)/.test(version)) return
  throw new ParseError({
    code: 'LOCKFILE_VERSION_UNSUPPORTED',
    message: `Cannot read "${path}": lock_version is ${version.slice(0, 40) || 'missing'}, expected 4`,
    remedy: `${REMEDY}, with a PDM whose locks have version 4`
  })
}

/** For which Pythons the lock is: any of its targets. */
function pythonsOf(metadata: PlainTable): string {
  const targets = arrayField(metadata, 'targets').map((target) =>
    pythonMarker(stringField(target, 'requires_python') ?? '')
  )
  return targets.includes('') ? '' : anyMarker(targets)
}

interface Lock {
  readonly file: SourceFile
  readonly document: TomlDocument
  readonly entries: readonly LockEntry[]
  /** With the strategy `inherit_metadata` every package has the markers of all ways to it. */
  readonly saysMarkers: boolean
  readonly gaps: Gap[]
}

/** A package with extras has an entry of its own beside the one without: both are one package. */
function packagesOf(lock: Lock): readonly ForkedPackage[] {
  const byName = packagesByName(lock.entries)
  const filesOf = fileReader(lock)
  return [...Map.groupBy(lock.entries, keyOf)].flatMap(([key, entries]) => {
    const entry = entries.find(({ table }) => extrasOf(table).length === 0) ?? entries[0]
    if (!entry) return []
    const origin = originOf(entry)
    const groups = new Set(entries.flatMap(({ table }) => stringsField(table, 'groups')))
    const isDefault = groups.has('default')
    return {
      key,
      name: entry.name,
      version: entry.version,
      origin,
      files: filesOf(entry, origin),
      scope: isDefault ? ('runtime' as const) : undefined,
      pythons: pythonMarker(stringField(entry.table, 'requires_python') ?? ''),
      node: nodeOf(entries, byName, lock),
      location: entry.location
    }
  })
}

function keyOf({ name, version, table }: LockEntry): string {
  const where = ['git', 'revision', 'url', 'path', 'subdirectory']
  return [name, version, ...where.map((field) => stringField(table, field) ?? '')].join('\n')
}

function extrasOf(table: PlainTable): readonly string[] {
  return stringsField(table, 'extras').map(normalPythonName)
}

function nodeOf(
  entries: readonly LockEntry[],
  byName: ReadonlyMap<string, readonly LockEntry[]>,
  lock: Lock
): GraphNode {
  const edges: GraphEdge[] = []
  const extras = new Map<string, GraphEdge[]>()
  const markers: (string | undefined)[] = []
  for (const entry of entries) {
    const found = edgesOf(entry, byName, lock)
    const named = extrasOf(entry.table)
    const lists = named.length === 0 ? [edges] : named.map((extra) => listOf(extras, extra))
    for (const list of lists) for (const edge of found) list.push(edge)
    markers.push(lock.saysMarkers ? stringField(entry.table, 'marker') : undefined)
  }
  const known = markers.filter((marker) => marker !== undefined)
  const isFree = known.length < markers.length
  const marker = anyMarker([...new Set(known)])
  return { edges, extras, isWhole: lock.saysMarkers, ...(!isFree && { marker }) }
}

/** Every extra of an entry has all dependencies of it: two short lists can make more edges than memory holds. */
function assertFewExtras(path: string, entries: readonly LockEntry[]): void {
  const edges = entries.reduce((sum, { table }) => {
    return sum + extrasOf(table).length * stringsField(table, 'dependencies').length
  }, 0)
  if (edges <= MAX_EXTRA_EDGES) return
  throw new ParseError({
    code: 'LOCKFILE_SYNTAX',
    message: `Cannot read "${path}": its extras have ${edges} dependencies, expected at most ${MAX_EXTRA_EDGES}`,
    remedy: REMEDY
  })
}

/** The list of an extra, made when there is none. */
function listOf(extras: Map<string, GraphEdge[]>, extra: string): GraphEdge[] {
  const known = extras.get(extra)
  if (known) return known
  const made: GraphEdge[] = []
  extras.set(extra, made)
  return made
}

function edgesOf(
  entry: LockEntry,
  byName: ReadonlyMap<string, readonly LockEntry[]>,
  lock: Lock
): readonly GraphEdge[] {
  const from = keyOf(entry)
  return stringsField(entry.table, 'dependencies').flatMap((text) => {
    const requirement = parseRequirement(text)
    if (!requirement) {
      const reason = `a dependency of "${labelOf(entry.name)}" that cannot be read`
      lock.gaps.push({ name: labelOf(text), reason, location: entry.location })
      return []
    }
    const { name, extras, specifier, marker } = requirement
    const candidates = (byName.get(name) ?? []).slice(0, MAX_FORKS)
    if (candidates.length === 0 && marker === undefined) {
      const reason = `"${labelOf(entry.name)}" depends on it, and the lock does not have it`
      lock.gaps.push({ name: labelOf(name), reason, location: entry.location })
    }
    const met = meeting(candidates, ({ version }) => satisfiesPython(version, specifier))
    return [...new Set(met.map(keyOf))]
      .filter((to) => to !== from)
      .map((to) => ({ to, extras, ...(marker !== undefined && { marker }) }))
  })
}

function originOf({ table, location }: LockEntry): Origin {
  const git = stringField(table, 'git')
  if (git !== undefined) return gitOrigin(git, stringField(table, 'revision'))
  const url = stringField(table, 'url')
  if (url !== undefined) return { kind: 'archive', url: withoutCredentials(url) }
  const path = stringField(table, 'path')
  if (path !== undefined) return { kind: 'local', path: pathFrom(location.path, path) }
  return { kind: 'registry' }
}

/** Files stand with the package, or before lock version 4.4 under `"name version"` in `[metadata.files]`. */
function fileReader({
  file,
  document
}: Lock): (entry: LockEntry, origin: Origin) => readonly LockedFile[] {
  const start = document.lineOf('metadata.files')
  const lines: LineFinder =
    start === undefined ? { lineOf: () => undefined } : textLines(file.text).finder(start)
  const listed = new Map(
    Object.entries(tableField(tableField(document.value, 'metadata'), 'files')).map(
      ([key, value]) => [normalKey(key), value]
    )
  )
  return (entry, origin) => {
    const own = fieldOf(entry.table, 'files')
    const files = own ?? listed.get(`${entry.name} ${entry.version}`)
    const place = own === undefined ? { location: entry.location, lines } : entry
    const all: readonly unknown[] = Array.isArray(files) ? files : []
    return all.map((each) => {
      const hash = stringField(each, 'hash')
      const url = stringField(each, 'url') ?? (origin.kind === 'archive' ? origin.url : undefined)
      const name = stringField(each, 'file')
      return lockedFile({ name, url, hashes: hash === undefined ? [] : [hash] }, place)
    })
  }
}

/** `"Foo_Bar[extra] 1.0"` as `foo-bar 1.0`. */
function normalKey(key: string): string {
  const [name = '', version = ''] = key.replace(/\[[^\]]*\]/, '').split(' ', 2)
  return `${normalPythonName(name)} ${normalPythonVersion(version)}`
}
