import { describe, expect, it } from '@jest/globals'
import type { WorkflowClaims } from '../../../src/model/workflow-claims.ts'
import { privacyHindrance, type PrivacyQuestion } from '../../../src/stages/sign/privacy.ts'

const LOG = { url: 'https://log.example', version: 1 } as const

const CLAIMS: WorkflowClaims = {
  issuer: 'https://token.example',
  repository: 'octo-org/secret-plans',
  repositoryId: '1',
  repositoryOwnerId: '2',
  repositoryVisibility: 'private',
  ref: 'refs/heads/takeover',
  sha: 'ffac537e6cbbf934b08745a378932722df287a53',
  workflowRef: 'octo-org/secret-plans/.github/workflows/release.yml@refs/heads/takeover',
  workflowSha: 'ffac537e6cbbf934b08745a378932722df287a53',
  jobWorkflowRef: 'octo-org/secret-plans/.github/workflows/release.yml@refs/heads/takeover',
  jobWorkflowSha: 'ffac537e6cbbf934b08745a378932722df287a53',
  eventName: 'push',
  runnerEnvironment: 'github-hosted',
  runId: '30433642',
  runAttempt: '2'
}

const QUESTION: PrivacyQuestion = {
  way: 'keyless',
  instance: { isPublic: true, rekor: LOG },
  allowed: false,
  visibility: 'private',
  claims: CLAIMS
}

describe('names of a private repository', () => {
  it('are all named before they would become public', () => {
    const { message = '', remedy = '' } = privacyHindrance(QUESTION) ?? {}

    for (const name of [
      'octo-org/secret-plans',
      'release.yml',
      'refs/heads/takeover',
      CLAIMS.sha,
      'push',
      '30433642'
    ]) {
      expect(message).toContain(name)
    }
    expect(remedy).toContain('publish-private-names')
  })

  it.each<[string, Partial<PrivacyQuestion>]>([
    ['of an internal repository', { visibility: 'internal' }],
    ['of one that nobody knows anything about', { visibility: undefined } as never],
    ['without a log, for certificates have one too', { instance: { isPublic: true } }],
    ['with a key and a public log', { way: 'key' }]
  ])('do not enter a public log: %s', (_what, given) => {
    expect(privacyHindrance({ ...QUESTION, ...given })).toBeDefined()
  })

  it.each<[string, Partial<PrivacyQuestion>]>([
    ['where it was allowed', { allowed: true }],
    ['in a deployment of their own', { instance: { isPublic: false, rekor: LOG } }],
    ['where the repository is public', { visibility: 'public' }],
    ['with a key and no log', { way: 'key', instance: { isPublic: true } }],
    ['with a key where there is no repository', { way: 'key', visibility: undefined } as never]
  ])('are in nobody’s way: %s', (_what, given) => {
    expect(privacyHindrance({ ...QUESTION, ...given })).toBeUndefined()
  })
})
