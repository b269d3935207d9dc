import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

/** A key that signs notes, with what its readers need. */
export interface TestKey {
  /** `<name>+<id>+<base64>`, as GOSUMDB takes it. */
  readonly verifier: string
  sign(text: string): string
}

/** A transparency log of our own, by the definitions of RFC 6962 and nothing of the code under test. */
export interface TestLog {
  readonly records: readonly string[]
  /** Root of the first `size` records. */
  root(size: number): Buffer
  /** Text of the tree head, unsigned. */
  head(size: number): string
  /** The first `width` hashes of a tile; by definition, from the leaves. */
  tile(level: number, index: number, width: number): Buffer
}

export function testKey(name: string): TestKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.concat([Buffer.of(1), spkiTail(publicKey)])
  const id = sha256(Buffer.from(`${name}\n`), raw).subarray(0, 4)
  return {
    verifier: `${name}+${id.toString('hex')}+${raw.toString('base64')}`,
    sign(text) {
      const signature = Buffer.concat([id, sign(null, Buffer.from(text), privateKey)])
      return `${text}\n\u2014 ${name} ${signature.toString('base64')}\n`
    }
  }
}

export function testLog(records: readonly string[]): TestLog {
  const leaves = records.map((record) => sha256(Buffer.of(0), Buffer.from(record)))
  const known = new Map<string, Buffer>()
  const root = (from: number, to: number): Buffer => {
    const key = `${from}-${to}`
    const hash = known.get(key) ?? rootByDefinition(from, to)
    known.set(key, hash)
    return hash
  }
  const rootByDefinition = (from: number, to: number): Buffer => {
    if (to - from === 0) return sha256()
    if (to - from === 1) return leaves[from] ?? Buffer.alloc(0)
    let half = 1
    while (half * 2 < to - from) half *= 2
    return sha256(Buffer.of(1), root(from, from + half), root(from + half, to))
  }
  return {
    records,
    root: (size) => root(0, size),
    head: (size) => `go.sum database tree\n${size}\n${root(0, size).toString('base64')}\n`,
    tile(level, index, width) {
      const span = 256 ** level
      return Buffer.concat(
        Array.from({ length: width }, (_, at) => {
          const first = (index * 256 + at) * span
          return root(first, first + span)
        })
      )
    }
  }
}

/** Every tile that a tree of `size` has, partial ones with the width of that size, by its path below `tile/8/`. */
export function tilesOf(log: TestLog, size: number): ReadonlyMap<string, Buffer> {
  const tiles = new Map<string, Buffer>()
  for (let level = 0; Math.floor(size / 256 ** level) > 0; level++) {
    const hashes = Math.floor(size / 256 ** level)
    for (let index = 0; index * 256 < hashes; index++) {
      const width = Math.min(256, hashes - index * 256)
      tiles.set(pathOf(level, index, width), log.tile(level, index, width))
    }
  }
  return tiles
}

/** Only for logs of less than a million tiles of a level. */
function pathOf(level: number, index: number, width: number): string {
  const digits = String(index).padStart(6, '0')
  const path = index < 1000 ? digits.slice(3) : `x${digits.slice(0, 3)}/${digits.slice(3)}`
  return `${level}/${path}${width < 256 ? `.p/${width}` : ''}`
}

function spkiTail(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(-32)
}

function sha256(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
