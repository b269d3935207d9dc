import {
  createServer,
  type IncomingMessage,
  request as forward,
  type ServerResponse
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { type OciAuthority, ociAuthority } from '../../__tests__/support/services/oci-authority.ts'
import type { TokenAuthority } from './token-authority.ts'

/** A reverse proxy on the loopback address that counts, and can keep people out. */
export interface Gate {
  /** `127.0.0.1:41234` */
  readonly name: string
  /** Requests since the last call, as `POST /api/v2/signingCert`. */
  taken(): readonly string[]
  stop(): void
}

export interface GateOptions {
  /** Origin of the server behind it: `http://127.0.0.1:5000`. */
  readonly target: string
  /** Who is let in. Absent: everybody. */
  readonly auth?: 'basic' | 'bearer'
  /** Answers at `/token` for a server that lets in whom it wants itself. */
  readonly tokens?: TokenAuthority
}

/** Stands before a server. */
export async function startGate({ target, auth, tokens }: GateOptions): Promise<Gate> {
  const authority = ociAuthority(auth)
  let requests: string[] = []
  const server = createServer((request, response) => {
    const { method = '', headers } = request
    const url = new URL(request.url ?? '/', `http://${headers.host ?? 'none'}`)
    requests.push(`${method} ${url.pathname}`)
    if (url.pathname === '/token' && tokens) {
      tokens.serve(request, response)
    } else if (url.pathname === '/token' && auth === 'bearer') {
      void serveToken(authority, url, request, response)
    } else if (authority.lets({ method, url, headers }, response)) {
      pass(target, request, response)
    } else {
      request.resume()
    }
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    name: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken() {
      const before = requests
      requests = []
      return before
    },
    stop() {
      server.close()
      server.closeAllConnections()
    }
  }
}

async function serveToken(
  authority: OciAuthority,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const { method = '', headers } = request
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString()
  authority.serveToken({ method, url, headers, body }, response)
}

/** The `Host` stays as it is, so that the server names the gate where it names itself. */
function pass(target: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, headers } = request
  const passed = forward(new URL(request.url ?? '/', target), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  passed.on('error', () => {
    if (!response.headersSent) response.writeHead(502)
    response.end()
  })
  request.pipe(passed)
}
