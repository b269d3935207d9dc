import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { httpClient } from '../../src/host/http.ts'
import { idTokens } from '../../src/host/id-tokens.ts'
import type { Host } from '../../src/host/host.ts'
import type { Checkout } from '../../src/model/checkout.ts'
import type { Document } from '../../src/model/document.ts'
import type { Predicates } from '../../src/model/predicate.ts'
import type { Settings, SignSettings } from '../../src/model/settings.ts'
import type { Subject } from '../../src/model/subject.ts'
import { provenance } from '../../src/stages/provenance.ts'
import type { RunContext, StageResult } from '../../src/stages/stage.ts'
import { fakeHost } from '../support/fake-host.ts'
import { QUICK } from '../support/oci-context.ts'
import { runContext, SETTINGS } from '../support/run-context.ts'
import { type Claims, type Oidc, startOidc } from '../support/services/sigstore/oidc.ts'

const COMMIT = 'ffac537e6cbbf934b08745a378932722df287a53'
const WORKFLOW = 'octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main'

const SUBJECT: Subject = { name: 'app', digest: { algorithm: 'sha256', hex: 'ab'.repeat(32) } }

const CHECKOUT: Checkout = {
  name: 'octo-org/octo-repo',
  commit: COMMIT,
  dirty: [],
  dirtyCount: 0,
  submodules: [],
  shallow: false,
  sparse: false
}

let oidc: Oidc

let ordinary: Claims

beforeAll(async () => {
  oidc = await startOidc([])
  ordinary = { ...oidc.claims }
})

beforeEach(() => {
  oidc.behave()
  for (const name of Object.keys(oidc.claims)) delete oidc.claims[name]
  Object.assign(oidc.claims, ordinary)
})

afterAll(() => oidc.close())

interface Given {
  readonly claims?: Claims
  readonly sign?: Partial<SignSettings>
  readonly settings?: Partial<Settings>
  readonly event?: unknown
  readonly env?: Readonly<Record<string, string>>
  readonly checkout?: Partial<Checkout>
  readonly host?: Partial<Host>
}

function contextWith({ claims, sign, settings, event, env, host }: Given): RunContext {
  Object.assign(oidc.claims, claims)
  const fake = fakeHost({
    env: { GITHUB_EVENT_PATH: '/event.json', GITHUB_SERVER_URL: 'https://github.com', ...env },
    machineFiles: { '/event.json': typeof event === 'string' ? event : JSON.stringify(event ?? {}) }
  })
  const http = httpClient({
    env: {},
    concurrency: 4,
    version: '0',
    signal: new AbortController().signal,
    timing: QUICK
  })
  const real = { http, now: () => new Date(), mask: fake.mask, env: oidc.env }
  return runContext(
    { ...fake, ...real, env: fake.env, ...idTokens(real), ...host },
    {
      sign: { ...SETTINGS.sign, subjectPaths: ['app'], ...sign },
      sigstore: { ...SETTINGS.sigstore, oidcIssuer: oidc.issuer() },
      ...settings
    }
  )
}

function documentOf(name: string): Document {
  return { name, mediaType: 'application/json', chunks: () => ['{"is": ', `"${name}"}\n`] }
}

function state(given: Given = {}): Promise<StageResult<Predicates>> {
  return provenance.run(contextWith(given), {
    checkout: { ...CHECKOUT, ...given.checkout },
    images: [],
    files: [{ subject: SUBJECT }],
    sbom: { spdx: documentOf('spdx'), cyclonedx: documentOf('cyclonedx') }
  })
}

function predicateIn({ output }: StageResult<Predicates>, kind: string): unknown {
  const found = output.list.find((predicate) => predicate.kind === kind)
  return JSON.parse([...(found?.chunks() ?? ['null'])].join(''))
}

const DISPATCHED = {
  event_name: 'workflow_dispatch'
} as const

const DISPATCH_EVENT = {
  ref: 'refs/heads/main',
  repository: { id: 74, full_name: 'octo-org/octo-repo' },
  inputs: { version: '1.2.3', debug: false }
}

