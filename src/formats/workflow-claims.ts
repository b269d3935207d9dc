import type { WorkflowClaims } from '../model/workflow-claims.ts'
import type { JsonObject } from './json.ts'

/** How each claim has to look: what is not of this form would say something else in an address that is made of it. */
const SLUG = /^[\w.-]+\/[\w.-]+$/
const ID = /^\d{1,20}$/
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/
const REF = /^refs\/[^\s\p{C}]{1,1000}$/u
const WORD = /^[a-z][a-z_-]{0,99}$/
/** `owner/name/path@ref` */
const WORKFLOW = /^[\w.-]+\/[\w.-]+\/[^\s\p{C}@]{1,1000}@[^\s\p{C}]{1,1000}$/u

/**
 * Reads the claims of a verified token of a workflow's job.
 *
 * @returns which claim is missing or not of its form, as text
 * @see https://docs.github.com/en/actions/reference/security/oidc#oidc-token-claims
 */
export function workflowClaimsIn(issuer: string, claims: JsonObject): WorkflowClaims | string {
  const wrong: string[] = []
  const read = (name: string, form: RegExp): string => {
    const value = Object.hasOwn(claims, name) ? claims[name] : undefined
    if (typeof value === 'string' && form.test(value)) return value
    wrong.push(
      value === undefined
        ? `it does not claim "${name}"`
        : `its claim "${name}" is not of the form that GitHub gives it`
    )
    return ''
  }
  const found: WorkflowClaims = {
    issuer,
    repository: read('repository', SLUG),
    repositoryId: read('repository_id', ID),
    repositoryOwnerId: read('repository_owner_id', ID),
    repositoryVisibility: read('repository_visibility', WORD),
    ref: read('ref', REF),
    sha: read('sha', COMMIT),
    workflowRef: read('workflow_ref', WORKFLOW),
    workflowSha: read('workflow_sha', COMMIT),
    jobWorkflowRef: read('job_workflow_ref', WORKFLOW),
    jobWorkflowSha: read('job_workflow_sha', COMMIT),
    eventName: read('event_name', WORD),
    runnerEnvironment: read('runner_environment', WORD),
    runId: read('run_id', ID),
    runAttempt: read('run_attempt', ID)
  }
  return wrong[0] ?? found
}
