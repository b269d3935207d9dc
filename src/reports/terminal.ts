import { stripVTControlCharacters } from 'node:util'
import type { Finding, Severity } from '../model/finding.ts'
import { plainText } from '../model/plain-text.ts'
import { NOT_ASKED_FOR, type Problem, type RunReport, type StageReport } from '../model/report.ts'
import { renderBlocks } from './terminal/blocks.ts'
import { type Colour, COLOURED, type Paint, PLAIN } from './terminal/paint.ts'
import {
  counted,
  durationWords,
  moodOf,
  otherCauses,
  placeOf,
  statsWords,
  wrapped
} from './wording.ts'

/** Rules on the screen, and findings of each, unless everything is asked for. */
const MAX_RULES = 20
const MAX_FINDINGS_OF_RULE = 10

/** Places shown of one finding. */
const MAX_PLACES = 3

/** Narrower screens break lines themselves. */
const MIN_COLUMNS = 40

/** Longest message or place, in UTF-16 units. */
const MAX_MESSAGE = 2000

/** Causes on the screen; findings that are causes are shown as findings. */
const MAX_CAUSES = 10

const SEVERITY_COLOURS: Readonly<Record<Severity, Colour>> = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'dim'
}

const MOODS = {
  pass: { mark: '✓', colour: 'green' },
  unsure: { mark: '!', colour: 'yellow' },
  fail: { mark: '✗', colour: 'red' }
} as const

export interface TerminalStyle {
  readonly colours: 'on' | 'off'
  /** `all` shows every finding and what every stage has to say. */
  readonly detail: 'normal' | 'all'
  /** Of the screen. Absent: lines are as long as they are, for whoever searches them. */
  readonly columns?: number
}

/** For logs, and where nobody knows who reads. */
export const PLAIN_STYLE: TerminalStyle = { colours: 'off', detail: 'normal' }

/**
 * One line when a stage is done, and why not when it could not be done.
 *
 * @returns empty for a stage that the user left out
 */
export function renderStage(report: StageReport, style: TerminalStyle): string {
  const paint = paintOf(style)
  const { title, status, stats, durationMs, reason, problem } = report
  if (reason === NOT_ASKED_FOR) return ''
  if (problem !== undefined) {
    return `${paint('red', '✗')} ${plainText(title)}\n${indented(problemLines(problem, narrower(style, 4)), 4)}`
  }
  if (status === 'skipped') {
    return `${paint('dim', `- ${plainText(title)}: skipped, ${plainText(reason ?? '')}`)}\n`
  }
  const mark = report.findings.length > 0 ? paint('yellow', '!') : paint('green', '✓')
  const what = [
    statsWords(stats),
    ...(report.findings.length > 0 ? [counted(report.findings.length, 'finding')] : [])
  ].filter((words) => words !== '')
  const time = paint('dim', durationWords(durationMs))
  const line = `${mark} ${plainText(title)}  ${what.map((words) => `${words}  `).join('')}${time}\n`
  const section = style.detail === 'all' ? report.section : undefined
  return section === undefined
    ? line
    : `${line}${indented(['', ...renderBlocks(section.blocks, paint), ''], 4)}`
}

/** The end of a run: findings, then the verdict with its causes. */
export function renderOutcome(report: RunReport, style: TerminalStyle): string {
  const paint = paintOf(style)
  const { verdict } = report
  const { mark, colour } = MOODS[moodOf(report)]
  const open = verdict.findings.filter((finding) => finding.waiver === undefined)
  const waived = verdict.findings.length - open.length
  const lines = [
    ...findingLines(open, style, layoutOf(style)),
    ...(waived > 0 ? [`${counted(waived, 'finding')} accepted by waivers`, ''] : []),
    paint(colour, `${mark} ${plainText(verdict.headline)}`),
    ...causeLines(otherCauses(verdict), layoutOf(style))
  ]
  return `${lines.join('\n')}\n`
}

