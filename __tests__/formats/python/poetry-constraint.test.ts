import { expect, it } from '@jest/globals'
import { pythonMarker, satisfiesPoetry } from '../../../src/formats/python/poetry-constraint.ts'

it.each([
  ['1.9', '^1.2', true],
  ['2.0', '^1.2', false],
  ['0.2.9', '^0.2.3', true],
  ['0.3', '^0.2.3', false],
  ['0.0.4', '^0.0.3', false],
  ['0.9', '^0', true],
  ['1.2.9', '~1.2.3', true],
  ['1.3', '~1.2', false],
  ['1.9', '~1', true],
  ['1.2.5', '1.2.*', true],
  ['1.2', '1.2', true],
  ['1.2', '=1.2', true],
  ['5.0', '*', true],
  ['1.5', '>=1.2 <2', true],
  ['1.5', '>= 1.2, < 1.5', false],
  ['3.1', '^1.0 || ^3.0', true],
  ['2.1', '^1.0|^3.0', false],
  ['1.4.9', '~=1.4.2', true],
  ['1.0', 'about one', undefined],
  ['one', '^1', undefined]
])('%s against %s is %s', (version, constraint, answer) => {
  expect(satisfiesPoetry(version, constraint)).toBe(answer)
})

it.each([
  ['<3.10', "python_version < '3.10'"],
  ['>=3.8,<4', "python_version >= '3.8' and python_version < '4'"],
  ['^3.8.1', "python_full_version >= '3.8.1' and python_version < '4'"],
  ['<3.8 || >=3.11', "python_version < '3.8' or python_version >= '3.11'"],
  ['*', ''],
  ['', ''],
  ['any', '']
])('Python %s is the marker %s', (constraint, marker) => {
  expect(pythonMarker(constraint)).toBe(marker)
})
