import { describe, expect, it } from '@jest/globals'
import type { Block } from '../../../src/model/section.ts'
import { renderBlocks } from '../../../src/reports/markdown/blocks.ts'
import { HOSTILE } from '../../support/hostile.ts'

function rendered(...blocks: readonly Block[]): string {
  return renderBlocks(blocks)
}

it.each<[string, Block, string]>([
  ['running text', { kind: 'paragraph', text: ['a ', { code: 'b' }, ' c'] }, 'a `b` c'],
  ['strong text', { kind: 'paragraph', text: { strong: 'b c' } }, '**b c**'],
  ['strong marks', { kind: 'paragraph', text: { strong: '"b"' } }, '<strong>"b"</strong>'],
  ['a list', { kind: 'list', items: ['a', ['b ', { code: 'c' }]] }, '- a\n- b `c`'],
  [
    'a link',
    { kind: 'paragraph', text: { link: { text: 'log', url: 'https://ok.example/a b?c=1&d=(2)' } } },
    '[log](https://ok.example/a%20b?c=1&amp;d=%282%29)'
  ],
  [
    'a table',
    {
      kind: 'table',
      columns: [{ title: 'Name' }, { title: 'Count', numeric: true }],
      rows: [['a|b', '1'], [{ code: 'c|d' }, '2'], ['short']]
    },
    '| Name | Count |\n| --- | ---: |\n| a\\|b | 1 |\n| <code>c\\|d</code> | 2 |\n| short |  |'
  ],
  [
    'a chart',
    {
      kind: 'chart',
      bars: [
        { label: 'verified', value: 20 },
        { label: 'absent', value: 1 }
      ]
    },
    `|  |  |  |\n| --- | --- | ---: |\n| verified | ${'█'.repeat(30)} | 20 |\n| absent | ██ | 1 |`
  ],
  ['code', { kind: 'code', language: 'yaml', text: 'a:\n\tb' }, '```yaml\na:\n  b\n```'],
  [
    'code that holds a fence',
    { kind: 'code', language: '', text: '````\n```' },
    '`````\n````\n```\n`````'
  ],
  [
    'a fold',
    { kind: 'details', summary: 'More', blocks: [{ kind: 'paragraph', text: 'x' }] },
    '<details><summary>More</summary>\n\nx\n\n</details>'
  ]
])('renders %s', (_name, block, markdown) => {
  expect(rendered(block)).toBe(markdown)
})

it('puts an empty line between blocks', () => {
  expect(rendered({ kind: 'paragraph', text: 'a' }, { kind: 'list', items: ['b'] })).toBe(
    'a\n\n- b'
  )
})

it.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'vbscript:x',
  '//evil.example',
  'https://user:secret@evil.example/',
  'not a url',
  `https://long.example/${'x'.repeat(5000)}`
])('shows only the text of a link to %.40s', (url) => {
  const markdown = rendered({ kind: 'paragraph', text: { link: { text: 'click', url } } })
  expect(markdown).toBe('click')
})

it.each([
  ['# x', '\\# x'],
  ['- x', '\\- x'],
  ['+ x', '\\+ x'],
  ['1. x', '1\\. x'],
  ['12) x', '12\\) x'],
  ['=== x', '\\=== x'],
  ['    x', 'x'],
  ['> x', '&gt; x']
])('does not let %j begin a block', (text, markdown) => {
  expect(rendered({ kind: 'paragraph', text })).toBe(markdown)
})

// These hold for every place that text can stand in; the real renderer was asked once for thousands of mixtures.
describe.each(HOSTILE)('with %s for a name', (_what, name) => {
  const blocks: readonly Block[] = [
    { kind: 'paragraph', text: name },
    { kind: 'paragraph', text: ['in ', { code: name }, ' and ', { strong: name }] },
    { kind: 'paragraph', text: { link: { text: name, url: 'https://ok.example/' } } },
    { kind: 'list', items: [name] },
    { kind: 'table', columns: [{ title: name }], rows: [[name], [{ code: name }]] },
    { kind: 'chart', bars: [{ label: name, value: 1 }] },
    { kind: 'code', language: name, text: name },
    { kind: 'code', language: name, text: name },
    { kind: 'details', summary: [name, { code: name }, { strong: name }], blocks: [] }
  ]
  const markdown = rendered(...blocks)
  const outsideCode = markdown.replace(/^(`{3,}).*\n[^]*?\n\1$/gm, '').replace(/`[^`\n]*`/g, '')

  it('has no tags but its own', () => {
    const tags = outsideCode.match(/<[^>]*>?/g) ?? []
    expect(
      tags.filter((tag) => !/^<(\/?(details|summary|strong|code)|!-- --)>$/.test(tag))
    ).toEqual([])
  })

  it('has no line but its own', () => {
    const lines = markdown.split('\n')
    expect(lines.filter((line) => /^\s*::/.test(line))).toEqual([])
    expect(outsideCode.split('\n').filter((line) => /^\s*(#|>|~~~|```)/.test(line))).toEqual([])
    expect(markdown).not.toMatch(/[^\P{C}\n]|##\[/u)
  })

  it('has no links but its own', () => {
    const links = outsideCode.replace(/<summary>.*<\/summary>/, '').match(/(?<!\\)\]\([^)]*\)/g)
    expect(links).toEqual(['](https://ok.example/)'])
    expect(outsideCode).not.toMatch(/@[\w-]|#\d|GH-\d|www\.|(?<!\]\(https):\/\//)
  })

  it('is short', () => {
    expect(markdown.length).toBeLessThan(80_000)
  })
})
