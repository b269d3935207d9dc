import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as send,
  type ServerResponse
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** What somebody in front of a service does to those who ask it. */
export type FrontFault =
  | { readonly kind: 'status'; readonly status: number; readonly times?: number }
  | { readonly kind: 'reset'; readonly times?: number }
  /** Answers with everything that it was sent, credentials included, in the ways in which a page shows them. */
  | { readonly kind: 'echo'; readonly status: number }
  /** Sends them to somebody else. */
  | { readonly kind: 'redirect'; readonly to: string; readonly status: number }
  /** Answers itself what it wants to, and changes what the service answered to the rest. */
  | { readonly kind: 'man-in-the-middle'; readonly middle: Middle }

/** What an answer is made of. */
export interface PassedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** Somebody who changes what passes. Nothing for what stays as it is. */
export interface Middle {
  /** In the place of the service, which never hears of it. */
  before?(method: string, path: string): PassedAnswer | 'endless' | undefined
  after?(method: string, path: string, answer: PassedAnswer): PassedAnswer | undefined
}

/** A request and what was answered. */
export interface SeenExchange {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly answered: string
}

/** Somebody between a client and a service of this machine, who sees and can do everything. */
export interface Front {
  /** Its address, without a slash at the end. */
  readonly url: string
  /** As references of images name it. */
  readonly name: string
  readonly seen: readonly SeenExchange[]
  /** Passes everything on to this address from now on. */
  passTo(url: string): void
  /** Misbehaves from now on; behaves when nothing is given. */
  misbehave(fault?: FrontFault): void
  close(): Promise<void>
}

interface State {
  target: string
  fault: FrontFault | undefined
  left: number
  readonly seen: SeenExchange[]
}

export async function startFront(): Promise<Front> {
  const state: State = { target: '', fault: undefined, left: 0, seen: [] }
  const server = createServer((request, response) => {
    void serve(state, request, response)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const name = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `http://${name}`,
    name,
    seen: state.seen,
    passTo: (url) => void (state.target = url),
    misbehave(fault) {
      state.fault = fault
      state.left = fault && 'times' in fault ? (fault.times ?? Infinity) : Infinity
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      })
  }
}

async function serve(
  state: State,
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const { method = '', url: path = '/', headers } = request
  const body = await buffer(request)
  const note = { method, path, headers, body: body.toString() }
  const { fault } = state
  if (fault === undefined || state.left <= 0) {
    const answered = await passOn(state.target, { ...note, body }, response)
    state.seen.push({ ...note, answered: answered.toString() })
    return
  }
  if (fault.kind === 'man-in-the-middle') {
    const { middle } = fault
    const given = middle.before?.(method, path)
    if (given === 'endless') pour(response)
    else if (given) answerWith(given, method, response)
    else {
      const after = (answer: PassedAnswer): PassedAnswer =>
        middle.after?.(method, path, answer) ?? answer
      const answered = await passOn(state.target, { ...note, body, after }, response)
      state.seen.push({ ...note, answered: answered.toString() })
    }
    return
  }
  state.left--
  state.seen.push({ ...note, answered: '' })
  if (fault.kind === 'reset') request.socket.resetAndDestroy()
  else if (fault.kind === 'redirect') response.writeHead(fault.status, { location: fault.to }).end()
  else if (fault.kind === 'status') response.writeHead(fault.status).end('{"message":"refused"}')
  else echo(fault.status, note, response)
}

function echo(
  status: number,
  { method, path, headers, body }: Omit<SeenExchange, 'answered'>,
  response: ServerResponse
): void {
  const authorization = headers.authorization ?? ''
  const text = {
    message: `refused: ${method} ${path} Authorization: ${authorization}`,
    value: authorization,
    token: authorization.replace(/^\w+ /, ''),
    code: authorization,
    errors: [{ code: 'DENIED', message: `not for ${authorization}`, detail: body }],
    encoded: encodeURIComponent(authorization),
    asBase64: Buffer.from(authorization).toString('base64'),
    headers,
    body
  }
  response.writeHead(status, {
    'content-type': 'application/json',
    'www-authenticate': `Echo realm="${authorization.replaceAll('"', '')}"`,
    'x-echo': encodeURIComponent(authorization)
  })
  response.end(JSON.stringify(text))
}

/** Asks the service as it was asked. @returns what it answered */
function passOn(
  target: string,
  asked: Omit<SeenExchange, 'answered' | 'body'> & {
    readonly body: Buffer
    readonly after?: (answer: PassedAnswer) => PassedAnswer
  },
  response: ServerResponse
): Promise<Buffer> {
  const { method, path, headers, body, after = (same) => same } = asked
  return new Promise((resolve) => {
    const behind = send(`${target}${path}`, { method, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const bytes = Buffer.concat(chunks)
        const { statusCode: status = 502, headers: all } = answer
        answerWith(after({ status, headers: all, body: bytes }), method, response)
        resolve(bytes)
      })
    })
    behind.on('error', () => {
      response.destroy()
      resolve(Buffer.alloc(0))
    })
    behind.end(body)
  })
}

function answerWith(
  { status, headers, body }: PassedAnswer,
  method: string,
  response: ServerResponse
): void {
  const { 'transfer-encoding': _, 'content-length': length, ...kept } = headers
  // The length that a HEAD announces is not one of its answer.
  const announced = method === 'HEAD' && typeof length === 'string' ? length : body.length
  response.writeHead(status, {
    ...(kept as OutgoingHttpHeaders),
    ...(status !== 204 && { 'content-length': announced })
  })
  response.end(method === 'HEAD' ? undefined : body)
}

/** Bytes for as long as somebody reads. */
function pour(response: ServerResponse): void {
  const some = Buffer.alloc(64 * 1024, ' ')
  const fill = (): void => {
    while (!response.destroyed && response.write(some));
  }
  response.writeHead(200, { 'content-type': 'application/json' })
  response.on('drain', fill)
  fill()
}
