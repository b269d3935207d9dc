import type { Host } from '../../host/host.ts'
import { realTiming, type Timing } from '../../host/http/timing.ts'
import { CancelledError, ServiceError } from '../../model/errors.ts'
import type { SigningContext } from './context.ts'

/** How long outages are waited for, in milliseconds: real ones last minutes, and jobs have an end. */
const DEFAULT_PATIENCE_MS = 300_000

const FIRST_DELAY_MS = 1000
const MAX_DELAY_MS = 20_000

/** Nothing is said of shorter waits, and nothing again before this has passed, in milliseconds. */
const SILENT_MS = 3000
const SAY_EVERY_MS = 15_000

interface PatienceOptions {
  readonly log: Host['log']
  readonly timing: Timing
}

/** Rides out outages of services, all of a run within one bound. */
export interface Patience {
  /**
   * Tries until it succeeds.
   *
   * @param attempt called anew each time; an error whose `retryInMs` is given is waited for
   * @throws ServiceError the last one, when it will not pass or all patience is used up
   * @throws whatever else the attempt throws
   */
  persist<T>(attempt: () => Promise<T>): Promise<T>
}

/** Begins to count: what is waited for with one of these is bounded together. */
export function patienceOf(context: SigningContext): Patience {
  const { host, signal, timing = realTiming, patienceMs = DEFAULT_PATIENCE_MS } = context
  const budget = budgetOf(timing, patienceMs)
  const say = speaker({ log: host.log, timing })
  return {
    async persist(attempt) {
      let failing: Failing | undefined
      try {
        for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 2, MAX_DELAY_MS)) {
          const began = timing.now()
          try {
            return await attempt()
          } catch (error) {
            if (!(error instanceof ServiceError) || error.retryInMs === undefined) throw error
            failing ??= budget.begin(began)
            // At least half of it: what failed together does not come back together.
            const waitMs = error.retryInMs + (delay * (1 + timing.random())) / 2
            const leftMs = budget.leftMs()
            if (waitMs > leftMs) throw exhausted(error, failing.forMs(), leftMs)
            say(error, failing.forMs(), leftMs)
            await timing.sleep(waitMs, signal)
            if (signal.aborted) throw ended(error)
          }
        }
      } finally {
        failing?.end()
      }
    }
  }
}

function ended(cause: ServiceError): CancelledError {
  return new CancelledError({
    code: 'CANCELLED',
    message: `${cause.message}, and the run was ended while it waited`,
    remedy: 'Run it again and let it finish',
    cause
  })
}

interface Failing {
  /** In milliseconds, since it began. */
  forMs(): number
  end(): void
}

/** Counts the time in which anything at all was waited for. */
function budgetOf(
  timing: Timing,
  patienceMs: number
): { begin(at: number): Failing; leftMs(): number } {
  let spent = 0
  let failing = 0
  let since = 0
  return {
    begin(began) {
      since = failing === 0 ? began : Math.min(since, began)
      failing++
      return {
        forMs: () => timing.now() - began,
        end() {
          failing--
          if (failing === 0) spent += timing.now() - since
        }
      }
    },
    leftMs: () => patienceMs - spent - (failing > 0 ? timing.now() - since : 0)
  }
}

function exhausted(error: ServiceError, forMs: number, leftMs: number): ServiceError {
  const { code, message, remedy, url, reason, retryInMs = 0 } = error
  const tried = forMs < 1000 ? '' : `, and did not get better in ${durationOf(forMs)}`
  const asks = retryInMs <= leftMs ? '' : `, and asks to wait ${durationOf(retryInMs)} more`
  return new ServiceError({
    code,
    message: `${message}${tried}${asks}`,
    remedy,
    cause: error,
    ...(url !== undefined && { url }),
    ...(reason !== undefined && { reason })
  })
}

/** Says what is waited for, for all who wait at once only now and then. */
function speaker({
  log,
  timing
}: PatienceOptions): (error: ServiceError, forMs: number, leftMs: number) => void {
  let nextAt = 0
  return (error, forMs, leftMs) => {
    const now = timing.now()
    if (forMs < SILENT_MS || now < nextAt) return
    nextAt = now + SAY_EVERY_MS
    log.info(`${error.message}; waiting for it, at most ${durationOf(leftMs)} more`)
  }
}

/** `40 s`, `2 min 5 s` */
function durationOf(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  const rest = seconds % 60
  if (minutes === 0) return `${rest} s`
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`
}
