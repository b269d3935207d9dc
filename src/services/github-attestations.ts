import type { Host, HttpAnswer } from '../host/host.ts'
import type { Timing } from '../host/http/timing.ts'
import { type JsonObject, jsonObjectIn, jsonObjectOf } from '../formats/json.ts'
import { type Digest, renderDigest } from '../model/digest.ts'
import { AssayError, ServiceError } from '../model/errors.ts'
import { nextCursor, pageOf } from './github-attestations/answers.ts'
import { pacer } from './github-attestations/pace.ts'
import { isLimit, pauseMs, refusalOf, unclear } from './github-attestations/refusals.ts'

/** Most attestations of one page, and the bytes that a page should have at most. */
const MAX_PAGE = 30
const PAGE_BYTES = 64 * 1024 * 1024

/** Pages that are looked at for one subject and predicate: a release is attested once, or a few times. */
const MAX_PAGES = 10

/** What the rest of a page may have around its bundles, in bytes. */
const FRAME_BYTES = 1024 * 1024

/** How long GitHub is waited for, in milliseconds: its outages last minutes, and a pause that it asks for one. */
const PATIENCE_MS = 600_000

const FIRST_DELAY_MS = 1000
const MAX_DELAY_MS = 30_000

/** Statuses that say something about attestations themselves. */
const REFUSALS = [400, 401, 403, 404, 410, 413, 422, 429]

/** The repository that attestations are kept with. */
export interface AttestationsRepository {
  /** As in `GITHUB_API_URL`, without a trailing slash. */
  readonly api: string
  /** `owner/name` */
  readonly slug: string
  /** Sent to `api` alone. */
  readonly token?: string
}

export interface AttestationsContext {
  readonly host: Pick<Host, 'http' | 'log' | 'now'>
  readonly signal: AbortSignal
  readonly timing: Pick<Timing, 'now' | 'sleep' | 'random'>
}

/** What an attestation is looked for by. */
export interface AttestationAbout {
  /** Of one of its subjects. GitHub knows them by SHA-256. */
  readonly digest: Digest
  /** Absent: of any type. */
  readonly predicateType?: string
  /** How large the bundle is, more or less, in bytes. */
  readonly bytes: number
}

export interface FoundAttestations {
  /** JSON of bundles; nobody has verified them. */
  readonly bundles: readonly unknown[]
  /** How many there are besides that cannot be read: kept elsewhere, or beyond what is looked at. */
  readonly unread: number
}

/** The attestations of a repository, as GitHub's API keeps them. */
export interface GithubAttestations {
  /**
   * Looks whether attestations may be written, and leaves none: a bundle that is none is refused for that only once
   * everything else is in order.
   *
   * @returns what is in the way
   */
  hindrance(): Promise<AssayError | undefined>
  /** Where everything about a digest is listed. */
  addressOf(digest: Digest): string
  /** @throws ServiceError when GitHub cannot be asked, or refuses */
  find(about: AttestationAbout): Promise<FoundAttestations>
  /**
   * Hands a bundle over, as often as it takes: what was taken although nobody heard of it is not handed over again.
   *
   * @param bundle with a certificate: keys are refused
   * @returns its id; empty when it was found again instead of heard of
   * @throws InputError `PERMISSION_MISSING` when the job may not
   * @throws ServiceError when GitHub cannot be asked, or refuses
   */
  keep(bundle: JsonObject, about: AttestationAbout): Promise<string>
}

/**
 * Speaks to GitHub's attestations API.
 *
 * @see https://docs.github.com/en/rest/repos/attestations
 */
export function githubAttestations(
  context: AttestationsContext,
  repository: AttestationsRepository
): GithubAttestations {
  const pace = pacer(context)
  const given: Given = { context, repository, room: pace.room }
  return {
    async hindrance() {
      try {
        const { status, ...answer } = await post(given, {}, { once: false })
        const isRefused = [401, 403, 404, 410].includes(status)
        if (!isRefused || isLimit({ status, ...answer })) return undefined
        return refusalOf({ status, ...answer }, repository)
      } catch (error) {
        if (error instanceof ServiceError) return error
        throw error
      }
    },
    addressOf: (digest) =>
      `${repository.api}/repos/${repository.slug}/attestations/${renderDigest(digest)}`,
    find: (about) => find(given, about),
    keep: (bundle, about) => keep(given, bundle, about)
  }
}

interface Given {
  readonly context: AttestationsContext
  readonly repository: AttestationsRepository
  /** Resolves when the next may be written. */
  room(): Promise<void>
}

/** @param how `once`: not again when nobody knows whether it was taken */
async function post(
  given: Given,
  bundle: JsonObject,
  { once }: { readonly once: boolean }
): Promise<HttpAnswer> {
  await given.room()
  return given.context.host.http.fetch({
    ...requestTo(given, 'attestations'),
    method: 'POST',
    body: JSON.stringify({ bundle }),
    ...(once && { once }),
    answers: REFUSALS,
    maxBytes: FRAME_BYTES
  })
}

