import { createHash } from 'node:crypto'
import { type DsseEnvelope, dsseEnvelope, preAuthEncoding } from '../../formats/dsse.ts'
import { IN_TOTO_PAYLOAD } from '../../formats/in-toto.ts'
import type { JsonObject } from '../../formats/json.ts'
import type { SigningKey } from '../bundle-signer.ts'

/** A signature over something, with what logs need to know of it. */
export interface Signed {
  readonly signature: Uint8Array
  /** SHA-256 of what was signed. */
  readonly digest: Uint8Array
  /** What a statement was put into. */
  readonly envelope?: DsseEnvelope
  /** Part of the bundle. */
  readonly content: JsonObject
}

/** Makes a new signature at each call. */
export type Sign = () => Promise<Signed>

/** Signs a statement. */
export function statementSign(key: SigningKey, payload: Uint8Array): Sign {
  return async () => {
    const { signature, digest } = await signChunks(key, preAuthEncoding(IN_TOTO_PAYLOAD, payload))
    const envelope = dsseEnvelope(IN_TOTO_PAYLOAD, payload, signature)
    return { signature, digest, envelope, content: { dsseEnvelope: envelope } }
  }
}

/** Signs bytes, which are read once for each signature. */
export function messageSign(
  key: SigningKey,
  chunks: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>
): Sign {
  return async () => {
    const { signature, digest } = await signChunks(key, chunks())
    return { signature, digest, content: { messageSignature: messageSignature(signature, digest) } }
  }
}

async function signChunks(
  key: SigningKey,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
): Promise<Pick<Signed, 'signature' | 'digest'>> {
  const hash = createHash('sha256')
  const signature = await key.sign(watched(chunks, (chunk) => void hash.update(chunk)))
  return { signature, digest: hash.digest() }
}

function messageSignature(signature: Uint8Array, digest: Uint8Array): JsonObject {
  return {
    messageDigest: { algorithm: 'SHA2_256', digest: base64(digest) },
    signature: base64(signature)
  }
}

async function* watched(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  take: (chunk: Uint8Array) => void
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    take(chunk)
    yield chunk
  }
}

/** Bytes in JSON. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
