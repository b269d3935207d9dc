import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { jsonChunks } from '../../src/formats/json-stream.ts'

it('writes an element a line and leaves out what is nothing', () => {
  const text = [
    ...jsonChunks({
      members: [
        ['name', { value: 'x' }],
        ['nothing', undefined],
        ['none', { each: [] }],
        ['some', { each: [{ a: 1 }, null] }],
        ['nested', { nodes: [{ members: [['refs', { each: new Set([1, 2]) }]] }] }]
      ]
    })
  ].join('')

  expect(text).toBe(`{
"name": "x",
"none": [],
"some": [
{"a":1},
null
],
"nested": [
{
"refs": [
1,
2
]
}
]
}
`)
})

it('asks for an element only when the one before it was taken', () => {
  const made: number[] = []
  function* numbers(): Generator<number> {
    for (let number = 0; ; number++) {
      made.push(number)
      yield number
    }
  }

  const chunks = jsonChunks({ each: numbers() })
  for (let taken = 0; taken < 4; taken++) chunks.next()

  expect(made).toEqual([0, 1])
})

it('replaces half characters, and nothing that only looks like one', () => {
  const value = { '\ud800': ['a\udc00', '\\ud800', '😀', '\u0000'] }

  const text = [...jsonChunks({ value })].join('')

  expect(JSON.parse(text)).toEqual({ '\ufffd': ['a\ufffd', '\\ud800', '😀', '\u0000'] })
})

it('writes what a reader gets back', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (values) => {
      const text = [...jsonChunks({ each: values })].join('')
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(values)))
    })
  )
})
