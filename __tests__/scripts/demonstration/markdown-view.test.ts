import { expect, it } from '@jest/globals'
import { viewMarkdown } from '../../../scripts/demonstration/markdown-view.ts'
import { renderBlocks, renderFold } from '../../../src/reports/markdown/blocks.ts'

const VIEW = { columns: 60, colours: 'off', opens: () => false } as const

function shown(...lines: readonly string[]): string {
  return viewMarkdown(lines.join('\n'), VIEW)
}

it('gives back the text that was escaped', () => {
  const text = 'a_b*c `d` <b> & #1 @org https://x.example [e](f) "q" | \\ ~ $'

  expect(viewMarkdown(renderBlocks([{ kind: 'paragraph', text }]), VIEW)).toBe(`${text}\n`)
})

it('shows headings, lists, emphasis and code as their text', () => {
  expect(
    shown('## Head', '', '- **one** `two`', '- <strong>(three)</strong> <code>a`b</code>')
  ).toBe('Head\n\n- one two\n- (three) a`b\n')
})

it('shows where a link leads by its text alone', () => {
  expect(shown('[package.json:3](https://example.com/a?b=1)')).toBe('package.json:3\n')
})

it('keeps code as it is, so that it can be copied', () => {
  expect(shown('```sh', 'cosign verify \\', '  --x `y` **z**', '```', 'after')).toBe(
    '    cosign verify \\\n      --x `y` **z**\nafter\n'
  )
})

it('puts columns side by side, numbers to the right', () => {
  const block = {
    kind: 'table',
    columns: [{ title: 'Name' }, { title: 'Count', numeric: true }],
    rows: [
      ['left|pad', '7'],
      ['x', '1200']
    ]
  } as const

  expect(viewMarkdown(renderBlocks([block]), VIEW)).toBe(
    'Name      Count\nleft|pad      7\nx          1200\n'
  )
})

it('breaks the lines of the widest column', () => {
  expect(
    shown('| A | B |', '| --- | --- |', `| one | ${'word '.repeat(20).trim()} |`).split('\n')
  ).toEqual([
    'A    B',
    'one  word word word word word word word word word word word',
    '     word word word word word word word word word',
    ''
  ])
})

it('shows a table that is too wide one record below the other', () => {
  const long = 'x'.repeat(50)

  expect(shown('| A | B | C |', '| --- | --- | --- |', `| a | ${long} | ${long} |`)).toBe(
    `a\n  B: ${long}\n  C: ${long}\n`
  )
})

it('shows charts, which have no titles', () => {
  const chart = { kind: 'chart', bars: [{ label: 'verified', value: 2 }] } as const

  expect(viewMarkdown(renderBlocks([chart]), VIEW)).toBe(`verified  ${'█'.repeat(30)}  2\n`)
})

it('shows of a fold its title, or all of it', () => {
  const inner = renderFold('Inner', 'inside')
  const markdown = renderFold([{ strong: 'Outer' }, ': 2 things'], `text\n\n${inner}\n\nend`)

  expect(viewMarkdown(markdown, VIEW)).toBe('▸ Outer: 2 things\n')
  expect(viewMarkdown(markdown, { ...VIEW, opens: (title) => title.startsWith('Outer') })).toBe(
    '▾ Outer: 2 things\n\ntext\n\n▸ Inner\n\nend\n'
  )
})

it('is in colours where the screen has them', () => {
  expect(viewMarkdown('## A', { ...VIEW, colours: 'on' })).toBe('\u001b[1mA\u001b[22m\n')
})
