import { describe, expect, it } from '@jest/globals'
import type { Component } from '../../../src/model/component.ts'
import type { PublisherRule } from '../../../src/model/policy.ts'
import { npmSignaturesBy } from '../../../src/services/npm-registry/signatures.ts'
import { verifySigned } from '../../../src/stages/signatures.ts'
import type { Inventory, StageResult } from '../../../src/stages/stage.ts'
import { fakeHost } from '../../support/fake-host.ts'
import { runContext } from '../../support/run-context.ts'
import { lockedPackage, signatureOf, sriOf, testKey } from '../../support/signed/npm-registry.ts'
import { provenanceOf, workflowIdentity } from '../../support/signed/provenance.ts'
import { newPair, newSigstore, type Identity } from '../../support/signed/sigstore.ts'

const KEY = testKey()
const SIGSTORE = newSigstore()
const TRUST = { keys: [KEY], trustedRoot: SIGSTORE.trustedRoot, asOf: '2026-06-01' }
const SOURCE = npmSignaturesBy(() => Promise.resolve(TRUST))
const REGISTRY = 'https://m.example/npm/'
const OURS = workflowIdentity({ repository: 'https://github.com/octo/a' })
const THEIRS = workflowIdentity({ repository: 'https://github.com/mallory/a' })

/** Who built each version; nothing for one without provenance, a text for what is served in its place. */
type Versions = Readonly<Record<string, Identity | string | undefined>>

interface Given {
  readonly versions: Versions
  readonly head: string
  /** Version that the base commit locks. */
  readonly base?: string
  readonly publishers?: readonly PublisherRule[]
  /** The registry serves no signatures. */
  readonly stripped?: boolean
  readonly count?: number
}

function lockedAt(version: string): Component {
  return lockedPackage('a', version, `bytes of ${version}`)
}

async function verify(given: Given): Promise<StageResult<undefined>> {
  const { versions, head, base, publishers = [], stripped = false } = given
  const documents = Object.fromEntries(
    Object.entries(versions).map(([version, identity]) => {
      const text = `a@${version}:${sriOf(`bytes of ${version}`)}`
      const attestations = identity === undefined ? undefined : { url: 'x' }
      const dist = stripped ? {} : { signatures: [signatureOf(KEY, text)], attestations }
      return [version, { dist }]
    })
  )
  const attestations = Object.entries(versions).flatMap(([version, identity]) => {
    if (identity === undefined) return []
    const url = `${REGISTRY}-/npm/v1/attestations/a@${version}`
    if (typeof identity === 'string') return [[url, identity]]
    const body = `bytes of ${version}`
    const entry = provenanceOf(SIGSTORE, { name: 'a', version, body, identity })
    return [[url, JSON.stringify({ attestations: [entry] })]]
  })
  const host = fakeHost({
    files: { '.npmrc': `registry=${REGISTRY}` },
    responses: {
      [`${REGISTRY}a`]: JSON.stringify({ versions: documents }),
      ...(Object.fromEntries(attestations) as Record<string, string>)
    }
  })
  const found: Inventory = {
    components: [lockedAt(head)],
    gaps: [],
    lockfiles: [],
    ...(base !== undefined && {
      base: { commit: 'b'.repeat(40), components: [lockedAt(base)], lockfiles: [] }
    })
  }
  return verifySigned(runContext(host), { found, publishers }, [SOURCE])
}

function rulesOf({ findings = [] }: StageResult<undefined>): readonly string[] {
  return findings.map(({ rule }) => rule.id)
}

const RULE: PublisherRule = {
  packages: ['pkg:npm/*'],
  repository: 'https://github.com/octo/a',
  workflow: '.github/workflows/release.yml'
}

describe('a package that the policy gives a publisher', () => {
  it('is accepted with provenance of that publisher', async () => {
    const result = await verify({ versions: { '1.0.0': OURS }, head: '1.0.0', publishers: [RULE] })

    expect(rulesOf(result)).toEqual([])
    expect(result.evidence?.map(({ outcome }) => outcome)).toEqual(['verified', 'verified'])
  })

  it('is accepted when one of several rules names its publisher', async () => {
    const other = { ...RULE, repository: 'https://github.com/octo/other' }

    const result = await verify({
      versions: { '1.0.0': OURS },
      head: '1.0.0',
      publishers: [other, RULE]
    })

    expect(rulesOf(result)).toEqual([])
  })

  it('is contradicted with genuine provenance of another', async () => {
    const result = await verify({
      versions: { '1.0.0': THEIRS },
      head: '1.0.0',
      publishers: [RULE]
    })

    expect(rulesOf(result)).toEqual(['signatures/publisher-mismatch'])
    expect(result.findings?.[0]?.message).toMatch(
      /its repository is https:\/\/github.com\/mallory\/a, expected https:\/\/github.com\/octo\/a/
    )
    expect(result.evidence?.[1]).toMatchObject({
      kind: 'attestation',
      outcome: 'contradicted',
      signer: { repository: 'https://github.com/mallory/a' }
    })
  })

  it.each<[string, Partial<Given>]>([
    ['has no provenance', { versions: { '1.0.0': undefined } }],
    ['has provenance that cannot be read', { versions: { '1.0.0': '<html>' } }],
    ['comes from a registry that serves nothing', { versions: { '1.0.0': OURS }, stripped: true }]
  ])('is unproven when it %s', async (_case, given) => {
    const result = await verify({
      versions: {},
      head: '1.0.0',
      publishers: [RULE],
      ...given
    })

    expect(rulesOf(result)).toContain('signatures/publisher-unproven')
  })

  it('is nobody’s business when no rule names it', async () => {
    const rule = { ...RULE, packages: ['pkg:npm/b'] }

    const result = await verify({
      versions: { '1.0.0': THEIRS },
      head: '1.0.0',
      publishers: [rule]
    })

    expect(rulesOf(result)).toEqual([])
  })
})

