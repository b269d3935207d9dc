import type { BuildLevel } from '../../model/predicate.ts'
import type { SignSettings } from '../../model/settings.ts'
import type { WorkflowClaims } from '../../model/workflow-claims.ts'

/**
 * What may be claimed of a build, from what its code host says and from who signs. Never more than what holds for a
 * verifier who knows nothing besides: that a reusable workflow keeps the build away from its identity is known by
 * whoever read that workflow, not by the workflow itself.
 *
 * @see https://slsa.dev/spec/v1.2/build-requirements
 */
export function levelOf(claims: WorkflowClaims, { mode, key }: SignSettings): BuildLevel {
  const { jobWorkflowRef, workflowRef, runnerEnvironment } = claims
  if (mode === 'key' || (mode === 'auto' && key !== undefined)) {
    return {
      level: 1,
      because: 'it is signed with a key that steps of this job can use, not by the build platform'
    }
  }
  if (runnerEnvironment !== 'github-hosted') {
    return {
      level: 1,
      because: `the runner is ${runnerEnvironment}: who keeps it could have changed what was built`,
      higher: 'Level 2 is for verifiers to conclude who know how this runner is kept'
    }
  }
  if (jobWorkflowRef === workflowRef) {
    return {
      level: 2,
      because:
        'the build platform vouches for the workflow and its commit, but every step of this job could have signed something else',
      higher:
        'Level 3 needs the build and the signing to be in jobs of a reusable workflow: see docs/slsa.md'
    }
  }
  return {
    level: 2,
    because: `the build platform vouches for the reusable workflow ${jobWorkflowRef} and for its caller`,
    higher: `Level 3 is for verifiers to conclude who accept this reusable workflow alone, and know that it builds in a job that cannot sign: see docs/slsa.md`
  }
}
