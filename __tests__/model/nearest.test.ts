import { expect, it } from '@jest/globals'
import { nearestOf } from '../../src/model/nearest.ts'

const STAGES = ['checkout', 'policy-file', 'inventory', 'integrity', 'sbom', 'upload']

it.each([
  ['integrty', 'integrity'],
  ['Inventory', 'inventory'],
  ['inventroy', 'inventory'],
  ['sbmo', 'sbom'],
  ['policyfile', 'policy-file']
])('finds what was meant by %j', (word, meant) => {
  expect(nearestOf(word, STAGES)).toBe(meant)
})

it.each(['', 'licenses', 'x', 'vulnerabilities'])('finds nothing near %j', (word) => {
  expect(nearestOf(word, STAGES)).toBeUndefined()
})

it('does not compare very long words', () => {
  expect(nearestOf('integrity'.repeat(100_000), STAGES)).toBeUndefined()
})
