import { renderTable, type Table } from '../bench/table.ts'
import { type Cell, type Check, isGood, isRight } from './check.ts'
import { SIGNERS } from './signers.ts'

/** What a run of the matrix found. */
export interface Found {
  readonly ours: readonly Cell[]
  readonly theirs: readonly Cell[]
  readonly extras: readonly Cell[]
  /** Sentences: versions, date, what was left out. */
  readonly conditions: readonly string[]
}

/** As Markdown, with everything that did not go as it should. */
export function reportOf({ ours, theirs, extras, conditions }: Found): string {
  const tables = [
    gridOf('Signed by Assay', ours, [
      'A cell is one run of `dist/index.js`: signed, read back and verified by Assay, verified again by `assay verify`, then given to the verifiers whose form it is: cosign 3 (also cosign 2 for legacy tags; gh for bundles with a certificate).',
      'In every cell each of them also had to refuse another identity (or key), and all that was signed when it hung at another image (or the bundle with another file).'
    ]),
    gridOf('Signed by cosign, verified by Assay', theirs, [
      'cosign 3 wrote the referrers and the files, cosign 2 the legacy tags: a signature, SPDX, CycloneDX and provenance each.'
    ]),
    extrasTable(extras)
  ]
  const all = [...ours, ...theirs, ...extras]
  return [
    ...conditions.map((text) => `- ${text}`),
    '',
    ...tables.filter(({ rows }) => rows.length > 0).map(renderTable),
    renderTable(judgesTable(all)),
    ...problemLines(all)
  ].join('\n')
}

/** `ok 14`: that many answers were as they should be; `WRONG 2 of 14`. */
function shown(cell: Cell | undefined): string {
  if (cell === undefined) return ''
  if (cell.skipped !== undefined) return '–'
  const right = cell.checks.filter(isRight).length
  if (isGood(cell)) return `ok ${right}`
  if (cell.checks.length === 0) return 'FAILED'
  return `WRONG ${cell.checks.length - right} of ${cell.checks.length}`
}

function gridOf(title: string, cells: readonly Cell[], notes: readonly string[]): Table {
  const lines = Map.groupBy(cells, ({ registry, auth, form }) => `${registry}\n${auth}\n${form}`)
  const rows = [...lines].map(([key, list]) => {
    const bySigner = SIGNERS.map((signer) => shown(list.find((cell) => cell.signer === signer)))
    return [...key.split('\n'), ...bySigner]
  })
  const skipped = new Set(cells.flatMap((cell) => cell.skipped ?? []))
  const dashes = [...skipped].map((reason) => `–: ${reason}.`)
  return {
    title,
    columns: ['registry', 'login', 'form', ...SIGNERS],
    rows,
    notes: [...notes, ...dashes]
  }
}

function extrasTable(cells: readonly Cell[]): Table {
  return {
    title: 'Besides',
    columns: ['what', 'result', 'answers'],
    rows: cells.map((cell) => [
      cell.registry,
      shown(cell),
      cell.checks.map(({ about, judge }) => `${about} (${judge})`).join('; ')
    ]),
    notes: []
  }
}

function judgesTable(cells: readonly Cell[]): Table {
  const checks = cells.flatMap((cell) => cell.checks)
  const byJudge = Map.groupBy(checks, ({ judge }) => judge)
  return {
    title: 'Who was asked',
    columns: ['verifier', 'accepted what is right', 'refused what is wrong'],
    rows: [...byJudge].map(([judge, list]) => [
      judge,
      countOf(list, 'accepted'),
      countOf(list, 'refused')
    ]),
    notes: []
  }
}

function countOf(checks: readonly Check[], wanted: Check['wanted']): string {
  const asked = checks.filter((check) => check.wanted === wanted)
  return `${asked.filter(isRight).length} of ${asked.length}`
}

function problemLines(cells: readonly Cell[]): readonly string[] {
  const bad = cells.filter((cell) => !isGood(cell))
  if (bad.length === 0) return []
  return [
    '### What did not go as it should',
    '',
    ...bad.flatMap(({ registry, auth, form, signer, problem, checks }) => [
      `- ${registry}, ${auth}, ${form}, ${signer}${problem === undefined ? '' : `: ${oneLine(problem)}`}`,
      ...checks
        .filter((check) => !isRight(check))
        .map(
          ({ command, about, wanted, reason }) =>
            `  - ${about}: not ${wanted}: \`${oneLine(command)}\`${reason === '' ? '' : `: ${oneLine(reason)}`}`
        )
    ]),
    ''
  ]
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, 500)
}
