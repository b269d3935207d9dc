import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type FilePattern, isMeant, parseFilePattern } from '../../src/policy/file-pattern.ts'
import { cpuMs } from '../support/cpu-time.ts'

const ROOT = '/checkout'

function pattern(text: string): FilePattern {
  const parsed = parseFilePattern(text, ROOT)
  if (typeof parsed === 'string') throw new Error(parsed)
  return parsed
}

describe('isMeant', () => {
  it.each([
    ['a.tgz', 'a.tgz', true],
    ['a.tgz', 'b/a.tgz', false],
    ['*.tgz', 'a.tgz', true],
    ['*.tgz', 'b/a.tgz', false],
    ['*', '.hidden', true],
    ['**/*.tgz', 'a.tgz', true],
    ['**/*.tgz', 'b/c/a.tgz', true],
    ['dist/*', 'dist/a', true],
    ['dist/*', 'dist/a/b', false],
    ['dist/**', 'dist/a/b', true],
    ['dist/**', 'dist', false],
    ['dist/', 'dist/a/b', true],
    ['dist/**/b', 'dist/b', true],
    ['dist/**/b', 'dist/a/c/b', true],
    ['dist/**/b', 'dist/a/c', false],
    ['**', 'a', true],
    ['**', 'a/b/c', true],
    ['./dist/a', 'dist/a', true],
    ['/checkout/dist/a', 'dist/a', true],
    ['d?st/a', 'dist/a', true],
    ['d?st/a', 'd/st/a', false],
    ['DIST/a', 'dist/a', false],
    ['файл-?', 'файл-😀', true]
  ])('of %s and %s is %s', (text, path, meant) => {
    expect(isMeant(pattern(text), path)).toBe(meant)
  })

  it('takes no longer for a pattern that was made to', () => {
    const hostile = pattern('**/*a*a*a*a*a*a*a*a*b/'.repeat(20).slice(0, 1020))
    const path = `${'a'.repeat(100)}/`.repeat(40).slice(0, -1)

    const spent = cpuMs(() => {
      expect(isMeant(hostile, path)).toBe(false)
    })

    expect(spent).toBeLessThan(1000)
  })
})

describe('parseFilePattern', () => {
  it('says what is taken away, and what is meant literally', () => {
    expect(pattern('! dist/deep/*.map')).toEqual({
      text: '! dist/deep/*.map',
      excludes: true,
      segments: ['dist', 'deep', '*.map'],
      literal: ['dist', 'deep']
    })
  })

  it.each([
    ['/etc/passwd'],
    ['C:/x'],
    ['/checkout'],
    ['/checkoutside/x'],
    ['..'],
    ['a/../b'],
    [''],
    ['/'],
    ['!'],
    ['a//b'],
    ['a/./b']
  ])('takes %j for none', (text) => {
    expect(typeof parseFilePattern(text, ROOT)).toBe('string')
  })

  it('never means what lies outside, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '/', '.', '*', '?', '!', '\\', ':') }),
        (text) => {
          const parsed = parseFilePattern(text, ROOT)
          const segments = typeof parsed === 'string' ? [] : parsed.segments
          expect(segments.filter((segment) => /^\.{0,2}$/.test(segment))).toEqual([])
        }
      )
    )
  })
})
