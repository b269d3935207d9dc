import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { ServiceError } from '../../src/model/errors.ts'
import {
  githubBaseFiles,
  type GithubRepository,
  hasCommit,
  readEventBase,
  workflowRepository
} from '../../src/services/github.ts'
import { type Canned, type FakeHost, fakeHost } from '../support/fake-host.ts'

const COMMIT = 'ab'.repeat(20)
const WORKFLOW_COMMIT = 'cd'.repeat(20)
const API = 'https://api.example'
const REPOSITORY: GithubRepository = { api: API, slug: 'owner/name', token: 'secret' }
const IN_REPOSITORY = `${API}/repos/owner/name`

function blobId(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex')
}

/** What GitHub answers about a commit with these files. */
function answersOf(
  files: Readonly<Record<string, string>>,
  truncated = false
): Record<string, Canned> {
  const tree = Object.entries(files).map(([path, text]) => ({
    path,
    mode: '100644',
    sha: blobId(text)
  }))
  const others = [
    { path: 'link', mode: '120000', sha: blobId('x') },
    { path: 'sub', mode: '160000', sha: COMMIT },
    { path: 'folder', mode: '040000', sha: COMMIT },
    null,
    { path: 'evil', mode: '100644', sha: '../../../other' }
  ]
  return {
    [`${IN_REPOSITORY}/git/commits/${COMMIT}`]: JSON.stringify({ sha: COMMIT }),
    [`${IN_REPOSITORY}/git/trees/${COMMIT}?recursive=1`]: JSON.stringify({
      tree: [...tree, ...others],
      truncated
    }),
    ...Object.fromEntries(
      Object.entries(files).flatMap(([path, text]) => [
        [`${IN_REPOSITORY}/git/blobs/${blobId(text)}`, text],
        [
          `${IN_REPOSITORY}/contents/${path.split('/').map(encodeURIComponent).join('/')}?ref=${COMMIT}`,
          JSON.stringify({ type: 'file', sha: blobId(text) })
        ]
      ])
    )
  }
}

function filesOf(host: FakeHost, folder = '', local: Readonly<Record<string, string>> = {}) {
  return githubBaseFiles(host, REPOSITORY, { commit: COMMIT, folder, local: (path) => local[path] })
}

describe('the repository of a workflow', () => {
  it.each([
    [{}, undefined],
    [{ GITHUB_API_URL: API }, undefined],
    [{ GITHUB_API_URL: API, GITHUB_REPOSITORY: 'owner/../../x' }, undefined],
    [{ GITHUB_API_URL: 'nothing', GITHUB_REPOSITORY: 'owner/name' }, undefined],
    [{ GITHUB_API_URL: `${API}/`, GITHUB_REPOSITORY: 'owner/name' }, REPOSITORY],
    [
      { GITHUB_API_URL: 'http://plain.example', GITHUB_REPOSITORY: 'owner/name' },
      { api: 'http://plain.example', slug: 'owner/name' }
    ],
    [
      { GITHUB_API_URL: 'http://127.0.0.1:1', GITHUB_REPOSITORY: 'owner/name' },
      { api: 'http://127.0.0.1:1', slug: 'owner/name', token: 'secret' }
    ]
  ])('of %j is %j', (env, repository) => {
    expect(workflowRepository(env, 'secret')).toEqual(repository)
  })
})

describe('a commit', () => {
  it('is there when the API has it', async () => {
    const host = fakeHost({ responses: answersOf({}) })

    expect(await hasCommit(host, REPOSITORY, COMMIT)).toBe(true)
    expect(await hasCommit(host, REPOSITORY, 'cd'.repeat(20))).toBe(false)
    expect(host.requests.map(({ authorization }) => authorization)).toEqual([
      'Bearer secret',
      'Bearer secret'
    ])
  })

  it('is unknown when the API cannot be asked, or answers nonsense', async () => {
    const url = `${IN_REPOSITORY}/git/commits/${COMMIT}`
    const down = new ServiceError({ code: 'SERVICE_STATUS', message: 'x', remedy: 'x' })

    await expect(
      hasCommit(fakeHost({ responses: { [url]: down } }), REPOSITORY, COMMIT)
    ).rejects.toBe(down)
    await expect(
      hasCommit(fakeHost({ responses: { [url]: '<html>' } }), REPOSITORY, COMMIT)
    ).rejects.toMatchObject({ code: 'SERVICE_RESPONSE_INVALID' })
  })
})

