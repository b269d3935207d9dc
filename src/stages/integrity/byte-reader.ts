import { createHash, type Hash } from 'node:crypto'
import type { HttpAnswer, HttpClient, HttpHead, HttpRequest, Sink } from '../../host/host.ts'
import { type Digest, type DigestAlgorithm, digestFromHex } from '../../model/digest.ts'
import { ServiceError } from '../../model/errors.ts'
import type { RemoteFile } from '../../services/registry.ts'
import { ByteBudget, type Lease } from './byte-budget.ts'

/** What the bytes at a URL are. */
export interface ReadFile {
  readonly digests: readonly Digest[]
  /** Why the bytes cannot be the file that they should be, whatever its digest: they have none then. */
  readonly fault?: string
  readonly bytes: number
  /** As the server says it: tells a login page from an archive. */
  readonly contentType: string
}

/** Reads files and hashes them; each URL once. */
export interface ByteReader {
  /**
   * @param algorithms those to be computed; `h1` needs the remote's own function
   * @returns nothing when the server has no such file
   * @throws ServiceError when there was no whole answer
   */
  read(remote: RemoteFile, algorithms: readonly DigestAlgorithm[]): Promise<ReadFile | undefined>
}

/** Most bytes of files that are held whole at once: those whose digest is over what is inside them. */
const MAX_HELD_BYTES = 512 * 1024 * 1024

/** Held for a file of unknown length. A larger one is read again, with room for the largest. */
const UNKNOWN_LENGTH_BYTES = 32 * 1024 * 1024

export function byteReader(http: HttpClient, signal: AbortSignal): ByteReader {
  const budget = new ByteBudget(MAX_HELD_BYTES)
  const known = new Map<string, Read>()
  return {
    read(remote, algorithms) {
      const before = known.get(remote.url)
      if (before && algorithms.every((algorithm) => before.algorithms.includes(algorithm))) {
        return before.file
      }
      const all = [...new Set([...algorithms, ...(before?.algorithms ?? [])])]
      const context = { http, signal, budget }
      const file = remote.digestsOf
        ? readWhole(context, remote, remote.digestsOf)
        : readStream(context, remote, all)
      known.set(remote.url, { algorithms: all, file })
      return file
    }
  }
}

interface Read {
  readonly algorithms: readonly DigestAlgorithm[]
  readonly file: Promise<ReadFile | undefined>
}

interface ReadContext {
  readonly http: HttpClient
  readonly signal: AbortSignal
  readonly budget: ByteBudget
}

/** Hashes what flows by; nothing is held. */
async function readStream(
  { http, signal }: ReadContext,
  remote: RemoteFile,
  algorithms: readonly DigestAlgorithm[]
): Promise<ReadFile | undefined> {
  const names = algorithms.filter((name) => name !== 'h1')
  let hashes: readonly Hash[] = []
  const sink = (): Sink => {
    hashes = names.map((name) => createHash(name))
    const [only, ...others] = hashes
    if (only && others.length === 0) return (chunk) => void only.update(chunk)
    return (chunk) => {
      for (const hash of hashes) hash.update(chunk)
    }
  }
  const answer = await http.fetch({ ...requestOf(remote, signal), sink })
  if (!isThere(answer)) return undefined
  const digests: Digest[] = []
  for (const [at, hash] of hashes.entries()) {
    const digest = digestFromHex(names[at] ?? '', hash.digest('hex'))
    if (digest) digests.push(digest)
  }
  return { digests, ...describe(answer) }
}

/** Holds the whole file for a digest that is over its contents. */
async function readWhole(
  context: ReadContext,
  remote: RemoteFile,
  digestsOf: (bytes: Uint8Array) => Promise<readonly Digest[]>
): Promise<ReadFile | undefined> {
  const some = Math.min(UNKNOWN_LENGTH_BYTES, remote.maxBytes)
  const held =
    (await holdWhole(context, remote, some)) ?? (await holdWhole(context, remote, remote.maxBytes))
  if (held === undefined) throw new Error('more bytes than the limit allows')
  try {
    if (!isThere(held.answer)) return undefined
    return { ...(await digested(held.body(), digestsOf)), ...describe(held.answer) }
  } finally {
    held.release()
  }
}

/** Bytes that came whole, and are not what they should be, are an answer: not to be confused with none. */
async function digested(
  bytes: Uint8Array,
  digestsOf: (bytes: Uint8Array) => Promise<readonly Digest[]>
): Promise<Pick<ReadFile, 'digests' | 'fault'>> {
  try {
    return { digests: await digestsOf(bytes) }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    const { reason, message }: ServiceError = error
    return { digests: [], fault: reason ?? message }
  }
}

interface HeldBody extends Lease {
  readonly answer: HttpAnswer
  body(): Uint8Array
}

/**
 * @param room bytes to reserve when the server does not say how many there are
 * @returns nothing when there were more
 */
async function holdWhole(
  { http, signal, budget }: ReadContext,
  remote: RemoteFile,
  room: number
): Promise<HeldBody | undefined> {
  let attempt: Attempt | undefined
  const release = (): void => attempt?.release()
  const sink = async (head: HttpHead): Promise<Sink> => {
    // The attempt before this one failed; what it held, or still waits for, is given back first.
    release()
    const length = lengthOf(head)
    const mine = attemptOf(budget.acquire(length ?? room), length, room)
    attempt = mine
    return mine.sink()
  }
  try {
    const answer = await http.fetch({ ...requestOf(remote, signal), sink })
    return { answer, body: () => attempt?.body() ?? new Uint8Array(), release }
  } catch (error) {
    release()
    if (error instanceof NoRoom) return undefined
    throw error
  }
}

/** A body turned out larger than what was reserved for it. */
class NoRoom extends Error {}

interface Attempt extends Lease {
  sink(): Promise<Sink>
  body(): Uint8Array
}

function attemptOf(lease: Promise<Lease>, length: number | undefined, room: number): Attempt {
  let whole = new Uint8Array()
  const pieces: Uint8Array[] = []
  let size = 0
  const release = (): void => void lease.then((held) => held.release())
  return {
    async sink() {
      await lease
      // Without a copy of all at the end, and never a part of Node's pool: it may be handed to a thread.
      if (length !== undefined) whole = new Uint8Array(length)
      const take = (chunk: Uint8Array): void => {
        if (size + chunk.length > (length ?? room)) throw new NoRoom()
        if (length === undefined) pieces.push(chunk)
        else whole.set(chunk, size)
        size += chunk.length
      }
      // While this one waits for its next attempt, others must not wait for its room.
      return Object.assign(take, { broken: release })
    },
    body: () => (length === undefined ? joined(pieces, size) : whole),
    release
  }
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** In bytes, when the server says it. */
function lengthOf({ headers }: HttpHead): number | undefined {
  const length = headers['content-length'] ?? ''
  return /^\d{1,15}$/.test(length) ? Number(length) : undefined
}

function requestOf(remote: RemoteFile, signal: AbortSignal): HttpRequest {
  const { url, maxBytes, authorization } = remote
  return { url, maxBytes, signal, ...(authorization !== undefined && { authorization }) }
}

function isThere({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300
}

function describe({ bytes, headers }: HttpAnswer): Pick<ReadFile, 'bytes' | 'contentType'> {
  return { bytes, contentType: headers['content-type'] ?? '' }
}
