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
  /** Where the form `github` goes; absent where it is not asked for. */
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
  /** Digests of layers under the older tags. */
  readonly legacy: ReadonlyMap<Says, string>
  readonly notes: readonly string[]
}

/** Whether a statement has to be signed as a bundle: for a place that does not have it, and no other place does. */
export function needsBundle(
  { referrers, legacy }: PlannedSubject,
  { says }: WantedStatement,
  forms: ReadonlySet<SignatureForm>
): boolean {
  if (needsLegacy({ legacy }, says, forms) && says !== 'signature') return true
  const elsewhere = forms.has('referrer') || forms.has('file') || isForGithub(says, forms)
  return elsewhere && !referrers.has(says)
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
