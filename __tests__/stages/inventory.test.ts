import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { checkoutFiles } from '../../src/host/files.ts'
import { gitRunner } from '../../src/host/git.ts'
import type { Host, Walk } from '../../src/host/host.ts'
import type { Checkout } from '../../src/model/checkout.ts'
import { ServiceError } from '../../src/model/errors.ts'
import { DEFAULT_POLICY, type Policy } from '../../src/model/policy.ts'
import type { Settings } from '../../src/model/settings.ts'
import { inventory } from '../../src/stages/inventory.ts'
import type { Inventory, StageResult } from '../../src/stages/stage.ts'
import { fakeHost } from '../support/fake-host.ts'
import { type GitRepository, gitRepository } from '../support/git-repository.ts'
import { runContext } from '../support/run-context.ts'

const WHERE: Checkout = {
  name: 'owner/name',
  dirty: [],
  dirtyCount: 0,
  submodules: [],
  shallow: false,
  sparse: false
}

const made: GitRepository[] = []

afterEach(() => {
  for (const repository of made.splice(0)) repository.remove()
})

interface Given {
  readonly where?: Partial<Checkout>
  readonly policy?: Partial<Policy>
  readonly settings?: Partial<Settings>
}

function run(
  host: Host,
  { where = {}, policy = {}, settings = {} }: Given = {}
): Promise<StageResult<Inventory>> {
  return inventory.run(runContext(host, settings), {
    checkout: { ...WHERE, ...where },
    policy: { ...DEFAULT_POLICY, ...policy }
  })
}

function runOn(files: Readonly<Record<string, string>>, given?: Given): ReturnType<typeof run> {
  return run(fakeHost({ files }), given)
}

function repositoryOf(files: Readonly<Record<string, string>>): GitRepository {
  const repository = gitRepository(files)
  made.push(repository)
  return repository
}

function hostIn(root: string): Host {
  return {
    ...fakeHost(),
    git: gitRunner({ root, env: process.env, os: process.platform }),
    files: checkoutFiles(root)
  }
}

/** A lock of packages by name and version. */
function npmLock(packages: Readonly<Record<string, string>>): string {
  const entries = Object.entries(packages).map(
    ([name, version]) => [`node_modules/${name}`, { version, integrity: 'sha512-x' }] as const
  )
  return JSON.stringify({
    lockfileVersion: 3,
    packages: { '': { dependencies: packages }, ...Object.fromEntries<unknown>(entries) }
  })
}

function gitBlobId(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex')
}

function purls({ output }: StageResult<Inventory>): readonly string[] {
  return output.components.map(({ purl }) => purl)
}

function findingsOf({ findings = [] }: StageResult<Inventory>): readonly (readonly string[])[] {
  return findings.map(({ rule, subject }) => [rule.id, subject])
}

