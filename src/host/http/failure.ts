import { messageOf, type ServiceCode } from '../../model/errors.ts'

/**
 * When the same request may be made again: `at-once` for a kept connection that the server had closed
 * meanwhile, which says nothing about the server.
 */
type Retry = 'never' | 'at-once' | 'later'

interface FailureDetails {
  readonly code: ServiceCode
  /** A few words that hold for other URLs of the same host: `status 503`. */
  readonly reason: string
  readonly retry: Retry
  /** The server cannot have acted on the request. */
  readonly unheard?: boolean
  /** How long the server asks to wait, in milliseconds. */
  readonly waitMs?: number
  /** What the reader can do, where it is not the usual. */
  readonly remedy?: string
  /** Takes the place of the number of attempts in the message. */
  readonly note?: string
  readonly cause?: unknown
}

/** One attempt at a request that came to nothing. Inside the HTTP client only; callers get a `ServiceError`. */
export class Failure extends Error {
  readonly code: ServiceCode
  readonly reason: string
  readonly retry: Retry
  readonly unheard: boolean
  readonly waitMs: number
  readonly remedy?: string
  readonly note?: string
  /** Where it happened, once it is known. */
  at?: URL

  constructor(details: FailureDetails) {
    const { code, reason, retry, unheard = false, waitMs = 0, remedy, note, cause } = details
    super(reason, { cause })
    this.name = 'Failure'
    this.code = code
    this.reason = reason
    this.retry = retry
    this.unheard = unheard
    this.waitMs = waitMs
    if (remedy !== undefined) this.remedy = remedy
    if (note !== undefined) this.note = note
  }
}

const CA_REMEDY =
  'Let the machine trust the certificate: set `NODE_EXTRA_CA_CERTS` to a PEM file with your CA, or correct the server'
const PROXY_REMEDY =
  'Check `HTTPS_PROXY` and `HTTP_PROXY`, user and password in them included, and `NO_PROXY`'

/** Reason of a connection that ended before the answer. */
export const BROKEN = 'connection broken'

type Known = readonly [reason: string, retry: Retry, code?: ServiceCode, remedy?: string]

/** What Node's error codes mean. Those of TLS are told by their prefix. */
const KNOWN: ReadonlyMap<string, Known> = new Map<string, Known>([
  ['ENOTFOUND', ['host name unknown', 'never']],
  ['EAI_AGAIN', ['host name not resolved', 'later']],
  ['ECONNREFUSED', ['connection refused', 'later']],
  ['ECONNRESET', [BROKEN, 'later']],
  ['ECONNABORTED', [BROKEN, 'later']],
  ['EPIPE', [BROKEN, 'later']],
  ['EHOSTUNREACH', ['host unreachable', 'later']],
  ['ENETUNREACH', ['network unreachable', 'later']],
  ['ETIMEDOUT', ['no connection in time', 'later', 'SERVICE_TIMEOUT']],
  ['EPROTO', ['no TLS on the other side', 'never']],
  ['ERR_INVALID_CHAR', ['credentials or headers that HTTP cannot carry', 'never']],
  ['ERR_UNESCAPED_CHARACTERS', ['no valid URL', 'never']],
  ['Z_BUF_ERROR', ['answer cut off', 'later', 'SERVICE_RESPONSE_INVALID']],
  ['Z_DATA_ERROR', ['compression damaged', 'never', 'SERVICE_RESPONSE_INVALID']],
  ['HPE_HEADER_OVERFLOW', ['headers too large', 'never', 'SERVICE_LIMIT_EXCEEDED']]
])

/** Codes of what failed before there was a connection. */
const UNCONNECTED = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_PROXY_TUNNEL'
])

/** What an error of Node's sockets, TLS, HTTP parser or decompression means for the request. */
export function failureOf(cause: unknown): Failure {
  if (cause instanceof Failure) return cause
  const code = codeOf(cause)
  const [reason, retry, kind = 'SERVICE_UNREACHABLE', remedy] =
    KNOWN.get(code) ?? knownByForm(code, cause)
  const unheard = UNCONNECTED.has(code)
  return new Failure({ code: kind, reason, retry, unheard, ...(remedy && { remedy }), cause })
}

function knownByForm(code: string, cause: unknown): Known {
  if (code === 'ERR_PROXY_TUNNEL') return proxyRefusal(cause)
  if (code.startsWith('HPE_')) {
    return [`no valid HTTP in the answer (${code})`, 'never', 'SERVICE_RESPONSE_INVALID']
  }
  if (/CERT|^UNABLE_TO_|^ERR_TLS_/.test(code)) {
    return [`certificate not trusted (${code})`, 'never', 'SERVICE_UNREACHABLE', CA_REMEDY]
  }
  if (code.startsWith('ERR_SSL_')) return [`no TLS on the other side (${code})`, 'never']
  return [code === '' ? messageOf(cause) : `connection failed (${code})`, 'later']
}

/** The proxy's status stands in the message only, beside its address. */
function proxyRefusal(cause: unknown): Known {
  const status = /HTTP\/1\.[01] (\d{3})/.exec(messageOf(cause))?.[1]
  const reason = status === undefined ? 'no tunnel by the proxy' : `proxy answered ${status}`
  const retry = status === undefined || status.startsWith('5') ? 'later' : 'never'
  return [reason, retry, 'SERVICE_UNREACHABLE', PROXY_REMEDY]
}

function codeOf(error: unknown): string {
  const code: unknown = Error.isError(error) && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

/** A request that took longer than it may. */
export function timeoutFailure(what: string, ms: number): Failure {
  return new Failure({
    code: 'SERVICE_TIMEOUT',
    reason: `${what} within ${ms / 1000} s`,
    retry: 'later'
  })
}

/** A body that ended before its end. */
export function cutFailure(cause: unknown): Failure {
  return new Failure({
    code: 'SERVICE_RESPONSE_INVALID',
    reason: 'answer cut off',
    retry: 'later',
    remedy: 'Try again; should it stay so, look at the proxy or the service in between',
    cause
  })
}

/** A body of more bytes than the request allows. */
export function limitFailure(maxBytes: number): Failure {
  return new Failure({
    code: 'SERVICE_LIMIT_EXCEEDED',
    reason: `more than ${maxBytes} bytes`,
    retry: 'never',
    remedy: 'Look at what the service sends: it is larger than anything expected there'
  })
}
