import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type OciRepository, openRepository } from '../../src/services/oci-registry.ts'
import { LOGIN, ociContext, type TestOciContext } from '../support/oci-context.ts'
import { IDENTITY, PASSWORD, USERNAME } from '../support/services/oci-authority.ts'
import {
  IMAGE_TYPE,
  type OciRegistryNature,
  type OciTestRegistry,
  startOciRegistry,
  type TestDescriptor
} from '../support/services/oci-registry.ts'
import { type PackageRegistry, startRegistry } from '../support/services/registry.ts'

let registry: OciTestRegistry
let image: TestDescriptor
let config: TestDescriptor

beforeEach(() => start())

afterEach(() => registry.close())

async function start(nature: OciRegistryNature = {}): Promise<void> {
  registry = await startOciRegistry(nature)
  config = registry.blob('o/app', '{"os":"linux","architecture":"amd64"}')
  const json = { schemaVersion: 2, mediaType: IMAGE_TYPE, config, layers: [] }
  image = registry.manifest('o/app', json, '1.0')
}

async function restart(nature: OciRegistryNature): Promise<void> {
  await registry.close()
  await start(nature)
}

function repository(context: TestOciContext = ociContext()): OciRepository {
  return openRepository(context, { registry: registry.name, repository: 'o/app' })
}

