import { describe, expect, it } from '@jest/globals'
import { npm } from '../../../src/ecosystems/npm.ts'
import type { Component, LockedFile, Origin } from '../../../src/model/component.ts'
import { ServiceError } from '../../../src/model/errors.ts'
import { npmRegistry } from '../../../src/services/npm-registry.ts'
import { DEFAULT_REGISTRIES } from '../../../src/services/registry-defaults.ts'
import type { RegistryClient } from '../../../src/services/registry.ts'
import { fakeHost, type FakeHost, type Given } from '../../support/fake-host.ts'

const SHA512 = 'ab'.repeat(64)
const SRI = `sha512-${Buffer.from(SHA512, 'hex').toString('base64')}`
const SHA1 = 'cd'.repeat(20)

const MIRROR = { '.npmrc': 'registry=https://m.example/npm/' }

function connect(given: Given = {}): { client: RegistryClient; host: FakeHost } {
  const host = fakeHost({ files: MIRROR, ...given })
  const client = npmRegistry.connect({
    host,
    signal: new AbortController().signal,
    goChecksumDatabase: true,
    lockfiles: ['package-lock.json']
  })
  return { client, host }
}

/** A component as the extractor makes it of a lock's entry. */
function locked(
  entry: Readonly<Record<string, unknown>>,
  path = 'node_modules/a'
): readonly [Component, LockedFile] {
  const packages = { [path]: { version: '1.0.0', integrity: SRI, ...entry } }
  const text = JSON.stringify({ lockfileVersion: 3, packages })
  const [component] = npm.extract({ path: 'package-lock.json', text }, () => undefined).components
  const file = component?.files[0]
  if (!component || !file) throw new Error('nothing locked')
  return [component, file]
}

function packument(dist: unknown, version = '1.0.0'): string {
  return JSON.stringify({ name: 'a', versions: { '0.9.0': {}, [version]: { dist } } })
}

describe('locate', () => {
  it.each([
    ['node_modules/a', 'https://m.example/npm/a/-/a-1.0.0.tgz'],
    ['node_modules/@s/a', 'https://m.example/npm/@s/a/-/a-1.0.0.tgz'],
    ['node_modules/a b%2f', 'https://m.example/npm/a%20b%252f/-/a%20b%252f-1.0.0.tgz']
  ])('puts %s without an address on the configured registry', async (path, url) => {
    const { client } = connect()

    expect(await client.locate(...locked({}, path))).toMatchObject({ url })
  })

  it('takes the real name of an alias', async () => {
    const { client } = connect()

    const remote = await client.locate(...locked({ name: '@s/real' }))

    expect(remote?.url).toBe('https://m.example/npm/@s/real/-/real-1.0.0.tgz')
  })

  it('takes the address of the lock, without its credentials and fragment', async () => {
    const { client } = connect()
    const [component, file] = locked({ resolved: 'https://r.example/a/-/a-1.0.0.tgz' })

    const remote = await client.locate(component, {
      ...file,
      url: 'https://u:p@r.example/a/-/a-1.0.0.tgz?x=1#sha1'
    })

    expect(remote?.url).toBe('https://r.example/a/-/a-1.0.0.tgz?x=1')
    expect(remote?.elsewhere).toBeUndefined()
  })

  it('replaces the public registry by the configured one', async () => {
    const { client } = connect()

    const remote = await client.locate(
      ...locked({ resolved: `${DEFAULT_REGISTRIES.npm}a/-/a-1.0.0.tgz` })
    )

    expect(remote?.url).toBe('https://m.example/npm/a/-/a-1.0.0.tgz')
  })

  it('has the archive of no registry where the lock says', async () => {
    const { client } = connect({
      machineFiles: { '/home/.npmrc': '//m.example/npm/:_authToken=t' },
      env: { HOME: '/home' }
    })

    const remote = await client.locate(...locked({ resolved: 'https://o.example/x.tgz' }))

    expect(remote).toEqual({ url: 'https://o.example/x.tgz', maxBytes: expect.any(Number) })
  })

  it('sends the credential of the address that is asked', async () => {
    const { client } = connect({
      machineFiles: { '/home/.npmrc': '//m.example/npm/:_authToken=t' },
      env: { HOME: '/home' }
    })

    expect(await client.locate(...locked({}))).toMatchObject({ authorization: 'Bearer t' })
  })

  it.each<[Origin]>([
    [{ kind: 'git', url: 'ssh://git@g.example/a.git' }],
    [{ kind: 'local', path: 'a.tgz' }]
  ])('knows no place for %j', async (origin) => {
    const { client } = connect()
    const [component, file] = locked({})

    expect(await client.locate({ ...component, origin }, file)).toBeUndefined()
    expect(await client.indexEntry({ ...component, origin }, file)).toBeUndefined()
  })

  it.each(['..', '@s/..', 'a/b/c', '', '@s'])(
    'knows no place for a package called %j',
    async (name) => {
      const { client } = connect()
      const [component, file] = locked({})

      expect(await client.locate({ ...component, name }, file)).toBeUndefined()
    }
  )

  it.each(['ftp://a.example/a.tgz', 'a.tgz', 'javascript:0'])('refuses %s', async (url) => {
    const { client } = connect()
    const [component, file] = locked({})

    await expect(client.locate(component, { ...file, url })).rejects.toThrow(
      expect.objectContaining({ code: 'SERVICE_UNREACHABLE' })
    )
  })

  it('uses the configuration beside the lock', async () => {
    const { client } = connect({ files: { ...MIRROR, 'web/.npmrc': 'registry=https://w.example' } })
    const [component, file] = locked({})

    const remote = await client.locate(component, {
      ...file,
      location: { path: 'web/package-lock.json' }
    })

    expect(remote?.url).toBe('https://w.example/a/-/a-1.0.0.tgz')
  })

  it('names another place when the registry has one', async () => {
    const { client, host } = connect({
      responses: { 'https://m.example/npm/a': packument({ tarball: 'https://cdn.example/a.tgz' }) }
    })
    const remote = await client.locate(...locked({}))

    expect(host.requests).toEqual([])
    expect(await remote?.elsewhere?.()).toMatchObject({ url: 'https://cdn.example/a.tgz' })
  })

  it.each([
    ['the same', packument({ tarball: 'https://m.example/npm/a/-/a-1.0.0.tgz' })],
    ['none', packument({})],
    ['not this version', packument({ tarball: 'https://cdn.example/a.tgz' }, '2.0.0')]
  ])('names no other place when the registry says %s', async (_what, answer) => {
    const { client } = connect({ responses: { 'https://m.example/npm/a': answer } })

    const remote = await client.locate(...locked({}))

    expect(await remote?.elsewhere?.()).toBeUndefined()
  })
})

