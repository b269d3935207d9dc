import { openIdToken } from '../formats/json-web-token.ts'
import { jsonObjectOf } from '../formats/json.ts'
import { workflowClaimsIn } from '../formats/workflow-claims.ts'
import type { Host, IdTokens } from '../host/host.ts'
import { ServiceError } from '../model/errors.ts'
import type { WorkflowClaims } from '../model/workflow-claims.ts'

/** Whom the token is for: nobody accepts this audience, so that it is of no use to whoever gets hold of it. */
const AUDIENCE = 'assay-provenance'

/** Most bytes of the two documents of an issuer: GitHub's have 1 and 9 kB. */
const MAX_DOCUMENT_BYTES = 256 * 1024

/** What is needed to ask who this job is. */
export interface OidcContext {
  readonly host: Pick<Host, 'http' | 'now'>
  readonly idTokens: IdTokens
  readonly signal: AbortSignal
  /** Exactly as tokens name it. */
  readonly issuer: string
}

/**
 * Asks for a token and verifies it with the keys that its issuer publishes.
 *
 * @returns which workflow run this is, as the code host says it
 * @throws ServiceError when runner or issuer cannot be asked, or the token is not what it has to be
 * @see https://docs.github.com/en/actions/concepts/security/openid-connect
 */
export async function workflowClaims(context: OidcContext): Promise<WorkflowClaims> {
  const { host, idTokens, issuer } = context
  const token = await idTokens.token(AUDIENCE)
  const keys = await fetchKeys(context)
  const claims = openIdToken(token, { keys, issuer, audience: AUDIENCE, now: host.now() })
  if (typeof claims === 'string') throw untrusted(issuer, claims)
  const read = workflowClaimsIn(issuer, claims)
  if (typeof read === 'string') throw untrusted(issuer, read)
  return read
}

/** @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig */
async function fetchKeys(context: OidcContext): Promise<unknown> {
  const { issuer } = context
  const base = issuer.replace(/\/$/, '')
  const document = await fetchJson(context, `${base}/.well-known/openid-configuration`)
  const { issuer: named, jwks_uri: place } = jsonObjectOf(document) ?? {}
  if (named !== issuer) throw misconfigured(issuer, 'its configuration is of another issuer')
  if (typeof place !== 'string' || !isOwnPlace(place, issuer)) {
    throw misconfigured(issuer, 'its keys are not on its own host')
  }
  return fetchJson(context, place)
}

function isOwnPlace(place: string, issuer: string): boolean {
  return URL.canParse(place) && new URL(place).origin === new URL(issuer).origin
}

async function fetchJson({ host, signal, issuer }: OidcContext, url: string): Promise<unknown> {
  const answer = await host.http.fetch({
    url,
    maxBytes: MAX_DOCUMENT_BYTES,
    compressed: true,
    signal
  })
  if (answer.status !== 200)
    throw misconfigured(issuer, `${url} answers with status ${answer.status}`)
  // A redirect may lead anywhere; keys from elsewhere are not the issuer's.
  if (!isOwnPlace(answer.url, issuer)) throw misconfigured(issuer, 'it redirects to another host')
  try {
    return JSON.parse(new TextDecoder().decode(answer.body))
  } catch (cause) {
    throw misconfigured(issuer, `${url} is no JSON`, cause)
  }
}

function untrusted(issuer: string, why: string): ServiceError {
  return new ServiceError({
    code: 'SERVICE_RESPONSE_INVALID',
    message: `Cannot believe the token of this job: ${why}`,
    remedy:
      'Set `oidc-issuer` to the issuer of the tokens of this server, and check the clock of the runner',
    url: issuer,
    reason: 'a token that does not verify'
  })
}

function misconfigured(issuer: string, why: string, cause?: unknown): ServiceError {
  return new ServiceError({
    code: 'SERVICE_RESPONSE_INVALID',
    message: `Cannot read the keys of the issuer ${issuer}: ${why}`,
    remedy: 'Set `oidc-issuer` to the address that tokens of this server name as their issuer',
    url: issuer,
    reason: 'no keys of an issuer',
    cause
  })
}
