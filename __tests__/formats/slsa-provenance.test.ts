import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { renderStatement, statementIn } from '../../src/formats/in-toto.ts'
import { SLSA_PROVENANCE } from '../../src/formats/slsa.ts'
import { slsaProvenance, slsaProvenance02 } from '../../src/formats/slsa-provenance.ts'
import { VSA, verificationSummary } from '../../src/formats/vsa.ts'
import type { Subject } from '../../src/model/subject.ts'
import type { WorkflowClaims } from '../../src/model/workflow-claims.ts'
import { expectGolden } from '../support/golden.ts'

const GOLDEN = join(import.meta.dirname, '../fixtures/statements')

const SUBJECT: Subject = {
  name: 'dist/app.tar.gz',
  digest: { algorithm: 'sha256', hex: '5e'.repeat(32) }
}

const CLAIMS: WorkflowClaims = {
  issuer: 'https://token.actions.githubusercontent.com',
  repository: 'octo-org/octo-repo',
  repositoryId: '74',
  repositoryOwnerId: '65',
  repositoryVisibility: 'public',
  ref: 'refs/heads/main',
  sha: 'ffac537e6cbbf934b08745a378932722df287a53',
  workflowRef: 'octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main',
  workflowSha: 'ffac537e6cbbf934b08745a378932722df287a53',
  jobWorkflowRef: 'octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main',
  jobWorkflowSha: 'ffac537e6cbbf934b08745a378932722df287a53',
  eventName: 'push',
  runnerEnvironment: 'github-hosted',
  runId: '30433642',
  runAttempt: '2'
}

const FACTS = { claims: CLAIMS, server: 'https://github.com' }

const REUSED = {
  ...FACTS,
  claims: {
    ...CLAIMS,
    eventName: 'workflow_dispatch',
    jobWorkflowRef: 'acme/builders/.github/workflows/attest.yml@refs/tags/v1@2',
    jobWorkflowSha: '0123456789abcdef0123456789abcdef01234567'
  },
  inputs: { debug: true, version: '1.2.3' }
}

const SUMMARY = {
  verifier: 'https://github.com/octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main',
  version: '0.1.0',
  verifiedAt: new Date('2026-01-02T03:04:05.678Z'),
  resource: 'git+https://github.com/octo-org/octo-repo',
  policy: {
    uri: 'git+https://github.com/octo-org/octo-repo@ffac537e6cbbf934b08745a378932722df287a53#.github/assay.yml',
    digest: { algorithm: 'sha256', hex: 'ab'.repeat(32) },
    failOn: 'high'
  },
  attestations: []
} as const

describe('a whole statement, as it is signed', () => {
  it.each([
    ['provenance-v1', SLSA_PROVENANCE.v1, slsaProvenance(FACTS)],
    ['provenance-v1-reused-by-hand', SLSA_PROVENANCE.v1, slsaProvenance(REUSED)],
    ['provenance-v0.2', SLSA_PROVENANCE.v02, slsaProvenance02(FACTS)],
    ['provenance-v0.2-reused-by-hand', SLSA_PROVENANCE.v02, slsaProvenance02(REUSED)],
    ['vsa-passed', VSA, verificationSummary({ ...SUMMARY, conclusion: 'pass' })],
    ['vsa-failed', VSA, verificationSummary({ ...SUMMARY, conclusion: 'fail' })]
  ])('%s', (name, predicateType, predicate) => {
    const bytes = renderStatement([SUBJECT], predicateType, [JSON.stringify(predicate)])

    expect(statementIn(bytes)).toMatchObject({ predicateType, subjects: [{ name: SUBJECT.name }] })
    const text = new TextDecoder().decode(bytes)
    expectGolden(join(GOLDEN, `${name}.json`), JSON.parse(text))
  })
})

it('names a commit of SHA-256 as such in the old form', () => {
  const claims = { ...CLAIMS, sha: '12'.repeat(32) }

  expect(slsaProvenance02({ ...FACTS, claims })).toMatchObject({
    materials: [{ digest: { sha256: '12'.repeat(32) } }]
  })
})

describe('verificationSummary', () => {
  it('lists the attestations that were looked at, or says nothing about them', () => {
    const attestations = [{ digest: { algorithm: 'sha256', hex: 'cd'.repeat(32) } }] as const

    const summary = verificationSummary({ ...SUMMARY, conclusion: 'pass', attestations })

    expect(summary).toMatchObject({
      inputAttestations: [{ digest: { sha256: 'cd'.repeat(32) } }]
    })
    expect(verificationSummary({ ...SUMMARY, conclusion: 'pass' })).not.toHaveProperty(
      'inputAttestations'
    )
  })
})
