import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { jsonObjectOf } from '../../formats/json.ts'

/** A key with which a registry signs what it serves. */
export interface RegistryKey {
  /** Recomputed from the key: an id that was only stated could belong to another. */
  readonly id: string
  /** What it may be used for: `npm:signatures` or `npm:attestations`. */
  readonly usage: string
  readonly key: KeyObject
  /** When the registry signs with it, ISO 8601. Nobody signed the time of a publication: it excludes nothing. */
  readonly from?: string
  readonly until?: string
}

/** Most keys that are read; npm has had two. */
const MAX_KEYS = 100

/**
 * Reads the keys out of the TUF target of an npm registry. Entries that are no P-256 key, or state an id that
 * is not their own, are left out.
 *
 * @see https://docs.npmjs.com/about-registry-signatures
 */
export function registryKeysIn(target: unknown): readonly RegistryKey[] {
  const keys = jsonObjectOf(target)?.['keys']
  return Array.isArray(keys) ? keys.slice(0, MAX_KEYS).flatMap((key) => keyIn(key) ?? []) : []
}

function keyIn(entry: unknown): RegistryKey | undefined {
  const { keyId, keyUsage, publicKey } = jsonObjectOf(entry) ?? {}
  const { rawBytes, validFor } = jsonObjectOf(publicKey) ?? {}
  if (typeof keyUsage !== 'string' || typeof rawBytes !== 'string') return undefined
  const spki = Buffer.from(rawBytes, 'base64')
  const key = p256KeyIn(spki)
  if (key === undefined || keyId !== npmKeyId(key)) return undefined
  const { start, end } = jsonObjectOf(validFor) ?? {}
  return {
    id: keyId,
    usage: keyUsage,
    key,
    ...(typeof start === 'string' && { from: start }),
    ...(typeof end === 'string' && { until: end })
  }
}

function p256KeyIn(spki: Buffer): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : undefined
  } catch {
    return undefined
  }
}

/** Length of an uncompressed point of P-256, in bytes: what its SPKI form ends with. */
const POINT_BYTES = 65

/**
 * The id by which npm names a P-256 key: OpenSSH's SHA-256 fingerprint.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5656#section-3.1
 */
export function npmKeyId(key: KeyObject): string {
  const point = key.export({ format: 'der', type: 'spki' }).subarray(-POINT_BYTES)
  const parts = [Buffer.from('ecdsa-sha2-nistp256'), Buffer.from('nistp256'), point]
  const blob = Buffer.concat(parts.map(sshString))
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}

/** @see https://www.rfc-editor.org/rfc/rfc4251#section-5 */
function sshString(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
