import type { Evidence, Outcome } from '../model/evidence.ts'
import type { Finding } from '../model/finding.ts'
import type { Policy } from '../model/policy.ts'
import type { StageReport, Verdict } from '../model/report.ts'

/** What the first line of a verdict is made of. */
export interface Decided extends Pick<Verdict, 'conclusion' | 'causes'> {
  readonly findings: readonly Finding[]
  readonly reports: readonly StageReport[]
  readonly policy: Policy
  readonly offline: boolean
}

/**
 * The one sentence that a person reads. What was not looked at belongs in it: a run that verified nothing
 * must not read like one that verified everything.
 */
export function headlineOf(decided: Decided): string {
  const { conclusion, causes } = decided
  const why = causes.length === 0 ? '' : ` for ${counted(causes.length, 'cause')}`
  const word = conclusion === 'pass' ? 'Pass' : 'Fail'
  return [`${word}${why}: ${checksOf(decided)}`, ...notesOf(decided)].join('; ')
}

/** Whether it compares bytes or digests with what the lock promises; all else says more about the same bytes. */
export function isOfBytes({ kind }: Evidence): boolean {
  return kind === 'digest' || kind === 'index-digest'
}

function checksOf({ reports }: Decided): string {
  const gate = reports.find(({ stage }) => stage === 'verify')
  if (gate !== undefined) return subjectsOf(gate)
  const evidence = oncePerFile(reports.flatMap((report) => report.evidence).filter(isOfBytes))
  const verified = evidence.filter(({ outcome }) => outcome === 'verified')
  const others = countsOf(evidence, ['contradicted', 'absent', 'unavailable'])
  if (verified.length > 0)
    return [`${verified.length} verified${weakly(verified)}`, ...others].join(', ')
  return ['nothing was verified', ...(others.length > 0 ? others : whyNothing(reports))].join(', ')
}

/** Of `mode: verify`, whose subjects are all that counts. */
function subjectsOf({ status, stats }: StageReport): string {
  const { subjects = 0, verified = 0 } = stats
  if (status !== 'completed' || subjects === 0) return 'nothing was verified'
  return `${verified} of ${counted(subjects, 'subject')} verified`
}

/** Where the bytes were read, an index that states the same digest adds no file to the count. */
function oncePerFile(evidence: readonly Evidence[]): readonly Evidence[] {
  const read = new Set(evidence.filter(({ kind }) => kind === 'digest').map(keyOf))
  return evidence.filter(
    (item) =>
      item.kind === 'digest' ||
      item.outcome !== 'verified' ||
      item.observed === undefined ||
      !read.has(keyOf(item))
  )
}

function keyOf({ subject, file, observed }: Evidence): string {
  return JSON.stringify([subject, file, observed?.hex])
}

function countsOf(evidence: readonly Evidence[], outcomes: readonly Outcome[]): readonly string[] {
  return outcomes
    .map(
      (outcome) => [outcome, evidence.filter((item) => item.outcome === outcome).length] as const
    )
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count} ${outcome}`)
}

const OUTCOMES = ['verified', 'contradicted', 'absent', 'unavailable'] as const

/** What was said besides, by logs and signers. */
function furtherOf(reports: readonly StageReport[]): readonly string[] {
  const evidence = reports
    .filter(({ stage }) => stage !== 'sign')
    .flatMap((report) => report.evidence)
  const own = reports.filter(({ stage }) => stage === 'sign').flatMap((report) => report.evidence)
  const groups = [
    ['public logs', evidence.filter(({ kind }) => kind === 'inclusion-proof')],
    ['signatures', evidence.filter(isOfSigner)],
    // Made by the run itself: no news about what it depends on.
    ['signed and read back', own.filter(isOfSigner)]
  ] as const
  return groups.flatMap(([title, group]) =>
    group.length === 0 ? [] : [`${title}: ${countsOf(group, OUTCOMES).join(', ')}`]
  )
}

function isOfSigner({ kind }: Evidence): boolean {
  return kind === 'signature' || kind === 'attestation'
}

/** No bytes were read of what only an index states. */
function weakly(verified: readonly Evidence[]): string {
  const weak = verified.filter(({ kind }) => kind === 'index-digest').length
  if (weak === 0) return ''
  return weak === verified.length ? ' by the index only' : ` (${weak} by the index only)`
}

/** The reason, where a report gives one. */
function whyNothing(reports: readonly StageReport[]): readonly string[] {
  const inventory = reports.find(({ stage }) => stage === 'inventory')
  if (inventory?.stats['components'] === 0) return ['no dependency was found']
  const integrity = reports.find(({ stage }) => stage === 'integrity')
  if (integrity === undefined) return []
  const unchanged = integrity.stats['unchanged'] ?? 0
  if (unchanged > 0) return [`${unchanged} locked as in the base commit`]
  return integrity.status === 'completed' ? [] : [`integrity was ${integrity.status}`]
}

function notesOf({ reports, findings, policy, offline }: Decided): readonly string[] {
  const waived = findings.filter(({ waiver }) => waiver !== undefined).length
  const ended = reports.some(({ problem }) => problem?.code === 'CANCELLED')
  const { unread = 0, gaps = 0 } = reports.find(({ stage }) => stage === 'inventory')?.stats ?? {}
  const noun = waived > 0 ? `, ${waived} waived` : ''
  return [
    ...furtherOf(reports),
    ...(unread > 0 ? [`${counted(unread, 'place')} could not be inventoried`] : []),
    ...(gaps > 0 ? [`${counted(gaps, 'gap')} in the inventory`] : []),
    ...(ended ? ['the run was ended early'] : []),
    ...(offline ? ['no network was used'] : []),
    ...(findings.length > 0 ? [`${counted(findings.length, 'finding')}${noun}`] : []),
    ...(policy.failOn === 'none' ? ['no finding fails under this policy'] : [])
  ]
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
