import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  utimesSync
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, it } from '@jest/globals'
import { gitRunner } from '../../src/host/git.ts'
import type { Host } from '../../src/host/host.ts'
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

function runnerIn(
  root: string,
  env: Record<string, string | undefined> = process.env
): Host['git'] {
  return gitRunner({ root, env, os: process.platform })
}

/** Everything in a configuration that names a program, each leaving its own trace. */
function hostile(): { repository: GitRepository; traces: string; base: string } {
  const repository = repositoryWith({
    '.gitattributes': '* filter=evil diff=evil merge=evil\n*.bin filter=lfs2\n',
    'a.txt': 'one\n',
    'data.bin': 'two\n',
    'ignored/x': 'x\n'
  })
  const traces = `${repository.root}-traces`
  mkdirSync(traces)
  made.push(gitIn(traces))
  const base = repository.commit('base')
  repository.write('.gitignore', 'ignored/\n')
  const trace = (name: string): string => `touch ${traces}/${name}; cat`
  const settings: Readonly<Record<string, string>> = {
    'core.fsmonitor': join(repository.root, 'hook-fsmonitor'),
    'core.hooksPath': join(repository.root, 'hooks'),
    'core.pager': trace('pager'),
    'pager.status': trace('pager-status'),
    'core.editor': trace('editor'),
    'core.sshCommand': trace('ssh'),
    'core.gitProxy': trace('proxy'),
    'core.askPass': trace('askpass'),
    'core.alternateRefsCommand': trace('alternate-refs'),
    'credential.helper': `!${trace('credential')}`,
    'diff.external': trace('external-diff'),
    'diff.evil.command': trace('diff-command'),
    'diff.evil.textconv': trace('textconv'),
    'merge.evil.driver': trace('merge'),
    'filter.evil.clean': trace('clean'),
    'filter.evil.smudge': trace('smudge'),
    'filter.evil.process': trace('process'),
    'filter.evil.required': 'true',
    'filter.lfs2.process': trace('process2'),
    'gpg.program': trace('gpg'),
    'log.showSignature': 'true',
    'alias.status': `!${trace('alias-status')}`,
    'alias.ls-files': `!${trace('alias-ls-files')}`,
    'submodule.recurse': 'true',
    'status.submoduleSummary': 'true',
    'protocol.ext.allow': 'always',
    'protocol.file.allow': 'always',
    'remote.origin.url': `ext::sh -c "touch ${traces}/ext"`,
    'remote.origin.promisor': 'true',
    'remote.origin.partialclonefilter': 'blob:none',
    'remote.origin.uploadpack': trace('uploadpack'),
    'remote.origin.vcs': 'evil',
    'extensions.partialClone': 'origin',
    'core.repositoryformatversion': '1',
    'include.path': 'more-config'
  }
  repository.write('hook-fsmonitor', `#!/bin/sh\ntouch ${traces}/fsmonitor\n`)
  chmodSync(join(repository.root, 'hook-fsmonitor'), 0o755)
  repository.write('.git/more-config', `[filter "included"]\n  clean = touch ${traces}/included\n`)
  for (const hook of ['post-index-change', 'pre-auto-gc', 'fsmonitor-watchman', 'post-checkout']) {
    for (const folder of ['hooks', '.git/hooks']) {
      repository.write(`${folder}/${hook}`, `#!/bin/sh\ntouch ${traces}/${hook}\n`)
      chmodSync(join(repository.root, folder, hook), 0o755)
    }
  }
  repository.configure(settings)
  // Time stamps that prove nothing: git has to compare contents.
  for (const file of ['a.txt', 'data.bin', 'ignored/x']) {
    repository.write(file, file === 'a.txt' ? 'changed\n' : 'two\n')
    utimesSync(join(repository.root, file), 1, 1)
  }
  return { repository, traces, base }
}

