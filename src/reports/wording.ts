import type { Location } from '../model/component.ts'
import type { Outcome } from '../model/evidence.ts'
import type { RunReport, StageReport, Verdict } from '../model/report.ts'

/** `package-lock.json:12`. Plain text: the caller escapes it. */
export function placeOf({ path, line }: Location): string {
  return line === undefined ? path : `${path}:${line}`
}

/** `412 components, 3 gaps`; names in camel case become words. Of the counts that are 0 only the first is said. */
export function statsWords(stats: StageReport['stats']): string {
  return Object.entries(stats)
    .filter(([, count], at) => at === 0 || count !== 0)
    .map(([name, count]) => statWords(name, count))
    .join(', ')
}

/** `412 components`, `1 gap`, `3.4 MB read` */
function statWords(name: string, count: number): string {
  const rest = /^bytes(?=[A-Z]|$)/.exec(name) ? name.slice('bytes'.length) : undefined
  if (rest !== undefined) return `${sizeWords(count)}${wordsOf(rest)}`
  return `${count} ${wordsOf(count === 1 ? singular(name) : name)}`
}

/** `812 bytes`, `34.5 kB`, `1.2 GB`; powers of 1000. */
function sizeWords(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte')
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), 4)
  return `${(bytes / 1000 ** power).toFixed(1)} ${['', 'k', 'M', 'G', 'T'][power] ?? ''}B`
}

/** `40 ms`, `2.1 s`, `3 min 5 s` */
export function durationWords(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  const seconds = milliseconds / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

/** `1 finding`, `2 findings` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** The causes of a verdict that are no findings: those are shown with all that belongs to them. */
export function otherCauses({ causes, findings }: Verdict): readonly string[] {
  const shown = new Set(findings.map(({ rule, message }) => `${rule.id}: ${message}`))
  return causes.filter((cause) => !shown.has(cause))
}

/** Lines of at most `width` columns, broken between words; a longer word has a line of its own. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}

/** How many checks of the run came out in each way. */
export function outcomesOf(report: Pick<RunReport, 'stages'>): Readonly<Record<Outcome, number>> {
  const counts = { verified: 0, contradicted: 0, absent: 0, unavailable: 0 }
  for (const stage of report.stages) {
    for (const { outcome } of stage.evidence) counts[outcome]++
  }
  return counts
}

/** `pass` is not all there is to say when something, or all, was not looked at, or there was nothing to look at. */
export function moodOf(report: RunReport): 'fail' | 'unsure' | 'pass' {
  if (report.verdict.conclusion === 'fail') return 'fail'
  const { verified, unavailable } = outcomesOf(report)
  const { unread = 0, gaps = 0 } =
    report.stages.find(({ stage }) => stage === 'inventory')?.stats ?? {}
  return verified === 0 || unavailable + unread + gaps > 0 ? 'unsure' : 'pass'
}

function wordsOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function singular(name: string): string {
  return name.replace(/ies$/, 'y').replace(/([^s])s$/, '$1')
}
