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
 * Where a path of the loopback server lies on a real one. A checksum database is always its own server, so
 * that it is recorded although a proxy would not pass it on.
 */
export function upstreamOf(path: string): string | undefined {
  const [, database, below] = CHECKSUM_DATABASE.exec(path) ?? []
  if (database !== undefined && below !== undefined) return `https://${database}${below}`
  const [, scheme, host, rest] = PATH.exec(path) ?? []
  return host === undefined ? undefined : `${scheme}://${host}${rest}`
}

/** Whether a path asks if a module proxy passes a checksum database on: this one always does. */
export function asksForDatabase(path: string): boolean {
  return CHECKSUM_DATABASE.exec(path)?.[2] === '/supported'
}

let underWay = 0
const waiting: (() => void)[] = []

/** Asks a real server, politely: few at once, again only where that helps. */
export async function askUpstream(url: string, accept: string): Promise<Answer> {
  if (underWay >= MAX_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  underWay++
  try {
    for (let attempt = 1; ; attempt++) {
      const answer = await askOnce(url, accept)
      if (answer && (answer.status < 500 || attempt === ATTEMPTS)) return answer
      if (attempt === ATTEMPTS) throw new Error(`no answer from ${url}`)
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
