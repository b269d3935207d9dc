import type { HttpAnswer } from '../../host/host.ts'
import { waitMsOf } from '../../host/http/status.ts'
import { jsonObjectIn } from '../../formats/json.ts'
import { type AssayError, InputError, ServiceError } from '../../model/errors.ts'
import { plainText } from '../../model/plain-text.ts'

/** How long to wait where GitHub does not say, in milliseconds: its limits count minutes. */
const PAUSE_MS = 60_000

/** Longest of GitHub's own sentences that is shown, in UTF-16 units. */
const MAX_SHOWN = 300

/**
 * How long to wait before the same is asked again: a limit was met.
 *
 * @returns nothing when it was refused for another reason, in milliseconds
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function pauseMs(answer: HttpAnswer, now: Date): number | undefined {
  if (!isLimit(answer)) return undefined
  const { headers } = answer
  const asked = waitMsOf(headers['retry-after'] ?? '')
  if (asked > 0) return asked
  const reset = Number(headers['x-ratelimit-reset'])
  const isKnown = isSpent(answer) && Number.isFinite(reset)
  return isKnown ? Math.max(1000, reset * 1000 - now.getTime()) : PAUSE_MS
}

/** Whether a refusal is for asking too often, and passes. */
export function isLimit(answer: HttpAnswer): boolean {
  const { status, headers } = answer
  if (status === 429) return true
  if (status !== 403) return false
  const asked = waitMsOf(headers['retry-after'] ?? '')
  return asked > 0 || isSpent(answer) || /rate limit/i.test(saidIn(answer))
}

function isSpent({ headers }: HttpAnswer): boolean {
  return headers['x-ratelimit-remaining'] === '0'
}

/** What GitHub itself says, made safe; empty when it says nothing. */
function saidIn(answer: HttpAnswer): string {
  const { message } = jsonObjectIn(answer.body) ?? {}
  return typeof message === 'string' ? plainText(message, MAX_SHOWN) : ''
}

const PERMISSIONS =
  'Add to the job: `permissions:` with the lines `attestations: write`, `contents: read` and `id-token: write`; on a pull request from a fork GitHub gives no such permission'

const LEAVE_OUT = 'leave `github` out of `signature-forms`'

/** What is in the way, from an answer that is a refusal. */
export function refusalOf(answer: HttpAnswer, { slug }: { readonly slug: string }): AssayError {
  const { status, url } = answer
  const said = saidIn(answer)
  const found = `GitHub answered status ${status}${said === '' ? '' : ` ("${said}")`}`
  const message = `Cannot keep attestations with ${slug}: ${found}`
  if (!isLimit(answer) && (status === 401 || status === 403)) {
    return new InputError({
      code: status === 401 ? 'INPUT_INVALID' : 'PERMISSION_MISSING',
      message,
      remedy:
        status === 401
          ? `Give \`github-token\` a token that is valid, or ${LEAVE_OUT}`
          : `${PERMISSIONS}. Or ${LEAVE_OUT}`
    })
  }
  return new ServiceError({
    code: 'SERVICE_STATUS',
    message,
    remedy: remedyFor(status),
    url,
    reason: `status ${status}`
  })
}

function remedyFor(status: number): string {
  if (status === 404 || status === 410) {
    return `GitHub Enterprise Server keeps no attestations, and private repositories need Enterprise Cloud: ${LEAVE_OUT}, or check that \`github-token\` may see the repository`
  }
  if (status === 413)
    return 'GitHub takes predicates of at most 16 MB: leave the largest out of `attest`'
  if (status === 400 || status === 422) {
    return `Private repositories need Enterprise Cloud, a predicate has at most 16 MB and a statement 1024 subjects: change what the message names, or ${LEAVE_OUT}`
  }
  return `Run again later, or ${LEAVE_OUT}`
}

/** An answer that makes no sense. */
export function unclear({ url, status }: HttpAnswer): ServiceError {
  return new ServiceError({
    code: 'SERVICE_RESPONSE_INVALID',
    message: `Cannot read what ${url} answered with status ${status}: found something else than attestations`,
    remedy: 'Check that `GITHUB_API_URL` is the address of a REST API of GitHub',
    url,
    reason: 'an answer without attestations'
  })
}
