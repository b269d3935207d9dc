import { type Block, type Inline, inlinesOf, type Text } from '../../model/section.ts'
import {
  escapeHtml,
  escapeStart,
  escapeText,
  linkTarget,
  renderCode,
  renderCodeBlock
} from './escape.ts'

/** Columns of the longest bar. */
const BAR_WIDTH = 30

/** Rows of one table; a page with more is no summary. */
const MAX_ROWS = 1000

type TableBlock = Extract<Block, { kind: 'table' }>
type ChartBlock = Extract<Block, { kind: 'chart' }>

/** Blocks as GitHub's Markdown, with an empty line between. Every string in them is escaped. */
export function renderBlocks(blocks: readonly Block[]): string {
  return blocks.map(renderBlock).join('\n\n')
}

/** Running text as Markdown. */
export function renderText(text: Text): string {
  return inlinesOf(text).map(renderInline).join('')
}

/** A fold around Markdown that is already rendered. */
export function renderFold(summary: Text, markdown: string): string {
  const title = inlinesOf(summary).map(renderHtml).join('')
  return `<details><summary>${title}</summary>\n\n${markdown}\n\n</details>`
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return escapeStart(renderText(block.text))
    case 'list':
      return block.items.map((item) => `- ${escapeStart(renderText(item))}`).join('\n')
    case 'table':
      return renderTable(block)
    case 'chart':
      return renderChart(block)
    case 'code':
      return renderCodeBlock(block.language, block.text)
    case 'details':
      return renderFold(block.summary, renderBlocks(block.blocks))
    default:
      return block satisfies never
  }
}

/** A table; rows beyond the limit are counted. */
export function renderTable({ columns, rows }: TableBlock): string {
  const lines = [
    columns.map(({ title }) => escapeText(title)),
    columns.map(({ numeric }) => (numeric === true ? '---:' : '---')),
    ...rows.slice(0, MAX_ROWS).map((row) => columns.map((_, at) => renderText(row[at] ?? '')))
  ].map((cells) => `| ${cells.join(' | ')} |`)
  const more = rows.length - MAX_ROWS
  return [...lines, ...(more > 0 ? ['', `And ${more} more rows.`] : [])].join('\n')
}

function renderChart({ bars }: ChartBlock): string {
  const most = Math.max(1, ...bars.map(({ value }) => value))
  return renderTable({
    kind: 'table',
    columns: [{ title: '' }, { title: '' }, { title: '', numeric: true }],
    rows: bars.map(({ label, value }) => [
      label,
      '█'.repeat(Math.ceil((Math.max(0, value) / most) * BAR_WIDTH)),
      String(value)
    ])
  })
}

function renderInline(inline: Inline): string {
  if (typeof inline === 'string') return escapeText(inline)
  if ('code' in inline) return renderCode(inline.code)
  if ('strong' in inline) return renderStrong(inline.strong)
  const target = linkTarget(inline.link.url)
  const text = escapeText(inline.link.text)
  return target === undefined ? text : `[${text}](${target})`
}

/** Stars count only beside letters. */
function renderStrong(text: string): string {
  const shown = escapeText(text)
  return /^[A-Za-z0-9](.*[A-Za-z0-9])?$/.test(shown) ? `**${shown}**` : `<strong>${shown}</strong>`
}

function renderHtml(inline: Inline): string {
  if (typeof inline === 'string') return escapeHtml(inline)
  if ('code' in inline) return `<code>${escapeHtml(inline.code)}</code>`
  if ('strong' in inline) return `<strong>${escapeHtml(inline.strong)}</strong>`
  const target = linkTarget(inline.link.url)
  const text = escapeHtml(inline.link.text)
  return target === undefined ? text : `<a href="${target}">${text}</a>`
}
