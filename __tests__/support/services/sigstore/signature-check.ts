import { createPublicKey, type KeyObject, verify, X509Certificate } from 'node:crypto'
import { p256, p384 } from '@noble/curves/nist.js'

const CURVES: Readonly<Record<string, typeof p256>> = { 'P-256': p256, 'P-384': p384 }

/** The key of a PEM certificate or of a PEM public key, whichever it is. */
export function keyOfPem(pem: string): KeyObject {
  return pem.includes('CERTIFICATE') ? new X509Certificate(pem).publicKey : createPublicKey(pem)
}

/** Whether a signature is one over these bytes. */
export function isSignedBy(key: KeyObject, bytes: Uint8Array, signature: Uint8Array): boolean {
  const algorithm = key.asymmetricKeyType === 'ed25519' ? null : 'sha256'
  return verify(algorithm, bytes, key, signature)
}

/**
 * Whether an ECDSA signature is one over bytes with this digest: all that a log has of them. `node:crypto` can only
 * hash for itself.
 *
 * @throws Error for a key of another kind
 */
export function isSignedDigest(key: KeyObject, digest: Uint8Array, signature: Uint8Array): boolean {
  const { crv = '', x, y } = key.export({ format: 'jwk' })
  const curve = Object.hasOwn(CURVES, crv) ? CURVES[crv] : undefined
  if (curve === undefined || x === undefined || y === undefined) {
    throw new Error(`unsupported key: ${key.asymmetricKeyType ?? 'none'} ${crv}`)
  }
  const point = Buffer.concat([
    Buffer.from([4]),
    Buffer.from(x, 'base64url'),
    Buffer.from(y, 'base64url')
  ])
  // Signers do not normalise S: with `lowS` half of all true signatures would be refused.
  return curve.verify(signature, digest, point, { prehash: false, format: 'der', lowS: false })
}

/** What an envelope's signature is over. @see https://github.com/secure-systems-lab/dsse/blob/master/protocol.md */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `
  return Buffer.concat([Buffer.from(head), payload])
}
