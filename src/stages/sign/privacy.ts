import type { WorkflowClaims } from '../../model/workflow-claims.ts'
import type { SigstoreInstance } from '../../services/sigstore-instance.ts'
import type { Hindrance } from './signing.ts'
import type { Way } from './way.ts'

/** What the guard looks at. */
export interface PrivacyQuestion {
  readonly way: Way
  readonly instance: Pick<SigstoreInstance, 'isPublic' | 'rekor'>
  /** The user has allowed it. */
  readonly allowed: boolean
  /** `public`, `private`, `internal`; absent when nobody knows. */
  readonly visibility?: string
  readonly claims?: WorkflowClaims
}

/**
 * Whether names of a private repository would enter a log that anybody can read, for good.
 *
 * @returns what exactly would become public, where that was not allowed
 */
export function privacyHindrance(question: PrivacyQuestion): Hindrance | undefined {
  const { way, instance, allowed, visibility } = question
  if (allowed || !instance.isPublic || visibility === 'public') return undefined
  // A key alone names nobody, and without a repository there is none to keep private.
  if (way === 'key' && (visibility === undefined || instance.rekor === undefined)) return undefined
  const which = visibility === undefined ? 'of unknown visibility' : visibility
  return {
    message: `The repository is ${which}, and this would enter a public log for good: ${madePublic(question)}`,
    remedy:
      'Set `publish-private-names: true` if that may become public; or name a private deployment with `trusted-root` and `signing-config`, or `sign: off`'
  }
}

function madePublic({ way, claims, instance }: PrivacyQuestion): string {
  const digests = 'the digests of what is signed and of every statement, and the time'
  if (way === 'key') return `${digests}, with the public key`
  const where = instance.rekor === undefined ? ' in the log of certificates' : ''
  if (claims === undefined) {
    return `the name of the repository, its workflow, branch or tag, commit and run, and the visibility${where}; ${digests}`
  }
  const { repository, jobWorkflowRef, workflowRef, ref, sha, eventName, runId } = claims
  const workflows = [...new Set([workflowRef, jobWorkflowRef])].join(' and ')
  return `the repository "${repository}", the workflow ${workflows}, ${ref}, commit ${sha}, the event ${eventName}, run ${runId}${where}; ${digests}`
}
