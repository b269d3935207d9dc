import {
  arrayField,
  fieldOf,
  isTable,
  type PlainTable,
  stringField,
  stringsField,
  tableField
} from '../formats/plain-data.ts'
import { fileNameOf, gitOrigin, pathFrom, withoutCredentials } from '../formats/python/component.ts'
import { parseDistribution } from '../formats/python/distribution.ts'
import { type ForkedPackage, settleForks } from '../formats/python/forks.ts'
import type { GraphEdge } from '../formats/python/graph.ts'
import { labelOf, type LockEntry, lockEntries, lockedFile } from '../formats/python/lock-entry.ts'
import { componentsOfGraph, packagesByName } from '../formats/python/locked-graph.ts'
import { manifestBeside, meeting, rootsAsked, rootsUnasked } from '../formats/python/manifest.ts'
import { evaluateMarker, parseMarker } from '../formats/python/marker.ts'
import { normalPythonName } from '../formats/python/name.ts'
import { parseRequirement } from '../formats/python/requirement.ts'
import { normalPythonVersion, satisfiesPython } from '../formats/python/version.ts'
import { parseToml } from '../formats/toml.ts'
import type { Component, Gap, LockedFile, Origin, Scope } from '../model/component.ts'
import { ParseError } from '../model/errors.ts'
import {
  type Ecosystem,
  type Extraction,
  extractionOf,
  type ReadSibling,
  type SourceFile
} from './ecosystem.ts'

const REMEDY = 'Write the file again with the tool that made it, and commit it'

/** Most versions of one name that one dependency can mean. */
const MAX_FORKS = 64

/** The standard lock of all Python tools; what the project asks for stands in `pyproject.toml` beside it. */
export const pylock: Ecosystem = {
  id: 'pylock',
  ecosystem: 'PyPI',
  reads: '`pylock.toml` and `pylock.<name>.toml`, lock version 1, with `pyproject.toml`',
  recognises: (basename) => /^pylock\.(?:[^.]+\.)?toml$/.test(basename),
  extract
}

/** @see https://packaging.python.org/en/latest/specifications/pylock-toml/ */
function extract(file: SourceFile, read: ReadSibling): Extraction {
  const document = parseToml(file, { code: 'LOCKFILE_SYNTAX', remedy: REMEDY })
  assertVersion(file.path, document.value)
  const { entries, gaps: unreadable } = lockEntries(file, document, 'packages')
  const gaps: Gap[] = [...unreadable]
  const packages = packagesOf(entries, defaultGroupsOf(document.value), gaps)
  const saysEdges = entries.some(({ table }) => dependenciesOf(table) !== undefined)
  const { asks, gaps: unasked } = manifestBeside(file.path, read)
  const roots = asks
    ? rootsAsked(asks, packages, satisfiesPython).roots
    : rootsUnasked(saysEdges ? packages : [])
  const { components, direct } = componentsOfGraph(settleForks(packages, roots), roots)
  if (saysEdges) return extractionOf(components, direct, [...gaps, ...unasked])
  const silent = unasked.map((gap) => ({ ...gap, reason: UNKNOWN_DIRECT }))
  return extractionOf(components.map(withoutEdges), direct, [...gaps, ...silent])
}

const UNKNOWN_DIRECT =
  'it cannot be read beside the lock, which has no dependencies either: nobody knows what the project itself asks for'

function withoutEdges(component: Component): Component {
  return { ...component, edges: 'unknown' }
}

function assertVersion(path: string, lock: PlainTable): void {
  const version = stringField(lock, 'lock-version') ?? ''
  if (/^1(?:\.|$)/.test(version)) return
  throw new ParseError({
    code: 'LOCKFILE_VERSION_UNSUPPORTED',
    message: `Cannot read "${path}": lock-version is ${version.slice(0, 40) || 'missing'}, expected 1`,
    remedy: REMEDY
  })
}

/** As a text that `'dev' in dependency_groups` can be asked of. */
function defaultGroupsOf(lock: PlainTable): string {
  return stringsField(lock, 'default-groups').join('\n')
}

function packagesOf(
  entries: readonly LockEntry[],
  defaultGroups: string,
  gaps: Gap[]
): readonly ForkedPackage[] {
  const keyed = entries.map((entry, at) => ({ ...entry, key: `${at}` }))
  const byName = packagesByName(keyed)
  return keyed.map((entry) => {
    const { key, name, version, table, location } = entry
    const origin = originOf(entry)
    const marker = stringField(table, 'marker')
    return {
      key,
      name,
      version: version === '' ? versionOf(name, origin) : version,
      origin,
      files: filesOf(entry),
      scope: scopeOf(marker, defaultGroups),
      node: {
        ...(marker !== undefined && { marker }),
        isWhole: true,
        edges: edgesOf(entry, byName, gaps),
        extras: new Map()
      },
      location
    }
  })
}

