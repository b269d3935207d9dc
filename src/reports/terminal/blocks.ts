import { plainLines, plainText } from '../../model/plain-text.ts'
import { type Block, type Inline, inlinesOf, type Text } from '../../model/section.ts'
import type { Paint } from './paint.ts'

/** Columns of the longest bar. */
const BAR_WIDTH = 30

/** Rows of a table on a terminal; the summary has all. */
const MAX_ROWS = 40

/** Widest column of a table. */
const MAX_CELL = 60

/** Longest block of code, in UTF-16 units. */
const MAX_CODE = 20_000

/** Blocks as lines of text, without a trailing line break. Every string in them is made safe. */
export function renderBlocks(blocks: readonly Block[], paint: Paint): readonly string[] {
  return blocks.flatMap((block, at) => [...(at === 0 ? [] : ['']), ...renderBlock(block, paint)])
}

function renderBlock(block: Block, paint: Paint): readonly string[] {
  switch (block.kind) {
    case 'paragraph':
      return [renderText(block.text, paint)]
    case 'list':
      return block.items.map((item) => `- ${renderText(item, paint)}`)
    case 'table':
      return renderTable(block, paint)
    case 'chart':
      return renderChart(block)
    case 'code':
      return plainLines(block.text, MAX_CODE)
        .split('\n')
        .map((line) => `  ${line}`)
    case 'details':
      return [
        `${renderText(block.summary, paint)}:`,
        ...renderBlocks(block.blocks, paint).map((line) => `  ${line}`)
      ]
    default:
      return block satisfies never
  }
}

function renderText(text: Text, paint: Paint): string {
  return inlinesOf(text)
    .map((inline) => renderInline(inline, paint))
    .join('')
}

function renderInline(inline: Inline, paint: Paint): string {
  if (typeof inline === 'string') return plainText(inline)
  if ('code' in inline) return plainText(inline.code)
  if ('strong' in inline) return paint('bold', plainText(inline.strong))
  const { text, url } = inline.link
  return text === url ? plainText(url) : `${plainText(text)} (${plainText(url)})`
}

function renderTable(
  { columns, rows }: Extract<Block, { kind: 'table' }>,
  paint: Paint
): readonly string[] {
  const shown = rows.slice(0, MAX_ROWS).map((row) => columns.map((_, at) => cellOf(row[at] ?? '')))
  const head = columns.map(({ title }) => cellOf(title))
  const widths = columns.map((_, at) =>
    Math.max(...[head, ...shown].map((row) => row[at]?.length ?? 0))
  )
  const lineOf = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => {
        const width = widths[at] ?? 0
        return columns[at]?.numeric === true ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  const more = rows.length - shown.length
  return [
    paint('dim', lineOf(head)),
    ...shown.map(lineOf),
    ...(more > 0 ? [`… and ${more} more`] : [])
  ]
}

function cellOf(text: Text): string {
  const plain = inlinesOf(text)
    .map((inline) => {
      if (typeof inline === 'string') return inline
      if ('code' in inline) return inline.code
      return 'strong' in inline ? inline.strong : inline.link.text
    })
    .join('')
  return plainText(plain, MAX_CELL)
}

function renderChart({ bars }: Extract<Block, { kind: 'chart' }>): readonly string[] {
  const most = Math.max(1, ...bars.map(({ value }) => value))
  const labels = bars.map(({ label }) => plainText(label, MAX_CELL))
  const width = Math.max(0, ...labels.map((label) => label.length))
  return bars.map(({ value }, at) => {
    const bar = '█'.repeat(Math.ceil((Math.max(0, value) / most) * BAR_WIDTH))
    return `${(labels[at] ?? '').padEnd(width)}  ${bar} ${value}`
  })
}
