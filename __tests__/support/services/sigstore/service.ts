import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { misbehave, type Misbehaviour } from '../misbehaviour.ts'

/** What any service can do wrong with an answer. `times`: how often; always if absent. */
export type WireFault =
  | Misbehaviour
  /** Does what it was asked to, and says so that much later. */
  | { readonly kind: 'late'; readonly ms: number; readonly times?: number }
  /** Does what it was asked to, and hangs up before it says so. */
  | { readonly kind: 'lost'; readonly times?: number }

/** A fault in the service itself. */
export interface OwnFault {
  readonly kind: string
  readonly times?: number
}

/** Its clock is that much ahead. */
export interface ClockFault extends OwnFault {
  readonly kind: 'clock'
  readonly offsetMs: number
}

export interface ServiceRequest {
  readonly method: string
  /** Without its query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface ServiceAnswer {
  readonly status: number
  /** An object is sent as JSON. */
  readonly body: object | string | Uint8Array
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A request that a service got, and how it answered. */
export interface SeenServiceRequest {
  readonly service: string
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** Absent when it was refused before it was looked at. */
  readonly status?: number
}

/** A service on the loopback address. */
export interface LoopbackService<Fault extends OwnFault> {
  /** Its address, without a slash at the end. */
  readonly url: string
  /** Misbehaves from now on, where method and path begin like this: `POST /api/`; everywhere if absent. */
  fault(how: Fault | WireFault, start?: string): void
  /** Behaves from now on. */
  behave(): void
  close(): Promise<void>
}

/** What makes a service out of a function that answers. */
export interface ServiceParts<Fault extends OwnFault> {
  readonly name: string
  /** Where its requests are noted. */
  readonly seen: SeenServiceRequest[]
  answer(request: ServiceRequest, fault: Fault | undefined): ServiceAnswer | Promise<ServiceAnswer>
}

interface Ordered<Fault extends OwnFault> {
  readonly how: Fault | WireFault
  readonly start: string
  left: number
}

/** Whether a fault of the wire keeps a service from doing what it was asked to. */
const KEEPS_FROM_ACTING: Readonly<Record<WireFault['kind'], boolean>> = {
  status: true,
  reset: true,
  silent: true,
  redirect: true,
  html: true,
  endless: true,
  'gzip-bomb': true,
  'wrong-case': true,
  'wrong-bytes': false,
  truncated: false,
  'truncated-chunks': false,
  slow: false,
  stalled: false,
  'wrong-length': false,
  late: false,
  lost: false
}

/** Starts a service. */
export async function startService<Fault extends OwnFault>(
  parts: ServiceParts<Fault>
): Promise<LoopbackService<Fault>> {
  const faults: Ordered<Fault>[] = []
  const server = createServer((request, response) => {
    void serve({ parts, faults }, request, response)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fault(how, start = '') {
      const left = 'times' in how ? (how.times ?? Infinity) : Infinity
      faults.push({ how, start, left })
    },
    behave: () => void (faults.length = 0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      })
  }
}

async function serve<Fault extends OwnFault>(
  { parts, faults }: { parts: ServiceParts<Fault>; faults: readonly Ordered<Fault>[] },
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const { method = '', url = '/', headers } = request
  const { pathname: path, searchParams: query } = new URL(url, 'http://localhost')
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const fault = faults.find(({ start, left }) => left > 0 && `${method} ${path}`.startsWith(start))
  if (fault) fault.left--
  const note = { service: parts.name, method, path: url, headers, body: body.toString() }
  const wire = fault && isWire(fault.how) ? fault.how : undefined
  if (wire && KEEPS_FROM_ACTING[wire.kind]) {
    parts.seen.push(note)
    refuse(wire, request, response)
    return
  }
  const own = fault && !isWire(fault.how) ? fault.how : undefined
  const answer = await answerOf(parts, { method, path, query, headers, body }, own)
  parts.seen.push({ ...note, status: answer.status })
  if (wire === undefined) send(response, answer)
  else await spoil(wire, answer, { request, response })
}

function isWire(how: OwnFault | WireFault): how is WireFault {
  return Object.hasOwn(KEEPS_FROM_ACTING, how.kind)
}

/** A request that cannot be read is the asker's fault. */
async function answerOf<Fault extends OwnFault>(
  parts: ServiceParts<Fault>,
  request: ServiceRequest,
  fault: Fault | undefined
): Promise<ServiceAnswer> {
  try {
    return await parts.answer(request, fault)
  } catch (error) {
    const message = Error.isError(error) ? error.message : String(error)
    return { status: 400, body: { code: 3, message } }
  }
}

function refuse(how: WireFault, request: IncomingMessage, response: ServerResponse): void {
  if (how.kind === 'status') {
    const headers = how.retryAfter === undefined ? {} : { 'retry-after': how.retryAfter }
    send(response, { status: how.status, body: { code: 13, message: 'refused' }, headers })
  } else if (how.kind !== 'late' && how.kind !== 'lost') {
    misbehave(how, { body: Buffer.from('{}'), type: 'application/json' }, { request, response })
  }
}

async function spoil(
  how: WireFault,
  answer: ServiceAnswer,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse }
): Promise<void> {
  if (how.kind === 'late') {
    await setTimeout(how.ms, undefined, { ref: false })
    send(response, answer)
  } else if (how.kind === 'lost') {
    request.socket.resetAndDestroy()
  } else {
    misbehave(how, { body: bytesOf(answer), type: typeOf(answer) }, { request, response })
  }
}

function send(response: ServerResponse, answer: ServiceAnswer): void {
  const bytes = bytesOf(answer)
  response.writeHead(answer.status, {
    'content-type': typeOf(answer),
    'content-length': bytes.length,
    ...answer.headers
  })
  response.end(bytes)
}

function bytesOf({ body }: ServiceAnswer): Buffer {
  if (typeof body === 'string') return Buffer.from(body)
  return body instanceof Uint8Array ? Buffer.from(body) : Buffer.from(JSON.stringify(body))
}

function typeOf({ type = 'application/json' }: ServiceAnswer): string {
  return type
}

/** What a service says where there is nothing. */
export const NOT_FOUND: ServiceAnswer = { status: 404, body: { code: 5, message: 'Not Found' } }
