import { describe, expect, it } from '@jest/globals'
import {
  holdsRequirements,
  mayHoldRequirements,
  scopeOfFile
} from '../../src/ecosystems/requirements/names.ts'

describe('a requirements file', () => {
  it.each([
    ['requirements.txt', 'runtime'],
    ['requirements-dev.txt', 'development'],
    ['requirements_test.txt', 'development'],
    ['requirements-prod.txt', 'runtime'],
    ['requirements3.12.txt', 'runtime'],
    ['dev-requirements.txt', 'development'],
    ['devrequirements.txt', 'development'],
    ['install/requirements.txt', 'runtime'],
    ['docs/requirements.txt', 'development'],
    ['docs/app/requirements.txt', 'runtime'],
    ['requirements.lock', 'runtime'],
    ['requirements-dev.lock', 'development'],
    ['requirements/base.txt', 'runtime'],
    ['service/requirements/dev.txt', 'development'],
    ['reqs/test.txt', 'development'],
    ['latest-requirements.txt', 'runtime']
  ])('%s is for %s', (path, scope) => {
    const basename = path.slice(path.lastIndexOf('/') + 1)

    expect(mayHoldRequirements(basename) && holdsRequirements(path)).toBe(true)
    expect(scopeOfFile(path)).toBe(scope)
  })

  it.each([
    'constraints.txt',
    'notes/test.txt',
    'dev.txt',
    'requirements.in',
    'requirements.md',
    'requirements/README.txt'
  ])('is not %s', (path) => {
    const basename = path.slice(path.lastIndexOf('/') + 1)

    expect(mayHoldRequirements(basename) && holdsRequirements(path)).toBe(false)
  })
})
