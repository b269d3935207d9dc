import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { readDocument, writeDocument } from '../../src/host/documents.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-documents-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

it('writes the pieces in order, makes the folder and says where it is', () => {
  const path = writeDocument(join(folder, 'a/b'), 'report.json', ['{', '"é€😀"', '}'])

  expect(path).toBe(join(folder, 'a/b/report.json'))
  expect(readFileSync(path, 'utf8')).toBe('{"é€😀"}')
  expect(readdirSync(join(folder, 'a/b'))).toEqual(['report.json'])
})

it('writes an empty document', () => {
  expect(readFileSync(writeDocument(folder, 'empty', []), 'utf8')).toBe('')
})

it('keeps few pieces in memory', () => {
  const piece = 'x'.repeat(100_000)
  let unwritten = 0
  function* pieces(): Generator<string> {
    for (let made = 0; made < 200; made++) {
      const written = readdirSync(folder).map((name) => statSync(join(folder, name)).size)
      unwritten = Math.max(unwritten, made * piece.length - (written[0] ?? 0))
      yield piece
    }
  }

  writeDocument(folder, 'large.txt', pieces())

  expect(unwritten).toBeLessThan(1_000_000)
  expect(readFileSync(join(folder, 'large.txt')).length).toBe(20_000_000)
})

it('keeps the old document when the new one cannot be made, and leaves nothing else', () => {
  writeFileSync(join(folder, 'report.json'), 'old')

  expect(() => writeDocument(folder, 'report.json', broken())).toThrow('no more')

  expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('old')
  expect(readdirSync(folder)).toEqual(['report.json'])
})

it('replaces a link of that name and leaves alone what it leads to', () => {
  writeFileSync(join(folder, 'precious'), 'precious')
  mkdirSync(join(folder, 'out'))
  symlinkSync(join(folder, 'precious'), join(folder, 'out/report.json'))

  writeDocument(join(folder, 'out'), 'report.json', ['{}'])

  expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('precious')
  expect(readFileSync(join(folder, 'out/report.json'), 'utf8')).toBe('{}')
})

it('refuses a folder that is a link', () => {
  mkdirSync(join(folder, 'elsewhere'))
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'out'), 'junction')

  expect(() => writeDocument(join(folder, 'out'), 'report.json', ['{}'])).toThrow(
    expect.objectContaining({ code: 'INPUT_INVALID' })
  )
  expect(readdirSync(join(folder, 'elsewhere'))).toEqual([])
})

it('says what to do when the folder is a file', () => {
  writeFileSync(join(folder, 'out'), '')

  expect(() => writeDocument(join(folder, 'out'), 'report.json', ['{}'])).toThrow(
    expect.objectContaining({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('report.json'),
      remedy: expect.stringContaining('--out')
    })
  )
})

it.each([
  '',
  '.',
  '..',
  '../x',
  'a/b',
  'a\\b',
  '/etc/passwd',
  'C:x',
  '.hidden',
  'a\0b',
  'x'.repeat(300)
])('refuses %j as a name', async (name) => {
  expect(() => writeDocument(folder, name, [])).toThrow('is no file name')
})

function* broken(): Generator<string> {
  yield 'new'
  throw new RangeError('no more')
}

it('reads back what was written, and nothing else', () => {
  writeDocument(folder, 'a.json', ['{}'])
  symlinkSync(join(folder, 'a.json'), join(folder, 'link.json'))
  mkdirSync(join(folder, 'sub'))

  expect(readDocument(folder, 'a.json', 2)).toBe('{}')
  for (const name of ['link.json', 'sub', 'none', '../a.json', '.hidden']) {
    expect(readDocument(folder, name, 2)).toBeUndefined()
  }
  expect(() => readDocument(folder, 'a.json', 1)).toThrow(
    expect.objectContaining({ code: 'FILE_TOO_LARGE' })
  )
})
