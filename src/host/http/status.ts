import type { HttpHead } from '../host.ts'
import { Failure } from './failure.ts'

/** Beside the 5xx: request time-out, too early, too many requests. */
const TRANSIENT = new Set([408, 425, 429])

/** By these a server says that it did not even begin: too early, too many requests, unavailable. */
const UNHEARD = new Set([425, 429, 503])

const REMEDIES: ReadonlyMap<number, string> = new Map([
  [401, 'Give credentials for this host in the configuration of its package manager'],
  [403, 'Check the credentials for this host and what they may read'],
  [407, 'Put user and password into `HTTPS_PROXY`'],
  [429, 'Try again later, or lower `concurrency`']
])

/** An answer whose status is an error. */
export function statusFailure({ status, headers }: HttpHead): Failure {
  const transient = status >= 500 || TRANSIENT.has(status)
  const fallback = transient
    ? 'Try again later; the service may be reporting an outage'
    : 'Check that the address is right'
  return new Failure({
    code: 'SERVICE_STATUS',
    reason: `status ${status}`,
    retry: transient ? 'later' : 'never',
    unheard: UNHEARD.has(status),
    waitMs: transient ? waitMsOf(headers['retry-after'] ?? '') : 0,
    remedy: REMEDIES.get(status) ?? fallback
  })
}

/**
 * How long a `Retry-After` header asks to wait, in milliseconds; 0 when it makes no sense.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function waitMsOf(retryAfter: string): number {
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000
  const date = Date.parse(retryAfter)
  return Number.isNaN(date) ? 0 : Math.max(0, date - Date.now())
}