/** Where the lock gives none: the commit, or what the name of the archive says. */
function versionOf(name: string, origin: Origin): string {
  if (origin.kind === 'git') return origin.commit ?? ''
  const file = origin.kind === 'archive' ? fileNameOf(origin.url) : undefined
  return parseDistribution(file ?? '', name)?.version ?? ''
}

/** Without groups and extras in its marker, a package is for everybody. */
function scopeOf(marker: string | undefined, defaultGroups: string): Scope | undefined {
  if (marker === undefined || !/\b(?:extras|dependency_groups)\b/.test(marker)) return undefined
  const parsed = parseMarker(marker)
  if (!parsed) return undefined
  const byDefault = new Map([
    ['extras', ''],
    ['dependency_groups', defaultGroups]
  ])
  if (evaluateMarker(parsed, byDefault) !== false) return 'runtime'
  const withExtras = new Map([['dependency_groups', defaultGroups]])
  return evaluateMarker(parsed, withExtras) === false ? 'development' : 'optional'
}

type Keyed = LockEntry & { readonly key: string }

/** The standard's own field; PDM writes requirements into its own table instead. */
function dependenciesOf(table: PlainTable): readonly unknown[] | undefined {
  const standard = fieldOf(table, 'dependencies')
  if (Array.isArray(standard)) return standard as readonly unknown[]
  const ofPdm = fieldOf(tableField(tableField(table, 'tool'), 'pdm'), 'dependencies')
  return Array.isArray(ofPdm) ? (ofPdm as readonly unknown[]) : undefined
}

function edgesOf(
  entry: Keyed,
  byName: ReadonlyMap<string, readonly Keyed[]>,
  gaps: Gap[]
): readonly GraphEdge[] {
  return (dependenciesOf(entry.table) ?? []).flatMap((dependency) => {
    const asked = typeof dependency === 'string' ? parseRequirement(dependency) : undefined
    const name = asked?.name ?? normalPythonName(stringField(dependency, 'name') ?? '')
    const candidates = (byName.get(name) ?? []).slice(0, MAX_FORKS)
    if (candidates.length === 0 && asked?.marker === undefined) {
      const reason = `"${labelOf(entry.name)}" depends on it, and the lock does not have it`
      gaps.push({ name: labelOf(name), reason, location: entry.location })
    }
    const marker = asked?.marker === undefined ? {} : { marker: asked.marker }
    return meeting(candidates, (candidate) =>
      asked
        ? satisfiesPython(candidate.version, asked.specifier)
        : isMeant(candidate.table, dependency)
    )
      .filter(({ key }) => key !== entry.key)
      .map(({ key }) => ({ to: key, extras: [], ...marker }))
  })
}

/** A reference repeats as many fields of a package as tell it from the others of its name. */
function isMeant(table: PlainTable, reference: unknown): boolean {
  return Object.entries(isTable(reference) ? reference : {}).every(([field, value]) => {
    if (field === 'name') return true
    const own = fieldOf(table, field)
    if (field === 'version')
      return normalPythonVersion(String(own)) === normalPythonVersion(String(value))
    return JSON.stringify(own) === JSON.stringify(value)
  })
}

function originOf({ table, location }: LockEntry): Origin {
  const vcs = tableField(table, 'vcs')
  const archive = tableField(table, 'archive')
  const repository = stringField(vcs, 'url') ?? stringField(vcs, 'path')
  if (repository !== undefined) {
    const type = stringField(vcs, 'type') ?? 'git'
    return type === 'git'
      ? gitOrigin(repository, stringField(vcs, 'commit-id'))
      : { kind: 'archive', url: `${type}+${withoutCredentials(repository)}` }
  }
  const url = stringField(archive, 'url')
  if (url !== undefined) return { kind: 'archive', url: withoutCredentials(url) }
  const path = stringField(tableField(table, 'directory'), 'path') ?? stringField(archive, 'path')
  if (path !== undefined) return { kind: 'local', path: pathFrom(location.path, path) }
  const index = stringField(table, 'index')
  return { kind: 'registry', ...(index !== undefined && { url: withoutCredentials(index) }) }
}

function filesOf(entry: LockEntry): readonly LockedFile[] {
  const { table } = entry
  const tables = [
    fieldOf(table, 'archive'),
    fieldOf(table, 'sdist'),
    ...arrayField(table, 'wheels')
  ]
  return tables.filter(isTable).map((each) => {
    const hashes = Object.entries(tableField(each, 'hashes'))
    return lockedFile(
      {
        name: stringField(each, 'name'),
        url: stringField(each, 'url'),
        path: stringField(each, 'path'),
        hashes: hashes.map(([algorithm, hex]) => `${algorithm}:${String(hex)}`)
      },
      entry
    )
  })
}
