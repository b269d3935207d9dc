import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { VERSION } from '../../src/model/version.ts'

it('is the version of the package', () => {
  const manifest = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')

  expect(JSON.parse(manifest)).toMatchObject({ version: VERSION })
})