describe('indexEntry', () => {
  it('is what the document of the package states, asked for once', async () => {
    const { client, host } = connect({
      responses: { 'https://m.example/npm/@s%2fa': packument({ integrity: SRI, shasum: SHA1 }) }
    })
    const item = locked({}, 'node_modules/@s/a')

    expect(await client.indexEntry(...item)).toEqual({
      source: 'https://m.example/npm/@s%2fa',
      digests: [
        { algorithm: 'sha512', hex: SHA512 },
        { algorithm: 'sha1', hex: SHA1 }
      ]
    })
    await client.indexEntry(...item)
    expect(host.requests).toEqual([
      expect.objectContaining({
        compressed: true,
        headers: { accept: expect.stringContaining('application/vnd.npm.install-v1+json') }
      })
    ])
  })

  it('is asked of the registry that the lock names', async () => {
    const { client } = connect({
      responses: { 'https://r.example/team/a': packument({ shasum: SHA1 }) }
    })

    const entry = await client.indexEntry(
      ...locked({ resolved: 'https://r.example/team/a/-/a-1.0.0.tgz' })
    )

    expect(entry?.source).toBe('https://r.example/team/a')
  })

  it.each([
    ['does not know the package', {}],
    ['does not know the version', { 'https://m.example/npm/a': packument({}, '2.0.0') }],
    ['states no digest', { 'https://m.example/npm/a': packument({ integrity: 'none' }) }],
    ['has no versions', { 'https://m.example/npm/a': '{"versions":[]}' }],
    ['has hostile versions', { 'https://m.example/npm/a': '{"versions":{"1.0.0":null}}' }]
  ])('is nothing when the registry %s', async (_what, responses) => {
    const { client } = connect({ responses })

    expect(await client.indexEntry(...locked({}))).toBeUndefined()
  })

  it.each(['<html>', '[]', 'null', ''])('is an error when the answer is %j', async (answer) => {
    const { client } = connect({ responses: { 'https://m.example/npm/a': answer } })

    await expect(client.indexEntry(...locked({}))).rejects.toThrow(
      expect.objectContaining({ code: 'SERVICE_RESPONSE_INVALID', url: 'https://m.example/npm/a' })
    )
  })

  it('of a document beyond the limit is that of the version alone', async () => {
    const tooLong = new ServiceError({
      code: 'SERVICE_LIMIT_EXCEEDED',
      message: 'too long',
      remedy: 'none'
    })
    const { client, host } = connect({
      responses: {
        'https://m.example/npm/a': tooLong,
        'https://m.example/npm/a/1.0.0': JSON.stringify({ dist: { integrity: SRI } })
      }
    })

    expect(await client.indexEntry(...locked({}))).toEqual({
      source: 'https://m.example/npm/a/1.0.0',
      digests: [{ algorithm: 'sha512', hex: SHA512 }]
    })
    await client.indexEntry(...locked({}))
    expect(host.requests.map(({ url }) => url)).toEqual([
      'https://m.example/npm/a',
      'https://m.example/npm/a/1.0.0',
      'https://m.example/npm/a/1.0.0'
    ])
  })

  it('of the archive of no registry cannot be had', async () => {
    const { client } = connect()

    await expect(
      client.indexEntry(...locked({ resolved: 'https://o.example/x.tgz' }))
    ).rejects.toThrow(/no index states its digest/)
  })

  it('is an error when the registry cannot be asked', async () => {
    const down = new ServiceError({
      code: 'SERVICE_UNREACHABLE',
      message: 'down',
      remedy: 'none'
    })
    const { client } = connect({ responses: { 'https://m.example/npm/a': down } })

    await expect(client.indexEntry(...locked({}))).rejects.toThrow('down')
  })
})

it.each([
  [{}, true],
  [{ os: ['linux'], cpu: ['x64'], libc: ['glibc'] }, true],
  [{ os: ['win32'] }, false]
])('selects a package with %j on Linux: %s', async (constraint, selected) => {
  const { client } = connect()

  expect(await client.selects(...locked(constraint))).toBe(selected)
})
