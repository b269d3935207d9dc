import { afterEach, describe, expect, it } from '@jest/globals'
import type { Host } from '../../src/host/host.ts'
import { httpClient } from '../../src/host/http.ts'
import type { Component } from '../../src/model/component.ts'
import { digestFromHex } from '../../src/model/digest.ts'
import type { PublisherRule } from '../../src/model/policy.ts'
import type { Settings } from '../../src/model/settings.ts'
import { npmRegistry } from '../../src/services/npm-registry.ts'
import { npmSignaturesBy } from '../../src/services/npm-registry/signatures.ts'
import { verifyLocked } from '../../src/stages/integrity.ts'
import { verifySigned } from '../../src/stages/signatures.ts'
import type { Inventory, StageResult } from '../../src/stages/stage.ts'
import { fakeHost } from '../support/fake-host.ts'
import { runContext } from '../support/run-context.ts'
import { type PackageRegistry, startRegistry } from '../support/services/registry.ts'
import { lockedPackage, signatureOf, sriOf, testKey } from '../support/signed/npm-registry.ts'
import { provenanceOf } from '../support/signed/provenance.ts'
import { newSigstore } from '../support/signed/sigstore.ts'

const KEY = testKey()
const SIGSTORE = newSigstore()
const TRUST = { keys: [KEY], trustedRoot: SIGSTORE.trustedRoot, asOf: '2026-01-01' }
const SOURCE = npmSignaturesBy(() => Promise.resolve(TRUST))

let registry: PackageRegistry | undefined
afterEach(() => registry?.close())

/** A version on the registry: its bytes, and what its signature is over. */
interface Served {
  readonly name: string
  readonly body: string
  /** Absent: no signature. */
  readonly signed?: string
  /** The bytes that its provenance is about. Absent: none. */
  readonly built?: string
}

/** Lets the registry have these packages, all in version 1.0.0. */
async function serve(packages: readonly Served[]): Promise<PackageRegistry> {
  const files = packages.flatMap(({ name, body, signed, built }) => {
    const signatures =
      signed === undefined ? [] : [signatureOf(KEY, `${name}@1.0.0:${sriOf(signed)}`)]
    const attestations = built === undefined ? undefined : { url: 'https://elsewhere.example/' }
    const dist = { integrity: sriOf(body), signatures, attestations }
    const document = { versions: { '1.0.0': { dist } } }
    const provenance = provenanceOf(SIGSTORE, { name, version: '1.0.0', body: built ?? '' })
    return [
      ...(built === undefined
        ? []
        : [
            [`/-/npm/v1/attestations/${name}@1.0.0`, JSON.stringify({ attestations: [provenance] })]
          ]),
      [`/${name}`, JSON.stringify(document)],
      [`/${name}/-/${name}-1.0.0.tgz`, body]
    ]
  })
  registry = await startRegistry({ files: Object.fromEntries(files) as Record<string, string> })
  return registry
}

interface Run {
  readonly components: readonly Component[]
  readonly inventory?: Partial<Inventory>
  readonly settings?: Partial<Settings>
  readonly readsBytes?: boolean
  readonly publishers?: readonly PublisherRule[]
}

/** Both stages, as a run has them. */
async function run(
  { url }: Pick<PackageRegistry, 'url'>,
  { components, inventory, settings, readsBytes = true, publishers = [] }: Run
): Promise<StageResult<undefined>> {
  const fake = fakeHost({ env: { npm_config_registry: url } })
  const timing = { now: () => performance.now(), random: () => 0, sleep: () => Promise.resolve() }
  const host: Host = {
    ...fake,
    http: httpClient({ env: {}, version: '1', concurrency: 8, timing })
  }
  const context = runContext(host, settings)
  const found: Inventory = { components, gaps: [], lockfiles: [], ...inventory }
  const integrity = readsBytes ? await verifyLocked(context, found, [npmRegistry]) : undefined
  const report = {
    stage: 'integrity',
    title: '',
    status: 'completed' as const,
    durationMs: 0,
    findings: [],
    evidence: integrity?.evidence ?? [],
    stats: {}
  }
  return verifySigned({ ...context, reports: [report] }, { found, publishers }, [SOURCE])
}

function outcomesOf({ evidence = [], findings = [] }: StageResult<undefined>): unknown {
  return {
    evidence: evidence.map(({ subject, outcome }) => `${subject} ${outcome}`),
    findings: findings.map(({ rule, subject }) => `${rule.id} ${subject}`)
  }
}

const A = lockedPackage('a', '1.0.0', 'bytes of a')
const B = lockedPackage('b', '1.0.0', 'bytes of b')

