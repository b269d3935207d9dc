import { createHash, hash } from 'node:crypto'
import type { Checkout } from '../model/checkout.ts'
import type { Component, Gap, Lockfile } from '../model/component.ts'
import type { Evidence } from '../model/evidence.ts'
import type { Purl } from '../model/purl.ts'

/** What an SBOM of a checkout is made of. */
export interface SbomInput {
  readonly toolVersion: string
  readonly created: Created
  readonly checkout: Checkout
  /** Sorted by purl. */
  readonly components: readonly Component[]
  readonly lockfiles: readonly Lockfile[]
  readonly gaps: readonly Gap[]
  /** Paths of lockfiles that could not be read. */
  readonly unreadable: readonly string[]
  /** Everything that was looked at. When it was is left out of documents: they would differ by it. */
  readonly evidence: readonly Evidence[]
}

/** The time that documents carry. It says nothing about when they were made: they are the same at any time. */
export interface Created {
  /** ISO 8601, UTC, seconds. */
  readonly at: string
  readonly from: 'SOURCE_DATE_EPOCH' | 'commit' | 'fallback'
}

/**
 * How much of something is stated.
 *
 * - `incomplete`: something was seen that could not be resolved
 * - `unknown`: nobody says
 */
export type Completeness = 'complete' | 'incomplete' | 'unknown'

/** What every SBOM format says in its own words. */
export interface SbomFacts extends SbomInput {
  /** What the project itself asks for, sorted. Fixtures are no part of the project. */
  readonly direct: readonly Purl[]
  /** Of the list of components, and of what the project itself asks for. */
  readonly completeness: Completeness
  /** Of what a component depends on. */
  completenessOf(component: Component): Completeness
  /** What it depends on, as far as it is a component itself. */
  dependenciesOf(component: Component): readonly Purl[]
  /** In an order that does not depend on which answer came first. */
  evidenceOf(component: Component): readonly Evidence[]
  /** Same inputs, same UUID; another for each format. @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8 */
  uuidOf(format: string): string
}

/** Prepares what the formats share. Memory: some words for each component, and nothing of its text. */
export function sbomFactsOf(input: SbomInput): SbomFacts {
  const { components, lockfiles, gaps, checkout } = input
  const known = new Set(components.map((component) => component.purl))
  const ours = lockfiles.filter((lockfile) => !lockfile.fixture)
  const evidence = Map.groupBy(input.evidence, (item) => item.subject)
  const withGaps = new Set(gaps.map((gap) => gap.location.path))
  const uncertain = new Set(
    lockfiles.filter(({ path }) => withGaps.has(path)).flatMap((lockfile) => lockfile.components)
  )
  const fixtures = new Set(lockfiles.filter(({ fixture }) => fixture).map(({ path }) => path))
  const unseen =
    input.unreadable.length > 0 ||
    checkout.sparse ||
    checkout.submodules.some((submodule) => submodule.missing) ||
    gaps.some((gap) => !fixtures.has(gap.location.path))
  const evidenceOf = (component: Component): readonly Evidence[] =>
    (evidence.get(component.purl) ?? []).toSorted(byContent)
  const content = contentHash(input, evidenceOf)
  return {
    ...input,
    direct: [...new Set(ours.flatMap((lockfile) => lockfile.direct))]
      .filter((purl) => known.has(purl))
      .sort(),
    completeness: unseen ? 'incomplete' : ours.length > 0 ? 'complete' : 'unknown',
    completenessOf(component) {
      if (component.edges === 'unknown') return 'unknown'
      const dangling = component.dependsOn.some((purl) => !known.has(purl))
      return dangling || uncertain.has(component.purl) ? 'incomplete' : 'complete'
    },
    dependenciesOf: ({ dependsOn }) =>
      dependsOn.filter((purl, at) => known.has(purl) && purl !== dependsOn[at - 1]),
    evidenceOf,
    uuidOf: (format) => uuidFrom(`${format}\n${content}`)
  }
}

function contentHash(
  input: SbomInput,
  evidenceOf: (component: Component) => readonly Evidence[]
): string {
  const { toolVersion, created, checkout, unreadable, gaps } = input
  const sum = createHash('sha256')
  const add = (value: unknown): void => void sum.update(`${JSON.stringify(value)}\n`)
  add([toolVersion, created, checkout, unreadable, gaps])
  for (const { components, ...lockfile } of input.lockfiles) {
    add(lockfile)
    for (const purl of components) sum.update(`${purl}\n`)
  }
  for (const component of input.components) {
    add([component, evidenceOf(component).map(contentOf)])
  }
  return sum.digest('hex')
}

/** Without when it was looked at, and without words that can hold durations. */
function contentOf(evidence: Evidence): readonly unknown[] {
  const { kind, outcome, source, file = '', observed, signer } = evidence
  const digest = [observed?.algorithm ?? '', observed?.hex ?? '']
  return [file, kind, outcome, source, ...digest, ...(signer ? [signer] : [])]
}

function byContent(a: Evidence, b: Evidence): number {
  const [left, right] = [JSON.stringify(contentOf(a)), JSON.stringify(contentOf(b))]
  return left < right ? -1 : left > right ? 1 : 0
}

function uuidFrom(seed: string): string {
  const hex = hash('sha256', seed)
  // Version 8, variant 10: RFC 9562's form for hashes other than SHA-1.
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8'
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32)
  ].join('-')
}
