import type { Scope } from '../../model/component.ts'
import { allMarkers, anyMarker } from './marker.ts'

/** A dependency on one locked package, with the extras of it that are asked for. */
export interface GraphEdge {
  /** Key of a {@link GraphNode}. */
  readonly to: string
  readonly extras: readonly string[]
  readonly marker?: string
}

/** One locked package: what it needs always, and what each of its extras adds. */
export interface GraphNode {
  /** Of the package itself, whoever needs it. */
  readonly marker?: string
  /** The lock has already put the conditions of all ways to it into `marker`. */
  readonly isWhole?: boolean
  readonly edges: readonly GraphEdge[]
  readonly extras: ReadonlyMap<string, readonly GraphEdge[]>
}

/** What the project itself asks for. */
export interface GraphRoot extends GraphEdge {
  readonly scope: Scope
}

/** How the project comes to a package. */
export interface Reach {
  readonly scope: Scope
  /** When it is installed at all; absent: always, or nobody can say shortly. */
  readonly marker?: string
  /** Extras of it that somebody asks for. */
  readonly extras: ReadonlySet<string>
}

/** Sets of markers that must hold together; one of the sets is enough. `[[]]` is always. */
type Condition = readonly (readonly string[])[]

const ALWAYS: Condition = [[]]
/** Conditions longer than this are given up for "always": we look at a package too many, never at one too few. */
const MAX_MARKERS = 4
const MAX_WAYS = 8
const MAX_CHANGES = 64

/**
 * Walks from what a project asks for over all dependencies, extras included.
 *
 * @returns what can be reached: the widest scope in which it is, and the condition of all ways to it
 */
export function reachFrom(
  roots: readonly GraphRoot[],
  nodes: ReadonlyMap<string, GraphNode>
): ReadonlyMap<string, Reach> {
  const states = new Map<string, State>()
  for (const scope of ['runtime', 'optional', 'development'] as const) {
    const edges = roots.filter((root) => root.scope === scope)
    spread(edges, scope, { nodes, states })
  }
  const reached = new Map<string, { scope: Scope; condition: Condition; extras: Set<string> }>()
  for (const { key, extra, scope, condition } of states.values()) {
    const known = reached.get(key)
    if (!known) reached.set(key, { scope, condition, extras: new Set() })
    else known.condition = either(known.condition, condition)
    if (extra !== '') reached.get(key)?.extras.add(extra)
  }
  return new Map(
    [...reached].map(([key, { condition, ...reach }]) => {
      const node = nodes.get(key)
      const ways = node?.isWhole === true ? ALWAYS : condition
      return [key, { ...reach, ...markerOf(both(ways, node?.marker)) }]
    })
  )
}

/** A package, or one extra of it, that was reached. */
interface State {
  readonly key: string
  readonly extra: string
  readonly scope: Scope
  condition: Condition
  changes: number
}

interface Walk {
  readonly nodes: ReadonlyMap<string, GraphNode>
  readonly states: Map<string, State>
}

function spread(roots: readonly GraphEdge[], scope: Scope, walk: Walk): void {
  const queue: State[] = []
  const follow = (edge: GraphEdge, from: Condition): void => {
    if (!walk.nodes.has(edge.to)) return
    const condition = both(from, edge.marker)
    for (const extra of ['', ...edge.extras]) {
      const changed = enter({ key: edge.to, extra, scope, condition }, walk.states)
      if (changed) queue.push(changed)
    }
  }
  for (const root of roots) follow(root, ALWAYS)
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    const node = walk.nodes.get(state.key)
    const edges = state.extra === '' ? node?.edges : node?.extras.get(state.extra)
    for (const edge of edges ?? []) follow(edge, state.condition)
  }
}

/** @returns the state when this way to it says something new */
function enter(way: Omit<State, 'changes'>, states: Map<string, State>): State | undefined {
  const id = `${way.key}\n${way.extra}`
  const known = states.get(id)
  if (!known) {
    const state = { ...way, changes: 0 }
    states.set(id, state)
    return state
  }
  if (known.condition === ALWAYS) return undefined
  const condition = known.changes < MAX_CHANGES ? either(known.condition, way.condition) : ALWAYS
  if (isSame(condition, known.condition)) return undefined
  known.condition = condition
  known.changes++
  return known
}

function both(condition: Condition, marker: string | undefined): Condition {
  if (marker === undefined || marker === '') return condition
  const ways = condition.map((way) =>
    way.includes(marker) || way.length >= MAX_MARKERS ? way : [...way, marker].sort()
  )
  return minimal(ways)
}

function either(a: Condition, b: Condition): Condition {
  return a === ALWAYS || b === ALWAYS ? ALWAYS : minimal([...a, ...b])
}

/** Without the ways that ask for more than another does. */
function minimal(ways: Condition): Condition {
  const kept: (readonly string[])[] = []
  for (const way of [...ways].sort(
    (a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1)
  )) {
    if (way.length === 0) return ALWAYS
    if (!kept.some((other) => other.every((marker) => way.includes(marker)))) kept.push(way)
  }
  return kept.length > MAX_WAYS ? ALWAYS : kept
}

function isSame(a: Condition, b: Condition): boolean {
  return a.length === b.length && a.every((way, at) => way.join('\n') === b[at]?.join('\n'))
}

function markerOf(condition: Condition): { readonly marker?: string } {
  return condition === ALWAYS ? {} : { marker: anyMarker(condition.map(allMarkers)) }
}
