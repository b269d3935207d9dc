import { hash } from 'node:crypto'

/** The state of a log that its signer vouches for. */
export interface TreeHead {
  /** Number of records. */
  readonly size: number
  /** SHA-256, in hex. */
  readonly root: string
}

/** Hashes in a full tile; each of them stands for 256 times as many records as one of the level below. */
export const TILE_WIDTH = 256

/** In bytes. */
export const HASH_BYTES = 32

/**
 * Reads the first `width` hashes of a tile.
 *
 * @throws whatever keeps it from being read; never gives fewer bytes
 */
export type ReadTile = (level: number, index: number, width: number) => Promise<Uint8Array>

/** Records `from` up to, and without, `to`. */
interface Range {
  readonly from: number
  readonly to: number
}

/** Hash of a record. @see https://www.rfc-editor.org/rfc/rfc6962#section-2.1 */
export function leafHash(record: string): Buffer {
  return hash('sha256', Buffer.concat([Buffer.of(0), Buffer.from(record, 'utf8')]), 'buffer')
}

/**
 * Where a tile lies below `tile/8/`, the root of tiles of 256 hashes.
 *
 * @see https://pkg.go.dev/golang.org/x/mod/sumdb/tlog#Tile.Path
 */
export function tilePath(level: number, index: number, width: number): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? []
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return `${level}/${path}${width < TILE_WIDTH ? `.p/${width}` : ''}`
}

/**
 * Whether a record is in the tree: the hash over its leaf and the tiles' hashes beside its way up is the
 * root. Tiles need not be trusted: a wrong one gives another root.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6962#section-2.1.1
 */
export async function isIncluded(
  leaf: Uint8Array,
  index: number,
  head: TreeHead,
  readTile: ReadTile
): Promise<boolean> {
  if (index >= head.size) return false
  const beside = rangesBeside(index, { from: 0, to: head.size })
  const hashes = await Promise.all(beside.map((range) => rangeHash(range, head.size, readTile)))
  let way: Uint8Array = leaf
  for (const [at, sibling] of hashes.entries()) {
    way = (beside[at]?.from ?? 0) > index ? nodeHash(way, sibling) : nodeHash(sibling, way)
  }
  return Buffer.from(way).toString('hex') === head.root
}

/**
 * Whether the older tree is the beginning of the newer: the same hashes that make up its root, with more
 * of them, make up the newer one's.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6962#section-2.1.2
 */
export async function isPrefix(
  older: TreeHead,
  newer: TreeHead,
  readTile: ReadTile
): Promise<boolean> {
  if (older.size > newer.size) return false
  if (older.size === newer.size) return older.root === newer.root
  if (older.size === 0) return true
  const roots = await bothRoots({ from: 0, to: newer.size }, older.size, newer.size, readTile)
  return (
    Buffer.from(roots.newer).toString('hex') === newer.root &&
    roots.older !== undefined &&
    Buffer.from(roots.older).toString('hex') === older.root
  )
}

/** Hash of a range in both trees; in the older one, absent where the range lies behind its end. */
async function bothRoots(
  range: Range,
  olderSize: number,
  size: number,
  readTile: ReadTile
): Promise<{ readonly older?: Uint8Array; readonly newer: Uint8Array }> {
  const { from, to } = range
  if (from >= olderSize) return { newer: await rangeHash(range, size, readTile) }
  if (to <= olderSize) {
    const shared = await rangeHash(range, size, readTile)
    return { older: shared, newer: shared }
  }
  const middle = from + splitPoint(to - from)
  const [left, right] = await Promise.all([
    bothRoots({ from, to: middle }, olderSize, size, readTile),
    bothRoots({ from: middle, to }, olderSize, size, readTile)
  ])
  const older = left.older && right.older ? nodeHash(left.older, right.older) : left.older
  return { ...(older && { older }), newer: nodeHash(left.newer, right.newer) }
}

/** The subtrees beside the way from a leaf to the root, from below. */
function rangesBeside(index: number, { from, to }: Range): readonly Range[] {
  const ranges: Range[] = []
  let [low, high] = [from, to]
  while (high - low > 1) {
    const middle = low + splitPoint(high - low)
    if (index < middle) {
      ranges.push({ from: middle, to: high })
      high = middle
    } else {
      ranges.push({ from: low, to: middle })
      low = middle
    }
  }
  return ranges.toReversed()
}

/** Hash of a subtree, which may be cut off by the tree's end: complete subtrees, joined from the right. */
async function rangeHash(
  { from, to }: Range,
  size: number,
  readTile: ReadTile
): Promise<Uint8Array> {
  const parts: Promise<Uint8Array>[] = []
  for (let at = from; at < to;) {
    const count = to - at === 1 ? 1 : largestPower(to - at)
    parts.push(subtreeHash({ from: at, to: at + count }, size, readTile))
    at += count
  }
  const hashes = await Promise.all(parts)
  return hashes.reduceRight((right, left) => nodeHash(left, right))
}

/** Hash of a complete subtree: some neighbouring hashes of one tile, joined in pairs. */
async function subtreeHash(
  { from, to }: Range,
  size: number,
  readTile: ReadTile
): Promise<Uint8Array> {
  const count = to - from
  let [level, span] = [0, 1]
  while (span * TILE_WIDTH <= count) {
    level += 1
    span *= TILE_WIDTH
  }
  const index = Math.floor(from / span / TILE_WIDTH)
  const width = Math.min(TILE_WIDTH, Math.floor(size / span) - index * TILE_WIDTH)
  const tile = await readTile(level, index, width)
  const first = from / span - index * TILE_WIDTH
  let hashes = Array.from({ length: count / span }, (_, at) =>
    tile.subarray((first + at) * HASH_BYTES, (first + at + 1) * HASH_BYTES)
  )
  while (hashes.length > 1) hashes = joinedPairs(hashes)
  const [joined] = hashes
  if (joined === undefined) throw new RangeError('A subtree without hashes')
  return joined
}

function joinedPairs(hashes: readonly Uint8Array[]): Uint8Array[] {
  const joined: Uint8Array[] = []
  for (let at = 0; at + 1 < hashes.length; at += 2) {
    const [left, right] = hashes.slice(at, at + 2)
    if (left && right) joined.push(nodeHash(left, right))
  }
  return joined
}

/** What a node's hash is over: a one, then both hashes below it. Filled anew for each: millions are made. */
const NODE = Buffer.alloc(1 + 2 * HASH_BYTES, 1)

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  NODE.set(left, 1)
  NODE.set(right, 1 + HASH_BYTES)
  // Three times as fast as asking for a buffer.
  return Buffer.from(hash('sha256', NODE, 'binary'), 'latin1')
}

/** The largest power of two below `count`, which is above 1. Sizes may need more than 32 bits. */
function splitPoint(count: number): number {
  const power = largestPower(count)
  return power === count ? power / 2 : power
}

/** The largest power of two that is not above `count`. */
function largestPower(count: number): number {
  let power = 1
  while (power * 2 <= count) power *= 2
  return power
}
