import { jsonObjectOf } from '../../formats/json.ts'
import { realTiming } from '../../host/http/timing.ts'
import type { Digest } from '../../model/digest.ts'
import {
  type AttestationsRepository,
  githubAttestations
} from '../../services/github-attestations.ts'
import { GITHUB_APIS } from '../../services/registry-defaults.ts'
import { obstacleOf } from '../images/looked.ts'
import type { RunContext } from '../stage.ts'
import type { BlindSpot, Candidate } from './candidates.ts'

/** How large a bundle is, more or less, in bytes. */
const USUAL_BYTES = 64 * 1024

/**
 * The attestations that GitHub keeps of a digest, with the repository that it has to be built from. Asked only with a
 * token, of a server whose API is known.
 */
export async function findAtGithub(
  context: RunContext,
  digests: readonly Digest[]
): Promise<{ readonly candidates: readonly Candidate[]; readonly blind: readonly BlindSpot[] }> {
  const repository = repositoryOf(context)
  const digest = digests.find(({ algorithm }) => algorithm === 'sha256')
  if (repository === undefined || digest === undefined) return { candidates: [], blind: [] }
  const { host, signal } = context
  const api = githubAttestations({ host, signal, timing: realTiming }, repository)
  const place = `GitHub's attestations of ${repository.slug}`
  try {
    const { bundles, unread } = await api.find({ digest, bytes: USUAL_BYTES })
    const source = api.addressOf(digest)
    return {
      candidates: bundles.map((one, at) => ({
        origin: `${place}, entry ${at + 1}`,
        source,
        bundle: jsonObjectOf(one) ?? 'it is no JSON object'
      })),
      blind: unread === 0 ? [] : [{ place, reason: `${unread} of them are not handed out` }]
    }
  } catch (error) {
    return { candidates: [], blind: [{ place, ...obstacleOf(context, error) }] }
  }
}

function repositoryOf({ host, settings }: RunContext): AttestationsRepository | undefined {
  const { githubToken: token, offline, verify } = settings
  if (token === undefined || offline || verify.repository === undefined) return undefined
  if (!URL.canParse(verify.repository)) return undefined
  const { origin, pathname } = new URL(verify.repository)
  const slug = /^\/([\w.-]+\/[\w.-]+)\/?$/.exec(pathname)?.[1]
  const { GITHUB_SERVER_URL: server, GITHUB_API_URL: own } = host.env
  const isOwn = server !== undefined && URL.canParse(server) && new URL(server).origin === origin
  const api = (isOwn ? own : undefined) ?? GITHUB_APIS.get(origin)
  if (slug === undefined || api === undefined || !mayCarryToken(api)) return undefined
  return { api: api.replace(/\/$/, ''), slug, token }
}

/** In the clear only to this machine itself. */
function mayCarryToken(api: string): boolean {
  if (!URL.canParse(api)) return false
  const { protocol, hostname } = new URL(api)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

/** Whether GitHub would have been asked, had there been a token. */
export function lacksToken({ settings }: RunContext): boolean {
  const { githubToken, offline, verify } = settings
  return githubToken === undefined && !offline && verify.repository !== undefined
}

/** What a person is told who gave a repository and no token. */
export const NO_TOKEN =
  'GitHub was not asked for its attestations: that takes a token (`github-token`, or GITHUB_TOKEN on a terminal)'
