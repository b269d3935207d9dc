import {
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  randomBytes,
  randomUUID,
  sign,
  verify
} from 'node:crypto'
import {
  type ClockFault,
  type LoopbackService,
  NOT_FOUND,
  type OwnFault,
  type SeenServiceRequest,
  type ServiceAnswer,
  startService
} from './service.ts'

/** What the issuer of tokens can do wrong. */
export type OidcFault =
  | ClockFault
  /** Signs with a key that it does not publish. */
  | (OwnFault & { readonly kind: 'wrong-key' })
  /** Answers without a token. */
  | (OwnFault & { readonly kind: 'no-token' })

/** Claims of a token. */
export type Claims = Record<string, unknown>

/** The issuer of a runner's tokens. */
export interface Oidc extends LoopbackService<OidcFault> {
  /** What tokens claim besides times and audience. Change it at will. */
  readonly claims: Claims
  /** What a job with `id-token: write` is given. */
  readonly env: Readonly<Record<string, string>>
  /** Who tokens say that it is: its address, or the claim `iss`. */
  issuer(): string
  /** Makes a token without being asked. */
  token(audience: string): string
  /** As it publishes them. */
  keys(): Jwks
}

export interface Jwks {
  readonly keys: readonly (JsonWebKey & { readonly kid: string })[]
}

const LIFETIME_S = 300

const COMMIT = 'ffac537e6cbbf934b08745a378932722df287a53'
const WORKFLOW = 'octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main'

/** As GitHub writes them. @see https://docs.github.com/en/actions/reference/security/oidc */
const CLAIMS: Claims = {
  sub: 'repo:octo-org/octo-repo:ref:refs/heads/main',
  repository: 'octo-org/octo-repo',
  repository_owner: 'octo-org',
  repository_id: '74',
  repository_owner_id: '65',
  repository_visibility: 'public',
  ref: 'refs/heads/main',
  ref_type: 'branch',
  ref_protected: 'true',
  sha: COMMIT,
  workflow: 'release',
  workflow_ref: WORKFLOW,
  workflow_sha: COMMIT,
  job_workflow_ref: WORKFLOW,
  job_workflow_sha: COMMIT,
  event_name: 'push',
  runner_environment: 'github-hosted',
  run_id: '123456',
  run_number: '7',
  run_attempt: '1',
  actor: 'octocat',
  actor_id: '12',
  base_ref: '',
  head_ref: ''
}

/** Starts the issuer, with the address that it has as its name. */
export async function startOidc(seen: SeenServiceRequest[], claims: Claims = {}): Promise<Oidc> {
  const published = newSigner()
  const requestToken = randomBytes(24).toString('base64url')
  const all: Claims = { ...CLAIMS, ...claims }
  const state = { url: '' }
  const token = (signer: TokenSigner, offsetMs: number, more: Claims): string =>
    signer({ ...times(offsetMs), jti: randomUUID(), iss: state.url, ...more, ...all })
  const service = await startService<OidcFault>({
    name: 'oidc',
    seen,
    answer(request, fault) {
      if (request.path !== '/token') return documents(request.path, state.url, published.jwk)
      if (request.headers.authorization !== `Bearer ${requestToken}`) {
        return { status: 401, body: { message: 'Unauthorized' } }
      }
      if (fault?.kind === 'no-token') return { status: 200, body: { count: 0 } }
      const aud = request.query.get('audience') ?? 'https://github.com/octo-org'
      const signer = fault?.kind === 'wrong-key' ? newSigner() : published
      const offsetMs = fault?.kind === 'clock' ? fault.offsetMs : 0
      return { status: 200, body: { count: 1, value: token(signer.sign, offsetMs, { aud }) } }
    }
  })
  state.url = service.url
  return {
    ...service,
    claims: all,
    env: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${service.url}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken
    },
    issuer: () => (typeof all['iss'] === 'string' ? all['iss'] : service.url),
    token: (aud) => token(published.sign, 0, { aud }),
    keys: () => ({ keys: [published.jwk] })
  }
}

type TokenSigner = (claims: Claims) => string

function newSigner(): { readonly jwk: Jwks['keys'][number]; readonly sign: TokenSigner } {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const kid = randomUUID()
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }
  return {
    jwk,
    sign(claims) {
      const text = `${encoded({ typ: 'JWT', alg: 'RS256', kid })}.${encoded(claims)}`
      return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`
    }
  }
}

function times(offsetMs: number): Claims {
  const now = Math.floor((Date.now() + offsetMs) / 1000)
  return { nbf: now - 300, iat: now, exp: now + LIFETIME_S }
}

/** What anybody may read. @see https://openid.net/specs/openid-connect-discovery-1_0.html */
function documents(path: string, issuer: string, key: Jwks['keys'][number]): ServiceAnswer {
  if (path === '/.well-known/jwks') return { status: 200, body: { keys: [key] } }
  if (path !== '/.well-known/openid-configuration') return NOT_FOUND
  return {
    status: 200,
    body: {
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks`,
      subject_types_supported: ['public', 'pairwise'],
      response_types_supported: ['id_token'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid']
    }
  }
}

/** The claims of a token that one of these keys signed. */
export function openToken(token: string, { keys }: Jwks): Claims | undefined {
  const [head = '', payload = '', signature = ''] = token.split('.')
  const { kid, alg } = decoded(head)
  const jwk = keys.find((key) => key.kid === kid)
  if (jwk === undefined || alg !== 'RS256') return undefined
  const isTrue = verify(
    'sha256',
    Buffer.from(`${head}.${payload}`),
    createPublicKey({ key: jwk, format: 'jwk' }),
    Buffer.from(signature, 'base64url')
  )
  return isTrue ? decoded(payload) : undefined
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decoded(part: string): Claims {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Claims
}
