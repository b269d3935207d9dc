import type { IncomingHttpHeaders } from 'node:http'

/** An attestation that was handed over. */
export interface KeptAttestation {
  readonly id: number
  readonly bundle: unknown
  readonly predicateType: string
  /** `sha256:` and hex, of every subject. */
  readonly digests: readonly string[]
}

/** What is asked of the part of GitHub's API that keeps attestations. */
export interface AttestationRequest {
  readonly method: string
  /** Behind `/repos/{owner}/{repo}/`. */
  readonly what: string
  /** All of its address. */
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface AttestationAnswer {
  readonly status: number
  readonly body: object
  readonly headers?: Readonly<Record<string, string>>
}

/** The attestations of a repository, as GitHub keeps them. */
export interface GithubAttestations {
  readonly kept: readonly KeptAttestation[]
  /** Takes that many more, then says to come again after some seconds: as the limit on content that is made does. */
  limit(count: number, retryAfterSeconds: number): void
  /** The token may not write them from now on: 403. */
  forbid(): void
  /** Nothing when it is about something else. */
  answer(request: AttestationRequest): AttestationAnswer | undefined
}

/** Limits of the real one. @see https://docs.github.com/en/rest/repos/attestations */
const MAX_SUBJECTS = 1024
const MAX_PREDICATE_BYTES = 16 * 1024 * 1024
const MAX_PAGE = 100

interface Statement {
  readonly predicateType: string
  readonly predicate: unknown
  readonly subject: readonly { readonly digest: Readonly<Record<string, string>> }[]
}

interface State {
  readonly kept: KeptAttestation[]
  isForbidden: boolean
  left: number
  retryAfter: string
}

export function githubAttestations(): GithubAttestations {
  const state: State = { kept: [], isForbidden: false, left: Infinity, retryAfter: '60' }
  return {
    kept: state.kept,
    limit(count, retryAfterSeconds) {
      state.left = count
      state.retryAfter = String(retryAfterSeconds)
    },
    forbid: () => void (state.isForbidden = true),
    answer(request) {
      const [, digest] = /^attestations(?:\/([^/]+))?$/.exec(decodeURIComponent(request.what)) ?? []
      if (!request.what.startsWith('attestations')) return undefined
      if (!/^(?:Bearer|token) ./.test(request.headers.authorization ?? '')) {
        return { status: 401, body: { message: 'Requires authentication' } }
      }
      if (request.method === 'POST' && digest === undefined) return take(state, request.body)
      if (request.method === 'GET' && digest !== undefined) return list(state, digest, request.url)
      return { status: 404, body: { message: 'Not Found' } }
    }
  }
}

/** @see https://docs.github.com/en/rest/repos/attestations#create-an-attestation */
function take(state: State, body: Buffer): AttestationAnswer {
  if (state.isForbidden) {
    return { status: 403, body: { message: 'Resource not accessible by integration' } }
  }
  if (state.left === 0) {
    // Once the time has come, there is room again.
    state.left = Infinity
    return {
      status: 403,
      body: { message: 'You have exceeded a secondary rate limit.' },
      headers: { 'retry-after': state.retryAfter }
    }
  }
  const { bundle } = JSON.parse(body.toString()) as { readonly bundle?: unknown }
  const statement = statementOf(bundle)
  if (typeof statement === 'string') return { status: 422, body: { message: statement } }
  state.left--
  const id = 1_000_000 + state.kept.length
  const { predicateType, subject } = statement
  const digests = subject.map(({ digest }) => `sha256:${digest['sha256'] ?? ''}`)
  state.kept.push({ id, bundle, predicateType, digests })
  return { status: 201, body: { id } }
}

/** The statement of a bundle, or what is wrong with it. */
function statementOf(bundle: unknown): Statement | string {
  const { mediaType = '', dsseEnvelope } = (bundle ?? {}) as {
    readonly mediaType?: string
    readonly dsseEnvelope?: { readonly payload: string }
  }
  if (!mediaType.startsWith('application/vnd.dev.sigstore.bundle') || !dsseEnvelope) {
    return 'Invalid bundle'
  }
  const payload = Buffer.from(dsseEnvelope.payload, 'base64').toString()
  const statement = JSON.parse(payload) as Statement
  if (statement.subject.length > MAX_SUBJECTS) return 'Too many subjects'
  const size = Buffer.byteLength(JSON.stringify(statement.predicate))
  return size > MAX_PREDICATE_BYTES ? 'Predicate is too large' : statement
}

/** @see https://docs.github.com/en/rest/repos/attestations#list-attestations */
function list({ kept }: State, digest: string, url: URL): AttestationAnswer {
  const { searchParams: query } = url
  const type = query.get('predicate_type')
  const all = kept.filter(
    ({ digests, predicateType }) =>
      digests.includes(digest) && (type === null || predicateType === type)
  )
  if (all.length === 0) return { status: 404, body: { message: 'Not Found' } }
  const size = Math.min(Number(query.get('per_page') ?? 30), MAX_PAGE)
  const start = Number(query.get('after') ?? 0)
  const attestations = all
    .slice(start, start + size)
    .map(({ bundle }) => ({ bundle, repository_id: 74 }))
  const next = new URL(url)
  next.searchParams.set('after', String(start + size))
  const headers = start + size < all.length ? { link: `<${next.href}>; rel="next"` } : {}
  return { status: 200, body: { attestations }, headers }
}
