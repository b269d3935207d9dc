import type { Socket } from 'node:net'
import { timeoutFailure } from './failure.ts'

/** How long the parts of one attempt may take, in milliseconds. */
export interface Patience {
  /** To a connection, TLS included. */
  readonly connectMs: number
  /** Between two signs of life. */
  readonly idleMs: number
  /** For all of it. */
  readonly totalMs: number
}

/** Ends an attempt that takes too long. */
export interface Watchdog {
  /** Bounds the time to a connection, unless the socket has one. */
  watchConnection(socket: Socket): void
  /** A sign of life. */
  alive(): void
  /** Time does not count while the answer waits for us. */
  suspend(): void
  resume(): void
  stop(): void
}

export function watchdog(
  { connectMs, idleMs, totalMs }: Patience,
  fail: (reason: Error) => void
): Watchdog {
  const after = (ms: number, what: string): NodeJS.Timeout =>
    setTimeout(() => {
      fail(timeoutFailure(what, ms))
    }, ms)
  const silence = 'no sign of life'
  const length = 'no whole answer'
  let idle = after(idleMs, silence)
  let total = after(totalMs, length)
  let connect: NodeJS.Timeout | undefined
  let stopped = false
  const suspend = (): void => {
    clearTimeout(idle)
    clearTimeout(total)
    clearTimeout(connect)
  }
  return {
    watchConnection(socket) {
      if (!socket.connecting) return
      connect = after(connectMs, 'no connection')
      const ready = 'encrypted' in socket ? 'secureConnect' : 'connect'
      socket.once(ready, () => {
        clearTimeout(connect)
      })
    },
    alive() {
      idle.refresh()
    },
    suspend,
    resume() {
      // The attempt may have failed while it waited.
      if (stopped) return
      idle = after(idleMs, silence)
      total = after(totalMs, length)
    },
    stop() {
      stopped = true
      suspend()
    }
  }
}
