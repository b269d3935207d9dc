import {
  arrayField,
  fieldOf,
  isTable,
  type PlainTable,
  stringField,
  stringsField,
  tableField
} from '../formats/plain-data.ts'
import { gitOrigin, pathFrom, withoutCredentials } from '../formats/python/component.ts'
import type { GraphEdge, GraphNode, GraphRoot } from '../formats/python/graph.ts'
import { labelOf, type LockEntry, lockEntries, lockedFile } from '../formats/python/lock-entry.ts'
import {
  componentsOfGraph,
  type LockedPackage,
  packagesByName
} from '../formats/python/locked-graph.ts'
import { anyMarker } from '../formats/python/marker.ts'
import { normalPythonName } from '../formats/python/name.ts'
import { normalPythonVersion } from '../formats/python/version.ts'
import { parseToml } from '../formats/toml.ts'
import type { Gap, LockedFile, Origin, Scope } from '../model/component.ts'
import { ParseError } from '../model/errors.ts'
import { type Ecosystem, type Extraction, extractionOf, type SourceFile } from './ecosystem.ts'

/** Most versions of one name that are told apart. */
const MAX_FORKS = 64

const REMEDY = 'Run `uv lock` and commit uv.lock'

/** uv's lock: every file of every version, for all platforms; forks where platforms need different versions. */
export const uv: Ecosystem = {
  id: 'uv',
  ecosystem: 'PyPI',
  reads: '`uv.lock` and `<script>.py.lock`, version 1 with every revision',
  recognises: (basename) => basename === 'uv.lock' || basename.endsWith('.py.lock'),
  extract
}

/** @see https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile */
function extract(file: SourceFile): Extraction {
  const document = parseToml(file, { code: 'LOCKFILE_SYNTAX', remedy: REMEDY })
  assertVersion(file.path, document.value)
  const { entries, gaps: unreadable } = lockEntries(file, document, 'package')
  const manifest = tableField(document.value, 'manifest')
  const gaps = [...unreadable]
  const keyed = entries.map((entry, at) => ({ ...entry, key: String(at) }))
  const resolve = resolverOf(keyed, gaps)
  const packages = keyed.map((entry) => packageOf(entry, resolve))
  const members = new Set(stringsField(manifest, 'members').map(normalPythonName))
  const roots = [
    ...packages
      .filter(({ name, entry }) => isMember(entry, members.has(name)))
      .flatMap(memberRoots),
    ...manifestRoots(manifest, packages)
  ]
  const { components, direct } = componentsOfGraph(packages, roots)
  return extractionOf(components, direct, gaps)
}

function assertVersion(path: string, lock: PlainTable): void {
  const version = fieldOf(lock, 'version')
  if (version === 1) return
  throw new ParseError({
    code: 'LOCKFILE_VERSION_UNSUPPORTED',
    message: `Cannot read "${path}": version is ${shown(version)}, expected 1`,
    remedy: `${REMEDY}, with a uv whose locks have version 1`
  })
}

function shown(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string'
    ? `${value}`.slice(0, 40)
    : 'missing'
}

/** A package with the tables that say what the project asks for, should it be part of the project. */
interface UvPackage extends LockedPackage {
  readonly entry: LockEntry
  readonly development: readonly GraphEdge[]
}

type Resolve = (dependencies: readonly unknown[], from: LockEntry) => readonly GraphEdge[]

/** An entry, and what tells it from the forks of its name. */
type Keyed = LockEntry & { readonly key: string }

function packageOf(entry: Keyed, resolve: Resolve): UvPackage {
  const { key, table, name, version, location } = entry
  const origin = originOf(entry)
  const optional = tableField(table, 'optional-dependencies')
  const groups = tableField(table, 'dev-dependencies')
  const edgesIn = (lists: PlainTable, list: string): readonly GraphEdge[] =>
    resolve(arrayField(lists, list), entry)
  const forks = stringsField(table, 'resolution-markers')
  const node: GraphNode = {
    ...(forks.length > 0 && { marker: anyMarker(forks) }),
    edges: edgesIn(table, 'dependencies'),
    extras: new Map(
      Object.keys(optional).map((extra) => [normalPythonName(extra), edgesIn(optional, extra)])
    )
  }
  return {
    entry,
    key,
    name,
    version: version === '' && origin.kind === 'git' ? (origin.commit ?? '') : version,
    origin,
    files: filesOf(entry, origin),
    node,
    development: Object.keys(groups).flatMap((group) => edgesIn(groups, group)),
    location,
    isProject: isProject(entry)
  }
}

