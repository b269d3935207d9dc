import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest
} from '@jest/globals'
import { renderStatement } from '../../src/formats/in-toto.ts'
import { InputError } from '../../src/model/errors.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { BundleSigner, SigningKey } from '../../src/services/bundle-signer.ts'
import { keySigner } from '../../src/services/sigstore-sign.ts'
import type { StageResult } from '../../src/stages/stage.ts'
import { minisig, testKey } from '../support/minisign.ts'
import { type GithubApi, startGithubApi } from '../support/services/github.ts'
import { type EmbeddedSigstore, startSigstore } from '../support/services/sigstore/sigstore.ts'
import { instanceOf, newSigningKey, signingDesk } from '../support/signing.ts'
import { type VerifyBench, verifyBench, workflowSigner } from '../support/verify-bench.ts'

const ANY = 'https://example.com/any/v1'
const BYTES = Buffer.from('the bytes of a release')
const SLUG = 'octo-org/octo-repo'

// Machines that test much at once take their time.
jest.setTimeout(30_000)

let sigstore: EmbeddedSigstore
let signer: BundleSigner
let key: SigningKey
let bench: VerifyBench

beforeAll(async () => {
  sigstore = await startSigstore()
  signer = await workflowSigner(sigstore)
  key = newSigningKey()
})

afterAll(() => sigstore.close())

beforeEach(() => {
  bench = verifyBench(sigstore)
  bench.put('key.pub', key.publicKey)
  bench.put('app.tgz', BYTES)
})

afterEach(() => {
  bench.remove()
})

function told({ findings = [] }: StageResult<unknown>): readonly string[] {
  return findings.map(({ rule, message }: Finding) => `${rule.id}: ${message}`)
}

async function signature(by = signer): Promise<string> {
  return JSON.stringify((await by.message(() => [BYTES])).json)
}

async function statement(bytes: Uint8Array = BYTES, by = signer): Promise<string> {
  const hex = createHash('sha256').update(bytes).digest('hex')
  const subject = { name: 'app.tgz', digest: { algorithm: 'sha256', hex } } as const
  return JSON.stringify((await by.statement(renderStatement([subject], ANY, ['{}']))).json)
}

async function byKey(rekor: '1' | '2' | 'none'): Promise<BundleSigner> {
  return keySigner(signingDesk(sigstore), await instanceOf(sigstore, rekor), key)
}

