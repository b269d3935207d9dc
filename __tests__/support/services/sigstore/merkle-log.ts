import { createHash } from 'node:crypto'

/** That an entry is in a tree. */
export interface Inclusion {
  readonly index: number
  readonly treeSize: number
  readonly root: Buffer
  readonly hashes: readonly Buffer[]
}

/** A tree that only grows. @see https://www.rfc-editor.org/rfc/rfc6962#section-2.1 */
export interface MerkleLog {
  readonly size: number
  /** @returns the index of the entry */
  append(body: Uint8Array): number
  /** Of the tree of the first `size` entries. */
  root(size: number): Buffer
  /** Proves an entry against the tree of the first `size` entries. */
  prove(index: number, size: number): Inclusion
}

export function newMerkleLog(): MerkleLog {
  const leaves: Buffer[] = []
  // Full subtrees never change.
  const full = new Map<string, Buffer>()
  const hashOf = (from: number, to: number): Buffer => {
    const size = to - from
    const [leaf] = size === 1 ? leaves.slice(from, to) : []
    if (leaf) return leaf
    if (size === 0) return sha256()
    const key = `${from}-${to}`
    const known = full.get(key)
    if (known) return known
    const middle = from + split(size)
    const hash = sha256(Buffer.from([1]), hashOf(from, middle), hashOf(middle, to))
    if (split(size) * 2 === size) full.set(key, hash)
    return hash
  }
  const path = (index: number, from: number, to: number): Buffer[] => {
    if (to - from <= 1) return []
    const middle = from + split(to - from)
    return index < middle
      ? [...path(index, from, middle), hashOf(middle, to)]
      : [...path(index, middle, to), hashOf(from, middle)]
  }
  return {
    get size() {
      return leaves.length
    },
    append: (body) => leaves.push(leafHash(body)) - 1,
    root: (size) => hashOf(0, size),
    prove: (index, size) => ({
      index,
      treeSize: size,
      root: hashOf(0, size),
      hashes: path(index, 0, size)
    })
  }
}

/** How a tree names an entry. */
export function leafHash(body: Uint8Array): Buffer {
  return sha256(Buffer.from([0]), body)
}

/** Largest power of two below a size above one. */
function split(size: number): number {
  let half = 1
  while (half * 2 < size) half *= 2
  return half
}

/** What a log signs: how large it is, and its root. */
export interface Checkpoint {
  readonly origin: string
  readonly signer: string
  readonly treeSize: number
  readonly root: Buffer
  /** First four bytes of the log's id. */
  readonly keyHint: Uint8Array
  sign(text: Buffer): Uint8Array
}

/** @see https://c2sp.org/tlog-checkpoint https://c2sp.org/signed-note */
export function checkpointText({
  origin,
  signer,
  treeSize,
  root,
  keyHint,
  sign
}: Checkpoint): string {
  const text = `${origin}\n${treeSize}\n${root.toString('base64')}\n`
  const signature = Buffer.concat([keyHint, sign(Buffer.from(text))])
  return `${text}\n\u2014 ${signer} ${signature.toString('base64')}\n`
}

export function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
