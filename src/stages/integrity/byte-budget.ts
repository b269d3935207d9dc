/** A share of the memory for bodies. */
export interface Lease {
  release(): void
}

interface Waiter {
  readonly bytes: number
  admit(lease: Lease): void
}

/** Bounds the bytes that are held at once: whoever wants to hold some waits until there is room, in order. */
export class ByteBudget {
  readonly #total: number
  readonly #waiting: Waiter[] = []
  #free: number

  constructor(total: number) {
    this.#total = total
    this.#free = total
  }

  /** @param bytes more than there is in total counts as all of it */
  acquire(bytes: number): Promise<Lease> {
    return new Promise((resolve) => {
      this.#waiting.push({ bytes: Math.min(bytes, this.#total), admit: resolve })
      this.#admit()
    })
  }

  #admit(): void {
    for (;;) {
      const first = this.#waiting[0]
      if (first === undefined || first.bytes > this.#free) return
      this.#waiting.shift()
      this.#free -= first.bytes
      first.admit(this.#leaseOf(first.bytes))
    }
  }

  #leaseOf(bytes: number): Lease {
    let held = bytes
    return {
      release: () => {
        this.#free += held
        held = 0
        this.#admit()
      }
    }
  }
}
