import { createHash, type Hash } from 'node:crypto'
import {
  MANIFEST_TYPES,
  type Manifest,
  MAX_MANIFEST_BYTES,
  parseManifest
} from '../../formats/oci.ts'
import { type Descriptor, isOciDigest } from '../../formats/oci/descriptor.ts'
import type { Sink } from '../../host/host.ts'
import { nonsenseError } from './faults.ts'
import type { Session } from './session.ts'

/** The registry served other bytes than the digest names. */
export interface Contradiction {
  readonly kind: 'contradicted'
  /** Digest of what it served. */
  readonly observed: string
  /** Where, without credentials. */
  readonly url: string
}

export interface FoundManifest {
  readonly kind: 'found'
  /** Of these bytes; its digest was computed from them. */
  readonly descriptor: Descriptor
  readonly bytes: Uint8Array
  readonly manifest: Manifest
  readonly url: string
  /** Of the tag, where the registry has such; for `If-Match`. */
  readonly etag?: string
}

export interface FoundBlob {
  readonly kind: 'found'
  /** Empty when there was a sink. */
  readonly bytes: Uint8Array
}

/**
 * Reads a manifest and computes its digest.
 *
 * @param reference tag or digest
 * @returns nothing when the repository does not have it
 */
export async function readManifest(
  session: Session,
  reference: string
): Promise<FoundManifest | Contradiction | undefined> {
  const what = `read the manifest of "${nameOf(session, reference)}"`
  const answer = await session.send({
    path: `manifests/${reference}`,
    access: 'pull',
    what,
    headers: { accept: MANIFEST_TYPES },
    maxBytes: MAX_MANIFEST_BYTES
  })
  if (answer.status !== 200) return undefined
  const { body: bytes, url, headers } = answer
  const said = headers['docker-content-digest']
  const expected = isOciDigest(reference) ? reference : said
  const digest = digestOf(bytes, expected)
  if (isOciDigest(reference) && digest !== reference) {
    return { kind: 'contradicted', observed: digest, url }
  }
  if (said !== undefined && isOciDigest(said) && said !== digestOf(bytes, said)) {
    throw nonsenseError(what, url, `it calls bytes with the digest ${digest} ${said}`)
  }
  const manifest = parseManifest(bytes, headers['content-type'] ?? '')
  if (manifest.kind === 'invalid') throw nonsenseError(what, url, manifest.reason)
  const descriptor = { mediaType: manifest.mediaType, digest, size: bytes.length }
  const { etag } = headers
  return { kind: 'found', descriptor, bytes, manifest, url, ...(etag !== undefined && { etag }) }
}

/** What the registry says of a manifest, without reading it. @returns nothing when it does not have it */
export async function headManifest(
  session: Session,
  reference: string
): Promise<Descriptor | undefined> {
  const answer = await session.send({
    path: `manifests/${reference}`,
    access: 'pull',
    what: `look for "${nameOf(session, reference)}"`,
    method: 'HEAD',
    headers: { accept: MANIFEST_TYPES },
    maxBytes: 0
  })
  if (answer.status !== 200) return undefined
  const { headers } = answer
  const digest = headers['docker-content-digest'] ?? ''
  const size = Number(headers['content-length'])
  const mediaType = (headers['content-type'] ?? '').split(';', 1)[0] ?? ''
  if (isOciDigest(digest) && Number.isSafeInteger(size)) return { mediaType, digest, size }
  // It does not have to say: then the bytes do.
  const found = await readManifest(session, reference)
  return found?.kind === 'found' ? found.descriptor : undefined
}

/**
 * Reads a blob and compares its digest, in memory or piece by piece. What a sink was given counts only once
 * the answer is `found`.
 *
 * @param sink called anew at each attempt
 * @returns nothing when the repository does not have it
 * @throws ServiceError `SERVICE_LIMIT_EXCEEDED` as soon as there is more than the descriptor says
 */
export async function readBlob(
  session: Session,
  { digest, size }: Pick<Descriptor, 'digest' | 'size'>,
  sink?: () => (chunk: Uint8Array) => void
): Promise<FoundBlob | Contradiction | undefined> {
  let hash = hashFor(digest)
  const hashing = (): Sink => {
    hash = hashFor(digest)
    const write = sink?.()
    return (chunk) => {
      hash.update(chunk)
      write?.(chunk)
    }
  }
  const answer = await session.send({
    path: `blobs/${digest}`,
    access: 'pull',
    what: `read the blob "${nameOf(session, digest)}"`,
    maxBytes: size,
    ...(sink && { sink: hashing })
  })
  if (answer.status !== 200) return undefined
  if (!sink) hash.update(answer.body)
  const observed = `${algorithmOf(digest)}:${hash.digest('hex')}`
  return observed === digest
    ? { kind: 'found', bytes: answer.body }
    : { kind: 'contradicted', observed, url: answer.url }
}

/** The digest of bytes, by the hash function of another one; SHA-256 unless there is another. */
export function digestOf(bytes: Uint8Array, like = ''): string {
  return `${algorithmOf(like)}:${hashFor(like).update(bytes).digest('hex')}`
}

export function hashFor(digest: string): Hash {
  return createHash(algorithmOf(digest))
}

function algorithmOf(digest: string): 'sha256' | 'sha512' {
  return digest.startsWith('sha512:') ? 'sha512' : 'sha256'
}

/** `ghcr.io/o/app:1.0`, for messages. */
export function nameOf({ registry, repository }: Session, reference: string): string {
  return `${registry}/${repository}${reference.includes(':') ? '@' : ':'}${reference}`
}