it('states what is asked for, SBOMs as they were written, provenance as the token says', async () => {
  const result = await state()

  expect(result.output.list.map(({ kind, predicateType }) => [kind, predicateType])).toEqual([
    ['spdx', 'https://spdx.dev/Document'],
    ['cyclonedx', 'https://cyclonedx.org/bom'],
    ['provenance', 'https://slsa.dev/provenance/v1']
  ])
  expect(predicateIn(result, 'spdx')).toEqual({ is: 'spdx' })
  expect(predicateIn(result, 'cyclonedx')).toEqual({ is: 'cyclonedx' })
  expect(predicateIn(result, 'provenance')).toEqual({
    buildDefinition: {
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      externalParameters: {
        workflow: {
          ref: 'refs/heads/main',
          repository: 'https://github.com/octo-org/octo-repo',
          path: '.github/workflows/release.yml'
        }
      },
      internalParameters: {
        github: {
          event_name: 'push',
          repository_id: '74',
          repository_owner_id: '65',
          runner_environment: 'github-hosted'
        }
      },
      resolvedDependencies: [
        {
          uri: 'git+https://github.com/octo-org/octo-repo@refs/heads/main',
          digest: { gitCommit: COMMIT }
        }
      ]
    },
    runDetails: {
      builder: { id: `https://github.com/${WORKFLOW}` },
      metadata: {
        invocationId: 'https://github.com/octo-org/octo-repo/actions/runs/123456/attempts/1'
      }
    }
  })
  expect(result.output.missing).toEqual([])
  expect(result.findings).toEqual([])
  expect(result.stats).toEqual({ statements: 3, missing: 0 })
})

it('has an SBOM rendered once, however long it is and however often it is stated', async () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => `"${at} – 😀",`)
  let times = 0
  const spdx: Document = {
    ...documentOf('spdx'),
    chunks: () => (times++, ['[', ...rows, '0]'])
  }
  const { output } = await provenance.run(contextWith({ sign: { statements: ['spdx'] } }), {
    checkout: CHECKOUT,
    images: [],
    files: [{ subject: SUBJECT }],
    sbom: { spdx, cyclonedx: documentOf('cyclonedx') }
  })
  const texts = [1, 2].map(() => [...(output.list[0]?.chunks() ?? [])].join(''))

  expect(texts).toEqual([`[${rows.join('')}0]`, `[${rows.join('')}0]`])
  expect(times).toBe(1)
})

it('takes nothing from the environment that a step could have set', async () => {
  const result = await state({
    env: {
      GITHUB_REPOSITORY: 'evil/repo',
      GITHUB_SHA: '0'.repeat(40),
      GITHUB_REF: 'refs/heads/evil',
      GITHUB_WORKFLOW_REF: 'evil/repo/.github/workflows/evil.yml@refs/heads/evil',
      GITHUB_EVENT_NAME: 'workflow_dispatch',
      GITHUB_RUN_ID: '666',
      RUNNER_ENVIRONMENT: 'evil'
    }
  })

  expect(JSON.stringify(predicateIn(result, 'provenance'))).not.toMatch(/evil|666|0000000/)
})

it('makes both forms of provenance of one token', async () => {
  const { output } = await state({ sign: { statements: ['provenance-v0.2', 'provenance'] } })

  expect(output.list.map(({ predicateType }) => predicateType)).toEqual([
    'https://slsa.dev/provenance/v0.2',
    'https://slsa.dev/provenance/v1'
  ])
})

it('asks for no token when no provenance is asked for', async () => {
  const { output, findings } = await state({
    sign: { statements: ['spdx', 'verdict'] },
    host: { idTokens: { token: () => Promise.reject(new Error('asked')) } }
  })

  expect(output).toEqual({ list: [expect.objectContaining({ kind: 'spdx' })], missing: [] })
  expect(findings).toEqual([])
})

describe('without a token', () => {
  it.each([
    [
      'on a runner',
      { GITHUB_ACTIONS: 'true' },
      'this job may not ask the code host who it is: it has no `id-token: write`',
      true
    ],
    ['on a terminal', {}, 'there is no code host to ask: this is no job of a workflow', false]
  ])('%s says what is missing, and makes nothing up', async (_, env, reason, hasYaml) => {
    const context = contextWith({ env, sign: { statements: ['spdx', 'provenance'] } })
    const { idTokens: _tokens, ...host } = context.host

    const result = await provenance.run(
      { ...context, host },
      {
        checkout: CHECKOUT,
        images: [],
        files: [{ subject: SUBJECT }],
        sbom: { spdx: documentOf('spdx'), cyclonedx: documentOf('cyclonedx') }
      }
    )

    expect(result.output).toEqual({
      list: [expect.objectContaining({ kind: 'spdx' })],
      missing: [{ kind: 'provenance', reason }]
    })
    expect(result.findings).toEqual([
      expect.objectContaining({
        severity: 'medium',
        subject: 'provenance',
        message: `"provenance" cannot be stated: ${reason}`
      })
    ])
    expect(JSON.stringify(result.section).includes('id-token: write\\n')).toBe(hasYaml)
  })
})