describe('lockfiles', () => {
  it('are merged, sorted and counted', async () => {
    const result = await runOn({
      'b/package-lock.json': npmLock({ left: '1.0.0', both: '1.0.0' }),
      'a/package-lock.json': npmLock({ right: '1.0.0', both: '1.0.0' })
    })

    expect(purls(result)).toEqual([
      'pkg:npm/both@1.0.0',
      'pkg:npm/left@1.0.0',
      'pkg:npm/right@1.0.0'
    ])
    expect(result.output.lockfiles.map(({ path }) => path)).toEqual([
      'a/package-lock.json',
      'b/package-lock.json'
    ])
    expect(result.stats).toMatchObject({ lockfiles: 2, components: 3 })
  })

  it('that are damaged do not hide the others', async () => {
    const result = await runOn({
      'a/package-lock.json': '{\n  "lockfileVersion": oops',
      'b/package-lock.json': npmLock({ left: '1.0.0' })
    })

    expect(purls(result)).toEqual(['pkg:npm/left@1.0.0'])
    expect(findingsOf(result)).toEqual([['inventory/unreadable-lockfile', 'a/package-lock.json']])
    expect(result.findings?.[0]?.locations).toEqual([{ path: 'a/package-lock.json', line: 2 }])
  })

  it('that find a fault of ours do not hide the others', async () => {
    const host = fakeHost({
      files: {
        'a/package-lock.json': npmLock({ left: '1.0.0' }),
        'b/package-lock.json': npmLock({ right: '1.0.0' })
      }
    })
    const files: Host['files'] = {
      ...host.files,
      readText(path, maxBytes) {
        if (path === 'a/package-lock.json') throw new TypeError('no such luck')
        return host.files.readText(path, maxBytes)
      }
    }

    const result = await run({ ...host, files })

    expect(purls(result)).toEqual(['pkg:npm/right@1.0.0'])
    expect(findingsOf(result)).toEqual([['inventory/unreadable-lockfile', 'a/package-lock.json']])
    expect(result.findings?.[0]?.message).toContain('INTERNAL, no such luck')
  })

  it('are missed when there is none', async () => {
    expect(findingsOf(await runOn({ 'README.md': '' }))).toEqual([['inventory/no-lockfile', '.']])
  })

  it('end with the run', async () => {
    const ended = new AbortController()
    ended.abort()
    const context = {
      ...runContext(fakeHost({ files: { 'package-lock.json': '{}' } })),
      signal: ended.signal
    }

    await expect(
      inventory.run(context, { checkout: WHERE, policy: DEFAULT_POLICY })
    ).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})

describe('test data', () => {
  it('is listed and marked', async () => {
    const result = await runOn({
      'package-lock.json': npmLock({ real: '1.0.0' }),
      'test/Fixtures/x/package-lock.json': npmLock({ data: '1.0.0' }),
      'examples/package-lock.json': npmLock({ example: '1.0.0' }),
      'fixtures.d/package-lock.json': npmLock({ other: '1.0.0' })
    })

    expect(result.output.components.map(({ name, fixture }) => [name, fixture ?? false])).toEqual([
      ['data', true],
      ['example', false],
      ['other', false],
      ['real', false]
    ])
    expect(
      result.output.lockfiles.filter(({ fixture }) => fixture).map(({ path }) => path)
    ).toEqual(['test/Fixtures/x/package-lock.json'])
    expect(result.stats).toMatchObject({
      lockfiles: 3,
      components: 3,
      testDataLockfiles: 1,
      testDataComponents: 1
    })
  })

  it('adds nothing to a component of the project', async () => {
    const real = { 'package-lock.json': npmLock({ left: '1.0.0' }) }
    const evil = npmLock({ left: '1.0.0' }).replace('sha512-x', 'sha512-evil')

    const alone = await runOn(real)
    const beside = await runOn({ ...real, 'testdata/package-lock.json': evil })

    expect(beside.output.components).toEqual(alone.output.components)
    expect(beside.output.lockfiles.length).toBe(2)
  })

  it('is no lockfile of the project', async () => {
    const result = await runOn({ 'testdata/package-lock.json': npmLock({ data: '1.0.0' }) })

    expect(findingsOf(result)).toEqual([['inventory/no-lockfile', '.']])
    expect(result.findings?.[0]?.message).toContain('but for 1 among test data')
  })

  it('may be damaged on purpose', async () => {
    const result = await runOn({
      'package-lock.json': npmLock({ real: '1.0.0' }),
      'fixtures/package-lock.json': 'damaged',
      'fixtures/package.json': '{ "dependencies": { "a": "1" } }',
      'fixtures/sub/yarn.lock': ''
    })

    expect(result.findings?.map(({ rule, severity }) => [rule.id, severity])).toEqual([
      ['inventory/unreadable-fixture', 'info']
    ])
  })
})

it('folds damaged test data into one finding', async () => {
  const data = Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [`fixtures/${at}/package-lock.json`, 'damaged'])
  )

  const { findings = [] } = await runOn({ ...data, 'package-lock.json': npmLock({}) })

  expect(findings.length).toBe(1)
  expect(findings[0]).toMatchObject({
    severity: 'info',
    message: expect.stringMatching(/^12 lockfiles .* and 2 more$/)
  })
})

