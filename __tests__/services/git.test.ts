import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { checkoutFiles } from '../../src/host/files.ts'
import { gitRunner } from '../../src/host/git.ts'
import type { Host } from '../../src/host/host.ts'
import { MAX_DIRTY } from '../../src/model/checkout.ts'
import { gitBaseFiles, type GitFacts, readGitFacts } from '../../src/services/git.ts'
import { type GitRepository, gitIn, gitRepository } from '../support/git-repository.ts'

const made: GitRepository[] = []

afterEach(() => {
  for (const repository of made.splice(0)) repository.remove()
})

function repositoryWith(files: Readonly<Record<string, string>> = {}): GitRepository {
  const repository = gitRepository(files)
  made.push(repository)
  return repository
}

function hostIn(root: string): Pick<Host, 'git' | 'files'> {
  const git = gitRunner({ root, env: process.env, os: process.platform })
  return { git, files: checkoutFiles(root) }
}

async function factsOf(
  root: string,
  question: { base?: string; out?: string } = {}
): Promise<GitFacts | undefined> {
  return readGitFacts(hostIn(root), question)
}

const CLEAN = { paths: [], count: 0 }

describe('the facts', () => {
  it('are commit, time, ref and repository', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' })
    const commit = repository.commit('one')
    repository.git('remote', 'add', 'origin', 'https://user:token@host.example/owner/name.git')

    expect(await factsOf(repository.root)).toEqual({
      commit,
      committedAt: '2026-01-02T02:04:05Z',
      ref: 'refs/heads/main',
      repository: 'https://host.example/owner/name.git',
      shallow: false,
      sparse: false,
      changes: CLEAN,
      submodules: [],
      hasBase: false
    })
  })

  it('are nothing without a repository', async () => {
    expect(await factsOf('/proc/self')).toBeUndefined()
  })

  it('have no commit before the first', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' })

    const facts = await factsOf(repository.root)

    expect(facts).toMatchObject({ ref: 'refs/heads/main', changes: { paths: ['a.txt'], count: 1 } })
    expect(facts).not.toHaveProperty('commit')
  })

  it('have no ref when a commit is checked out', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' })
    const commit = repository.commit('one')
    repository.git('checkout', '-q', commit)

    expect(await factsOf(repository.root)).not.toHaveProperty('ref')
  })

  it('tell a folder of a repository, with paths relative to it', async () => {
    const repository = repositoryWith({ 'outside.txt': '', 'packages/wéb/in.txt': '' })
    repository.commit('one')
    repository.write('outside.txt', 'changed')
    repository.write('packages/wéb/in.txt', 'changed')

    expect(await factsOf(join(repository.root, 'packages/wéb'))).toMatchObject({
      folder: 'packages/wéb',
      changes: { paths: ['in.txt'], count: 1 }
    })
  })

  it('tell a shallow clone, and whether it has the base', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' })
    const base = repository.commit('one')
    const head = repository.commit('two')
    const clone = repositoryWith()
    clone.git('fetch', '-q', '--depth=1', `file://${repository.root}`, 'main')
    clone.git('checkout', '-q', 'FETCH_HEAD')

    expect(await factsOf(clone.root, { base })).toMatchObject({ shallow: true, hasBase: false })
    expect(await factsOf(clone.root, { base: head })).toMatchObject({ hasBase: true })
    expect(await factsOf(repository.root, { base })).toMatchObject({
      shallow: false,
      hasBase: true
    })
  })

  it('tell a sparse checkout', async () => {
    const repository = repositoryWith({ 'a/a.txt': 'a\n', 'b/b.txt': 'b\n' })
    repository.commit('one')
    repository.git('sparse-checkout', 'set', 'a')

    expect(await factsOf(repository.root)).toMatchObject({ sparse: true, changes: CLEAN })
  })

  it('tell submodules that are there from those that are not', async () => {
    const inner = repositoryWith({ 'x.txt': 'x\n' })
    const commit = inner.commit('inner')
    const repository = repositoryWith()
    for (const path of ['here', 'gone']) {
      repository.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner.root, path)
    }
    repository.commit('with submodules')
    repository.git('submodule', 'deinit', '-q', '-f', 'gone')

    expect((await factsOf(repository.root))?.submodules).toEqual([
      { path: 'gone', commit, missing: true },
      { path: 'here', commit, missing: false }
    ])
  })
})

