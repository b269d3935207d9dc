import type { SignedBundle } from '../bundle-signer.ts'
import type { Credential } from './credential.ts'
import type { Signed } from './signed.ts'
import type { Testimony } from './witness.ts'

/** @see https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto */
const MEDIA_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json'

/** Puts a signature, whose it is and what vouches for it together. */
export function bundleOf(
  { content }: Signed,
  { material, chain }: Credential,
  testimonies: readonly Testimony[]
): SignedBundle {
  const of = (wanted: Testimony['kind']): readonly unknown[] =>
    testimonies.filter(({ kind }) => kind === wanted).map(({ json }) => json)
  const timestamps = of('timestamp')
  return {
    json: {
      mediaType: MEDIA_TYPE,
      verificationMaterial: {
        ...material,
        tlogEntries: of('log'),
        ...(timestamps.length > 0 && {
          timestampVerificationData: { rfc3161Timestamps: timestamps }
        })
      },
      ...content
    },
    chain
  }
}
