import type { Outcome } from './evidence.ts'
import type { Severity } from './finding.ts'

/** `spec` of `.github/assay.yml`, checked and with defaults filled in. */
export interface Policy {
  /** Where it was read: path and, on a pull request, the base commit. Absent: built-in defaults. */
  readonly source?: { readonly path: string; readonly commit?: string }
  /** Findings at least this severe fail the run. */
  readonly failOn: Severity | 'none'
  /** What an outcome of a check costs: a severity, or nothing. `contradicted` cannot be lowered to nothing. */
  readonly outcomes: Readonly<Record<Exclude<Outcome, 'verified'>, Severity | 'ignore'>>
  /** Rule id to severity; `off` drops the finding. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>
  readonly waivers: readonly PolicyWaiver[]
  /** Glob patterns of checkout paths that the inventory leaves out. */
  readonly exclude: readonly string[]
}

/** Accepts findings that match all that is given. */
export interface PolicyWaiver {
  /** Rule id. */
  readonly rule: string
  /** Exact subject, or with `*` for any characters. Absent: any. */
  readonly subject?: string
  readonly reason: string
  /** Last day it holds, ISO 8601 date. */
  readonly expires: string
  /** Line in the policy file. */
  readonly line?: number
}

/** Without a policy file: only what is proven wrong fails a run; the verdict says what was not looked at. */
export const DEFAULT_POLICY: Policy = {
  failOn: 'high',
  outcomes: { contradicted: 'critical', absent: 'ignore', unavailable: 'ignore' },
  rules: {},
  waivers: [],
  exclude: []
}
