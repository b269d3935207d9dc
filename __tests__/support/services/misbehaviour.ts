import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'

/** What a server can do to somebody who asks for a file. `times`: how often, before it behaves; always if absent. */
export type Misbehaviour =
  /** The right length, other bytes. */
  | { readonly kind: 'wrong-bytes' }
  /** Says how long it is, sends half and hangs up. */
  | { readonly kind: 'truncated'; readonly times?: number }
  /** The same without a length: chunks, and no last one. */
  | { readonly kind: 'truncated-chunks'; readonly times?: number }
  /** A few bytes at a time. */
  | { readonly kind: 'slow'; readonly everyMs: number; readonly bytes: number }
  /** Half of it, then silence. */
  | { readonly kind: 'stalled'; readonly times?: number }
  /** Not even a status. */
  | { readonly kind: 'silent'; readonly times?: number }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly retryAfter?: string
      readonly times?: number
    }
  /** Hangs up before it says anything. */
  | { readonly kind: 'reset'; readonly times?: number }
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: number }
  /** Bytes for as long as somebody reads. */
  | { readonly kind: 'endless' }
  /** A small body that unpacks to a large one. */
  | { readonly kind: 'gzip-bomb'; readonly unpackedBytes: number }
  /** Fewer bytes announced than sent. */
  | { readonly kind: 'wrong-length' }
  /** Known in other letters only. */
  | { readonly kind: 'wrong-case' }
  /** A page with status 200 where a file should be. */
  | { readonly kind: 'html' }

/** A file as a server that behaves would send it. */
export interface ServedFile {
  readonly body: Uint8Array
  readonly type: string
}

const PAGE = '<!doctype html><title>Sign in</title><p>Please sign in to continue.'

/** Answers a request as badly as it is told to. */
export function misbehave(
  how: Misbehaviour,
  file: ServedFile,
  exchange: { readonly request: IncomingMessage; readonly response: ServerResponse }
): void {
  const { request, response } = exchange
  const half = file.body.subarray(0, Math.floor(file.body.length / 2))
  switch (how.kind) {
    case 'wrong-bytes':
      send(response, 200, { ...file, body: file.body.map((byte) => byte ^ 1) })
      break
    case 'truncated':
      response.writeHead(200, { 'content-type': file.type, 'content-length': file.body.length })
      response.write(half, () => request.socket.destroy())
      break
    case 'truncated-chunks':
      response.writeHead(200, { 'content-type': file.type })
      response.write(half, () => request.socket.destroy())
      break
    case 'slow':
      drip(response, file, how)
      break
    case 'stalled':
      response.writeHead(200, { 'content-type': file.type, 'content-length': file.body.length })
      response.write(half)
      break
    case 'silent':
      break
    case 'status':
      if (how.retryAfter !== undefined) response.setHeader('retry-after', how.retryAfter)
      send(response, how.status, { body: Buffer.from('no'), type: 'text/plain' })
      break
    case 'reset':
      request.socket.resetAndDestroy()
      break
    case 'redirect':
      response.setHeader('location', how.to)
      send(response, how.status ?? 302, { body: Buffer.from('elsewhere'), type: 'text/plain' })
      break
    case 'endless':
      response.writeHead(200, { 'content-type': file.type })
      pour(response)
      break
    case 'gzip-bomb':
      response.setHeader('content-encoding', 'gzip')
      send(response, 200, { ...file, body: gzipSync(Buffer.alloc(how.unpackedBytes)) })
      break
    case 'wrong-length':
      response.socket?.write(
        `HTTP/1.1 200 OK\r\nContent-Type: ${file.type}\r\nContent-Length: ${half.length}\r\n\r\n`
      )
      response.socket?.write(file.body)
      break
    case 'wrong-case':
      send(response, 404, { body: Buffer.from('not found'), type: 'text/plain' })
      break
    case 'html':
      send(response, 200, { body: Buffer.from(PAGE), type: 'text/html; charset=utf-8' })
      break
  }
}

export function send(response: ServerResponse, status: number, { body, type }: ServedFile): void {
  response.writeHead(status, { 'content-type': type, 'content-length': body.length })
  response.end(body)
}

function drip(
  response: ServerResponse,
  { body, type }: ServedFile,
  { everyMs, bytes }: { readonly everyMs: number; readonly bytes: number }
): void {
  response.writeHead(200, { 'content-type': type, 'content-length': body.length })
  response.flushHeaders()
  let at = 0
  const timer = setInterval(() => {
    response.write(body.subarray(at, at + bytes))
    at += bytes
    if (at < body.length) return
    clearInterval(timer)
    response.end()
  }, everyMs)
  response.on('close', () => {
    clearInterval(timer)
  })
}

function pour(response: ServerResponse): void {
  const some = Buffer.alloc(64 * 1024)
  const fill = (): void => {
    while (!response.destroyed && response.write(some));
  }
  response.on('drain', fill)
  fill()
}
