import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from './recording.ts'

/** Requests to real servers that may be under way at once: a recording is made once and has time. */
const MAX_AT_ONCE = 6

const ATTEMPTS = 4

/** A path of the loopback server: `/https/<host>/<path on that host>`. */
const PATH = /^\/(https?)\/([a-z0-9.-]+(?::\d+)?)(\/.*)$/

/** A request for Go's checksum database that goes through a module proxy. */
const CHECKSUM_DATABASE = /^\/https\/[^/]+\/sumdb\/([a-z0-9.-]+)(\/.*)$/

/**
 * Where the answer for a path of the loopback server may be found, best first. A checksum database is its
 * own server too, should the proxy not pass it on.
 */
export function upstreamsOf(path: string): readonly string[] {
  const [, scheme, host, rest] = PATH.exec(path) ?? []
  if (host === undefined) return []
  const [, database, below] = CHECKSUM_DATABASE.exec(path) ?? []
  const direct = database === undefined ? [] : [`https://${database}${below}`]
  return [`${scheme}://${host}${rest}`, ...direct]
}

/** Whether a path asks if a module proxy passes a checksum database on: this one always does. */
export function asksForDatabase(path: string): boolean {
  return CHECKSUM_DATABASE.exec(path)?.[2] === '/supported'
}

let underWay = 0
const waiting: (() => void)[] = []

/**
 * Asks real servers, politely: few requests at once, again only where that helps, and the next one only
 * where the one before has no such file.
 *
 * @returns nothing when none of them answered
 */
export async function askUpstreams(
  urls: readonly string[],
  accept: string
): Promise<Answer | undefined> {
  let last: Answer | undefined
  for (const url of urls) {
    last = (await askUpstream(url, accept)) ?? last
    if (last?.status === 200) return last
  }
  return last
}

async function askUpstream(url: string, accept: string): Promise<Answer | undefined> {
  if (underWay >= MAX_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  underWay++
  try {
    for (let attempt = 1; ; attempt++) {
      const answer = await askOnce(url, accept)
      if (attempt === ATTEMPTS || (answer && answer.status < 500)) return answer
      await sleep(1000 * attempt)
    }
  } finally {
    underWay--
    waiting.shift()?.()
  }
}

async function askOnce(url: string, accept: string): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, { headers: { accept, 'accept-encoding': 'identity' } })
    const body = Buffer.from(await response.arrayBuffer())
    return { status: response.status, type: response.headers.get('content-type') ?? '', body }
  } catch {
    return undefined
  }
}