describe('a hostile repository configuration', () => {
  it('starts none of the programs it names', async () => {
    const { repository, traces, base } = hostile()
    const git = runnerIn(repository.root)
    const absent = 'ab'.repeat(20)

    const results = [
      await git([
        'status',
        '--porcelain=v1',
        '-z',
        '--untracked-files=normal',
        '--ignore-submodules=dirty'
      ]),
      await git(['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z']),
      await git(['ls-tree', '-r', '-z', '--full-tree', base]),
      await git(['cat-file', '--batch'], { input: `HEAD^{commit}\n${base}:a.txt\n${absent}\n` }),
      await git(['rev-parse', '--is-shallow-repository', '--show-prefix']),
      await git(['config', '-z', '--list']),
      await git(['symbolic-ref', '-q', 'HEAD'])
    ]

    expect(results.map((result) => result.exitCode)).toEqual(results.map(() => 0))
    expect(results[0]?.stdout).toContain(' M a.txt')
    expect(results[3]?.stdout).toContain(`${absent} missing`)
    expect(readdirSync(traces)).toEqual([])
  })

  it('would start them without these precautions', () => {
    const { repository, traces } = hostile()

    try {
      repository.git('-c', 'alias.x=y', 'status')
    } catch {
      // The filters end badly: that is not what is asked here.
    }

    expect(readdirSync(traces)).toEqual(expect.arrayContaining(['fsmonitor']))
    expect(readdirSync(traces).some((name) => /^(clean|process)/.test(name))).toBe(true)
  })

  it('does not enter submodules', async () => {
    const { repository: inner, traces } = hostile()
    const outer = repositoryWith({ 'b.txt': 'b\n' })
    const clean = repositoryWith({ 'c.txt': 'c\n' })
    clean.commit('submodule')
    outer.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', clean.root, 'sub')
    outer.commit('with a submodule')
    const sub = gitIn(join(outer.root, 'sub'))
    const keys = ['core.fsmonitor', 'filter.evil.clean', 'filter.evil.process']
    sub.configure(Object.fromEntries(keys.map((key) => [key, inner.git('config', key)])))
    sub.write('.gitattributes', '* filter=evil\n')
    sub.write('c.txt', 'changed\n')

    const status = await runnerIn(outer.root)([
      'status',
      '--porcelain=v1',
      '-z',
      '--ignore-submodules=dirty'
    ])

    expect(status).toEqual({ exitCode: 0, stdout: '', stderr: '' })
    expect(readdirSync(traces)).toEqual([])
  })

  it('is not compared with contents when a filter cannot be switched off', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' })
    repository.commit('one')
    repository.git('config', 'filter.a=b.clean', 'cat')

    const status = await runnerIn(repository.root)(['status', '--porcelain=v1', '-z'])

    expect(status).toEqual({
      exitCode: -1,
      stdout: '',
      stderr: 'a content filter has "=" in its name'
    })
  })

  it('cannot point the work tree elsewhere', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' })
    repository.commit('one')
    repository.git('config', 'core.worktree', '/')

    const status = await runnerIn(repository.root)(['status', '--porcelain=v1', '-z'])

    expect(status).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  })

  it('cannot replace what a commit id stands for', async () => {
    const repository = repositoryWith({ 'policy.yml': 'strict\n' })
    const strict = repository.commit('strict')
    repository.write('policy.yml', 'weak\n')
    const weak = repository.commit('weak')
    repository.git('replace', strict, weak)

    const { stdout } = await runnerIn(repository.root)(['cat-file', 'blob', `${strict}:policy.yml`])

    expect(stdout).toBe('strict\n')
  })
})

describe('the environment', () => {
  it('hands on nothing that steers git or is secret', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' })
    const commit = repository.commit('one')
    const other = repositoryWith({ 'b.txt': 'b\n' })
    other.commit('other')
    const env = {
      ...process.env,
      GIT_DIR: join(other.root, '.git'),
      GIT_INDEX_FILE: '/nonexistent',
      GIT_OBJECT_DIRECTORY: '/nonexistent',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'evil.key',
      GIT_CONFIG_VALUE_0: 'x',
      GIT_CONFIG_PARAMETERS: "'evil.other=y'",
      GIT_TRACE: '1'
    }

    const git = runnerIn(repository.root, env)

    expect((await git(['rev-parse', 'HEAD'])).stdout.trim()).toBe(commit)
    expect((await git(['config', '--list'])).stdout).not.toContain('evil')
    expect((await git(['rev-parse', 'HEAD'])).stderr).toBe('')
  })

  it('finds git neither in the checkout nor in a relative folder', async () => {
    const repository = repositoryWith({ git: '#!/bin/sh\ntouch owned\n' })
    chmodSync(join(repository.root, 'git'), 0o755)

    const git = runnerIn(repository.root, { PATH: `.:${repository.root}:bin` })

    expect(await git(['rev-parse', 'HEAD'])).toMatchObject({
      exitCode: -1,
      stderr: 'git is not on the PATH'
    })
    expect(existsSync(join(repository.root, 'owned'))).toBe(false)
  })
})

