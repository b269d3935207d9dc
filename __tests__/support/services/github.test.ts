import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type GitRepository, gitRepository } from '../git-repository.ts'
import { type GithubApi, startGithubApi } from './github.ts'

const SLUG = 'octo-org/octo-repo'
const TOKEN = { authorization: 'Bearer ghs_token' }
const DIGEST = `sha256:${'a'.repeat(64)}`

let repository: GitRepository
let api: GithubApi

beforeAll(async () => {
  repository = gitRepository()
  api = await startGithubApi(repository, SLUG)
})
afterAll(async () => {
  await api.close()
  repository.remove()
})

const address = (): string => `${api.url}/repos/${SLUG}/attestations`

function post(bundle: unknown, headers: Record<string, string> = TOKEN): Promise<Response> {
  return fetch(address(), { method: 'POST', headers, body: JSON.stringify({ bundle }) })
}

function bundleOf(predicateType: string, subjects = 1): object {
  const digest = { sha256: 'a'.repeat(64) }
  const subject = Array.from({ length: subjects }, () => ({ name: 'a', digest }))
  const statement = JSON.stringify({ predicateType, predicate: {}, subject })
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    dsseEnvelope: { payload: Buffer.from(statement).toString('base64') }
  }
}

async function listed(query: string): Promise<readonly [unknown[], string | null]> {
  const response = await fetch(`${address()}/${DIGEST}?${query}`, { headers: TOKEN })
  const { attestations } = (await response.json()) as { attestations: { bundle: unknown }[] }
  return [attestations.map(({ bundle }) => bundle), response.headers.get('link')]
}

it('keeps attestations, and finds them by the digest of a subject', async () => {
  const bundles = ['one', 'two', 'two'].map((type) => bundleOf(type))
  for (const bundle of bundles) expect((await post(bundle)).status).toBe(201)
  expect(await listed('')).toEqual([bundles, null])
  expect(await listed('predicate_type=two')).toEqual([bundles.slice(1), null])
  expect(await listed('per_page=2')).toEqual([
    bundles.slice(0, 2),
    `<${address()}/${DIGEST}?per_page=2&after=2>; rel="next"`
  ])
  expect(await listed('per_page=2&after=2')).toEqual([bundles.slice(2), null])
})

it('says that there is nothing', async () => {
  const response = await fetch(`${address()}/sha256:${'b'.repeat(64)}`, { headers: TOKEN })

  expect(response.status).toBe(404)
})

it('wants a token, and a bundle that it can read', async () => {
  expect((await post(bundleOf('x'), {})).status).toBe(401)
  expect((await fetch(`${address()}/${DIGEST}`)).status).toBe(401)
  expect((await post({ mediaType: 'x' })).status).toBe(422)
  expect((await post(bundleOf('x', 1025))).status).toBe(422)
})

it('slows down, and forbids', async () => {
  api.attestations.limit(1, 7)
  expect((await post(bundleOf('x'))).status).toBe(201)
  const slowed = await post(bundleOf('x'))
  expect([slowed.status, slowed.headers.get('retry-after')]).toEqual([403, '7'])
  expect((await post(bundleOf('x'))).status).toBe(201)

  api.attestations.forbid()
  expect((await post(bundleOf('x'))).status).toBe(403)
})
