import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import {
  attestationLayer,
  bundleOfLegacyLayer,
  digestInSimpleSigning,
  legacyTag,
  MAX_LEGACY_LAYERS,
  renderSimpleSigning,
  signatureLayer,
  withLegacyLayers
} from '../../src/formats/cosign-legacy.ts'

const DIGEST = `sha256:${'ab'.repeat(32)}`
const BODY = Buffer.from('{"kind":"dsse","apiVersion":"0.0.1"}').toString('base64')

const MATERIAL = {
  certificate: { rawBytes: Buffer.from('a leaf').toString('base64') },
  tlogEntries: [
    {
      logIndex: '7',
      logId: { keyId: Buffer.from('log').toString('base64') },
      integratedTime: '1700000000',
      inclusionPromise: { signedEntryTimestamp: 'c2V0' },
      canonicalizedBody: BODY
    }
  ],
  timestampVerificationData: { rfc3161Timestamps: [{ signedTimestamp: 'dHM=' }] }
}

const CHAIN = [Buffer.from('an authority').toString('base64')]

describe('a signature of the older form', () => {
  it('is over the name and the digest of an image', () => {
    expect(renderSimpleSigning('ghcr.io/o/app', DIGEST).toString()).toBe(
      `{"critical":{"identity":{"docker-reference":"ghcr.io/o/app"},"image":{"docker-manifest-digest":"${DIGEST}"},"type":"cosign container image signature"},"optional":null}`
    )
    expect(digestInSimpleSigning(renderSimpleSigning('x', DIGEST))).toBe(DIGEST)
  })

  it.each(['', '[]', '{"critical":{"type":"another"}}', '{"critical":{"image":5}}'])(
    'is none in %j',
    (text) => {
      expect(digestInSimpleSigning(Buffer.from(text))).toBeUndefined()
    }
  )

  it('has what the bundle has, and is read back as one', () => {
    const payload = renderSimpleSigning('ghcr.io/o/app', DIGEST)
    const json = { verificationMaterial: MATERIAL, messageSignature: { signature: 'c2ln' } }

    const layer = signatureLayer({ json, chain: CHAIN }, payload)

    if (typeof layer === 'string') throw new Error(layer)
    expect(layer.annotations['dev.sigstore.cosign/chain']).toContain('BEGIN CERTIFICATE')
    expect(bundleOfLegacyLayer({ ...layer, bytes: payload })).toMatchObject({
      verificationMaterial: {
        x509CertificateChain: { certificates: [MATERIAL.certificate] },
        tlogEntries: [{ logIndex: '7', kindVersion: { kind: 'dsse', version: '0.0.1' } }],
        timestampVerificationData: MATERIAL.timestampVerificationData
      },
      messageSignature: {
        signature: 'c2ln',
        messageDigest: { digest: createHash('sha256').update(payload).digest('base64') }
      }
    })
  })

  it('cannot be without the promise of a log', () => {
    const [entry] = MATERIAL.tlogEntries
    const later = { ...MATERIAL, tlogEntries: [{ ...entry, inclusionPromise: undefined }] }
    const json = { verificationMaterial: later, messageSignature: { signature: 'c2ln' } }

    expect(signatureLayer({ json, chain: [] }, Buffer.from(''))).toContain('version 1')
  })
})

describe('an attestation of the older form', () => {
  const envelope = { payload: 'e30=', payloadType: 'x', signatures: [{ sig: 'c2ln', keyid: '' }] }
  const json = { verificationMaterial: MATERIAL, dsseEnvelope: envelope }

  it('is the envelope as it is, without a timestamp that covers something else', () => {
    const layer = attestationLayer({ json, chain: CHAIN }, 'https://spdx.dev/Document')

    if (typeof layer === 'string') throw new Error(layer)
    expect(Buffer.from(layer.bytes).toString()).toBe(JSON.stringify(envelope))
    expect(Object.keys(layer.annotations).sort()).toEqual([
      'dev.cosignproject.cosign/signature',
      'dev.sigstore.cosign/bundle',
      'dev.sigstore.cosign/certificate',
      'dev.sigstore.cosign/chain',
      'predicateType'
    ])
    expect(bundleOfLegacyLayer(layer)).toMatchObject({ dsseEnvelope: envelope })
  })

  it('of a key names it', () => {
    const keyed = { ...json, verificationMaterial: { ...MATERIAL, certificate: undefined } }
    const layer = attestationLayer({ json: keyed, chain: [] }, 'x')

    if (typeof layer === 'string') throw new Error(layer)
    expect(bundleOfLegacyLayer(layer, 'the hint')).toMatchObject({
      verificationMaterial: { publicKey: { hint: 'the hint' } }
    })
  })

  it.each([
    ['a log entry that is none', { 'dev.sigstore.cosign/bundle': '{}' }, 'damaged'],
    ['a type that is none', {}, 'it is of type']
  ])('is refused with %s', (_what, annotations, reason) => {
    const layer = { mediaType: 'text/plain', annotations, bytes: Buffer.from('{}') }

    expect(bundleOfLegacyLayer(layer)).toContain(reason)
  })
})

describe('the manifest under such a tag', () => {
  const layer = { mediaType: 'x', digest: DIGEST, size: 1, annotations: { a: 'b' } }

  it('keeps what others wrote as they wrote it', () => {
    const theirs = { mediaType: 'y', digest: DIGEST, size: 2, 'not known to us': [1] }
    const before = Buffer.from(JSON.stringify({ layers: [theirs] }))

    const { manifest = Buffer.from('') } = withLegacyLayers(before, [layer]) ?? {}

    expect(JSON.parse(Buffer.from(manifest).toString())).toMatchObject({ layers: [theirs, layer] })
  })

  it.each([
    ['no list', '{}'],
    ['too many', JSON.stringify({ layers: Array.from({ length: MAX_LEGACY_LAYERS }, () => layer) })]
  ])('is not added to when it has %s', (_what, text) => {
    expect(withLegacyLayers(Buffer.from(text), [layer])).toBeUndefined()
  })

  it('lies under a tag made of the digest', () => {
    expect(legacyTag(DIGEST, 'att')).toBe(`sha256-${'ab'.repeat(32)}.att`)
  })
})
