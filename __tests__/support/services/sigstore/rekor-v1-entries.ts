import { canonical } from '../../signed/sigstore.ts'
import { sha256 } from './merkle-log.ts'
import { isSignedBy, isSignedDigest, keyOfPem, preAuthEncoding } from './signature-check.ts'

/** What somebody wants to have logged. @see https://github.com/sigstore/rekor/tree/main/pkg/types */
export type ProposedEntry =
  | { readonly kind: 'dsse'; readonly apiVersion: '0.0.1'; readonly spec: ProposedDsse }
  | { readonly kind: 'hashedrekord'; readonly apiVersion: '0.0.1'; readonly spec: HashedRekord }
  | { readonly kind: 'intoto'; readonly apiVersion: '0.0.2'; readonly spec: Intoto }

interface ProposedDsse {
  readonly proposedContent: { readonly envelope: string; readonly verifiers: readonly string[] }
}

interface HashedRekord {
  readonly data: { readonly hash: { readonly algorithm: string; readonly value: string } }
  readonly signature: {
    readonly content: string
    readonly publicKey: { readonly content: string }
  }
}

interface Intoto {
  readonly content: {
    readonly envelope: {
      readonly payloadType: string
      /** Base64 of base64. */
      readonly payload: string
      readonly signatures: readonly {
        /** Base64 of base64. */
        readonly sig: string
        readonly publicKey: string
        readonly keyid?: string
      }[]
    }
    readonly hash: { readonly algorithm: string; readonly value: string }
    readonly payloadHash: { readonly algorithm: string; readonly value: string }
  }
}

/**
 * What the log keeps of an entry, once it has seen that its signature is true.
 *
 * @throws Error when it is not, or when the entry is of a kind that it does not take
 */
export function storedBody(proposed: ProposedEntry): Buffer {
  const stored = storedEntry(proposed)
  return Buffer.from(canonical(stored))
}

function storedEntry(proposed: ProposedEntry): unknown {
  switch (`${proposed.kind}/${proposed.apiVersion}`) {
    case 'dsse/0.0.1':
      return { apiVersion: '0.0.1', kind: 'dsse', spec: storedDsse(proposed.spec as ProposedDsse) }
    case 'hashedrekord/0.0.1':
      checkHashedRekord(proposed.spec as HashedRekord)
      return proposed
    case 'intoto/0.0.2':
      return { ...proposed, spec: storedIntoto(proposed.spec as Intoto) }
    default:
      throw new Error(`unsupported entry ${proposed.kind}/${proposed.apiVersion}`)
  }
}

/** Hash of the very text that was sent, hash of the payload, signatures: not the payload. */
function storedDsse({ proposedContent: { envelope, verifiers } }: ProposedDsse): unknown {
  const { payload, payloadType, signatures } = JSON.parse(envelope) as {
    readonly payload: string
    readonly payloadType: string
    readonly signatures: readonly { readonly sig: string }[]
  }
  const bytes = Buffer.from(payload, 'base64')
  const [verifier = ''] = verifiers
  const [{ sig } = { sig: '' }] = signatures
  const key = keyOfPem(Buffer.from(verifier, 'base64').toString())
  if (!isSignedBy(key, preAuthEncoding(payloadType, bytes), Buffer.from(sig, 'base64'))) {
    throw new Error('could not verify envelope')
  }
  return {
    envelopeHash: { algorithm: 'sha256', value: sha256(Buffer.from(envelope)).toString('hex') },
    payloadHash: { algorithm: 'sha256', value: sha256(bytes).toString('hex') },
    signatures: [{ signature: sig, verifier }]
  }
}

function checkHashedRekord({ data, signature }: HashedRekord): void {
  const key = keyOfPem(Buffer.from(signature.publicKey.content, 'base64').toString())
  const digest = Buffer.from(data.hash.value, 'hex')
  if (!isSignedDigest(key, digest, Buffer.from(signature.content, 'base64'))) {
    throw new Error(
      'verifying signature: invalid signature when validating ASN.1 encoded signature'
    )
  }
}

function storedIntoto({ content }: Intoto): unknown {
  const { payload, ...envelope } = content.envelope
  const bytes = twiceDecoded(payload)
  const [{ sig, publicKey } = { sig: '', publicKey: '' }] = envelope.signatures
  const key = keyOfPem(Buffer.from(publicKey, 'base64').toString())
  if (!isSignedBy(key, preAuthEncoding(envelope.payloadType, bytes), twiceDecoded(sig))) {
    throw new Error('could not verify envelope')
  }
  if (sha256(bytes).toString('hex') !== content.payloadHash.value) {
    throw new Error('payload hash does not match')
  }
  return { content: { ...content, envelope } }
}

function twiceDecoded(text: string): Buffer {
  return Buffer.from(Buffer.from(text, 'base64').toString(), 'base64')
}
