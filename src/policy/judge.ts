import { bySeverity, type Finding, SEVERITIES, type Severity } from '../model/finding.ts'
import type { Policy } from '../model/policy.ts'
import type { StageReport, Verdict } from '../model/report.ts'
import { headlineOf, isOfBytes } from './headline.ts'
import { applyWaivers } from './waivers.ts'

/** What the judge needs to know besides reports and policy. */
export interface Circumstances {
  /** Waivers expire by it. */
  readonly now: Date
  /** No network was used. */
  readonly offline: boolean
}

/**
 * Decides whether a run fails. Pure: same reports, policy and circumstances, same verdict. Every cause counts
 * by itself, so that nothing that is found besides can turn a fail into a pass.
 */
export function judge(
  reports: readonly StageReport[],
  policy: Policy,
  circumstances: Circumstances
): Verdict {
  const findings = judgedFindings(reports, policy, circumstances.now)
  const causes = [
    ...reports.flatMap(erroredCause),
    ...[
      ...findings.filter((finding) => finding.waiver === undefined).map(findingCause),
      ...reports.flatMap((report) => outcomeCauses(report, policy))
    ]
      .filter(({ severity }) => fails(severity, policy))
      .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
      .map(({ text }) => text)
  ]
  const conclusion = causes.length === 0 ? 'pass' : 'fail'
  const headline = headlineOf({ conclusion, causes, findings, reports, policy, ...circumstances })
  return { conclusion, headline, causes, findings }
}

interface Cause {
  readonly severity: Severity
  readonly text: string
}

/** Findings as the policy wants them: severities set, switched-off rules gone, waivers applied, worst first. */
function judgedFindings(
  reports: readonly StageReport[],
  policy: Policy,
  now: Date
): readonly Finding[] {
  const found = reports
    .flatMap((report) => report.findings)
    .flatMap((finding) => {
      const severity = severityOf(finding, policy)
      if (severity === 'off') return []
      return [severity === finding.severity ? finding : { ...finding, severity }]
    })
  return applyWaivers(found, policy.waivers, now).toSorted(bySeverity)
}

/** A rule's own severity counts first; what is proven wrong can be made less severe, but not be switched off. */
function severityOf(finding: Finding, { rules, outcomes }: Policy): Severity | 'off' {
  const contradicted = finding.evidence.some(({ outcome }) => outcome === 'contradicted')
  const { id } = finding.rule
  const asked = Object.hasOwn(rules, id) ? rules[id] : undefined
  if (asked !== undefined && !(contradicted && asked === 'off')) return asked
  return contradicted ? outcomes.contradicted : finding.severity
}

function fails(severity: Severity, { failOn }: Policy): boolean {
  return failOn !== 'none' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn)
}

/** A stage that could not do its work fails the run under every policy: nobody knows what it would have found. */
function erroredCause(report: StageReport): readonly string[] {
  return report.problem ? [`${report.stage}: ${report.problem.message}`] : []
}

function findingCause({ rule, severity, message }: Finding): Cause {
  return { severity, text: `${rule.id}: ${message}` }
}

function outcomeCauses({ stage, evidence, findings }: StageReport, policy: Policy): Cause[] {
  const { contradicted, absent, unavailable } = policy.outcomes
  // Each of these has a finding of its own, that can be waived; one without must not be lost.
  const named = new Set(findings.flatMap((finding) => finding.evidence))
  const costs = [
    [
      contradicted,
      'contradicted without a finding',
      evidence.filter((item) => item.outcome === 'contradicted' && !named.has(item))
    ],
    // What nobody signed has rules of its own: most packages have no signer.
    [absent, 'absent', evidence.filter((item) => item.outcome === 'absent' && isOfBytes(item))],
    [unavailable, 'unavailable', evidence.filter(({ outcome }) => outcome === 'unavailable')]
  ] as const
  return costs.flatMap(([severity, what, { length }]) =>
    severity === 'ignore' || length === 0
      ? []
      : [{ severity, text: `${stage}: ${length} of ${evidence.length} checks ${what}` }]
  )
}
