import { createHash } from 'node:crypto'
import type { Location } from './component.ts'
import type { Evidence } from './evidence.ts'

/** Worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const

export type Severity = (typeof SEVERITIES)[number]

/** How likely the finding is to be true, independent of how bad it is. */
export type Confidence = 'high' | 'medium' | 'low'

/** What a rule is, apart from any one occurrence of it. docs/findings.md is generated from these. */
export interface Rule {
  /** `<stage>/<what-is-wrong>`; never renamed, never reused. */
  readonly id: string
  readonly title: string
  readonly severity: Severity
  /** Why it matters: what an attacker gains, or what stays unknown. */
  readonly why: string
  /** The exact next step, in the imperative. */
  readonly remedy: string
}

/** A finding that somebody accepted, with the reason and the last day it holds. */
export interface Waiver {
  readonly reason: string
  /** ISO 8601 date. */
  readonly expires: string
}

/** Something a person should know and may have to act on: a rule applied to a subject. */
export interface Finding {
  readonly rule: Rule
  /** The rule's, unless the policy says otherwise. */
  readonly severity: Severity
  readonly confidence: Confidence
  /** A purl, or what else it is about: a path, a host. */
  readonly subject: string
  /** One sentence with the values that matter, without a final period. */
  readonly message: string
  /** Primary location first; empty when it is about the run. */
  readonly locations: readonly Location[]
  /** What we looked at to say so; a report reader can check it again. */
  readonly evidence: readonly Evidence[]
  /** Stable over runs and line moves: rule, subject and primary file. */
  readonly fingerprint: string
  readonly waiver?: Waiver
}

/** A finding with its rule's severity and a fingerprint. */
export function findingOf(
  rule: Rule,
  given: Pick<Finding, 'subject' | 'message'> &
    Partial<Pick<Finding, 'confidence' | 'locations' | 'evidence'>>
): Finding {
  const locations = given.locations ?? []
  const identity = JSON.stringify([rule.id, given.subject, locations[0]?.path ?? ''])
  return {
    rule,
    severity: rule.severity,
    confidence: given.confidence ?? 'high',
    subject: given.subject,
    message: given.message,
    locations,
    evidence: given.evidence ?? [],
    fingerprint: createHash('sha256').update(identity).digest('hex').slice(0, 32)
  }
}

export function bySeverity(a: Finding, b: Finding): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
}
