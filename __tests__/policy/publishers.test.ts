import { describe, expect, it } from '@jest/globals'
import type { PublisherRule } from '../../src/model/policy.ts'
import type { Signer } from '../../src/model/signer.ts'
import { publisherMismatch, publishersOf } from '../../src/policy/publishers.ts'

const REPOSITORY = 'https://github.com/octo/lib'
const WORKFLOW = `${REPOSITORY}/.github/workflows/release.yml@refs/tags/v1.0.0`
const SIGNER: Signer = {
  identity: WORKFLOW,
  issuer: 'https://token.actions.githubusercontent.com',
  repository: REPOSITORY,
  commit: 'c'.repeat(40),
  ref: 'refs/tags/v1.0.0',
  workflow: WORKFLOW
}
const RULE: PublisherRule = {
  packages: ['pkg:npm/lib'],
  repository: REPOSITORY,
  workflow: '.github/workflows/release.yml',
  ref: 'refs/tags/v*'
}
const BUILDER = 'https://github.com/tools/build/.github/workflows/npm.yml'

describe('a publisher', () => {
  it.each<[string, Partial<PublisherRule>, Partial<Signer>]>([
    ['named by all', {}, {}],
    ['named by its repository alone', { workflow: '.github/workflows/release.yml' }, {}],
    [
      'whose workflow is pinned to its commit',
      {},
      { workflow: `${REPOSITORY}/.github/workflows/release.yml@${'c'.repeat(40)}` }
    ],
    ['with a reusable workflow that nobody names', {}, { builder: `${BUILDER}@refs/tags/v3` }],
    ['with the one that is named', { builder: BUILDER }, { builder: `${BUILDER}@refs/tags/v3` }],
    [
      'at GitLab, in a subgroup',
      { repository: 'https://gitlab.com/a/b/c', workflow: '.gitlab-ci.yml' },
      {
        issuer: 'https://gitlab.com',
        repository: 'https://gitlab.com/a/b/c',
        workflow: 'https://gitlab.com/a/b/c//.gitlab-ci.yml@refs/tags/v1.0.0'
      }
    ]
  ])('is accepted: %s', (_case, rule, signer) => {
    expect(publisherMismatch({ ...RULE, ...rule }, { ...SIGNER, ...signer })).toBeUndefined()
  })

  it.each<[string, Partial<PublisherRule>, Partial<Signer>, string]>([
    ['another repository', {}, { repository: 'https://github.com/octo/lib2' }, 'its repository is'],
    ['a repository that begins alike', {}, { repository: `${REPOSITORY}-fork` }, 'its repository'],
    ['a repository in another case', {}, { repository: 'https://github.com/Octo/lib' }, 'its rep'],
    ['another issuer', {}, { issuer: 'https://gitlab.com' }, 'its issuer is https://gitlab.com'],
    ['another workflow', {}, { workflow: WORKFLOW.replace('release', 'test') }, 'its workflow is'],
    [
      'a workflow in a deeper folder',
      {},
      { workflow: WORKFLOW.replace('/release', '/x/release') },
      'its workflow'
    ],
    [
      'a workflow of another ref',
      {},
      { workflow: WORKFLOW.replace('v1.0.0', 'v1') },
      'its workflow'
    ],
    [
      'a workflow of another repository',
      {},
      { workflow: WORKFLOW.replace('/lib/', '/x/') },
      'its w'
    ],
    ['another ref', { ref: 'refs/heads/main' }, {}, 'its ref is refs/tags/v1.0.0'],
    ['a ref that only holds the wanted one', { ref: 'tags/v1.0.0' }, {}, 'its ref is'],
    [
      'another builder',
      { builder: BUILDER },
      { builder: `${BUILDER}x@refs/tags/v3` },
      'its builder'
    ],
    ['no builder where one is wanted', { builder: BUILDER }, {}, 'its builder is']
  ])('is refused: %s', (_case, rule, signer, reason) => {
    expect(publisherMismatch({ ...RULE, ...rule }, { ...SIGNER, ...signer })).toContain(reason)
  })

  it('is refused when the certificate states nothing', () => {
    expect(publisherMismatch(RULE, { identity: 'x' })).toBe(
      'its issuer is not stated, expected https://token.actions.githubusercontent.com'
    )
  })
})

describe('packages of a publisher', () => {
  it.each([
    ['pkg:npm/lib', 'pkg:npm/lib@1.0.0', true],
    ['pkg:npm/lib', 'pkg:npm/lib2@1.0.0', false],
    ['pkg:npm/lib', 'pkg:pypi/lib@1.0.0', false],
    ['pkg:npm/%40octo/*', 'pkg:npm/%40octo/lib@1.0.0?x=y', true],
    ['pkg:npm/%40octo/*', 'pkg:npm/%40octopus/lib@1.0.0', false],
    ['pkg:npm/*', 'pkg:npm/%40octo/lib@1.0.0', true]
  ])('%s names %s: %j', (pattern, purl, named) => {
    expect(publishersOf([{ ...RULE, packages: [pattern] }], purl).length).toBe(named ? 1 : 0)
  })
})
