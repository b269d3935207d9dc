import { Failure } from './failure.ts'

/**
 * Failures in a row, with no answer between them, after which an origin is not asked again in this run: a
 * host that is gone would otherwise cost every dependency all its time-outs. Error statuses may be about
 * single files, so it takes more of them.
 */
const MAX_BROKEN = 8
const MAX_REFUSED = 48

interface Streak {
  broken: number
  refused: number
  last: Failure
}

/** Remembers which origins have stopped answering. */
export class Breaker {
  readonly #origins = new Map<string, Streak>()

  /** @throws Failure when the origin has failed too often in a row */
  assertAlive(origin: string): void {
    const streak = this.#origins.get(origin)
    if (streak === undefined) return
    if (streak.broken < MAX_BROKEN && streak.refused < MAX_REFUSED) return
    const { code, reason, remedy } = streak.last
    const note = 'not asked: its host failed too often before'
    throw new Failure({ code, reason, note, retry: 'never', ...(remedy && { remedy }) })
  }

  answered(origin: string): void {
    this.#origins.delete(origin)
  }

  /** Takes note of a request that failed for good, after all its attempts. */
  failed(origin: string, failure: Failure): void {
    // These are answers, about one file.
    if (failure.retry === 'never' && failure.code !== 'SERVICE_UNREACHABLE') return
    const streak = this.#origins.get(origin) ?? { broken: 0, refused: 0, last: failure }
    if (failure.code === 'SERVICE_STATUS') streak.refused++
    else streak.broken++
    streak.last = failure
    this.#origins.set(origin, streak)
  }
}