/** An error that kept the run from being made. */
export function renderProblem(problem: Problem, style: TerminalStyle): string {
  return `${problemLines(problem, style).join('\n')}\n`
}

/** How text is put on a screen. */
interface Layout {
  readonly paint: Paint
  /** Text behind a lead, such as `  - `; further lines begin below the text. */
  flow(lead: string, text: string): readonly string[]
}

function layoutOf(style: TerminalStyle): Layout {
  const { columns = Number.POSITIVE_INFINITY } = style
  return {
    paint: paintOf(style),
    flow(lead, text) {
      const indent = stripVTControlCharacters(lead).length
      const lines = wrapped(plainText(text, MAX_MESSAGE), Math.max(columns - indent, MIN_COLUMNS))
      return lines.map((line, at) => `${at === 0 ? lead : ' '.repeat(indent)}${line}`)
    }
  }
}

function causeLines(causes: readonly string[], { flow }: Layout): readonly string[] {
  const more = causes.length - MAX_CAUSES
  return [
    ...causes.slice(0, MAX_CAUSES).flatMap((cause) => flow('  - ', cause)),
    ...(more > 0 ? [`  … and ${counted(more, 'more cause')}`] : [])
  ]
}

/** Findings by rule, so that why and what to do are said once. */
function findingLines(
  findings: readonly Finding[],
  { detail }: TerminalStyle,
  layout: Layout
): readonly string[] {
  const byRule = Object.values(Object.groupBy(findings, ({ rule }) => rule.id))
  const groups = detail === 'all' ? byRule : byRule.slice(0, MAX_RULES)
  const most = detail === 'all' ? Number.POSITIVE_INFINITY : MAX_FINDINGS_OF_RULE
  const hidden = byRule.length - groups.length
  return [
    ...groups.flatMap((group = []) => ruleLines(group, most, layout)),
    ...(hidden > 0 ? [`… and ${counted(hidden, 'more kind')} of finding: see report.json`, ''] : [])
  ]
}

function ruleLines(findings: readonly Finding[], most: number, layout: Layout): readonly string[] {
  const [first] = findings
  if (first === undefined) return []
  const { rule, severity } = first
  const { paint, flow } = layout
  const badge = paint(SEVERITY_COLOURS[severity], severity.toUpperCase())
  const more = findings.length - most
  return [
    `${badge} ${paint('bold', plainText(rule.title))} ${paint('dim', plainText(rule.id))}`,
    ...findings.slice(0, most).flatMap((finding) => foundLines(finding, layout)),
    ...(more > 0 ? [`  … and ${more} more: see report.json, or run with --verbose`] : []),
    ...flow(`  ${paint('dim', 'Why: ')} `, rule.why),
    ...flow(`  ${paint('dim', 'Next:')} `, rule.remedy),
    ''
  ]
}

function foundLines({ message, locations, subject }: Finding, layout: Layout): readonly string[] {
  const { paint, flow } = layout
  const places = locations.slice(0, MAX_PLACES).map((place) => plainText(placeOf(place)))
  const more = locations.length - places.length
  const where = places.length === 0 ? subject : places.join(', ')
  const rest = more > 0 ? ` and ${counted(more, 'more place')}` : ''
  return [
    ...flow('  ', message),
    ...flow('    ', `${where}${rest}`).map((line) => paint('dim', line))
  ]
}

function problemLines({ code, message, remedy }: Problem, style: TerminalStyle): readonly string[] {
  const { paint, flow } = layoutOf(style)
  return [...flow('', `${message} [${code}]`), ...flow(`${paint('dim', 'Next:')} `, remedy)]
}

function indented(lines: readonly string[], columns: number): string {
  return lines.map((line) => `${' '.repeat(line === '' ? 0 : columns)}${line}\n`).join('')
}

function narrower(style: TerminalStyle, by: number): TerminalStyle {
  return style.columns === undefined ? style : { ...style, columns: style.columns - by }
}

function paintOf({ colours }: TerminalStyle): Paint {
  return colours === 'on' ? COLOURED : PLAIN
}
