import { describe, expect, it } from '@jest/globals'
import { CancelledError, ServiceError } from '../../src/model/errors.ts'
import { goProxy } from '../../src/services/go-proxy.ts'
import type { RegistryClient } from '../../src/services/registry.ts'
import { fakeHost, type FakeHost, type Given } from '../support/fake-host.ts'
import {
  componentOf,
  h1Of,
  lockedFile,
  type Responses,
  testDatabase,
  testModule
} from '../support/go-registry.ts'
import { zipOf } from '../support/module-zip.ts'

const MODULE = testModule('a.example/Upper/b', 'v1.2.3')
const COMPONENT = componentOf(MODULE)
const ZIP = lockedFile(MODULE, 'zip')
const MOD = lockedFile(MODULE, 'go.mod')
const PATH = 'a.example/!upper/b/@v/v1.2.3'

const UNREACHABLE = new ServiceError({
  code: 'SERVICE_UNREACHABLE',
  message: 'no route',
  remedy: 'none'
})

function connected(given: Given): { readonly client: RegistryClient; readonly host: FakeHost } {
  const host = fakeHost(given)
  const signal = new AbortController().signal
  const client = goProxy.connect({ host, signal, goChecksumDatabase: true, lockfiles: [] })
  return { client, host }
}

function clientFor(
  env: Readonly<Record<string, string>>,
  responses: Given['responses'] = {}
): RegistryClient {
  return connected({ env, responses }).client
}

describe('a file of a module', () => {
  const client = clientFor({ GOPROXY: 'https://proxy.example/go' })

  it('lies on the proxy, with upper case escaped', async () => {
    expect(await client.locate(COMPONENT, ZIP)).toMatchObject({
      url: `https://proxy.example/go/${PATH}.zip`,
      maxBytes: 500 * 1024 * 1024
    })
    expect(await client.locate(COMPONENT, MOD)).toMatchObject({
      url: `https://proxy.example/go/${PATH}.mod`,
      maxBytes: 16 * 1024 * 1024
    })
  })

  it('is hashed as go.sum hashes it', async () => {
    const [zip, mod] = [await client.locate(COMPONENT, ZIP), await client.locate(COMPONENT, MOD)]

    expect(await zip?.digestsOf?.(MODULE.zip)).toEqual([h1Of(MODULE, 'zip')])
    expect(await mod?.digestsOf?.(Buffer.from(MODULE.mod))).toEqual([h1Of(MODULE, 'go.mod')])
  })

  it.each([
    ['a page', Buffer.from('<html>not found</html>')],
    ['a zip of another module', testModule('evil.example').zip],
    ['a zip that was cut off', MODULE.zip.subarray(0, -10)],
    ['a zip of the module and more', zipOf([{ name: 'elsewhere/x' }])]
  ])('is refused when it is %s', async (_title, bytes) => {
    const remote = await client.locate(COMPONENT, ZIP)

    await expect(remote?.digestsOf?.(bytes)).rejects.toMatchObject({
      name: 'ServiceError',
      code: 'SERVICE_RESPONSE_INVALID',
      message: expect.stringContaining(
        `"${MODULE.path}@${MODULE.version}.zip": it is no module zip`
      )
    })
  })

  it('is always one that is installed', () => {
    expect(client.selects(COMPONENT, ZIP)).toBe(true)
  })

  it.each(['x', 'a.example/../b@v1.0.0.zip', 'a.example@master.zip', 'a.example@v1.0.0.tar'])(
    'is unknown by the name %j',
    async (name) => {
      expect(await client.locate(COMPONENT, { ...ZIP, name })).toBeUndefined()
      expect(await client.prove?.(COMPONENT, { ...ZIP, name }, [])).toEqual([])
    }
  )
})

describe('credentials', () => {
  it('go with every request to their proxy, and stay out of its URL', async () => {
    const env = { GOPROXY: 'https://user:secret@one.example,https://two.example' }
    const { client, host } = connected({
      env,
      responses: { [`https://one.example/${PATH}.mod`]: '' }
    })

    const remote = await client.locate(COMPONENT, ZIP)

    const authorization = `Basic ${Buffer.from('user:secret').toString('base64')}`
    expect(remote).toMatchObject({ url: `https://one.example/${PATH}.zip`, authorization })
    expect(host.requests.map((request) => request.authorization)).toEqual([authorization])
    expect(host.masked).toContain('secret')
  })
})

