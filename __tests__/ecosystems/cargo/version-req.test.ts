import { expect, it } from '@jest/globals'
import { satisfies } from '../../../src/ecosystems/cargo/version-req.ts'

it.each([
  ['1.2.3', '1.9.0 1.2.3 1.2.4', '1.2.2 2.0.0 0.1.0 1.3.0-beta'],
  ['^1.2', '1.2.0 1.9.9', '1.1.9 2.0.0'],
  ['1', '1.0.0 1.99.0', '0.9.0 2.0.0'],
  ['0.2.3', '0.2.3 0.2.9', '0.2.2 0.3.0 1.2.3'],
  ['0.0.3', '0.0.3', '0.0.2 0.0.4 0.1.3'],
  ['0.0', '0.0.0 0.0.9', '0.1.0'],
  ['0', '0.0.1 0.9.0', '1.0.0'],
  ['~1.2.3', '1.2.3 1.2.9', '1.2.2 1.3.0'],
  ['~1.2', '1.2.0 1.2.9', '1.3.0'],
  ['~1', '1.0.0 1.9.0', '2.0.0'],
  ['*', '0.0.1 9.9.9', '1.0.0-rc.1'],
  ['1.*', '1.0.0 1.9.0', '2.0.0'],
  ['1.2.*', '1.2.0 1.2.9', '1.3.0'],
  ['=1.2.3', '1.2.3 1.2.3+build', '1.2.4 1.2.3-rc.1'],
  ['=1.2', '1.2.0 1.2.9', '1.3.0'],
  ['>1.2', '1.3.0 2.0.0', '1.2.9 1.2.0'],
  ['>=1.2, <1.5', '1.2.0 1.4.9', '1.1.0 1.5.0'],
  ['> 1.2.3', '1.2.4', '1.2.3'],
  ['<=2', '0.1.0 2.9.9', '3.0.0'],
  ['<2', '1.9.9', '2.0.0 2.0.0-rc.1'],
  ['1.0.0-rc.2', '1.0.0-rc.2 1.0.0-rc.10 1.0.0 1.1.0', '1.0.0-rc.1 1.0.0-beta 1.0.1-rc.3'],
  ['=1.0.0-alpha', '1.0.0-alpha', '1.0.0 1.0.0-alpha.1'],
  ['>=1.0.0-1', '1.0.0-a 1.0.0-1 1.0.0-2', '1.0.0-0']
])('%s allows %s and not %s', (requirement, allowed, refused) => {
  const verdicts = (versions: string): unknown[] =>
    versions.split(' ').map((version) => satisfies(version, requirement))

  expect(verdicts(allowed)).not.toContain(false)
  expect(verdicts(allowed)).not.toContain(undefined)
  expect(verdicts(refused)).not.toContain(true)
})

it.each([
  ['1.2.3', 'latest'],
  ['1.2.3', ''],
  ['1.2.3', '1..2'],
  ['1.2', '1'],
  ['1.2.3', `1${',1'.repeat(1000)}`]
])('has no answer for version %s and requirement %s', (version, requirement) => {
  expect(satisfies(version, requirement)).toBeUndefined()
})
