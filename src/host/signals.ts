/** Exit status of a process that a signal ended, as shells give it. */
const STATUS = { SIGINT: 130, SIGTERM: 143 } as const

export interface Ending {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal
  /** Listens no longer. */
  release(): void
}

/** Whom to tell what. */
export interface EndingListener {
  /** @param name of the first signal */
  asked(name: string): void
  /** A bug: an error that nobody caught. The process ends after this. */
  crashed(error: unknown): unknown
}

/**
 * Ends a run when the user or the runner asks for it: the first SIGINT or SIGTERM aborts, so that what is
 * known can still be written; a second one ends the process at once. An error that nobody caught would be
 * printed by Node as it is, hostile text included: `listener` prints it instead.
 */
export function endOnSignals(listener: EndingListener): Ending {
  const controller = new AbortController()
  const asked = (name: keyof typeof STATUS): void => {
    // oxlint-disable-next-line unicorn/no-process-exit -- the user asked twice
    if (controller.signal.aborted) process.exit(STATUS[name])
    listener.asked(name)
    controller.abort()
  }
  const crashed = (error: unknown): void => {
    listener.crashed(error)
    // oxlint-disable-next-line unicorn/no-process-exit -- the state is unknown
    process.exit(1)
  }
  process.on('uncaughtException', crashed)
  process.on('SIGINT', asked)
  process.on('SIGTERM', asked)
  return {
    signal: controller.signal,
    release() {
      process.off('uncaughtException', crashed)
      process.off('SIGINT', asked)
      process.off('SIGTERM', asked)
    }
  }
}
