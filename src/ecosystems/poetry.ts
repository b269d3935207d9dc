import {
  arrayField,
  fieldOf,
  type PlainTable,
  stringField,
  stringsField,
  tableField
} from '../formats/plain-data.ts'
import { gitOrigin, pathFrom, withoutCredentials } from '../formats/python/component.ts'
import { parseDistribution } from '../formats/python/distribution.ts'
import { type ForkedPackage, settleForks } from '../formats/python/forks.ts'
import type { GraphEdge, GraphNode } from '../formats/python/graph.ts'
import { labelOf, type LockEntry, lockEntries, lockedFile } from '../formats/python/lock-entry.ts'
import {
  componentsOfGraph,
  type LockedPackage,
  packagesByName
} from '../formats/python/locked-graph.ts'
import {
  gapsOfMissing,
  manifestBeside,
  meeting,
  rootsAsked,
  rootsUnasked
} from '../formats/python/manifest.ts'
import { anyMarker } from '../formats/python/marker.ts'
import { normalPythonName } from '../formats/python/name.ts'
import { pythonMarker, satisfiesPoetry } from '../formats/python/poetry-constraint.ts'
import { parseToml, type TomlDocument } from '../formats/toml.ts'
import { type LineFinder, textLines } from '../formats/line-finder.ts'
import type { Gap, LockedFile, Origin } from '../model/component.ts'
import { ParseError } from '../model/errors.ts'
import {
  type Ecosystem,
  type Extraction,
  extractionOf,
  type ReadSibling,
  type SourceFile
} from './ecosystem.ts'

const REMEDY = 'Run `poetry lock` and commit poetry.lock'

/** Most versions of one name that one dependency can mean. */
const MAX_FORKS = 64

/** Poetry's lock, and `pyproject.toml` beside it for what the project asks for. */
export const poetry: Ecosystem = {
  id: 'poetry',
  ecosystem: 'PyPI',
  reads: '`poetry.lock`, lock versions 1 and 2, with `pyproject.toml`',
  recognises: (basename) => basename === 'poetry.lock',
  extract
}

function extract(file: SourceFile, read: ReadSibling): Extraction {
  const document = parseToml(file, { code: 'LOCKFILE_SYNTAX', remedy: REMEDY })
  const version = lockVersionOf(file.path, document.value)
  const { entries, gaps: unreadable } = lockEntries(file, document, 'package')
  const lock: Lock = { file, document, entries, saysMarkers: version >= 2.1, gaps: [...unreadable] }
  const { asks, gaps } = manifestBeside(file.path, read)
  const packages = packagesOf(lock).map((each) =>
    // Between versions 1.1 and 2.1 only the manifest knows who asks for development's sake.
    asks || each.scope !== undefined ? each : { ...each, scope: 'unknown' as const }
  )
  const { roots, missing } = asks
    ? rootsAsked(asks, packages, satisfiesPoetry)
    : { roots: rootsUnasked(packages), missing: [] }
  const pythons = stringField(tableField(document.value, 'metadata'), 'python-versions') ?? ''
  const settled = settleForks(packages, roots, pythonMarker(pythons))
  const { components, direct } = componentsOfGraph(settled, roots)
  const all = [...lock.gaps, ...gaps, ...gapsOfMissing(file.path, missing)]
  return extractionOf(components, direct, all)
}

/** `1.1`, `2.0` and so on as a number; 1 in the days before there was one. */
function lockVersionOf(path: string, lock: PlainTable): number {
  const metadata = fieldOf(lock, 'metadata')
  const written = stringField(metadata, 'lock-version') ?? (metadata === undefined ? '' : '1.0')
  const version = /^\d{1,3}\.\d{1,3}$/.test(written) ? Number(written) : 0
  if (version >= 1 && version < 3) return version
  throw new ParseError({
    code: 'LOCKFILE_VERSION_UNSUPPORTED',
    message: `Cannot read "${path}": lock-version is ${written.slice(0, 40) || 'missing'}, expected 1 or 2`,
    remedy: `${REMEDY}, with a Poetry whose locks have version 1 or 2`
  })
}

interface Lock {
  readonly file: SourceFile
  readonly document: TomlDocument
  readonly entries: readonly LockEntry[]
  /** Since version 2.1 every package has the markers of all ways to it. */
  readonly saysMarkers: boolean
  readonly gaps: Gap[]
}

function packagesOf(lock: Lock): readonly ForkedPackage[] {
  const filesOf = fileReader(lock)
  const byName = packagesByName(lock.entries)
  return lock.entries.map((entry) => {
    const origin = originOf(entry)
    const marker = lock.saysMarkers ? markerOf(entry.table) : undefined
    const node: GraphNode = {
      ...(marker !== undefined && { marker }),
      isWhole: lock.saysMarkers,
      edges: edgesOf(entry, byName, lock),
      extras: new Map()
    }
    return {
      key: keyOf(entry),
      name: entry.name,
      version: entry.version,
      origin,
      files: filesOf(entry, origin),
      scope: scopeOf(entry.table),
      pythons: pythonMarker(stringField(entry.table, 'python-versions') ?? ''),
      node,
      location: entry.location
    }
  })
}

/** Forks of one version differ in where they come from. */
function keyOf({ name, version, table }: LockEntry): string {
  const source = tableField(table, 'source')
  const where = ['type', 'url', 'resolved_reference', 'reference', 'subdirectory']
  return [name, version, ...where.map((field) => stringField(source, field) ?? '')].join('\n')
}

