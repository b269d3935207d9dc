import { describe, expect, it } from '@jest/globals'
import { isPattern, type Pattern, patternOf } from '../../src/policy/pattern.ts'

function compiled(text: string): Pattern {
  const pattern = patternOf(text)
  if ('fault' in pattern) throw new Error(pattern.fault)
  return pattern
}

const NAME = 'https://github.com/octo/app/.github/workflows/release.yml@refs/tags/v1.2.3'

describe('a pattern', () => {
  it.each([
    [String.raw`/^https:\/\/github\.com\/octo\/[a-z]+\/.*@refs\/tags\/v\d+\.\d+\.\d+$/`, NAME],
    ['/^https://github.com/octo/.+$/', NAME],
    [String.raw`/^[^@]+@octo\.example$/`, 'me@octo.example'],
    ['/^(?:a|bc)*$/', 'abcbca'],
    ['/^(a|b)(c|d)$/', 'bd'],
    ['/^a{2,3}$/', 'aaa'],
    ['/^a{2}b{0,2}?$/', 'aa'],
    ['/^[a-c\\-_\\]]+$/', 'a-b_]c'],
    ['/^[\\w.]+$/', 'a.b_9'],
    ['/^.\u{1f511}?$/', '\u{1f512}\u{1f511}'],
    ['/^(?:)*x$/', 'x'],
    ['/^a+?b*?c??$/', 'aab']
  ])('takes the whole of a name: %s', (text, name) => {
    const { matches } = compiled(text)

    expect(matches(name)).toBe(true)
    expect(new RegExp(text.slice(1, -1), 'u').test(name)).toBe(true)
    expect(matches(`@@${name}`)).toBe(false)
    expect(matches(`${name}\n`)).toBe(false)
  })

  it.each([
    [String.raw`/^https:\/\/github\.com\/octo\/.*$/`, 'https://github.com/octopus/app'],
    [String.raw`/^https:\/\/github\.com\/octo\/.*$/`, 'https://githubXcom/octo/app'],
    [String.raw`/^https:\/\/github\.com\/octo\/.*$/`, `https://evil.example/${NAME}`],
    ['/^a{2,3}$/', 'aaaa'],
    ['/^a{2,3}$/', 'a'],
    ['/^[^a]$/', 'a'],
    ['/^.*$/', 'a\nb']
  ])('takes no other: %s', (text, name) => {
    expect(compiled(text).matches(name)).toBe(false)
  })

  it('agrees with the engine about every short name', () => {
    const patterns = [
      '/^(a|ab)(c|bcd)*$/',
      '/^(a*b)*c?$/',
      '/^(?:a|b|)+$/',
      '/^[ab]{1,2}(c|d){2,}$/'
    ]
    const letters = ['a', 'b', 'c', 'd']
    let names = ['']
    for (let length = 0; length < 5; length++) {
      names = ['', ...names.flatMap((name) => letters.map((letter) => name + letter))]
      for (const text of patterns) {
        const [mine, theirs] = [compiled(text), new RegExp(text.slice(1, -1), 'u')]
        expect(names.filter((name) => mine.matches(name) !== theirs.test(name))).toEqual([])
      }
    }
  })

  it.each(['/^(a+)+$/', '/^(a|a)*$/', '/^(?:(?:a*)*)*$/', '/^(.*a){20}$/', '/^([a-z]+)*@$/'])(
    'takes one pass over a hostile name: %s',
    (text) => {
      const { matches } = compiled(text)
      const started = performance.now()

      expect(matches(`${'a'.repeat(1900)}!`)).toBe(false)
      expect(performance.now() - started).toBeLessThan(2000)
    }
  )

  it('takes no name that is too long', () => {
    expect(compiled('/^a+$/').matches('a'.repeat(2001))).toBe(false)
  })

  it.each([
    ['/octo/', 'it does not begin with "^" and end with "$"', 'Write /^octo$/'],
    ['/^octo/', 'it does not end with "$"', 'Write /^octo$/'],
    ['/octo$/', 'it does not begin with "^"', 'Write /^octo$/'],
    [String.raw`/^octo\$/`, 'it does not end with "$"', String.raw`Write /^octo\$$/`],
    ['/^octo$/i', 'it has the flags "i"', 'Write /^octo$/'],
    ['/^a|b$/', 'it has a "|" outside of brackets', 'Write /^(?:a|b)$/'],
    ['/^a', 'it has no closing slash', 'Write it as /^…$/'],
    ['/', 'it has no closing slash', 'Write it as /^…$/'],
    [`/^${'a'.repeat(500)}$/`, 'it is longer than 500 characters', 'Write a shorter one'],
    ['/^((a{100}){100}){100}$/', 'it repeats too much', 'Write * or +']
  ])('that does not speak of the whole is refused with the way out: %s', (text, fault, remedy) => {
    expect(patternOf(text)).toEqual({
      fault: expect.stringContaining(fault) as unknown,
      remedy: expect.stringContaining(remedy) as unknown
    })
  })

  it.each([
    ['/^(?=a)b$/', '"(?" that is no "(?:"'],
    ['/^(?i:a)$/', '"(?" that is no "(?:"'],
    ['/^(?<name>a)$/', '"(?" that is no "(?:"'],
    [String.raw`/^(a)\1$/`, String.raw`it has "\1"`],
    [String.raw`/^a\bc$/`, String.raw`it has "\b"`],
    [String.raw`/^[\D]$/`, 'in brackets'],
    ['/^a^b$/', 'it has a "^" inside'],
    ['/^a$b$/', 'it has a "$" inside'],
    ['/^*a$/', 'nothing before it'],
    ['/^a**$/', 'repeats a repetition'],
    ['/^a{3,2}$/', '{3,2} times'],
    ['/^a{x}$/', '{x} times'],
    ['/^a{101}$/', '{101} times'],
    ['/^[a$/', 'without its "]"'],
    ['/^(a$/', 'without its ")"'],
    ['/^a)$/', 'without its "("'],
    ['/^[z-a]$/', 'a range in brackets'],
    [String.raw`/^[\d-z]$/`, 'a range in brackets'],
    [`/^${'('.repeat(21)}${')'.repeat(21)}$/`, 'nested too deeply']
  ])('that one pass cannot decide is refused: %s', (text, fault) => {
    expect(patternOf(text)).toMatchObject({ fault: expect.stringContaining(fault) as unknown })
  })

  it('begins with a slash, which no name does', () => {
    expect([isPattern('/^a$/'), isPattern('https://a.example/'), isPattern('')]).toEqual([
      true,
      false,
      false
    ])
  })
})
