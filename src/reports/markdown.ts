import { NOT_ASKED_FOR, type RunReport, type StageReport } from '../model/report.ts'
import type { Inline, Text } from '../model/section.ts'
import { renderBlocks, renderFold, renderTable, renderText } from './markdown/blocks.ts'
import { escapeText } from './markdown/escape.ts'
import { renderFindings } from './markdown/findings.ts'
import type { ReportFormat } from './report-format.ts'
import { counted, durationWords, moodOf, otherCauses, statsWords } from './wording.ts'

/** Causes on the page, before the table that has them all. */
const MAX_CAUSES = 10

const MOODS = { pass: '✅', unsure: '⚠️', fail: '❌' } as const

/** The job summary as a file. */
export const markdown: ReportFormat = {
  id: 'markdown',
  render: (report) => ({
    name: 'summary.md',
    mediaType: 'text/markdown',
    chunks: () => [renderSummary(report)]
  })
}

/** How large a page may be, and where its reader finds the rest. */
export interface PageLimit {
  /** In bytes of UTF-8. */
  readonly maxBytes: number
  readonly rest: Text
}

/** The whole page: verdict and its causes, findings, stages; then, folded, what each stage has to say. */
export function renderSummary(report: RunReport, limit?: PageLimit): string {
  const { verdict, stages, checkout } = report
  const head = [
    `## ${MOODS[moodOf(report)]} Assay: ${escapeText(verdict.headline)}`,
    ...causesOf(otherCauses(verdict)),
    ...renderFindings(verdict.findings, checkout),
    ...stagesOf(stages)
  ]
  return joined(head, sectionsOf(stages), limit)
}

/** The page of a run that is still under way, or was killed: what is known so far. */
export function renderUnfinished(stages: readonly StageReport[], limit?: PageLimit): string {
  const head = [`## ⏳ Assay has not finished: ${counted(stages.length, 'stage')} done so far`]
  return joined([...head, ...stagesOf(stages)], sectionsOf(stages), limit)
}

/** Cuts between sections, never within one: half a table or an open fold would spoil the rest of the page. */
function joined(
  head: readonly string[],
  sections: readonly string[],
  limit: PageLimit | undefined
): string {
  const parts = [...head, ...sections]
  const text = `${parts.join('\n\n')}\n`
  if (limit === undefined || Buffer.byteLength(text) <= limit.maxBytes) return text
  const kept: string[] = []
  const end = `Cut here: the whole summary is larger than a runner shows. ${renderText(limit.rest)}\n`
  let bytes = Buffer.byteLength(end)
  for (const part of parts) {
    bytes += Buffer.byteLength(part) + 2
    if (bytes > limit.maxBytes) break
    kept.push(part)
  }
  return [...kept, end].join('\n\n')
}

function causesOf(causes: readonly string[]): readonly string[] {
  if (causes.length === 0) return []
  const shown = causes.slice(0, MAX_CAUSES).map((cause) => `- ${escapeText(cause)}`)
  const more = causes.length - MAX_CAUSES
  return [[...shown, ...(more > 0 ? [`- and ${counted(more, 'more cause')}`] : [])].join('\n')]
}

function stagesOf(stages: readonly StageReport[]): readonly string[] {
  const rows = stages
    .filter((stage) => stage.reason !== NOT_ASKED_FOR)
    .map((stage): readonly Text[] => [
      stage.title,
      resultOf(stage),
      String(stage.findings.length),
      stage.status === 'completed' ? durationWords(stage.durationMs) : ''
    ])
  const columns = [
    { title: 'Stage' },
    { title: 'Result' },
    { title: 'Findings', numeric: true },
    { title: 'Time', numeric: true }
  ]
  return [renderTable({ kind: 'table', columns, rows })]
}

function resultOf({ status, stats, reason, problem }: StageReport): Text {
  switch (status) {
    case 'completed':
      return statsWords(stats)
    case 'skipped':
      return `skipped: ${reason ?? ''}`
    case 'errored':
      return [
        { strong: 'not done' },
        `: ${problem?.message ?? ''}. ${problem?.remedy ?? ''} `,
        codeOf(problem?.code)
      ]
    default:
      return status satisfies never
  }
}

function codeOf(code: string | undefined): Inline {
  return { code: code ?? '' }
}

function sectionsOf(stages: readonly StageReport[]): readonly string[] {
  return stages.flatMap(({ section, stats }) => {
    if (section === undefined) return []
    const words = statsWords(stats)
    const title: Text = [{ strong: section.title }, ...(words === '' ? [] : [`: ${words}`])]
    return [renderFold(title, renderBlocks(section.blocks))]
  })
}