describe('the repository', () => {
  it('is found from a folder inside of it', async () => {
    const repository = repositoryWith({ 'packages/web/a.txt': 'a\n' })
    repository.commit('one')

    const { stdout } = await runnerIn(join(repository.root, 'packages/web'))([
      'rev-parse',
      '--show-prefix'
    ])

    expect(stdout).toBe('packages/web/\n')
  })

  it('may be absent', async () => {
    const git = runnerIn('/proc/self')

    expect(await git(['rev-parse', 'HEAD'])).toEqual({
      exitCode: -1,
      stdout: '',
      stderr: 'no git repository'
    })
  })

  it('may belong to somebody else, as in a container', async () => {
    if (process.getuid?.() !== 0) return
    const repository = repositoryWith({ 'a.txt': 'a\n' })
    const commit = repository.commit('one')
    chownSync(repository.root, 12_345, 12_345)
    chownSync(join(repository.root, '.git'), 12_345, 12_345)

    expect(() => repository.git('status')).toThrow(/dubious ownership/)
    expect((await runnerIn(repository.root)(['rev-parse', 'HEAD'])).stdout.trim()).toBe(commit)
  })

  it('is not looked for above when that belongs to a third party', async () => {
    if (process.getuid?.() !== 0) return
    const repository = repositoryWith({ 'inner/a.txt': 'a\n' })
    repository.commit('one')
    chownSync(join(repository.root, '.git'), 12_345, 12_345)

    expect(await runnerIn(join(repository.root, 'inner'))(['rev-parse', 'HEAD'])).toMatchObject({
      stderr: 'no git repository'
    })
  })

  it('is not an embedded bare one', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' })
    const commit = repository.commit('one')
    const bare = repositoryWith({ 'b.txt': 'b\n' })
    bare.commit('other')
    const embedded = join(repository.root, 'vendor')
    repository.git('clone', '-q', '--bare', bare.root, embedded)

    expect((await runnerIn(embedded)(['rev-parse', 'HEAD'])).stdout.trim()).toBe(commit)
  })

  it('may be a linked work tree', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' })
    const commit = repository.commit('one')
    const linked = `${repository.root}-linked`
    repository.git('worktree', 'add', '-q', linked)
    made.push(gitIn(linked))

    expect((await runnerIn(linked)(['rev-parse', 'HEAD'])).stdout.trim()).toBe(commit)
  })

  it('may be reached through a link', async () => {
    const repository = repositoryWith({ 'a.txt': 'a\n' })
    repository.commit('one')
    const link = `${repository.root}-link`
    symlinkSync(repository.root, link)
    made.push(gitIn(link))

    expect((await runnerIn(link)(['status', '--porcelain=v1', '-z'])).stdout).toBe('')
  })
})

it('ends git when it waits for ever', async () => {
  const repository = repositoryWith({ 'a.txt': 'a\n' })
  repository.commit('one')
  execFileSync('sh', ['-c', 'mkfifo .gitignore'], { cwd: repository.root })
  const git = gitRunner({
    root: repository.root,
    env: process.env,
    os: process.platform,
    timeoutMs: 500
  })

  expect(await git(['status', '--porcelain=v1', '-z'])).toEqual({
    exitCode: -1,
    stdout: '',
    stderr: 'git did not end within 0.5 seconds'
  })
  await setTimeout(200)
  expect(process.getActiveResourcesInfo()).not.toContain('ProcessWrap')
})

it('refuses a command that nobody looked at', async () => {
  await expect(runnerIn('/')(['fetch'])).rejects.toThrow('not on the list of safe commands')
})

it('keeps no more output than it may', async () => {
  const repository = repositoryWith({ 'a.txt': 'a\n'.repeat(1000) })
  repository.commit('one')

  const result = await runnerIn(repository.root)(['cat-file', 'blob', 'HEAD:a.txt'], {
    maxBytes: 100
  })

  expect(result).toEqual({ exitCode: -1, stdout: '', stderr: 'git wrote more than 100 bytes' })
})

it('keeps every byte as a character when asked to', async () => {
  const repository = repositoryWith({ 'a.txt': 'ä' })
  repository.commit('one')

  const { stdout } = await runnerIn(repository.root)(['cat-file', 'blob', 'HEAD:a.txt'], {
    encoding: 'latin1'
  })

  expect(Buffer.from(stdout, 'latin1').toString()).toBe('ä')
})
