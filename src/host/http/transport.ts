import { Agent } from 'node:http'
import { Agent as TlsAgent } from 'node:https'
import { CancelledError, ServiceError } from '../../model/errors.ts'
import { withoutSecrets } from '../../model/url.ts'
import type { HttpAnswer, HttpHead, HttpRequest, Sink } from '../host.ts'
import { Breaker } from './breaker.ts'
import { type Connections, type Exchanged, exchange, type Order } from './exchange.ts'
import { type Ending, endings } from './ending.ts'
import { Failure } from './failure.ts'
import { Gate, type GateLimits } from './gate.ts'
import type { ProxyEnv } from './proxy.ts'
import { addressOf, followed, type Hop, redirectRefusal } from './redirect.ts'
import type { Timing } from './timing.ts'

export interface TransportOptions {
  readonly limits: GateLimits
  readonly userAgent: string
  readonly timing: Timing
  readonly proxyEnv?: ProxyEnv
  readonly signal?: AbortSignal
}

/** Time to a connection, TLS included. */
const CONNECT_MS = 10_000
const DEFAULT_IDLE_MS = 30_000
const DEFAULT_TOTAL_MS = 300_000

/** After this long no further attempt is made. */
const BUDGET_MS = 600_000

const MAX_ATTEMPTS = 4
const FIRST_DELAY_MS = 500
const MAX_DELAY_MS = 8000

/** Kept connections that were found closed, one after the other, before it counts as a failure. */
const MAX_STALE = 32

const USUAL_REMEDY =
  'Check that this machine can reach the host, through a proxy (`HTTPS_PROXY`) where one is needed, and try again'

/** A server that asks for more patience than this does not answer in this run. */
const MAX_WAIT_MS = 60_000

/** The fetch standard allows 20; no registry needs more than two. */
const MAX_REDIRECTS = 5

/** Methods that may be repeated elsewhere: they send nothing. */
const FOLLOWING = new Set(['GET', 'HEAD'])

/** A kept connection that nobody uses is closed after this time. */
const KEPT_MS = 15_000

/** Everything that a request needs and outlives it. */
interface Transport extends TransportOptions {
  readonly connections: Connections
  readonly gate: Gate
  readonly breaker: Breaker
  readonly endingOf: (signal: AbortSignal) => Ending
}

/** Opens a client with connections of its own. @returns what {@link HttpClient.fetch} does */
export function openTransport(
  options: TransportOptions
): (request: HttpRequest) => Promise<HttpAnswer> {
  const { limits, timing, proxyEnv } = options
  const agent = {
    keepAlive: true,
    maxFreeSockets: limits.perOrigin,
    timeout: KEPT_MS,
    ...(proxyEnv && { proxyEnv })
  }
  const transport: Transport = {
    ...options,
    connections: {
      plain: new Agent(agent),
      // A machine that has switched the check of certificates off has not switched it off here.
      tls: new TlsAgent({ ...agent, rejectUnauthorized: true }),
      proxied: proxyEnv !== undefined
    },
    gate: new Gate(limits, timing),
    breaker: new Breaker(),
    endingOf: endings()
  }
  return (request) => fetchPatiently(transport, request)
}

/** One request through all its attempts. */
interface Quest {
  readonly request: HttpRequest
  readonly ending?: Ending
  /** When it is given up, in milliseconds of {@link Timing.now}. Waiting for a first place does not count. */
  until: number
}

async function fetchPatiently(transport: Transport, request: HttpRequest): Promise<HttpAnswer> {
  const signal = signalOf(transport, request)
  const ending = signal && transport.endingOf(signal)
  const quest: Quest = { request, until: Infinity, ...(ending && { ending }) }
  for (let attempts = 1, stale = 0; ;) {
    try {
      return await follow(transport, quest)
    } catch (error) {
      if (signal?.aborted === true) throw cancelledError(request.url, error)
      if (!(error instanceof Failure)) throw error
      const again = request.once !== true || error.unheard
      if (again && error.retry === 'at-once' && stale < MAX_STALE) {
        stale++
        continue
      }
      const delay = again ? delayAfter(error, attempts, transport.timing) : undefined
      if (delay === undefined || transport.timing.now() + delay > quest.until) {
        transport.breaker.failed(originOf(error), error)
        throw serviceError(request.url, error, attempts)
      }
      await transport.timing.sleep(delay, signal)
      attempts++
    }
  }
}

/** One attempt: the request, and those it is redirected to. */
async function follow(transport: Transport, quest: Quest): Promise<HttpAnswer> {
  const { request } = quest
  let hop: Hop = { url: addressOf(request.url), headers: headersOf(transport, request) }
  for (let redirects = 0; ; redirects++) {
    try {
      const exchanged = await ask(transport, quest, hop)
      if (exchanged.kind === 'answer') return exchanged.answer
      if (redirects === MAX_REDIRECTS) throw redirectRefusal(`more than ${redirects} redirects`)
      if (!FOLLOWING.has(request.method ?? 'GET')) {
        throw redirectRefusal('a redirect of what was sent')
      }
      hop = followed(hop, exchanged)
    } catch (error) {
      if (error instanceof Failure) error.at ??= hop.url
      throw error
    }
  }
}

