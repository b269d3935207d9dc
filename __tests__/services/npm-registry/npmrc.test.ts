import { describe, expect, it } from '@jest/globals'
import { expandVariables, parseNpmrc } from '../../../src/services/npm-registry/npmrc.ts'

describe('parseNpmrc', () => {
  it.each([
    ['registry=https://a.example/', ['registry', 'https://a.example/']],
    [' registry = https://a.example/ ', ['registry', 'https://a.example/']],
    ['\uFEFFregistry=a', ['registry', 'a']],
    ['@scope:registry=a', ['@scope:registry', 'a']],
    ['//host/:_authToken="a;b"', ['//host/:_authToken', 'a;b']],
    ["key='a # b'", ['key', 'a # b']],
    ['key=a ; comment', ['key', 'a']],
    ['key=a#comment', ['key', 'a']],
    [String.raw`key=a\;b\#c`, ['key', 'a;b#c']],
    [String.raw`key=a\\;b`, ['key', String.raw`a\ `.trim()]],
    ['key=a=b==', ['key', 'a=b==']],
    ['key', ['key', 'true']],
    ['key=', ['key', '']],
    ['key="broken', ['key', '"broken']],
    ['key="bro\\ken"', ['key', String.raw`"bro\ken"`]],
    ['key=1\r\nkey=2', ['key', '2']],
    ['__proto__=1', ['__proto__', '1']]
  ])('reads %j', (text, entry) => {
    expect([...parseNpmrc(text)]).toEqual([entry])
  })

  it.each(['', '; registry=a', '# registry=a', '\n\n', '[section]\nregistry=a'])(
    'finds nothing in %j',
    (text) => {
      expect(parseNpmrc(text).size).toBe(0)
    }
  )

  it('takes hostile text in linear time', () => {
    expect(parseNpmrc('\\'.repeat(1_000_000)).size).toBe(1)
    expect(parseNpmrc(`a=${'\\'.repeat(999_999)}`).size).toBe(1)
  })
})

describe('expandVariables', () => {
  const env = { TOKEN: 't', EMPTY: '', 'A-B': 'dashed' }

  it.each([
    ['a', 'a', [], []],
    ['${TOKEN}', 't', ['TOKEN'], []],
    ['a${TOKEN}b${TOKEN}', 'atbt', ['TOKEN', 'TOKEN'], []],
    ['${NONE}', '${NONE}', ['NONE'], ['NONE']],
    ['${NONE?}', '', ['NONE'], []],
    ['${NONE-x-y}', 'x-y', ['NONE'], []],
    ['${NONE:-x}', 'x', ['NONE'], []],
    ['${EMPTY-x}', '', ['EMPTY'], []],
    ['${EMPTY:-x}', 'x', ['EMPTY'], []],
    ['${TOKEN-x}', 't', ['TOKEN'], []],
    ['\\${TOKEN}', '${TOKEN}', [], []],
    ['\\\\${TOKEN}', '\\t', ['TOKEN'], []],
    ['${constructor}', '${constructor}', ['constructor'], ['constructor']],
    ['${}', '${}', [], []],
    ['${${TOKEN}}', '${t}', ['TOKEN'], []]
  ])('%s', (text, expanded, variables, missing) => {
    expect(expandVariables(text, env)).toEqual({ text: expanded, variables, missing })
  })

  it('takes hostile text in linear time', () => {
    const text = '\\'.repeat(1_000_000)

    expect(expandVariables(text, env).text).toBe(text)
  })
})