describe('a token that cannot be believed ends the stage', () => {
  it.each([
    ['another key', 'wrong-key', 'its issuer publishes 0 keys with the id'],
    ['no token', 'no-token', 'found no value in the answer']
  ] as const)('with %s', async (_, kind, why) => {
    oidc.fault({ kind })

    await expect(state()).rejects.toThrow(why)
  })

  it('which is of another issuer than the settings name', async () => {
    await expect(
      state({
        claims: { iss: 'https://evil.example' },
        settings: { sigstore: { rekor: 'auto', oidcIssuer: oidc.url } }
      })
    ).rejects.toThrow(`it is issued by "https://evil.example", expected "${oidc.url}"`)
  })
})

describe('inputs of a run that somebody started by hand', () => {
  it('are stated, and marked as what nobody signed', async () => {
    const result = await state({ claims: DISPATCHED, event: DISPATCH_EVENT })

    expect(predicateIn(result, 'provenance')).toMatchObject({
      buildDefinition: {
        externalParameters: { inputs: { debug: false, version: '1.2.3' } },
        internalParameters: { assay_notFromToken: ['externalParameters.inputs'] }
      }
    })
    expect(result.findings).toEqual([])
  })

  it.each([
    ['are not stated for another event, whatever the file says', {}, DISPATCH_EVENT],
    ['are not stated when there are none', DISPATCHED, { ...DISPATCH_EVENT, inputs: null }],
    ['are not stated when there are none at all', DISPATCHED, { ...DISPATCH_EVENT, inputs: {} }]
  ])('%s', async (_, claims, event) => {
    const result = await state({ claims, event })

    expect(JSON.stringify(predicateIn(result, 'provenance'))).not.toMatch(/inputs|assay/)
    expect(result.findings).toEqual([])
  })

  it.each([
    [
      'another repository',
      { ...DISPATCH_EVENT, repository: { id: 75, full_name: 'octo-org/other' } },
      'the repository "octo-org/other" with the id 75, the token is of octo-org/octo-repo with the id 74'
    ],
    [
      'another ref',
      { ...DISPATCH_EVENT, ref: 'refs/heads/other' },
      'the ref "refs/heads/other", the token is of "refs/heads/main"'
    ],
    ['nothing', {}, 'the repository unknown with the id unknown']
  ])('are not believed in the payload of %s', async (_, event, why) => {
    const result = await state({ claims: DISPATCHED, event })

    expect(JSON.stringify(predicateIn(result, 'provenance'))).not.toMatch(/inputs|assay/)
    expect(result.findings).toEqual([
      expect.objectContaining({
        rule: expect.objectContaining({ id: 'provenance/event-contradicts-token' }) as unknown,
        severity: 'high',
        message: expect.stringContaining(why) as unknown
      })
    ])
  })

  it.each([
    ['no JSON', '{', 'cannot be read'],
    ['a list', '[]', 'is no JSON object'],
    ['inputs that are a list', { ...DISPATCH_EVENT, inputs: ['x'] }, 'are no object'],
    ['an input that is an object', { ...DISPATCH_EVENT, inputs: { a: {} } }, 'is no plain value'],
    [
      'too many inputs',
      {
        ...DISPATCH_EVENT,
        inputs: Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`i${at}`, '']))
      },
      'more than GitHub takes'
    ],
    [
      'too long inputs',
      { ...DISPATCH_EVENT, inputs: { a: 'x'.repeat(200_000) } },
      'more than GitHub takes'
    ]
  ])('are unknown where the payload is %s', async (_, event, why) => {
    const result = await state({ claims: DISPATCHED, event })

    expect(JSON.stringify(predicateIn(result, 'provenance'))).not.toMatch(/inputs|assay/)
    expect(result.findings).toEqual([
      expect.objectContaining({
        rule: expect.objectContaining({ id: 'provenance/inputs-unknown' }) as unknown,
        message: expect.stringContaining(why) as unknown
      })
    ])
  })

  it('may have names of prototypes', async () => {
    const event = JSON.stringify(DISPATCH_EVENT).replace('"version"', '"__proto__"')

    const result = await state({ claims: DISPATCHED, event })

    expect(JSON.stringify(predicateIn(result, 'provenance'))).toContain('"__proto__":"1.2.3"')
  })
})