describe('what is left out', () => {
  const files = {
    'package-lock.json': npmLock({ real: '1.0.0' }),
    'examples/a/package-lock.json': npmLock({ example: '1.0.0' }),
    'vendor/package-lock.json': npmLock({ vendored: '1.0.0' })
  }

  it('is what inputs and policy exclude, and it is told', async () => {
    const result = await runOn(files, {
      settings: { exclude: ['examples/'] },
      policy: { exclude: ['/vendor/*'] }
    })

    expect(purls(result)).toEqual(['pkg:npm/real@1.0.0'])
    expect(JSON.stringify(result.section)).toContain('2 paths left out by `exclude`')
  })

  it('is never left out by a pattern that cannot be understood', async () => {
    await expect(runOn(files, { settings: { exclude: ['!x'] } })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('"!x"')
    })
  })

  it('is what git ignores and does not track, and the output of Assay', async () => {
    const repository = repositoryOf({
      '.gitignore': 'build/\ntracked/\n*.tmp/\n',
      'package-lock.json': npmLock({ real: '1.0.0' }),
      'tracked/package-lock.json': npmLock({ tracked: '1.0.0' })
    })
    repository.git('add', '-f', '.')
    repository.commit('one')
    for (const folder of ['build', 'a/b.tmp', 'assay-report', 'untracked', '.git/x']) {
      repository.write(
        `${folder}/package-lock.json`,
        npmLock({ [folder.replace(/\W/g, '-')]: '1.0.0' })
      )
    }

    const result = await run(hostIn(repository.root), {
      settings: { out: join(repository.root, 'assay-report') }
    })

    expect(purls(result)).toEqual([
      'pkg:npm/real@1.0.0',
      'pkg:npm/tracked@1.0.0',
      'pkg:npm/untracked@1.0.0'
    ])
    expect(JSON.stringify(result.section)).toContain('2 paths that git ignores')
  })

  it('is what git ignores below a folder of the repository, too', async () => {
    const repository = repositoryOf({
      '.gitignore': 'build/\n',
      'web/package-lock.json': npmLock({ real: '1.0.0' }),
      'web/build/package-lock.json': npmLock({ built: '1.0.0' })
    })
    repository.commit('one')

    expect(purls(await run(hostIn(join(repository.root, 'web'))))).toEqual(['pkg:npm/real@1.0.0'])
  })

  it('is not another checkout inside, which is named', async () => {
    const repository = repositoryOf({ 'package-lock.json': npmLock({ real: '1.0.0' }) })
    repository.commit('one')
    mkdirSync(join(repository.root, 'tools/.git'), { recursive: true })
    repository.write('tools/package-lock.json', npmLock({ tool: '1.0.0' }))

    const result = await run(hostIn(repository.root))

    expect(purls(result)).toEqual(['pkg:npm/real@1.0.0', 'pkg:npm/tool@1.0.0'])
    expect(JSON.stringify(result.section)).toContain('1 repository inside the checkout')
  })
})

