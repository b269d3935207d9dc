import { expect, it } from '@jest/globals'
import type { Checkout } from '../../../src/model/checkout.ts'
import { DEFAULT_POLICY, type Policy } from '../../../src/model/policy.ts'
import type { SigningIdentity } from '../../../src/services/bundle-signer.ts'
import { type Judged, verdictPredicate } from '../../../src/stages/provenance/verdict.ts'
import { fakeHost } from '../../support/fake-host.ts'
import { runContext } from '../../support/run-context.ts'

const COMMIT = 'ffac537e6cbbf934b08745a378932722df287a53'
const IDENTITY = 'https://github.com/o/r/.github/workflows/release.yml@refs/heads/main'

const CHECKOUT: Checkout = {
  name: 'o/r',
  repository: 'https://github.com/o/r.git',
  commit: COMMIT,
  dirty: [],
  dirtyCount: 0,
  submodules: [],
  shallow: false,
  sparse: false
}

const POLICY: Policy = {
  ...DEFAULT_POLICY,
  source: { path: '.github/assay.yml', sha256: 'ab'.repeat(32) }
}

function stated(judged: Partial<Judged>): unknown {
  const predicate = verdictPredicate(runContext(fakeHost()), {
    conclusion: 'pass',
    policy: POLICY,
    checkout: CHECKOUT,
    identity: { kind: 'certificate', identity: IDENTITY, issuer: 'https://issuer.example' },
    ...judged
  })
  expect(predicate.kind).toBe('verdict')
  expect(predicate.predicateType).toBe('https://slsa.dev/verification_summary/v1')
  return JSON.parse([...predicate.chunks()].join(''))
}

it('says who judged what by which policy, and claims no level', () => {
  expect(stated({})).toEqual({
    verifier: { id: IDENTITY, version: { assay: '0.0.0' } },
    timeVerified: '2026-01-02T03:04:05Z',
    resourceUri: 'git+https://github.com/o/r',
    policy: {
      uri: `git+https://github.com/o/r@${COMMIT}#.github/assay.yml`,
      digest: { sha256: 'ab'.repeat(32) },
      annotations: { failOn: DEFAULT_POLICY.failOn }
    },
    verificationResult: 'PASSED',
    verifiedLevels: ['SLSA_BUILD_LEVEL_UNEVALUATED'],
    slsaVersion: '1.2'
  })
})

it('says that it failed', () => {
  expect(stated({ conclusion: 'fail' })).toMatchObject({
    verificationResult: 'FAILED',
    verifiedLevels: ['FAILED']
  })
})

it.each<[string, Partial<Judged>, object]>([
  [
    'a policy of the base commit',
    {
      policy: {
        ...POLICY,
        source: { path: 'a b.yml', commit: '1'.repeat(40), sha256: 'cd'.repeat(32) }
      }
    },
    { policy: { uri: `git+https://github.com/o/r@${'1'.repeat(40)}#a%20b.yml` } }
  ],
  [
    'the defaults',
    { policy: DEFAULT_POLICY },
    { policy: { uri: 'pkg:generic/assay@0.0.0#default-policy' } }
  ],
  [
    'a policy that fails for nothing',
    { policy: { ...POLICY, failOn: 'none' } },
    { policy: { annotations: { failOn: 'none' } } }
  ],
  [
    'a checkout of no repository',
    { checkout: { ...CHECKOUT, repository: '', name: 'a folder' } },
    { resourceUri: 'pkg:generic/a%20folder' }
  ],
  [
    'a repository with credentials in its address',
    { checkout: { ...CHECKOUT, repository: 'https://me:secret@code.example/o/r?x' } },
    { resourceUri: 'git+https://code.example/o/r' }
  ],
  [
    'a key',
    {
      identity: {
        kind: 'key',
        publicKey: '',
        hint: `${'+/'.repeat(21)}8=`
      } satisfies SigningIdentity
    },
    { verifier: { id: `ni:///sha-256;${'-_'.repeat(21)}8` } }
  ]
])('names %s', (_, judged, expected) => {
  expect(stated(judged)).toMatchObject(expected)
})
