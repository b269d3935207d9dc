import type { Checkout } from './checkout.ts'
import type { Component, Gap, Lockfile } from './component.ts'
import type { Evidence } from './evidence.ts'
import type { Finding } from './finding.ts'
import type { Image } from './image.ts'
import type { Section } from './section.ts'

/** An error as reports carry it. */
export interface Problem {
  /** Stable; listed in docs/errors.md. */
  readonly code: string
  readonly message: string
  readonly remedy: string
}

/**
 * - `completed`: every check was made; findings and evidence say how they came out
 * - `skipped`: switched off, nothing to look at, or a stage it needs did not complete; `reason` says which
 * - `errored`: the stage could not do its work; `problem` says why
 */
export type StageStatus = 'completed' | 'skipped' | 'errored'

/** {@link StageReport.reason} of a stage that the user left out: no news to them. */
export const NOT_ASKED_FOR = 'not asked for'

/** What one stage did. */
export interface StageReport {
  readonly stage: string
  readonly title: string
  readonly status: StageStatus
  readonly reason?: string
  readonly problem?: Problem
  /** Wall time in milliseconds. */
  readonly durationMs: number
  readonly findings: readonly Finding[]
  readonly evidence: readonly Evidence[]
  readonly section?: Section
  /** Counts, e.g. `{ components: 412, gaps: 3 }`. */
  readonly stats: Readonly<Record<string, number>>
}

/** Why the run passes or fails. Made by `judge`, and by nothing else. */
export interface Verdict {
  readonly conclusion: 'pass' | 'fail'
  /** One sentence that a person reads first: what was decided, and what was not looked at. */
  readonly headline: string
  /** One line per cause, worst first; empty when it passes. */
  readonly causes: readonly string[]
  /** Findings with the policy's severities and waivers applied, worst first. */
  readonly findings: readonly Finding[]
}

/** Everything a run found out; every report format is a pure function of it. */
export interface RunReport {
  /** Version of the JSON form; minor grows when a field is added, major when one is removed or changed. */
  readonly schema: '1.0'
  readonly tool: { readonly name: 'assay'; readonly version: string }
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly checkout?: Checkout
  readonly lockfiles: readonly Lockfile[]
  /** Those that could be resolved, in the order in which they were named. */
  readonly images: readonly Image[]
  readonly components: readonly Component[]
  readonly gaps: readonly Gap[]
  readonly stages: readonly StageReport[]
  readonly verdict: Verdict
}