describe('what was not seen', () => {
  it('is a finding where a lockfile is a link that leads away, or no file', async () => {
    const host = fakeHost({ files: { 'package-lock.json': npmLock({ a: '1.0.0' }) } })
    const walk: Walk = {
      paths: ['package-lock.json'],
      unseen: [],
      unseenCount: 0,
      irregular: ['app/package-lock.json', 'app/socket'],
      repositories: []
    }

    const result = await run({
      ...host,
      files: { ...host.files, walk: () => Promise.resolve(walk) }
    })

    expect(result.findings).toMatchObject([
      { rule: { id: 'inventory/unseen' }, subject: 'app/package-lock.json' }
    ])
    expect(result.stats).toMatchObject({ unread: 1 })
  })

  it('is a finding for each place, and one for the rest', async () => {
    const host = fakeHost({ files: { 'package-lock.json': npmLock({ a: '1.0.0' }) } })
    const walk: Walk = {
      paths: ['package-lock.json'],
      unseen: Array.from({ length: 100 }, (_, at) => ({ path: `closed-${at}/`, reason: 'EACCES' })),
      unseenCount: 1234,
      irregular: [],
      repositories: []
    }

    const result = await run({
      ...host,
      files: { ...host.files, walk: () => Promise.resolve(walk) }
    })

    expect(result.findings?.length).toBe(21)
    expect(result.findings?.[0]).toMatchObject({
      rule: { id: 'inventory/unseen' },
      message: '"closed-0/" could not be looked at: EACCES'
    })
    expect(result.findings?.at(-1)?.message).toBe('1214 more places could not be looked at')
  })

  it.each([
    ['package.json', '{"dependencies":{"a":"1"}}'],
    ['package.json', '{"devDependencies":{"a":"1"}}'],
    ['pyproject.toml', '[project]\nname = "x"\ndependencies = ["a"]\n'],
    ['pyproject.toml', '[tool.poetry.dependencies]\npython = "^3"\na = "1"\n'],
    ['Pipfile', '[packages]\na = "*"\n'],
    ['Cargo.toml', '[package]\nname = "x"\n[dependencies]\na = "1"\n'],
    ['Cargo.toml', '[workspace]\nmembers = ["a"]\n'],
    ['go.mod', 'module x\n\ngo 1.24\n\nrequire example.com/a v1.0.0\n']
  ])('is what %s asks for and nothing locks: %j', async (name, text) => {
    const result = await runOn({ [`sub/${name}`]: text })

    expect(findingsOf(result)).toContainEqual(['inventory/missing-lockfile', `sub/${name}`])
  })

  it.each([
    ['package.json', '{"name":"x"}', {}],
    ['package.json', '{"dependencies":{}}', {}],
    ['package.json', 'damaged', {}],
    ['package.json', '{"dependencies":{"a":"1"}}', { 'yarn.lock': '' }],
    ['package.json', '{"dependencies":{"a":"1"}}', { 'sub/pnpm-lock.yaml': '' }],
    ['pyproject.toml', '[tool.poetry.dependencies]\npython = "^3"\n', {}],
    ['pyproject.toml', '[project]\ndependencies = ["a"]\n', { 'sub/requirements-dev.txt': '' }],
    ['Cargo.toml', '[dependencies]\na = "1"\n', { 'Cargo.lock': 'version = 4\n' }],
    ['go.mod', 'module x\n\ngo 1.24\n', {}]
  ])('is nothing of %s: %j with %j', async (name, text, locks) => {
    const result = await runOn({ [`sub/${name}`]: text, ...locks })

    expect(findingsOf(result).map(([rule]) => rule)).not.toContain('inventory/missing-lockfile')
  })

  it('is what a package manager locks that Assay does not read', async () => {
    const result = await runOn({
      'a/yarn.lock': '',
      'b/Gemfile.lock': '',
      'c/package-lock.json': npmLock({})
    })

    expect(findingsOf(result)).toEqual([
      ['inventory/unsupported-lockfile', 'a/yarn.lock'],
      ['inventory/unsupported-lockfile', 'b/Gemfile.lock']
    ])
  })

  it('is counted when it is too much to name', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 80 }, (_, at) => [`p${at}/package.json`, '{"dependencies":{"a":"1"}}'])
    )

    const { findings = [] } = await runOn({ ...files, 'x/package-lock.json': npmLock({}) })

    expect(findings.length).toBe(51)
    expect(findings.at(-1)?.message).toBe('The same holds for 30 more files')
  })
})

function basedOn(commit: string): Given {
  return { where: { base: { commit, source: 'git' } } }
}

