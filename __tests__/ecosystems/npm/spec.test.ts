import { describe, expect, it } from '@jest/globals'
import {
  gitPinOf,
  isFolderSpec,
  isGitSpec,
  withoutCredentials
} from '../../../src/ecosystems/npm/spec.ts'
import { membersOf } from '../../../src/ecosystems/npm/workspaces.ts'

const COMMIT = 'F82a5854a0884acb963ebe7ebd29d572f1a4ff31'
const commit = COMMIT.toLowerCase()

describe('gitPinOf', () => {
  it.each([
    [`git+ssh://git@host.example/a/b.git#${COMMIT}`, 'ssh://git@host.example/a/b.git', commit],
    [`git+ssh://git@host.example:a/b.git#${COMMIT}`, 'ssh://git@host.example/a/b.git', commit],
    [`git+ssh://git@host.example:22/a.git#${COMMIT}`, 'ssh://git@host.example:22/a.git', commit],
    [`git@host.example:a/b.git#${COMMIT}`, 'ssh://git@host.example/a/b.git', commit],
    [`git+https://u:p@host.example/a.git#${COMMIT}`, 'https://host.example/a.git', commit],
    [`git+ssh://u:p@host.example/a.git#${COMMIT}`, 'ssh://host.example/a.git', commit],
    [`git://host.example/a.git#${COMMIT}::path:packages/b`, 'git://host.example/a.git', commit],
    [`github:a/b#${COMMIT}`, 'https://github.com/a/b.git', commit],
    [`gitlab:token@a/b.git#${COMMIT}`, 'https://gitlab.com/a/b.git', commit],
    ['gist:0123#semver:^1.0.0', 'https://gist.github.com/0123.git', undefined],
    ['git+https://host.example/a.git#main', 'https://host.example/a.git', undefined],
    ['git+https://host.example/a.git', 'https://host.example/a.git', undefined]
  ])('%s', (spec, url, id) => {
    expect(isGitSpec(spec)).toBe(true)
    expect(gitPinOf(spec)).toEqual({ url, ...(id && { commit: id }) })
  })

  it.each([
    '1.0.0',
    '^1.0.0',
    'npm:a@1.0.0',
    'https://host.example/a.tgz',
    'file:a',
    'constructor:a'
  ])('is not asked about %s', (spec) => {
    expect(isGitSpec(spec)).toBe(false)
  })
})

describe('withoutCredentials', () => {
  it.each([
    ['https://host.example/a', 'https://host.example/a'],
    ['https://u:p@host.example/a', 'https://host.example/a'],
    ['https://token@host.example?a@b', 'https://host.example?a@b'],
    ['https://u:p@x@host.example/a@b', 'https://host.example/a@b'],
    ['https://host.example/@scope/a', 'https://host.example/@scope/a'],
    [
      String.raw`https://evil.example\@host.example/a`,
      String.raw`https://evil.example\@host.example/a`
    ],
    ['file:a@b', 'file:a@b']
  ])('%s', (url, plain) => {
    expect(withoutCredentials(url)).toBe(plain)
  })
})

it('tells linked folders from archives', () => {
  expect(isFolderSpec('file:../a')).toBe(true)
  expect(isFolderSpec('file:a.tgz')).toBe(false)
  expect(isFolderSpec('file:a.TAR.GZ')).toBe(false)
})

describe('membersOf', () => {
  it.each([
    [['packages/*'], 'packages/a', true],
    [['./packages/*/'], 'packages/a', true],
    [['packages/*'], 'packages/a/b', false],
    [['packages/**'], 'packages/a/b', true],
    [['**/a'], 'a', true],
    [['**/a/**/b'], 'x/a/y/z/b', true],
    [['packages/*', '!packages/old'], 'packages/old', false],
    [['!packages/old', 'packages/*'], 'packages/old', true],
    [['packages/lib-*-js'], 'packages/lib-a-js', true],
    [['packages/lib-*-js'], 'packages/lib-js', false],
    [['packages/{a,b}'], 'packages/b', true],
    [['tools'], 'tool', false],
    [[5, null], 'packages/a', false],
    [undefined, 'packages/a', false]
  ])('%j takes %s: %s', (workspaces, folder, expected) => {
    expect(membersOf({ workspaces })(folder)).toBe(expected)
    expect(membersOf({ workspaces: { packages: workspaces } })(folder)).toBe(expected)
  })

  it('takes hostile patterns in linear time', () => {
    const isMember = membersOf({ workspaces: [`${'**/'.repeat(1000)}a`, `${'*a'.repeat(1000)}b`] })

    expect(isMember('a/'.repeat(100) + 'a'.repeat(1000))).toBe(false)
  })
})
