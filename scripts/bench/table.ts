/** A table of results, as the terminal and the document show it. */
export interface Table {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** What one has to know to read it: goals, what was not measured and why. */
  readonly notes: readonly string[]
}

/** Markdown with aligned columns, so that a terminal shows a table too. */
export function renderTable({ title, columns, rows, notes }: Table): string {
  const widths = columns.map((column, index) =>
    Math.max(3, column.length, ...rows.map((row) => (row[index] ?? '').length))
  )
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, index) => (cells[index] ?? '').padEnd(width)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  const listed = notes.map((note) => `- ${note}`)
  const table = rows.length === 0 ? [] : [line(columns), rule, ...rows.map(line), '']
  return [`### ${title}`, '', ...table, ...listed, ...(notes.length > 0 ? [''] : [])].join('\n')
}

export function inSeconds(ms: number | undefined): string {
  return ms === undefined ? 'not measured' : `${(ms / 1000).toFixed(2)} s`
}

export function inMilliseconds(ms: number | undefined): string {
  return ms === undefined ? 'not measured' : `${ms.toFixed(0)} ms`
}

export function inMegabytes(bytes: number | undefined): string {
  return bytes === undefined ? 'not measured' : `${(bytes / 1e6).toFixed(0)} MB`
}

/** `0.21×`: how much of the other's it takes. */
export function ratio(value: number | undefined, other: number | undefined): string {
  return value === undefined || other === undefined ? '' : `${(value / other).toFixed(2)}×`
}
