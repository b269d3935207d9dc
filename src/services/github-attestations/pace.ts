import type { Timing } from '../../host/http/timing.ts'

/** What GitHub lets one token make in a minute, with some room for others: content is limited to about 80. @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits */
const MAX_WRITES = 70
const WINDOW_MS = 60_000

/** Spreads what is written over time. */
export interface Pacer {
  /** Resolves when there is room for one more, which then counts as written. */
  room(): Promise<void>
}

export function pacer({
  timing,
  signal
}: {
  readonly timing: Pick<Timing, 'now' | 'sleep'>
  readonly signal: AbortSignal
}): Pacer {
  /** When each of the last ones was written. */
  const written: number[] = []
  return {
    async room() {
      while (written.length >= MAX_WRITES && !signal.aborted) {
        const oldest = written[0] ?? 0
        const leftMs = oldest + WINDOW_MS - timing.now()
        if (leftMs > 0) await timing.sleep(leftMs, signal)
        else written.shift()
      }
      written.push(timing.now())
    }
  }
}