describe('changes', () => {
  it('are modified, added, deleted and untracked files, but not what Assay writes', async () => {
    const repository = repositoryWith({
      modified: 'a',
      deleted: 'b',
      same: 'c',
      '.gitignore': 'ig\n'
    })
    repository.commit('one')
    repository.write('modified', 'changed')
    repository.git('rm', '-q', 'deleted')
    repository.write('staged', 'new')
    repository.git('add', 'staged')
    repository.write('folder/untracked', 'new')
    repository.write('ig', 'ignored')
    repository.write('assay-report/sbom.json', '{}')
    repository.write('assay-reports', '')

    expect((await factsOf(repository.root, { out: 'assay-report' }))?.changes).toEqual({
      paths: ['assay-reports', 'deleted', 'folder/', 'modified', 'staged'],
      count: 5
    })
  })

  it('are counted when they are too many to list', async () => {
    const repository = repositoryWith()
    repository.commit('one')
    for (let file = 0; file < MAX_DIRTY + 5; file++) repository.write(`file-${file}`, '')

    const changes = (await factsOf(repository.root))?.changes

    expect(changes).toMatchObject({ count: MAX_DIRTY + 5 })
    expect(changes && 'paths' in changes && changes.paths.length).toBe(MAX_DIRTY)
  })

  it('may have any name', async () => {
    const repository = repositoryWith()
    repository.commit('one')
    const names = [' lead', '"quoted"', '-rf', '::error::', 'a\nb', 'ä']
    for (const name of names) repository.write(name, '')

    expect((await factsOf(repository.root))?.changes).toEqual({
      paths: names.toSorted(),
      count: names.length
    })
  })

  it('are not files that Git LFS put in the place of their pointers', async () => {
    const repository = repositoryWith({ '.gitattributes': '*.bin filter=lfs -text\n' })
    for (const [name, content] of [
      ['same.bin', 'content'],
      ['other.bin', 'content']
    ] as const) {
      const digest = createHash('sha256').update(content).digest('hex')
      repository.write(
        `sub/${name}`,
        `version https://git-lfs.github.com/spec/v1\noid sha256:${digest}\nsize 7\n`
      )
    }
    repository.commit('pointers')
    repository.git('config', 'filter.lfs.clean', 'false')
    repository.write('sub/same.bin', 'content')
    repository.write('sub/other.bin', 'changed')

    expect((await factsOf(repository.root))?.changes).toEqual({
      paths: ['sub/other.bin'],
      count: 1
    })
    expect((await factsOf(join(repository.root, 'sub')))?.changes).toEqual({
      paths: ['other.bin'],
      count: 1
    })
  })

  it('are not files whose time stamps changed only', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' })
    repository.commit('one')
    utimesSync(join(repository.root, 'a.txt'), 1, 1)

    expect((await factsOf(repository.root))?.changes).toEqual(CLEAN)
  })

  it('are unknown when git cannot tell', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' })
    repository.commit('one')
    repository.write('.git/index', 'damaged')

    expect((await factsOf(repository.root))?.changes).toEqual({
      unknown: expect.stringContaining('index file')
    })
  })
})

