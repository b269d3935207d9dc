import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { Host } from '../../src/host/host.ts'
import { httpClient } from '../../src/host/http.ts'
import type { SigstoreSettings } from '../../src/model/settings.ts'
import { sigstoreInstance, type SigstoreInstance } from '../../src/services/sigstore-instance.ts'
import { sigstoreSeed } from '../../src/services/sigstore-seed.ts'
import { fakeHost } from '../support/fake-host.ts'
import { type EmbeddedSigstore, startSigstore } from '../support/services/sigstore/sigstore.ts'

let sigstore: EmbeddedSigstore

beforeAll(async () => {
  sigstore = await startSigstore()
})

afterEach(() => {
  sigstore.behave()
})

afterAll(() => sigstore.close())

const HTTP = httpClient({ env: {}, version: '0.0.0', concurrency: 4 })
const ISSUER = 'https://token.actions.githubusercontent.com'

interface Given {
  readonly settings?: Partial<SigstoreSettings>
  /** JSON of files by path. */
  readonly files?: Readonly<Record<string, unknown>>
  readonly texts?: Readonly<Record<string, string>>
  readonly host?: Pick<Host, 'http' | 'now' | 'log'>
}

function find({ settings, files = {}, texts, host }: Given): Promise<SigstoreInstance> {
  const all: Readonly<Record<string, string>> = {
    ...Object.fromEntries(
      Object.entries(files).map(([path, value]) => [path, JSON.stringify(value)])
    ),
    ...texts
  }
  return sigstoreInstance({
    host: host ?? { ...fakeHost(), http: HTTP, now: () => new Date() },
    signal: new AbortController().signal,
    settings: { rekor: 'auto', oidcIssuer: ISSUER, ...settings },
    readText: (path) => Promise.resolve(Object.hasOwn(all, path) ? all[path] : undefined)
  })
}

const FILES = { trustedRoot: 'root.json', signingConfig: 'config.json' }

function serviceAt(url: string, majorApiVersion = 1, operator = 'a'): object {
  return { url, majorApiVersion, validFor: { start: '2025-01-01T00:00:00Z' }, operator }
}

function configWith(changes: object = {}): object {
  return {
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: [serviceAt('https://ca.example')],
    rekorTlogUrls: [serviceAt('https://log.example'), serviceAt('https://log2.example', 2, 'b')],
    tsaUrls: [serviceAt('https://tsa.example/api')],
    ...changes
  }
}

describe('the instance, when nothing is said', () => {
  it('is the public one, as it came with Assay when nothing newer can be had', async () => {
    const { takenAt, target } = await sigstoreSeed()

    expect(await find({ host: fakeHost() })).toEqual({
      trustedRoot: target('trusted_root.json'),
      asOf: takenAt,
      frozen: 'tuf-repo-cdn.sigstore.dev: the repository has no timestamp.json',
      isPublic: true,
      fulcioUrl: 'https://fulcio.sigstore.dev',
      rekor: { url: 'https://rekor.sigstore.dev', version: 1 },
      timestampUrl: 'https://timestamp.sigstore.dev/api/v1/timestamp'
    })
  })

  it('is the same without a network', async () => {
    const http = httpClient({ env: {}, version: '0.0.0', concurrency: 4, offline: true })
    const instance = await find({ host: { ...fakeHost(), http } })

    expect(instance.frozen).toContain('the run is offline')
    expect(instance.isPublic).toBe(true)
  })

  it.each([
    ['2', { url: 'https://log2025-1.rekor.sigstore.dev', version: 2 }],
    ['none', undefined]
  ] as const)('has the log that is asked for: %s', async (rekor, expected) => {
    const instance = await find({ host: fakeHost(), settings: { rekor } })

    expect(instance.rekor).toEqual(expected)
    expect(instance.isPublic).toBe(true)
  })
})

