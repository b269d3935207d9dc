import {
  type ActionsServices,
  startActionsServices
} from '../../__tests__/support/services/actions.ts'
import { type GithubApi, startGithubApi } from '../../__tests__/support/services/github.ts'
import { PASSWORD, USERNAME } from '../../__tests__/support/services/oci-authority.ts'
import {
  type OciTestRegistry,
  startOciRegistry,
  type TestDescriptor
} from '../../__tests__/support/services/oci-registry.ts'
import {
  type EmbeddedSigstore,
  startSigstore
} from '../../__tests__/support/services/sigstore/sigstore.ts'
import { git } from './checkout.ts'
import { pushImage } from './image.ts'

/** Repository, workflow and run that the demonstration plays: all of them are made up. */
const SLUG = 'octo-org/assay'
const WORKFLOW = `${SLUG}/.github/workflows/release.yml@refs/heads/main`
const IMAGE = 'octo-org/hello'
const TAG = '1.0'

/** All that a run talks to besides package registries, on the loopback address. */
export interface Embedded {
  readonly sigstore: EmbeddedSigstore
  readonly registry: OciTestRegistry
  readonly github: GithubApi
  readonly actions: ActionsServices
  readonly image: EmbeddedImage
  /** What the runner says about this run, besides what it always says. */
  readonly env: Readonly<Record<string, string>>
  /** `registry-username` and `registry-password`. */
  readonly login: Readonly<Record<string, string>>
  close(): Promise<void>
}

export interface EmbeddedImage {
  readonly repository: string
  /** With its registry and digest. */
  readonly reference: string
  readonly index: TestDescriptor
}

/** Starts it all in this process. @param commit that the run is for */
export async function startServices(root: string, commit: string): Promise<Embedded> {
  const [sigstore, registry, github, actions] = await Promise.all([
    startSigstore({ claims: claimsFor(commit) }),
    startOciRegistry({ auth: 'bearer', referrers: true, mounts: true }),
    startGithubApi({ git: (...args) => git(root, ...args) }, SLUG),
    startActionsServices()
  ])
  // As most images are: who verifies one needs no login.
  registry.authority.publicPull = true
  const index = pushImage(registry, IMAGE, TAG)
  return {
    sigstore,
    registry,
    github,
    actions,
    image: { repository: IMAGE, reference: `${registry.name}/${IMAGE}@${index.digest}`, index },
    env: { ...sigstore.env, ...actions.env, GITHUB_API_URL: github.url, ...runOf(commit) },
    login: { 'registry-username': USERNAME, 'registry-password': PASSWORD },
    async close() {
      await Promise.all([sigstore, registry, github, actions].map((service) => service.close()))
    }
  }
}

function runOf(commit: string): Readonly<Record<string, string>> {
  return {
    GITHUB_REPOSITORY: SLUG,
    GITHUB_REPOSITORY_OWNER: 'octo-org',
    GITHUB_REPOSITORY_VISIBILITY: 'public',
    GITHUB_SHA: commit,
    GITHUB_WORKFLOW: 'release',
    GITHUB_WORKFLOW_REF: WORKFLOW,
    GITHUB_WORKFLOW_SHA: commit
  }
}

/** What the token says has to be what the environment says. */
function claimsFor(commit: string): Readonly<Record<string, string>> {
  return {
    sub: `repo:${SLUG}:ref:refs/heads/main`,
    repository: SLUG,
    sha: commit,
    workflow_ref: WORKFLOW,
    workflow_sha: commit,
    job_workflow_ref: WORKFLOW,
    job_workflow_sha: commit
  }
}
