import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { checkoutFiles } from '../../src/host/files.ts'
import { gitRunner } from '../../src/host/git.ts'
import type { Host } from '../../src/host/host.ts'
import type { Checkout } from '../../src/model/checkout.ts'
import { ServiceError } from '../../src/model/errors.ts'
import type { Settings } from '../../src/model/settings.ts'
import { checkout } from '../../src/stages/checkout.ts'
import { baseFilesOf } from '../../src/stages/checkout/base-files.ts'
import type { RunContext, StageResult } from '../../src/stages/stage.ts'
import { fakeHost, type Given } from '../support/fake-host.ts'
import { type GitRepository, gitRepository } from '../support/git-repository.ts'
import { runContext } from '../support/run-context.ts'

const ABSENT = 'ab'.repeat(20)
const API = 'https://api.example'
const WORKFLOW = {
  GITHUB_SERVER_URL: 'https://host.example',
  GITHUB_API_URL: API,
  GITHUB_REPOSITORY: 'owner/name',
  GITHUB_REF: 'refs/pull/7/merge',
  GITHUB_EVENT_PATH: '/event.json'
}

const made: GitRepository[] = []

afterEach(() => {
  for (const repository of made.splice(0)) repository.remove()
})

function repositoryOf(origin: string, files: Readonly<Record<string, string>> = {}): GitRepository {
  const repository = gitRepository({ lock: 'old', ...files })
  made.push(repository)
  repository.git('remote', 'add', 'origin', origin)
  return repository
}

/** Real git and disk, everything else in memory. */
function hostIn(root: string, given: Given = {}): Host {
  return {
    ...fakeHost(given),
    git: gitRunner({ root, env: process.env, os: process.platform }),
    files: checkoutFiles(root)
  }
}

function pullRequest(base: string, head = 'fork/name'): Given {
  const payload = {
    repository: { full_name: 'owner/name' },
    pull_request: {
      base: { sha: base, ref: 'main', repo: { full_name: 'owner/name' } },
      head: { repo: { full_name: head } }
    }
  }
  return {
    env: { ...WORKFLOW, GITHUB_EVENT_NAME: 'pull_request' },
    machineFiles: { '/event.json': JSON.stringify(payload) }
  }
}

function run(host: Host, settings: Partial<Settings> = {}): Promise<StageResult<Checkout>> {
  return checkout.run(runContext(host, settings), {})
}

function ruleIds({ findings = [] }: StageResult<Checkout>): readonly string[] {
  return findings.map(({ rule }) => rule.id)
}

describe('without a pull request', () => {
  it('is named after its repository, and after its folder in it', async () => {
    const repository = repositoryOf('git@host.example:owner/name.git', { 'packages/web/x': '' })
    const commit = repository.commit('one')
    const where = { commit, ref: 'refs/heads/main', committedAt: '2026-01-02T02:04:05Z' }

    expect((await run(hostIn(repository.root))).output).toMatchObject({
      name: 'owner/name',
      ...where
    })
    expect((await run(hostIn(join(repository.root, 'packages/web')))).output).toMatchObject({
      name: 'owner/name/packages/web',
      folder: 'packages/web',
      ...where
    })
  })

  it('works without git, and says so', async () => {
    const result = await run(fakeHost())

    expect(result.output).toEqual({
      name: 'checkout',
      dirty: [],
      dirtyCount: 0,
      submodules: [],
      shallow: false,
      sparse: false
    })
    expect(ruleIds(result)).toEqual([])
    expect(JSON.stringify(result.section)).toContain('commit and changes are unknown')
  })

  it('takes the workflow at its word only for the workspace itself', async () => {
    const inWorkspace = await run(
      fakeHost({ env: { ...WORKFLOW, GITHUB_WORKSPACE: '/checkout', GITHUB_REF: 'refs/heads/x' } })
    )
    const beside = await run(fakeHost({ env: { ...WORKFLOW, GITHUB_WORKSPACE: '/' } }))

    expect(inWorkspace.output).toMatchObject({
      name: 'owner/name',
      repository: 'https://host.example/owner/name',
      ref: 'refs/heads/x'
    })
    expect(beside.output.name).toBe('checkout')
    expect(beside.output).not.toHaveProperty('ref')
  })

  it("takes the workflow's ref for the workflow's commit", async () => {
    const repository = repositoryOf('https://host.example/owner/name')
    const commit = repository.commit('one')
    const refFor = async (sha: string): Promise<string | undefined> =>
      (await run(hostIn(repository.root, { env: { ...WORKFLOW, GITHUB_SHA: sha } }))).output.ref

    expect(await refFor(commit)).toBe('refs/pull/7/merge')
    expect(await refFor(ABSENT)).toBe('refs/heads/main')
  })

  it('names what differs, but not the folder that Assay writes', async () => {
    const repository = repositoryOf('https://host.example/owner/name')
    repository.commit('one')
    repository.write('lock', 'new')
    repository.write('assay-report/x', '')

    const { output, section } = await run(hostIn(repository.root), {
      out: join(repository.root, 'assay-report')
    })

    expect(output).toMatchObject({ dirty: ['lock'], dirtyCount: 1 })
    expect(JSON.stringify(section)).toContain('1 path differs from the commit')
  })

  it('finds what is not on disk', async () => {
    const inner = repositoryOf('https://host.example/owner/inner')
    inner.commit('inner')
    const repository = repositoryOf('https://host.example/owner/name', { 'a/x': '', 'b/x': '' })
    repository.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner.root, 'sub')
    repository.commit('one')
    repository.git('submodule', 'deinit', '-q', '-f', 'sub')
    repository.git('sparse-checkout', 'set', 'a')

    const result = await run(hostIn(repository.root))

    expect(ruleIds(result)).toEqual(['checkout/missing-submodule', 'checkout/sparse'])
    expect(result.findings?.[0]).toMatchObject({
      subject: 'sub',
      locations: [{ path: '.gitmodules' }]
    })
  })

  it('finds that changes cannot be told', async () => {
    const repository = repositoryOf('https://host.example/owner/name')
    repository.commit('one')
    repository.write('.git/index', 'damaged')

    const result = await run(hostIn(repository.root))

    expect(ruleIds(result)).toEqual(['checkout/changes-unknown'])
    expect(result.output).toMatchObject({ dirtyUnknown: expect.stringContaining('index') })
  })
})