describe('the instance of files', () => {
  it('is what they say, of today', async () => {
    const instance = await find({
      settings: FILES,
      files: { 'root.json': { tlogs: [] }, 'config.json': configWith() },
      host: fakeHost()
    })

    expect(instance).toEqual({
      trustedRoot: { tlogs: [] },
      asOf: '2026-01-02',
      isPublic: false,
      fulcioUrl: 'https://ca.example',
      rekor: { url: 'https://log2.example', version: 2 },
      timestampUrl: 'https://tsa.example/api'
    })
  })

  it('may be a trusted root alone, for verifying', async () => {
    const settings = { trustedRoot: 'root.json' }

    expect(await find({ settings, files: { 'root.json': {} }, host: fakeHost() })).toEqual({
      trustedRoot: {},
      asOf: '2026-01-02',
      isPublic: false
    })
  })

  it.each([
    ['1', { url: 'https://log.example', version: 1 }],
    ['2', { url: 'https://log2.example', version: 2 }],
    ['none', undefined]
  ] as const)('has the log that is asked for: %s', async (rekor, expected) => {
    const files = { 'root.json': {}, 'config.json': configWith() }

    expect((await find({ settings: { ...FILES, rekor }, files })).rekor).toEqual(expected)
  })

  it('has all that its selectors demand', async () => {
    const config = configWith({
      rekorTlogConfig: { selector: 'ALL' },
      tsaUrls: [serviceAt('https://tsa.example/api'), serviceAt('https://tsa2.example', 1, 'b')],
      tsaConfig: { selector: 'EXACT', count: 2 }
    })
    const instance = await find({
      settings: FILES,
      files: { 'root.json': {}, 'config.json': config }
    })

    expect(instance).toMatchObject({
      rekor: { url: 'https://log2.example', version: 2 },
      timestampUrl: 'https://tsa.example/api',
      further: {
        rekor: [{ url: 'https://log.example', version: 1 }],
        timestampUrls: ['https://tsa2.example']
      }
    })
  })

  it.each<[string, Given, string, RegExp]>([
    [
      'a configuration without a root',
      { settings: { signingConfig: 'config.json' } },
      'INPUT_CONFLICT',
      /without `trusted-root`/
    ],
    [
      'a TUF repository beside them',
      { settings: { ...FILES, tufUrl: 'https://tuf.example' } },
      'INPUT_CONFLICT',
      /expected one of them/
    ],
    [
      'a TUF repository without its root',
      { settings: { tufUrl: 'https://tuf.example' } },
      'INPUT_CONFLICT',
      /expected both/
    ],
    [
      'the root of a TUF repository alone',
      { settings: { tufRoot: 'r.json' } },
      'INPUT_CONFLICT',
      /expected both/
    ],
    ['no file', { settings: FILES }, 'INPUT_INVALID', /`trusted-root` "root.json".*no such file/],
    [
      'a file that is no JSON',
      { settings: FILES, texts: { 'root.json': '{' } },
      'INPUT_INVALID',
      /Cannot parse "root.json"/
    ],
    [
      'a configuration that is none',
      { settings: FILES, files: { 'root.json': {}, 'config.json': {} } },
      'INPUT_INVALID',
      /`signing-config` "config.json": found the media type none/
    ],
    [
      'no log of the version',
      {
        settings: { ...FILES, rekor: '2' },
        files: {
          'root.json': {},
          'config.json': configWith({ rekorTlogUrls: [serviceAt('https://log.example')] })
        }
      },
      'INPUT_INVALID',
      /no log of version 2/
    ],
    [
      'fewer services than its selector demands',
      {
        settings: FILES,
        files: {
          'root.json': {},
          'config.json': configWith({ tsaConfig: { selector: 'EXACT', count: 2 } })
        }
      },
      'INPUT_INVALID',
      /timestamp authorities: 2 services/
    ]
  ])('is refused with %s', async (_what, given, code, message) => {
    await expect(find(given)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(/\w/)
    })
  })
})

function tufSettings(): Partial<SigstoreSettings> {
  return { tufUrl: sigstore.tuf.url, tufRoot: 'tuf.json' }
}

function tufFiles(): Record<string, unknown> {
  return { 'tuf.json': sigstore.tuf.root }
}

