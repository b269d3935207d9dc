import { readFileSync } from 'node:fs'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { misbehave, type Misbehaviour, send, type ServedFile } from './misbehaviour.ts'
import { AS_JSON, JSON_TYPE, pathsOf, type ServedPackage } from './packages.ts'

/** What a registry has. */
export interface RegistryContent {
  readonly packages?: readonly ServedPackage[]
  /** Anything else, by path: text, or bytes. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** Speaks TLS with the certificate of `fixtures/tls`. */
  readonly tls?: true
}

export interface SeenRequest {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A package registry on the loopback address. */
export interface PackageRegistry {
  /** Its origin, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** What it was asked, in order. */
  readonly requests: readonly SeenRequest[]
  /** Connections that were made to it. */
  connections(): number
  /** Most requests that were under way at once. */
  busiest(): number
  /** Has a path misbehave from now on. */
  misbehave(path: string, how: Misbehaviour): void
  /** Puts another file at a path. */
  put(path: string, body: string | Uint8Array): void
  close(): Promise<void>
}

const TLS = join(import.meta.dirname, '../../fixtures/tls')

/** The certificate of registries that speak TLS: valid for localhost, registry.example and cdn.example. */
export function testCertificate(): string {
  return readFileSync(join(TLS, 'cert.pem'), 'utf8')
}

/**
 * Starts a registry that serves npm, PyPI, crates.io and Go packages under {@link FOLDERS}, and misbehaves
 * on demand.
 */
export async function startRegistry(content: RegistryContent = {}): Promise<PackageRegistry> {
  const state: State = { files: new Map(), bad: new Map(), requests: [], underWay: 0, busiest: 0 }
  const server = content.tls
    ? createTlsServer({ key: readFileSync(join(TLS, 'key.pem')), cert: testCertificate() })
    : createServer()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void answer(state, request, response)
  })
  let connections = 0
  server.on(content.tls ? 'secureConnection' : 'connection', () => connections++)
  await listening(server)
  const { port } = server.address() as AddressInfo
  const url = `${content.tls ? 'https' : 'http'}://127.0.0.1:${port}`
  const put = (path: string, body: string | Uint8Array): void => {
    const type = path.endsWith('.json') ? 'application/json' : 'application/octet-stream'
    state.files.set(path, { body: typeof body === 'string' ? Buffer.from(body) : body, type })
  }
  for (const [path, file] of pathsOf(content.packages ?? [], url)) state.files.set(path, file)
  for (const [path, body] of Object.entries(content.files ?? {})) put(path, body)
  return {
    url,
    port,
    requests: state.requests,
    connections: () => connections,
    busiest: () => state.busiest,
    misbehave: (path, how) => void state.bad.set(path, { how, times: 0 }),
    put,
    close: () => closed(server)
  }
}

interface State {
  readonly files: Map<string, ServedFile>
  readonly bad: Map<string, { readonly how: Misbehaviour; times: number }>
  readonly requests: SeenRequest[]
  underWay: number
  busiest: number
}

async function answer(
  state: State,
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  state.underWay++
  state.busiest = Math.max(state.busiest, state.underWay)
  response.on('close', () => state.underWay--)
  const { method = '', url = '', headers } = request
  state.requests.push({ method, path: url, headers, body: await textOf(request) })
  const path = decodeURIComponent(url.split('?', 1)[0] ?? '')
  const file =
    (headers.accept?.includes(JSON_TYPE) ? state.files.get(path + AS_JSON) : undefined) ??
    state.files.get(path)
  const bad = state.bad.get(path)
  if (bad && bad.times < timesOf(bad.how)) {
    bad.times++
    misbehave(bad.how, file ?? NOTHING, { request, response })
  } else if (file === undefined) {
    send(response, 404, NOTHING)
  } else if (/\bgzip\b/.test(headers['accept-encoding'] ?? '')) {
    response.setHeader('content-encoding', 'gzip')
    send(response, 200, { ...file, body: gzipSync(file.body) })
  } else {
    send(response, 200, file)
  }
}

const NOTHING: ServedFile = { body: Buffer.from('not found'), type: 'text/plain' }

function timesOf(how: Misbehaviour): number {
  return 'times' in how ? how.times : Infinity
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
  })
}
