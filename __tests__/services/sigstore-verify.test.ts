import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import {
  type SigstoreTrust,
  sigstoreVerifier,
  type SigstoreVerifier
} from '../../src/services/sigstore-verify.ts'
import { testKey } from '../support/signed/npm-registry.ts'
import { workflowIdentity } from '../support/signed/provenance.ts'
import {
  bundleOf,
  messageBundleOf,
  newPair,
  newSigstore,
  type Signing
} from '../support/signed/sigstore.ts'

const SIGSTORE = newSigstore()
const { from: _from, ...KEY } = testKey()
const WORKFLOW = workflowIdentity({ repository: 'https://github.com/octo/app' })
const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'app', digest: { sha256: 'a'.repeat(64) } }],
  predicateType: 'https://example.com/said/v1',
  predicate: {}
}
const BYTES = Buffer.from('the bytes of a release')
const LOGGED_AT = '2026-01-01T00:00:00Z'

const PEM_OF_ANOTHER = newPair().publicKey.export({ format: 'pem', type: 'spki' }).toString()

function verifier(change: Partial<SigstoreTrust> = {}): Promise<SigstoreVerifier> {
  const { trustedRoot } = SIGSTORE
  return sigstoreVerifier({ trustedRoot, keys: [KEY], asOf: '2026-02-01', ...change })
}

function bundle(change: Partial<Signing> = {}): unknown {
  return bundleOf(SIGSTORE, { statement: STATEMENT, signer: WORKFLOW, ...change })
}

function message(change: Partial<Signing> = {}): unknown {
  return messageBundleOf(SIGSTORE, { signer: WORKFLOW, ...change }, BYTES)
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (const byte of bytes) {
    await Promise.resolve()
    yield Uint8Array.of(byte)
  }
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield BYTES
  await Promise.resolve()
  throw new Error('the disk failed')
}

describe('a bundle with a statement', () => {
  it('says who signed it, and when', async () => {
    const { verifyStatement } = await verifier()

    expect(verifyStatement(bundle())).toMatchObject({
      by: 'certificate',
      signer: { identity: WORKFLOW.san, repository: 'https://github.com/octo/app' },
      times: [LOGGED_AT],
      statement: { predicateType: 'https://example.com/said/v1' }
    })
    expect(verifyStatement(bundle({ signer: KEY }))).toMatchObject({
      by: 'key',
      signer: { identity: `key ${KEY.id}` },
      times: [LOGGED_AT]
    })
  })

  it.each([
    ['of a certificate', WORKFLOW, 'certificate'],
    ['of a key', KEY, 'public key']
  ])('is refused when its log entry names another signer: %s', async (_what, signer, what) => {
    const { verifyStatement } = await verifier()

    expect(verifyStatement(bundle({ signer, loggedSigner: PEM_OF_ANOTHER }))).toEqual({
      check: 'log entry',
      refused: `a log entry is of another ${what} than the bundle's`,
      unknownAuthority: false
    })
  })

  it('is refused when its log entry names no signer', async () => {
    const { verifyStatement } = await verifier()

    expect(verifyStatement(bundle({ loggedSigner: 'nobody' }))).toMatchObject({
      refused: 'a log entry does not say with what it was signed'
    })
  })

  it.each([
    ['key', KEY],
    ['certificate', WORKFLOW]
  ])('is refused without a log entry, when signed with a %s', async (_what, signer) => {
    const { verifyStatement } = await verifier()

    expect(verifyStatement(bundle({ signer, unlogged: true }))).toMatchObject({
      refused: 'expected 1 timestamps, got 0'
    })
  })

  it('needs neither log entry nor time of a key, where that is agreed', async () => {
    const { verifyStatement } = await verifier({ thresholds: { log: 0, timestamp: 0 } })
    const unlogged = bundle({ signer: KEY, unlogged: true })

    expect(verifyStatement(unlogged)).toMatchObject({ by: 'key', times: [] })
  })

  it('needs a time of a certificate whatever is agreed for keys, and whatever the root lists', async () => {
    const trustedRoot = { ...(SIGSTORE.trustedRoot as object), tlogs: [], ctlogs: [] }
    const thresholds = { log: 0, timestamp: 0 }

    for (const change of [{ thresholds }, { timestampOnly: true }, { trustedRoot, thresholds }]) {
      const { verifyStatement } = await verifier(change)
      expect(verifyStatement(bundle({ unlogged: true }))).toMatchObject({
        refused: 'expected 1 timestamps, got 0'
      })
    }
  })

  it('needs a time of a key that counts for some time only', async () => {
    const keys = [{ ...KEY, from: '2025-01-01T00:00:00Z' }]
    const { verifyStatement } = await verifier({ keys, thresholds: { log: 0, timestamp: 0 } })

    expect(verifyStatement(bundle({ signer: KEY, unlogged: true }))).toMatchObject({
      refused: 'its key counts for some time only, and no time is proven'
    })
  })

  it('is tried with every key, where names of keys mean nothing', async () => {
    const keys = [testKey(), { ...KEY, id: 'ours' }]
    const { verifyStatement: strict } = await verifier({ keys })
    const { verifyStatement } = await verifier({ keys, anyHint: true })

    expect(strict(bundle({ signer: KEY }))).toEqual({
      check: 'public key',
      refused: `no known key has the id "${KEY.id}"`,
      unknownAuthority: true
    })
    expect(verifyStatement(bundle({ signer: KEY }))).toMatchObject({
      signer: { identity: 'key ours' }
    })
    expect(verifyStatement(bundle({ signer: testKey() }))).toMatchObject({
      refused: 'signature verification failed'
    })
  })
})

