import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { h1OfModuleZip } from '../../formats/go-dirhash.ts'
import type { Digest } from '../../model/digest.ts'
import { CancelledError, messageOf, ServiceError } from '../../model/errors.ts'
import type { HashAnswer, HashJob } from './hash-job.ts'

/** Smaller zips are hashed where they are, in bytes: handing one over takes as long. */
const SMALL_ZIP_BYTES = 64 * 1024

/** Threads start when this much was hashed without them, in bytes: starting them takes as long. */
const WORTH_THREADS_BYTES = 4 * 1024 * 1024

/** More threads than that wait for the network. */
const MAX_THREADS = 4

/** Hashes module zips on all processors. */
export interface HashPool {
  /**
   * @param zip goes over to the pool: a thread may take its memory along
   * @throws ServiceError as {@link h1OfModuleZip}
   */
  h1(zip: Uint8Array, prefix: string): Promise<Digest>
  /** Ends the threads; what they have not done is cancelled. */
  close(): Promise<void>
}

interface PoolOptions {
  /** Absolute path of the worker's script; absent, everything is hashed where it is. */
  readonly script?: string
  /** How many threads at most. */
  readonly threads?: number
  /** Hears why a thread could not be used. */
  readonly onFault?: (message: string) => void
}

interface PendingJob extends HashJob {
  readonly resolve: (digest: Digest) => void
  readonly reject: (error: unknown) => void
}

/** A thread, and what it is working on. */
interface Thread {
  readonly worker: Worker
  /** It has started, and will not fail for want of its script. */
  ready: boolean
  job?: PendingJob
}

/**
 * Path of the worker's script, which lies beside the bundle. From source there is none: a test loads
 * modules that no thread could.
 */
export function workerScript(): string | undefined {
  const fromSource = import.meta.filename.endsWith('.ts')
  return fromSource ? undefined : join(import.meta.dirname, 'go-hash.worker.js')
}

/** Makes a pool without any thread: they start with the work. */
export function hashPool(options: PoolOptions = {}): HashPool {
  const threads = options.threads ?? Math.min(availableParallelism(), MAX_THREADS)
  const state = new PoolState({ ...options, threads })
  return {
    // A promise for errors too.
    h1: async (zip, prefix) => state.h1(zip, prefix),
    close: () => state.close()
  }
}

class PoolState {
  readonly #options: PoolOptions & { readonly threads: number }
  readonly #threads = new Set<Thread>()
  readonly #queue: PendingJob[] = []
  #hashedHere = 0
  #usable: boolean

  constructor(options: PoolOptions & { readonly threads: number }) {
    this.#options = options
    this.#usable = options.script !== undefined && options.threads > 0
  }

  h1(zip: Uint8Array, prefix: string): Digest | Promise<Digest> {
    const pays = zip.length > SMALL_ZIP_BYTES && this.#hashedHere + zip.length > WORTH_THREADS_BYTES
    if (this.#usable && pays) {
      return new Promise((resolve, reject) => {
        this.#queue.push({ zip, prefix, resolve, reject })
        this.#next()
      })
    }
    this.#hashedHere += zip.length
    return h1OfModuleZip(zip, prefix)
  }

  async close(): Promise<void> {
    this.#usable = false
    const cancelled = new CancelledError({
      code: 'CANCELLED',
      message: 'Cannot hash a module: the run was ended',
      remedy: 'Run it again'
    })
    const threads = [...this.#threads]
    this.#threads.clear()
    for (const job of this.#queue.splice(0)) job.reject(cancelled)
    for (const { job } of threads) job?.reject(cancelled)
    await Promise.all(threads.map(({ worker }) => worker.terminate()))
  }

  /** Gives the first job in line to a thread that is free, or starts one. */
  #next(): void {
    const threads = [...this.#threads]
    const free = threads.find(({ ready, job }) => ready && job === undefined)
    if (!free) {
      const starting = threads.filter(({ ready }) => !ready).length
      if (this.#queue.length > starting) this.#start()
      return
    }
    const job = this.#queue.shift()
    if (job === undefined) return
    free.job = job
    free.worker.ref()
    const zip = movable(job.zip)
    free.worker.postMessage({ zip, prefix: job.prefix } satisfies HashJob, [zip.buffer])
  }

  #start(): void {
    const { script, threads } = this.#options
    if (script === undefined || this.#threads.size >= threads) return
    const worker = new Worker(script)
    const thread: Thread = { worker, ready: false }
    worker.on('message', (answer: HashAnswer) => this.#hear(thread, answer))
    worker.on('error', (error) => this.#giveUp(thread, messageOf(error)))
    worker.on('exit', () => this.#giveUp(thread, 'it ended'))
    this.#threads.add(thread)
  }

  #hear(thread: Thread, answer: HashAnswer): void {
    const { job } = thread
    delete thread.job
    // An idle thread must not keep the process alive.
    thread.worker.unref()
    if ('ready' in answer) thread.ready = true
    else if ('digest' in answer) job?.resolve(answer.digest)
    else job?.reject(new ServiceError(answer.fault))
    this.#next()
  }

  /** A thread that cannot start costs time, not the answer. One that dies has its zip with it. */
  #giveUp(thread: Thread, reason: string): void {
    if (!this.#threads.delete(thread)) return
    this.#usable = false
    this.#options.onFault?.(`Cannot hash on a thread: ${reason}`)
    thread.job?.reject(new Error(`the thread that hashed it ended: ${reason}`))
    if (this.#threads.size > 0) return
    for (const job of this.#queue.splice(0)) hashHere(job)
  }
}

/** The same bytes in memory of their own, which can change hands; a copy only where others share it. */
function movable(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength
  return isWhole ? new Uint8Array(buffer) : new Uint8Array(bytes)
}

function hashHere({ zip, prefix, resolve, reject }: PendingJob): void {
  try {
    resolve(h1OfModuleZip(zip, prefix))
  } catch (error) {
    reject(error)
  }
}
