import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { httpClient } from '../../src/host/http.ts'
import type { Settings } from '../../src/model/settings.ts'
import { images } from '../../src/stages/images.ts'
import type { Image } from '../../src/model/image.ts'
import type { RunContext, StageResult } from '../../src/stages/stage.ts'
import { fakeHost } from '../support/fake-host.ts'
import { QUICK } from '../support/oci-context.ts'
import { runContext } from '../support/run-context.ts'
import { PASSWORD, USERNAME } from '../support/services/oci-authority.ts'
import {
  IMAGE_TYPE,
  INDEX_TYPE,
  type OciRegistryNature,
  type OciTestRegistry,
  startOciRegistry,
  type TestDescriptor
} from '../support/services/oci-registry.ts'

const CONFIG_TYPE = 'application/vnd.oci.image.config.v1+json'

let registry: OciTestRegistry
let amd64: TestDescriptor
let arm64: TestDescriptor
let attestation: TestDescriptor
let index: TestDescriptor

beforeEach(() => start())

afterEach(() => registry.close())

/** A registry with an image as BuildKit pushes it: two platforms, and an attestation that is for none. */
async function start(nature: OciRegistryNature = {}): Promise<void> {
  registry = await startOciRegistry(nature)
  amd64 = imageFor('amd64')
  arm64 = imageFor('arm64')
  attestation = imageFor('unknown')
  const entries = [
    { ...amd64, platform: { os: 'linux', architecture: 'amd64' } },
    { ...arm64, platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
    {
      ...attestation,
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: {
        'vnd.docker.reference.type': 'attestation-manifest',
        'vnd.docker.reference.digest': amd64.digest
      }
    }
  ]
  index = registry.manifest(
    'o/app',
    { schemaVersion: 2, mediaType: INDEX_TYPE, manifests: entries },
    '1.0'
  )
}

function imageFor(architecture: string): TestDescriptor {
  const config = registry.blob('o/app', JSON.stringify({ os: 'linux', architecture }), CONFIG_TYPE)
  return registry.manifest('o/app', { schemaVersion: 2, mediaType: IMAGE_TYPE, config, layers: [] })
}

function contextFor(references: readonly string[], settings: Partial<Settings> = {}): RunContext {
  const http = httpClient({
    env: {},
    version: '0.0.0',
    concurrency: 4,
    timing: QUICK,
    offline: settings.offline === true
  })
  return runContext({ ...fakeHost(), http }, { images: references, ...settings })
}

function look(
  references: readonly string[],
  settings: Partial<Settings> = {}
): Promise<StageResult<readonly Image[]>> {
  return images.run(contextFor(references, settings), {})
}

function app(reference: string): string {
  return `${registry.name}/o/app${reference}`
}

function rulesOf({ findings = [] }: StageResult<unknown>): readonly string[] {
  return findings.map(({ rule }) => rule.id)
}

it('has nothing to do without images', () => {
  expect(images.skipReason?.(contextFor([]))).toBe('not asked for')
  expect(images.skipReason?.(contextFor(['a']))).toBeUndefined()
})

describe('an index', () => {
  it('is resolved to the images of its platforms, each compared with its digest', async () => {
    const result = await look([app(`@${index.digest}`)])

    expect(result.output).toMatchObject([
      {
        subject: { name: app(''), digest: { algorithm: 'sha256', hex: index.digest.slice(7) } },
        mediaType: INDEX_TYPE,
        platforms: [
          { platform: 'linux/amd64', subject: { digest: { hex: amd64.digest.slice(7) } } },
          { platform: 'linux/arm64/v8', subject: { digest: { hex: arm64.digest.slice(7) } } }
        ],
        others: [{ kind: 'attestation-manifest', digest: attestation.digest, about: amd64.digest }]
      }
    ])
    expect(result.evidence?.map(({ outcome }) => outcome)).toEqual([
      'verified',
      'verified',
      'verified'
    ])
    expect(result.evidence?.[0]).toEqual({
      subject: `pkg:oci/app@${index.digest}?repository_url=${encodeURIComponent(app('')).replaceAll('%3A', ':')}`,
      kind: 'digest',
      outcome: 'verified',
      source: `${registry.url}/v2/o/app/manifests/${index.digest}`,
      observed: { algorithm: 'sha256', hex: index.digest.slice(7) },
      observedAt: '2026-01-02T03:04:05Z',
      detail: `index: read, and its bytes have the digest ${index.digest}`
    })
    expect(rulesOf(result)).toEqual([])
    expect(result.stats).toEqual({ images: 1, platforms: 2, otherEntries: 1, unresolved: 0 })
    expect(result.outputs).toEqual({ 'image-digests': app(`@${index.digest}`) })
  })

  it('is shown with its platforms, and what is no image apart', async () => {
    const { section } = await look([app(':1.0')])

    expect(section?.blocks).toMatchObject([
      {
        kind: 'table',
        rows: [
          [{ code: app(':1.0') }, 'all (2)', { code: index.digest }],
          ['', 'linux/amd64', { code: amd64.digest }],
          ['', 'linux/arm64/v8', { code: arm64.digest }]
        ]
      },
      { kind: 'details', summary: [{ code: app(':1.0') }, ': 1 entry is no image'] }
    ])
  })

  it('in an index is followed, and one that holds itself ends', async () => {
    const outer = { schemaVersion: 2, mediaType: INDEX_TYPE, manifests: [index, index] }
    const { digest } = registry.manifest('o/app', outer, 'outer')
    const { output } = await look([app(`@${digest}`)])

    expect(output[0]?.platforms).toHaveLength(2)
  })

  it('of too many is refused', async () => {
    const manifests = Array.from({ length: 250 }, (_, at) => imageFor(`cpu${at}`))
    registry.manifest('o/app', { schemaVersion: 2, mediaType: INDEX_TYPE, manifests }, 'many')
    const result = await look([app(':many')])

    expect(rulesOf(result)).toEqual(['images/unavailable'])
    expect(registry.requests.length).toBeLessThan(450)
  })
})

describe('a tag', () => {
  it('is asked for once, pins nothing, and is noted', async () => {
    const result = await look([app(':1.0')])

    expect(registry.requests.filter(({ path }) => path.endsWith('/1.0'))).toHaveLength(1)
    expect(result.evidence?.map(({ outcome }) => outcome)).toEqual([
      'absent',
      'verified',
      'verified'
    ])
    expect(result.findings).toMatchObject([
      {
        rule: { id: 'images/tag-not-pinned', severity: 'info' },
        message: `${app(':1.0')} is ${index.digest} now, and can be moved`
      }
    ])
  })

  it('beside a digest counts for nothing', async () => {
    const result = await look([app(`:gone@${index.digest}`)])

    expect(rulesOf(result)).toEqual([])
    expect(result.evidence?.[0]?.subject).toMatch(/&tag=gone$/)
  })
})

describe('an image for one platform', () => {
  it('says in its config for which', async () => {
    const result = await look([app(`@${arm64.digest}`)])

    expect(result.output[0]).toMatchObject({ platforms: [{ platform: 'linux/arm64' }] })
    expect(result.section?.blocks).toMatchObject([
      { rows: [[{ code: app(`@${arm64.digest}`) }, 'linux/arm64', { code: arm64.digest }]] }
    ])
  })
})

describe('what is not as it should be', () => {
  it.each([
    ['a tag', () => app(':2.0'), 'manifest: the registry has no tag "2.0"'],
    [
      'a digest',
      () => app(`@sha256:${'0'.repeat(64)}`),
      `manifest: the registry has no sha256:${'0'.repeat(64)}`
    ]
  ])('%s that does not exist is a finding', async (_what, reference, detail) => {
    const result = await look([reference()])

    expect(result.output).toEqual([])
    expect(result.findings).toMatchObject([
      { rule: { id: 'images/not-found', severity: 'high' }, message: `${reference()}: ${detail}` }
    ])
    expect(result.evidence).toMatchObject([{ outcome: 'unavailable', detail }])
    expect(result.outputs).toEqual({ 'image-digests': '' })
  })

  it.each([
    ['the index', () => index],
    ['a platform', () => arm64]
  ])('other bytes for %s are critical, and nothing is resolved', async (_what, which) => {
    registry.misbehave(`GET /v2/o/app/manifests/${which().digest}`, { kind: 'wrong-bytes' })
    const result = await look([app(`@${index.digest}`)])

    expect(result.output).toEqual([])
    expect(result.findings).toMatchObject([
      { rule: { id: 'images/contradicted', severity: 'critical' } }
    ])
    expect(result.evidence?.filter(({ outcome }) => outcome === 'contradicted')).toHaveLength(1)
  })

  it('a config of other bytes is critical too', async () => {
    registry.misbehave('GET /v2/o/app/blobs/', { kind: 'wrong-bytes' })

    expect(rulesOf(await look([app(`@${arm64.digest}`)]))).toEqual(['images/contradicted'])
  })

  it('an index whose image is gone is not found', async () => {
    registry.misbehave(`GET /v2/o/app/manifests/${arm64.digest}`, { kind: 'wrong-case' })
    const result = await look([app(':1.0')])

    expect(result.output).toEqual([])
    expect(rulesOf(result)).toEqual(['images/not-found', 'images/tag-not-pinned'])
  })

  it.each([
    ['an outage', { kind: 'status', status: 503 }, 'status 503'],
    ['a refusal', { kind: 'status', status: 403 }, 'status 403'],
    ['nonsense', { kind: 'html' }, 'it is no JSON object']
  ] as const)('%s is unavailable, and says why', async (_what, how, reason) => {
    registry.misbehave('GET /v2/o/app/manifests/', how)
    const result = await look([app(':1.0')])

    expect(result.evidence).toMatchObject([{ outcome: 'unavailable' }])
    expect(result.findings).toMatchObject([
      { rule: { id: 'images/unavailable' }, message: expect.stringContaining(reason) }
    ])
  })

  it('an image does not keep another from being resolved', async () => {
    const result = await look([app(':gone'), app(`@${index.digest}`)])

    expect(result.output).toHaveLength(1)
    expect(result.section?.blocks).toContainEqual({ kind: 'list', items: [{ code: app(':gone') }] })
  })

  it('offline nothing is known', async () => {
    const result = await look([app(':1.0')], { offline: true })

    expect(result.evidence).toMatchObject([
      { outcome: 'unavailable', detail: 'the run is offline' }
    ])
    expect(registry.requests).toEqual([])
  })

  it('what is no reference is wrong usage', async () => {
    await expect(look(['Not An Image'])).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})

describe('a password', () => {
  beforeEach(async () => {
    await registry.close()
    await start({ auth: 'bearer' })
  })

  it('of the inputs is used, and masked', async () => {
    const context = contextFor([app(':1.0')], {
      registryUsername: USERNAME,
      registryPassword: PASSWORD
    })
    const result = await images.run(context, {})

    expect(result.output).toHaveLength(1)
    expect(JSON.stringify(result)).not.toContain(PASSWORD)
    expect('masked' in context.host && context.host.masked).toContain(PASSWORD)
  })

  it('of the inputs is for one registry', async () => {
    const login = { registryUsername: USERNAME, registryPassword: PASSWORD }

    await expect(look([app(':1.0'), 'other.example/app'], login)).rejects.toMatchObject({
      code: 'INPUT_CONFLICT'
    })
    expect(registry.requests).toEqual([])
  })

  it("is else that of the machine's configuration", async () => {
    const auth = Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64')
    const config = JSON.stringify({ auths: { [registry.name]: { auth } } })
    const machine = fakeHost({
      env: { DOCKER_CONFIG: '/machine' },
      machineFiles: { '/machine/config.json': config }
    })
    const { host, ...rest } = contextFor([app(':1.0')])
    const result = await images.run({ ...rest, host: { ...machine, http: host.http } }, {})

    expect(result.output).toHaveLength(1)
  })
})
