import { expect, it } from '@jest/globals'
import { DEFAULT_POLICY, type Policy, type PolicyWaiver } from '../../src/model/policy.ts'
import type { StageReport } from '../../src/model/report.ts'
import { policy } from '../../src/stages/policy.ts'
import type { StageResult } from '../../src/stages/stage.ts'
import { fakeHost } from '../support/fake-host.ts'
import { finding, RULE, stage } from '../support/report.ts'
import { runContext } from '../support/run-context.ts'

const LATER = '2030-01-01'

// The fake host's clock.
const TODAY = '2026-01-02'
const YESTERDAY = '2026-01-01'

function waiverOf(given: Partial<PolicyWaiver> = {}): PolicyWaiver {
  return { rule: RULE.id, reason: 'rebuilt upstream', expires: LATER, line: 7, ...given }
}

function run(
  given: Partial<Policy>,
  reports: readonly StageReport[] = [stage({ stage: 'integrity', findings: [finding()] })]
): Promise<StageResult<unknown>> {
  const source = { path: '.github/assay.yml', sha256: 'ab'.repeat(32) }
  return policy.run(
    { ...runContext(fakeHost()), reports },
    { policy: { ...DEFAULT_POLICY, source, ...given } }
  )
}

it('says nothing of waivers that hold and match', async () => {
  const { findings, stats } = await run({ waivers: [waiverOf(), waiverOf({ expires: TODAY })] })

  expect(findings).toEqual([])
  expect(stats).toEqual({ causes: 0, waived: 1 })
})

it('finds a waiver that has expired, and what it no longer accepts', async () => {
  const { findings, stats } = await run({ waivers: [waiverOf({ expires: YESTERDAY })] })

  expect(findings).toMatchObject([
    {
      rule: { id: 'policy/expired-waiver' },
      subject: RULE.id,
      message: `The waiver for ${RULE.id} held until ${YESTERDAY}; it matches 1 finding that counts again`,
      locations: [{ path: '.github/assay.yml', line: 7 }]
    }
  ])
  expect(stats).toEqual({ causes: 1, waived: 0 })
})

it('finds a waiver that matches nothing, where its stage has looked', async () => {
  const waivers = [waiverOf({ subject: 'pkg:npm/other@*' })]

  const looked = await run({ waivers })
  const skipped = await run({ waivers }, [stage({ stage: 'integrity', status: 'skipped' })])

  expect(looked.findings).toMatchObject([
    {
      rule: { id: 'policy/unused-waiver' },
      severity: 'info',
      subject: `${RULE.id} of pkg:npm/other@*`
    }
  ])
  expect(skipped.findings).toEqual([])
})

it('counts its own findings among what may fail', async () => {
  const waivers = [waiverOf({ expires: YESTERDAY })]
  const nothing = [stage({ stage: 'integrity' })]

  expect((await run({ waivers, failOn: 'medium' }, nothing)).stats).toMatchObject({ causes: 1 })
  expect((await run({ waivers, failOn: 'high' }, nothing)).stats).toMatchObject({ causes: 0 })
})

it('shows the policy in force, what fails and what is waived', async () => {
  const other = finding({ subject: 'pkg:npm/other@1.0.0', message: 'other 1.0.0 differs' })

  const { section } = await run(
    {
      source: { sha256: 'ab'.repeat(32), path: '.github/assay.yml', commit: 'abc' },
      rules: { 'integrity/no-digest': 'off' },
      waivers: [waiverOf({ subject: 'pkg:npm/left-pad@*' })],
      exclude: ['examples/']
    },
    [stage({ stage: 'integrity', findings: [finding(), other] })]
  )

  expect(section).toEqual({
    title: 'Policy',
    blocks: [
      {
        kind: 'paragraph',
        text: [{ code: '.github/assay.yml' }, ' of the base commit ', { code: 'abc' }, '.']
      },
      {
        kind: 'list',
        items: [
          'Fails on: high or worse.',
          'Outcomes: contradicted: critical, absent: ignore, unavailable: ignore.',
          'Rules: integrity/no-digest: off.',
          'Waivers: 1.',
          'Left out: examples/.'
        ]
      },
      { kind: 'paragraph', text: { strong: 'What fails' } },
      { kind: 'list', items: [`${RULE.id}: other 1.0.0 differs`] },
      {
        kind: 'details',
        summary: '1 finding waived',
        blocks: [
          {
            kind: 'list',
            items: [
              [{ code: RULE.id }, ` pkg:npm/left-pad@1.3.0: rebuilt upstream (until ${LATER})`]
            ]
          }
        ]
      }
    ]
  })
})
