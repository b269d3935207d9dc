import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import {
  PLAIN_STYLE,
  renderOutcome,
  renderProblem,
  renderStage,
  type TerminalStyle
} from '../../src/reports/terminal.ts'
import { HOSTILE } from '../support/hostile.ts'
import { finding, RULE, runReport, stage } from '../support/report.ts'

const COLOURED: TerminalStyle = { colours: 'on', detail: 'normal' }
const DETAILED: TerminalStyle = { colours: 'off', detail: 'all' }

it.each([
  [stage(), '✓ List dependencies  412 components, 3 gaps  120 ms\n'],
  [stage({ stats: {}, durationMs: 1250 }), '✓ List dependencies  1.3 s\n'],
  [
    stage({ findings: [finding(), finding()] }),
    '! List dependencies  412 components, 3 gaps  2 findings  120 ms\n'
  ],
  [stage({ status: 'skipped', reason: 'offline' }), '- List dependencies: skipped, offline\n'],
  [stage({ status: 'skipped', reason: 'not asked for' }), ''],
  [
    stage({
      status: 'errored',
      problem: { code: 'SERVICE_STATUS', message: 'Cannot ask', remedy: 'Wait' }
    }),
    '✗ List dependencies\n    Cannot ask [SERVICE_STATUS]\n    Next: Wait\n'
  ]
])('renders a stage in a line, %#', (report, line) => {
  expect(renderStage(report, PLAIN_STYLE)).toBe(line)
})

it('ends with findings by rule, and the verdict with its causes', () => {
  const outcome = renderOutcome(
    runReport({
      verdict: {
        conclusion: 'fail',
        headline: 'Fail for 2 causes: 3 verified, 1 contradicted',
        causes: ['upload: no', `${RULE.id}: ${finding().message}`],
        findings: [
          finding(),
          finding({ subject: 'x', message: 'second', locations: [] }),
          finding({ waiver: { reason: 'r', expires: '2026-12-31' } }),
          finding({ rule: { ...RULE, id: 'a/b', title: 'Other' }, severity: 'low' })
        ]
      }
    }),
    PLAIN_STYLE
  )

  expect(outcome).toBe(`CRITICAL Bytes are not the locked ones integrity/contradicted
  left-pad 1.3.0 has sha512:aa, locked is sha512:bb
    package-lock.json:12
  second
    x
  Why:  Somebody changed what the registry serves, or the lock.
  Next: Do not install it; compare with another copy.

LOW Other a/b
  left-pad 1.3.0 has sha512:aa, locked is sha512:bb
    package-lock.json:12
  Why:  Somebody changed what the registry serves, or the lock.
  Next: Do not install it; compare with another copy.

1 finding accepted by waivers

✗ Fail for 2 causes: 3 verified, 1 contradicted
  - upload: no
`)
})

it('says the same with colours', () => {
  const report = runReport({ verdict: { findings: [finding()] } })

  const coloured = renderOutcome(report, COLOURED)

  expect(coloured).toContain('\u001b[31mCRITICAL\u001b[39m')
  expect(stripVTControlCharacters(coloured)).toBe(renderOutcome(report, PLAIN_STYLE))
})

it('breaks lines between words where the screen ends', () => {
  const message = 'word '.repeat(30).trim()
  const report = runReport({ verdict: { headline: 'Pass', findings: [finding({ message })] } })

  const lines = renderOutcome(report, { ...PLAIN_STYLE, columns: 70 }).split('\n')

  expect(lines.filter((line) => line.length > 70)).toEqual([])
  expect(lines[1]).toBe(`  ${'word '.repeat(13).trim()}`)
  expect(lines[3]).toBe(`  ${'word '.repeat(4).trim()}`)
})

it('counts what there is no room for, and shows all when asked', () => {
  const findings = Array.from({ length: 15 }, (_, at) => finding({ message: `number ${at}` }))
  const report = runReport({ verdict: { findings } })

  expect(renderOutcome(report, PLAIN_STYLE)).toContain('… and 5 more: see report.json')
  expect(renderOutcome(report, DETAILED)).toContain('number 14')
})

it('shows what a stage has to say, when asked', () => {
  const report = stage({
    section: {
      title: 'Dependencies',
      blocks: [
        {
          kind: 'paragraph',
          text: ['From ', { link: { text: 'here', url: 'https://ok.example' } }]
        },
        { kind: 'list', items: ['a', { strong: 'b' }] },
        {
          kind: 'table',
          columns: [{ title: 'Name' }, { title: 'Count', numeric: true }],
          rows: [
            [{ code: 'left-pad' }, '1'],
            ['x', '120']
          ]
        },
        { kind: 'chart', bars: [{ label: 'verified', value: 30 }] },
        {
          kind: 'details',
          summary: 'More',
          blocks: [{ kind: 'code', language: '', text: 'a\n\tb' }]
        }
      ]
    }
  })

  expect(renderStage(report, DETAILED)).toBe(`✓ List dependencies  412 components, 3 gaps  120 ms

    From here (https://ok.example)

    - a
    - b

    Name      Count
    left-pad      1
    x           120

    verified  ${'█'.repeat(30)} 30

    More:
        a
          b

`)
})

it('says a problem with its next step', () => {
  const problem = { code: 'INPUT_INVALID', message: 'Cannot', remedy: 'Do' }
  expect(renderProblem(problem, PLAIN_STYLE)).toBe('Cannot [INPUT_INVALID]\nNext: Do\n')
})

describe.each(HOSTILE)('with %s everywhere', (_what, name) => {
  const section = {
    title: name,
    blocks: [
      { kind: 'paragraph', text: name },
      { kind: 'table', columns: [{ title: name }], rows: [[{ code: name }]] },
      { kind: 'chart', bars: [{ label: name, value: 1 }] },
      { kind: 'code', language: name, text: name },
      { kind: 'details', summary: name, blocks: [] }
    ]
  } as const
  const text = [
    renderStage(stage({ title: name, section }), DETAILED),
    renderStage(stage({ status: 'skipped', reason: name }), DETAILED),
    renderOutcome(
      runReport({
        verdict: { headline: name, causes: [name], findings: [finding({ message: name })] }
      }),
      DETAILED
    ),
    renderProblem({ code: 'X', message: name, remedy: name }, DETAILED)
  ].join('')

  it('shows nothing that cannot be seen', () => {
    expect(text).not.toMatch(/[^\P{C}\n]/u)
  })

  it('is short', () => {
    expect(text.length).toBeLessThan(60_000)
  })
})
