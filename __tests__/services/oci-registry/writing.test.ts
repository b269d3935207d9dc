import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type OciRepository, openRepository } from '../../../src/services/oci-registry.ts'
import { LOGIN, ociContext, type TestOciContext } from '../../support/oci-context.ts'
import {
  IMAGE_TYPE,
  INDEX_TYPE,
  type OciRegistryNature,
  type OciTestRegistry,
  startOciRegistry,
  type TestDescriptor
} from '../../support/services/oci-registry.ts'
import { startRegistry } from '../../support/services/registry.ts'

const TYPE = 'application/vnd.example.note+json'
const MIB = 1024 * 1024

const started: OciTestRegistry[] = []
let registry: OciTestRegistry

beforeEach(async () => {
  registry = await start({ referrers: true })
})

afterEach(async () => {
  for (const one of started.splice(0)) await one.close()
})

async function start(nature: OciRegistryNature): Promise<OciTestRegistry> {
  const one = await startOciRegistry(nature)
  started.push(one)
  return one
}

function open(
  at: OciTestRegistry = registry,
  context: TestOciContext = ociContext(),
  repository = 'o/app'
): OciRepository {
  return openRepository(context, { registry: at.name, repository })
}

function imageIn(at: OciTestRegistry, layers: readonly TestDescriptor[] = []): TestDescriptor {
  const config = at.blob('o/app', '{"os":"linux","architecture":"amd64"}')
  return at.manifest('o/app', { schemaVersion: 2, mediaType: IMAGE_TYPE, config, layers }, '1.0')
}

function methods(at: OciTestRegistry = registry): readonly string[] {
  return at.requests.map(({ method }) => method)
}

describe('a blob', () => {
  const bytes = Buffer.from('hello')

  it('is put in three requests, and not again', async () => {
    const descriptor = await open().putBlob(bytes, TYPE)
    await open().putBlob(bytes, TYPE)

    expect(registry.readBlob('o/app', descriptor.digest)).toEqual(bytes)
    expect(methods()).toEqual(['HEAD', 'POST', 'PUT', 'HEAD'])
  })

  it.each([
    ['the beginning is refused', 'POST', { kind: 'status', status: 500, times: 1 }],
    ['the beginning breaks', 'POST', { kind: 'reset', times: 1 }],
    ['the end breaks', 'PUT', { kind: 'reset', times: 1 }],
    ['the end is refused', 'PUT', { kind: 'status', status: 502, times: 2 }],
    ['the upload is forgotten', 'PUT', { kind: 'status', status: 404, times: 1 }]
  ] as const)('is put anew when %s', async (_what, method, how) => {
    registry.misbehave(`${method} /v2/o/app/blobs/uploads/`, how)

    const { digest } = await open().putBlob(bytes, TYPE)

    expect(registry.readBlob('o/app', digest)).toEqual(bytes)
  })

  it('whose store refuses to say whether it is there is put', async () => {
    registry.misbehave('HEAD /v2/o/app/blobs/', { kind: 'status', status: 403 })

    const { digest } = await open().putBlob(bytes, TYPE)

    expect(registry.readBlob('o/app', digest)).toEqual(bytes)
  })

  it.each([
    ['always breaks', { kind: 'reset' }, 3],
    ['is refused', { kind: 'status', status: 403 }, 1],
    ['is too large', { kind: 'status', status: 413 }, 1]
  ] as const)('that %s is an error after %#', async (_what, how, times) => {
    registry.misbehave('POST /v2/o/app/blobs/uploads/', how)

    await expect(open().putBlob(bytes, TYPE)).rejects.toMatchObject({ name: 'ServiceError' })
    expect(methods().filter((method) => method === 'POST')).toHaveLength(times)
  })
})

describe('a manifest', () => {
  it('is put under a tag, listed and deleted', async () => {
    const image = imageIn(registry)
    const own = open()
    const bytes = registry.read('o/app', '1.0') ?? Buffer.alloc(0)

    expect(await own.putManifest(bytes, IMAGE_TYPE, '2.0')).toEqual(image)
    expect(await own.tags()).toEqual(['1.0', '2.0'])
    await own.deleteManifest(image.digest)
    await own.deleteManifest(image.digest)
    expect(await own.manifest('2.0')).toBeUndefined()
  })

  it('that the registry takes for another one is an error', async () => {
    imageIn(registry)
    registry.misbehave('PUT /v2/o/app/manifests/', { kind: 'wrong-digest-header' })

    await expect(open().putManifest(Buffer.from('{}'), IMAGE_TYPE)).rejects.toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID'
    })
  })
})

