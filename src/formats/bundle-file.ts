import { bundleOfLegacyLayer, LEGACY_LAYER } from './cosign-legacy.ts'
import { jsonIn, type JsonObject, jsonObjectIn, jsonObjectOf } from './json.ts'
import { bundleOfAttestation } from './python/attestation.ts'

/** One thing in a file with signatures. */
export type SignatureInFile =
  | {
      readonly kind: 'bundle'
      readonly json: JsonObject
      /** What its timestamps are of, where that is not the signature. */
      readonly stamped?: Uint8Array
    }
  /** A statement with its signature and certificate, whose log entry is with the log alone. */
  | { readonly kind: 'envelope'; readonly envelope: JsonObject; readonly certificate: string }
  /** What it is instead, without a final period. */
  | { readonly kind: 'damaged'; readonly reason: string }

/** Most entries of one file that are read. */
const MAX_ENTRIES = 200

/** Deepest wrapping of bundles in other objects. */
const MAX_DEPTH = 6

/**
 * Reads the signatures in a file: a Sigstore bundle, lists of them as GitHub, npm and PyPI hand them out, one on each
 * line, the file that cosign wrote before bundles, and statements of slsa-github-generator.
 *
 * @returns at most 200; never empty
 */
export function signaturesIn(text: string): readonly SignatureInFile[] {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text
  const whole = jsonIn(plain)
  if (whole !== undefined) return bounded(signaturesOf(whole, 0))
  const lines = plain.split('\n', MAX_ENTRIES * 2).filter((line) => line.trim() !== '')
  return bounded(
    lines.flatMap((line) => {
      const value = jsonIn(line)
      return value === undefined ? damaged('it is no JSON') : signaturesOf(value, 0)
    })
  )
}

function bounded(found: readonly SignatureInFile[]): readonly SignatureInFile[] {
  return found.length === 0 ? damaged('it is empty') : found.slice(0, MAX_ENTRIES)
}

function signaturesOf(value: unknown, depth: number): readonly SignatureInFile[] {
  if (depth > MAX_DEPTH) return damaged('it is wrapped too often')
  if (Array.isArray(value)) {
    return value.slice(0, MAX_ENTRIES).flatMap((one) => signaturesOf(one, depth + 1))
  }
  const json = jsonObjectOf(value)
  if (json === undefined) return damaged('it is no JSON object')
  if (json['verificationMaterial'] !== undefined) return [{ kind: 'bundle', json }]
  if (json['verification_material'] !== undefined) {
    return [{ kind: 'bundle', json: bundleOfAttestation(json) }]
  }
  if (json['base64Signature'] !== undefined) return [signatureOfOldFile(json)]
  if (json['payloadType'] !== undefined) return [signatureOfEnvelope(json)]
  const inner = json['bundle'] ?? json['attestations'] ?? json['attestation_bundles']
  return inner === undefined
    ? damaged('it is no bundle: it has no verificationMaterial')
    : signaturesOf(inner, depth + 1)
}

function damaged(reason: string): readonly SignatureInFile[] {
  return [{ kind: 'damaged', reason }]
}

/** @see https://github.com/slsa-framework/slsa-github-generator */
function signatureOfEnvelope(envelope: JsonObject): SignatureInFile {
  const { signatures } = envelope
  const first = jsonObjectOf(Array.isArray(signatures) ? signatures[0] : undefined)
  const { cert, keyid } = first ?? {}
  if (typeof cert === 'string' && cert !== '') {
    return { kind: 'envelope', envelope, certificate: cert }
  }
  // Signed with a key, and that is all.
  const hint = typeof keyid === 'string' ? keyid : ''
  return {
    kind: 'bundle',
    json: {
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: { publicKey: { hint }, tlogEntries: [] },
      dsseEnvelope: envelope
    }
  }
}

/** What `cosign sign-blob --bundle` and `attest-blob` wrote before version 3. @see https://github.com/sigstore/cosign/blob/v2.6.0/pkg/cosign/fetch.go */
function signatureOfOldFile(json: JsonObject): SignatureInFile {
  const { base64Signature, cert, rekorBundle } = json
  if (typeof base64Signature !== 'string') {
    return { kind: 'damaged', reason: 'its base64Signature is no text' }
  }
  const signed = Buffer.from(base64Signature, 'base64')
  const isEnvelope = jsonObjectIn(signed)?.['payloadType'] !== undefined
  const annotations = {
    'dev.cosignproject.cosign/signature': base64Signature,
    ...(rekorBundle !== undefined && {
      'dev.sigstore.cosign/bundle': JSON.stringify(rekorBundle)
    }),
    ...(typeof cert === 'string' &&
      cert !== '' && {
        'dev.sigstore.cosign/certificate': pemIn(cert)
      })
  }
  const mediaType = isEnvelope ? LEGACY_LAYER.att : LEGACY_LAYER.sig
  const bundle = bundleOfLegacyLayer({ mediaType, annotations, bytes: signed })
  if (typeof bundle === 'string') return { kind: 'damaged', reason: bundle }
  if (isEnvelope) return { kind: 'bundle', json: bundle, stamped: signed }
  const digest = digestLogged(rekorBundle)
  if (digest === undefined) {
    return { kind: 'damaged', reason: 'it has no log entry that says what was signed' }
  }
  const messageDigest = { algorithm: 'SHA2_256', digest }
  const messageSignature = { messageDigest, signature: base64Signature }
  return { kind: 'bundle', json: { ...bundle, messageSignature } }
}

/** Base64 of the SHA-256 in the entry; whether it is that of the bytes is for the verifier to see. */
function digestLogged(rekorBundle: unknown): string | undefined {
  const { body } = jsonObjectOf(jsonObjectOf(rekorBundle)?.['Payload']) ?? {}
  if (typeof body !== 'string') return undefined
  const entry = jsonObjectIn(Buffer.from(body, 'base64'))
  const data = jsonObjectOf(jsonObjectOf(entry?.['spec'])?.['data'])
  const hex = jsonObjectOf(data?.['hash'])?.['value']
  return typeof hex === 'string' ? Buffer.from(hex, 'hex').toString('base64') : undefined
}

/** cosign wrote PEM, or base64 of it. */
function pemIn(text: string): string {
  return text.startsWith('-----') ? text : Buffer.from(text, 'base64').toString('latin1')
}