describe('the level', () => {
  it.each<[string, Given, number, string, string]>([
    [
      '2 in a job of one’s own',
      {},
      2,
      'every step of this job could have signed something else',
      'docs/slsa.md'
    ],
    [
      '2 in a reusable workflow, which alone cannot know more',
      { claims: { job_workflow_ref: 'acme/builders/.github/workflows/attest.yml@refs/tags/v1' } },
      2,
      'vouches for the reusable workflow acme/builders/.github/workflows/attest.yml@refs/tags/v1',
      'Level 3 is for verifiers to conclude'
    ],
    [
      '1 on a runner of one’s own',
      { claims: { runner_environment: 'self-hosted' } },
      1,
      'the runner is self-hosted',
      'Level 2 is for verifiers'
    ],
    ['1 with a key', { sign: { mode: 'key', key: 'pem' } }, 1, 'signed with a key', ''],
    ['1 with a key that nobody asked for', { sign: { key: 'pem' } }, 1, 'signed with a key', ''],
    [
      '2 keyless, though there is a key',
      { sign: { mode: 'keyless', key: 'pem' } },
      2,
      'every step',
      'Level 3'
    ]
  ])('is %s', async (_, given, level, because, higher) => {
    const { output, section } = await state(given)

    expect(output.level).toMatchObject({
      level,
      because: expect.stringContaining(because) as unknown
    })
    expect(output.level?.higher ?? '').toContain(higher)
    expect(JSON.stringify(section)).toContain(`SLSA Build Level ${level}`)
  })
})

/** An issuer with that name, and the keys of the embedded one. */
function httpClientTo(issuer: string): Pick<Host, 'http'> {
  const place = `${new URL(issuer).origin}/jwks`
  return fakeHost({
    responses: {
      [`${issuer}/.well-known/openid-configuration`]: JSON.stringify({ issuer, jwks_uri: place }),
      [place]: JSON.stringify(oidc.keys())
    }
  })
}

describe('the address of the code host', () => {
  const GITHUB = 'https://token.actions.githubusercontent.com'

  it.each([
    [GITHUB, 'https://github.com'],
    [`${GITHUB}/acme`, 'https://github.com'],
    ['https://token.actions.acme.ghe.com', 'https://acme.ghe.com'],
    ['https://ghes.example/_services/token', 'https://ghes.example'],
    ['https://issuer.example', 'https://code.example']
  ])('of the issuer %s is %s', async (issuer, server) => {
    Object.assign(oidc.claims, { iss: issuer })
    const { http } = httpClientTo(issuer)

    const result = await state({
      host: { http },
      env: { GITHUB_SERVER_URL: 'https://code.example/x' },
      settings: { sigstore: { rekor: 'auto', oidcIssuer: issuer } }
    })

    expect(predicateIn(result, 'provenance')).toMatchObject({
      runDetails: { builder: { id: `${server}/${WORKFLOW}` } }
    })
  })
})

it('says when the checkout is of another commit than the run', async () => {
  const { findings } = await state({ checkout: { commit: '1'.repeat(40) } })

  expect(findings).toEqual([
    expect.objectContaining({
      rule: expect.objectContaining({ id: 'provenance/other-commit' }) as unknown,
      message: `The checkout is of commit ${'1'.repeat(40)}, and the run, which provenance names, is for ${COMMIT}`
    })
  ])
})

describe('with', () => {
  const tokens = { token: () => Promise.resolve('') }
  const asked = { ...SETTINGS.sign, subjectPaths: ['a'] }

  it.each<[string, Partial<Settings>, Partial<Host>, string | undefined]>([
    ['nothing to sign', {}, { idTokens: tokens }, 'not asked for'],
    ['an image', { images: ['a'] }, { idTokens: tokens }, undefined],
    ['a file', { sign: asked }, { idTokens: tokens }, undefined],
    [
      'a list',
      { sign: { ...SETTINGS.sign, subjectChecksums: 'a' } },
      { idTokens: tokens },
      undefined
    ],
    [
      'a file, and signing switched off',
      { sign: { ...asked, mode: 'off' } },
      { idTokens: tokens },
      'not asked for'
    ],
    [
      'a file, offline',
      { sign: asked, offline: true },
      { idTokens: tokens },
      'the run uses no network'
    ],
    [
      'an image that nobody asked to sign, and nothing to sign with',
      { images: ['a'] },
      {},
      'nothing is signed in this run'
    ],
    ['an image and a key', { images: ['a'], sign: { ...SETTINGS.sign, key: 'pem' } }, {}, undefined]
  ])('%s', (_, settings, host, reason) => {
    expect(provenance.skipReason?.(runContext({ ...fakeHost(), ...host }, settings))).toBe(reason)
  })
})

it('states nothing when no image and no file was found', async () => {
  const result = await provenance.run(contextWith({}), {
    checkout: CHECKOUT,
    images: [],
    files: [],
    sbom: { spdx: documentOf('spdx'), cyclonedx: documentOf('cyclonedx') }
  })

  expect(result).toEqual({
    output: { list: [], missing: [] },
    nothing: 'there is no image and no file to state anything about'
  })
})
