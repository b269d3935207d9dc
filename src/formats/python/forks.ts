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

/** The environments that conditions are tried in, to see whether they can hold together. */
const MINORS = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15] as const
const SYSTEMS = ['linux', 'darwin', 'win32'] as const

/** More versions of one name are not told apart. */
const MAX_FORKS = 64

/**
 * Settles dependencies that several locked versions of a name could meet: each environment in which the
 * dependent is installed takes the highest version that is meant for it, as installers do.
 *
 * @returns the packages without the edges that no environment would follow
 */
export function settleForks(
  packages: readonly ForkedPackage[],
  roots: readonly GraphRoot[]
): readonly LockedPackage[] {
  const byKey = new Map(packages.map((each) => [each.key, each]))
  const reached = reachFrom(roots, new Map(packages.map(({ key, node }) => [key, node])))
  const holds = trial()
  return packages.map((each) => {
    const groups = Map.groupBy(each.node.edges, ({ to }) => byKey.get(to)?.name ?? to)
    if ([...groups.values()].every((edges) => edges.length === 1)) return each
    const from = [each.pythons, reached.get(each.key)?.marker]
    const edges = [...groups.values()].flatMap((group) => settled(group, { from, byKey, holds }))
    return { ...each, node: { ...each.node, edges } }
  })
}

interface Settling {
  readonly from: readonly (string | undefined)[]
  readonly byKey: ReadonlyMap<string, ForkedPackage>
  /** Whether all conditions can hold in an environment. */
  readonly holds: (environment: number, conditions: readonly (string | undefined)[]) => boolean
}

function settled(
  group: readonly GraphEdge[],
  { from, byKey, holds }: Settling
): readonly GraphEdge[] {
  if (group.length === 1 || group.length > MAX_FORKS) return group
  const kept = new Set<GraphEdge>()
  const highestFirst = [...group].sort((a, b) => byVersion(byKey.get(b.to), byKey.get(a.to)))
  for (const environment of ENVIRONMENTS.keys()) {
    if (!holds(environment, from)) continue
    const possible = highestFirst.filter((edge) => {
      const target = byKey.get(edge.to)
      return holds(environment, [edge.marker, target?.pythons, target?.node.marker])
    })
    const [first] = possible
    const version = first && byKey.get(first.to)?.version
    for (const edge of possible) if (byKey.get(edge.to)?.version === version) kept.add(edge)
  }
  return kept.size === 0 ? group : group.filter((edge) => kept.has(edge))
}

const ENVIRONMENTS: readonly (readonly [number, string])[] = MINORS.flatMap((minor) =>
  SYSTEMS.map((os) => [minor, os] as const)
)

/** Evaluates every condition once in every environment. What cannot be known can hold. */
function trial(): Settling['holds'] {
  const environments: readonly MarkerEnvironment[] = ENVIRONMENTS.map(([minor, os]) =>
    markerEnvironmentOf({ version: [3, minor], os, cpu: 'x64' })
  )
  const known = new Map<string, readonly boolean[]>()
  const answersOf = (condition: string): readonly boolean[] => {
    const marker = parseMarker(condition)
    return environments.map(
      (environment) => !marker || evaluateMarker(marker, environment) !== false
    )
  }
  return (environment, conditions) =>
    conditions.every((condition) => {
      if (condition === undefined || condition === '') return true
      const answers = known.get(condition) ?? answersOf(condition)
      known.set(condition, answers)
      return answers[environment] ?? true
    })
}

function byVersion(a: ForkedPackage | undefined, b: ForkedPackage | undefined): number {
  const one = parsePythonVersion(a?.version ?? '')
  const other = parsePythonVersion(b?.version ?? '')
  return one && other ? comparePythonVersions(one, other) : 0
}