async function ask(transport: Transport, quest: Quest, { url, headers }: Hop): Promise<Exchanged> {
  const { gate, breaker, timing, connections } = transport
  const { request, ending } = quest
  await gate.enter(url.origin, ending)
  try {
    if (request.patient !== true) breaker.assertAlive(url.origin)
    if (quest.until === Infinity) quest.until = timing.now() + BUDGET_MS
    const { idleMs = DEFAULT_IDLE_MS, totalMs = DEFAULT_TOTAL_MS } = request
    const patience = {
      connectMs: Math.min(CONNECT_MS, idleMs),
      idleMs,
      totalMs: Math.max(1, Math.min(totalMs, quest.until - timing.now()))
    }
    const order = { url, headers, connections, patience, ...(ending && { ending }) }
    const exchanged = await exchangeTelling(request, order)
    breaker.answered(url.origin)
    return exchanged
  } catch (error) {
    // Before the place is given to the next.
    const waitMs = error instanceof Failure ? error.waitMs : 0
    if (waitMs > 0 && waitMs <= MAX_WAIT_MS) gate.pause(url.origin, waitMs, ending?.signal)
    throw error
  } finally {
    gate.leave(url.origin)
  }
}

/** Tells the sink when its attempt came to nothing: it may hold what others wait for. */
async function exchangeTelling(
  request: HttpRequest,
  order: Omit<Order, 'request'>
): Promise<Exchanged> {
  const { sink } = request
  if (!sink) return exchange({ ...order, request })
  let opened: Sink | Promise<Sink> | undefined
  const open = (head: HttpHead): Sink | Promise<Sink> => (opened = sink(head))
  try {
    return await exchange({ ...order, request: { ...request, sink: open } })
  } catch (error) {
    void tellBroken(opened)
    throw error
  }
}

async function tellBroken(opened: Sink | Promise<Sink> | undefined): Promise<void> {
  try {
    const sink = await opened
    sink?.broken?.()
  } catch {
    // A sink that could not be opened holds nothing.
  }
}

function headersOf({ userAgent }: Transport, request: HttpRequest): Record<string, string> {
  const given = Object.entries(request.headers ?? {})
  return {
    accept: '*/*',
    'user-agent': userAgent,
    ...Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value])),
    'accept-encoding': request.compressed === true ? 'gzip' : 'identity',
    ...(request.authorization !== undefined && { authorization: request.authorization })
  }
}

function signalOf(transport: Transport, request: HttpRequest): AbortSignal | undefined {
  const [own, given] = [transport.signal, request.signal]
  if (own === undefined || given === undefined || own === given) return given ?? own
  return AbortSignal.any([own, given])
}

/**
 * How long to wait before the next attempt, in milliseconds: what the server asks for, and chance on top,
 * so that what failed together does not come back together.
 *
 * @returns nothing when there is to be none
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
function delayAfter(failure: Failure, attempts: number, timing: Timing): number | undefined {
  if (failure.retry === 'never' || attempts >= MAX_ATTEMPTS) return undefined
  if (failure.waitMs > MAX_WAIT_MS) return undefined
  const most = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1))
  return failure.waitMs + timing.random() * most
}

function originOf({ at }: Failure): string {
  return at?.origin ?? ''
}

function serviceError(url: string, failure: Failure, attempts: number): ServiceError {
  const { code, reason, at, note, waitMs, retry } = failure
  const shown = withoutSecrets(url)
  const reached = at === undefined ? shown : withoutSecrets(at.href)
  const notes = [
    note ?? (attempts > 1 ? `${attempts} attempts` : undefined),
    waitMs > MAX_WAIT_MS ? `asks to wait ${Math.ceil(waitMs / 1000)} s` : undefined
  ].filter((part) => part !== undefined)
  const where = reached === shown ? '' : `, redirected to "${reached}"`
  const more = notes.length === 0 ? '' : ` (${notes.join(', ')})`
  return new ServiceError({
    code,
    message: `Cannot fetch "${shown}"${where}: ${reason}${more}`,
    remedy: failure.remedy ?? USUAL_REMEDY,
    cause: failure.cause ?? failure,
    url: shown,
    reason,
    ...(retry !== 'never' && { retryInMs: waitMs })
  })
}

function cancelledError(url: string, cause: unknown): CancelledError {
  return new CancelledError({
    code: 'CANCELLED',
    message: `Cannot fetch "${withoutSecrets(url)}": the run was ended`,
    remedy: 'Run it again and let it finish',
    cause
  })
}
