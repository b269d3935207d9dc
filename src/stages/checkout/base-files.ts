import type { Checkout } from '../../model/checkout.ts'
import { AssayError } from '../../model/errors.ts'
import type { BaseFiles } from '../../services/base-files.ts'
import { gitBaseFiles } from '../../services/git.ts'
import { githubBaseFiles, workflowRepository } from '../../services/github.ts'
import type { RunContext } from '../stage.ts'

/** Largest file of the checkout that is compared with the base's before that is fetched, in bytes. */
const MAX_LOCAL_BYTES = 64 * 1024 * 1024

/**
 * The files of the commit that this pull request is compared with: from git, else through the REST API.
 *
 * @returns nothing when there is no base, or it could not be found
 */
export function baseFilesOf(
  { host, settings }: Pick<RunContext, 'host' | 'settings'>,
  { base, folder = '' }: Checkout
): BaseFiles | undefined {
  if (base?.source === undefined) return undefined
  const { commit, source } = base
  const repository = workflowRepository(host.env, settings.githubToken)
  const local = (path: string): string | undefined => {
    try {
      return host.files.readText(path, MAX_LOCAL_BYTES)
    } catch {
      return undefined
    }
  }
  const api =
    repository && !settings.offline
      ? githubBaseFiles(host, repository, { commit, folder, local })
      : undefined
  if (source === 'api') return api
  return eitherOf(gitBaseFiles(host, { commit, folder }), api)
}

/** A partial clone has the commit and its names, but not every file's bytes. */
function eitherOf(first: BaseFiles, second: BaseFiles | undefined): BaseFiles {
  return {
    commit: first.commit,
    list: () => first.list(),
    async readTexts(paths, maxBytes) {
      try {
        return await first.readTexts(paths, maxBytes)
      } catch (error) {
        if (!second || !(error instanceof AssayError)) throw error
        return second.readTexts(paths, maxBytes)
      }
    }
  }
}
