import { messageOf, ServiceError } from '../model/errors.ts'
import type { ArtifactStore, Host } from './host.ts'
import { maskToken } from './secrets.ts'
import { withTokenKept } from './token-guard.ts'

/**
 * Why this run has no artifact store.
 *
 * @returns nothing when it has one
 */
export function whyNoArtifacts(env: Host['env']): string | undefined {
  if (!isGitHub(env['GITHUB_SERVER_URL'])) {
    return 'GitHub Enterprise Server has no artifact service for this client'
  }
  const missing = ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL'].find((name) => !env[name])
  return missing === undefined ? undefined : `the runner gave no ${missing}`
}

/** The artifact service of the workflow run. The client, which is large, is loaded at the first upload. */
export function artifactStore({ env, mask }: Pick<Host, 'env' | 'mask'>): ArtifactStore {
  return {
    async upload(name, paths, { root, retentionDays }) {
      // The client prints whole answers for those who debug.
      const { ACTIONS_RUNTIME_TOKEN: token = '', ACTIONS_RESULTS_URL: place = '' } = env
      maskToken(token, mask)
      const { DefaultArtifactClient } = await import('@actions/artifact')
      try {
        const { id, digest } = await withTokenKept({ token, place }, () =>
          new DefaultArtifactClient().uploadArtifact(
            name,
            [...paths],
            root,
            retentionDays === undefined ? {} : { retentionDays }
          )
        )
        if (id === undefined) throw new Error('the service gave no id')
        return {
          id: String(id),
          ...urlOf(env, id),
          ...(digest !== undefined && { digest: `sha256:${digest.replace(/^sha256:/, '')}` })
        }
      } catch (error) {
        if (isConflict(error)) return undefined
        throw new ServiceError({
          code: 'SERVICE_UNREACHABLE',
          message: `Cannot upload artifact "${name}" of ${paths.length} files: ${messageOf(error)}`,
          remedy: `Run the job again, or set \`upload-artifact: false\` and use the files in "${root}"`,
          cause: error
        })
      }
    }
  }
}

/** As the client decides it, before it throws. */
function isGitHub(serverUrl: string | undefined): boolean {
  if (serverUrl === undefined || serverUrl === '') return true
  if (!URL.canParse(serverUrl)) return false
  const { hostname } = new URL(serverUrl)
  return hostname === 'github.com' || /\.(ghe\.com|localhost)$/.test(hostname)
}

/** Names are unique in a run. The client tells it only in its message. */
function isConflict(error: unknown): boolean {
  return /\(409\)|already exists/i.test(messageOf(error))
}

function urlOf(env: Host['env'], id: number): { readonly url?: string } {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env
  if (!server || !repository || !run) return {}
  return { url: `${server}/${repository}/actions/runs/${run}/artifacts/${id}` }
}
