import { afterEach, describe, expect, it } from '@jest/globals'
import { checkoutFiles } from '../../src/host/files.ts'
import { gitRunner } from '../../src/host/git.ts'
import type { Host } from '../../src/host/host.ts'
import type { Base } from '../../src/model/checkout.ts'
import { trustedText } from '../../src/stages/checkout/trusted-text.ts'
import { fakeHost } from '../support/fake-host.ts'
import { type GitRepository, gitRepository } from '../support/git-repository.ts'
import { SETTINGS } from '../support/run-context.ts'

const made: GitRepository[] = []

afterEach(() => {
  for (const repository of made.splice(0)) repository.remove()
})

function reader(host: Host, base?: Base): (path: string) => Promise<string | undefined> {
  const where = {
    name: 'owner/name',
    dirty: [],
    dirtyCount: 0,
    submodules: [],
    shallow: false,
    sparse: false,
    ...(base && { base })
  }
  return trustedText({ host, settings: SETTINGS }, where)
}

describe('a file that says whom to trust', () => {
  const host = fakeHost({ files: { 'a/root.json': '{}', 'big.json': 'x'.repeat(2 * 1024 * 1024) } })

  it.each(['a/root.json', './a/../a/root.json', '/checkout/a/root.json', 'a\\root.json'])(
    'is read from the checkout: %s',
    async (path) => {
      expect(await reader(host)(path)).toBe('{}')
    }
  )

  it('may not be there', async () => {
    expect(await reader(host)('none.json')).toBeUndefined()
  })

  it.each(['..', '../root.json', '/etc/root.json', 'a/../../root.json', 'big.json'])(
    'is refused: %s',
    async (path) => {
      await expect(reader(host)(path)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    }
  )

  it('is that of the base on a pull request, whatever the pull request brings', async () => {
    const repository = gitRepository()
    made.push(repository)
    repository.write('root.json', 'base')
    const commit = repository.commit('base')
    repository.write('root.json', 'head')
    repository.write('new.json', 'head')
    repository.commit('head')
    const files = checkoutFiles(repository.root)
    const git = gitRunner({ root: repository.root, env: process.env, os: process.platform })
    const read = reader({ ...fakeHost(), files, git }, { commit, source: 'git' })

    expect(await read('root.json')).toBe('base')
    expect(await read('new.json')).toBeUndefined()
  })

  it('is not read at all where the base cannot be read', async () => {
    await expect(reader(host, { commit: '0'.repeat(40) })('a/root.json')).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('base commit of the pull request'),
      remedy: expect.stringContaining('contents: read')
    })
  })
})