interface Addressed {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly authorization?: string
  readonly signal: AbortSignal
  readonly patient: true
}

function requestTo({ context, repository }: Given, what: string): Addressed {
  const { api, slug, token } = repository
  return {
    url: `${api}/repos/${slug}/${what}`,
    headers: {
      accept: 'application/vnd.github+json',
      'content-type': 'application/json',
      'x-github-api-version': '2022-11-28'
    },
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    signal: context.signal,
    patient: true
  }
}

async function find(given: Given, about: AttestationAbout): Promise<FoundAttestations> {
  const { digest, predicateType, bytes } = about
  const size = Math.max(1, Math.min(MAX_PAGE, Math.floor(PAGE_BYTES / (2 * bytes))))
  const bundles: unknown[] = []
  let unread = 0
  let after: string | undefined
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = new URLSearchParams({ per_page: String(size) })
    if (predicateType !== undefined) query.set('predicate_type', predicateType)
    if (after !== undefined) query.set('after', after)
    const path = `attestations/${encodeURIComponent(renderDigest(digest))}`
    const answer = await given.context.host.http.fetch({
      ...requestTo(given, `${path}?${query.toString()}`),
      answers: REFUSALS,
      compressed: true,
      maxBytes: PAGE_BYTES + 2 * bytes + FRAME_BYTES
    })
    // Nothing is kept about this digest, or no attestations at all.
    if (answer.status === 404) return { bundles, unread }
    if (answer.status !== 200) throw refusalOf(answer, given.repository)
    const found = pageOf(answer)
    bundles.push(...found.bundles)
    unread += found.unread
    after = nextCursor(answer)
    if (after === undefined) return { bundles, unread }
  }
  return { bundles, unread: unread + 1 }
}

async function keep(given: Given, bundle: JsonObject, about: AttestationAbout): Promise<string> {
  const { context, repository } = given
  const { timing, signal, host } = context
  const until = timing.now() + PATIENCE_MS
  for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 2, MAX_DELAY_MS)) {
    const came = await outcomeOf(given, bundle)
    if ('id' in came) return came.id
    const waitMs = came.waitMs + delay * (0.5 + timing.random() / 2)
    if (timing.now() + waitMs > until) throw came.error
    host.log.info(
      `GitHub does not take an attestation for ${repository.slug} now (${came.error.reason ?? 'no answer'}): trying again in ${Math.ceil(waitMs / 1000)} s`
    )
    await timing.sleep(waitMs, signal)
    if (signal.aborted) throw came.error
    if (came.mayBeKept && (await isKept(given, bundle, about))) return ''
  }
}

type Outcome =
  | { readonly id: string }
  | {
      readonly error: ServiceError
      /** In milliseconds, at least. */
      readonly waitMs: number
      /** It may have been taken all the same. */
      readonly mayBeKept: boolean
    }

/** @throws AssayError when another time will not help */
async function outcomeOf(given: Given, bundle: JsonObject): Promise<Outcome> {
  try {
    const answer = await post(given, bundle, { once: true })
    if (answer.status === 201 || answer.status === 200) return { id: idIn(answer) }
    const error = refusalOf(answer, given.repository)
    const waitMs = pauseMs(answer, given.context.host.now())
    if (waitMs === undefined || !(error instanceof ServiceError)) throw error
    return { error, waitMs, mayBeKept: false }
  } catch (error) {
    if (!(error instanceof ServiceError) || error.retryInMs === undefined) throw error
    return { error, waitMs: error.retryInMs, mayBeKept: true }
  }
}

/** @throws ServiceError when it says neither yes nor no */
function idIn(answer: HttpAnswer): string {
  const { id } = jsonObjectIn(answer.body) ?? {}
  if (typeof id === 'number' || typeof id === 'string') return String(id).slice(0, 40)
  throw unclear(answer)
}

async function isKept(given: Given, bundle: JsonObject, about: AttestationAbout): Promise<boolean> {
  try {
    const { bundles } = await find(given, about)
    const wanted = dsseSignatureOf(bundle)
    return wanted !== undefined && bundles.some((one) => dsseSignatureOf(one) === wanted)
  } catch (error) {
    if (error instanceof AssayError) return false
    throw error
  }
}

/** The signature of a statement: it is made once, so that whoever has it has the bundle. */
export function dsseSignatureOf(bundle: unknown): string | undefined {
  const { signatures } = jsonObjectOf(jsonObjectOf(bundle)?.['dsseEnvelope']) ?? {}
  const { sig } = jsonObjectOf(Array.isArray(signatures) ? signatures[0] : undefined) ?? {}
  return typeof sig === 'string' ? sig : undefined
}