describe('the instance of a TUF repository', () => {
  it('is what it has', async () => {
    expect(await find({ settings: tufSettings(), files: tufFiles() })).toEqual({
      trustedRoot: sigstore.trustedRoot,
      asOf: new Date().toISOString().slice(0, 10),
      isPublic: false,
      fulcioUrl: sigstore.fulcio.url,
      rekor: { url: sigstore.rekorV1.url, version: 1 },
      timestampUrl: `${sigstore.tsa.url}/api/v1/timestamp`
    })
  })

  it('has another configuration for logs of version 2', async () => {
    const instance = await find({ settings: { ...tufSettings(), rekor: '2' }, files: tufFiles() })

    expect(instance.rekor).toEqual({ url: sigstore.rekorV2.url, version: 2 })
  })

  it('is none with the root of another', async () => {
    const other = await startSigstore()
    const given = { settings: tufSettings(), files: { 'tuf.json': other.tuf.root } }
    await other.close()

    await expect(find(given)).rejects.toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID',
      message: expect.stringContaining(`TUF repository "${sigstore.tuf.url}"`),
      remedy: expect.stringContaining('tuf-root')
    })
  })

  it('is none when it cannot be reached, and never another one instead', async () => {
    sigstore.fault('tuf', { kind: 'status', status: 403 })

    await expect(find({ settings: tufSettings(), files: tufFiles() })).rejects.toMatchObject({
      code: 'SERVICE_STATUS'
    })
  })

  it('is none when there is no trusted root in it', async () => {
    sigstore.fault('tuf', { kind: 'status', status: 404 }, 'GET /targets/')

    await expect(find({ settings: tufSettings(), files: tufFiles() })).rejects.toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID'
    })
  })
})

type Root = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>

async function publicRoot(): Promise<Root> {
  const { target } = await sigstoreSeed()
  return target('trusted_root.json') as Root
}

describe('an instance is public', () => {
  const PRIVATE = {
    caUrls: [serviceAt('https://ca.example')],
    rekorTlogUrls: [serviceAt('https://log.example')],
    tsaUrls: []
  }

  async function isPublic(root: unknown, changes: object): Promise<boolean> {
    const files = { 'root.json': root, 'config.json': configWith({ ...PRIVATE, ...changes }) }
    return (await find({ settings: FILES, files })).isPublic
  }

  it.each([
    ['https://fulcio.sigstore.dev', true],
    ['https://FULCIO.Sigstore.DEV', true],
    ['https://fulcio.sigstore.dev.', true],
    ['https://sigstore.dev', true],
    ['https://fulcio.sigstage.dev', true],
    ['https://fulcio.sigstore.dev.example', false],
    ['https://notsigstore.dev', false],
    ['https://fulcio.githubapp.com', false]
  ])('by its addresses: %s %s', async (url, expected) => {
    expect(await isPublic({}, { caUrls: [serviceAt(url)] })).toBe(expected)
    expect(await isPublic({}, { rekorTlogUrls: [serviceAt(url)] })).toBe(expected)
  })

  it('when something is private in front of it', async () => {
    expect(await isPublic(await publicRoot(), {})).toBe(true)
  })

  it('when something is private in front of it and says so in a root of its own', async () => {
    const root = await publicRoot()
    const certificateAuthorities = root['certificateAuthorities']?.map((authority) => ({
      ...authority,
      uri: 'https://ca.example'
    }))

    expect(await isPublic({ certificateAuthorities }, {})).toBe(true)
  })

  it('when its log is, whatever its authority', async () => {
    const root = await publicRoot()
    const tlogs = root['tlogs']?.map((log) => ({ ...log, baseUrl: 'https://log.example' }))

    expect(await isPublic({ tlogs }, {})).toBe(true)
  })

  it('but not because a root has the public one beside it', async () => {
    const { certificateAuthorities = [], tlogs = [] } = await publicRoot()
    const root = {
      certificateAuthorities: [
        ...certificateAuthorities,
        { uri: 'https://ca.example', certChain: { certificates: [{ rawBytes: 'AA==' }] } }
      ],
      tlogs: [...tlogs, { baseUrl: 'https://log.example', publicKey: { rawBytes: 'AQ==' } }]
    }

    expect(await isPublic(root, {})).toBe(false)
  })
})
