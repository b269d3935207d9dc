import { padded, type Screen, styled, widthOf, wrapped } from './screen.ts'

export interface MarkdownView extends Screen {
  /** Whether a fold with this title is shown open. */
  readonly opens: (title: string) => boolean
}

const GAP = '  '

/** A column whose lines are shorter than that is no column. */
const NARROWEST = 30

/**
 * Job summaries as a terminal can show them: headings, tables, lists, code, links without where they lead, and folds,
 * which are closed unless asked for. It reads the Markdown that Assay writes, no other.
 */
export function viewMarkdown(markdown: string, view: MarkdownView): string {
  const lines = markdown.split('\n')
  const out: string[] = []
  for (let at = 0; at < lines.length;) {
    const { shown, next } = blockAt(lines, at, view)
    if (shown !== undefined && !(shown === '' && (out.at(-1) ?? '') === '')) out.push(shown)
    at = next
  }
  return `${out.join('\n').trimEnd()}\n`
}

interface Shown {
  /** Nothing for lines that have no appearance. */
  readonly shown?: string
  readonly next: number
}

function blockAt(lines: readonly string[], at: number, view: MarkdownView): Shown {
  const line = lines[at] ?? ''
  const [, fold] = /^<details[^>]*><summary>(.*)<\/summary>/.exec(line) ?? []
  if (fold !== undefined) return foldAt(lines, at, { title: fold, view })
  if (line === '</details>') return { next: at + 1 }
  const [, heading] = /^#{1,6} (.*)$/.exec(line) ?? []
  if (heading !== undefined) {
    return { shown: styled(view, 'bold', inline(heading, PLAIN)), next: at + 1 }
  }
  const [, fence] = /^(`{3,})/.exec(line) ?? []
  if (fence !== undefined) {
    const end = indexFrom(lines, at + 1, (other) => other === fence)
    const code = lines.slice(at + 1, end).map((other) => `    ${styled(view, 'cyan', other)}`)
    return { shown: code.join('\n'), next: end + 1 }
  }
  if (line.startsWith('|')) {
    const end = indexFrom(lines, at, (other) => !other.startsWith('|'))
    return { shown: table(lines.slice(at, end), view), next: end }
  }
  const [, item] = /^- (.*)$/.exec(line) ?? []
  const text = item === undefined ? inline(line, view) : `- ${inline(item, view)}`
  return { shown: wrapped(text, view.columns, item === undefined ? '' : '  '), next: at + 1 }
}

/** One line for a fold that stays closed. */
function foldAt(
  lines: readonly string[],
  at: number,
  { title, view }: { readonly title: string; readonly view: MarkdownView }
): Shown {
  const plain = inline(title, PLAIN)
  if (view.opens(plain)) return { shown: `▾ ${inline(title, view)}`, next: at + 1 }
  let depth = 0
  const end = indexFrom(lines, at, (line) => {
    depth += line.startsWith('<details') ? 1 : line === '</details>' ? -1 : 0
    return depth === 0
  })
  return { shown: wrapped(`▸ ${inline(title, view)}`, view.columns, GAP), next: end + 1 }
}

function indexFrom(lines: readonly string[], from: number, is: (line: string) => boolean): number {
  for (let at = from; at < lines.length; at++) if (is(lines[at] ?? '')) return at
  return lines.length
}

/** Columns side by side where there is room, the widest in several lines; else one record below the other. */
function table(lines: readonly string[], view: MarkdownView): string {
  const [titles = [], rule = [], ...rows] = lines.map(cellsOf)
  const cells = rows.map((row) => row.map((cell) => inline(cell, view)))
  const heads = titles.map((title) => styled(view, 'dim', inline(title, PLAIN)))
  const widths = fitted(
    heads.map((head, at) => Math.max(widthOf(head), ...cells.map((row) => widthOf(row[at] ?? '')))),
    view.columns
  )
  if (widths === undefined) return cells.map((row) => record(titles, row, view)).join('\n')
  const columns = widths.map((width, at) => ({
    width,
    isNumeric: rule[at]?.endsWith(':') === true
  }))
  const hasHeads = titles.some((title) => title !== '')
  return [...(hasHeads ? [heads] : []), ...cells].map((row) => sideBySide(row, columns)).join('\n')
}

/** Widths that have room; nothing where that takes more than making one column narrower. */
function fitted(widths: readonly number[], columns: number): readonly number[] | undefined {
  const all = widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length)
  if (all <= columns) return widths
  const widest = Math.max(...widths)
  const left = widest - (all - columns)
  return left < NARROWEST ? undefined : widths.map((width) => (width === widest ? left : width))
}

function sideBySide(
  row: readonly string[],
  columns: readonly { readonly width: number; readonly isNumeric: boolean }[]
): string {
  const cells = columns.map(({ width }, at) => wrapped(row[at] ?? '', width).split('\n'))
  const height = Math.max(...cells.map((cell) => cell.length))
  return Array.from({ length: height }, (_, line) =>
    columns
      .map(({ width, isNumeric }, at) =>
        padded(cells[at]?.[line] ?? '', width, isNumeric ? 'left' : 'right')
      )
      .join(GAP)
      .trimEnd()
  ).join('\n')
}

function record(titles: readonly string[], row: readonly string[], view: Screen): string {
  const [first = '', ...rest] = row
  const lines = rest.flatMap((cell, at) => {
    const title = inline(titles[at + 1] ?? '', PLAIN)
    const head = title === '' ? '' : `${styled(view, 'dim', `${title}:`)} `
    return cell === '' ? [] : [wrapped(`${GAP}${head}${cell}`, view.columns, GAP.repeat(2))]
  })
  return [wrapped(first, view.columns, GAP), ...lines].join('\n')
}

/** Cells are between bars that nothing escapes. */
function cellsOf(line: string): string[] {
  return line
    .slice(1, line.trimEnd().endsWith('|') ? line.trimEnd().length - 1 : undefined)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim())
}

const PLAIN: Screen = { columns: Infinity, colours: 'off' }

const INLINE =
  /`([^`]*)`|<code>(.*?)<\/code>|\*\*(.+?)\*\*|<strong>(.*?)<\/strong>|\[((?:\\.|[^\]\\])*)\]\([^)]*\)|<!-- -->|\\(.)|&(\w+);/g

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  lbrack: '['
}

/** Running text: what was escaped is itself again. */
function inline(markdown: string, screen: Screen): string {
  return markdown.replace(INLINE, (whole, ...groups: (string | undefined)[]) => {
    const [code, htmlCode, bold, strong, link, escaped, entity] = groups
    if (code !== undefined) return styled(screen, 'cyan', code)
    if (htmlCode !== undefined) return styled(screen, 'cyan', inline(htmlCode, PLAIN))
    const heavy = bold ?? strong
    if (heavy !== undefined) return styled(screen, 'bold', inline(heavy, PLAIN))
    if (link !== undefined) return inline(link, screen)
    if (escaped !== undefined) return escaped
    if (entity !== undefined) return ENTITIES[entity] ?? whole
    return ''
  })
}
