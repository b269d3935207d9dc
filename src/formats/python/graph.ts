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
  const reached = new Map<string, Reached>()
  for (const { key, extra, scope, condition } of states.values()) {
    const known = reached.get(key) ?? { scope, condition, extras: new Set<string>() }
    known.condition = either(known.condition, condition)
    if (extra !== '') known.extras.add(extra)
    reached.set(key, known)
  }
  const answers = new Map<string, Reach>()
  for (const [key, { condition, scope, extras }] of reached) {
    const node = nodes.get(key)
    const ways = node?.isWhole === true ? ALWAYS : condition
    answers.set(key, { scope, extras, ...markerOf(both(ways, node?.marker)) })
  }
  return answers
}

interface Reached {
  readonly scope: Scope
  condition: Condition
  readonly extras: Set<string>
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

/** What is reached without a condition goes first: nothing that comes later says anything new of it. */
function spread(roots: readonly GraphEdge[], scope: Scope, { nodes, states }: Walk): void {
  const always: State[] = []
  const sometimes: State[] = []
  const reach = (key: string, extra: string, condition: Condition): void => {
    const state = enter({ key, extra, scope, condition }, states)
    if (state) (condition === ALWAYS ? always : sometimes).push(state)
  }
  const follow = ({ to, extras, marker }: GraphEdge, from: Condition): void => {
    if (!nodes.has(to)) return
    const condition = both(from, marker)
    reach(to, '', condition)
    for (const extra of extras) reach(to, extra, condition)
  }
  for (const root of roots) follow(root, ALWAYS)
  for (;;) {
    const state = always.pop() ?? sometimes.pop()
    if (!state) return
    const node = nodes.get(state.key)
    const edges = state.extra === '' ? node?.edges : node?.extras.get(state.extra)
    for (const edge of edges ?? []) follow(edge, state.condition)
  }
}

/** @returns the state when this way to it says something new */
function enter(way: Omit<State, 'changes'>, states: Map<string, State>): State | undefined {
  const id = way.extra === '' ? way.key : `${way.key}\n${way.extra}`
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
  if (ways.length === 1) return ways[0]?.length === 0 ? ALWAYS : ways
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
