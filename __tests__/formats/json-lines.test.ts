import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { entryLines, KEY_SEPARATOR } from '../../src/formats/json-lines.ts'

function linesOf(text: string, container = 'packages'): Record<string, number> {
  JSON.parse(text)
  return Object.fromEntries(entryLines(text, container).lines)
}

describe('entryLines', () => {
  it('finds the line of every entry', () => {
    const text = JSON.stringify(
      { name: 'packages', packages: { '': { packages: 1 }, a: { b: ['{'] }, c: {} }, d: {} },
      null,
      2
    )

    expect(linesOf(text)).toEqual({ '': 4, a: 7, c: 12 })
  })

  it('finds nested entries by their keys from the outside in', () => {
    const text =
      '{"dependencies":\n{"a":\n{"dependencies":\n{"b":{"requires":{"x":"1"}},\n"c":{}}}}}'

    expect(linesOf(text, 'dependencies')).toEqual({
      a: 2,
      [`a${KEY_SEPARATOR}b`]: 4,
      [`a${KEY_SEPARATOR}c`]: 5
    })
  })

  it('reads keys with escapes, and is not misled by strings', () => {
    const text = String.raw`{"x":"\"packages\":{\"no\":{}}","packages":{"a\"\\":{},
      "\u0062":{"v":"\\"}}}`

    expect(linesOf(text)).toEqual({ 'a"\\': 1, b: 2 })
  })

  it('takes no container that is a list, a scalar or elsewhere', () => {
    expect(linesOf('{"packages":[{"a":{}}],"x":{"packages":{"b":{}}}}')).toEqual({})
    expect(linesOf('{"packages":1,"x":{"b":{}}}')).toEqual({})
    expect(linesOf('[{"packages":{"b":{}}}]')).toEqual({})
  })

  it('keeps the last of two equal keys, and tells of the first', () => {
    const text = '{"packages":{\n"a":{},\n"a":{}},\n"packages":{\n"b":{}}}'

    expect(entryLines(text, 'packages')).toEqual({
      lines: new Map([
        ['a', 3],
        ['b', 5]
      ]),
      repeated: [
        { key: 'a', line: 2 },
        { key: 'packages', line: 1 }
      ]
    })
  })

  it('finds the same keys as JSON.parse, pretty or minified', () => {
    const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())

    fc.assert(
      fc.property(object, fc.constantFrom(0, 2), (packages, indent) => {
        const text = JSON.stringify({ before: packages, packages, after: packages }, null, indent)

        expect([...entryLines(text, 'packages').lines.keys()].sort()).toEqual(
          Object.keys(packages).sort()
        )
      })
    )
  })

  it('takes nesting without end in linear time', () => {
    const levels = 200_000
    const text = '{"d":{"a":'.repeat(levels) + '1' + '}}'.repeat(levels)

    expect(entryLines(text, 'd').lines.size).toBe(128)
  })
})
