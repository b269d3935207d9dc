import type { Ending } from './ending.ts'
import type { Timing } from './timing.ts'

/** How many requests may be under way at once. */
export interface GateLimits {
  readonly overall: number
  readonly perOrigin: number
}

interface Line {
  active: number
  /** In milliseconds of {@link Timing.now}; 0 when it is not. */
  pausedUntil: number
  readonly waiting: Waiter[]
}

type Waiter = () => void

/** Admits requests: so many at once, so many to one origin, none while an origin asks for a pause. */
export class Gate {
  readonly #limits: GateLimits
  readonly #timing: Timing
  readonly #lines = new Map<string, Line>()
  #active = 0

  constructor(limits: GateLimits, timing: Timing) {
    this.#limits = limits
    this.#timing = timing
  }

  /**
   * Waits for a place, which {@link leave} gives back.
   *
   * @throws the signal's reason when it is aborted meanwhile
   */
  async enter(origin: string, ending?: Ending): Promise<void> {
    ending?.signal.throwIfAborted()
    const line = this.#lineOf(origin)
    if (line.waiting.length === 0 && this.#hasPlace(line)) {
      this.#take(line)
      return
    }
    await new Promise<void>((resolve, reject) => {
      const forget = ending?.onEnd(() => {
        line.waiting.splice(line.waiting.indexOf(admit), 1)
        reject(ending.signal.reason as Error)
      })
      const admit: Waiter = () => {
        forget?.()
        resolve()
      }
      line.waiting.push(admit)
    })
  }

  leave(origin: string): void {
    const line = this.#lineOf(origin)
    this.#active--
    line.active--
    this.#admitWaiting()
    // A lock can name as many hosts as it likes: what is idle is forgotten.
    if (line.active + line.waiting.length + line.pausedUntil === 0) this.#lines.delete(origin)
  }

  /** Holds back all requests to an origin that asked for it. */
  pause(origin: string, ms: number, signal?: AbortSignal): void {
    const line = this.#lineOf(origin)
    const until = this.#timing.now() + ms
    line.pausedUntil = Math.max(line.pausedUntil, until)
    void this.#end(line, until, this.#timing.sleep(ms, signal))
  }

  async #end(line: Line, until: number, pause: Promise<void>): Promise<void> {
    await pause
    if (line.pausedUntil <= until) line.pausedUntil = 0
    this.#admitWaiting()
  }

  #admitWaiting(): void {
    for (const line of this.#lines.values()) {
      while (line.waiting.length > 0 && this.#hasPlace(line)) {
        this.#take(line)
        line.waiting.shift()?.()
      }
    }
  }

  #hasPlace(line: Line): boolean {
    const { overall, perOrigin } = this.#limits
    if (this.#active >= overall || line.active >= perOrigin) return false
    return line.pausedUntil === 0
  }

  #take(line: Line): void {
    this.#active++
    line.active++
  }

  #lineOf(origin: string): Line {
    const known = this.#lines.get(origin)
    if (known) return known
    const line: Line = { active: 0, pausedUntil: 0, waiting: [] }
    this.#lines.set(origin, line)
    return line
  }
}
