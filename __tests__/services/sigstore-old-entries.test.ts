import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { sigstoreVerifier, type SigstoreVerifier } from '../../src/services/sigstore-verify.ts'
import {
  type BundleJson,
  type EntryJson,
  forged,
  FORGED_AT,
  FORGED_IDENTITY,
  logEntry,
  newForge,
  newForgeLog
} from '../support/signed/forge.ts'
import { pemOf } from '../support/signed/sigstore.ts'

const FORGE = newForge()
const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v0.1',
  subject: [{ name: 'app', digest: { sha256: 'a'.repeat(64) } }],
  predicateType: 'https://slsa.dev/provenance/v0.2',
  predicate: {}
}

interface Old {
  readonly bundle: BundleJson
  /** The layer that was logged. */
  readonly layer: Buffer
}

/** A bundle of an attestation as cosign 2.0 made it. */
function old(change: (entry: EntryJson, layer: Buffer) => EntryJson = (entry) => entry): Old {
  const made = forged(FORGE, { payload: Buffer.from(JSON.stringify(STATEMENT)) })
  const { rawBytes } = made.verificationMaterial.certificate
  const layer = Buffer.from(JSON.stringify(made.dsseEnvelope))
  const entry = entryOf(createHash('sha256').update(layer).digest('hex'), rawBytes)
  const bundle = {
    ...made,
    mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1',
    verificationMaterial: {
      x509CertificateChain: { certificates: [{ rawBytes }] },
      tlogEntries: [change(withoutProof(logEntry(FORGE.log, entry, FORGED_AT)), layer)]
    }
  } as unknown as BundleJson
  return { bundle, layer }
}

function entryOf(value: string, certificate: string): Parameters<typeof logEntry>[1] {
  const pem = pemOf(Buffer.from(certificate, 'base64'))
  const publicKey = Buffer.from(pem).toString('base64')
  const spec = { content: { hash: { algorithm: 'sha256', value } }, publicKey }
  return { kind: 'intoto', apiVersion: '0.0.1', spec }
}

function withoutProof({ inclusionProof: _proof, ...entry }: EntryJson): EntryJson {
  return entry as EntryJson
}

function verifier(): Promise<SigstoreVerifier> {
  return sigstoreVerifier({ trustedRoot: FORGE.trustedRoot, keys: [], asOf: '2026-02-01' })
}

describe('an attestation that was logged before 2023', () => {
  it('is verified against the layer that was logged', async () => {
    const { verifyStatement } = await verifier()
    const { bundle, layer } = old()

    expect(verifyStatement(bundle, layer)).toMatchObject({
      by: 'certificate',
      signer: { identity: FORGED_IDENTITY },
      times: ['2026-01-01T00:00:00Z']
    })
  })

  it('is refused without the layer, or with another', async () => {
    const { verifyStatement } = await verifier()
    const { bundle, layer } = old()

    expect(verifyStatement(bundle)).toMatchObject({
      check: 'log entry',
      refused: expect.stringContaining('older attestations of images only') as unknown
    })
    expect(verifyStatement(bundle, Buffer.concat([layer, Buffer.from(' ')]))).toMatchObject({
      refused: 'a log entry is of another envelope'
    })
  })

  it.each<[string, (entry: EntryJson) => EntryJson, string]>([
    [
      'at another time',
      (entry) => ({ ...entry, integratedTime: `${Number(entry.integratedTime) + 1}` }),
      'a log entry is not as its log promised it'
    ],
    [
      'at another place',
      (entry) => ({ ...entry, logIndex: '7' }),
      'a log entry is not as its log promised it'
    ],
    [
      'by a log that is not known',
      () => withoutProof(logEntry(newForgeLog(), entryOf('0'.repeat(64), ''), FORGED_AT)),
      'a log entry is of another envelope'
    ],
    [
      'without a promise',
      ({ inclusionPromise: _promise, ...entry }) => entry as EntryJson,
      'inclusionPromise'
    ],
    [
      'as another kind than it says',
      (entry) => ({
        ...entry,
        canonicalizedBody: Buffer.from('{"kind":"dsse","apiVersion":"0.0.1"}').toString('base64')
      }),
      'a log entry is of another kind than it says'
    ]
  ])('is refused when it was logged %s', async (_what, change, reason) => {
    const { verifyStatement } = await verifier()
    const { bundle, layer } = old(change)

    expect(verifyStatement(bundle, layer)).toMatchObject({
      refused: expect.stringContaining(reason) as unknown
    })
  })

  it('is refused when the log has another certificate', async () => {
    const { verifyStatement } = await verifier()
    const other = forged(FORGE).verificationMaterial.certificate.rawBytes
    const { bundle, layer } = old((_entry, bytes) => {
      const value = createHash('sha256').update(bytes).digest('hex')
      return withoutProof(logEntry(FORGE.log, entryOf(value, other), FORGED_AT))
    })

    expect(verifyStatement(bundle, layer)).toMatchObject({
      refused: "a log entry is of another certificate than the bundle's"
    })
  })

  it('is refused when a log that nobody knows promised it', async () => {
    const { verifyStatement } = await verifier()
    const { bundle, layer } = old((entry, bytes) => {
      const value = createHash('sha256').update(bytes).digest('hex')
      const body = entryOf(value, '')
      return { ...withoutProof(logEntry(newForgeLog(), body, FORGED_AT)), logId: entry.logId }
    })

    expect(verifyStatement(bundle, layer)).toMatchObject({
      refused: 'a log entry is not as its log promised it'
    })
  })
})
