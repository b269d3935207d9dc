/**
 * Claims of a runner's OIDC token, verified: which workflow run this is. Their values come from the code host, and no
 * step of the job can change them.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc#oidc-token-claims
 */
export interface WorkflowClaims {
  /** `https://token.actions.githubusercontent.com` */
  readonly issuer: string
  /** `octo-org/octo-repo` */
  readonly repository: string
  readonly repositoryId: string
  readonly repositoryOwnerId: string
  /** `public`, `private` or `internal`. */
  readonly repositoryVisibility: string
  /** `refs/heads/main` */
  readonly ref: string
  /** The commit that the run is about. */
  readonly sha: string
  /** The workflow that was started: `octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main`. */
  readonly workflowRef: string
  readonly workflowSha: string
  /** The workflow that the job stands in: the same, or a reusable one. */
  readonly jobWorkflowRef: string
  readonly jobWorkflowSha: string
  /** `push`, `workflow_dispatch` … */
  readonly eventName: string
  /** `github-hosted` or `self-hosted`. */
  readonly runnerEnvironment: string
  readonly runId: string
  readonly runAttempt: string
}