describe('tags', () => {
  it('are read page by page', async () => {
    const paged = await start({ pageSize: 3 })
    const tags = Array.from({ length: 10 }, (_, at) => `v${at}`)
    for (const tag of tags)
      paged.manifest('o/app', { schemaVersion: 2, mediaType: INDEX_TYPE, manifests: [] }, tag)

    expect(await open(paged).tags()).toEqual(tags)
    expect(paged.requests).toHaveLength(4)
  })
})

describe.each([
  ['with a list of referrers', { referrers: true, pageSize: 3 }],
  ['without', {}],
  ['without, that compares tags', { etags: true }]
])('a registry %s', (_what, nature) => {
  let subject: TestDescriptor

  beforeEach(async () => {
    registry = await start(nature)
    subject = imageIn(registry)
  })

  function attachTo(own: OciRepository, text: string): Promise<unknown> {
    const annotations = { 'org.example.note': text }
    return own.attach({ subject, bytes: Buffer.from(text), artifactType: TYPE, annotations })
  }

  it('keeps an attachment, with its type and annotations', async () => {
    await attachTo(open(), 'ünïcode ✓')
    const { entries } = await open().referrers(subject.digest, TYPE)

    expect(entries).toEqual([
      {
        mediaType: IMAGE_TYPE,
        digest: expect.stringMatching(/^sha256:/),
        size: expect.any(Number),
        artifactType: TYPE,
        annotations: { 'org.example.note': 'ünïcode ✓' }
      }
    ])
    const stored = registry.read('o/app', entries[0]?.digest ?? '')
    expect(entries[0]?.size).toBe(stored?.length)
    expect(JSON.parse(stored?.toString() ?? '')).toMatchObject({ subject, artifactType: TYPE })
  })

  it('keeps it once, however often it is attached', async () => {
    await attachTo(open(), 'same')
    await attachTo(open(), 'same')

    expect((await open().referrers(subject.digest)).entries).toHaveLength(1)
  })

  it('keeps what eight attach at once', async () => {
    const texts = Array.from({ length: 8 }, (_, at) => `note ${at}`)
    await Promise.all(texts.map((text) => attachTo(open(), text)))
    const { entries } = await open().referrers(subject.digest)

    const kept = entries.map(({ annotations }) => annotations?.['org.example.note'] ?? '')
    expect(kept.toSorted()).toEqual(texts)
  })

  it('keeps what one attaches at once', async () => {
    const own = open()
    const texts = Array.from({ length: 8 }, (_, at) => `note ${at}`)
    await Promise.all(texts.map((text) => attachTo(own, text)))

    expect((await open().referrers(subject.digest)).entries).toHaveLength(8)
  })

  it('lists only what is of a type', async () => {
    await attachTo(open(), 'one')
    await open().attach({ subject, bytes: Buffer.from('x'), artifactType: 'a/b', annotations: {} })

    expect((await open().referrers(subject.digest, 'a/b')).entries).toHaveLength(1)
    expect((await open().referrers(subject.digest)).entries).toHaveLength(2)
  })
})

describe('a registry that forgets attachments', () => {
  it('is told again until it keeps them', async () => {
    const subject = imageIn(registry)
    registry.loseReferrers(3)
    await open().attach({ subject, bytes: Buffer.from('x'), artifactType: TYPE, annotations: {} })

    expect((await open().referrers(subject.digest, TYPE)).entries).toHaveLength(1)
  })

  it('for ever is an error, never a success', async () => {
    const subject = imageIn(registry)
    registry.loseReferrers(100)

    await expect(
      open().attach({ subject, bytes: Buffer.from('x'), artifactType: TYPE, annotations: {} })
    ).rejects.toThrow('it does not stay in the list')
  })
})

