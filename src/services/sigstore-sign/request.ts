import { jsonInUtf8, jsonObjectOf } from '../../formats/json.ts'
import type { HttpAnswer } from '../../host/host.ts'
import { waitMsOf } from '../../host/http/status.ts'
import { ServiceError } from '../../model/errors.ts'
import { plainText } from '../../model/plain-text.ts'
import type { SigningContext } from './context.ts'

/** A request to a service of the instance. */
export interface SigningRequest {
  /** For messages, after `Cannot`: `get a certificate`. */
  readonly what: string
  readonly url: string
  /** Sent by POST; without one it is a GET. */
  readonly body?: string | Uint8Array
  /** Of the body. */
  readonly type?: string
  readonly accept?: string
  readonly maxBytes: number
  /** Longest time for one attempt, in milliseconds. */
  readonly totalMs: number
  /** Statuses that are answers too. */
  readonly answers?: readonly number[]
  /** What to do about a status that will not get better, where it is known. */
  remedyOf?(status: number): string | undefined
}

/** All that are errors: whether one is waited for is decided here, by what the service says. */
const ERRORS = Array.from({ length: 200 }, (_, index) => 400 + index)

/** Besides the 5xx: request time-out, too early, too many requests, the client gave up. */
const PASSING = new Set([408, 425, 429, 499])

/** Longest text of a service that a message repeats, in UTF-16 units. */
const MAX_SAID = 200

const OUTAGE = 'Run the job again later; the service may be reporting an outage'

/**
 * Asks a service of the instance.
 *
 * @throws ServiceError for a refusal, with what the service says; with `retryInMs` when it may pass
 */
export async function ask(
  { host, signal }: SigningContext,
  request: SigningRequest
): Promise<HttpAnswer> {
  const { what, url, body, type, accept = 'application/json', answers = [] } = request
  const answer = await host.http.fetch({
    url,
    signal,
    headers: { accept, ...(type !== undefined && { 'content-type': type }) },
    ...(body !== undefined && { method: 'POST', body }),
    maxBytes: request.maxBytes,
    totalMs: request.totalMs,
    idleMs: request.totalMs,
    // Repeated by patience alone, which has an end; a log may have acted on what got no answer.
    once: true,
    patient: true,
    answers: ERRORS
  })
  const { status } = answer
  if ((status >= 200 && status < 300) || answers.includes(status)) return answer
  const passing = status >= 500 || PASSING.has(status)
  const said = saidIn(answer)
  throw new ServiceError({
    code: 'SERVICE_STATUS',
    message: `Cannot ${what} at "${url}": it answered status ${status}${said && ` (${said})`}`,
    remedy: passing ? OUTAGE : (request.remedyOf?.(status) ?? remedyOf(status)),
    url,
    reason: `status ${status}`,
    ...(passing && { retryInMs: waitMsOf(answer.headers['retry-after'] ?? '') })
  })
}

function remedyOf(status: number): string {
  if (status === 401 || status === 403) {
    return 'Use an instance that asks for no login: Assay has none for it'
  }
  return status === 400 || status === 422
    ? 'Read what the service says: it will refuse this signature again'
    : 'Check address and version of the service in the signing configuration'
}

/** The service's own words, safe to be shown: no token, even where it repeats ours. */
function saidIn({ body }: HttpAnswer): string {
  const { message, error } = jsonObjectOf(jsonInUtf8(body)) ?? {}
  const text = [message, error].find((part) => typeof part === 'string')
  if (typeof text !== 'string') return ''
  return plainText(text.replace(/eyJ[\w-]{8,}[\w.-]*/g, '***'), MAX_SAID)
}

/** What is wrong with an answer. */
export interface Fault {
  /** Without a final period. */
  readonly why: string
  /** What to do about it, where it is known. */
  readonly remedy?: string
}

/** An answer that makes no sense, or is not for us. */
export function nonsense(what: string, url: string, fault: Fault | string): ServiceError {
  const { why, remedy = 'Look at the service: nothing of what it sent was used' } =
    typeof fault === 'string' ? { why: fault } : fault
  return new ServiceError({
    code: 'SERVICE_RESPONSE_INVALID',
    message: `Cannot ${what} at "${url}": ${why}`,
    remedy,
    url,
    reason: why
  })
}
