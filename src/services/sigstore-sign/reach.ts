import type { SigningContext } from './context.ts'
import { patienceOf } from './patience.ts'
import { ask } from './request.ts'

const MAX_BYTES = 1024 * 1024

/** Longest time for one attempt, in milliseconds. */
const TOTAL_MS = 20_000

/** Refusals of a service that is there: it may want another method, or more than an address. */
const THERE = Array.from({ length: 100 }, (_, index) => 400 + index).filter(
  (status) => ![408, 425, 429, 499].includes(status)
)

/**
 * Makes a function that waits until a service answers, whatever it says, as patiently as a signer would: all
 * services together.
 *
 * @returns a function that throws ServiceError when it does not, CancelledError when the run is offline or was ended
 */
export function reacher(context: SigningContext): (what: string, url: string) => Promise<void> {
  const waiting = patienceOf(context)
  return async (what, url) => {
    await waiting.persist(() =>
      ask(context, {
        what: `reach ${what}`,
        url,
        // Whatever it has: the timestamp authority fails where JSON is asked for.
        accept: '*/*',
        maxBytes: MAX_BYTES,
        totalMs: TOTAL_MS,
        answers: [...THERE, 501]
      })
    )
  }
}
