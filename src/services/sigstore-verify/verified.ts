import type { KeyObject } from 'node:crypto'
import type { Statement } from '../../formats/in-toto.ts'
import type { Digest } from '../../model/digest.ts'
import type { Signer } from '../../model/signer.ts'

/** What bundles are verified with. */
export interface SigstoreTrust {
  /** JSON of a trusted root: certificate authorities, logs, timestamp authorities. */
  readonly trustedRoot: unknown
  /** Keys that sign without a certificate. */
  readonly keys: readonly TrustedKey[]
  /** When the material was the newest there was, ISO 8601 date. */
  readonly asOf: string
  /** Least log entries and proven times of what a key signed; 1 and 1 unless given. Never of certificates. */
  readonly thresholds?: { readonly log: number; readonly timestamp: number }
  /**
   * A certificate's signature may do without a log entry, when a timestamp authority proves its time. It always
   * may where the trusted root lists no log.
   */
  readonly timestampOnly?: boolean
  /** Every key is tried, whatever a bundle names it by: there is no one way to name keys. */
  readonly anyHint?: boolean
}

export interface TrustedKey {
  /** What a bundle names it by. */
  readonly id: string
  readonly key: KeyObject
  /** ISO 8601. Held against the time that a log or a timestamp authority states. */
  readonly from?: string
  readonly until?: string
}

/** Who signed, and when, as far as it is proven. */
export interface VerifiedSigner {
  readonly by: 'key' | 'certificate'
  readonly signer: Signer
  /** ISO 8601, UTC, seconds: proven by a log or a timestamp authority. Never empty for a certificate. */
  readonly times: readonly string[]
}

/** What is left of a bundle when everything about it holds: nothing else of it may be believed. */
export interface VerifiedStatement extends VerifiedSigner {
  readonly statement: Statement
}

/** The same of a bundle that is about bytes themselves. */
export interface VerifiedMessage extends VerifiedSigner {
  /** SHA-256 of the bytes that were read. */
  readonly digest: Digest
}

/** What of a bundle does not hold. */
export type BundleCheck =
  | 'form'
  | 'signature'
  | 'certificate'
  | 'public key'
  | 'log entry'
  | 'time'
  | 'statement'

/** Why a bundle is not believed. */
export interface RefusedBundle {
  readonly check: BundleCheck
  /** What was wrong, without a final period. */
  readonly refused: string
  /**
   * A key or authority is not known that may be newer than the trust material. Only the bundle says so itself:
   * it is a reason to look again, never one to believe.
   */
  readonly unknownAuthority: boolean
}

/** A refusal that newer trust material would not change. */
export function refused(check: BundleCheck, reason: string): RefusedBundle {
  return { check, refused: reason, unknownAuthority: false }
}
