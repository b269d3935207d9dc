import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readMachineText } from '../../src/host/files.ts'

describe('readMachineText', () => {
  let home = ''

  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'assay-home-'))
    mkdirSync(join(home, 'folder'))
    writeFileSync(join(home, '.npmrc'), 'registry=x\n')
    symlinkSync(join(home, '.npmrc'), join(home, 'linked'))
  })

  afterAll(() => {
    rmSync(home, { recursive: true })
  })

  it('reads a regular file, and through a link', () => {
    expect(readMachineText(join(home, '.npmrc'), 100)).toBe('registry=x\n')
    expect(readMachineText(join(home, 'linked'), 100)).toBe('registry=x\n')
  })

  it('has nothing for a folder, a missing file, a file below a file and a relative path', () => {
    const paths = [
      join(home, 'folder'),
      join(home, 'none'),
      join(home, '.npmrc', 'below'),
      '.npmrc',
      ''
    ]

    expect(paths.map((path) => readMachineText(path, 100))).toEqual(paths.map(() => undefined))
  })

  it('refuses a file above the limit', () => {
    expect(() => readMachineText(join(home, '.npmrc'), 5)).toThrow(
      expect.objectContaining({ code: 'FILE_TOO_LARGE' })
    )
  })
})
