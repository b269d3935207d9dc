import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { jsonFaultOf } from '../../src/formats/json-fault.ts'
import { jsonKindOf, jsonObjectOf, parseJson } from '../../src/formats/json.ts'

const HELP = { code: 'LOCKFILE_SYNTAX', remedy: 'Write it anew' } as const

function parse(text: string): unknown {
  return parseJson({ path: 'a.json', text }, HELP)
}

describe('parseJson', () => {
  it('gives the value, and passes over a byte order mark', () => {
    expect(parse('\uFEFF{"a":[1]}')).toEqual({ a: [1] })
  })

  it.each([
    ['', 1, 'found the end of the file, expected a value'],
    ['{"a": x}', 1, 'found "x", expected a value'],
    ['{\n"a": 1,\n}', 3, 'found "}", expected a key in double quotes'],
    ['{"a": 1', 1, 'found the end of the file, expected "," or "}"'],
    ['{"a": [1\n', 2, 'found the end of the file, expected "," or "]"'],
    ['{"a": "b', 1, 'found the end of the file, expected the closing quote of a string'],
    ['{"a": "b\n"}', 1, 'found the character U+000A, expected the closing quote of a string'],
    ['{"a": "\\x"}', 1, 'found "\\", expected an escape sequence of JSON'],
    ['{"a": 1}}', 1, 'found "}", expected the end of the file'],
    ['[1,\n]', 2, 'found "]", expected a value'],
    ['[\n,]', 2, 'found ",", expected a value or "]"'],
    ['{a: 1}', 1, 'found "a", expected a key in double quotes or "}"'],
    ['{"a" 1}', 1, 'found "1", expected ":"'],
    ['{"a": 01}', 1, 'found "0", expected a value'],
    ['{"a": 1 "b": 2}', 1, 'found """, expected "," or "}"'],
    ['{"a": 1]', 1, 'found "]", expected "," or "}"'],
    ['[nul]', 1, 'found "n", expected a value or "]"'],
    ['\u00e9', 1, 'found the character U+00E9, expected a value']
  ])('says of %j the line and what was expected', (text, line, reason) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({
        code: 'LOCKFILE_SYNTAX',
        line,
        message: `Cannot parse "a.json": ${reason}`
      })
    )
  })

  it('names the conflict markers of a merge, and their line', () => {
    const text = '{\n<<<<<<< HEAD\n"a": 1\n=======\n"a": 2\n>>>>>>> other\n}\n'

    expect(() => parse(text)).toThrow(
      expect.objectContaining({ line: 2, message: expect.stringContaining('unfinished merge') })
    )
  })
})

describe('jsonFaultOf', () => {
  it('agrees with JSON.parse on what is JSON', () => {
    const texts = fc.oneof(
      fc.json(),
      fc.string({ unit: fc.constantFrom(...'{}[],:"\\ \n0123.eE+-nultrfasu'.split('')) }),
      fc
        .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', '\\', '1', ' '))
        .map(([text, at, filler]) => {
          const cut = at % (text.length + 1)
          return text.slice(0, cut) + filler + text.slice(cut + 1)
        })
    )

    fc.assert(
      fc.property(texts, (text) => {
        expect(jsonFaultOf(text) === undefined).toBe(isJson(text))
      }),
      { numRuns: 3000 }
    )
  })

  it('takes deep nesting and long strings', () => {
    expect(jsonFaultOf('['.repeat(1_000_000))).toEqual(
      expect.objectContaining({ expected: 'a value or "]"' })
    )
    expect(jsonFaultOf(`"${'a'.repeat(10_000_000)}"`)).toBeUndefined()
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

it('tells objects from everything else', () => {
  expect(jsonObjectOf({ a: 1 })).toEqual({ a: 1 })
  expect([[], null, 1, 'a', undefined].map(jsonObjectOf)).toEqual(Array(5).fill(undefined))
  expect([[], null, 1, 'a', {}, undefined].map(jsonKindOf)).toEqual([
    'a list',
    'null',
    'a number',
    'a string',
    'an object',
    'nothing'
  ])
})
