import type { StatementKind } from './settings.ts'
import type { WorkflowClaims } from './workflow-claims.ts'

/** What is stated about every subject: the part of an in-toto statement that is the same for all of them. */
export interface Predicate {
  readonly kind: StatementKind
  /** `https://slsa.dev/provenance/v1` */
  readonly predicateType: string
  /** JSON text of an object, in pieces. Can be called again. */
  chunks(): Iterable<string>
}

/** A statement that was asked for and cannot be made. */
export interface MissingPredicate {
  readonly kind: StatementKind
  /** Without a final period. */
  readonly reason: string
}

/** Everything that is stated about subjects, but for the verdict, which nobody knows before the end. */
export interface Predicates {
  /** In the order in which they were asked for. */
  readonly list: readonly Predicate[]
  readonly missing: readonly MissingPredicate[]
  /** What the provenance can claim at most; absent without one. */
  readonly level?: BuildLevel
  /** Of the token that the provenance was made of. */
  readonly claims?: WorkflowClaims
}

/** A level of SLSA's Build track. @see https://slsa.dev/spec/v1.2/build-track-basics */
export interface BuildLevel {
  /** What a verifier may conclude of the provenance without knowing anything besides. */
  readonly level: 1 | 2
  /** One sentence without a final period: why it is this level. */
  readonly because: string
  /** What a verifier has to know to conclude more, in a sentence without a final period. Absent: nothing helps. */
  readonly higher?: string
}