describe('a file', () => {
  it.each(['1', '2'] as const)('is verified by the bundle beside it: Rekor %s', async (rekor) => {
    bench.put('app.tgz.sigstore.json', await signature(await workflowSigner(sigstore, rekor)))

    const result = await bench.run({ subjects: ['app.tgz'] })

    expect(told(result)).toEqual([])
    expect(result.evidence).toEqual([
      expect.objectContaining({
        subject: 'app.tgz',
        kind: 'signature',
        outcome: 'verified',
        source: 'app.tgz.sigstore.json',
        signer: expect.objectContaining({ identity: sigstore.identity() }) as unknown
      })
    ])
  })

  it('is verified by a timestamp alone only where somebody said so', async () => {
    bench.put('app.tgz.sigstore.json', await signature(await workflowSigner(sigstore, 'none')))
    const settings = {
      sigstore: { rekor: 'none', trustedRoot: 'root.json', oidcIssuer: '' }
    } as const

    expect(told(await bench.run({ subjects: ['app.tgz'] }))).toEqual([
      expect.stringContaining('log entry: expected an entry of this very signature')
    ])
    expect(told(await bench.run({ subjects: ['app.tgz'] }, { settings }))).toEqual([])
  })

  it.each(['1', '2', 'none'] as const)('is verified with a key: Rekor %s', async (rekor) => {
    bench.put('app.tgz.sigstore.json', await signature(await byKey(rekor)))
    const asked = { subjects: ['app.tgz'], identities: [], issuers: [] }
    bench.put('other.pub', newSigningKey().publicKey)

    expect(told(await bench.run({ ...asked, publicKeys: ['key.pub'] }))).toEqual([])
    expect(told(await bench.run({ ...asked, publicKeys: ['other.pub', 'key.pub'] }))).toEqual([])
    expect(told(await bench.run({ ...asked, publicKeys: ['other.pub'] }))).toEqual([
      expect.stringContaining('verify/refused')
    ])
    expect(told(await bench.run({ subjects: ['app.tgz'] }))).toEqual([
      expect.stringContaining('public key: expected a public key that was given')
    ])
  })

  it('is verified with a key of minisign', async () => {
    const own = testKey('own')
    bench.put('minisign.pub', `untrusted comment: own\n${own.text}\n`)
    bench.put('app.tgz.minisig', minisig(own, BYTES))
    bench.put('changed.tgz', 'changed')
    bench.put('changed.tgz.minisig', minisig(own, BYTES))
    bench.put('old.tgz', BYTES)
    bench.put('old.tgz.minisig', minisig(own, BYTES, { legacy: true }))
    bench.put('theirs.tgz', BYTES)
    bench.put('theirs.tgz.minisig', minisig(testKey('theirs'), BYTES))
    const subjects = ['app.tgz', 'changed.tgz', 'old.tgz', 'theirs.tgz']
    const none = { identities: [], issuers: [] }

    const result = await bench.run({ ...none, subjects, publicKeys: ['minisign.pub'] })
    const aged = await bench.run({
      ...none,
      subjects: ['app.tgz'],
      publicKeys: ['minisign.pub'],
      maxAgeDays: 1
    })

    expect(told(result)).toEqual([
      expect.stringContaining(
        'changed.tgz is not verified: signature: expected a signature of this'
      ),
      expect.stringContaining('old.tgz is not verified: form: expected'),
      expect.stringContaining('theirs.tgz is not verified: public key: expected a public key')
    ])
    expect(result.stats).toMatchObject({ subjects: 4, verified: 1 })
    expect(told(aged)).toEqual([expect.stringContaining('age: expected')])
    expect(told(await bench.run({ subjects: ['app.tgz'] }))).toEqual([
      expect.stringContaining('public key: expected a public key that was given, found a signature')
    ])
  })

  it('is verified by statements in files of several', async () => {
    const other = await statement(Buffer.from('other'))
    bench.put('attestations.sigstore.jsonl', `${other}\n${await statement()}\n`)

    const result = await bench.run({ subjects: ['app.tgz'], predicateTypes: [ANY] })

    expect(told(result)).toEqual([])
    expect(result.stats).toMatchObject({ accepted: 1, refused: 0 })
  })

  it('is not verified when a byte is another, or nothing lies beside it', async () => {
    bench.put('changed.tgz', 'changed')
    bench.put('changed.tgz.sigstore.json', await signature())
    bench.put('stated.tgz', 'changed')
    bench.put('stated.tgz.sigstore.json', await statement())
    bench.put('damaged.tgz', BYTES)
    bench.put('damaged.tgz.sigstore.json', '{"a":')
    const subjects = ['changed.tgz', 'stated.tgz', 'damaged.tgz', 'app.tgz']

    const result = await bench.run({ subjects })

    expect(told(result)).toEqual([
      expect.stringMatching(/^verify\/refused: changed.tgz .* found .*SHA256/),
      expect.stringMatching(
        /^verify\/refused: stated.tgz .* subject: expected sha256:.*, found sha256:/
      ),
      expect.stringMatching(
        /^verify\/refused: damaged.tgz .* form: expected a Sigstore bundle, found it is no JSON/
      ),
      expect.stringMatching(/^verify\/unsigned: app.tgz .* found none/)
    ])
    expect(result.stats).toMatchObject({ subjects: 4, verified: 0, notVerified: 4 })
  })

  it('is not read over and over for what a stranger put beside it', async () => {
    bench.put('changed.tgz', 'changed')
    bench.put('changed.tgz.sigstore.jsonl', `${await signature()}\n`.repeat(25))

    expect(told(await bench.run({ subjects: ['changed.tgz'] }))).toEqual([
      expect.stringContaining('the rest of the signatures of bytes could not be looked at: 5 more')
    ])
  })

  it('of any place of the machine may be named', async () => {
    const elsewhere = verifyBench(sigstore)
    elsewhere.put('app.tgz', BYTES)
    elsewhere.put('app.tgz.sigstore.json', await signature())

    const result = await bench.run({ subjects: [join(elsewhere.path, 'app.tgz')] })
    elsewhere.remove()

    expect(told(result)).toEqual([])
  })
})

describe('a bundle', () => {
  it('is for the file that it lies beside', async () => {
    bench.put('app.tgz.sigstore.json', await signature())
    bench.put('other.tgz', 'other')
    bench.put('other.tgz.sigstore.json', await signature())

    const result = await bench.run({
      subjects: ['app.tgz.sigstore.json', 'other.tgz.sigstore.json']
    })

    expect(told(result)).toEqual([
      expect.stringContaining('verify/refused: other.tgz.sigstore.json')
    ])
  })

  it('without its file speaks for itself, and says so', async () => {
    bench.put('alone.sigstore.json', await statement())
    bench.put('bytes.sigstore.json', await signature())

    const result = await bench.run({
      subjects: ['alone.sigstore.json', 'bytes.sigstore.json'],
      predicateTypes: [ANY]
    })

    expect(told(result)).toEqual([
      expect.stringContaining('found a signature of bytes that are not here')
    ])
    expect(JSON.stringify(result.section)).toContain('compared with nothing')
  })

  it('beside a digest is for the digest', async () => {
    bench.put('alone.sigstore.json', await statement())
    const hex = createHash('sha256').update(BYTES).digest('hex')
    const asked = { predicateTypes: [ANY] }
    const right = [`sha256:${hex}`, 'alone.sigstore.json']
    const wrong = [`sha256:${'0'.repeat(64)}`, 'alone.sigstore.json']

    expect(told(await bench.run({ ...asked, subjects: right }))).toEqual([])
    expect(told(await bench.run({ ...asked, subjects: wrong }))).toEqual([
      expect.stringContaining('subject: expected sha256:000')
    ])
  })
})

