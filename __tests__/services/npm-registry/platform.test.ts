import { expect, it } from '@jest/globals'
import { runsOn } from '../../../src/services/npm-registry/platform.ts'

const LINUX = { os: 'linux', cpu: 'x64', libc: 'glibc' } as const
const MAC = { os: 'darwin', cpu: 'arm64' } as const

it.each([
  [{}, true, true],
  [{ os: ['linux'] }, true, false],
  [{ os: ['linux', 'darwin'] }, true, true],
  [{ os: ['!linux'] }, false, true],
  [{ os: ['!win32', '!aix'] }, true, true],
  [{ os: ['linux', '!darwin'] }, true, false],
  [{ os: ['!linux', 'linux'] }, false, false],
  [{ os: ['any'] }, true, true],
  [{ os: ['any', 'win32'] }, false, false],
  [{ os: [] }, true, true],
  [{ cpu: ['arm64'] }, false, true],
  [{ os: ['linux'], cpu: ['arm64'] }, false, false],
  [{ libc: ['glibc'] }, true, false],
  [{ libc: ['musl'] }, false, false],
  [{ libc: ['!musl'] }, true, false]
])('%j is for Linux: %s, for a Mac: %s', (constraint, onLinux, onMac) => {
  expect(runsOn(constraint, LINUX)).toBe(onLinux)
  expect(runsOn(constraint, MAC)).toBe(onMac)
})
