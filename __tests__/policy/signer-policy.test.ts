import { describe, expect, it } from '@jest/globals'
import { InputError } from '../../src/model/errors.ts'
import type { VerifySettings } from '../../src/model/settings.ts'
import type { Signer } from '../../src/model/signer.ts'
import {
  missingDemands,
  type SignerDemands,
  signerDemandsOf,
  signerRefusal
} from '../../src/policy/signer-policy.ts'

const ISSUER = 'https://token.actions.githubusercontent.com'
const REPOSITORY = 'https://github.com/octo/app'
const WORKFLOW = `${REPOSITORY}/.github/workflows/release.yml@refs/heads/main`
const BUILDER = 'https://github.com/octo/build/.github/workflows/build.yml@refs/tags/v1'

const SIGNER: Signer = {
  identity: BUILDER,
  issuer: ISSUER,
  repository: REPOSITORY,
  ref: 'refs/heads/main',
  commit: 'c'.repeat(40),
  workflow: WORKFLOW,
  builder: BUILDER,
  runner: 'github-hosted'
}

const KEY: Signer = { identity: 'key ours' }

function demands(said: Partial<VerifySettings>, keys: readonly string[] = []): SignerDemands {
  const settings = {
    subjects: [],
    identities: [],
    issuers: [],
    publicKeys: [],
    predicateTypes: [],
    maxAgeDays: 0,
    signers: 1,
    recursive: true,
    ...said
  }
  return signerDemandsOf(settings, keys)
}

const NAMED = { identities: [BUILDER], issuers: [ISSUER] }
const ALL = {
  ...NAMED,
  repository: REPOSITORY,
  ref: 'refs/heads/main',
  commit: 'c'.repeat(40),
  workflow: WORKFLOW,
  builder: BUILDER,
  runner: 'github-hosted'
}

describe('who may sign', () => {
  it('is whoever meets all that is asked for', () => {
    expect(signerRefusal(demands(NAMED), { by: 'certificate', signer: SIGNER })).toBeUndefined()
    expect(signerRefusal(demands(ALL), { by: 'certificate', signer: SIGNER })).toBeUndefined()
  })

  it.each([
    ['identities', ['https://github.com/octo/build'], 'identity', 0],
    ['identities', [`${BUILDER}x`], 'identity', 0],
    ['identities', ['/^https://github.com/octo/other/.*$/'], 'identity', 0],
    ['issuers', ['https://issuer.example'], 'issuer', 1],
    ['repository', 'https://github.com/octo', 'source repository', 2],
    ['ref', 'refs/heads/mai', 'source ref', 3],
    ['commit', 'c'.repeat(7), 'source commit', 4],
    ['workflow', BUILDER, 'workflow', 5],
    ['builder', WORKFLOW, 'builder', 6],
    ['runner', 'self-hosted', 'runner environment', 7]
  ])('is nobody who differs in one: %s %s', (name, value, check, passed) => {
    const refusal = signerRefusal(demands({ ...ALL, [name]: value }), {
      by: 'certificate',
      signer: SIGNER
    })

    expect(refusal).toMatchObject({ check, passed })
    expect(refusal?.expected).toContain(Array.isArray(value) ? value[0] : value)
    expect(refusal?.found).not.toBe('')
  })

  it('may be any of several, and match a pattern', () => {
    const several = demands({
      identities: ['somebody@octo.example', '/^https://github.com/octo/build/.*@refs/tags/v\\d+$/'],
      issuers: ['https://accounts.example', ISSUER]
    })

    expect(signerRefusal(several, { by: 'certificate', signer: SIGNER })).toBeUndefined()
  })

  it('is nobody without an issuer', () => {
    const { issuer: _issuer, ...signer } = SIGNER

    expect(signerRefusal(demands(NAMED), { by: 'certificate', signer })).toMatchObject({
      check: 'issuer',
      found: 'nothing'
    })
  })

  it('signs itself where no other workflow is the builder', () => {
    const { builder: _builder, ...signer } = { ...SIGNER, identity: WORKFLOW }
    const asked = demands({ identities: [WORKFLOW], issuers: [ISSUER], builder: WORKFLOW })

    expect(signerRefusal(asked, { by: 'certificate', signer })).toBeUndefined()
  })

  it('is a key where a key is asked for, and a name where a name is', () => {
    expect(signerRefusal(demands({}, ['ours']), { by: 'key', signer: KEY })).toBeUndefined()
    expect(signerRefusal(demands({}, ['other']), { by: 'key', signer: KEY })).toEqual({
      check: 'public key',
      expected: '"key other"',
      found: '"key ours"',
      passed: 0
    })
    expect(
      signerRefusal(demands({}, ['ours']), { by: 'certificate', signer: SIGNER })
    ).toMatchObject({ check: 'identity', expected: '"key ours"' })
    expect(signerRefusal(demands(NAMED), { by: 'key', signer: KEY })).toMatchObject({
      check: 'public key',
      expected: `"${BUILDER}"`
    })
  })

  it('is no key where a fact is asked for that only a certificate has', () => {
    const asked = demands({ repository: REPOSITORY }, ['ours'])

    expect(signerRefusal(asked, { by: 'key', signer: KEY })).toMatchObject({
      check: 'source repository',
      found: 'a key, which does not say so'
    })
  })

  it('is never told in characters that cannot be seen', () => {
    const signer = { ...SIGNER, identity: 'evil\u202e\n::error::' }

    expect(signerRefusal(demands(NAMED), { by: 'certificate', signer })?.found).toBe(
      String.raw`"evil\u202e\n::error::"`
    )
  })
})

describe('what has to be said', () => {
  it.each<[Partial<VerifySettings>, readonly string[], readonly string[]]>([
    [{}, [], ['identity', 'issuer']],
    [{ repository: REPOSITORY }, [], ['identity', 'issuer']],
    [{ identities: [BUILDER] }, [], ['issuer']],
    [{ issuers: [ISSUER] }, [], ['identity']],
    [{ identities: [BUILDER] }, ['ours'], ['issuer']],
    [NAMED, [], []],
    [{}, ['ours'], []]
  ])('is a name with its issuer, or a key: %j %j', (said, keys, missing) => {
    expect(missingDemands(demands(said, keys))).toEqual(missing)
  })

  it.each([
    ['/octo/', 'Write /^octo$/'],
    ['/^.*$/', 'source-repository'],
    ['/^https://github.com/.*$/', 'source-repository'],
    ['/^.*@gmail.com$/', 'Name the owner']
  ])('is no pattern for almost anybody: %s', (pattern, remedy) => {
    const asked = (): unknown => demands({ identities: [pattern], issuers: [ISSUER] })

    expect(asked).toThrow(InputError)
    expect(asked).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        remedy: expect.stringContaining(remedy) as unknown
      })
    )
  })

  it('is such a pattern where the repository is exact', () => {
    const said = { identities: ['/^https://github.com/.*$/'], repository: REPOSITORY }

    expect(demands(said).names).toHaveLength(1)
  })
})
