import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals'
import { realTiming } from '../../../src/host/http/timing.ts'
import type { Host } from '../../../src/host/host.ts'
import {
  githubAttestations,
  type GithubAttestations
} from '../../../src/services/github-attestations.ts'
import { signFiles } from '../../../src/stages/sign/files.ts'
import type { Kept, SignedSet } from '../../../src/stages/sign/signing.ts'
import { type FileBench, fileBench, predicateOf } from '../../support/file-signing.ts'
import { type GithubApi, startGithubApi } from '../../support/services/github.ts'
import { type EmbeddedSigstore, startSigstore } from '../../support/services/sigstore/sigstore.ts'

const SLUG = 'octo-org/octo-repo'
const SPDX = predicateOf('spdx', 'https://spdx.dev/Document', { spdxVersion: 'SPDX-2.3' })
const BOTH = new Set(['file', 'github'] as const)
const NO_GIT = {
  git: (): string => {
    throw new Error('No git here')
  }
}

// Machines that test much at once take their time.
jest.setTimeout(30_000)

let sigstore: EmbeddedSigstore
let api: GithubApi
let bench: FileBench

beforeAll(async () => {
  sigstore = await startSigstore()
})

afterAll(() => sigstore.close())

beforeEach(async () => {
  api = await startGithubApi(NO_GIT, SLUG)
  bench = fileBench(sigstore, { rekor: 1 })
})

afterEach(async () => {
  bench.remove()
  await api.close()
})

function store(host: Host): GithubAttestations {
  const context = { host, signal: new AbortController().signal, timing: realTiming }
  return githubAttestations(context, { api: api.url, slug: SLUG, token: 'ghs_0123456789' })
}

function statements({ subjects }: SignedSet): readonly Kept[] {
  return subjects.flatMap(({ kept }) => kept.filter(({ says }) => says !== 'signature'))
}

it('is a place for attestations, besides the documents: read back and verified', async () => {
  const { put, work, host, read } = bench
  const files = [put('a', 'a'), put('b', 'b')]

  const set = await signFiles(
    await work(files, { predicates: [SPDX], forms: BOTH, github: store(host) })
  )

  const kept = set.subjects[1]?.kept.filter(({ form }) => form === 'github')
  expect(kept).toMatchObject([
    {
      says: 'spdx',
      outcome: 'verified',
      before: false,
      source: `${api.url}/repos/${SLUG}/attestations/sha256:${files[0]?.subject.digest.hex}`,
      detail: 'kept as 1000000, read back and verified'
    }
  ])
  expect(api.attestations.kept.map(({ digests }) => digests)).toEqual([
    files.map(({ subject }) => `sha256:${subject.digest.hex}`)
  ])
  // One signature, in both places.
  expect(api.attestations.kept[0]?.bundle).toEqual(
    JSON.parse(read('attestation-spdx.sigstore.json'))
  )
})

it('is handed nothing that it has already, and the documents get what it has', async () => {
  const { put, work, host, read } = bench
  const files = [put('a', 'a')]
  const given = { predicates: [SPDX], forms: BOTH, github: store(host) }
  await signFiles(await work(files, given))
  const before = read('attestation-spdx.sigstore.json')
  const fresh = fileBench(sigstore, { rekor: 1 })

  const set = await signFiles(
    await fresh.work([fresh.put('a', 'a')], { ...given, github: store(fresh.host) })
  )

  expect(statements(set).map(({ form, before: was }) => [form, was])).toEqual([
    ['file', false],
    ['github', true]
  ])
  expect(api.attestations.kept).toHaveLength(1)
  expect(fresh.read('attestation-spdx.sigstore.json')).toBe(before)
  fresh.remove()
})

it('is handed the same again for another workflow, or another content', async () => {
  const { put, work, host } = bench
  const files = [put('a', 'a')]
  const given = { forms: BOTH, github: store(host) }
  await signFiles(await work(files, { ...given, predicates: [SPDX] }))

  const other = predicateOf('spdx', SPDX.predicateType, { spdxVersion: 'SPDX-2.3', name: 'x' })
  const set = await signFiles(await work(files, { ...given, predicates: [other] }))

  expect(statements(set).every(({ before }) => !before)).toBe(true)
  expect(api.attestations.kept).toHaveLength(2)
})

it('says which permission is missing, and the documents are there all the same', async () => {
  const { put, work, host } = bench
  api.attestations.forbid()

  const set = await signFiles(
    await work([put('a', 'a')], { predicates: [SPDX], forms: BOTH, github: store(host) })
  )

  const [file, github] = statements(set)
  expect(file).toMatchObject({ form: 'file', outcome: 'verified' })
  expect(github).toMatchObject({ form: 'github', outcome: 'unavailable' })
  expect(github?.remedy).toContain('`attestations: write`')
})

it('is handed nothing that is signed with a key', async () => {
  const keyed = fileBench(sigstore, { rekor: 1, key: true })
  const { put, work, host } = keyed

  const set = await signFiles(
    await work([put('a', 'a')], { predicates: [SPDX], forms: BOTH, github: store(host) })
  )

  expect(statements(set)[1]).toMatchObject({ form: 'github', outcome: 'unavailable' })
  expect(statements(set)[1]?.detail).toContain('signed with a key')
  expect(api.attestations.kept).toEqual([])
  keyed.remove()
})

it('contradicts what it gives back changed', async () => {
  const { put, work, host } = bench
  const real = store(host)
  const lying: GithubAttestations = {
    ...real,
    async find(about) {
      const found = await real.find(about)
      const bundles = found.bundles.map((bundle) => {
        const text = JSON.stringify(bundle)
        return JSON.parse(text.replace('"logIndex":"', '"logIndex":"9')) as unknown
      })
      return { ...found, bundles }
    }
  }

  const set = await signFiles(
    await work([put('a', 'a')], { predicates: [SPDX], forms: BOTH, github: lying })
  )

  expect(statements(set)[1]).toMatchObject({ form: 'github', outcome: 'contradicted' })
})
