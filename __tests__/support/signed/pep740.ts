import type { Identity, Sigstore, Signing } from './sigstore.ts'
import { bundleOf } from './sigstore.ts'

const PUBLISH = 'https://docs.pypi.org/attestations/publish/v1'

/** A statement about one file. */
export function fileStatement(
  file: { readonly name: string; readonly sha256: string },
  change: Readonly<Record<string, unknown>> = {}
): Readonly<Record<string, unknown>> {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: file.name, digest: { sha256: file.sha256 } }],
    predicateType: PUBLISH,
    predicate: null,
    ...change
  }
}

/** An attestation object as an index has it: the bundle under other names, base64 broken into lines. */
export function attestationOf(
  sigstore: Sigstore,
  signing: Omit<Signing, 'signer'> & { readonly signer: Identity }
): unknown {
  const bundle = bundleOf(sigstore, signing) as {
    readonly verificationMaterial: {
      readonly certificate: { readonly rawBytes: string }
      readonly tlogEntries: unknown
    }
    readonly dsseEnvelope: {
      readonly payload: string
      readonly signatures: readonly { readonly sig: string }[]
    }
  }
  const { verificationMaterial, dsseEnvelope } = bundle
  return {
    version: 1,
    verification_material: {
      certificate: inLines(verificationMaterial.certificate.rawBytes),
      transparency_entries: verificationMaterial.tlogEntries
    },
    envelope: {
      statement: inLines(dsseEnvelope.payload),
      signature: inLines(dsseEnvelope.signatures[0]?.sig ?? '')
    }
  }
}

function inLines(base64: string): string {
  return base64.replace(/.{64}/g, '$&\n')
}