describe('a list of proxies', () => {
  const [one, two] = [`https://one.example/${PATH}.mod`, `https://two.example/${PATH}.mod`]
  const found = { body: Buffer.from(MODULE.mod) }
  const gone = { status: 410 }

  it.each([
    ['the first has it', 'https://one.example,https://two.example', { [one]: found }, 'one'],
    ['the first has it not', 'https://one.example,https://two.example', {}, 'two'],
    [
      'it is gone from the first',
      'https://one.example,https://two.example',
      { [one]: gone },
      'two'
    ],
    [
      'the first fails before |',
      'https://one.example|https://two.example',
      { [one]: UNREACHABLE },
      'two'
    ],
    [
      'the third is left',
      'https://one.example,https://two.example,https://three.example,direct',
      { [two]: gone },
      'three'
    ]
  ])('is walked: %s', async (_title, GOPROXY, responses, expected) => {
    const remote = await clientFor({ GOPROXY }, responses).locate(COMPONENT, ZIP)

    expect(remote?.url).toBe(`https://${expected}.example/${PATH}.zip`)
  })

  it('ends at a failure before a comma', async () => {
    const client = clientFor(
      { GOPROXY: 'https://one.example,https://two.example' },
      { [one]: UNREACHABLE }
    )

    await expect(client.locate(COMPONENT, ZIP)).rejects.toBe(UNREACHABLE)
  })

  it('ends when the run does, whatever the separator', async () => {
    const ended = new CancelledError({ code: 'CANCELLED', message: 'ended', remedy: 'none' })
    const client = clientFor(
      { GOPROXY: 'https://one.example|https://two.example' },
      { [one]: ended }
    )

    await expect(client.locate(COMPONENT, ZIP)).rejects.toBe(ended)
  })

  it('is walked once for both files of a module', async () => {
    const env = { GOPROXY: 'https://one.example,https://two.example' }
    const { client, host } = connected({ env, responses: { [one]: found } })

    await Promise.all([client.locate(COMPONENT, ZIP), client.locate(COMPONENT, MOD)])

    expect(host.requests.map(({ url }) => url)).toEqual([one])
  })

  it('of a single proxy asks for nothing beforehand', async () => {
    const { client, host } = connected({ env: { GOPROXY: 'https://one.example,direct' } })

    await client.locate(COMPONENT, ZIP)

    expect(host.requests).toEqual([])
  })

  it.each([
    ['off', 'GOPROXY is off'],
    ['direct', 'fetched from its repository'],
    ['file:///var/proxy', 'a folder']
  ])('may be %s, and says so', async (GOPROXY, reason) => {
    await expect(clientFor({ GOPROXY }).locate(COMPONENT, ZIP)).rejects.toMatchObject({
      name: 'ServiceError',
      message: expect.stringContaining(reason),
      reason: expect.stringContaining(reason)
    })
  })
})

describe('a private module', () => {
  const env = { GOPROXY: 'https://proxy.example', GOPRIVATE: '*.corp.example,a.example/Upper' }

  it('is asked for nowhere', async () => {
    const { client, host } = connected({ env })

    await expect(client.locate(COMPONENT, ZIP)).rejects.toMatchObject({
      message: expect.stringMatching(/GOPRIVATE names it: it is fetched from its repository/)
    })
    const [evidence] = (await client.prove?.(COMPONENT, ZIP, [h1Of(MODULE, 'zip')])) ?? []
    expect(evidence).toMatchObject({
      outcome: 'unavailable',
      detail: expect.stringContaining('GOPRIVATE')
    })
    expect(host.requests).toEqual([])
  })

  it('may come through a proxy all the same', async () => {
    const client = clientFor({ ...env, GONOPROXY: 'none' })

    expect(await client.locate(COMPONENT, ZIP)).toBeDefined()
  })
})

describe('the index', () => {
  const database = testDatabase([MODULE])
  const base = 'https://proxy.example/sumdb/sumdb.example'
  const env = { GOPROXY: 'https://proxy.example', GOSUMDB: database.key.verifier }
  const responses: Responses = { [`${base}/supported`]: '', ...database.responses(base, [601]) }

  it('is the proven record of the checksum database', async () => {
    const entry = await clientFor(env, responses).indexEntry(COMPONENT, MOD)

    expect(entry).toEqual({
      source: `${base}/lookup/a.example/!upper/b@v1.2.3`,
      digests: [h1Of(MODULE, 'go.mod')]
    })
  })

  it('is nothing that is not proven', async () => {
    const lookup = `${base}/lookup/a.example/!upper/b@v1.2.3`
    const changed = database.answer(100, 601).replace('h1:', 'h1:A')

    await expect(
      clientFor(env, { ...responses, [lookup]: changed }).indexEntry(COMPONENT, MOD)
    ).rejects.toMatchObject({ name: 'ServiceError' })
  })

  it('is none without a database', async () => {
    expect(await clientFor({ ...env, GOSUMDB: 'off' }).indexEntry(COMPONENT, MOD)).toBeUndefined()
    expect(
      await clientFor({ ...env, GONOSUMDB: 'a.example' }).indexEntry(COMPONENT, MOD)
    ).toBeUndefined()
  })
})

it('refuses a configuration that it cannot read', () => {
  expect(() => clientFor({ GOPROXY: 'nonsense' })).toThrow(
    expect.objectContaining({ code: 'CONFIG_SYNTAX' })
  )
})

it('ends without having started a thread', async () => {
  await expect(clientFor({}).close?.()).resolves.toBeUndefined()
})
