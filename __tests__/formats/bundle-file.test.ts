import { describe, expect, it } from '@jest/globals'
import { signaturesIn } from '../../src/formats/bundle-file.ts'

const BUNDLE = { mediaType: 'm', verificationMaterial: {} }
const ENVELOPE = {
  payloadType: 'application/vnd.in-toto+json',
  payload: 'e30=',
  signatures: [{ keyid: 'k', sig: 'c2ln' }]
}
const PAYLOAD = {
  body: Buffer.from(
    JSON.stringify({
      kind: 'hashedrekord',
      apiVersion: '0.0.1',
      spec: { data: { hash: { algorithm: 'sha256', value: '00ff' } } }
    })
  ).toString('base64'),
  integratedTime: 7,
  logIndex: 1,
  logID: 'ab'
}

function kinds(text: string): readonly string[] {
  return signaturesIn(text).map((one) => (one.kind === 'damaged' ? one.reason : one.kind))
}

function json(value: unknown): string {
  return JSON.stringify(value)
}

describe('a file with signatures', () => {
  it.each([
    ['one bundle', json(BUNDLE), 1],
    ['with a byte order mark', `\uFEFF${json(BUNDLE)}`, 1],
    ['over several lines', JSON.stringify(BUNDLE, undefined, 2), 1],
    ['one on each line', `${json(BUNDLE)}\r\n\n${json(BUNDLE)}\n`, 2],
    ['a list', json([BUNDLE, BUNDLE]), 2],
    ['as npm and GitHub hand them out', json({ attestations: [{ bundle: BUNDLE }] }), 1],
    [
      'as PyPI hands them out',
      json({
        version: 1,
        attestation_bundles: [{ attestations: [{ verification_material: {}, envelope: {} }] }]
      }),
      1
    ]
  ])('holds bundles: %s', (_what, text, count) => {
    expect(kinds(text)).toEqual(Array.from({ length: count }, () => 'bundle'))
  })

  it('holds a statement of a certificate whose log entry is elsewhere', () => {
    const signatures = [{ keyid: '', sig: 'c2ln', cert: '-----BEGIN CERTIFICATE-----' }]

    expect(signaturesIn(json({ ...ENVELOPE, signatures }))).toMatchObject([
      { kind: 'envelope', certificate: '-----BEGIN CERTIFICATE-----' }
    ])
  })

  it('holds a statement of a key, and no more', () => {
    expect(signaturesIn(json(ENVELOPE))).toMatchObject([
      {
        kind: 'bundle',
        json: { verificationMaterial: { publicKey: { hint: 'k' }, tlogEntries: [] } }
      }
    ])
  })

  it('may be one that cosign wrote before bundles', () => {
    const rekorBundle = { SignedEntryTimestamp: 'c2V0', Payload: PAYLOAD }
    const cert = Buffer.from('-----BEGIN CERTIFICATE-----\nY2VydA==\n').toString('base64')
    const old = { base64Signature: 'c2ln', cert, rekorBundle }

    expect(signaturesIn(json(old))).toMatchObject([
      {
        kind: 'bundle',
        json: {
          mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1',
          verificationMaterial: {
            x509CertificateChain: { certificates: [{ rawBytes: 'Y2VydA==' }] },
            tlogEntries: [{ integratedTime: '7', kindVersion: { kind: 'hashedrekord' } }]
          },
          messageSignature: { signature: 'c2ln', messageDigest: { digest: 'AP8=' } }
        }
      }
    ])
    const attested = { ...old, base64Signature: Buffer.from(json(ENVELOPE)).toString('base64') }
    expect(signaturesIn(json(attested))).toMatchObject([
      { kind: 'bundle', json: { dsseEnvelope: ENVELOPE }, stamped: Buffer.from(json(ENVELOPE)) }
    ])
    expect(kinds(json({ base64Signature: 'c2ln' }))).toEqual([
      'it has no log entry that says what was signed'
    ])
  })

  it.each([
    ['', 'it is empty'],
    ['\n\n', 'it is empty'],
    ['[]', 'it is empty'],
    ['not json', 'it is no JSON'],
    ['7', 'it is no JSON object'],
    ['{}', 'it is no bundle: it has no verificationMaterial'],
    ['{"bundle":'.repeat(8) + '{}' + '}'.repeat(8), 'it is wrapped too often'],
    [json({ base64Signature: 7 }), 'its base64Signature is no text'],
    [
      json({ base64Signature: 'c2ln', rekorBundle: {} }),
      'its annotation with the log entry is damaged'
    ],
    ['{"__proto__":{"verificationMaterial":{}}}', 'it is no bundle: it has no verificationMaterial']
  ])('may be none: %s', (text, reason) => {
    expect(kinds(text)).toEqual([reason])
  })

  it('gives out so many, and is quick about the rest', () => {
    const started = performance.now()

    expect(signaturesIn(`${json(BUNDLE)}\n`.repeat(50_000))).toHaveLength(200)
    expect(signaturesIn(json(Array.from({ length: 50_000 }, () => BUNDLE)))).toHaveLength(200)
    expect(signaturesIn('[\n'.repeat(100_000))).toHaveLength(200)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
