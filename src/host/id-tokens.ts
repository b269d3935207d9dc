import { ServiceError } from '../model/errors.ts'
import { withoutSecrets } from '../model/url.ts'
import type { Host, HttpAnswer, IdTokens } from './host.ts'
import { maskToken } from './secrets.ts'

/** Most bytes of an answer: a token has about two thousand. */
const MAX_BYTES = 64 * 1024

/** Longest time for one attempt, in milliseconds. */
const TOTAL_MS = 30_000

/** Refusals that asking again does not change. The HTTP client repeats the rest. */
const REFUSALS = [400, 401, 403, 404, 405, 410, 422]

/**
 * Asks the runner for tokens that say which workflow this is.
 *
 * @returns nothing where the job may not ask: it has no `id-token: write`, or is no job of GitHub's
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export function idTokens({ env, http, mask }: Pick<Host, 'env' | 'http' | 'mask'>): {
  readonly idTokens?: IdTokens
} {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret } = env
  if (!address || !secret || !URL.canParse(address)) return {}
  return {
    idTokens: {
      async token(audience) {
        mask(secret)
        const url = new URL(address)
        url.searchParams.set('audience', audience)
        const answer = await http.fetch({
          url: url.href,
          authorization: `Bearer ${secret}`,
          headers: { accept: 'application/json' },
          maxBytes: MAX_BYTES,
          totalMs: TOTAL_MS,
          answers: REFUSALS,
          patient: true
        })
        return tokenIn(answer, audience, mask)
      }
    }
  }
}

/** Nothing of the body is ever shown: it is the token. */
function tokenIn(answer: HttpAnswer, audience: string, mask: Host['mask']): string {
  const what = `Cannot get a token for "${audience}" from the runner`
  const url = withoutSecrets(answer.url)
  if (answer.status !== 200) {
    const reason = `status ${answer.status}`
    throw new ServiceError({
      code: 'SERVICE_STATUS',
      message: `${what}: its service answered ${reason}`,
      remedy:
        'Run the job again; should it stay so, look whether its `permissions:` have `id-token: write`',
      url,
      reason
    })
  }
  const value = valueIn(answer.body)
  if (typeof value === 'string') maskToken(value, mask)
  if (typeof value === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value)) return value
  throw new ServiceError({
    code: 'SERVICE_RESPONSE_INVALID',
    message: `${what}: found ${value === undefined ? 'no value' : 'another value'} in the answer, expected a JSON Web Token`,
    remedy: 'Look at what ACTIONS_ID_TOKEN_REQUEST_URL leads to: it is not the service of a runner',
    url,
    reason: 'no token in the answer'
  })
}

function valueIn(body: Uint8Array): unknown {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(body))
    return typeof parsed === 'object' && parsed !== null && 'value' in parsed
      ? parsed.value
      : undefined
  } catch {
    return undefined
  }
}