describe('a pull request that changes the version of a package', () => {
  it('shows that provenance was lost, with that of the version before', async () => {
    const result = await verify({
      versions: { '1.0.0': OURS, '1.0.1': undefined },
      head: '1.0.1',
      base: '1.0.0'
    })

    expect(result.findings).toMatchObject([
      {
        rule: { id: 'signatures/provenance-lost' },
        subject: 'pkg:npm/a@1.0.1',
        confidence: 'high',
        message: `a 1.0.1 has no provenance; 1.0.0 was built from https://github.com/octo/a at ${'c'.repeat(40)} by https://github.com/octo/a/.github/workflows/release.yml@refs/heads/main`,
        evidence: [{ subject: 'pkg:npm/a@1.0.0', outcome: 'verified' }]
      }
    ])
    expect(result.stats).toMatchObject({ comparedWithBase: 1 })
  })

  it.each<[string, Identity, string]>([
    ['repository', THEIRS, 'has another repository, workflow: '],
    [
      'workflow',
      workflowIdentity({ repository: 'https://github.com/octo/a', workflow: 'x.yml' }),
      'has another workflow: '
    ],
    [
      'builder',
      workflowIdentity({
        repository: 'https://github.com/octo/a',
        builder: 'https://github.com/tools/build/.github/workflows/npm.yml@refs/tags/v1'
      }),
      'has another builder: '
    ]
  ])('shows both sides of another %s', async (_what, identity, change) => {
    const result = await verify({
      versions: { '1.0.0': OURS, '1.1.0': identity },
      head: '1.1.0',
      base: '1.0.0'
    })

    expect(result.findings).toMatchObject([
      {
        rule: { id: 'signatures/publisher-changed' },
        evidence: [{ subject: 'pkg:npm/a@1.1.0' }, { subject: 'pkg:npm/a@1.0.0' }]
      }
    ])
    expect(result.findings?.[0]?.message).toContain(change)
    expect(result.findings?.[0]?.message).toContain(
      '; 1.0.0 was built from https://github.com/octo/a'
    )
  })

  it.each<[string, Given]>([
    [
      'built from another ref of the same workflow',
      {
        versions: {
          '1.0.0': OURS,
          '1.0.1': workflowIdentity({
            repository: 'https://github.com/octo/a',
            ref: 'refs/tags/v2'
          })
        },
        head: '1.0.1',
        base: '1.0.0'
      }
    ],
    [
      'that never had provenance',
      { versions: { '1.0.0': undefined, '1.0.1': undefined }, head: '1.0.1', base: '1.0.0' }
    ],
    [
      'that has provenance now',
      { versions: { '1.0.0': undefined, '1.0.1': OURS }, head: '1.0.1', base: '1.0.0' }
    ],
    [
      'of an older line',
      { versions: { '2.0.0': OURS, '1.9.9': undefined }, head: '1.9.9', base: '2.0.0' }
    ],
    ['that was not there before', { versions: { '1.0.0': undefined }, head: '1.0.0' }]
  ])('has nothing to show of a version %s', async (_case, given) => {
    expect(rulesOf(await verify(given))).toEqual([])
  })

  it('is less sure over a change of the major version', async () => {
    const result = await verify({
      versions: { '1.0.0': OURS, '2.0.0': undefined },
      head: '2.0.0',
      base: '1.0.0'
    })

    expect(result.findings).toMatchObject([
      { rule: { id: 'signatures/provenance-lost' }, confidence: 'medium' }
    ])
  })

  it('says when the version before cannot be looked at', async () => {
    const result = await verify({
      versions: { '1.0.0': '<html>', '1.0.1': undefined },
      head: '1.0.1',
      base: '1.0.0'
    })

    expect(result.findings).toMatchObject([
      {
        rule: { id: 'signatures/unavailable' },
        message: expect.stringContaining('a 1.0.1 could not be compared with 1.0.0') as unknown
      }
    ])
  })

  it('takes no forged provenance for the one before', async () => {
    const forged = bundleWithForeignAuthority()

    const result = await verify({
      versions: { '1.0.0': forged, '1.0.1': undefined },
      head: '1.0.1',
      base: '1.0.0'
    })

    expect(rulesOf(result)).toEqual([])
  })

  it('has one finding for new provenance that does not hold', async () => {
    const result = await verify({
      versions: { '1.0.0': OURS, '1.0.1': bundleWithForeignAuthority('1.0.1') },
      head: '1.0.1',
      base: '1.0.0'
    })

    expect(rulesOf(result)).toEqual(['signatures/invalid'])
  })
})

function bundleWithForeignAuthority(version = '1.0.0'): string {
  const foreign = { ...SIGSTORE, ca: newPair() }
  const body = `bytes of ${version}`
  const entry = provenanceOf(foreign, { name: 'a', version, body, identity: OURS })
  return JSON.stringify({ attestations: [entry] })
}
