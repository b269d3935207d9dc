import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { HttpAnswer, Sink } from '../host.ts'
import { Failure, failureOf, limitFailure } from './failure.ts'
import type { Watchdog } from './watchdog.ts'

/** How a body is to be read. */
export interface BodyPlan {
  /** Most bytes, before and after decompression. */
  readonly maxBytes: number
  /** What to do about more: fail, or be content with the pieces before. */
  readonly excess: 'fail' | 'cut'
  /** Whether we asked for compression, so that we undo it. */
  readonly compressed: boolean
  /** Where it goes; absent, it is collected. */
  readonly sink?: () => Sink | Promise<Sink>
  readonly watch: Watchdog
}

/** Most bytes of a body that are read only to keep the connection; and for how long. */
const MAX_DRAINED_BYTES = 64 * 1024
const MAX_DRAINING_MS = 5000

/**
 * Reads a body to its end. Whoever calls it watches the response for `error` and `close`.
 *
 * @throws Failure when it is too large or its compression makes no sense
 * @throws whatever the sink throws
 */
export async function readBody(
  response: IncomingMessage,
  plan: BodyPlan
): Promise<Pick<HttpAnswer, 'body' | 'bytes'>> {
  const { maxBytes, excess, watch } = plan
  const announced = Number(response.headers['content-length'] ?? 0)
  if (excess === 'fail' && announced > maxBytes) throw limitFailure(maxBytes)
  const chunks: Uint8Array[] = []
  const collect: Sink = (chunk) => void chunks.push(chunk)
  const write = plan.sink === undefined ? collect : await sinkOf(plan.sink, watch)
  const source = sourceOf(response, plan)
  let bytes = 0
  await new Promise<void>((resolve, reject) => {
    source.on('error', (error) => {
      reject(failureOf(error))
    })
    source.on('end', resolve)
    source.on('data', (chunk: Buffer) => {
      watch.alive()
      try {
        if (bytes + chunk.length > maxBytes) throw limitFailure(maxBytes)
        bytes += chunk.length
        write(chunk)
      } catch (error) {
        source.pause()
        if (excess === 'cut') resolve()
        else reject(error)
      }
    })
  })
  return { body: chunks.length === 0 ? NO_BYTES : Buffer.concat(chunks), bytes }
}

const NO_BYTES = new Uint8Array()

async function sinkOf(open: () => Sink | Promise<Sink>, watch: Watchdog): Promise<Sink> {
  const sink = open()
  if (typeof sink === 'function') return sink
  watch.suspend()
  const ready = await sink
  watch.resume()
  return ready
}

function sourceOf(response: IncomingMessage, { maxBytes, compressed, watch }: BodyPlan): Readable {
  const encoding = response.headers['content-encoding'] ?? 'identity'
  if (!compressed || encoding === 'identity') return response
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw new Failure({
      code: 'SERVICE_RESPONSE_INVALID',
      reason: 'a compression that was not asked for',
      retry: 'never'
    })
  }
  const gunzip = createGunzip()
  let packed = 0
  // Empty compressed blocks without end make no output to count.
  response.on('data', (chunk: Buffer) => {
    watch.alive()
    packed += chunk.length
    if (packed > maxBytes) gunzip.destroy(limitFailure(maxBytes))
  })
  return response.pipe(gunzip)
}

/** Reads away a body that nobody wants, so that its connection can be kept; gives it up when it is long. */
export function drain(response: IncomingMessage): void {
  if (response.readableEnded || response.destroyed) return
  let bytes = 0
  const giveUp = setTimeout(() => response.destroy(), MAX_DRAINING_MS).unref()
  response.on('close', () => {
    clearTimeout(giveUp)
  })
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > MAX_DRAINED_BYTES) response.destroy()
  })
}