describe("GitHub's attestations", () => {
  let api: GithubApi

  beforeAll(async () => {
    api = await startGithubApi({ git: () => '' }, SLUG)
  })

  afterAll(() => api.close())

  it('are asked for with a token, for the repository that has to be the source', async () => {
    const { bundle } = { bundle: JSON.parse(await statement()) as unknown }
    await fetch(`${api.url}/repos/${SLUG}/attestations`, {
      method: 'POST',
      headers: { authorization: 'Bearer t' },
      body: JSON.stringify({ bundle })
    })
    const repository = `https://github.com/${SLUG}`
    const env = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_API_URL: api.url }
    const asked = { subjects: ['app.tgz'], predicateTypes: [ANY], repository }
    const settings = { githubToken: 'ghs_0123456789' }

    const found = await bench.run(asked, { settings, host: { env } })
    const without = await bench.run(asked, { host: { env } })

    expect(told(found)).toEqual([])
    expect(found.stats).toMatchObject({ verified: 1 })
    expect(told(without)).toEqual([expect.stringContaining('verify/unsigned')])
    expect(JSON.stringify(without.section)).toContain('that takes a token')
  })
})

describe('nobody', () => {
  it.each([
    ['nothing', {}],
    ['a name alone', { identities: ['x'] }],
    ['an issuer alone', { issuers: ['x'] }]
  ])('is accepted when %s is said: who signed is shown, with the flags', async (_what, said) => {
    bench.put('app.tgz.sigstore.json', await signature())
    const asked = { subjects: ['app.tgz'], identities: [], issuers: [], ...said }
    const flags = `--identity '${sigstore.identity()}' --issuer '${sigstore.oidc.url}'`

    await expect(bench.run(asked)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining(`"${sigstore.identity()}", issuer "${sigstore.oidc.url}"`),
      remedy: expect.stringContaining(flags)
    })
    await expect(
      bench.run(asked, { host: { env: { GITHUB_ACTIONS: 'true' } } })
    ).rejects.toMatchObject({
      remedy: expect.stringContaining(`identity: '${sigstore.identity()}'`)
    })
  })

  it('is shown when nothing is genuine', async () => {
    bench.put('app.tgz.sigstore.json', await statement(Buffer.from('other')))

    await expect(
      bench.run({ subjects: ['app.tgz'], identities: [], issuers: [] })
    ).rejects.toMatchObject({
      message: expect.stringContaining('No genuine signature was found'),
      remedy: expect.stringContaining('--public-key <file>')
    })
  })
})

describe('what cannot be verified with', () => {
  it.each([
    ['no subject', { subjects: [] }, 'Nothing to verify'],
    [
      'a file that is missing',
      { subjects: ['./none'] },
      'Cannot verify "./none": there is no such file'
    ],
    [
      'a name that may be either',
      { subjects: ['none'] },
      'Cannot verify "none": there is no such file'
    ],
    ['half a digest', { subjects: ['sha256:abc'] }, 'is no such digest'],
    ['a word for a type', { subjects: ['app.tgz'], predicateTypes: ['sbom'] }, '`predicate-type`'],
    [
      'a loose pattern',
      { subjects: ['app.tgz'], identities: ['/octo/'] },
      'so that a part of a name would do'
    ],
    ['no key', { subjects: ['app.tgz'], publicKeys: ['none.pub'] }, 'there is no such file'],
    [
      'what is no key',
      { subjects: ['app.tgz'], publicKeys: ['app.tgz'] },
      'expected PEM that begins'
    ]
  ])('is %s', async (_what, said, message) => {
    await expect(bench.run(said)).rejects.toThrow(InputError)
    await expect(bench.run(said)).rejects.toThrow(message)
  })

  it('is a root that is none', async () => {
    writeFileSync(join(bench.path, 'root.json'), '{"tlogs":[{"publicKey":{}}]}')

    await expect(bench.run({ subjects: ['app.tgz'] })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('a log has no start of validity')
    })
  })

  it('is a key that a pull request brings', async () => {
    const where = { base: { commit: '0'.repeat(40) } }

    await expect(
      bench.run({ subjects: ['app.tgz'], publicKeys: ['key.pub'] }, { where })
    ).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('base commit of the pull request')
    })
  })
})
