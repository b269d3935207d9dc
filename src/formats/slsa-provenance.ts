import type { WorkflowClaims } from '../model/workflow-claims.ts'

/** What a run was started with, besides what its workflow file says: nobody signed these. */
export type DispatchInputs = Readonly<Record<string, string | number | boolean>>

/** What provenance is made of. */
export interface BuildFacts {
  readonly claims: WorkflowClaims
  /** Address of the code host, without a slash at the end: `https://github.com`. */
  readonly server: string
  /** Of a run that somebody started by hand; absent for all others, and when nobody knows them. */
  readonly inputs?: DispatchInputs
}

/** What the fields of the provenance mean. @see https://actions.github.io/buildtypes/workflow/v1 */
const BUILD_TYPE = 'https://actions.github.io/buildtypes/workflow/v1'

/** Where the provenance says what is not from the verified token. */
const INPUTS_AT = 'externalParameters.inputs'

/**
 * SLSA provenance of version 1, field by field as GitHub's own: `externalParameters.inputs` of a run that was started
 * by hand, and the builder's commit of a reusable workflow, are added.
 *
 * @see https://slsa.dev/spec/v1.2/build-provenance
 */
export function slsaProvenance(facts: BuildFacts): object {
  const { claims, server, inputs } = facts
  const { uri, commit } = sourceOf(facts)
  return {
    buildDefinition: {
      buildType: BUILD_TYPE,
      externalParameters: {
        workflow: {
          ref: claims.ref,
          repository: `${server}/${claims.repository}`,
          path: workflowPathOf(claims)
        },
        ...(inputs && { inputs })
      },
      internalParameters: {
        github: {
          event_name: claims.eventName,
          repository_id: claims.repositoryId,
          repository_owner_id: claims.repositoryOwnerId,
          runner_environment: claims.runnerEnvironment
        },
        ...(inputs && { assay_notFromToken: [INPUTS_AT] })
      },
      resolvedDependencies: [{ uri, digest: { gitCommit: commit } }]
    },
    runDetails: {
      builder: { id: builderOf(facts), ...builderDependenciesOf(facts) },
      metadata: { invocationId: invocationOf(facts) }
    }
  }
}

/**
 * SLSA provenance of version 0.2, for verifiers that read no other.
 *
 * @see https://slsa.dev/spec/v0.2/provenance
 */
export function slsaProvenance02(facts: BuildFacts): object {
  const { claims, inputs } = facts
  const { uri, commit } = sourceOf(facts)
  const digest = commit.length === 64 ? { sha256: commit } : { sha1: commit }
  return {
    builder: { id: builderOf(facts) },
    buildType: BUILD_TYPE,
    invocation: {
      configSource: { uri, digest, entryPoint: workflowPathOf(claims) },
      parameters: inputs ? { inputs } : {},
      environment: {
        github_event_name: claims.eventName,
        github_repository_id: claims.repositoryId,
        github_repository_owner_id: claims.repositoryOwnerId,
        github_runner_environment: claims.runnerEnvironment,
        ...(inputs && { assay_notFromToken: ['parameters.inputs'] })
      }
    },
    metadata: {
      buildInvocationId: invocationOf(facts),
      completeness: { parameters: false, environment: false, materials: false },
      reproducible: false
    },
    materials: [{ uri, digest }]
  }
}

function sourceOf({ claims, server }: BuildFacts): {
  readonly uri: string
  readonly commit: string
} {
  return { uri: `git+${server}/${claims.repository}@${claims.ref}`, commit: claims.sha }
}

/** The workflow that the job stands in: what a certificate for this job is for, too. */
function builderOf({ claims, server }: BuildFacts): string {
  return `${server}/${claims.jobWorkflowRef}`
}

/** The ref of a reusable workflow can be moved; its commit cannot. */
function builderDependenciesOf({ claims, server }: BuildFacts): object {
  const { jobWorkflowRef, workflowRef, jobWorkflowSha } = claims
  if (jobWorkflowRef === workflowRef) return {}
  const [path, ref] = splitAt(jobWorkflowRef)
  const repository = path.split('/').slice(0, 2).join('/')
  return {
    builderDependencies: [
      { uri: `git+${server}/${repository}@${ref}`, digest: { gitCommit: jobWorkflowSha } }
    ]
  }
}

function invocationOf({ claims, server }: BuildFacts): string {
  const { repository, runId, runAttempt } = claims
  return `${server}/${repository}/actions/runs/${runId}/attempts/${runAttempt}`
}

/** `.github/workflows/release.yml` of `octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main` */
function workflowPathOf({ workflowRef }: WorkflowClaims): string {
  const [path] = splitAt(workflowRef)
  return path.split('/').slice(2).join('/')
}

/** Refs may have an `@` of their own: paths of workflows have none. */
function splitAt(workflowRef: string): readonly [path: string, ref: string] {
  const at = workflowRef.indexOf('@')
  return [workflowRef.slice(0, at), workflowRef.slice(at + 1)]
}
