import type { Checkout } from '../../model/checkout.ts'
import type { Location } from '../../model/component.ts'
import type { Finding, Severity } from '../../model/finding.ts'
import type { Inline, Text } from '../../model/section.ts'
import { counted, placeOf } from '../wording.ts'
import { renderFold, renderTable } from './blocks.ts'

/** Findings on the page. report.json has all. */
const MAX_FINDINGS = 50

/** Places shown of one finding. */
const MAX_PLACES = 3

const MARKS: Readonly<Record<Severity, string>> = {
  critical: '🔴 critical',
  high: '🟠 high',
  medium: '🟡 medium',
  low: '🔵 low',
  info: '⚪ info'
}

/**
 * What a person has to act on: a table of what, where and the next step, and a fold of what was waived.
 *
 * @returns nothing when nothing was found
 */
export function renderFindings(
  findings: readonly Finding[],
  checkout: Checkout | undefined
): readonly string[] {
  const open = findings.filter((finding) => finding.waiver === undefined)
  const waived = findings.filter((finding) => finding.waiver !== undefined)
  return [
    ...(open.length === 0
      ? []
      : [`### ${counted(open.length, 'finding')}`, tableOf(open, checkout)]),
    ...(waived.length === 0 ? [] : [foldOf(waived)])
  ]
}

function tableOf(findings: readonly Finding[], checkout: Checkout | undefined): string {
  const table = renderTable({
    kind: 'table',
    columns: [{ title: 'Severity' }, { title: 'What' }, { title: 'Where' }, { title: 'Next step' }],
    rows: findings
      .slice(0, MAX_FINDINGS)
      .map((finding) => [
        MARKS[finding.severity],
        [{ strong: finding.rule.title }, ': ', finding.message, ' ', { code: finding.rule.id }],
        whereOf(finding, checkout),
        finding.rule.remedy
      ])
  })
  const more = findings.length - MAX_FINDINGS
  return more > 0 ? `${table}\n\nAnd ${more} more: report.json has all of them.` : table
}

function foldOf(waived: readonly Finding[]): string {
  const table = renderTable({
    kind: 'table',
    columns: [
      { title: 'Severity' },
      { title: 'What' },
      { title: 'Accepted until' },
      { title: 'Why' }
    ],
    rows: waived
      .slice(0, MAX_FINDINGS)
      .map(({ severity, message, rule, waiver }) => [
        MARKS[severity],
        [message, ' ', { code: rule.id }],
        waiver?.expires ?? '',
        waiver?.reason ?? ''
      ])
  })
  return renderFold(`${counted(waived.length, 'finding')} accepted by waivers`, table)
}

function whereOf({ locations, subject }: Finding, checkout: Checkout | undefined): Text {
  if (locations.length === 0) return { code: subject }
  const places = locations.slice(0, MAX_PLACES).flatMap((location, at): readonly Inline[] => {
    const url = urlOf(location, checkout)
    const text = placeOf(location)
    return [
      ...(at === 0 ? [] : [', ']),
      url === undefined ? { code: text } : { link: { text, url } }
    ]
  })
  const more = locations.length - MAX_PLACES
  return more > 0 ? [...places, ` and ${more} more`] : places
}

/** The line on the code host, as far as it has it: not of a file that was changed since the commit. */
function urlOf({ path, line }: Location, checkout: Checkout | undefined): string | undefined {
  const { repository, commit, dirty = [], dirtyCount = 0 } = checkout ?? {}
  if (repository === undefined || commit === undefined) return undefined
  if (dirty.includes(path) || dirtyCount > dirty.length) return undefined
  const base = repository.replace(/\.git$/, '').replace(/\/$/, '')
  const file = path.split('/').map(encodeURIComponent).join('/')
  return `${base}/blob/${commit}/${file}${line === undefined ? '' : `#L${line}`}`
}