describe('a fallback index', () => {
  let old: OciTestRegistry
  let subject: TestDescriptor

  beforeEach(async () => {
    old = await start({})
    subject = imageIn(old)
  })

  it('that others have written keeps all that they wrote', async () => {
    const theirs = { ...subject, artifactType: 'their/type', 'x-own': [1], annotations: { a: 'b' } }
    const index = { schemaVersion: 2, mediaType: INDEX_TYPE, manifests: [theirs], 'x-more': true }
    const tag = subject.digest.replace(':', '-')
    old.manifest('o/app', index, tag)
    await open(old).attach({
      subject,
      bytes: Buffer.from('x'),
      artifactType: TYPE,
      annotations: {}
    })
    const now: unknown = JSON.parse(old.read('o/app', tag)?.toString() ?? '')

    expect(now).toMatchObject({ 'x-more': true, manifests: [theirs, { artifactType: TYPE }] })
  })

  it('whose entries do not say what they are is looked into', async () => {
    const config = old.blob('o/app', '{}', 'application/vnd.oci.empty.v1+json')
    const json = {
      schemaVersion: 2,
      mediaType: IMAGE_TYPE,
      artifactType: TYPE,
      config,
      layers: [],
      subject
    }
    const vague = {
      ...old.manifest('o/app', json),
      artifactType: 'application/vnd.oci.empty.v1+json'
    }
    const index = { schemaVersion: 2, mediaType: INDEX_TYPE, manifests: [vague] }
    old.manifest('o/app', index, subject.digest.replace(':', '-'))

    expect((await open(old).referrers(subject.digest, TYPE)).entries).toMatchObject([
      { digest: vague.digest, artifactType: TYPE }
    ])
  })

  it('that is no index is an error', async () => {
    const json = { schemaVersion: 2, mediaType: IMAGE_TYPE, config: subject, layers: [] }
    old.manifest('o/app', json, subject.digest.replace(':', '-'))

    await expect(open(old).referrers(subject.digest)).rejects.toThrow('is no index')
  })
})

describe('a registry without a list of referrers', () => {
  it.each([
    ['not found', { kind: 'wrong-case' }],
    ['a bad request', { kind: 'status', status: 400 }],
    ['not allowed', { kind: 'status', status: 405 }],
    ['not acceptable', { kind: 'status', status: 406 }],
    ['not implemented', { kind: 'status', status: 501 }],
    ['a page', { kind: 'html' }]
  ] as const)('may say so by %s', async (_what, how) => {
    const subject = imageIn(registry)
    registry.misbehave('GET /v2/o/app/referrers/', how)

    expect(await open().referrers(subject.digest)).toEqual({ from: 'tag', entries: [] })
  })

  it.each([403, 429, 500])('is not what answers %d', async (status) => {
    const subject = imageIn(registry)
    registry.misbehave('GET /v2/o/app/referrers/', { kind: 'status', status })

    await expect(open().referrers(subject.digest)).rejects.toMatchObject({ code: 'SERVICE_STATUS' })
  })
})

describe('a login to push', () => {
  it('asks for what it is about to do, whatever the challenge says', async () => {
    const guarded = await start({ auth: 'bearer', referrers: true })
    const subject = imageIn(guarded)
    const own = open(guarded, ociContext(LOGIN))
    await own.attach({ subject, bytes: Buffer.from('x'), artifactType: TYPE, annotations: {} })
    await own.deleteManifest(subject.digest)

    expect(guarded.authority.tokens.map(({ scopes }) => scopes)).toEqual([
      ['repository:o/app:pull,push'],
      ['repository:o/app:pull,push,delete']
    ])
  })

  it('is not sent to a store that an upload is to go to', async () => {
    const guarded = await start({ auth: 'basic' })
    const store = await startRegistry({ files: { '/put': '' } })
    const own = open(guarded, ociContext(LOGIN))
    await own.head('1.0')
    guarded.misbehave('POST /v2/o/app/blobs/uploads/', {
      kind: 'redirect',
      status: 202,
      to: `${store.url}/put?signature=x`
    })
    await own.putBlob(Buffer.from('hello'), TYPE)

    expect(store.requests).toMatchObject([{ method: 'PUT', body: 'hello' }])
    expect(store.requests[0]?.path).toMatch(/^\/put\?signature=x&digest=sha256%3A/)
    expect(JSON.stringify(store.requests)).not.toMatch(/authorization/i)
    await store.close()
  })

  it.each(['ftp://store.example/put', 'nonsense://', ''])(
    'is not sent at all when the address makes no sense: %j',
    async (to) => {
      registry.misbehave('POST /v2/o/app/blobs/uploads/', { kind: 'redirect', status: 202, to })

      await expect(open().putBlob(Buffer.from('hello'), TYPE)).rejects.toMatchObject({
        name: 'ServiceError'
      })
    }
  )
})

