import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parsePathPattern, type PathPattern, patternFor } from '../../src/policy/path-pattern.ts'
import { gitRepository } from '../support/git-repository.ts'

function patternOf(text: string): PathPattern {
  const pattern = parsePathPattern(text)
  if (typeof pattern === 'string') throw new Error(pattern)
  return pattern
}

function isLeftOut(path: string, pattern: string): boolean {
  return patternFor(path, [patternOf(pattern)]) !== undefined
}

const PAIRS: readonly (readonly [string, string, boolean])[] = [
  ['package-lock.json', 'package-lock.json', true],
  ['package-lock.json', 'a/b/package-lock.json', true],
  ['package-lock.json', 'package-lock.json/x', true],
  ['package-lock.json', 'package-lock.jsonx', false],
  ['/package-lock.json', 'package-lock.json', true],
  ['/package-lock.json', 'a/package-lock.json', false],
  ['a/b', 'a/b', true],
  ['a/b', 'a/b/c', true],
  ['a/b', 'x/a/b', false],
  ['examples/', 'examples/x', true],
  ['examples/', 'a/examples/x', true],
  ['examples/', 'examples', false],
  ['examples/**', 'examples/a/b', true],
  ['examples/**', 'x/examples/a', false],
  ['**/examples/**', 'x/y/examples/a', true],
  ['**/examples/**', 'examples/a', true],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['a/**/b', 'a/x/y/c', false],
  ['*.lock', 'a/Cargo.lock', true],
  ['*.lock', 'a/Cargo.lock.bak', false],
  ['a/*.lock', 'a/b/Cargo.lock', false],
  ['req*-?.txt', 'requirements-1.txt', true],
  ['req*-?.txt', 'requirements-12.txt', false],
  ['*', 'anything/at/all', true],
  ['**', 'anything/at/all', true],
  ['/*', 'a/b', true],
  ['/*/c', 'a/b', false],
  ['ä?', 'äö', true],
  ['a**b', 'axxb', true]
]

it.each(PAIRS)('%s on %s: %j', (pattern, path, leftOut) => {
  expect(isLeftOut(path, pattern)).toBe(leftOut)
})

it('agrees with git', () => {
  const repository = gitRepository()
  const gitLeavesOut = (pattern: string, path: string): boolean => {
    repository.write('.gitignore', `${pattern}\n`)
    return repository.answers('check-ignore', '--no-index', '-q', '--', path)
  }

  // `?` is a byte there.
  const different = PAIRS.filter(([pattern]) => pattern !== 'ä?').filter(
    ([pattern, path, leftOut]) => gitLeavesOut(pattern, path) !== leftOut
  )

  repository.remove()
  expect(different).toEqual([])
})

it('leaves out a folder as a whole, so that it is not entered', () => {
  expect(isLeftOut('examples/', 'examples/')).toBe(true)
  expect(isLeftOut('examples/', 'examples')).toBe(true)
  expect(isLeftOut('examples/', 'examples/**')).toBe(false)
  expect(isLeftOut('examples/a/', 'examples/**')).toBe(true)
})

it('takes brackets and braces for themselves', () => {
  expect(isLeftOut('app/[id]/package-lock.json', 'app/[id]/')).toBe(true)
  expect(isLeftOut('app/i/package-lock.json', 'app/[id]/')).toBe(false)
})

it.each([
  ['', 'empty name'],
  ['/', 'empty name'],
  ['a//b', 'empty name'],
  ['../x', '".."'],
  ['./x', '"."'],
  ['!keep', 'exceptions'],
  ['a\\b', 'separated by "/"'],
  ['a'.repeat(2000), 'longer than']
])('refuses %.20j', (text, why) => {
  expect(parsePathPattern(text)).toContain(why)
})

it('never takes long for a pattern made to', () => {
  const path = `${'a/'.repeat(100)}${'a'.repeat(200)}b`
  const started = performance.now()

  for (const pattern of [`${'*a'.repeat(200)}c`, `${'**/a/'.repeat(100)}c`, '?*'.repeat(400)]) {
    isLeftOut(path, pattern)
  }

  expect(performance.now() - started).toBeLessThan(5000)
})

it('matches every path with its own text as pattern', () => {
  const name = fc.stringMatching(/^[a-zä.-]{1,8}$/).filter((text) => !/^\.{1,2}$/.test(text))
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (names) => {
      const path = names.join('/')
      expect(isLeftOut(path, `/${path}`)).toBe(true)
      expect(isLeftOut(`${path}/below`, `/${path}/`)).toBe(true)
      expect(isLeftOut(`x${path}`, `/${path}`)).toBe(false)
    })
  )
})
