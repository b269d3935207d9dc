import type { Evidence } from '../../src/model/evidence.ts'
import type { Finding } from '../../src/model/finding.ts'
import { findingOf, type Rule } from '../../src/model/finding.ts'
import type { RunReport, StageReport, Verdict } from '../../src/model/report.ts'

export const RULE: Rule = {
  id: 'integrity/contradicted',
  title: 'Bytes are not the locked ones',
  severity: 'critical',
  why: 'Somebody changed what the registry serves, or the lock.',
  remedy: 'Do not install it; compare with another copy.'
}

/** A finding in `package-lock.json`, with what a test gives. */
export function finding(given: Partial<Finding> = {}): Finding {
  const made = findingOf(given.rule ?? RULE, {
    subject: 'pkg:npm/left-pad@1.3.0',
    message: 'left-pad 1.3.0 has sha512:aa, locked is sha512:bb',
    locations: [{ path: 'package-lock.json', line: 12 }]
  })
  return { ...made, ...given }
}

export function stage(given: Partial<StageReport> = {}): StageReport {
  return {
    stage: 'inventory',
    title: 'List dependencies',
    status: 'completed',
    durationMs: 120,
    findings: [],
    evidence: [],
    stats: { components: 412, gaps: 3 },
    ...given
  }
}

export const VERIFIED: Evidence = {
  subject: 'pkg:npm/left-pad@1.3.0',
  kind: 'digest',
  outcome: 'verified',
  source: '',
  observedAt: '2026-01-02T03:04:05Z',
  detail: 'x'
}

export interface GivenReport {
  readonly stages?: readonly StageReport[]
  readonly verdict?: Partial<Verdict>
  readonly report?: Partial<RunReport>
}

export function runReport({ stages = [stage()], verdict, report }: GivenReport = {}): RunReport {
  return {
    schema: '1.0',
    tool: { name: 'assay', version: '0.0.0' },
    startedAt: '2026-01-02T03:04:05.000Z',
    lockfiles: [],
    images: [],
    components: [],
    gaps: [],
    stages,
    verdict: {
      conclusion: 'pass',
      headline: 'Pass: 412 verified',
      causes: [],
      findings: [],
      ...verdict
    },
    ...report
  }
}