function scopeOf(table: PlainTable): LockedPackage['scope'] {
  const groups = stringsField(table, 'groups')
  const category = stringField(table, 'category')
  const isDevelopment = groups.length > 0 ? !groups.includes('main') : category === 'dev'
  if (isDevelopment) return 'development'
  if (fieldOf(table, 'optional') === true) return 'optional'
  return groups.length > 0 || category !== undefined ? 'runtime' : undefined
}

/** One marker for all groups, or a table of one for each; a group that is missing there has no condition. */
function markerOf(table: PlainTable): string | undefined {
  const markers = fieldOf(table, 'markers')
  if (typeof markers === 'string') return markers
  const groups = stringsField(table, 'groups')
  const each = groups.map((group) => stringField(markers, group))
  const known = each.filter((marker) => marker !== undefined)
  return known.length === 0 || known.length < each.length ? undefined : anyMarker(known)
}

/** Optional dependencies are listed only where somebody asks for the extra: all that is listed is an edge. */
function edgesOf(
  entry: LockEntry,
  byName: ReadonlyMap<string, readonly LockEntry[]>,
  lock: Lock
): readonly GraphEdge[] {
  return Object.entries(tableField(entry.table, 'dependencies')).flatMap(([written, value]) => {
    const name = normalPythonName(written)
    const variants: readonly unknown[] = Array.isArray(value) ? value : [value]
    const candidates = (byName.get(name) ?? []).slice(0, MAX_FORKS)
    const isConditional = variants.some((variant) => stringField(variant, 'markers') !== undefined)
    if (candidates.length === 0 && !isConditional) {
      const reason = `"${labelOf(entry.name)}" depends on it, and the lock does not have it`
      lock.gaps.push({ name: labelOf(name), reason, location: entry.location })
    }
    return variants.slice(0, MAX_FORKS).flatMap((variant) => {
      const constraint =
        typeof variant === 'string' ? variant : (stringField(variant, 'version') ?? '*')
      const marker = withoutExtra(stringField(variant, 'markers') ?? '')
      return meeting(candidates, ({ version }) => satisfiesPoetry(version, constraint)).map(
        (to) => ({
          to: keyOf(to),
          extras: [],
          ...(marker !== '' && { marker })
        })
      )
    })
  })
}

/** The extra is asked for: what is left of the marker is the condition. */
function withoutExtra(marker: string): string {
  return marker.replace(/(?:^| and )extra == "[^"]*"$/, '')
}

function originOf({ table, location }: LockEntry): Origin {
  const source = tableField(table, 'source')
  const url = stringField(source, 'url') ?? ''
  switch (stringField(source, 'type')) {
    case undefined:
      return { kind: 'registry' }
    case 'git':
      return gitOrigin(url, stringField(source, 'resolved_reference'))
    case 'url':
      return { kind: 'archive', url: withoutCredentials(url) }
    case 'file':
    case 'directory':
      return { kind: 'local', path: pathFrom(location.path, url) }
    default:
      return { kind: 'registry', ...(url !== '' && { url: withoutCredentials(url) }) }
  }
}

/** Files stand with the package, or by name in `[metadata.files]`, or before that as bare hashes. */
function fileReader({
  file,
  document
}: Lock): (entry: LockEntry, origin: Origin) => readonly LockedFile[] {
  const metadata = tableField(document.value, 'metadata')
  const start = document.lineOf('metadata.files') ?? document.lineOf('metadata.hashes')
  const lines: LineFinder =
    start === undefined ? { lineOf: () => undefined } : textLines(file.text).finder(start)
  const filesIn = sharedFiles(metadata)
  const hashed = byNormalName(tableField(metadata, 'hashes'))
  return (entry, origin) => {
    const own = arrayField(entry.table, 'files')
    const shared = own.length > 0 ? [] : filesIn(entry)
    const bare = own.length > 0 || shared.length > 0 ? [] : stringsField(hashed, entry.name)
    const place = own.length > 0 ? entry : { location: entry.location, lines }
    return [
      ...[...own, ...shared].map((each) => {
        const hash = stringField(each, 'hash')
        const url = stringField(each, 'url') ?? (origin.kind === 'archive' ? origin.url : undefined)
        return lockedFile(
          { name: stringField(each, 'file'), url, hashes: hash === undefined ? [] : [hash] },
          place
        )
      }),
      ...bare.map((hex) => lockedFile({ hashes: [`sha256:${hex}`] }, place))
    ]
  }
}

/**
 * The files of all versions of a name stand together: a file's name tells which version it is of.
 *
 * @returns the files of one version, with those whose names tell nothing
 */
function sharedFiles(metadata: PlainTable): (entry: LockEntry) => readonly unknown[] {
  const listed = byNormalName(tableField(metadata, 'files'))
  const known = new Map<string, ReadonlyMap<string, readonly unknown[]>>()
  return ({ name, version }) => {
    const byVersion =
      known.get(name) ??
      Map.groupBy(arrayField(listed, name), (file) => {
        return parseDistribution(stringField(file, 'file') ?? '', name)?.version ?? ''
      })
    known.set(name, byVersion)
    return [...(byVersion.get('') ?? []), ...(byVersion.get(version) ?? [])]
  }
}

function byNormalName(table: PlainTable): PlainTable {
  return Object.fromEntries(
    Object.entries(table).map(([name, value]) => [normalPythonName(name), value])
  )
}
