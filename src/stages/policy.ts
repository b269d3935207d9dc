import { type Finding, findingOf, type Rule } from '../model/finding.ts'
import type { Policy, PolicyWaiver } from '../model/policy.ts'
import type { StageReport } from '../model/report.ts'
import { judge } from '../policy/judge.ts'
import { accepts, isExpired } from '../policy/waivers.ts'
import { policyFile } from './policy-file.ts'
import { sectionOf } from './policy/section.ts'
import { defineStage } from './stage.ts'

const EXPIRED: Rule = {
  id: 'policy/expired-waiver',
  title: 'A waiver has expired',
  severity: 'medium',
  why: 'What it accepted counts again. A waiver is a promise to look again by a day, and that day is over.',
  remedy: 'Fix what was waived and remove the waiver, or decide anew with a reason and a later day.'
}

const UNUSED: Rule = {
  id: 'policy/unused-waiver',
  title: 'A waiver matches nothing',
  severity: 'info',
  why: 'It would accept, unseen, what comes to match it one day.',
  remedy:
    'Remove it when what it was for is gone. A run that checks only what changed may match it less often.'
}

/** Shows how the findings so far are judged. The verdict itself is made once, at the end of the run, by the same judge. */
export const policy = defineStage({
  id: 'policy',
  title: 'Judge by the policy',
  needs: { policy: policyFile },
  rules: [EXPIRED, UNUSED],
  essential: true,
  run({ host, settings, reports }, { policy: rules }) {
    const now = host.now()
    const findings = waiverFindings(rules, reports, now)
    const own: StageReport = {
      stage: 'policy',
      title: 'Judge by the policy',
      status: 'completed',
      durationMs: 0,
      findings,
      evidence: [],
      stats: {}
    }
    const verdict = judge([...reports, own], rules, { now, offline: settings.offline })
    const waived = verdict.findings.filter(({ waiver }) => waiver !== undefined)
    return Promise.resolve({
      output: undefined,
      findings,
      section: sectionOf(rules, verdict),
      stats: { causes: verdict.causes.length, waived: waived.length }
    })
  }
})

function waiverFindings(
  { waivers, source }: Policy,
  reports: readonly StageReport[],
  now: Date
): readonly Finding[] {
  const byRule = Map.groupBy(
    reports.flatMap((report) => report.findings),
    ({ rule }) => rule.id
  )
  return waivers.flatMap((waiver) => {
    const matched = (byRule.get(waiver.rule) ?? []).filter((found) => accepts(waiver, found)).length
    const about = {
      subject: subjectOf(waiver),
      locations: source ? [{ path: source.path, ...lineOf(waiver) }] : []
    }
    if (isExpired(waiver, now))
      return [findingOf(EXPIRED, { ...about, message: expired(waiver, matched) })]
    if (matched > 0 || !wasLookedAt(waiver, reports)) return []
    const message = `The waiver for ${subjectOf(waiver)} matches nothing in this run`
    return [findingOf(UNUSED, { ...about, message })]
  })
}

function expired(waiver: PolicyWaiver, matched: number): string {
  const counts = matched === 1 ? '1 finding that counts' : `${matched} findings that count`
  return `The waiver for ${subjectOf(waiver)} held until ${waiver.expires}; it matches ${counts} again`
}

function subjectOf({ rule, subject }: PolicyWaiver): string {
  return subject === undefined ? rule : `${rule} of ${subject}`
}

function lineOf({ line }: PolicyWaiver): { readonly line?: number } {
  return line === undefined ? {} : { line }
}

/** A stage that did not run has no findings to match. */
function wasLookedAt({ rule }: PolicyWaiver, reports: readonly StageReport[]): boolean {
  const stage = rule.slice(0, rule.indexOf('/'))
  return reports.some((report) => report.stage === stage && report.status === 'completed')
}
