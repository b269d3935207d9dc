import type { Evidence, Outcome } from '../../model/evidence.ts'
import type { Item } from './plan.ts'

/** What came of looking at one item. */
export interface Observation {
  readonly item: Item
  /** The one answer to whether the lock's digest holds. */
  readonly evidence: Evidence
  /** What else was found out about the same bytes. */
  readonly more: readonly Evidence[]
  /** Why it is `unavailable`. */
  readonly obstacle?: Obstacle
  /** What the server said the bytes are, when they are not the locked ones. */
  readonly contentType?: string
}

/** Why something could not be looked at, in words that other files share. */
export interface Obstacle {
  /**
   * - `unknown`: the registry says that there is no such file
   * - `failed`: it was not, or not completely, answered
   */
  readonly kind: 'unknown' | 'failed'
  /** Who was asked: a host, or an ecosystem's registry. Absent when nobody was. */
  readonly place?: string
  readonly reason: string
  /** Overrides the rule's. */
  readonly remedy?: string
}

/** In the order in which people read them. */
export const OUTCOMES: readonly Outcome[] = ['verified', 'contradicted', 'absent', 'unavailable']

/** How many observations came out so. */
export function countOf(observations: readonly Observation[], outcome: Outcome): number {
  return observations.filter(({ evidence }) => evidence.outcome === outcome).length
}

/** How many hold by what the registry's index states, without a look at the bytes. */
export function countByIndex(observations: readonly Observation[]): number {
  return observations.filter(
    ({ evidence }) => evidence.kind === 'index-digest' && evidence.outcome === 'verified'
  ).length
}

/** How messages name an item: `left-pad 1.3.0`, with the file where there are several. */
export function nameOf({ component, file }: Item): string {
  const { name, version, files } = component
  // Go's files say it all: github.com/spf13/pflag@v1.0.10.zip.
  if (file?.name?.startsWith(`${name}@${version}`)) return file.name
  const which = files.length > 1 && file?.name !== undefined ? ` (${file.name})` : ''
  return `${name} ${version}${which}`
}
