import { X509Certificate } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { jsonObjectOf } from '../../../src/formats/json.ts'
import type { SignedBundle } from '../../../src/services/bundle-signer.ts'
import { keylessSigner } from '../../../src/services/sigstore-sign.ts'
import { bundleVerifier } from '../../../src/services/sigstore-verify.ts'
import { type EmbeddedSigstore, startSigstore } from '../../support/services/sigstore/sigstore.ts'
import { instanceOf, signingDesk, statementAbout } from '../../support/signing.ts'

const BYTES = Buffer.from('what is shipped')
const STATEMENT = statementAbout(BYTES)
const MINUTE = 60_000

let sigstore: EmbeddedSigstore

beforeAll(async () => {
  sigstore = await startSigstore()
})

afterEach(() => {
  sigstore.behave()
})

afterAll(() => sigstore.close())

function certificateIn({ json }: SignedBundle): X509Certificate {
  const material = jsonObjectOf(json['verificationMaterial'])
  const raw = jsonObjectOf(material?.['certificate'])?.['rawBytes']
  return new X509Certificate(Buffer.from(String(raw), 'base64'))
}

function count(service: string): number {
  return sigstore.requests.filter((request) => request.service === service).length
}

async function isAccepted({ json }: SignedBundle): Promise<boolean> {
  const { trustedRoot } = sigstore
  const verify = await bundleVerifier({ trustedRoot, keys: [], asOf: '2026-01-01' })
  return !('refused' in verify(json))
}

describe('a run', () => {
  it('has one certificate and one token, whatever is signed at once', async () => {
    const signer = keylessSigner(signingDesk(sigstore), await instanceOf(sigstore, '1'))
    const [certificates, tokens] = [count('fulcio'), count('oidc')]
    const bundles = await Promise.all([
      signer.identity(),
      ...Array.from({ length: 10 }, () => signer.statement(STATEMENT)),
      ...Array.from({ length: 10 }, () => signer.message(() => [BYTES]))
    ])

    expect([count('fulcio') - certificates, count('oidc') - tokens]).toEqual([1, 1])
    const signed = bundles.filter((bundle) => 'json' in bundle)
    const serials = signed.map((bundle) => certificateIn(bundle).serialNumber)
    expect(new Set(serials).size).toBe(1)
    expect(serials).toHaveLength(20)
  })

  it('asks for nothing before something is signed', async () => {
    const certificates = count('fulcio')
    keylessSigner(signingDesk(sigstore), await instanceOf(sigstore, '1'))

    expect(count('fulcio')).toBe(certificates)
  })

  it('asks again when there was none to be had', async () => {
    const desk = signingDesk(sigstore)
    const signer = keylessSigner(desk, await instanceOf(sigstore, '1'))
    sigstore.fault('fulcio', { kind: 'status', status: 400, times: 1 })

    await expect(signer.identity()).rejects.toMatchObject({ code: 'SERVICE_STATUS' })
    expect(await signer.identity()).toMatchObject({ kind: 'certificate' })
  })

  it.each([
    ['with two minutes to go', 10, 8, 1],
    ['in its last minute', 10, 9.5, 2],
    ['that has expired', 3, 5, 2],
    ['of a short life, which it has not used up', 1, 0.5, 1],
    ['of a short life, in its last quarter', 1, 0.8, 2]
  ])('with a certificate %s uses as many as it needs', async (_what, life, minutes, expected) => {
    const desk = signingDesk(sigstore)
    const signer = keylessSigner(desk, await instanceOf(sigstore, '1'))
    const before = count('fulcio')
    sigstore.fault('fulcio', {
      kind: 'validity',
      fromMs: 0,
      untilMs: life * MINUTE,
      times: 1
    })
    const first = certificateIn(await signer.statement(STATEMENT))
    desk.ahead(minutes * MINUTE)
    const later = certificateIn(await signer.statement(STATEMENT))

    expect(count('fulcio') - before).toBe(expected)
    expect(first.serialNumber === later.serialNumber).toBe(expected === 1)
    expect(first.publicKey.equals(later.publicKey)).toBe(true)
  })
})

describe('a certificate that expires while a service is out', () => {
  it.each([
    ['tsa', '1'],
    ['tsa', '2'],
    ['rekorV1', '1'],
    ['rekorV2', '2']
  ] as const)('is replaced, and all is witnessed anew: %s, log %s', async (service, rekor) => {
    const desk = signingDesk(sigstore)
    const signer = keylessSigner(desk, await instanceOf(sigstore, rekor))
    sigstore.fault('fulcio', { kind: 'validity', fromMs: -1000, untilMs: 3000, times: 1 })
    sigstore.fault(service, { kind: 'status', status: 503, times: 4 })
    const before = count('fulcio')
    const bundle = await signer.statement(STATEMENT)

    expect(count('fulcio') - before).toBe(2)
    expect(await isAccepted(bundle)).toBe(true)
    expect(certificateIn(bundle).validToDate.getTime()).toBeGreaterThan(Date.now() + 5 * MINUTE)
  })
})