function asked(): readonly string[] {
  return registry.requests.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`)
}

describe('a manifest', () => {
  it.each(['tag', 'digest'])('is read by its %s, with the digest of its bytes', async (by) => {
    const found = await repository().manifest(by === 'tag' ? '1.0' : image.digest)

    expect(found).toMatchObject({ kind: 'found', descriptor: image, manifest: { kind: 'image' } })
  })

  it.each(['2.0', `sha256:${'0'.repeat(64)}`])(
    'that does not exist is nothing: %s',
    async (reference) => {
      expect(await repository().manifest(reference)).toBeUndefined()
      expect(await repository().head(reference)).toBeUndefined()
    }
  )

  it('of other bytes is a contradiction, with what was served', async () => {
    registry.misbehave('GET /v2/o/app/manifests/', { kind: 'wrong-bytes' })

    expect(await repository().manifest(image.digest)).toEqual({
      kind: 'contradicted',
      observed: expect.stringMatching(/^sha256:/),
      url: `${registry.url}/v2/o/app/manifests/${image.digest}`
    })
  })

  it('with a header of another digest is refused', async () => {
    registry.misbehave('GET /v2/o/app/manifests/', { kind: 'wrong-digest-header' })

    await expect(repository().manifest('1.0')).rejects.toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID'
    })
    await expect(repository().manifest(image.digest)).rejects.toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID'
    })
  })

  it.each([
    ['endless', { kind: 'endless' }, 'SERVICE_LIMIT_EXCEEDED'],
    ['a page', { kind: 'html' }, 'SERVICE_RESPONSE_INVALID'],
    ['cut off', { kind: 'truncated' }, 'SERVICE_RESPONSE_INVALID'],
    ['refused', { kind: 'status', status: 403 }, 'SERVICE_STATUS'],
    ['an outage', { kind: 'status', status: 503 }, 'SERVICE_STATUS']
  ] as const)('that is %s is an error', async (_what, how, code) => {
    registry.misbehave('GET /v2/o/app/manifests/', how)

    await expect(repository().manifest('1.0')).rejects.toMatchObject({ code })
  })

  it('that is too large is an error', async () => {
    const json = { schemaVersion: 2, mediaType: IMAGE_TYPE, config, layers: [], x: 'x'.repeat(5e6) }
    registry.manifest('o/app', json, 'huge')

    await expect(repository().manifest('huge')).rejects.toMatchObject({
      code: 'SERVICE_LIMIT_EXCEEDED'
    })
  })

  it.each([
    ['too many requests', { kind: 'status', status: 429, retryAfter: '1', times: 2 }],
    ['an error', { kind: 'status', status: 500, times: 1 }],
    ['a reset', { kind: 'reset', times: 1 }]
  ] as const)('is asked for again after %s', async (_what, how) => {
    registry.misbehave('GET /v2/o/app/manifests/', how)

    expect(await repository().manifest('1.0')).toMatchObject({ kind: 'found' })
  })

  it('is looked for without reading it', async () => {
    expect(await repository().head('1.0')).toEqual(image)
    expect(asked()).toEqual(['HEAD /v2/o/app/manifests/1.0'])
  })
})

describe('a blob', () => {
  it('is read whole, or piece by piece', async () => {
    const hash = createHash('sha256')

    expect(await repository().blob(config)).toMatchObject({ kind: 'found' })
    expect(await repository().blob(config, () => (chunk) => void hash.update(chunk))).toMatchObject(
      { kind: 'found', bytes: new Uint8Array() }
    )
    expect(`sha256:${hash.digest('hex')}`).toBe(config.digest)
  })

  it('of other bytes is a contradiction', async () => {
    registry.misbehave('GET /v2/o/app/blobs/', { kind: 'wrong-bytes' })

    expect(await repository().blob(config)).toMatchObject({ kind: 'contradicted' })
    expect(await repository().blob(config, () => () => {})).toMatchObject({ kind: 'contradicted' })
  })

  it('without end ends where its descriptor does', async () => {
    registry.misbehave('GET /v2/o/app/blobs/', { kind: 'endless' })

    await expect(repository().blob(config, () => () => {})).rejects.toMatchObject({
      code: 'SERVICE_LIMIT_EXCEEDED'
    })
  })

  it('is read anew after a break, and compared as a whole', async () => {
    registry.misbehave('GET /v2/o/app/blobs/', { kind: 'truncated', times: 1 })
    let text = ''
    const sink = (): ((chunk: Uint8Array) => void) => {
      text = ''
      return (chunk) => void (text += Buffer.from(chunk).toString())
    }

    expect(await repository().blob(config, sink)).toMatchObject({ kind: 'found' })
    expect(text).toBe('{"os":"linux","architecture":"amd64"}')
  })
})

describe('a registry with passwords', () => {
  beforeEach(() => restart({ auth: 'basic' }))

  it('is tried without, then gets name and password, and from then on at once', async () => {
    const own = repository(ociContext(LOGIN))
    await own.manifest('1.0')
    await own.manifest(image.digest)

    expect(registry.requests.map(({ headers }) => headers.authorization?.slice(0, 6))).toEqual([
      undefined,
      'Basic ',
      'Basic '
    ])
  })

  it.each([
    ['none', undefined],
    ['a wrong one', { kind: 'password', username: USERNAME, password: 'wrong' }],
    ['a token', { kind: 'identity', token: IDENTITY }]
  ] as const)('refuses %s, with its own words', async (_what, login) => {
    await expect(repository(ociContext(login)).manifest('1.0')).rejects.toMatchObject({
      code: 'SERVICE_STATUS',
      reason: 'status 401 (UNAUTHORIZED: authentication required)',
      remedy: expect.stringContaining('docker/login-action')
    })
  })
})

describe('a registry with tokens', () => {
  beforeEach(() => restart({ auth: 'bearer' }))

  it('gives one for its own repository, which is used until it expires', async () => {
    const context = ociContext(LOGIN)
    const own = repository(context)
    await own.manifest('1.0')
    await own.manifest(image.digest)
    context.later(400_000)
    await own.manifest('1.0')

    expect(registry.authority.tokens).toEqual([
      { scopes: ['repository:o/app:pull'], user: USERNAME, used: true },
      { scopes: ['repository:o/app:pull'], user: USERNAME, used: true }
    ])
    expect(context.masked).toHaveLength(2)
    expect(context.masked[0]).toMatch(/^token-1-/)
  })

  it('gives one for many requests at once', async () => {
    const own = repository(ociContext(LOGIN))
    await Promise.all(Array.from({ length: 12 }, () => own.manifest('1.0')))

    expect(registry.authority.tokens).toHaveLength(1)
  })

  it('gives another when it has revoked the first', async () => {
    const own = repository(ociContext(LOGIN))
    await own.manifest('1.0')
    registry.authority.revoke()

    expect(await own.manifest('1.0')).toMatchObject({ kind: 'found' })
  })

  it('gives strangers one where everybody may read', async () => {
    registry.authority.publicPull = true

    expect(await repository().manifest('1.0')).toMatchObject({ kind: 'found' })
    expect(registry.authority.tokens).toMatchObject([{ user: '' }])
  })

  it('exchanges an identity token, which is sent in a body', async () => {
    const own = repository(ociContext({ kind: 'identity', token: IDENTITY }))

    expect(await own.manifest('1.0')).toMatchObject({ kind: 'found' })
    expect(registry.authority.tokens).toMatchObject([{ user: 'identity' }])
    expect(asked()).toContain('POST /token')
    expect(registry.requests.map(({ path }) => path).join('\n')).not.toContain(IDENTITY)
  })

  it('is refused by its token server with its words', async () => {
    const wrong = { kind: 'password', username: USERNAME, password: 'wrong' } as const

    await expect(repository(ociContext(wrong)).manifest('1.0')).rejects.toMatchObject({
      code: 'SERVICE_STATUS',
      message: expect.stringContaining(
        `Cannot log in to "${registry.name}": status 401 (UNAUTHORIZED: who`
      )
    })
  })

  it.each([
    ['ftp://auth.example/token', 'is not reached by https'],
    ['http://auth.example/token', 'is not reached by https'],
    ['nonsense', 'it names no token server']
  ])('is not followed to the token server %s', async (realm, reason) => {
    registry.authority.realm = realm

    await expect(repository(ociContext(LOGIN)).manifest('1.0')).rejects.toThrow(reason)
  })
})

describe('another server', () => {
  let elsewhere: PackageRegistry

  beforeEach(async () => {
    await restart({ auth: 'basic' })
    elsewhere = await startRegistry({ files: { '/blob': '{"os":"linux","architecture":"amd64"}' } })
  })

  afterEach(() => elsewhere.close())

  function seen(): string {
    return JSON.stringify(elsewhere.requests)
  }

  it('that keeps the bytes gets no password', async () => {
    const own = repository(ociContext(LOGIN))
    await own.manifest('1.0')
    registry.misbehave('GET /v2/o/app/blobs/', {
      kind: 'redirect',
      to: `${elsewhere.url}/blob`,
      status: 307
    })

    expect(await own.blob(config)).toMatchObject({ kind: 'found' })
    expect(elsewhere.requests).toHaveLength(1)
    expect(seen()).not.toMatch(/authorization/i)
  })

  it('that asks for a login gets none', async () => {
    const own = repository(ociContext(LOGIN))
    registry.misbehave('GET /v2/o/app/blobs/', {
      kind: 'redirect',
      to: `${elsewhere.url}/private`,
      status: 307
    })
    elsewhere.misbehave('/private', { kind: 'status', status: 401 })

    await expect(own.blob(config)).rejects.toMatchObject({ code: 'SERVICE_STATUS' })
    expect(seen()).not.toMatch(/authorization/i)
    expect(seen()).not.toContain(Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64'))
  })
})
