import { expect, it } from '@jest/globals'
import { publicRemote, slugOf } from '../../../src/services/git/remote.ts'

it.each([
  ['https://host.example/owner/name.git', 'https://host.example/owner/name.git', 'owner/name'],
  ['https://user:secret@host.example/owner/name', 'https://host.example/owner/name', 'owner/name'],
  ['https://token@host.example/owner/name/', 'https://host.example/owner/name/', 'owner/name'],
  ['https://host.example/a/b/c.git?token=secret#x', 'https://host.example/a/b/c.git', 'a/b/c'],
  ['git@host.example:owner/name.git', 'ssh://git@host.example/owner/name.git', 'owner/name'],
  ['host.example:owner/name', 'ssh://git@host.example/owner/name', 'owner/name'],
  [
    'ssh://git:secret@host.example:22/owner/name',
    'ssh://git@host.example:22/owner/name',
    'owner/name'
  ],
  ['git://host.example/owner/name.git', 'git://host.example/owner/name.git', 'owner/name']
])('shows %j as %j', (remote, shown, slug) => {
  expect(publicRemote(remote)).toBe(shown)
  expect(slugOf(shown)).toBe(slug)
})

it.each([
  ['/home/me/repository'],
  ['../other'],
  ['file:///home/me/repository'],
  ['C:\\code\\repository'],
  ['ext::sh -c "touch x"'],
  [''],
  ['https://'],
  [`https://host.example/${'a'.repeat(5000)}`],
  [`${'a.'.repeat(100_000)}!`]
])('shows nothing of %.40j', (remote) => {
  expect(publicRemote(remote)).toBeUndefined()
})
