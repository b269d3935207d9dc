import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { writeDocument } from '../../src/host/documents.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-documents-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

it('writes the pieces in order, makes the folder and says where it is', async () => {
  const path = await writeDocument(join(folder, 'a/b'), 'report.json', ['{', '"é€😀"', '}'])

  expect(path).toBe(join(folder, 'a/b/report.json'))
  expect(readFileSync(path, 'utf8')).toBe('{"é€😀"}')
  expect(readdirSync(join(folder, 'a/b'))).toEqual(['report.json'])
})

it('writes an empty document', async () => {
  expect(readFileSync(await writeDocument(folder, 'empty', []), 'utf8')).toBe('')
})

it('takes pieces only as fast as it writes them', async () => {
  const piece = 'x'.repeat(100_000)
  let made = 0
  function* pieces(): Generator<string> {
    for (; made < 200; made++) yield piece
  }

  const writing = writeDocument(folder, 'large.txt', pieces())
  await new Promise((resolve) => setImmediate(resolve))
  const madeAtOnce = made
  await writing

  expect(madeAtOnce).toBeLessThan(10)
  expect(readFileSync(join(folder, 'large.txt')).length).toBe(20_000_000)
})

it('keeps the old document when the new one cannot be made, and leaves nothing else', async () => {
  writeFileSync(join(folder, 'report.json'), 'old')

  await expect(writeDocument(folder, 'report.json', broken())).rejects.toThrow('no more')

  expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('old')
  expect(readdirSync(folder)).toEqual(['report.json'])
})

it('replaces a link of that name and leaves alone what it leads to', async () => {
  writeFileSync(join(folder, 'precious'), 'precious')
  mkdirSync(join(folder, 'out'))
  symlinkSync(join(folder, 'precious'), join(folder, 'out/report.json'))

  await writeDocument(join(folder, 'out'), 'report.json', ['{}'])

  expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('precious')
  expect(readFileSync(join(folder, 'out/report.json'), 'utf8')).toBe('{}')
})

it('refuses a folder that is a link', async () => {
  mkdirSync(join(folder, 'elsewhere'))
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'out'), 'junction')

  await expect(writeDocument(join(folder, 'out'), 'report.json', ['{}'])).rejects.toThrow(
    expect.objectContaining({ code: 'INPUT_INVALID' })
  )
  expect(readdirSync(join(folder, 'elsewhere'))).toEqual([])
})

it('says what to do when the folder is a file', async () => {
  writeFileSync(join(folder, 'out'), '')

  await expect(writeDocument(join(folder, 'out'), 'report.json', ['{}'])).rejects.toThrow(
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
  await expect(writeDocument(folder, name, [])).rejects.toThrow('is no file name')
})

function* broken(): Generator<string> {
  yield 'new'
  throw new RangeError('no more')
}
