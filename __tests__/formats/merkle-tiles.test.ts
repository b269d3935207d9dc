import { describe, expect, it } from '@jest/globals'
import {
  isIncluded,
  isPrefix,
  leafHash,
  type ReadTile,
  type TreeHead,
  tilePath
} from '../../src/formats/merkle-tiles.ts'
import { testLog, tilesOf } from '../support/checksum-log.ts'

const LOG = testLog(Array.from({ length: 70_000 }, (_, at) => `record ${at}\n`))

const SIZES = [1, 2, 3, 7, 8, 255, 256, 257, 300, 511, 512, 65_535, 65_536, 65_537, 70_000]

function head(size: number): TreeHead {
  return { size, root: LOG.root(size).toString('hex') }
}

function flipped({ size, root }: TreeHead): TreeHead {
  return { size, root: `${root.startsWith('0') ? '1' : '0'}${root.slice(1)}` }
}

/** Gives only what a server of a tree of this size has, and remembers what was asked for. */
function tilesFor(size: number, asked: string[] = []): ReadTile {
  const tiles = tilesOf(LOG, size)
  return (level, index, width) => {
    const path = tilePath(level, index, width)
    asked.push(path)
    const tile = tiles.get(path)
    return tile ? Promise.resolve(tile) : Promise.reject(new Error(`no tile ${path}`))
  }
}

function leaf(index: number): Buffer {
  return leafHash(LOG.records[index] ?? '')
}

describe('inclusion', () => {
  it.each(SIZES)('is proven for records at the edges of a tree of %i', async (size) => {
    const readTile = tilesFor(size)
    const indices = [0, 1, 2, 254, 255, 256, 257, 511, 512, 65_535, 65_536, size - 2, size - 1]

    for (const index of new Set(indices.filter((at) => at >= 0 && at < size))) {
      expect(await isIncluded(leaf(index), index, head(size), readTile)).toBe(true)
      expect(await isIncluded(leafHash('other\n'), index, head(size), readTile)).toBe(false)
      expect(await isIncluded(leaf(index), index, flipped(head(size)), readTile)).toBe(false)
      expect(await isIncluded(leaf(index), (index + 1) % size, head(size), readTile)).toBe(
        size === 1
      )
    }
  })

  it('holds for every record of every small tree', async () => {
    for (let size = 1; size <= 40; size++) {
      const readTile = tilesFor(size)
      for (let index = 0; index < size; index++) {
        expect(await isIncluded(leaf(index), index, head(size), readTile)).toBe(true)
      }
    }
  })

  it('is refused behind the end of the tree', async () => {
    expect(await isIncluded(leaf(8), 8, head(8), tilesFor(8))).toBe(false)
  })

  it('is refused when a tile was tampered with', async () => {
    const honest = tilesFor(70_000)
    const readTile: ReadTile = async (...where) => {
      const tile = Buffer.from(await honest(...where))
      tile[0] = (tile[0] ?? 0) ^ 1
      return tile
    }

    expect(await isIncluded(leaf(500), 500, head(70_000), readTile)).toBe(false)
  })

  it('reads a handful of tiles', async () => {
    const asked: string[] = []

    await isIncluded(leaf(12_345), 12_345, head(70_000), tilesFor(70_000, asked))

    expect([...new Set(asked)].sort()).toEqual(['0/048', '0/273.p/112', '1/000', '1/001.p/17'])
  })
})

describe('consistency', () => {
  it.each(SIZES)('is proven for every smaller tree than %i', async (size) => {
    const readTile = tilesFor(size)

    for (const older of SIZES.filter((smaller) => smaller <= size)) {
      expect(await isPrefix(head(older), head(size), readTile)).toBe(true)
      expect(await isPrefix(flipped(head(older)), head(size), readTile)).toBe(false)
      expect(await isPrefix(head(older), flipped(head(size)), readTile)).toBe(false)
    }
  })

  it('holds between all small trees, and no other way round', async () => {
    for (let size = 1; size <= 24; size++) {
      for (let older = 1; older <= size; older++) {
        expect(await isPrefix(head(older), head(size), tilesFor(size))).toBe(true)
        expect(await isPrefix(head(size), head(older), tilesFor(size))).toBe(older === size)
      }
    }
  })

  it('is refused for a tree with another history', async () => {
    const forked = testLog(LOG.records.slice(0, 400).with(3, 'forged\n'))
    const fork = { size: 400, root: forked.root(400).toString('hex') }

    expect(await isPrefix(fork, head(512), tilesFor(512))).toBe(false)
    expect(
      await isPrefix(head(300), fork, (...where) => Promise.resolve(forked.tile(...where)))
    ).toBe(false)
  })

  it('holds for an empty tree', async () => {
    expect(await isPrefix({ size: 0, root: '' }, head(5), tilesFor(5))).toBe(true)
  })
})

it.each([
  [0, 0, 256, '0/000'],
  [1, 67, 256, '1/067'],
  [0, 1_234_067, 256, '0/x001/x234/067'],
  [3, 4, 17, '3/004.p/17']
])('names tile %i/%i of width %i %s', (level, index, width, path) => {
  expect(tilePath(level, index, width)).toBe(path)
})
