/**
 * A server on the loopback address that answers for real ones, below `/https/<host>/`: from a recording,
 * or, with `--record`, from the real server once, to be recorded. Addresses of servers in what it answers
 * are turned into addresses of its own. It speaks TLS, HTTP/1.1 and HTTP/2, as real ones do.
 *
 * Usage: node scripts/replay-server.ts <recording> [--record] [--delay <milliseconds>]
 *
 * It is started by scripts/replay/server.ts: it sends its address as its first message, and then, to every
 * message, what it was asked since the last one.
 */
import { readFileSync } from 'node:fs'
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Answer, Recording } from './replay/recording.ts'
import { CERTIFICATE, type SeenRequest } from './replay/server.ts'
import { asksForDatabase, askUpstreams, upstreamsOf } from './replay/upstream.ts'

/** Content negotiation that changes what is answered. */
const NEGOTIATED = /vnd\.pypi\.simple\.v1\+json|vnd\.npm\.install-v1\+json/

interface State {
  readonly recording: Recording
  readonly record: boolean
  readonly delayMs: number
  /** Of this server. */
  url: string
  seen: SeenRequest[]
  /** Answers with addresses of this server, by key. */
  readonly rewritten: Map<string, Buffer>
  /** Under way, so that nothing is asked for twice. */
  readonly asking: Map<string, Promise<Answer | undefined>>
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { record: { type: 'boolean' }, delay: { type: 'string' } }
  })
  const state: State = {
    recording: new Recording(positionals[0] ?? ''),
    record: values.record === true,
    delayMs: Number(values.delay ?? 0),
    url: '',
    seen: [],
    rewritten: new Map(),
    asking: new Map()
  }
  const tls = {
    key: readFileSync(join(CERTIFICATE, '../key.pem')),
    cert: readFileSync(CERTIFICATE)
  }
  // Node ends a session that has this much to send, in MB; clients ask for far more than 10 at once.
  const limits = { maxSessionMemory: 4096 }
  const options = { ...tls, ...limits, allowHTTP1: true }
  const server = createSecureServer(options, (request, response) => {
    void answer(state, request, response)
  })
  process.on('message', () => {
    process.send?.(state.seen)
    state.seen = []
  })
  server.listen(0, '127.0.0.1', () => {
    state.url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
    process.send?.(state.url)
  })
}

async function answer(
  state: State,
  request: Http2ServerRequest,
  response: Http2ServerResponse
): Promise<void> {
  const found = await answerFor(state, request.url, request.headers.accept ?? '*/*')
  if (state.delayMs > 0) await sleep(state.delayMs)
  const { status, type, body } = found ?? { status: 404, type: 'text/plain', body: Buffer.from('') }
  const seen = { path: request.url, status, bytes: body.length, recorded: found !== undefined }
  state.seen.push(seen)
  response.writeHead(status, { 'content-type': type, 'content-length': body.length })
  if (request.method === 'HEAD') response.end()
  else response.end(body)
}

async function answerFor(state: State, path: string, accept: string): Promise<Answer | undefined> {
  if (asksForDatabase(path)) return { status: 200, type: 'text/plain', body: Buffer.from('') }
  const key = `${path} ${NEGOTIATED.exec(accept)?.[0] ?? ''}`.trim()
  const answered = state.recording.get(key) ?? (await recorded(state, key, path, accept))
  return answered && { ...answered, body: withOwnAddresses(state, key, answered) }
}

async function recorded(
  { recording, record, asking }: State,
  key: string,
  path: string,
  accept: string
): Promise<Answer | undefined> {
  const urls = upstreamsOf(path)
  if (!record || urls.length === 0) return undefined
  const before = asking.get(key)
  if (before) return before
  const answering = askUpstreams(urls, accept)
  asking.set(key, answering)
  const found = await answering
  if (found) recording.put(key, found)
  return found
}

/** Pages of an index name other servers, which this one stands for. Archives are left as they are. */
function withOwnAddresses({ rewritten, url }: State, key: string, { type, body }: Answer): Buffer {
  if (!/json|html/.test(type)) return body
  const before = rewritten.get(key)
  if (before) return before
  const text = body
    .toString('utf8')
    .replace(/(https?):\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?)/g, `${url}/$1/$2`)
  const own = Buffer.from(text)
  rewritten.set(key, own)
  return own
}

main()
