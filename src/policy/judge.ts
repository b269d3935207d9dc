import type { Evidence, Outcome } from '../model/evidence.ts'
import { bySeverity, type Finding, SEVERITIES, type Severity } from '../model/finding.ts'
import type { Policy } from '../model/policy.ts'
import type { StageReport, Verdict } from '../model/report.ts'
import { applyWaivers } from './waivers.ts'

/** Decides whether a run fails. Pure: same reports, policy and day, same verdict. */
export function judge(reports: readonly StageReport[], policy: Policy, now: Date): Verdict {
  const findings = judgedFindings(reports, policy, now)
  const causes = [
    ...reports.flatMap(erroredCause),
    ...reports.flatMap((report) => outcomeCauses(report, policy)),
    ...findings
      .filter((finding) => finding.waiver === undefined && fails(finding.severity, policy))
      .map((finding) => `${finding.rule.id}: ${finding.message}`)
  ]
  const conclusion = causes.length === 0 ? 'pass' : 'fail'
  return { conclusion, headline: headlineOf(conclusion, causes.length, reports), causes, findings }
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
      const severity = policy.rules[finding.rule.id]
      if (severity === 'off') return []
      return [severity === undefined ? finding : { ...finding, severity }]
    })
  return applyWaivers(found, policy, now).toSorted(bySeverity)
}

function fails(severity: Severity | 'ignore', policy: Policy): boolean {
  if (severity === 'ignore' || policy.failOn === 'none') return false
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(policy.failOn)
}

function erroredCause(report: StageReport): readonly string[] {
  return report.problem ? [`${report.stage}: ${report.problem.message}`] : []
}

/** `contradicted` evidence has findings of its own, which can be waived one by one. */
function outcomeCauses(report: StageReport, policy: Policy): readonly string[] {
  return (['absent', 'unavailable'] as const)
    .filter((outcome) => fails(policy.outcomes[outcome], policy))
    .map((outcome) => [outcome, countOf(report.evidence, outcome)] as const)
    .filter(([, count]) => count > 0)
    .map(
      ([outcome, count]) =>
        `${report.stage}: ${count} of ${report.evidence.length} checks ${outcome}`
    )
}

function headlineOf(
  conclusion: Verdict['conclusion'],
  causes: number,
  reports: readonly StageReport[]
): string {
  const evidence = reports.flatMap((report) => report.evidence)
  const counts = (['verified', 'contradicted', 'absent', 'unavailable'] as const)
    .map((outcome) => [outcome, countOf(evidence, outcome)] as const)
    .filter(([outcome, count]) => count > 0 || outcome === 'verified')
    .map(([outcome, count]) => `${count} ${outcome}`)
  const why = conclusion === 'fail' ? ` for ${causes} ${causes === 1 ? 'cause' : 'causes'}` : ''
  return `${conclusion === 'pass' ? 'Pass' : 'Fail'}${why}: ${counts.join(', ')}`
}

function countOf(evidence: readonly Evidence[], outcome: Outcome): number {
  return evidence.filter((item) => item.outcome === outcome).length
}