async function filesIn(context: RunContext, output: Checkout): Promise<readonly string[]> {
  const texts = await baseFilesOf(context, output)?.readTexts(['lock'], 1000)
  return [...(texts?.values() ?? [])]
}

describe('on a pull request', () => {
  const commitUrl = `${API}/repos/owner/name/git/commits/${ABSENT}`
  const found = { [commitUrl]: JSON.stringify({ sha: ABSENT }) }

  it('reads the base from git when it is there', async () => {
    const repository = repositoryOf('https://host.example/owner/name')
    const base = repository.commit('base')
    repository.write('lock', 'new')
    repository.commit('head')
    const host = hostIn(repository.root, pullRequest(base))

    const result = await run(host)

    expect(result.output.base).toEqual({ commit: base, ref: 'refs/heads/main', source: 'git' })
    expect(ruleIds(result)).toEqual([])
    expect(await filesIn(runContext(host), result.output)).toEqual(['old'])
  })

  it('reads the base through the API when git has not got it', async () => {
    const repository = repositoryOf('https://host.example/owner/name')
    repository.commit('head')
    const result = await run(
      hostIn(repository.root, { ...pullRequest(ABSENT), responses: found }),
      { githubToken: 'token' }
    )

    expect(result.output.base).toEqual({ commit: ABSENT, ref: 'refs/heads/main', source: 'api' })
    expect(ruleIds(result)).toEqual([])
  })

  it('reads what a partial clone lacks through the API', async () => {
    const repository = repositoryOf('https://host.example/owner/name')
    const base = repository.commit('base')
    const oid = repository.git('rev-parse', 'HEAD:lock')
    repository.write('lock', 'new')
    repository.commit('head')
    repository.removeObject(oid)
    const api = `${API}/repos/owner/name`
    const host = hostIn(repository.root, {
      ...pullRequest(base),
      responses: {
        [`${api}/contents/lock?ref=${base}`]: JSON.stringify({ type: 'file', sha: oid }),
        [`${api}/git/blobs/${oid}`]: 'old'
      }
    })

    const { output } = await run(host)

    expect(output.base?.source).toBe('git')
    expect(await filesIn(runContext(host), output)).toEqual(['old'])
    await expect(filesIn(runContext(host, { offline: true }), output)).rejects.toMatchObject({
      message: expect.stringContaining('it has not the bytes of "lock"')
    })
  })

  it.each([
    ['the API knows no such commit', {}, {}, 'GitHub shows no such commit'],
    [
      'the API refuses',
      {
        [commitUrl]: new ServiceError({
          code: 'SERVICE_STATUS',
          message: 'status 403',
          remedy: 'x'
        })
      },
      {},
      'status 403'
    ],
    ['there is no network', found, { offline: true }, 'uses no network']
  ] as const)('finds that there is no base when %s', async (_when, responses, settings, why) => {
    const repository = repositoryOf('https://host.example/owner/name')
    repository.commit('head')
    const host = hostIn(repository.root, { ...pullRequest(ABSENT), responses })

    const result = await run(host, settings)

    expect(result.output.base).toEqual({ commit: ABSENT, ref: 'refs/heads/main' })
    expect(ruleIds(result)).toEqual(['checkout/base-unavailable'])
    expect(result.findings?.[0]?.message).toContain(why)
    expect(baseFilesOf(runContext(host, settings), result.output)).toBeUndefined()
  })

  it('takes the base for a checkout of the fork, too', async () => {
    const repository = repositoryOf('https://host.example/Fork/Name.git')
    const base = repository.commit('base')
    repository.commit('head')

    const result = await run(hostIn(repository.root, pullRequest(base)))

    expect(result.output.base).toMatchObject({ commit: base })
  })

  it('has no base for a checkout of the base itself', async () => {
    const repository = repositoryOf('https://host.example/owner/name')
    const base = repository.commit('base')

    const result = await run(hostIn(repository.root, pullRequest(base)))

    expect(result.output).not.toHaveProperty('base')
    expect(ruleIds(result)).toEqual([])
  })

  it('has no base for a checkout of a third repository', async () => {
    const repository = repositoryOf('https://host.example/other/tools')
    const base = repository.commit('one')

    const result = await run(hostIn(repository.root, pullRequest(base)))

    expect(result.output).not.toHaveProperty('base')
    expect(ruleIds(result)).toEqual([])
    expect(JSON.stringify(result.section)).toContain('not the repository of the pull request')
  })

  it('ends when the event does not say what the base is', async () => {
    const env = { ...WORKFLOW, GITHUB_EVENT_NAME: 'pull_request' }

    await expect(run(fakeHost({ env }))).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})
