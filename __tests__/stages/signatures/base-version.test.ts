import { expect, it } from '@jest/globals'
import { baseVersionOf } from '../../../src/stages/signatures/base-version.ts'
import { lockedPackage } from '../../support/signed/npm-registry.ts'

it.each<[string, readonly string[], string | undefined, boolean | undefined]>([
  ['1.14.1', ['1.14.0'], '1.14.0', true],
  ['1.14.1', ['1.2.0', '1.10.0', '2.0.0'], '1.10.0', true],
  ['1.0.0', ['1.14.0'], '1.14.0', true],
  ['2.0.0', ['1.14.0', '1.2.0'], '1.14.0', false],
  // A maintenance line beside a newer one.
  ['6.4.1', ['7.1.0'], undefined, undefined],
  ['0.30.4', ['0.30.3', '0.29.0'], '0.30.3', true],
  ['0.31.0', ['0.30.3'], '0.30.3', false],
  ['v2.1.0', ['v2.0.0'], 'v2.0.0', true],
  ['1.0.0', [], undefined, undefined],
  ['1.0.0', ['1.0.0'], undefined, undefined],
  ['latest', ['1.0.0'], undefined, undefined]
])('the version before %s, of %j, is %s', (version, before, expected, sameLine) => {
  const known = before.map((each) => lockedPackage('a', each, 'x'))

  const found = baseVersionOf(lockedPackage('a', version, 'x'), known)

  expect(found?.component.version).toBe(expected)
  expect(found?.sameLine).toBe(sameLine)
})
