import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { certificateExtensions, SCT_OID, subjectNameOf } from '../../src/formats/certificate.ts'
import { bundleOf, newSigstore } from '../support/signed/sigstore.ts'

const SAN = 'https://github.com/o/r/.github/workflows/a.yml@refs/heads/main'

function leaf(): X509Certificate {
  const bundle = bundleOf(newSigstore(), {
    statement: {},
    signer: { san: SAN, extensions: { 8: 'https://issuer.example' } }
  }) as {
    readonly verificationMaterial: { readonly certificate: { readonly rawBytes: string } }
  }
  return new X509Certificate(
    Buffer.from(bundle.verificationMaterial.certificate.rawBytes, 'base64')
  )
}

describe('the extensions of a certificate', () => {
  it('are all listed, with their content', () => {
    const extensions = certificateExtensions(leaf().raw) ?? []

    expect(extensions.map(({ oid }) => oid)).toEqual(
      expect.arrayContaining([SCT_OID, '2.5.29.17', '1.3.6.1.4.1.57264.1.8'])
    )
    const issuer = extensions.find(({ oid }) => oid === '1.3.6.1.4.1.57264.1.8')
    expect(Buffer.from(issuer?.value.subarray(2) ?? []).toString()).toBe('https://issuer.example')
  })

  it('say for whom it is, as Node says', () => {
    const certificate = leaf()

    expect(subjectNameOf(certificateExtensions(certificate.raw) ?? [])).toBe(SAN)
    expect(certificate.subjectAltName).toBe(`URI:${SAN}`)
  })

  it.each(['', '<html>', '\x30\x00', '\x30\x02\x30\x00'])('are none in %j', (text) => {
    expect(certificateExtensions(Buffer.from(text, 'latin1')) ?? []).toEqual([])
  })

  it('name nobody when there is no name, or more than one', () => {
    const two = Buffer.from('300686016186 0162'.replace(' ', ''), 'hex')

    expect(subjectNameOf([])).toBeUndefined()
    expect(subjectNameOf([{ oid: '2.5.29.17', value: two }])).toBeUndefined()
    expect(subjectNameOf([{ oid: '2.5.29.17', value: two.subarray(0, 3) }])).toBeUndefined()
  })
})
