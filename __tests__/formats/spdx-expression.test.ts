import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { allOf, parseSpdxExpression } from '../../src/formats/spdx-expression.ts'

describe('parseSpdxExpression', () => {
  it.each([
    ['MIT', 'MIT'],
    ['mit', 'MIT'],
    ['  Apache-2.0\n', 'Apache-2.0'],
    ['GPL-2.0', 'GPL-2.0'],
    ['GPL-2.0+', 'GPL-2.0+'],
    ['EPL-1.0+', 'EPL-1.0+'],
    ['(MIT OR Apache-2.0)', '(MIT OR Apache-2.0)'],
    ['( MIT  or apache-2.0 )', '(MIT OR Apache-2.0)'],
    ['((MIT) AND ((ISC)))', '((MIT) AND ((ISC)))'],
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    [
      'GPL-2.0-or-later with classpath-exception-2.0 OR MIT',
      'GPL-2.0-or-later WITH Classpath-exception-2.0 OR MIT'
    ],
    ['LicenseRef-Acme.1', 'LicenseRef-Acme.1']
  ])('reads %j as %j', (text, canonical) => {
    expect(parseSpdxExpression(text)?.text).toBe(canonical)
  })

  it.each([
    '',
    '()',
    'MIT MIT',
    'MIT OR',
    'OR MIT',
    'MIT Or ISC',
    '(MIT',
    'MIT)',
    ') MIT (',
    'MIT / ISC',
    'MIT/Apache-2.0',
    'Apache 2.0',
    'UNLICENSED',
    'SEE LICENSE IN LICENSE',
    'MIT +',
    '+',
    'Classpath-exception-2.0',
    'MIT WITH MIT',
    '(MIT) WITH Classpath-exception-2.0',
    'GPL-2.0-only WITH Classpath-exception-2.0 WITH GCC-exception-3.1',
    'LicenseRef-',
    'LicenseRef-a_b',
    'DocumentRef-x:LicenseRef-y',
    '__proto__',
    'constructor',
    'x'.repeat(60)
  ])('takes %j for a name', (text) => {
    expect(parseSpdxExpression(text)).toBeUndefined()
  })

  it.each([
    ['too deep', `${'('.repeat(100_000)}MIT`],
    ['too long', `${'MIT OR '.repeat(200)}MIT`]
  ])('takes what is %s for a name', (_why, text) => {
    expect(parseSpdxExpression(text)).toBeUndefined()
  })

  it('tells an id from an expression, and names what the list does not hold', () => {
    expect(parseSpdxExpression('mit')).toMatchObject({ isId: true, isAtomic: true, refs: [] })
    expect(parseSpdxExpression('MIT OR LicenseRef-x')).toMatchObject({
      isId: false,
      isAtomic: false,
      refs: ['LicenseRef-x']
    })
  })

  it('gives an expression that it reads as the same again', () => {
    const word = fc.constantFrom('MIT', 'gpl-2.0+', '(', ')', 'AND', 'or', 'WITH', 'LicenseRef-a')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const parsed = parseSpdxExpression(words.join(' '))
        expect(parsed && parseSpdxExpression(parsed.text)).toEqual(parsed)
      }),
      { numRuns: 2000 }
    )
  })
})

it.each([
  [['MIT'], 'MIT'],
  [['MIT', 'ISC'], 'MIT AND ISC'],
  [['MIT OR ISC', '0BSD'], '(MIT OR ISC) AND 0BSD']
])('joins %j', (texts, joined) => {
  const expressions = texts.map((text) => parseSpdxExpression(text))

  expect(allOf(expressions.filter((expression) => expression !== undefined))).toBe(joined)
})
