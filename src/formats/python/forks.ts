import { type GraphEdge, type GraphRoot, reachFrom } from './graph.ts'
import type { LockedPackage } from './locked-graph.ts'
import { evaluateMarker, type MarkerEnvironment, parseMarker } from './marker.ts'
import { markerEnvironmentOf } from './target.ts'
import { comparePythonVersions, parsePythonVersion } from './version.ts'

/** A package whose lock also says for which Pythons it is. */
export interface ForkedPackage extends LockedPackage {
  /** As a marker; absent: for all. */
  readonly pythons?: string | undefined
}

/** Most versions of one name that are told apart. */
const MAX_FORKS = 64

/**
 * Settles which edges anybody can follow. A dependency that several locked versions of a name could meet
 * leads to the highest one that is meant for an environment of its dependent, as installers choose; one
 * whose condition cannot hold where its dependent is installed leads nowhere.
 *
 * @param pythons for which Pythons the whole lock is, as a marker
 * @returns the packages without the edges that no environment would follow
 */
export function settleForks(
  packages: readonly ForkedPackage[],
  roots: readonly GraphRoot[],
  pythons?: string
): readonly LockedPackage[] {
  const byKey = new Map(packages.map((each) => [each.key, each]))
  const reached = reachFrom(roots, new Map(packages.map(({ key, node }) => [key, node])))
  const holds = trial()
  return packages.map((each) => {
    const from = [pythons, each.pythons, reached.get(each.key)?.marker]
    const settle = (edges: readonly GraphEdge[]): readonly GraphEdge[] =>
      [...Map.groupBy(edges, ({ to }) => byKey.get(to)?.name ?? to).values()].flatMap((group) =>
        settled(group, { from, byKey, holds })
      )
    const { node } = each
    const extras = new Map([...node.extras].map(([extra, edges]) => [extra, settle(edges)]))
    return { ...each, node: { ...node, edges: settle(node.edges), extras } }
  })
}

interface Settling {
  /** What has to hold where the dependent is installed. */
  readonly from: readonly (string | undefined)[]
  readonly byKey: ReadonlyMap<string, ForkedPackage>
  readonly holds: Trial
}

/** Whether all conditions can hold in an environment. */
type Trial = (environment: number, conditions: readonly (string | undefined)[]) => boolean

function settled(group: readonly GraphEdge[], settling: Settling): readonly GraphEdge[] {
  const isPlain = group.length === 1 && (group[0]?.marker ?? '') === ''
  if (isPlain || group.length > MAX_FORKS) return group
  // On other systems than the usual three nothing is known, which is only asked when these say no.
  return (
    [KNOWN_SYSTEMS, OTHER_SYSTEMS].map((on) => followed(group, on, settling)).find(hasAny) ?? []
  )
}

function hasAny(edges: readonly GraphEdge[]): boolean {
  return edges.length > 0
}

function followed(
  group: readonly GraphEdge[],
  environments: readonly number[],
  { from, byKey, holds }: Settling
): readonly GraphEdge[] {
  const kept = new Set<GraphEdge>()
  const highestFirst = [...group].sort((a, b) => byVersion(byKey.get(b.to), byKey.get(a.to)))
  for (const environment of environments) {
    if (kept.size === group.length) break
    if (!holds(environment, from)) continue
    const open = highestFirst.filter(({ marker }) => holds(environment, [marker]))
    const meant = open.filter(({ to }) => {
      const target = byKey.get(to)
      return holds(environment, [target?.pythons, target?.node.marker])
    })
    const [first] = meant
    const version = first && byKey.get(first.to)?.version
    const chosen = first ? meant.filter(({ to }) => byKey.get(to)?.version === version) : open
    for (const edge of chosen) kept.add(edge)
  }
  return group.filter((edge) => kept.has(edge))
}

/** Python 3.6 to 3.20, each on three systems and on one of which nothing is known. */
const MINORS = Array.from({ length: 15 }, (_, at) => at + 6)
const SYSTEMS = ['linux', 'darwin', 'win32', undefined] as const
const ENVIRONMENTS = MINORS.flatMap((minor) => SYSTEMS.map((os) => ({ minor, os })))
const ALL = [...ENVIRONMENTS.keys()]
const KNOWN_SYSTEMS = ALL.filter((at) => ENVIRONMENTS[at]?.os !== undefined)
const OTHER_SYSTEMS = ALL.filter((at) => ENVIRONMENTS[at]?.os === undefined)

/** Evaluates every condition once in every environment. What cannot be known can hold. */
function trial(): Trial {
  const environments = ENVIRONMENTS.map(({ minor, os }) => environmentOf(minor, os))
  const known = new Map<string, readonly boolean[]>()
  const answersOf = (condition: string): readonly boolean[] => {
    const marker = parseMarker(condition)
    return environments.map((each) => !marker || evaluateMarker(marker, each) !== false)
  }
  return (environment, conditions) =>
    conditions.every((condition) => {
      if (condition === undefined || condition === '') return true
      const answers = known.get(condition) ?? answersOf(condition)
      known.set(condition, answers)
      return answers[environment] ?? true
    })
}

/** Python's version and the system, but nothing of processors, implementations and patch releases. */
function environmentOf(minor: number, os: string | undefined): MarkerEnvironment {
  const all = markerEnvironmentOf({ version: [3, minor], os: os ?? '', cpu: '' })
  const names = [
    'python_version',
    ...(os === undefined ? [] : ['sys_platform', 'os_name', 'platform_system'])
  ]
  return new Map(names.map((name) => [name, all.get(name) ?? '']))
}

function byVersion(a: ForkedPackage | undefined, b: ForkedPackage | undefined): number {
  const one = parsePythonVersion(a?.version ?? '')
  const other = parsePythonVersion(b?.version ?? '')
  return one && other ? comparePythonVersions(one, other) : 0
}
