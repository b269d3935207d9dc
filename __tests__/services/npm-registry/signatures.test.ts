import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { registryKeysIn } from '../../../src/services/npm-registry/keys.ts'
import { npmSignatures, npmSignaturesBy } from '../../../src/services/npm-registry/signatures.ts'
import type {
  SignatureAnswer,
  SignatureClient,
  SignatureQuestion
} from '../../../src/services/signature-source.ts'
import { sigstoreSeed } from '../../../src/services/sigstore-seed.ts'
import { NPM_KEYS_TARGET } from '../../../src/services/registry-defaults.ts'
import { type Canned, fakeHost, type FakeHost } from '../../support/fake-host.ts'
import { signatureContext } from '../../support/signed/context.ts'
import {
  keysTarget,
  lockedPackage,
  signatureOf,
  sriOf,
  type TestKey,
  testKey
} from '../../support/signed/npm-registry.ts'

const BODY = 'the bytes of a 1.0.0'
const KEY = testKey()
const OTHER = testKey()
const URL_OF_A = 'https://m.example/npm/a'

interface Case {
  readonly dist?: unknown
  readonly keys?: readonly TestKey[]
  readonly document?: Canned
  readonly time?: unknown
}

async function ask({ dist, keys = [KEY], document, time }: Case): Promise<{
  readonly answer: SignatureAnswer | undefined
  readonly host: FakeHost
}> {
  const sibling = { dist: { signatures: [signatureOf(KEY, `a@0.9.0:${sriOf('old')}`)] } }
  const text = JSON.stringify({ versions: { '0.9.0': sibling, '1.0.0': { dist } }, time })
  const host = fakeHost({
    files: { '.npmrc': 'registry=https://m.example/npm/' },
    responses: { [URL_OF_A]: document ?? text }
  })
  const source = npmSignaturesBy(() => {
    return Promise.resolve({
      keys: registryKeysIn(keysTarget(keys)),
      trustedRoot: {},
      asOf: '2026-01-01'
    })
  })
  const client = source.connect(signatureContext(host))
  const component = lockedPackage('a', '1.0.0', BODY)
  const [file] = component.files
  const [digest] = file?.digests ?? []
  if (!file || !digest) throw new Error('nothing locked')
  const answer = await client.ask({ component, file, digest })
  const observations = answer?.observations.filter(({ kind }) => kind === 'signature') ?? []
  return { answer: answer && { ...answer, observations }, host }
}

const GOOD = signatureOf(KEY, `a@1.0.0:${sriOf(BODY)}`)

const SIGNED = JSON.stringify({ dist: { signatures: [GOOD] } })

/** A client of a registry with these answers, by what follows the address of the package. */
function connected(answers: Readonly<Record<string, Canned>>): {
  readonly client: SignatureClient
  readonly question: SignatureQuestion
  readonly host: FakeHost
} {
  const responses = Object.entries(answers).map(([path, answer]) => [`${URL_OF_A}${path}`, answer])
  const host = fakeHost({
    files: { '.npmrc': 'registry=https://m.example/npm/' },
    responses: Object.fromEntries(responses) as Record<string, Canned>
  })
  const trust = { keys: [KEY], trustedRoot: {}, asOf: '2026-01-01' }
  const source = npmSignaturesBy(() => Promise.resolve(trust))
  const client = source.connect(signatureContext(host))
  const component = lockedPackage('a', '1.0.0', BODY)
  const [file] = component.files
  const [digest] = file?.digests ?? []
  if (!file || !digest) throw new Error('nothing locked')
  return { client, question: { component, file, digest }, host }
}

