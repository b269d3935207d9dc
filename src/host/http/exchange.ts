import {
  type Agent,
  type ClientRequest,
  type IncomingMessage,
  request as requestPlain
} from 'node:http'
import { type Agent as TlsAgent, request as requestTls } from 'node:https'
import type { HttpAnswer, HttpHead, HttpRequest } from '../host.ts'
import { isPrivateHost } from './address.ts'
import { drain, readBody } from './body.ts'
import type { Ending } from './ending.ts'
import { BROKEN, cutFailure, Failure, failureOf } from './failure.ts'
import { scrubbed } from './scrub.ts'
import { statusFailure } from './status.ts'
import { type Patience, type Watchdog, watchdog } from './watchdog.ts'

/** The kept connections of a client. */
export interface Connections {
  readonly plain: Agent
  readonly tls: TlsAgent
  /** Some go through a proxy. */
  readonly proxied: boolean
}

/** One request to one place. */
export interface Order {
  readonly request: HttpRequest
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly connections: Connections
  readonly patience: Patience
  readonly ending?: Ending
}

export interface Redirect {
  readonly kind: 'redirect'
  readonly location: string
  /** The sender itself is on this machine or in a private network. */
  readonly fromPrivate: boolean
}

export type Exchanged = { readonly kind: 'answer'; readonly answer: HttpAnswer } | Redirect

const REDIRECTS = new Set([301, 302, 303, 307, 308])

/** Beside the 2xx: what says that there is nothing new, or nothing. */
const USUAL_ANSWERS = new Set([304, 404, 410])

/** Most bytes that are kept of the text beside a 404: a sentence, or a page. */
const MAX_REFUSAL_BYTES = 64 * 1024

/**
 * Sends a request and reads what comes back, once and from one server.
 *
 * @throws Failure when there is no whole answer, or its status is an error
 * @throws the signal's reason when it is aborted, and whatever the request's sink throws
 */
export function exchange(order: Order): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    const { ending, patience } = order
    const request = open(order)
    const watch = watchdog(patience, fail)
    let forget = ending?.onEnd(() => {
      fail(ending.signal.reason)
    })
    request.on('socket', (socket) => {
      watch.watchConnection(socket)
    })
    request.on('error', (error) => {
      fail(request.reusedSocket ? staleOr(error) : failureOf(error))
    })
    request.on('response', (response) => {
      watch.alive()
      response.on('error', (error) => {
        fail(cutFailure(error))
      })
      response.on('close', () => {
        if (!response.complete) fail(cutFailure(undefined))
      })
      answerOf(response, order, watch).then(succeed, fail)

      function succeed(exchanged: Exchanged): void {
        stop()
        resolve(exchanged)
        // The rest of what was cut. A redirect's body is being drained.
        if (exchanged.kind === 'answer' && !response.readableEnded) request.destroy()
      }
    })
    request.end(order.request.body)

    function fail(error: unknown): void {
      stop()
      reject(error)
      request.destroy()
    }

    function stop(): void {
      watch.stop()
      forget?.()
      forget = undefined
    }
  })
}

function open({ url, headers, connections, patience, request }: Order): ClientRequest {
  // Parts, not the URL: taking it apart is a large share of what a request on a kept connection costs.
  const secure = url.protocol === 'https:'
  const options = {
    agent: secure ? connections.tls : connections.plain,
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    path: url.pathname + url.search,
    method: request.method ?? 'GET',
    headers,
    // The tunnel through a proxy has no socket yet that could be watched.
    ...(connections.proxied && { timeout: patience.connectMs })
  }
  try {
    return secure ? requestTls(options) : requestPlain(options)
  } catch (error) {
    throw failureOf(error)
  }
}

async function answerOf(
  response: IncomingMessage,
  order: Order,
  watch: Watchdog
): Promise<Exchanged> {
  const head = headOf(response, order.url)
  const { method, maxBytes, compressed = false, sink, answers = [] } = order.request
  const { authorization = '' } = order.request
  if (head.status >= 200 && head.status < 300) {
    const body = await readBody(response, {
      maxBytes,
      compressed,
      // The length that a HEAD announces is not one of its answer.
      excess: method === 'HEAD' ? 'cut' : 'fail',
      watch,
      ...(sink && { sink: () => sink(head) })
    })
    return { kind: 'answer', answer: { ...head, ...body } }
  }
  if (USUAL_ANSWERS.has(head.status) || answers.includes(head.status)) {
    const most = Math.min(maxBytes, MAX_REFUSAL_BYTES)
    const body = await readBody(response, { maxBytes: most, compressed, excess: 'cut', watch })
    return { kind: 'answer', answer: scrubbed({ ...head, ...body }, authorization) }
  }
  const { location } = head.headers
  const fromPrivate = isFromPrivate(response, order)
  drain(response)
  if (!REDIRECTS.has(head.status) || location === undefined) throw statusFailure(head)
  return { kind: 'redirect', location, fromPrivate }
}

function headOf({ statusCode = 0, headers }: IncomingMessage, url: URL): HttpHead {
  // The one header that is a list; and there are no cookies here.
  const { 'set-cookie': _cookies, ...single } = headers
  return { status: statusCode, url: url.href, headers: single as HttpHead['headers'] }
}

/** Behind a proxy the address at the other end is the proxy's, so that only the name can tell. */
function isFromPrivate(response: IncomingMessage, { url, connections }: Order): boolean {
  if (isPrivateHost(url.hostname)) return true
  return !connections.proxied && isPrivateHost(response.socket.remoteAddress ?? '')
}

/** A kept connection that breaks before any answer was closed by the server as we took it up again. */
function staleOr(error: Error): Failure {
  const failure = failureOf(error)
  const { code, reason } = failure
  return reason === BROKEN ? new Failure({ code, reason, retry: 'at-once', cause: error }) : failure
}
