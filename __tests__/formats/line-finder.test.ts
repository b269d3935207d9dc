import { expect, it } from '@jest/globals'
import { cpuMs } from '../support/cpu-time.ts'
import { textLines } from '../../src/formats/line-finder.ts'

const text = 'a\nb\nc b\nd\ne a\n'

it('tells the line of an offset', () => {
  const { lineAt } = textLines(text)

  expect([0, 1, 2, 4, 8, 14].map(lineAt)).toEqual([1, 1, 2, 3, 4, 6])
  expect(textLines('').lineAt(0)).toBe(1)
})

it('finds in order, and again from the top', () => {
  const finder = textLines(text).finder(2, 5)

  expect(finder.lineOf('b')).toBe(2)
  expect(finder.lineOf('d')).toBe(4)
  expect(finder.lineOf('c')).toBe(3)
  expect(finder.lineOf('a')).toBeUndefined()
  expect(finder.lineOf('e')).toBeUndefined()
  expect(finder.lineOf('d')).toBe(4)
  expect(finder.lineOf('')).toBeUndefined()
})

it('gives up before many misses take long', () => {
  const long = 'x'.repeat(10_000_000)
  const finder = textLines(long).finder(1)

  const ms = cpuMs(() => {
    for (let at = 0; at < 10_000; at++) finder.lineOf(`y${at}`)
  })

  expect(ms).toBeLessThan(1000)
})
