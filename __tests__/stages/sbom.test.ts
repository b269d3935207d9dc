import { expect, it } from '@jest/globals'
import type { Checkout } from '../../src/model/checkout.ts'
import type { Component } from '../../src/model/component.ts'
import { findingOf } from '../../src/model/finding.ts'
import type { StageReport } from '../../src/model/report.ts'
import { UNREADABLE } from '../../src/stages/inventory/rules.ts'
import { sbom } from '../../src/stages/sbom.ts'
import type { RunContext, StageResult } from '../../src/stages/stage.ts'
import { textOf } from '../support/document-text.ts'
import { fakeHost } from '../support/fake-host.ts'
import { componentWith, evidenceOf, inputWith } from '../support/sbom-cases.ts'

interface Given {
  readonly env?: Readonly<Record<string, string>>
  readonly checkout?: Partial<Checkout>
  readonly reports?: readonly Partial<StageReport>[]
}

async function write(
  components: readonly Component[],
  { env = {}, checkout = {}, reports = [] }: Given = {}
): Promise<StageResult<unknown>> {
  const input = inputWith(components)
  const context = {
    host: fakeHost({ env }),
    version: '1.2.3',
    reports: reports.map((report) => ({ findings: [], evidence: [], ...report }))
  } as unknown as RunContext
  return sbom.run(context, { checkout: { ...input.checkout, ...checkout }, inventory: input })
}

async function texts(...given: Parameters<typeof write>): Promise<readonly string[]> {
  const { documents = [] } = await write(...given)
  return documents.map(textOf)
}

it('writes both documents, and counts', async () => {
  const { documents = [], stats } = await write([
    componentWith('a', { direct: true, dependsOn: [componentWith('b').purl] }),
    componentWith('b', { licenses: [] })
  ])

  expect(documents.map(({ name, mediaType }) => [name, mediaType])).toEqual([
    ['sbom.spdx.json', 'application/spdx+json'],
    ['sbom.cdx.json', 'application/vnd.cyclonedx+json; version=1.6']
  ])
  expect(stats).toEqual({ components: 2, edges: 2, licensed: 1 })
  expect(documents.map(textOf).join('')).toContain('"name":"assay","version":"1.2.3"')
})

it.each([
  ['the variable', { env: { SOURCE_DATE_EPOCH: '86400' } }, '1970-01-02T00:00:00Z'],
  [
    'the commit, in UTC',
    { checkout: { committedAt: '2026-01-02T04:04:05.678+01:00' } },
    '2026-01-02T03:04:05Z'
  ],
  ['nothing', { checkout: { committedAt: 'whenever' } }, '1980-01-01T00:00:00Z'],
  ['the last second', { env: { SOURCE_DATE_EPOCH: '253402300799' } }, '9999-12-31T23:59:59Z']
])('takes the time from %s', async (_what, given, time) => {
  const [spdx, cyclonedx] = await texts([], given)

  expect(spdx).toContain(`"created":"${time}"`)
  expect(cyclonedx).toContain(`"timestamp": "${time}"`)
})

it.each(['-1', '1.5', 'now', '253402300800', '9'.repeat(400)])(
  'refuses %j as SOURCE_DATE_EPOCH',
  async (SOURCE_DATE_EPOCH) => {
    await expect(Promise.try(write, [], { env: { SOURCE_DATE_EPOCH } })).rejects.toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        message: expect.stringContaining('SOURCE_DATE_EPOCH')
      })
    )
  }
)

it('tells what earlier stages saw: evidence and unreadable lockfiles', async () => {
  const { purl } = componentWith('a')
  const finding = findingOf(UNREADABLE, { subject: 'web/Cargo.lock', message: 'Cannot read it' })

  const both = await texts([componentWith('a')], {
    reports: [
      { findings: [finding] },
      { evidence: [evidenceOf(purl, { outcome: 'contradicted' })] }
    ]
  })

  for (const text of both) {
    expect(text).toContain('web/Cargo.lock')
    expect(text).toContain('incomplete')
    expect(text).toMatch(/assay:verification(?:=|","value":")contradicted/)
  }
})

it('says in its section what is there, by ecosystem and scope, and which licences', async () => {
  const { section } = await write([
    componentWith('a'),
    componentWith('b', { scope: 'development', licenses: ['mit', 'ISC'] }),
    componentWith('c', { ecosystem: 'PyPI', licenses: [] }),
    componentWith('d', { ecosystem: 'PyPI', fixture: true, licenses: ['Mine'] })
  ])

  expect(section).toEqual({
    title: 'Software bill of materials',
    blocks: [
      {
        kind: 'paragraph',
        text: [
          'Written as ',
          { code: 'sbom.spdx.json' },
          ' and ',
          { code: 'sbom.cdx.json' },
          '. The list is complete: every entry of every lockfile is in it.'
        ]
      },
      {
        kind: 'table',
        columns: [
          { title: 'Ecosystem' },
          { title: 'runtime', numeric: true },
          { title: 'development', numeric: true },
          { title: 'test data', numeric: true },
          { title: 'all', numeric: true }
        ],
        rows: [
          ['PyPI', '1', '0', '1', '2'],
          ['npm', '1', '1', '0', '2']
        ]
      },
      {
        kind: 'details',
        summary: 'Licences as stated: 4',
        blocks: [
          {
            kind: 'chart',
            bars: [
              { label: 'MIT', value: 1 },
              { label: 'MIT, ISC', value: 1 },
              { label: 'Mine', value: 1 },
              { label: 'not stated', value: 1 }
            ]
          }
        ]
      }
    ]
  })
})