describe('files of the base', () => {
  it('are the regular ones of its tree', async () => {
    const base = filesOf(fakeHost({ responses: answersOf({ 'b/lock': 'b', ä: 'a' }) }))

    expect(await base.list()).toEqual({ paths: ['b/lock', 'ä'], truncated: false })
    expect(await base.readTexts(['b/lock', 'ä', 'link', 'none'], 1000)).toEqual(
      new Map([
        ['b/lock', 'b'],
        ['ä', 'a']
      ])
    )
  })

  it('are seen from the folder of the checkout', async () => {
    const base = filesOf(
      fakeHost({ responses: answersOf({ 'web/lock': 'web', lock: 'top' }) }),
      'web'
    )

    expect((await base.list()).paths).toEqual(['lock'])
    expect(await base.readTexts(['lock'], 1000)).toEqual(new Map([['lock', 'web']]))
  })

  it('are asked for one by one when no list was asked for', async () => {
    const host = fakeHost({ responses: answersOf({ 'web/.github/a b.yml': 'policy' }) })

    expect(await filesOf(host, 'web').readTexts(['.github/a b.yml', 'none'], 1000)).toEqual(
      new Map([['.github/a b.yml', 'policy']])
    )
    expect(host.requests.map(({ url }) => url)).not.toContainEqual(expect.stringContaining('trees'))
  })

  it('are asked for one by one when the list is cut', async () => {
    const responses = answersOf({ listed: 'a' }, true)
    const { [`${IN_REPOSITORY}/git/trees/${COMMIT}?recursive=1`]: _, ...beyond } = answersOf({
      beyond: 'b'
    })
    const base = filesOf(fakeHost({ responses: { ...beyond, ...responses } }))

    expect(await base.list()).toEqual({ paths: ['listed'], truncated: true })
    expect((await base.readTexts(['listed', 'beyond', 'none'], 1000)).size).toBe(2)
  })

  it('are not fetched when the checkout has the same', async () => {
    const host = fakeHost({ responses: answersOf({ same: 'same', other: 'old' }) })
    const base = filesOf(host, '', { same: 'same', other: 'new' })
    await base.list()

    expect((await base.readTexts(['same', 'other'], 1000)).get('other')).toBe('old')
    expect(host.requests.filter(({ url }) => url.includes('/blobs/')).length).toBe(1)
  })

  it('never leave the repository', async () => {
    const host = fakeHost()

    await filesOf(host).readTexts(['../../../user', 'a//b', './a', ''], 1000)

    expect(host.requests).toEqual([])
  })

  it('are refused when the bytes are others than asked for', async () => {
    const url = `${IN_REPOSITORY}/git/blobs/${blobId('lock')}`
    const base = filesOf(fakeHost({ responses: { ...answersOf({ lock: 'lock' }), [url]: 'weak' } }))

    await expect(base.readTexts(['lock'], 1000)).rejects.toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID'
    })
  })

  it('are bounded in number and size', async () => {
    const paths = Array.from({ length: 501 }, (_, index) => `${index}`)
    const base = filesOf(
      fakeHost({ responses: answersOf({ a: 'a'.repeat(60), b: 'b'.repeat(60) }) })
    )

    await expect(base.readTexts(paths, 1000)).rejects.toMatchObject({
      code: 'SERVICE_LIMIT_EXCEEDED'
    })
    await expect(base.readTexts(['a', 'b'], 100)).rejects.toMatchObject({
      code: 'SERVICE_LIMIT_EXCEEDED'
    })
  })
})

function eventOf(name: string, payload: unknown): ReturnType<typeof readEventBase> {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const env = {
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: '/event.json',
    GITHUB_SHA: WORKFLOW_COMMIT,
    GITHUB_REF: 'refs/heads/default'
  }
  return readEventBase(fakeHost({ env, machineFiles: { '/event.json': text } }))
}

describe('the base that an event names', () => {
  const pull_request = {
    base: { sha: COMMIT, ref: 'main', repo: { full_name: 'Owner/Name' } },
    head: { repo: { full_name: 'fork/name' } }
  }
  const repository = { full_name: 'Owner/Name' }

  it.each([
    ['pull_request'],
    ['pull_request_target'],
    ['pull_request_review'],
    ['pull_request_review_comment']
  ])('%s is that of the pull request', (name) => {
    expect(eventOf(name, { repository, pull_request })).toEqual({
      commit: COMMIT,
      ref: 'refs/heads/main',
      repositories: ['owner/name', 'fork/name']
    })
  })

  it('merge_group is that of the queue', () => {
    const merge_group = { base_sha: COMMIT, base_ref: 'refs/heads/main' }

    expect(eventOf('merge_group', { repository, merge_group })).toEqual({
      commit: COMMIT,
      ref: 'refs/heads/main',
      repositories: ['owner/name']
    })
  })

  it.each([
    ['issue_comment', { issue: { pull_request: { url: 'x' } } }, ['owner/name']],
    [
      'workflow_run',
      { workflow_run: { event: 'pull_request', head_repository: { full_name: 'Fork/Name' } } },
      ['owner/name', 'fork/name']
    ]
  ])('%s on a pull request is the commit of the workflow itself', (name, payload, repositories) => {
    expect(eventOf(name, { repository, ...payload })).toEqual({
      commit: WORKFLOW_COMMIT,
      ref: 'refs/heads/default',
      repositories
    })
  })

  it.each([
    ['issue_comment', { issue: {} }],
    ['issue_comment', { issue: { pull_request: null } }],
    ['workflow_run', { workflow_run: { event: 'push' } }]
  ])('%s is none without one: %j', (name, payload) => {
    expect(eventOf(name, { repository, ...payload })).toBeUndefined()
  })

  it('may come from a fork that was deleted', () => {
    const payload = { repository, pull_request: { ...pull_request, head: { repo: null } } }

    expect(eventOf('pull_request', payload)).toMatchObject({ repositories: ['owner/name'] })
  })

  it.each([['push'], ['workflow_dispatch'], ['']])('is none for "%s"', (name) => {
    expect(eventOf(name, { repository, pull_request })).toBeUndefined()
  })

  it.each([
    ['', 'cannot be read'],
    ['{', 'cannot be read'],
    ['null', 'names no base commit'],
    ['[]', 'names no base commit'],
    [{ pull_request: { base: { sha: '--upload-pack=x' } } }, 'names no base commit'],
    [{ pull_request: { base: { sha: `${COMMIT}\n` } } }, 'names no base commit']
  ])('is unknown when the payload is %j', (payload, why) => {
    expect(eventOf('pull_request', payload)).toContain(why)
  })
})
