import type { Component, Location, LockedFile, Origin, Scope } from '../../model/component.ts'
import type { Purl } from '../../model/purl.ts'
import { pythonComponent, pythonPurl } from './component.ts'
import { type GraphNode, type GraphRoot, reachFrom } from './graph.ts'

/** A package of a lock that also records what depends on what. */
export interface LockedPackage {
  /** Tells it from the other versions and forks of its name. */
  readonly key: string
  /** Normalised. */
  readonly name: string
  /** Normalised; empty when nobody knows it. */
  readonly version: string
  readonly origin: Origin
  readonly files: readonly LockedFile[]
  /** Where the lock says it itself; absent, it follows from the way that the project comes to the package. */
  readonly scope?: Scope | 'unknown' | undefined
  readonly node: GraphNode
  readonly location: Location
  /** The project itself: no component, unless one of its dependencies depends on it. */
  readonly isProject?: boolean
}

/** The components of a lock, and which of them its project names. */
export function componentsOfGraph(
  packages: readonly LockedPackage[],
  roots: readonly GraphRoot[]
): { readonly components: readonly Component[]; readonly direct: readonly Purl[] } {
  const reached = reachFrom(roots, new Map(packages.map(({ key, node }) => [key, node])))
  const purls = purlsOf(packages)
  const named = new Set(roots.map(({ to }) => to))
  const targets = new Map(
    packages.map((each) => [each.key, targetsOf(each.node, reached.get(each.key)?.extras)])
  )
  const wanted = new Set([...targets].flatMap(([key, to]) => to.filter((other) => other !== key)))
  const components = packages.flatMap((each) => {
    if (each.isProject === true && !wanted.has(each.key)) return []
    const reach = reached.get(each.key)
    const scope = each.scope ?? reach?.scope
    const dependsOn = (targets.get(each.key) ?? []).filter((key) => key !== each.key)
    return [
      pythonComponent({
        ...each,
        purl: purls.get(each.key) ?? pythonPurl(each),
        scope: scope === 'unknown' ? undefined : scope,
        direct: named.has(each.key),
        marker: reach ? reach.marker : each.node.marker,
        dependsOn: dependsOn.flatMap((key) => purls.get(key) ?? [])
      })
    ]
  })
  return {
    components,
    direct: components.filter(({ direct }) => direct).map(({ purl }) => purl)
  }
}

function targetsOf(
  { edges, extras }: GraphNode,
  asked: ReadonlySet<string> = new Set()
): readonly string[] {
  const optional = [...asked].flatMap((extra) => extras.get(extra) ?? [])
  return [...edges, ...optional].map(({ to }) => to)
}

/** Packages of one name and version from two indexes are two packages: their purls name the index. */
function purlsOf(packages: readonly LockedPackage[]): ReadonlyMap<string, Purl> {
  const purls = new Map<string, Purl>()
  const indexes = new Map<Purl, string>()
  const shared = new Set<Purl>()
  for (const each of packages) {
    const purl = pythonPurl(each)
    const index = indexOf(each)
    const known = indexes.get(purl)
    if (known !== undefined && known !== index) shared.add(purl)
    indexes.set(purl, index)
    purls.set(each.key, purl)
  }
  for (const each of shared.size === 0 ? [] : packages) {
    const purl = purls.get(each.key)
    const repository = indexOf(each)
    if (purl === undefined || !shared.has(purl) || repository === '') continue
    purls.set(each.key, pythonPurl({ ...each, repository }))
  }
  return purls
}

function indexOf({ origin }: LockedPackage): string {
  return origin.kind === 'registry' ? (origin.url ?? '') : ''
}

/** Packages by name, in the order of the lock. */
export function packagesByName<Package extends Pick<LockedPackage, 'name'>>(
  packages: readonly Package[]
): ReadonlyMap<string, readonly Package[]> {
  const byName = new Map<string, Package[]>()
  for (const each of packages) {
    const known = byName.get(each.name)
    if (known) known.push(each)
    else byName.set(each.name, [each])
  }
  return byName
}
