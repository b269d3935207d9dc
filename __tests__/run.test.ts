import { describe, expect, it } from '@jest/globals'
import type { Host } from '../src/host/host.ts'
import type { RunReport, StageReport } from '../src/model/report.ts'
import type { Settings } from '../src/model/settings.ts'
import { run, type RunResult } from '../src/run.ts'
import { stagesOf } from '../src/stages/index.ts'
import { fakeHost } from './support/fake-host.ts'
import { SETTINGS } from './support/run-context.ts'

const LOCK = JSON.stringify({
  lockfileVersion: 3,
  packages: { '': {}, 'node_modules/left-pad': { version: '1.0.0' } }
})

interface Given {
  readonly settings?: Partial<Settings>
  readonly host?: Partial<Host>
  readonly signal?: AbortSignal
  readonly onStageDone?: (report: StageReport) => Promise<void>
}

function runWith({ settings, host, signal, onStageDone }: Given = {}): Promise<RunResult> {
  return run({
    host: { ...fakeHost({ files: { 'package-lock.json': LOCK } }), ...host },
    settings: {
      ...SETTINGS,
      offline: true,
      ...settings
    },
    signal: signal ?? new AbortController().signal,
    version: '0.0.0',
    render: (report) => [
      { name: 'report.json', mediaType: 'application/json', chunks: () => [JSON.stringify(report)] }
    ],
    ...(onStageDone && { onStageDone })
  })
}

function statusOf({ report }: RunResult, id: string): string {
  const found = report.stages.find(({ stage }) => stage === id)
  return `${found?.status ?? 'missing'}${found?.reason === undefined ? '' : `: ${found.reason}`}`
}

it('reports every registered stage, in order, as soon as it is done', async () => {
  const heard: string[] = []

  const { report } = await runWith({
    onStageDone(done) {
      heard.push(done.stage)
      return Promise.resolve()
    }
  })

  const ids = stagesOf('check').map(({ id }) => id)
  expect(report.stages.map(({ stage }) => stage)).toEqual(ids)
  expect(heard).toEqual(ids)
  expect(report.components).toHaveLength(1)
})

describe('choosing stages', () => {
  it('runs what is asked for, what it needs, and what every run needs', async () => {
    const result = await runWith({ settings: { stages: ['sbom'] } })

    expect(statusOf(result, 'sbom')).toBe('completed')
    expect(statusOf(result, 'inventory')).toBe('completed')
    expect(statusOf(result, 'integrity')).toBe('skipped: not asked for')
  })

  it('leaves out what is to be skipped', async () => {
    const result = await runWith({ settings: { skip: ['integrity'] } })

    expect(statusOf(result, 'integrity')).toBe('skipped: not asked for')
    expect(statusOf(result, 'sbom')).toBe('completed')
  })
})

it('a stage that found nothing to look at is no success', async () => {
  const result = await runWith({ host: fakeHost({ files: {} }) })

  expect(statusOf(result, 'integrity')).toBe('skipped: no dependency was found')
  expect(statusOf(result, 'signatures')).toBe('skipped: no dependency was found')
  expect(statusOf(result, 'sbom')).toBe('completed')
})

it('a stage that throws is a row with a code, and those that need it say so', async () => {
  const files = { ...fakeHost().files, walk: () => Promise.reject(new Error('the disk is gone')) }

  const result = await runWith({ host: { files } })

  const { stages, verdict } = result.report
  expect(stages.find(({ stage }) => stage === 'inventory')).toMatchObject({
    status: 'errored',
    problem: { code: 'INTERNAL', message: 'the disk is gone' }
  })
  expect(statusOf(result, 'sbom')).toBe('skipped: needs "inventory", which did not complete')
  expect(verdict.conclusion).toBe('fail')
  expect(result.documents.map(({ name }) => name)).toEqual(['report.json'])
})

describe('ended from outside', () => {
  it('reports stages that did not begin as not done, and fails', async () => {
    const { report, documents } = await runWith({ signal: AbortSignal.abort() })

    expect(new Set(report.stages.map(({ problem }) => problem?.code))).toEqual(
      new Set(['CANCELLED', undefined])
    )
    expect(report.verdict.conclusion).toBe('fail')
    expect(documents).toHaveLength(1)
  })

  it('keeps what is known', async () => {
    const ending = new AbortController()

    const { report } = await runWith({
      signal: ending.signal,
      onStageDone({ stage }) {
        if (stage === 'inventory') ending.abort()
        return Promise.resolve()
      }
    })

    expect(report.components).toHaveLength(1)
    expect(report.stages.find(({ stage }) => stage === 'sbom')?.problem?.code).toBe('CANCELLED')
    expect(report.verdict.conclusion).toBe('fail')
  })
})

it('writes the documents of stages once, and its own at the end', async () => {
  const host = fakeHost({ files: { 'package-lock.json': LOCK } })

  const { documents } = await runWith({ host })

  expect(documents.map(({ name, path }) => [name, path])).toEqual([
    ['sbom.spdx.json', '/out/sbom.spdx.json'],
    ['sbom.cdx.json', '/out/sbom.cdx.json'],
    ['report.json', '/out/report.json']
  ])
  const written = JSON.parse(host.written.get('report.json') ?? '') as RunReport
  expect(written.stages).toHaveLength(stagesOf('check').length)
})
