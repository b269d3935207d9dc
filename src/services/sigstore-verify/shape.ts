import { type JsonObject, jsonObjectOf } from '../../formats/json.ts'

/** Most log entries, timestamps and certificates of one bundle: each is compared with each other. */
const MAX_WITNESSES = 8

/** What today's rules are for: a bundle of another version may mean something else by the same fields. */
const MEDIA_TYPES: readonly unknown[] = [
  'application/vnd.dev.sigstore.bundle.v0.3+json',
  'application/vnd.dev.sigstore.bundle+json;version=0.3',
  'application/vnd.dev.sigstore.bundle+json;version=0.2',
  'application/vnd.dev.sigstore.bundle+json;version=0.1'
]

/**
 * Looks at a bundle before the library does: it takes versions that it does not know, of two contents the one that it
 * looks for first, and lists of any length.
 *
 * @returns what is wrong, as text
 * @see https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto
 */
export function shapeFault(bundle: unknown): string | undefined {
  const object = jsonObjectOf(bundle)
  if (object === undefined) return 'it is no JSON object'
  const { mediaType } = object
  if (!MEDIA_TYPES.includes(mediaType)) {
    const shown = typeof mediaType === 'string' ? `"${mediaType.slice(0, 100)}"` : 'nothing'
    return `it says that it is ${shown}, expected a Sigstore bundle of version 0.1, 0.2 or 0.3`
  }
  return contentFault(object) ?? materialFault(jsonObjectOf(object['verificationMaterial']) ?? {})
}

function contentFault({ dsseEnvelope, messageSignature }: JsonObject): string | undefined {
  if (isThere(dsseEnvelope) && isThere(messageSignature)) {
    return 'it holds both a statement and a signature of bytes'
  }
  if (!isThere(dsseEnvelope)) {
    return isThere(messageSignature) ? undefined : 'it holds neither a statement nor a signature'
  }
  const { payload, signatures } = jsonObjectOf(dsseEnvelope) ?? {}
  if (typeof payload !== 'string') return 'its payload is no text'
  const count = Array.isArray(signatures) ? signatures.length : 0
  return count === 1 ? undefined : `it has ${count} signatures, expected one`
}

function materialFault(material: JsonObject): string | undefined {
  const { publicKey, certificate, x509CertificateChain } = material
  const signers = [publicKey, certificate, x509CertificateChain].filter(isThere).length
  if (signers !== 1) {
    return signers === 0
      ? 'it has neither a certificate nor the name of a key'
      : 'it says more than once with what it is signed'
  }
  const { rfc3161Timestamps } = jsonObjectOf(material['timestampVerificationData']) ?? {}
  const { certificates } = jsonObjectOf(x509CertificateChain) ?? {}
  const lists = [material['tlogEntries'], rfc3161Timestamps, certificates]
  const long = lists.some((list) => Array.isArray(list) && list.length > MAX_WITNESSES)
  return long
    ? `it has more than ${MAX_WITNESSES} log entries, timestamps or certificates`
    : undefined
}

/** As JSON of the protocol has it: what is null is not there. */
function isThere(value: unknown): boolean {
  return value !== undefined && value !== null
}
