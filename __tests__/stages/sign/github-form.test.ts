import { afterEach, beforeEach, expect, it, jest } from '@jest/globals'
import type { Image } from '../../../src/model/image.ts'
import type { SignatureForm } from '../../../src/model/settings.ts'
import type { SignedSubject } from '../../../src/stages/sign/signing.ts'
import { type GithubApi, startGithubApi } from '../../support/services/github.ts'
import { type OciTestRegistry, startOciRegistry } from '../../support/services/oci-registry.ts'
import { type EmbeddedSigstore, startSigstore } from '../../support/services/sigstore/sigstore.ts'
import {
  type Given,
  newKeyPem,
  putImage,
  type SignBench,
  signBench
} from '../../support/sign-bench.ts'

const SLUG = 'octo-org/octo-repo'
const NO_GIT = {
  git: (): string => {
    throw new Error('No git here')
  }
}

// Machines that test much at once take their time.
jest.setTimeout(30_000)

let sigstore: EmbeddedSigstore
let registry: OciTestRegistry
let api: GithubApi
let bench: SignBench
let image: Image

beforeEach(async () => {
  sigstore = await startSigstore()
  api = await startGithubApi(NO_GIT, SLUG)
  const env = { GITHUB_API_URL: api.url, GITHUB_REPOSITORY: SLUG }
  bench = signBench(sigstore, { env })
  registry = await startOciRegistry({ referrers: true })
  image = putImage(registry)
})

afterEach(async () => {
  bench.remove()
  await Promise.all([registry.close(), api.close(), sigstore.close()])
})

function given(...forms: readonly SignatureForm[]): Given {
  return { images: [image], sign: { forms }, settings: { githubToken: 'ghs_0123456789' } }
}

function inForm(subjects: readonly SignedSubject[], wanted: string): readonly string[] {
  return subjects.flatMap(({ what, kept }) =>
    kept
      .filter(({ form }) => form === wanted)
      .map(({ says, outcome, before }) => `${what} ${says} ${outcome}${before ? ' before' : ''}`)
  )
}

it('keeps what is stated about an image with GitHub, too, and signs it once', async () => {
  const { output, findings } = await bench.run(given('referrer', 'github'))

  expect(findings).toEqual([])
  expect(
    inForm(output, 'github').filter((line) => / (?:spdx|provenance) verified$/.test(line)).length
  ).toBeGreaterThanOrEqual(6)
  expect(inForm(output, 'github').filter((line) => !line.endsWith(' verified'))).toEqual([])
  expect(inForm(output, 'github').filter((line) => line.includes('signature'))).toEqual([])
  const statements = inForm(output, 'referrer').length
  const entries = sigstore.requests.filter(
    ({ method, path }) => method === 'POST' && path === '/api/v1/log/entries'
  )
  expect(entries).toHaveLength(statements)
})

it('changes nothing when it runs again', async () => {
  await bench.run(given('referrer', 'github'))
  const kept = api.attestations.kept.length
  const asked = sigstore.requests.length

  const { output } = await bench.run(given('referrer', 'github'))

  expect(inForm(output, 'github').every((line) => line.endsWith('verified before'))).toBe(true)
  expect(api.attestations.kept).toHaveLength(kept)
  const entries = sigstore.requests.slice(asked).filter(({ path }) => path.includes('log/entries'))
  expect(entries).toEqual([])
})

it('brings what is beside the image already to GitHub without signing it again', async () => {
  await bench.run(given('referrer'))
  const asked = sigstore.requests.length

  const { output } = await bench.run(given('referrer', 'github'))

  expect(inForm(output, 'github').length).toBeGreaterThan(0)
  expect(inForm(output, 'github').every((line) => line.endsWith(' verified'))).toBe(true)
  const entries = sigstore.requests.slice(asked).filter(({ path }) => path.includes('log/entries'))
  expect(entries).toEqual([])
})

it('signs nothing where GitHub would not take it, and prints the permission to add', async () => {
  api.attestations.forbid()

  await expect(bench.run(given('referrer', 'github'))).rejects.toThrow(
    expect.objectContaining({
      code: 'PERMISSION_MISSING',
      remedy: expect.stringContaining('`attestations: write`') as unknown
    })
  )
  expect(registry.requests.filter(({ method }) => method === 'PUT')).toEqual([])
})

it.each([
  ['a key', { sign: { mode: 'key', key: newKeyPem() } }, 'found a key'],
  ['no token', { settings: {} }, 'needs a workflow of GitHub and its token']
] as const)('signs nothing with %s, which GitHub does not take', async (_, other, what) => {
  const wanted = given('github')
  const sign = { ...wanted.sign, ...('sign' in other ? other.sign : {}) }

  await expect(bench.run({ ...wanted, ...other, sign })).rejects.toThrow(what)
  expect(api.attestations.kept).toEqual([])
})

it('sends the token to GitHub alone', async () => {
  await bench.run(given('referrer', 'github'))

  const others = [...sigstore.requests, ...registry.requests]
  expect(JSON.stringify(others)).not.toContain('ghs_0123456789')
  expect(api.requests.every(({ authorization }) => authorization === 'Bearer ghs_0123456789')).toBe(
    true
  )
})

it('signs nothing of files that have no place for it', async () => {
  const digest = { algorithm: 'sha256', hex: 'ab'.repeat(32) } as const
  const files = [{ subject: { name: 'a', digest }, path: 'a' }]

  await expect(bench.run({ files, sign: { forms: ['referrer'] } })).rejects.toThrow(
    'There is no place for signatures of files'
  )
})