describe('the base', () => {
  const head = { 'package-lock.json': npmLock({ kept: '1.0.0', added: '1.0.0' }) }

  it('is read with the same code, files beside lockfiles included', async () => {
    const goMod = 'module x\n\ngo 1.24\n\nrequire example.com/a v1.0.0\n'
    const goSum = `example.com/a v1.0.0 h1:${'A'.repeat(43)}=\nexample.com/a v1.0.0/go.mod h1:${'B'.repeat(43)}=\n`
    const repository = repositoryOf({
      'package-lock.json': npmLock({ kept: '1.0.0', gone: '1.0.0' }),
      'go/go.mod': goMod,
      'go/go.sum': goSum,
      'fixtures/package-lock.json': npmLock({ data: '1.0.0' }),
      'old/package-lock.json': npmLock({ excluded: '1.0.0' }),
      'node_modules/x/package-lock.json': npmLock({ installed: '1.0.0' }),
      'bad/package-lock.json': 'damaged'
    })
    const commit = repository.commit('base')
    for (const [path, text] of Object.entries(head)) repository.write(path, text)

    const result = await run(hostIn(repository.root), {
      ...basedOn(commit),
      policy: { exclude: ['old/'] }
    })
    const { base, components } = result.output

    expect(base?.commit).toBe(commit)
    expect(base?.components.map(({ purl }) => purl)).toEqual([
      'pkg:golang/example.com/a@v1.0.0',
      'pkg:npm/gone@1.0.0',
      'pkg:npm/kept@1.0.0'
    ])
    expect(base?.components[0]).toEqual(components.find(({ name }) => name === 'example.com/a'))
    expect(base?.components[0]?.files.length).toBeGreaterThan(0)
    expect(JSON.stringify(result.section)).toContain('1 lockfile of the base cannot be read')
  })

  it('may lock nothing', async () => {
    const repository = repositoryOf({})
    const commit = repository.commit('base')
    for (const [path, text] of Object.entries(head)) repository.write(path, text)

    const { output, findings } = await run(hostIn(repository.root), basedOn(commit))

    expect(output.base).toEqual({ commit, components: [], lockfiles: [] })
    expect(findings).toEqual([])
  })

  it('is absent when it cannot be read, which is a finding', async () => {
    const repository = repositoryOf(head)
    repository.commit('head')

    const result = await run(hostIn(repository.root), basedOn('ab'.repeat(20)))

    expect(result.output).not.toHaveProperty('base')
    expect(findingsOf(result)).toEqual([['inventory/base-unreadable', '.']])
    expect(purls(result).length).toBe(2)
  })

  it('is asked for every lockfile of the checkout where the list of its files is cut', async () => {
    const commit = 'ab'.repeat(20)
    const api = 'https://api.example/repos/owner/name'
    const old = npmLock({ kept: '1.0.0' })
    const oid = gitBlobId(old)
    const host = fakeHost({
      files: head,
      env: { GITHUB_API_URL: 'https://api.example', GITHUB_REPOSITORY: 'owner/name' },
      responses: {
        [`${api}/git/trees/${commit}?recursive=1`]: '{"tree":[],"truncated":true}',
        [`${api}/contents/package-lock.json?ref=${commit}`]: `{"type":"file","sha":"${oid}"}`,
        [`${api}/git/blobs/${oid}`]: old
      }
    })

    const result = await run(host, { where: { base: { commit, source: 'api' } } })

    expect(result.output.base?.components.map(({ name }) => name)).toEqual(['kept'])
    expect(JSON.stringify(result.section)).toContain('is cut')
  })

  it('is not asked for when the network fails', async () => {
    const commit = 'ab'.repeat(20)
    const url = `https://api.example/repos/owner/name/git/trees/${commit}?recursive=1`
    const down = new ServiceError({ code: 'SERVICE_TIMEOUT', message: 'too slow', remedy: 'x' })
    const host = fakeHost({
      files: head,
      env: { GITHUB_API_URL: 'https://api.example', GITHUB_REPOSITORY: 'owner/name' },
      responses: { [url]: down }
    })

    const result = await run(host, { where: { base: { commit, source: 'api' } } })

    expect(findingsOf(result)).toEqual([['inventory/base-unreadable', '.']])
    expect(result.findings?.[0]?.message).toBe('too slow')
  })
})