describe('a signature of the registry', () => {
  it.each([
    ['by a known key over these bytes', [GOOD]],
    ['beside one of a key that nobody knows', [signatureOf(OTHER, 'x'), GOOD]],
    ['beside one of the same key that does not hold', [signatureOf(KEY, 'x'), GOOD]]
  ])('is verified: %s', async (_case, signatures) => {
    const { answer } = await ask({ dist: { signatures } })

    expect(answer?.observations).toMatchObject([
      { kind: 'signature', outcome: 'verified', source: URL_OF_A }
    ])
    expect(answer?.observations[0]?.detail).toContain(KEY.id)
  })

  it.each([
    ['another version', signatureOf(KEY, `a@1.0.1:${sriOf(BODY)}`)],
    ['another package', signatureOf(KEY, `b@1.0.0:${sriOf(BODY)}`)],
    ['other bytes', signatureOf(KEY, `a@1.0.0:${sriOf('evil')}`)],
    [
      'their SHA-1',
      signatureOf(KEY, `a@1.0.0:sha1-${createHash('sha1').update(BODY).digest('base64')}`)
    ],
    ['nothing but the digest', signatureOf(KEY, sriOf(BODY))],
    [
      'these bytes, but by another key under the name of this one',
      {
        ...signatureOf(OTHER, `a@1.0.0:${sriOf(BODY)}`),
        keyid: KEY.id
      }
    ],
    ['these bytes, with a bit flipped', { ...GOOD, sig: flipped(GOOD.sig) }],
    ['these bytes, cut off', { ...GOOD, sig: GOOD.sig.slice(0, 40) }],
    ['nothing: no base64', { ...GOOD, sig: '%%%' }],
    ['nothing: no text at all', { ...GOOD, sig: 7 }]
  ])('is contradicted when it is over %s', async (_case, signature) => {
    const { answer } = await ask({
      dist: { integrity: sriOf('what the registry says'), signatures: [signature] }
    })

    expect(answer?.observations).toMatchObject([{ outcome: 'contradicted' }])
  })

  it.each([
    ['a key that nobody knows', [signatureOf(OTHER, `a@1.0.0:${sriOf(BODY)}`)]],
    ['no key id', [{ sig: GOOD.sig }]],
    ['no object', ['x', null, 5]]
  ])('is unavailable with %s', async (_case, signatures) => {
    const { answer } = await ask({ dist: { signatures } })

    expect(answer?.observations).toMatchObject([
      { outcome: 'unavailable', reason: 'it signs with a key that was not known on 2026-01-01' }
    ])
  })

  it('is not taken from a key that is for attestations', async () => {
    const { answer } = await ask({
      dist: { signatures: [GOOD] },
      keys: [{ ...KEY, usage: 'npm:attestations' }]
    })

    expect(answer?.observations).toMatchObject([{ outcome: 'unavailable' }])
  })

  it.each([[undefined], [[]], ['x'], [{}], [null]])(
    'is absent where the entry is %j',
    async (signatures) => {
      const { answer } = await ask({ dist: { signatures } })

      expect(answer).toMatchObject({
        serves: ['signature'],
        observations: [
          {
            outcome: 'absent',
            detail: 'the registry did not sign it, other versions of it are'
          }
        ]
      })
    }
  )

  it('holds whatever the registry says of the time, and says so', async () => {
    const { answer } = await ask({ dist: { signatures: [GOOD] }, time: { '1.0.0': '2019-05-05' } })

    expect(answer?.observations).toMatchObject([
      { outcome: 'verified', detail: expect.stringContaining('outside of which') as unknown }
    ])
  })

  it.each<[string, Readonly<Record<string, Canned>>, readonly string[]]>([
    ['the manifest of the version alone', { '/1.0.0': SIGNED }, ['/1.0.0']],
    [
      'the document where there is no manifest',
      { '': JSON.stringify({ versions: { '1.0.0': JSON.parse(SIGNED) as unknown } }) },
      ['/1.0.0', '']
    ],
    [
      'the document where the manifest is no JSON',
      {
        '/1.0.0': '<html>',
        '': JSON.stringify({ versions: { '1.0.0': JSON.parse(SIGNED) as unknown } })
      },
      ['/1.0.0', '']
    ]
  ])('is found in %s', async (_where, answers, asked) => {
    const { client, question, host } = connected(answers)

    const answer = await client.ask(question)

    expect(answer?.observations[0]).toMatchObject({ kind: 'signature', outcome: 'verified' })
    expect(host.requests.map(({ url }) => url)).toEqual(asked.map((path) => `${URL_OF_A}${path}`))
  })

  it('is absent from a manifest, and the siblings are not known, where the document is too long', async () => {
    const { client, question } = connected({
      '/1.0.0': '{"dist":{}}',
      '': { bytes: 0, body: new Uint8Array(33 * 1024 * 1024) }
    })

    expect(await client.ask(question)).toMatchObject({
      serves: [],
      observations: [{ outcome: 'absent', detail: 'the registry did not sign it' }, {}]
    })
  })

  it.each([['{"versions":{}}'], ['{}'], ['{"versions":{"__proto__":{}}}']])(
    'is of no version in %s',
    async (document) => {
      expect((await ask({ document })).answer).toBeUndefined()
    }
  )

  it('sends the credentials of the registry to the registry', async () => {
    const host = fakeHost({
      machineFiles: { '/home/u/.npmrc': '//m.example/npm/:_authToken=t0k3n' },
      env: { HOME: '/home/u', npm_config_registry: 'https://m.example/npm/' }
    })
    const client = npmSignatures.connect(signatureContext(host))
    const component = lockedPackage('a', '1.0.0', BODY)
    const [file] = component.files
    const [digest] = file?.digests ?? []

    if (file && digest) await client.ask({ component, file, digest })

    expect(host.requests).toMatchObject([
      { url: `${URL_OF_A}/1.0.0`, authorization: 'Bearer t0k3n' },
      { url: URL_OF_A, authorization: 'Bearer t0k3n' }
    ])
  })
})