/** Turns references such as `{ name = "numpy", version = "1.26.4", marker = "…" }` into edges. */
function resolverOf(entries: readonly Keyed[], gaps: Gap[]): Resolve {
  const byName = packagesByName(entries)
  return (dependencies, from) => {
    const edges: GraphEdge[] = []
    for (const dependency of dependencies) {
      const name = normalPythonName(stringField(dependency, 'name') ?? '')
      const meant = meantBy(dependency, byName.get(name) ?? [])
      if (meant.length === 0) {
        const reason = `"${labelOf(from.name)}" depends on it, and the lock has no such version`
        gaps.push({ name: labelOf(name), reason, location: from.location })
      }
      const marker = stringField(dependency, 'marker')
      const extras = stringsField(dependency, 'extra').map(normalPythonName)
      for (const { key } of meant) {
        edges.push({ to: key, extras, ...(marker !== undefined && { marker }) })
      }
    }
    return edges
  }
}

/** A reference has version and source only where they are needed to tell the entries of a name apart. */
function meantBy(reference: unknown, candidates: readonly Keyed[]): readonly Keyed[] {
  const written = stringField(reference, 'version')
  const version = written === undefined ? undefined : normalPythonVersion(written)
  const source = Object.entries(tableField(reference, 'source'))
  return candidates
    .slice(0, MAX_FORKS)
    .filter(
      (entry) =>
        (version === undefined || entry.version === version) &&
        source.every(([kind, where]) => fieldOf(tableField(entry.table, 'source'), kind) === where)
    )
}

function sourcePath({ table }: LockEntry): string | undefined {
  const source = tableField(table, 'source')
  return (
    stringField(source, 'virtual') ??
    stringField(source, 'editable') ??
    stringField(source, 'directory')
  )
}

function isProject(entry: LockEntry): boolean {
  return sourcePath(entry) === '.'
}

function isMember(entry: LockEntry, isListed: boolean): boolean {
  return isProject(entry) || (isListed && sourcePath(entry) !== undefined)
}

/** A member of the workspace, and what it asks for: with all its extras and groups. */
function memberRoots({
  key,
  node,
  development,
  isProject: isRoot
}: UvPackage): readonly GraphRoot[] {
  return [
    ...(isRoot === true ? [] : [{ to: key, extras: [], scope: 'runtime' as const }]),
    ...rootsOf(node.edges, 'runtime'),
    ...rootsOf([...node.extras.values()].flat(), 'optional'),
    ...rootsOf(development, 'development')
  ]
}

function rootsOf(edges: readonly GraphEdge[], scope: Scope): readonly GraphRoot[] {
  return edges.map((edge) => ({ ...edge, scope }))
}

/** What a workspace without a project of its own, or a script, asks for. */
function manifestRoots(
  manifest: PlainTable,
  packages: readonly LockedPackage[]
): readonly GraphRoot[] {
  const byName = packagesByName(packages)
  const groups = tableField(manifest, 'dependency-groups')
  const edges = (requirements: readonly unknown[], scope: Scope): readonly GraphRoot[] =>
    requirements.flatMap((requirement) => {
      const name = normalPythonName(stringField(requirement, 'name') ?? '')
      const marker = stringField(requirement, 'marker')
      const extras = stringsField(requirement, 'extras').map(normalPythonName)
      return (byName.get(name) ?? []).slice(0, MAX_FORKS).map(({ key }) => ({
        to: key,
        extras,
        scope,
        ...(marker !== undefined && { marker })
      }))
    })
  return [
    ...edges(arrayField(manifest, 'requirements'), 'runtime'),
    ...Object.keys(groups).flatMap((group) => edges(arrayField(groups, group), 'development'))
  ]
}

function originOf({ table, location }: LockEntry): Origin {
  const source = tableField(table, 'source')
  const git = stringField(source, 'git')
  if (git !== undefined) {
    const [address = '', commit] = git.split('#', 2)
    return gitOrigin(address.split('?', 1)[0] ?? '', commit)
  }
  const url = stringField(source, 'url')
  if (url !== undefined) return { kind: 'archive', url: withoutCredentials(url) }
  const registry = stringField(source, 'registry')
  if (registry !== undefined && /^https?:/i.test(registry)) {
    return { kind: 'registry', url: withoutCredentials(registry) }
  }
  const path = registry ?? Object.values(source).find((value) => typeof value === 'string')
  return path === undefined
    ? { kind: 'registry' }
    : { kind: 'local', path: pathFrom(location.path, path) }
}

function filesOf(entry: LockEntry, origin: Origin): readonly LockedFile[] {
  const source = tableField(entry.table, 'source')
  const archive = origin.kind === 'archive' ? origin.url : undefined
  const tables = [fieldOf(entry.table, 'sdist'), ...arrayField(entry.table, 'wheels')].filter(
    isTable
  )
  return tables.flatMap((table) => {
    const hash = stringField(table, 'hash')
    const url = stringField(table, 'url') ?? archive
    const path = stringField(table, 'path') ?? stringField(source, 'path')
    const name = stringField(table, 'filename')
    if (hash === undefined && url === undefined && path === undefined && name === undefined)
      return []
    return [lockedFile({ name, url, path, hashes: hash === undefined ? [] : [hash] }, entry)]
  })
}
