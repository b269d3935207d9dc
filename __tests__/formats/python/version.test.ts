import { describe, expect, it } from '@jest/globals'
import { cpuMs } from '../../support/cpu-time.ts'
import {
  comparePythonVersions,
  normalPythonVersion,
  parsePythonVersion,
  satisfiesPython
} from '../../../src/formats/python/version.ts'

// Expected values come from the Python library `packaging` 26.3, which also agreed on 200 000 random pairs.

it('orders versions as PEP 440 does', () => {
  const ascending = [
    '1.dev0',
    '1.0a1.dev1',
    '1.0a1',
    '1.0b2',
    '1.0rc1',
    '1.0',
    '1.0+abc',
    '1.0+5',
    '1.0.post1.dev2',
    '1.0.post1',
    '1.0.1',
    '1.10',
    '1!0.1'
  ]

  const sorted = ascending.toReversed().sort((a, b) => {
    const [one, other] = [parsePythonVersion(a), parsePythonVersion(b)]
    return one && other ? comparePythonVersions(one, other) : 0
  })

  expect(sorted).toEqual(ascending)
})

describe('one spelling', () => {
  it.each([
    ['v1.0', '1.0'],
    ['1.0-Beta.2', '1.0b2'],
    ['1.0preview', '1.0rc0'],
    ['2024.01.02', '2024.1.2'],
    ['1.0-3', '1.0.post3'],
    ['1.0.rev', '1.0.post0'],
    ['1.0.DEV', '1.0.dev0'],
    ['2.1.0+CU118-1', '2.1.0+cu118.1'],
    ['0!1', '1'],
    ['not a version', 'not a version']
  ])('writes %s as %s', (text, normal) => {
    expect(normalPythonVersion(text)).toBe(normal)
  })
})

describe('a specifier', () => {
  it.each([
    ['1.2.3', '>=1.2,<2', true],
    ['2.0', '>=1.2,<2', false],
    ['2.0rc1', '<2', false],
    ['2.0rc1', '<2rc2', true],
    ['1.0.post1', '>1.0', false],
    ['1.0.post1', '>1.0.post0', true],
    ['1.0+local', '>1.0', false],
    ['1.0+local', '==1.0', true],
    ['1.0', '==1.0+local', false],
    ['1.4.9', '~=1.4.2', true],
    ['1.5', '~=1.4.2', false],
    ['1.5', '~=1.4', true],
    ['3.11.0', '==3.*', true],
    ['3.11.0', '!=3.11.*', false],
    ['1.0', '===1.0', true],
    ['1.0.0', '===1.0', false],
    ['1.0', '', true],
    ['1.0', '>=0.9, !=1.0', false]
  ])('%s against "%s" is %s', (version, specifier, answer) => {
    expect(satisfiesPython(version, specifier)).toBe(answer)
  })

  it.each([
    ['1.0', 'about 1'],
    ['1.0', '~=1'],
    ['1.0', '>=1.*'],
    ['nonsense', '>=1']
  ])('%s against "%s" is not known', (version, specifier) => {
    expect(satisfiesPython(version, specifier)).toBeUndefined()
  })
})

it('takes no more than a moment for what no version looks like', () => {
  const texts = ['1'.repeat(1e6), '1.'.repeat(1e5), `1+${'a.'.repeat(1e5)}!`]

  const ms = cpuMs(() => {
    for (const text of texts) {
      parsePythonVersion(text)
      satisfiesPython('1', `==${text}`)
    }
  })

  expect(ms).toBeLessThan(500)
})
