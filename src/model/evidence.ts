import type { Digest } from './digest.ts'
import type { Signer } from './signer.ts'

/**
 * How a check came out.
 *
 * - `verified`: what was found matches the claim
 * - `contradicted`: it does not; always worth a finding
 * - `absent`: nobody made such a claim (the lock pins no digest)
 * - `unavailable`: we could not look; never to be read as `absent`
 */
export type Outcome = 'verified' | 'contradicted' | 'absent' | 'unavailable'

/**
 * What was looked at.
 *
 * - `digest`: the bytes themselves, read and hashed
 * - `index-digest`: the digest that the registry's index states; weaker, no bytes were read
 * - `inclusion-proof`: a signed, append-only log that contains the digest
 * - `signature`: a signature over name, version and digest, by a key that is known beforehand
 * - `attestation`: a signed statement about the digest, with who made it
 */
export type EvidenceKind =
  | 'digest'
  | 'index-digest'
  | 'inclusion-proof'
  | 'signature'
  | 'attestation'

/** One observation, made so that somebody else can make it again. */
export interface Evidence {
  /** A purl, or what else was looked at: the address of a registry, a path. */
  readonly subject: string
  readonly kind: EvidenceKind
  readonly outcome: Outcome
  /** URL or checkout path that was looked at, without credentials; empty when there was no place to look. */
  readonly source: string
  /** File of the subject, where it has several. */
  readonly file?: string
  /** Digest of what was found; absent when nothing was. */
  readonly observed?: Digest
  /** Who signed it; only when that was verified. */
  readonly signer?: Signer
  /** Type of the statement, where it is one that tells more than its kind. */
  readonly predicateType?: string
  /** ISO 8601, UTC, seconds. */
  readonly observedAt: string
  /** One sentence with the values compared, without a final period. */
  readonly detail: string
}
