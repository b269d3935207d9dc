import { createHash, createPublicKey } from 'node:crypto'
import type { JsonObject } from '../../formats/json.ts'
import type { SigningIdentity, SigningKey } from '../bundle-signer.ts'

/** What stands beside a signature so that others can tell whose it is. */
export interface Credential {
  readonly identity: SigningIdentity
  /** Part of a bundle's verification material. */
  readonly material: JsonObject
  /** Certificates above the leaf, DER as base64. */
  readonly chain: readonly string[]
  /** PEM of certificate or key, for logs. */
  readonly pem: string
  /** DER of certificate or key, for logs. */
  readonly der: Uint8Array
  /** Within which a signature has to be proven to be made, in milliseconds since 1970; a key has no such time. */
  readonly validity?: { readonly from: number; readonly until: number }
}

/** Whom a key stands for: itself. */
export function keyCredential(key: SigningKey): Credential {
  const parsed = createPublicKey(key.publicKey)
  const der = parsed.export({ format: 'der', type: 'spki' })
  // Logs compare it as text.
  const publicKey = parsed.export({ format: 'pem', type: 'spki' }).toString()
  const hint = createHash('sha256').update(der).digest('base64')
  return {
    identity: { kind: 'key', publicKey, hint },
    material: { publicKey: { hint } },
    chain: [],
    pem: publicKey,
    der
  }
}