describe('files of the base', () => {
  it('are listed and read as committed', async () => {
    const repository = repositoryWith({ 'ä/lock': 'old ä\n', 'b.txt': 'b', 'a\nb': 'newline' })
    symlinkSync('b.txt', join(repository.root, 'link'))
    chmodSync(join(repository.root, 'b.txt'), 0o755)
    const commit = repository.commit('base')
    repository.write('ä/lock', 'new')
    repository.commit('head')
    const base = gitBaseFiles(hostIn(repository.root), { commit, folder: '' })

    expect(await base.list()).toEqual({ paths: ['a\nb', 'b.txt', 'ä/lock'], truncated: false })
    expect(await base.readTexts(['ä/lock', 'link', 'none', 'ä', 'a\nb'], 1000)).toEqual(
      new Map([
        ['a\nb', 'newline'],
        ['ä/lock', 'old ä\n']
      ])
    )
  })

  it('are read without a list when they are few', async () => {
    const repository = repositoryWith({ '.github/assay.yml': 'policy', '-x': 'dash', '*': 'star' })
    symlinkSync('assay.yml', join(repository.root, '.github/link.yml'))
    const commit = repository.commit('base')
    const read = (path: string): Promise<ReadonlyMap<string, string>> =>
      gitBaseFiles(hostIn(repository.root), { commit, folder: '' }).readTexts([path], 1000)

    expect([...(await read('.github/assay.yml'))]).toEqual([['.github/assay.yml', 'policy']])
    expect([...(await read('-x'))]).toEqual([['-x', 'dash']])
    expect([...(await read('*'))]).toEqual([['*', 'star']])
    expect([...(await read('.github/link.yml'))]).toEqual([])
    expect([...(await read('.github'))]).toEqual([])
    expect([...(await read('none'))]).toEqual([])
  })

  it('are seen from the folder of the checkout', async () => {
    const repository = repositoryWith({ 'web/lock': 'web', lock: 'top' })
    const commit = repository.commit('base')
    mkdirSync(join(repository.root, 'new'))
    const inFolder = (folder: string): ReturnType<typeof gitBaseFiles> =>
      gitBaseFiles(hostIn(join(repository.root, folder)), { commit, folder })

    expect((await inFolder('web').list()).paths).toEqual(['lock'])
    expect(await inFolder('web').readTexts(['lock'], 1000)).toEqual(new Map([['lock', 'web']]))
    expect((await inFolder('new').list()).paths).toEqual([])
    expect(await inFolder('new').readTexts(['lock'], 1000)).toEqual(new Map())
  })

  it('are read by the thousand', async () => {
    const repository = repositoryWith()
    const paths = Array.from({ length: 600 }, (_, index) => `file-${index}`)
    for (const path of paths) repository.write(path, path)
    const commit = repository.commit('base')
    const base = gitBaseFiles(hostIn(repository.root), { commit, folder: '' })

    const texts = await base.readTexts(paths, 1_000_000)

    expect(paths.filter((path) => texts.get(path) !== path)).toEqual([])
  })

  it('are an error when they are too large, or the commit is not there', async () => {
    const repository = repositoryWith({ 'a.txt': 'a'.repeat(1000) })
    const commit = repository.commit('base')
    const host = hostIn(repository.root)

    await expect(
      gitBaseFiles(host, { commit, folder: '' }).readTexts(['a.txt'], 500)
    ).rejects.toMatchObject({ code: 'SERVICE_RESPONSE_INVALID' })
    await expect(
      gitBaseFiles(host, { commit: 'ab'.repeat(20), folder: '' }).list()
    ).rejects.toMatchObject({ code: 'SERVICE_RESPONSE_INVALID' })
  })
})

it('knows a linked work tree by its own branch', async () => {
  const repository = repositoryWith({ 'a.txt': 'a\n' })
  const commit = repository.commit('one')
  const linked = `${repository.root}-linked`
  repository.git('worktree', 'add', '-q', '-b', 'other', linked)
  made.push(gitIn(linked))

  expect(await factsOf(linked)).toMatchObject({ commit, ref: 'refs/heads/other', changes: CLEAN })
})
