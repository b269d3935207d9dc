/** A signal that thousands of requests listen to, one after the other. */
export interface Ending {
  readonly signal: AbortSignal
  /** @returns what to call when there is no more interest in the end; to be called once */
  onEnd(listener: () => void): () => void
}

/**
 * Finds the ending of a signal; equal signals share one. A listener of the `AbortSignal` for each request
 * would cost more than the request's own bookkeeping, and chains of them outlive many collections of garbage.
 */
export function endings(): (signal: AbortSignal) => Ending {
  const known = new WeakMap<AbortSignal, Ending>()
  return (signal) => {
    const before = known.get(signal)
    if (before) return before
    const ending = endingOf(signal)
    known.set(signal, ending)
    return ending
  }
}

function endingOf(signal: AbortSignal): Ending {
  // Places are used again, so that there are only as many as requests under way at once.
  const places: ((() => void) | undefined)[] = []
  const free: number[] = []
  const end = (): void => {
    for (const listener of places) listener?.()
  }
  signal.addEventListener('abort', end, { once: true })
  return {
    signal,
    onEnd(listener) {
      const place = free.pop() ?? places.length
      places[place] = listener
      return () => {
        places[place] = undefined
        free.push(place)
      }
    }
  }
}
