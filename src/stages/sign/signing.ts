import type { Digest } from '../../model/digest.ts'
import type { Document } from '../../model/document.ts'
import type { Outcome } from '../../model/evidence.ts'
import type { Finding } from '../../model/finding.ts'
import type { Predicate } from '../../model/predicate.ts'
import type { SignatureForm, StatementKind } from '../../model/settings.ts'
import type { Subject } from '../../model/subject.ts'
import type { BundleSigner } from '../../services/bundle-signer.ts'
import type { RunContext } from '../stage.ts'

/** All that is signed in one run is signed with this: images and files. */
export interface Signing {
  readonly context: RunContext
  /** Asked only for what is not there yet: whoever asks it has asked for a certificate. */
  readonly signer: BundleSigner
  readonly own: OwnBundles
  /** What is stated about every subject, besides the signature of an image or file itself. The verdict is among them. */
  readonly predicates: readonly Predicate[]
}

/**
 * Tells bundles that this run's signer made from all others: nothing counts as kept before it was read back and has
 * passed here, and what was there before and passes need not be signed again.
 */
export interface OwnBundles {
  /**
   * Holds a bundle to the exact identity that signs, and to a statement.
   *
   * @param bundle JSON as it was read, from anywhere
   * @param payload the statement that it has to hold, byte for byte
   * @returns what is wrong with it, without a final period; nothing when it holds
   */
  statementFault(bundle: unknown, payload: Uint8Array): Promise<string | undefined>
  /**
   * The same for what was there before this run: a statement of the same kind about the same subject counts when it
   * says the same, however it words the time at which it was made.
   */
  sameStatement(bundle: unknown, wanted: WantedStatement): Promise<boolean>
  /** Holds a bundle with a message signature to the exact identity and the signed bytes. */
  messageFault(bundle: unknown, chunks: SignedBytes): Promise<string | undefined>
  /** Whether what was there before this run is a signature of these bytes, by us. */
  sameMessage(bundle: unknown, chunks: SignedBytes): Promise<boolean>
}

/** Bytes that are signed themselves; called anew when something is tried again. */
export type SignedBytes = () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** What is said about one subject. */
export type Says = 'signature' | StatementKind

/** A statement about one subject that is to be signed. */
export interface WantedStatement {
  readonly says: Says
  readonly predicateType: string
  readonly subject: Subject
  /** The exact bytes that are signed. Rendered anew at each call: it may be large. */
  payload(): Uint8Array
}

/** What became of one signature or statement in one place. */
export interface Kept {
  readonly says: Says
  /** `minisign` is a form that only files have. */
  readonly form: SignatureForm | 'minisign'
  /** Of a statement. */
  readonly predicateType?: string
  /**
   * - `verified`: read back from its place, and it is what was signed, by exactly who signed
   * - `contradicted`: something else was read back
   * - `unavailable`: it could not be brought there, or not be read back
   */
  readonly outcome: Exclude<Outcome, 'absent'>
  /** It was there before this run. */
  readonly before: boolean
  /** Where it was read back from: an address without credentials, or the name of a document. */
  readonly source: string
  /** Of the bundle's bytes, as they were read back. */
  readonly observed?: Digest
  /** One sentence with the values compared, without a final period. */
  readonly detail: string
  /** What to do about it when it is not verified, where that is more than the rule says. */
  readonly remedy?: string
}

/** A subject, and all that was signed about it: a row of the section, and its evidence. */
export interface SignedSubject {
  readonly subject: Subject
  /** What it belongs to, as it was given: the reference of an image, the path of a file. */
  readonly given: string
  /** `index`, `linux/arm64`, `file` */
  readonly what: string
  readonly kept: readonly Kept[]
}

/** A line for a shell with which anybody can check a subject. */
export interface CheckCommand {
  /** {@link SignedSubject.given} of what it is about. */
  readonly given: string
  readonly line: string
}

/** What came of all images, or of all files. Evidence, findings on what could not be kept, and rows are made of it. */
export interface SignedSet {
  readonly subjects: readonly SignedSubject[]
  /** Files for the output folder that are not written yet. */
  readonly documents: readonly Document[]
  readonly commands: readonly CheckCommand[]
  /** Besides those for what could not be kept. */
  readonly findings: readonly Finding[]
  /** Sentences for the section: what was skipped, what was put again. */
  readonly notes: readonly string[]
}

/** What is in the way of signing, found out before the first signature. */
export interface Hindrance {
  readonly message: string
  readonly remedy: string
  /** The job's permission to add, for the lines to paste: `attestations: write`. */
  readonly permission?: string
  /** A service is in the way, not the workflow: trying again may help. */
  readonly passing?: true
}
