import { createHash, createVerify, type KeyObject } from 'node:crypto'
import type { SignedEntity } from '@sigstore/verify'
import type { Digest } from '../../model/digest.ts'

/** Bytes, however they come. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** What was learned of a message in one pass over its bytes. */
export interface ReadMessage {
  /** SHA-256 of the bytes. */
  readonly digest: Digest
  /** What the bundle has to state of them: by the hash function that it names, in hex. */
  readonly hashed: string
  /** The same in the place of the library's, which wants all bytes at once. */
  content(of: SignedEntity['signature']): SignedEntity['signature']
}

/** Hash functions that a bundle may name, by their numbers in the protocol. */
const HASHES: ReadonlyMap<number, string> = new Map([
  [0, 'sha256'],
  [1, 'sha256'],
  [2, 'sha384'],
  [3, 'sha512']
])

/** Whether messages are hashed so. @see https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_common.proto */
export function hashNamed(algorithm: number): string | undefined {
  return HASHES.get(algorithm)
}

/**
 * Reads a message once and verifies its signature with every key that may be meant: files have any size.
 *
 * @throws whatever the chunks throw
 */
export async function readMessage(
  chunks: Chunks,
  {
    hash,
    signature,
    keys
  }: {
    readonly hash: string
    readonly signature: Uint8Array
    readonly keys: readonly KeyObject[]
  }
): Promise<ReadMessage> {
  const sha256 = createHash('sha256')
  const declared = createHash(hash)
  const verifying = keys.map((key) => ({ key, verify: createVerify(hash) }))
  for await (const chunk of chunks) {
    sha256.update(chunk)
    declared.update(chunk)
    for (const { verify } of verifying) verify.update(chunk)
  }
  const bytes = declared.digest()
  const good = verifying.filter(({ key, verify }) => holds(() => verify.verify(key, signature)))
  return {
    digest: { algorithm: 'sha256', hex: sha256.digest('hex') },
    hashed: bytes.toString('hex'),
    content: (of) => ({
      signature: of.signature,
      compareSignature: (other) => of.compareSignature(other),
      compareDigest: (other) => other.equals(bytes) && of.compareDigest(other),
      compareSignedDigest: (other) => other.equals(bytes) && of.compareSignedDigest(other),
      // The library's digest of the bundle is compared here too: a bundle without log entries has no other place.
      verifySignature: (key) => of.compareDigest(bytes) && good.some((one) => one.key.equals(key))
    })
  }
}

/** Whether a check of the library or of Node holds; a key of a kind that cannot verify what is there throws. */
export function holds(check: () => boolean): boolean {
  try {
    return check()
  } catch {
    return false
  }
}
