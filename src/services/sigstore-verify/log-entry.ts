import { createPublicKey, type KeyObject } from 'node:crypto'
import { type JsonObject, jsonObjectOf } from '../../formats/json.ts'

/** With what a signature is verified: what the bundle shows, not what its log entries say. */
export interface SigningMaterial {
  readonly key: KeyObject
  /** DER, of a bundle that has a certificate. */
  readonly certificate?: Uint8Array
}

/**
 * Holds what a log entry says about the signer to the bundle itself: the entry could be somebody else's, over the
 * same signature.
 *
 * @param body the entry's canonical body, whose inclusion is proven elsewhere
 * @returns what differs, as text
 * @see https://github.com/sigstore/rekor/tree/main/pkg/types
 */
export function loggedSignerMismatch(
  body: Uint8Array,
  { key, certificate }: SigningMaterial
): string | undefined {
  const logged = verifierIn(jsonObjectOf(parsed(body)) ?? {})
  if (logged === undefined) return 'a log entry does not say with what it was signed'
  const what = certificate === undefined ? 'public key' : 'certificate'
  const same =
    certificate === undefined
      ? logged.kind === 'key' && isKey(logged.der, key)
      : logged.kind === 'certificate' && Buffer.compare(logged.der, certificate) === 0
  return same ? undefined : `a log entry is of another ${what} than the bundle's`
}

interface LoggedVerifier {
  readonly kind: 'certificate' | 'key'
  readonly der: Buffer
}

/** The one place where each kind of entry has it. */
function verifierIn({ kind, apiVersion, spec }: JsonObject): LoggedVerifier | undefined {
  const fields = jsonObjectOf(spec) ?? {}
  switch (`${text(kind)} ${text(apiVersion)}`) {
    case 'hashedrekord 0.0.1':
      return pemIn(object(object(fields, 'signature'), 'publicKey')['content'])
    case 'dsse 0.0.1':
      return pemIn(first(fields['signatures'])['verifier'])
    case 'intoto 0.0.1':
      return pemIn(fields['publicKey'])
    case 'intoto 0.0.2': {
      const envelope = object(object(fields, 'content'), 'envelope')
      return pemIn(first(envelope['signatures'])['publicKey'])
    }
    case 'hashedrekord 0.0.2': {
      const signature = object(object(fields, 'hashedRekordV002'), 'signature')
      return derIn(object(signature, 'verifier'))
    }
    case 'dsse 0.0.2': {
      const { signatures } = object(fields, 'dsseV002')
      return derIn(object(first(signatures), 'verifier'))
    }
    default:
      return undefined
  }
}

const PEM = /^\s*-----BEGIN (CERTIFICATE|PUBLIC KEY)-----([A-Za-z0-9+/=\s]+)-----END /

/** Rekor v1: base64 of a PEM text, of which the first block counts. */
function pemIn(base64: unknown): LoggedVerifier | undefined {
  if (typeof base64 !== 'string') return undefined
  const [, label, content = ''] = PEM.exec(Buffer.from(base64, 'base64').toString('latin1')) ?? []
  if (label === undefined) return undefined
  const der = Buffer.from(content, 'base64')
  return { kind: label === 'CERTIFICATE' ? 'certificate' : 'key', der }
}

/** Rekor v2: base64 of DER. */
function derIn(verifier: JsonObject): LoggedVerifier | undefined {
  const certificate = object(verifier, 'x509Certificate')['rawBytes']
  if (typeof certificate === 'string') {
    return { kind: 'certificate', der: Buffer.from(certificate, 'base64') }
  }
  const key = object(verifier, 'publicKey')['rawBytes']
  return typeof key === 'string' ? { kind: 'key', der: Buffer.from(key, 'base64') } : undefined
}

function isKey(der: Buffer, key: KeyObject): boolean {
  try {
    return createPublicKey({ key: der, format: 'der', type: 'spki' }).equals(key)
  } catch {
    return false
  }
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown
  } catch {
    return undefined
  }
}

function object(value: JsonObject, name: string): JsonObject {
  return jsonObjectOf(value[name]) ?? {}
}

function first(list: unknown): JsonObject {
  return (Array.isArray(list) && list.length === 1 ? jsonObjectOf(list[0]) : undefined) ?? {}
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
