import { describe, expect, it } from '@jest/globals'
import type { ArtifactStore, Host, StoredArtifact } from '../../src/host/host.ts'
import type { Settings } from '../../src/model/settings.ts'
import type { RunContext } from '../../src/stages/stage.ts'
import { upload } from '../../src/stages/upload.ts'
import { fakeHost } from '../support/fake-host.ts'
import { runContext } from '../support/run-context.ts'

const STORED: StoredArtifact = { id: '7', url: 'https://ok.example/7', digest: 'sha256:ab' }

interface Asked {
  readonly name: string
  readonly paths: readonly string[]
  readonly options: object
}

/** An artifact store that has some names already. */
function storeWith(taken: readonly string[]): { store: ArtifactStore; asked: Asked[] } {
  const asked: Asked[] = []
  const store: ArtifactStore = {
    upload(name, paths, options) {
      asked.push({ name, paths, options })
      return Promise.resolve(taken.includes(name) ? undefined : STORED)
    }
  }
  return { store, asked }
}

function contextWith(host: Partial<Host>, settings: Partial<Settings> = {}): RunContext {
  const faked = { ...fakeHost({ env: { GITHUB_JOB: 'build' } }), ...host }
  return {
    ...runContext(faked, { uploadArtifact: true, ...settings }),
    publish: () =>
      Promise.resolve([
        { name: 'report.json', mediaType: 'application/json', path: '/out/report.json' },
        { name: 'summary.md', mediaType: 'text/markdown', path: '/out/summary.md' }
      ])
  }
}

it('uploads all documents as one artifact, and says where it is', async () => {
  const { store, asked } = storeWith([])

  const result = await upload.run(
    contextWith({ artifacts: store }, { artifactRetentionDays: 5 }),
    {}
  )

  expect(asked).toEqual([
    {
      name: 'assay-build',
      paths: ['/out/report.json', '/out/summary.md'],
      options: { root: '/out', retentionDays: 5 }
    }
  ])
  expect(result.outputs).toEqual({
    'artifact-name': 'assay-build',
    'artifact-id': '7',
    'artifact-url': 'https://ok.example/7',
    'artifact-digest': 'sha256:ab'
  })
  expect(result.section?.blocks).toContainEqual({
    kind: 'list',
    items: [{ code: 'report.json' }, { code: 'summary.md' }]
  })
})

it('finds another name where cells of a matrix share a job', async () => {
  const { store, asked } = storeWith(['assay-build', 'assay-build-2'])

  const result = await upload.run(contextWith({ artifacts: store }), {})

  expect(asked.map(({ name }) => name)).toEqual(['assay-build', 'assay-build-2', 'assay-build-3'])
  expect(result.outputs).toMatchObject({ 'artifact-name': 'assay-build-3' })
})

it('does not make up another name for one that was asked for', async () => {
  const { store, asked } = storeWith(['mine'])
  const context = contextWith({ artifacts: store }, { artifactName: 'mine' })

  await expect(upload.run(context, {})).rejects.toMatchObject({
    code: 'INPUT_CONFLICT',
    message: 'Cannot upload the documents: this workflow run has an artifact "mine" already'
  })
  expect(asked).toHaveLength(1)
})

describe('is skipped', () => {
  const { store } = storeWith([])

  it.each<[string, Partial<Host>, Partial<Settings>, string | undefined]>([
    ['when it is switched off', { artifacts: store }, { uploadArtifact: false }, 'not asked for'],
    ['offline', { artifacts: store }, { offline: true }, 'the run uses no network'],
    [
      'without a token',
      { noArtifacts: 'the runner gave no TOKEN' },
      {},
      'the runner gave no TOKEN'
    ],
    ['never else', { artifacts: store }, {}, undefined]
  ])('%s', (_when, host, settings, reason) => {
    expect(upload.skipReason?.(contextWith(host, settings))).toBe(reason)
  })
})