describe('signatures of a registry', () => {
  it('are over the bytes that were read', async () => {
    const served = await serve([{ name: 'a', body: 'bytes of a', signed: 'bytes of a' }])

    const result = await run(served, { components: [A] })

    expect(outcomesOf(result)).toEqual({ evidence: ['pkg:npm/a@1.0.0 verified'], findings: [] })
    expect(result.evidence).toMatchObject([
      {
        kind: 'signature',
        observed: A.files[0]?.digests[0],
        detail: expect.stringMatching(/, over the bytes read$/) as unknown,
        source: `${served.url}/a`
      }
    ])
  })

  it('tell of a lock whose bytes the registry never signed', async () => {
    const served = await serve([{ name: 'a', body: 'bytes of a', signed: 'what was published' }])

    const result = await run(served, { components: [A] })

    expect(outcomesOf(result)).toEqual({
      evidence: ['pkg:npm/a@1.0.0 contradicted'],
      findings: ['signatures/invalid pkg:npm/a@1.0.0']
    })
  })

  it('hold for genuine bytes that a lock does not name, and say so', async () => {
    const served = await serve([{ name: 'a', body: 'genuine', signed: 'genuine' }])

    const result = await run(served, { components: [A] })

    expect(result.evidence).toMatchObject([
      {
        outcome: 'verified',
        detail: expect.stringContaining(
          'over the bytes read, which are not the locked ones'
        ) as unknown
      }
    ])
  })

  it('are over the locked digest where no bytes were read, and say so', async () => {
    const served = await serve([{ name: 'a', body: 'bytes of a', signed: 'bytes of a' }])

    const result = await run(served, { components: [A], readsBytes: false })

    expect(result.evidence).toMatchObject([
      {
        outcome: 'verified',
        detail: expect.stringMatching(
          /, over the locked digest; bytes not read in this run$/
        ) as unknown
      }
    ])
    expect(result.evidence?.[0]).not.toHaveProperty('observed')
  })

  it('cannot be checked over SHA-1', async () => {
    const served = await serve([{ name: 'a', body: 'bytes of a', signed: 'bytes of a' }])
    const sha1 = digestFromHex('sha1', 'ab'.repeat(20))
    const files = A.files.map((file) => ({ ...file, digests: sha1 ? [sha1] : [] }))

    const result = await run(served, { components: [{ ...A, files }], readsBytes: false })

    expect(outcomesOf(result)).toEqual({
      evidence: ['pkg:npm/a@1.0.0 unavailable'],
      findings: ['signatures/unavailable no one SHA512 digest of the file is known to hold it to']
    })
  })

  it('are missed of a package whose siblings have one', async () => {
    const served = await serve([
      { name: 'a', body: 'bytes of a', signed: 'bytes of a' },
      { name: 'b', body: 'bytes of b' }
    ])

    const result = await run(served, { components: [A, B] })

    expect(outcomesOf(result)).toEqual({
      evidence: ['pkg:npm/a@1.0.0 verified', 'pkg:npm/b@1.0.0 absent'],
      findings: ['signatures/unsigned pkg:npm/b@1.0.0']
    })
  })

  it('are one finding about many packages without', async () => {
    const names = Array.from({ length: 30 }, (_, at) => `p${at}`)
    const served = await serve([
      { name: 'a', body: 'bytes of a', signed: 'bytes of a' },
      ...names.map((name) => ({ name, body: name }))
    ])
    const components = [A, ...names.map((name) => lockedPackage(name, '1.0.0', name))]

    const result = await run(served, { components })

    expect(result.evidence?.length).toBe(31)
    expect(result.findings).toMatchObject([
      { rule: { id: 'signatures/unsigned' }, subject: `${served.url}/` }
    ])
  })
})

describe('attestations of a registry', () => {
  const repository = 'https://github.com/octo/a'

  it('are over the bytes that were read, and name who built them', async () => {
    const body = 'bytes of a'
    const served = await serve([{ name: 'a', body, signed: body, built: body }])

    const result = await run(served, { components: [A] })

    expect(result.findings).toEqual([])
    expect(result.evidence).toMatchObject([
      { kind: 'signature', outcome: 'verified' },
      {
        kind: 'attestation',
        outcome: 'verified',
        source: `${served.url}/-/npm/v1/attestations/a@1.0.0`,
        signer: {
          repository,
          workflow: `${repository}/.github/workflows/release.yml@refs/heads/main`
        },
        detail: expect.stringMatching(/^built from .*, over the bytes read$/) as unknown
      }
    ])
  })

  it('are refused for other bytes', async () => {
    const body = 'bytes of a'
    const served = await serve([{ name: 'a', body, signed: body, built: 'others' }])

    const result = await run(served, { components: [A] })

    expect(outcomesOf(result)).toEqual({
      evidence: ['pkg:npm/a@1.0.0 verified', 'pkg:npm/a@1.0.0 contradicted'],
      findings: ['signatures/invalid pkg:npm/a@1.0.0']
    })
  })

  it.each([
    ['serves none', '{"attestations":[]}', 'it says that there are attestations, and serves none'],
    [
      'serves no JSON',
      '<html>',
      'the attestations could not be read: the answer is no JSON of a registry'
    ]
  ])('are unavailable when the registry %s', async (_case, answer, reason) => {
    const body = 'bytes of a'
    const served = await serve([{ name: 'a', body, signed: body, built: body }])
    served.put('/-/npm/v1/attestations/a@1.0.0', answer)

    const result = await run(served, { components: [A] })

    expect(outcomesOf(result)).toEqual({
      evidence: ['pkg:npm/a@1.0.0 verified', 'pkg:npm/a@1.0.0 unavailable'],
      findings: [`signatures/unavailable ${served.url}/: ${reason}`]
    })
  })
})

