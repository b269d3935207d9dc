import type { SignatureForm } from '../../model/settings.ts'
import type { GithubAttestations } from '../../services/github-attestations.ts'
import type { OciRepository } from '../../services/oci-registry.ts'
import type { OwnVerifier } from './own-bundles.ts'
import type { FoundBundle } from './referrers.ts'
import type { Says, Signing, WantedStatement } from './signing.ts'
import type { ImageSubject } from './subjects.ts'

/** With what images are signed. */
export interface ImageWork extends Signing {
  readonly own: OwnVerifier
  readonly forms: ReadonlySet<SignatureForm>
  /** Where the form `github` goes; absent when it is not asked for. */
  readonly github?: GithubAttestations
  /** What bundles name our key by; empty for a certificate. */
  readonly hint: string
  /** The one connection of this run to a repository: `ghcr.io/o/app`. */
  repositoryOf(name: string): OciRepository
}

/** What is to be signed of one image, and what of it is there already. */
export interface PlannedSubject {
  readonly one: ImageSubject
  readonly repository: OciRepository
  readonly wanted: readonly WantedStatement[]
  readonly referrers: ReadonlyMap<Says, FoundBundle>
  /** Bundles that GitHub keeps. */
  readonly github: ReadonlyMap<Says, unknown>
  /** Digests of layers under the older tags. */
  readonly legacy: ReadonlyMap<Says, string>
  readonly notes: readonly string[]
}

/** A bundle that says it, from any place that has it. */
export function bundleBefore(
  { referrers, github }: Pick<PlannedSubject, 'referrers' | 'github'>,
  says: Says
): unknown {
  return referrers.get(says)?.bundle ?? github.get(says)
}

/** Whether a statement has to be signed as a bundle: it is asked for, and no place has it. */
export function needsBundle(
  planned: PlannedSubject,
  { says }: WantedStatement,
  forms: ReadonlySet<SignatureForm>
): boolean {
  // The older form holds what the bundle of another run does not have: the chain of certificates.
  if (needsLegacy(planned, says, forms) && says !== 'signature') return true
  const asked = forms.has('referrer') || forms.has('file') || isForGithub(says, forms)
  return asked && bundleBefore(planned, says) === undefined
}

/** Whether a place lacks it that keeps it. */
export function needsPlace(
  planned: PlannedSubject,
  { says }: WantedStatement,
  forms: ReadonlySet<SignatureForm>
): boolean {
  return (
    (forms.has('referrer') && !planned.referrers.has(says)) ||
    (isForGithub(says, forms) && !planned.github.has(says)) ||
    needsLegacy(planned, says, forms)
  )
}

/** Whether the older tag lacks it. */
export function needsLegacy(
  { legacy }: Pick<PlannedSubject, 'legacy'>,
  says: Says,
  forms: ReadonlySet<SignatureForm>
): boolean {
  return forms.has('legacy') && !legacy.has(says)
}

/** GitHub keeps attestations; that an image is signed is none. */
export function isForGithub(says: Says, forms: ReadonlySet<SignatureForm>): boolean {
  return forms.has('github') && says !== 'signature'
}
