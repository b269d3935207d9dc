import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { type GitRepository, gitIn } from '../support/git-repository.ts'
import { npmPackage, npmProject } from '../support/npm-project.ts'
import { type ActionRun, runAction, type Workspace, workspaceOf } from '../support/run-bundle.ts'
import { type GithubApi, startGithubApi } from '../support/services/github.ts'
import { type PackageRegistry, startRegistry } from '../support/services/registry.ts'

const SLUG = 'octo-org/octo-repo'
const POLICY = '.github/assay.yml'
const OLD = [npmPackage('left-pad'), npmPackage('is-odd')]
const NEW = npmPackage('brand-new')

// A change of the policy is itself a finding of the least severity.
const STRICT = 'apiVersion: assay.dev/v1\nkind: Policy\nspec:\n  fail-on: info\n'
const WEAK = 'apiVersion: assay.dev/v1\nkind: Policy\nspec:\n  fail-on: none\n'

jest.setTimeout(60_000)

let registry: PackageRegistry
let api: GithubApi
let workspace: Workspace
let origin: GitRepository
let base: string

beforeEach(async () => {
  registry = await startRegistry({ packages: [...OLD, NEW] })
  workspace = workspaceOf({ ...npmProject(registry, OLD), [POLICY]: STRICT })
  origin = gitIn(workspace.path)
  origin.git('init', '-q', '-b', 'main')
  origin.git('remote', 'add', 'origin', `https://github.com/${SLUG}`)
  base = origin.commit('base')
  for (const [path, text] of Object.entries(npmProject(registry, [...OLD, NEW]))) {
    origin.write(path, text)
  }
  origin.write(POLICY, WEAK)
  origin.commit('head')
  api = await startGithubApi(origin, SLUG)
})

afterEach(async () => {
  await registry.close()
  await api.close()
  workspace.remove()
})

/** As `actions/checkout` leaves it with `fetch-depth: 1`: the head, and no history. */
function shallowClone(): Workspace {
  const shallow = workspaceOf()
  const clone = gitIn(shallow.path)
  clone.git('init', '-q')
  clone.git('remote', 'add', 'origin', `https://github.com/${SLUG}`)
  clone.git('fetch', '-q', '--depth=1', `file://${workspace.path}`, 'main')
  clone.git('checkout', '-q', 'FETCH_HEAD')
  return shallow
}

function runPullRequest(where: Workspace): Promise<ActionRun> {
  const event = join(where.temp, 'event.json')
  const repo = { full_name: SLUG }
  const payload = {
    repository: repo,
    pull_request: { base: { sha: base, ref: 'main', repo }, head: { repo } }
  }
  writeFileSync(event, JSON.stringify(payload))
  return runAction({
    workspace: where,
    inputs: { 'upload-artifact': 'false' },
    env: {
      GITHUB_API_URL: api.url,
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: event,
      GITHUB_REF: 'refs/pull/7/merge'
    }
  })
}

function packagesAskedFor(): readonly string[] {
  const names = registry.requests.map(({ path }) => /\/([\w-]+)-1\.0\.0\.tgz$/.exec(path)?.[1])
  return [...new Set(names.filter((name) => name !== undefined))]
}

/** What holds wherever the base comes from. */
function expectJudgedByBase(run: ActionRun): void {
  expect(run.outputs).toMatchObject({ verdict: 'fail', components: '3', verified: '1' })
  expect(run.summary).toContain('takes effect after the merge')
  expect(run.summary).toContain('Fails on: info or worse.')
  expect(run.summary).toContain(base)
  expect(packagesAskedFor()).toEqual(['brand-new'])
}

describe('a pull request', () => {
  it('is judged by the policy of its base, and checked for what it changes, out of git', async () => {
    const run = await runPullRequest(workspace)

    expectJudgedByBase(run)
    expect(run.exitCode).toBe(1)
    expect(api.requests).toEqual([])
  })

  it('is so through the API when the checkout is shallow, too', async () => {
    const shallow = shallowClone()

    const run = await runPullRequest(shallow)
    shallow.remove()

    expectJudgedByBase(run)
    expect(new Set(api.requests.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer ghs_token0123456789'])
    )
    const others = registry.requests.map(({ headers }) => headers['authorization'])
    expect(others.filter((value) => value?.includes('ghs_token'))).toEqual([])
  })

  it('is so when GitHub cuts its list of files', async () => {
    api.truncate()
    const shallow = shallowClone()

    const run = await runPullRequest(shallow)
    shallow.remove()

    expectJudgedByBase(run)
    expect(run.summary).toContain('is cut')
  })

  it('fails when nobody can say what the policy of its base is, and checks everything', async () => {
    api.refuse(403)
    const shallow = shallowClone()

    const run = await runPullRequest(shallow)
    shallow.remove()

    expect(run.exitCode).toBe(1)
    expect(run.outputs).toMatchObject({ verdict: 'fail', verified: '3' })
    expect(run.log).toContain('checkout/base-unavailable')
    expect(run.log).toContain('policy-file/base-unreadable')
    expect(run.log).toContain('`permissions: contents: read`')
    expect(run.summary).not.toContain('no finding fails')
  })

  it('ends with 2 when the policy of its base is not valid', async () => {
    origin.git('checkout', '-q', base)
    origin.write(POLICY, STRICT.replace('fail-on', 'fail_on'))
    base = origin.commit('broken base')
    origin.git('checkout', '-q', 'main')

    const run = await runPullRequest(workspace)

    expect(run.exitCode).toBe(2)
    expect(run.log).toContain(
      `Cannot use policy "${POLICY} of base commit ${base}": line 4: unknown key "fail_on" in "spec", did you mean "fail-on"?`
    )
  })
})