describe('a registry without signatures', () => {
  it('is one observation and one finding, and is not asked about every package', async () => {
    const names = Array.from({ length: 100 }, (_, at) => `p${at}`)
    const served = await serve(names.map((name) => ({ name, body: name })))
    const components = names.map((name) => lockedPackage(name, '1.0.0', name))

    const result = await run(served, { components, readsBytes: false })

    expect(outcomesOf(result)).toEqual({
      evidence: [`${served.url}/ unavailable`],
      findings: [`signatures/registry-serves-none ${served.url}/`]
    })
    expect(result.evidence?.[0]?.detail).toBe(
      'no version of 24 npm packages has a signature here; the other 76 files were not asked about'
    )
    expect(
      served.requests.map(({ path }) => path).filter((path) => !path.endsWith('/1.0.0')).length
    ).toBe(24)
  })

  it('is asked about the first, the last and what lies between', async () => {
    const names = Array.from({ length: 100 }, (_, at) => `p${at}`)
    const served = await serve([
      ...names.slice(1).map((name) => ({ name, body: name })),
      { name: 'p0', body: 'p0', signed: 'p0' }
    ])
    const components = names.map((name) => lockedPackage(name, '1.0.0', name))

    const result = await run(served, { components, readsBytes: false })

    expect(result.evidence?.length).toBe(100)
    expect(result.findings).toMatchObject([{ rule: { id: 'signatures/unsigned' } }])
  })
})

describe('what cannot be looked at', () => {
  it('is one finding for a registry that fails', async () => {
    const served = await serve([])
    served.misbehave('/a', { kind: 'status', status: 403 })
    served.misbehave('/b', { kind: 'status', status: 403 })

    const result = await run(served, { components: [A, B], readsBytes: false })

    expect(outcomesOf(result)).toMatchObject({
      evidence: ['pkg:npm/a@1.0.0 unavailable', 'pkg:npm/b@1.0.0 unavailable'],
      findings: [expect.stringContaining('status 403') as unknown]
    })
  })

  it('is unavailable when the registry knows no such package', async () => {
    const served = await serve([])

    const result = await run(served, { components: [A], readsBytes: false })

    expect(outcomesOf(result)).toEqual({
      evidence: ['pkg:npm/a@1.0.0 unavailable'],
      findings: [`signatures/unavailable ${served.url}/ knows no such package or version`]
    })
  })

  it('is everything when offline, without a request', async () => {
    const served = await serve([{ name: 'a', body: 'x', signed: 'x' }])

    const result = await run(served, {
      components: [A],
      settings: { offline: true },
      readsBytes: false
    })

    expect(outcomesOf(result)).toEqual({
      evidence: ['pkg:npm/a@1.0.0 unavailable'],
      findings: ['signatures/unavailable the run is offline']
    })
    expect(served.requests).toEqual([])
  })

  it('is everything of a checkout whose configuration is refused', async () => {
    const result = await run(
      { url: 'ftp://registry.example' },
      { components: [A, B], readsBytes: false }
    )

    expect(outcomesOf(result)).toMatchObject({
      evidence: ['pkg:npm/a@1.0.0 unavailable', 'pkg:npm/b@1.0.0 unavailable'],
      findings: [expect.stringContaining('is no http or https address') as unknown]
    })
  })
})

describe('what is not asked about', () => {
  it.each<[string, Partial<Component>]>([
    ['test data', { fixture: true }],
    ['git', { origin: { kind: 'git', url: 'https://git.example/a' } }],
    ['an archive of no registry', { origin: { kind: 'archive', url: 'https://x.example/a.tgz' } }],
    ['another ecosystem', { ecosystem: 'Go' }],
    ['what has no file', { files: [] }]
  ])('is %s', async (_case, change) => {
    const served = await serve([])

    const result = await run(served, { components: [{ ...A, ...change }], readsBytes: false })

    expect(result).toEqual({
      output: undefined,
      nothing: 'no dependency is a locked file of a registry with signatures (npm)',
      stats: { files: 0 }
    })
  })

  it('is what the base commit locks in the same way', async () => {
    const served = await serve([{ name: 'b', body: 'bytes of b', signed: 'bytes of b' }])
    const base = { commit: 'c'.repeat(40), components: [A], lockfiles: [] }

    const result = await run(served, { components: [A, B], inventory: { base } })

    expect(outcomesOf(result)).toEqual({ evidence: ['pkg:npm/b@1.0.0 verified'], findings: [] })
    expect(result.section?.blocks[0]).toEqual({
      kind: 'paragraph',
      text: '1 locked file of registries whose packages can be signed; 1 packages are locked as in the base commit.'
    })
  })
})