describe('a copy', () => {
  let target: OciTestRegistry

  beforeEach(async () => {
    target = await start({})
  })

  it('brings all platforms, layers and what refers to them, and sets no tag', async () => {
    const layer = registry.blob('o/app', randomBytes(1000))
    const image = imageIn(registry, [layer])
    const index = registry.manifest('o/app', {
      schemaVersion: 2,
      mediaType: INDEX_TYPE,
      manifests: [image]
    })
    const own = open()
    for (const subject of [image, index]) {
      const annotations = { about: subject.digest }
      await own.attach({ subject, bytes: Buffer.from('note'), artifactType: TYPE, annotations })
    }
    const there = open(target)
    const copied = await there.copyFrom(own, index.digest)

    expect(copied).toHaveLength(4)
    expect(target.readBlob('o/app', layer.digest)).toEqual(registry.readBlob('o/app', layer.digest))
    expect(await there.manifest(index.digest)).toMatchObject({ kind: 'found' })
    for (const subject of [image, index]) {
      expect((await there.referrers(subject.digest, TYPE)).entries).toMatchObject([
        { annotations: { about: subject.digest } }
      ])
    }
    expect((await there.tags()).filter((tag) => !tag.startsWith('sha256-'))).toEqual([])
  })

  it('brings older signatures under their tags, when asked to', async () => {
    const image = imageIn(registry)
    const tag = `${image.digest.replace(':', '-')}.sig`
    const config = registry.blob('o/app', '{}')
    registry.manifest('o/app', { schemaVersion: 2, mediaType: IMAGE_TYPE, config, layers: [] }, tag)
    const there = open(target)
    await there.copyFrom(open(), image.digest, ['.sig', '.att'])

    expect(await there.tags()).toEqual([tag])
  })

  it('brings a large layer piece by piece, each a range of it', async () => {
    const bytes = randomBytes(20 * MIB + 5)
    const layer = registry.blob('o/app', bytes)
    const image = imageIn(registry, [layer])
    await open(target).copyFrom(open(), image.digest)

    expect(target.readBlob('o/app', layer.digest)?.equals(bytes)).toBe(true)
    const sent = target.requests.filter(({ bytes: length }) => length > MIB)
    expect(sent.map(({ method, headers }) => [method, headers['content-range']])).toEqual([
      ['PATCH', `0-${8 * MIB - 1}`],
      ['PATCH', `${8 * MIB}-${16 * MIB - 1}`],
      ['PUT', `${16 * MIB}-${20 * MIB + 4}`]
    ])
  })

  it('goes on after a piece was lost, by an upload of its own', async () => {
    const bytes = randomBytes(9 * MIB)
    const layer = registry.blob('o/app', bytes)
    const image = imageIn(registry, [layer])
    target.misbehave('PATCH /v2/o/app/blobs/uploads/', { kind: 'reset', times: 1 })
    await open(target).copyFrom(open(), image.digest)

    expect(target.readBlob('o/app', layer.digest)?.equals(bytes)).toBe(true)
  })

  it('of other bytes ends without the blob', async () => {
    const layer = registry.blob('o/app', randomBytes(9 * MIB))
    const image = imageIn(registry, [layer])
    registry.misbehave(`GET /v2/o/app/blobs/${layer.digest}`, { kind: 'wrong-bytes' })
    const half = registry.blob('o/app', randomBytes(10))
    const small = imageIn(registry, [half])
    registry.misbehave(`GET /v2/o/app/blobs/${half.digest}`, { kind: 'wrong-bytes' })

    await expect(open(target).copyFrom(open(), image.digest)).rejects.toMatchObject({
      name: 'ServiceError'
    })
    await expect(open(target).copyFrom(open(), small.digest)).rejects.toThrow(
      'its source served bytes with the digest'
    )
    expect(target.readBlob('o/app', half.digest)).toBeUndefined()
    expect(target.read('o/app', small.digest)).toBeUndefined()
    expect(methods(target)).toContain('DELETE')
  })

  it('within a registry takes blobs over', async () => {
    const mounting = await start({ mounts: true })
    const layer = mounting.blob('o/app', randomBytes(9 * MIB))
    const image = imageIn(mounting, [layer])
    const there = open(mounting, ociContext(), 'o/released')
    await there.copyFrom(open(mounting), image.digest)

    expect(mounting.readBlob('o/released', layer.digest)).toHaveLength(9 * MIB)
    expect(mounting.requests.filter(({ bytes }) => bytes > MIB)).toEqual([])
  })

  it('within a registry that takes nothing over sends it', async () => {
    const layer = registry.blob('o/app', randomBytes(100))
    const image = imageIn(registry, [layer])
    await open(registry, ociContext(), 'o/released').copyFrom(open(), image.digest)

    expect(registry.readBlob('o/released', layer.digest)).toHaveLength(100)
  })

  it('of what is not there is an error', async () => {
    await expect(open(target).copyFrom(open(), `sha256:${'0'.repeat(64)}`)).rejects.toThrow(
      'the registry does not have it'
    )
  })
})