describe('a bundle with a signature of bytes', () => {
  it.each([
    ['certificate', WORKFLOW, WORKFLOW.san],
    ['key', KEY, `key ${KEY.id}`]
  ])('is verified piece by piece, when signed with a %s', async (by, signer, identity) => {
    const { verifyMessage } = await verifier()
    const hex = createHash('sha256').update(BYTES).digest('hex')

    expect(await verifyMessage(message({ signer }), inPieces(BYTES))).toMatchObject({
      by,
      signer: { identity },
      times: [LOGGED_AT],
      digest: { algorithm: 'sha256', hex }
    })
  })

  it.each([
    ['one byte more', Buffer.concat([BYTES, Buffer.from('x')])],
    ['other bytes', Buffer.from('others')],
    ['no bytes', Buffer.alloc(0)]
  ])('is refused for %s, logged or not', async (_what, bytes) => {
    const { verifyMessage } = await verifier({ thresholds: { log: 0, timestamp: 0 } })

    const reason = 'it is of bytes with the SHA256 '
    for (const signed of [message(), message({ signer: KEY, unlogged: true })]) {
      expect(await verifyMessage(signed, [bytes])).toMatchObject({
        check: 'signature',
        refused: expect.stringContaining(reason) as unknown
      })
    }
  })

  it('is refused when the digest it states is another than that of the bytes', async () => {
    const { verifyMessage } = await verifier({ thresholds: { log: 0, timestamp: 0 } })
    const unlogged = message({ signer: KEY, unlogged: true }) as {
      messageSignature: { messageDigest: { digest: string } }
    }
    unlogged.messageSignature.messageDigest.digest = Buffer.alloc(32).toString('base64')

    expect(await verifyMessage(unlogged, [BYTES])).toMatchObject({
      refused: expect.stringContaining(`SHA256 ${'0'.repeat(64)}, found `) as unknown
    })
  })

  it('is refused when its log entry names another signer', async () => {
    const { verifyMessage } = await verifier()

    expect(await verifyMessage(message({ loggedSigner: PEM_OF_ANOTHER }), [BYTES])).toMatchObject({
      refused: "a log entry is of another certificate than the bundle's"
    })
  })

  it('is none with a statement, nor the other way round', async () => {
    const { verifyMessage, verifyStatement } = await verifier()

    expect(await verifyMessage(bundle(), [BYTES])).toMatchObject({
      refused: 'it holds no signature of bytes'
    })
    expect(verifyStatement(message())).toMatchObject({ refused: 'it holds no statement' })
  })

  it('leaves a failure to read to the caller', async () => {
    const { verifyMessage } = await verifier()

    await expect(verifyMessage(message(), broken())).rejects.toThrow('the disk failed')
  })
})
