import type { Component, LockedFile } from '../model/component.ts'
import type { Digest } from '../model/digest.ts'
import type { Evidence } from '../model/evidence.ts'
import type { Signer } from '../model/signer.ts'
import type { RegistryContext } from './registry.ts'
import type { SigstoreTargets } from './sigstore-targets.ts'

/** Whom to ask for the signatures of one ecosystem's packages. One file each, listed in `index.ts`. */
export interface SignatureSource {
  /** {@link Component.ecosystem} that it serves. */
  readonly ecosystem: string
  /** What its registries sign, or carry the signatures of: whose lack says something about a package. */
  readonly signs: Kind
  /** Locks list files of which a machine installs one: those that were not read say nothing of what is installed. */
  readonly listsAlternatives: boolean
  /** The hash function of what is signed. */
  readonly algorithm: Digest['algorithm']
  /**
   * Reads the project's and the machine's own registry configuration.
   *
   * @throws ParseError `CONFIG_SYNTAX` when a configuration file is damaged
   */
  connect(context: SignatureContext): SignatureClient
}

/** What a client of signatures may use. */
export interface SignatureContext extends Omit<RegistryContext, 'goChecksumDatabase'> {
  /** npm registry that is asked for what the configured one, a mirror, does not serve. */
  readonly npmSignaturesFrom?: string
  /** Keys and authorities that are known beforehand; asked for when there is something signed, once. */
  readonly trusted: () => Promise<SigstoreTargets>
}

/** Answers about single files. Remembers what it was told: a package's document is asked for once. */
export interface SignatureClient {
  /**
   * Address of the registry that would be asked, without credentials: what it never serves is its own matter,
   * not that of each package.
   *
   * @returns nothing for what is no package of a registry
   * @throws ServiceError when none may be asked
   */
  placeOf(component: Component, file: LockedFile): string | undefined
  /**
   * Fetches what is signed about a file and verifies it.
   *
   * @returns nothing when the registry knows no such package or version
   * @throws ServiceError when it could not be asked
   */
  ask(question: SignatureQuestion): Promise<SignatureAnswer | undefined>
}

export interface SignatureQuestion {
  readonly component: Component
  readonly file: LockedFile
  /** Of {@link SignatureSource.algorithm}: what the signed statement has to be about. */
  readonly digest: Digest
}

export interface SignatureAnswer {
  /** Kinds that the registry serves for this or another version of the package. */
  readonly serves: readonly Kind[]
  readonly observations: readonly SignatureObservation[]
  /** When the keys and authorities that it was held to were the newest there were, ISO 8601 date. */
  readonly trustAsOf?: string
  /** Why they are not the newest: {@link SigstoreTargets.frozen}. */
  readonly trustFrozen?: string
}

type Kind = Extract<Evidence['kind'], 'signature' | 'attestation'>

/** One signature or attestation, or the lack of it. */
export type SignatureObservation = Pick<Evidence, 'outcome' | 'source' | 'detail'> & {
  readonly kind: Kind
  /** Who signed it; only when that was verified. */
  readonly signer?: Signer
  /** Why it is `unavailable`, in words that other packages share. */
  readonly reason?: string
}