describe('another registry for signatures', () => {
  const OTHER_URL = 'https://public.example'

  async function asked(
    name: string,
    answers: Readonly<Record<string, Canned>>,
    npmrc = 'registry=https://m.example/npm/\n@own:registry=https://own.example/'
  ): Promise<{ readonly answer: SignatureAnswer | undefined; readonly urls: readonly string[] }> {
    const host = fakeHost({ files: { '.npmrc': npmrc }, responses: answers })
    const trust = { keys: [KEY], trustedRoot: {}, asOf: '2026-01-01' }
    const client = npmSignaturesBy(() => Promise.resolve(trust)).connect({
      ...signatureContext(host),
      npmSignaturesFrom: OTHER_URL
    })
    const component = lockedPackage(name, '1.0.0', BODY)
    const [file] = component.files
    const [digest] = file?.digests ?? []
    if (!file || !digest) throw new Error('nothing locked')
    const answer = await client.ask({ component, file, digest })
    return { answer, urls: host.requests.map(({ url }) => url) }
  }

  const UNSIGNED = JSON.stringify({ versions: { '1.0.0': { dist: {} } } })

  it('is asked when the configured one has none', async () => {
    const { answer } = await asked('a', {
      [URL_OF_A]: UNSIGNED,
      [`${OTHER_URL}/a/1.0.0`]: SIGNED
    })

    expect(answer).toMatchObject({
      serves: ['signature'],
      observations: [{ outcome: 'verified', source: `${OTHER_URL}/a/1.0.0` }, {}]
    })
  })

  it('is believed no more than the configured one', async () => {
    const forged = { dist: { signatures: [signatureOf(KEY, `a@1.0.0:${sriOf('evil')}`)] } }

    const { answer } = await asked('a', {
      [URL_OF_A]: UNSIGNED,
      [`${OTHER_URL}/a/1.0.0`]: JSON.stringify(forged)
    })

    expect(answer?.observations[0]).toMatchObject({ outcome: 'contradicted' })
  })

  it('is not asked when the configured one has a signature', async () => {
    const { urls } = await asked('a', { [`${URL_OF_A}/1.0.0`]: SIGNED })

    expect(urls).toEqual([`${URL_OF_A}/1.0.0`])
  })

  it('hears nothing of packages whose scope has a registry of its own', async () => {
    const { urls } = await asked('@own/secret', {})

    expect(urls.filter((url) => !url.startsWith('https://own.example/'))).toEqual([])
    expect(urls.length).toBe(2)
  })

  it('leaves what the configured one says when it knows no such package', async () => {
    const { answer } = await asked('a', { [URL_OF_A]: UNSIGNED })

    expect(answer).toMatchObject({
      serves: [],
      observations: [{ outcome: 'absent', source: URL_OF_A }, {}]
    })
  })
})

describe('keys', () => {
  it('come with Assay: the two of the public registry, each for signatures and attestations', async () => {
    const seed = await sigstoreSeed()

    const keys = registryKeysIn(seed.target(NPM_KEYS_TARGET))

    expect(keys.map(({ id, usage, until }) => [id, usage, until?.slice(0, 10)])).toEqual([
      ['SHA256:jl3bwswu80PjjokCgh0o2w5c2U4LhQAE57gj9cz1kzA', 'npm:signatures', '2025-01-29'],
      ['SHA256:jl3bwswu80PjjokCgh0o2w5c2U4LhQAE57gj9cz1kzA', 'npm:attestations', '2025-01-29'],
      ['SHA256:DhQ8wR5APBvFHLF/+Tc+AYvPOdTpcIDqOhxsBHRwC7U', 'npm:signatures', undefined],
      ['SHA256:DhQ8wR5APBvFHLF/+Tc+AYvPOdTpcIDqOhxsBHRwC7U', 'npm:attestations', undefined]
    ])
  })

  it('are left out when the id is that of another key', () => {
    const lying = { ...KEY, id: OTHER.id }

    expect(registryKeysIn(keysTarget([lying, OTHER])).map(({ id }) => id)).toEqual([OTHER.id])
  })

  it.each([
    [undefined],
    [{}],
    [{ keys: 'x' }],
    [{ keys: [null, {}, { keyId: 'x', keyUsage: 'y', publicKey: { rawBytes: 'AAAA' } }] }]
  ])('are none in %j', (target) => {
    expect(registryKeysIn(target)).toEqual([])
  })
})

function flipped(base64: string): string {
  const bytes = Buffer.from(base64, 'base64')
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  return bytes.toString('base64')
}
