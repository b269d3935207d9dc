import { afterEach, describe, expect, it } from '@jest/globals'
import { checkoutFiles } from '../../src/host/files.ts'
import { gitRunner } from '../../src/host/git.ts'
import type { Host } from '../../src/host/host.ts'
import type { Checkout } from '../../src/model/checkout.ts'
import { DEFAULT_POLICY, type Policy } from '../../src/model/policy.ts'
import type { Settings } from '../../src/model/settings.ts'
import { policyFile } from '../../src/stages/policy-file.ts'
import type { StageResult } from '../../src/stages/stage.ts'
import { fakeHost } from '../support/fake-host.ts'
import { type GitRepository, gitRepository } from '../support/git-repository.ts'
import { runContext } from '../support/run-context.ts'

const PATH = '.github/assay.yml'

const made: GitRepository[] = []

afterEach(() => {
  for (const repository of made.splice(0)) repository.remove()
})

function policyText(spec: string): string {
  return `apiVersion: assay.dev/v1\nkind: Policy\nspec: ${spec}\n`
}

const STRICT = policyText('{ fail-on: info }')
const WEAK = policyText('{ fail-on: none }')

function run(
  host: Host,
  { where = {}, settings = {} }: { where?: Partial<Checkout>; settings?: Partial<Settings> } = {}
): Promise<StageResult<Policy>> {
  const checkout: Checkout = {
    name: 'owner/name',
    dirty: [],
    dirtyCount: 0,
    submodules: [],
    shallow: false,
    sparse: false,
    ...where
  }
  return policyFile.run(runContext(host, settings), { checkout })
}

function ruleIds({ findings = [] }: StageResult<Policy>): readonly string[] {
  return findings.map(({ rule }) => rule.id)
}

describe('without a pull request', () => {
  it('is the file of the checkout', async () => {
    const { output } = await run(fakeHost({ files: { [PATH]: STRICT } }))

    expect(output).toMatchObject({ ...DEFAULT_POLICY, failOn: 'info', source: { path: PATH } })
  })

  it('is the default when there is no file', async () => {
    expect((await run(fakeHost())).output).toEqual(DEFAULT_POLICY)
  })

  it('takes the threshold of the inputs before that of the file', async () => {
    const host = fakeHost({ files: { [PATH]: STRICT } })

    expect((await run(host, { settings: { failOn: 'critical' } })).output.failOn).toBe('critical')
  })

  it.each([
    ['policy.yml', 'policy.yml'],
    ['./sub/../policy.yml', 'policy.yml'],
    ['sub\\policy.yml', 'sub/policy.yml'],
    ['/checkout/policy.yml', 'policy.yml']
  ])('is the file that was asked for: %s', async (config, path) => {
    const { output } = await run(fakeHost({ files: { [path]: STRICT } }), { settings: { config } })

    expect(output.source).toMatchObject({ path })
  })

  it.each([
    ['is not there', 'none.yml', {}, 'POLICY_INVALID', 'there is no such file'],
    ['lies outside', '../policy.yml', {}, 'INPUT_INVALID', 'outside of the checkout'],
    ['lies elsewhere', '/etc/policy.yml', {}, 'INPUT_INVALID', 'outside of the checkout'],
    ['is not valid', PATH, { [PATH]: 'kind: x' }, 'POLICY_INVALID', 'line 1'],
    ['is huge', PATH, { [PATH]: ' '.repeat(200_000) }, 'POLICY_INVALID', PATH],
    [
      'names an unknown rule',
      PATH,
      { [PATH]: policyText('{ rules: { inventory/no-lockfiel: low } }') },
      'POLICY_INVALID',
      'did you mean "inventory/no-lockfile"?'
    ],
    [
      'waives a rule about policies',
      PATH,
      {
        [PATH]: policyText(
          '{ waivers: [{ rule: policy-file/base-unreadable, reason: x, expires: 2027-01-01 }] }'
        )
      },
      'POLICY_INVALID',
      'not about the policy itself'
    ]
  ])('ends the run when it %s', async (_what, config, files, code, message) => {
    await expect(run(fakeHost({ files }), { settings: { config } })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message)
    })
  })
})

/** A repository whose base and head have these policies. */
function proposal(base: string | undefined, head: string | undefined) {
  const repository = gitRepository({ other: '' })
  made.push(repository)
  if (base !== undefined) repository.write(PATH, base)
  const commit = repository.commit('base')
  repository.git('rm', '-q', '--ignore-unmatch', PATH)
  if (head !== undefined) repository.write(PATH, head)
  repository.commit('head')
  const host: Host = {
    ...fakeHost(),
    git: gitRunner({ root: repository.root, env: process.env, os: process.platform }),
    files: checkoutFiles(repository.root)
  }
  return { host, commit, where: { base: { commit, source: 'git' } } as const }
}

describe('on a pull request', () => {
  it('is that of the base, whatever the head says', async () => {
    const { host, commit, where } = proposal(STRICT, WEAK)

    const result = await run(host, { where })

    expect(result.output).toMatchObject({ failOn: 'info', source: { path: PATH, commit } })
    expect(ruleIds(result)).toEqual(['policy-file/change-after-merge'])
    expect(result.findings?.[0]?.message).toContain('changes')
  })

  it.each([
    ['is unchanged', STRICT, STRICT, 'info', []],
    ['is added', undefined, WEAK, 'high', ['policy-file/change-after-merge']],
    ['is removed', STRICT, undefined, 'info', ['policy-file/change-after-merge']],
    ['is nowhere', undefined, undefined, 'high', []],
    [
      'becomes invalid',
      STRICT,
      'nonsense: 1',
      'info',
      ['policy-file/change-after-merge', 'policy-file/invalid-after-merge']
    ]
  ] as const)('that %s', async (_what, base, head, failOn, rules) => {
    const { host, where } = proposal(base, head)

    const result = await run(host, { where })

    expect(result.output.failOn).toBe(failOn)
    expect(ruleIds(result)).toEqual(rules)
  })

  it('ends the run when that of the base is not valid', async () => {
    const { host, commit, where } = proposal('kind: x', STRICT)

    await expect(run(host, { where })).rejects.toMatchObject({
      code: 'POLICY_INVALID',
      message: expect.stringContaining(`"${PATH} of base commit ${commit}"`)
    })
  })

  it('is the default and a finding that fails when the base cannot be read', async () => {
    const { host } = proposal(STRICT, WEAK)
    const absent = { commit: 'ab'.repeat(20) }

    const unknown = await run(host, { where: { base: absent } })
    const gone = await run(host, { where: { base: { ...absent, source: 'git' } } })

    for (const result of [unknown, gone]) {
      expect(result.output).toEqual(DEFAULT_POLICY)
      expect(result.findings).toMatchObject([
        { rule: { id: 'policy-file/base-unreadable' }, severity: 'high' }
      ])
    }
  })

  it('may be a file that was asked for and that the pull request adds', async () => {
    const { host, where } = proposal(undefined, undefined)
    const settings = { config: 'policy.yml' }

    await expect(run(host, { where, settings })).rejects.toMatchObject({
      code: 'POLICY_INVALID',
      message: expect.stringContaining('nor in base commit')
    })

    made[0]?.write('policy.yml', WEAK)
    const added = await run(host, { where, settings })
    expect(added.output).toEqual(DEFAULT_POLICY)
    expect(ruleIds(added)).toEqual(['policy-file/change-after-merge'])
  })
})
