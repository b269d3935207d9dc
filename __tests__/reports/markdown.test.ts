import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { StageReport } from '../../src/model/report.ts'
import { markdown, renderSummary, renderUnfinished } from '../../src/reports/markdown.ts'
import { expectGolden } from '../support/golden.ts'
import { HOSTILE } from '../support/hostile.ts'
import { finding, RULE, runReport, stage, VERIFIED } from '../support/report.ts'

/** Everything was found and looked at. */
const WELL = { evidence: [VERIFIED], stats: { components: 412 } }

const FIXTURES = join(import.meta.dirname, '../fixtures/reports')

const STAGES: readonly StageReport[] = [
  stage({
    section: {
      title: 'Dependencies',
      blocks: [
        { kind: 'paragraph', text: ['From ', { code: 'package-lock.json' }] },
        { kind: 'chart', bars: [{ label: 'npm', value: 412 }] }
      ]
    }
  }),
  stage({
    stage: 'integrity',
    title: 'Verify locked digests',
    stats: { indexEntries: 3 },
    durationMs: 61_500,
    findings: [finding()],
    evidence: [
      {
        subject: finding().subject,
        kind: 'digest',
        outcome: 'unavailable',
        source: '',
        observedAt: '2026-01-02T03:04:05Z',
        detail: 'x'
      }
    ]
  }),
  stage({ stage: 'sbom', title: 'Write SBOMs', status: 'skipped', reason: 'needs "x"', stats: {} }),
  stage({ stage: 'other', title: 'Left out', status: 'skipped', reason: 'not asked for' }),
  stage({
    stage: 'upload',
    title: 'Upload the documents',
    status: 'errored',
    stats: {},
    problem: { code: 'SERVICE_UNREACHABLE', message: 'Cannot upload', remedy: 'Run it again' }
  })
]

const FAILED = runReport({
  stages: STAGES,
  report: {
    checkout: {
      name: 'octo/app',
      repository: 'https://github.com/octo/app.git',
      commit: 'c'.repeat(40),
      dirty: ['yarn.lock'],
      dirtyCount: 1,
      submodules: [],
      shallow: false,
      sparse: false
    }
  },
  verdict: {
    conclusion: 'fail',
    headline: 'Fail for 2 causes: 410 verified, 1 contradicted, 1 unavailable',
    causes: ['integrity/contradicted: left-pad 1.3.0 …', 'upload: Cannot upload'],
    findings: [
      finding({
        locations: [
          { path: 'web/package-lock.json', line: 12 },
          { path: 'yarn.lock', line: 3 },
          { path: 'a.lock' },
          { path: 'b.lock' }
        ]
      }),
      finding({ severity: 'medium', locations: [], message: 'nothing pins "a|b"' }),
      finding({ severity: 'low', waiver: { reason: 'Known, see #12', expires: '2026-12-31' } })
    ]
  }
})

it('says the verdict and its causes first, then findings, stages, and the rest in folds', () => {
  expectGolden(join(FIXTURES, 'failed.md'), renderSummary(FAILED))
})

it('is one short page when all is well', () => {
  expectGolden(join(FIXTURES, 'passed.md'), renderSummary(runReport({ stages: [stage(WELL)] })))
})

it('is the document summary.md', () => {
  const document = markdown.render(FAILED)

  expect(document).toMatchObject({ name: 'summary.md', mediaType: 'text/markdown' })
  expect([...document.chunks()].join('')).toBe(renderSummary(FAILED))
})

it('is not green when something was not looked at', () => {
  const unsure = renderSummary(runReport({ stages: STAGES.slice(1, 2) }))
  expect(unsure).toMatch(/^## ⚠️ Assay: Pass/)
})

it('shows what is known while the run is under way', () => {
  const page = renderUnfinished(STAGES.slice(0, 2))

  expect(page).toMatch(/^## ⏳ Assay has not finished: 2 stages done so far\n/)
  expect(page).toContain('| Verify locked digests | 3 index entries | 1 | 1 min 2 s |')
})

it('counts what there is no room for', () => {
  const many = Array.from({ length: 120 }, (_, at) => finding({ subject: `pkg:npm/a@${at}` }))
  const causes = many.map(({ subject }) => subject)
  const page = renderSummary(runReport({ verdict: { findings: many, causes } }))

  expect(page).toContain('- and 110 more causes\n')
  expect(page).toContain('And 70 more: report.json has all of them.')
})

describe('a page with a limit', () => {
  const paragraph = { kind: 'paragraph', text: 'ü'.repeat(400) } as const
  const blocks = Array.from({ length: 800 }, () => paragraph)
  const stages = ['a', 'b', 'c', 'd'].map((id) =>
    stage({
      stage: id,
      title: id,
      evidence: [VERIFIED],
      section: { title: `Section ${id}`, blocks }
    })
  )
  const limit = { maxBytes: 1_000_000, rest: ['See ', { code: 'summary.md' }] }

  it.each([
    ['a finished run', renderSummary(runReport({ stages }), limit)],
    ['an unfinished run', renderUnfinished(stages, limit)]
  ])('of %s is cut between sections, and says where the rest is', (_what, page) => {
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(1_000_000)
    expect(page).toContain('<strong>Section a</strong>')
    expect(page).not.toContain('<strong>Section b</strong>')
    expect(page.match(/<details>/g)).toHaveLength(page.match(/<\/details>/g)?.length ?? 0)
    expect(page).toMatch(
      /\n\nCut here: the whole summary is larger than a runner shows\. See `summary\.md`\n$/
    )
  })

  it('keeps the verdict however small the limit is', () => {
    const page = renderSummary(runReport({ stages }), { ...limit, maxBytes: 400 })
    expect(page).toMatch(/^## ✅ Assay: Pass: 412 verified\n/)
  })

  it('is whole where there is room', () => {
    expect(renderSummary(runReport({ stages: [stage(WELL)] }), limit)).toBe(
      renderSummary(runReport({ stages: [stage(WELL)] }))
    )
  })
})

it.each(HOSTILE)('keeps its shape with %s everywhere', (_what, name) => {
  const page = renderSummary(
    runReport({
      stages: [
        stage({
          title: name,
          status: 'skipped',
          reason: name,
          section: { title: name, blocks: [] }
        }),
        stage({ status: 'errored', problem: { code: name, message: name, remedy: name } })
      ],
      verdict: {
        headline: name,
        causes: [name],
        findings: [
          finding({ message: name, subject: name, locations: [{ path: name, line: 1 }] }),
          finding({ rule: { ...RULE, title: name, remedy: name }, locations: [] }),
          finding({ waiver: { reason: name, expires: name } })
        ]
      }
    })
  )

  const lines = page.trimEnd().split('\n')
  expect(
    lines.filter((line) => !/^(|## .*|### .*|- .*|\| .* \|?|<\/?details>.*)$/.test(line))
  ).toEqual([])
  expect(lines.filter((line) => line.startsWith('#'))).toHaveLength(2)
  expect(page.match(/<details>/g)).toHaveLength(2)
  expect(page.length).toBeLessThan(80_000)
})
