import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import type { Component, LockedFile } from '../../src/model/component.ts'
import { type Digest, digestFromHex } from '../../src/model/digest.ts'
import { ParseError, ServiceError } from '../../src/model/errors.ts'
import { purlOf } from '../../src/model/purl.ts'
import type { Registry, RegistryClient } from '../../src/services/registry.ts'
import { integrity, verifyLocked } from '../../src/stages/integrity.ts'
import type { Inventory, RunContext, StageResult } from '../../src/stages/stage.ts'
import { runContext } from '../support/run-context.ts'
import { type Canned, type FakeHost, fakeHost, type Given } from '../support/fake-host.ts'

const BYTES = 'the bytes of left-pad'
const PLACE = { path: 'package-lock.json', line: 7 }
const URL_OF = (name: string): string => `https://registry.example/${name}.tgz`

function digest(algorithm: string, text: string): Digest {
  const made = digestFromHex(algorithm, createHash(algorithm).update(text).digest('hex'))
  if (!made) throw new Error(algorithm)
  return made
}

function component(name: string, given: Partial<Component> = {}): Component {
  return {
    purl: purlOf('npm', name, '1.3.0'),
    ecosystem: 'npm',
    name,
    version: '1.3.0',
    direct: true,
    origin: { kind: 'registry' },
    files: [lockedFile([digest('sha512', BYTES)])],
    licenses: [],
    dependsOn: [],
    locations: [PLACE],
    ...given
  }
}

function lockedFile(digests: readonly Digest[], given: Partial<LockedFile> = {}): LockedFile {
  return { digests, location: PLACE, ...given }
}

/** A registry that finds every file of a component under its name. */
function registryOf(over: Partial<RegistryClient> = {}): (host: FakeHost) => Registry {
  return (host) => ({
    ecosystem: 'npm',
    connect: () => ({
      selects: () => true,
      locate: ({ name }) => Promise.resolve({ url: URL_OF(name), maxBytes: 1000 }),
      indexEntry: async ({ name }) => {
        const answer = await host.http.fetch({ url: URL_OF(`${name}.index`), maxBytes: 1000 })
        if (answer.status === 404) return undefined
        return {
          source: answer.url,
          digests: [digest('sha512', Buffer.from(answer.body).toString())]
        }
      },
      ...over
    })
  })
}

interface Run extends Given {
  readonly registry?: (host: FakeHost) => Registry
  readonly inventory?: Partial<Inventory>
  readonly settings?: Partial<RunContext['settings']>
  readonly signal?: AbortSignal
}

async function verify(
  components: readonly Component[],
  { registry = registryOf(), inventory = {}, settings = {}, signal, ...given }: Run = {}
): Promise<StageResult<unknown> & { readonly host: FakeHost }> {
  const host = fakeHost(given)
  const context = { ...runContext(host, settings), ...(signal && { signal }) }
  const found = { components, gaps: [], lockfiles: [], ...inventory }
  return { ...(await verifyLocked(context, found, [registry(host)])), host }
}

const served = (text: Canned): Given => ({ responses: { [URL_OF('left-pad')]: text } })

const index = (text: string): Given => ({ responses: { [URL_OF('left-pad.index')]: text } })

const proof = (outcome: 'verified' | 'contradicted' | 'unavailable'): Run => ({
  ...served(BYTES),
  registry: registryOf({
    prove: ({ purl }) =>
      Promise.resolve([
        {
          subject: purl,
          kind: 'inclusion-proof',
          outcome,
          source: 'https://log.example/lookup/1',
          observedAt: '2026-01-02T03:04:05Z',
          detail: 'as the log has it'
        }
      ])
  })
})

const fail = (name: string): ServiceError =>
  new ServiceError({
    code: 'SERVICE_STATUS',
    message: `Cannot fetch "${URL_OF(name)}": status 503 (4 attempts)`,
    remedy: 'Try again later',
    url: URL_OF(name),
    reason: 'status 503'
  })

const locatePad = (): ReturnType<RegistryClient['locate']> =>
  Promise.resolve({ url: URL_OF('left-pad'), maxBytes: 1000 })

const locateMoved = (): ReturnType<RegistryClient['locate']> =>
  Promise.resolve({ url: URL_OF('gone'), maxBytes: 1000, elsewhere: locatePad })

const locatePrivate = (): ReturnType<RegistryClient['locate']> =>
  Promise.resolve({ url: URL_OF('left-pad'), maxBytes: 5, authorization: 'Bearer x' })

describe('one locked file', () => {
  it.each<[string, Partial<Component>, Run, string, string[]]>([
    ['is verified when the registry serves the locked bytes', {}, served(BYTES), 'verified', []],
    [
      'is verified when the file is at its other place',
      {},
      { ...served(BYTES), registry: registryOf({ locate: locateMoved }) },
      'verified',
      []
    ],
    [
      'is contradicted when the file at its other place is another',
      {},
      { ...served('other'), registry: registryOf({ locate: locateMoved }) },
      'contradicted',
      ['integrity/digest-mismatch']
    ],
    [
      'is contradicted when the registry serves other bytes',
      {},
      served('evil'),
      'contradicted',
      ['integrity/digest-mismatch']
    ],
    [
      'is contradicted when only a weaker digest beside the wrong one matches',
      { files: [lockedFile([digest('sha512', 'evil'), digest('sha1', BYTES)])] },
      served(BYTES),
      'contradicted',
      ['integrity/digest-mismatch']
    ],
    [
      'is verified when one of several of the strongest digests matches',
      { files: [lockedFile([digest('sha512', 'other'), digest('sha512', BYTES)])] },
      served(BYTES),
      'verified',
      []
    ],
    [
      'is verified with a finding when the lock has SHA-1 only',
      { files: [lockedFile([digest('sha1', BYTES)])] },
      served(BYTES),
      'verified',
      ['integrity/weak-digest']
    ],
    [
      'is unavailable when the registry does not know it',
      {},
      {},
      'unavailable',
      ['integrity/not-in-registry']
    ],
    [
      'is unavailable when the registry cannot place it',
      {},
      { registry: registryOf({ locate: () => Promise.resolve(undefined) }) },
      'unavailable',
      ['integrity/not-in-registry']
    ],
    [
      'is absent when the lock pins no digest',
      { files: [lockedFile([])] },
      {},
      'absent',
      ['integrity/no-digest']
    ],
    [
      'is absent when git pins it by a commit',
      { files: [], origin: { kind: 'git', url: 'https://git.example/a', commit: 'abc' } },
      {},
      'absent',
      []
    ],
    [
      'is unavailable when git packs what the lock has a digest of',
      { origin: { kind: 'git', url: 'https://git.example/a', commit: 'abc' } },
      served(BYTES),
      'unavailable',
      ['integrity/unavailable']
    ],
    [
      'is unavailable when nobody asks registries of its ecosystem',
      { ecosystem: 'Hex' },
      served(BYTES),
      'unavailable',
      ['integrity/unavailable']
    ],
    [
      'is unavailable offline',
      {},
      { ...served(BYTES), settings: { offline: true } },
      'unavailable',
      ['integrity/unavailable']
    ],
    [
      'is unavailable once the run was ended',
      {},
      { ...served(BYTES), signal: AbortSignal.abort() },
      'unavailable',
      ['integrity/unavailable']
    ],
    [
      'is unavailable when the registry fails',
      {},
      served(
        new ServiceError({
          code: 'SERVICE_STATUS',
          message: 'no',
          remedy: 'wait',
          url: URL_OF('left-pad'),
          reason: 'status 503'
        })
      ),
      'unavailable',
      ['integrity/unavailable']
    ],
    [
      'is unavailable when the registry configuration is damaged',
      {},
      {
        registry: () => ({
          ecosystem: 'npm',
          connect() {
            throw new ParseError({
              code: 'CONFIG_SYNTAX',
              message: 'damaged',
              remedy: 'mend',
              path: '.npmrc'
            })
          }
        })
      },
      'unavailable',
      ['integrity/unavailable']
    ],
    [
      'is unavailable when its digest cannot be computed',
      { files: [lockedFile([{ algorithm: 'h1', hex: '0'.repeat(64) }])] },
      served(BYTES),
      'unavailable',
      ['integrity/unavailable']
    ]
  ])('%s', async (_name, given, run, outcome, rules) => {
    const { evidence = [], findings = [] } = await verify([component('left-pad', given)], run)

    expect(evidence.map((item) => item.outcome)).toEqual([outcome])
    expect(findings.map(({ rule }) => rule.id)).toEqual(rules)
  })
})

describe('a file that this platform does not install', () => {
  const registry = registryOf({ selects: () => Promise.resolve(false) })

  it.each([
    ['verified', 'index-digest', index(BYTES), []],
    ['contradicted', 'index-digest', index('other'), ['integrity/digest-mismatch']],
    ['unavailable', 'digest', {}, ['integrity/not-in-registry']]
  ])('is %s by %s', async (outcome, kind, given, rules) => {
    const { evidence, findings, host } = await verify([component('left-pad')], {
      registry,
      ...given
    })

    expect(evidence).toMatchObject([{ outcome, kind }])
    expect(findings?.map(({ rule }) => rule.id)).toEqual(rules)
    expect(host.requests.map(({ url }) => url)).toEqual([URL_OF('left-pad.index')])
  })

  it('is read all the same in mode all', async () => {
    const { evidence } = await verify([component('left-pad')], {
      registry,
      settings: { integrity: 'all' },
      ...served(BYTES)
    })

    expect(evidence).toMatchObject([{ outcome: 'verified', kind: 'digest' }])
  })

  it('is unavailable when the index states digests of another kind only', async () => {
    const { evidence } = await verify(
      [component('left-pad', { files: [lockedFile([digest('sha256', BYTES)])] })],
      { registry, ...index(BYTES) }
    )

    expect(evidence).toMatchObject([
      { outcome: 'unavailable', detail: 'the index states no digest of the locked kind' }
    ])
  })
})

describe('an index that states a collidable digest only', () => {
  const stated = digest('sha1', BYTES)
  const weakly = registryOf({
    selects: () => false,
    indexEntry: () => Promise.resolve({ source: URL_OF('index'), digests: [stated] })
  })

  it.each([
    { title: 'proves nothing where the lock promises more', algorithm: 'sha512' as const },
    { title: 'proves nothing beside the right digest either', algorithm: 'sha256' as const }
  ])('$title', async ({ algorithm }) => {
    const files = [lockedFile([digest(algorithm, 'other bytes'), stated])]
    const { evidence } = await verify([component('left-pad', { files })], { registry: weakly })

    expect(evidence).toMatchObject([
      { outcome: 'unavailable', detail: 'the index states no digest of the locked kind' }
    ])
  })

  it('confirms a lock that promises no more', async () => {
    const files = [lockedFile([stated])]
    const { evidence, findings } = await verify([component('left-pad', { files })], {
      registry: weakly
    })

    expect(evidence).toMatchObject([{ outcome: 'verified', kind: 'index-digest' }])
    expect(findings?.map(({ rule }) => rule.id)).toContain('integrity/weak-digest')
  })
})

describe('which components are looked at', () => {
  const changed = component('left-pad')
  const same = component('right-pad')
  const other = lockedFile([digest('sha512', 'before')])
  const base = {
    commit: 'abc',
    lockfiles: [],
    components: [component('left-pad', { files: [other] }), same]
  }

  it('is only what the base commit locks otherwise, where there is one', async () => {
    const { evidence, stats, output } = await verify([changed, same], {
      inventory: { base },
      ...served(BYTES)
    })

    expect(output).toEqual({ mode: 'changed' })
    expect(evidence?.map(({ subject }) => subject)).toEqual([changed.purl])
    expect(stats).toMatchObject({ files: 1, verified: 1, unchanged: 1 })
  })

  it('is everything without a base, and when the settings say so', async () => {
    const without = await verify([changed, same])
    const asked = await verify([changed, same], {
      inventory: { base },
      settings: { integrity: 'platform' }
    })

    expect(without.output).toEqual({ mode: 'platform' })
    expect(without.stats).toMatchObject({ files: 2, unchanged: 0 })
    expect(asked.stats).toMatchObject({ files: 2, unchanged: 0 })
  })

  it('leaves out, and counts, what is local, bundled or of a fixture', async () => {
    const { evidence, stats, section, nothing } = await verify([
      component('here', { origin: { kind: 'local', path: 'packages/here' }, files: [] }),
      component('inside', { files: [] }),
      component('test-data', { fixture: true })
    ])

    expect(evidence).toEqual([])
    expect(stats).toMatchObject({ files: 0, local: 1, bundled: 1, fixture: 1 })
    expect(nothing).toMatch(/^nothing to look at: 1 part of the checkout itself, 1 /)
    expect(JSON.stringify(section)).toContain('1: named by test data only')
  })

  it('takes a component without files for unpinned where nothing is bundled', async () => {
    const { evidence } = await verify([component('a', { ecosystem: 'PyPI', files: [] })])

    expect(evidence).toMatchObject([{ outcome: 'absent' }])
  })
})

describe('what is read', () => {
  it('is read once for several locks of the same URL, with all the digests they need', async () => {
    const files = [lockedFile([digest('sha1', BYTES)]), lockedFile([digest('sha512', BYTES)])]
    const { evidence, host, stats } = await verify(
      [component('left-pad', { files }), component('alias')],
      { registry: registryOf({ locate: locatePad }), ...served(BYTES) }
    )

    expect(evidence?.map(({ outcome }) => outcome)).toEqual(['verified', 'verified', 'verified'])
    expect(host.requests).toHaveLength(1)
    expect(stats).toMatchObject({ requests: 1, bytesRead: BYTES.length })
  })

  it('is handed whole to a registry whose digest is over the contents', async () => {
    const h1 = { algorithm: 'h1', hex: '1'.repeat(64) } as const
    let seen = ''
    const registry = registryOf({
      locate: ({ name }) =>
        Promise.resolve({
          url: URL_OF(name),
          maxBytes: 1000,
          digestsOf(bytes) {
            seen = Buffer.from(bytes).toString()
            return Promise.resolve([h1])
          }
        })
    })
    const { evidence } = await verify([component('left-pad', { files: [lockedFile([h1])] })], {
      registry,
      ...served(BYTES)
    })

    expect(evidence).toMatchObject([{ outcome: 'verified', observed: h1 }])
    expect(seen).toBe(BYTES)
  })

  it('is contradicted when it cannot be the file at all', async () => {
    const h1 = { algorithm: 'h1', hex: '1'.repeat(64) } as const
    const fault = new ServiceError({
      code: 'SERVICE_RESPONSE_INVALID',
      message: 'Cannot hash: it is no zip',
      remedy: 'none',
      reason: 'it is no zip'
    })
    const registry = registryOf({
      locate: ({ name }) =>
        Promise.resolve({
          url: URL_OF(name),
          maxBytes: 1000,
          digestsOf: () => Promise.reject(fault)
        })
    })
    const { evidence, findings } = await verify(
      [component('left-pad', { files: [lockedFile([h1])] })],
      { registry, ...served(BYTES) }
    )

    expect(evidence).toMatchObject([
      { outcome: 'contradicted', detail: expect.stringContaining('cannot be that: it is no zip') }
    ])
    expect(findings?.map(({ rule }) => rule.id)).toEqual(['integrity/digest-mismatch'])
  })

  it('is asked for with the credentials of the file, within its limit', async () => {
    const { host, evidence } = await verify([component('left-pad')], {
      registry: registryOf({ locate: locatePrivate }),
      ...served(BYTES)
    })

    expect(host.requests).toMatchObject([{ authorization: 'Bearer x', maxBytes: 5 }])
    expect(evidence).toMatchObject([{ outcome: 'unavailable' }])
  })
})

describe('what else a registry proves', () => {
  it.each([
    ['verified', []],
    ['contradicted', ['integrity/log-mismatch']],
    ['unavailable', ['integrity/unavailable']]
  ] as const)('is evidence of its own when %s', async (outcome, rules) => {
    const { evidence, findings } = await verify([component('left-pad')], proof(outcome))

    expect(evidence?.map((item) => item.outcome)).toEqual(['verified', outcome])
    expect(findings?.map(({ rule }) => rule.id)).toEqual(rules)
  })

  it('is unavailable when it fails, and takes nothing from the bytes', async () => {
    const { evidence } = await verify([component('left-pad')], {
      ...served(BYTES),
      registry: registryOf({ prove: () => Promise.reject(new Error('no log')) })
    })

    expect(evidence).toMatchObject([
      { kind: 'digest', outcome: 'verified' },
      { kind: 'index-digest', outcome: 'unavailable', detail: 'no log' }
    ])
  })
})

describe('findings', () => {
  it('name the dependency, both digests, the URL and the line, and hint at a page', async () => {
    const { findings = [] } = await verify(
      [component('left-pad')],
      served({
        body: Buffer.from('<html>'),
        headers: { 'content-type': 'text/html; charset=utf-8' }
      })
    )

    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ severity: 'critical', locations: [PLACE] })
    expect(findings[0]?.message).toBe(
      'left-pad 1.3.0 is not what its lock promises: the lock promises ' +
        `sha512:${digest('sha512', BYTES).hex}, the bytes read are sha512:${digest('sha512', '<html>').hex}, ` +
        'from https://registry.example/left-pad.tgz (sent as text/html: perhaps a login or error page)'
    )
  })

  it('are one for all that one host does not answer', async () => {
    const names = Array.from({ length: 30 }, (_, at) => `a${at}`)
    const { findings = [], evidence = [] } = await verify(
      names.map((name) => component(name)),
      { responses: Object.fromEntries(names.map((name) => [URL_OF(name), fail(name)])) }
    )

    expect(evidence.every(({ outcome }) => outcome === 'unavailable')).toBe(true)
    expect(evidence[3]?.detail).toContain('a3.tgz": status 503')
    expect(findings.map(({ message }) => message)).toEqual([
      '30 files could not be checked, registry.example: status 503 (a0 1.3.0, a1 1.3.0, a2 1.3.0, ' +
        'a3 1.3.0, a4 1.3.0 and 25 more). Try again later'
    ])
  })

  it('are one when the registry knows hardly anything', async () => {
    const names = Array.from({ length: 21 }, (_, at) => `a${at}`)
    const { findings = [] } = await verify(names.map((name) => component(name)))

    expect(findings.map(({ subject }) => subject)).toEqual(['registry.example'])
    expect(findings[0]?.message).toContain('does not know 21 locked files')
  })

  it('are one per lockfile that pins no digests', async () => {
    const place = { path: 'sub/package-lock.json', line: 3 }
    const { findings = [] } = await verify([
      component('a', { files: [lockedFile([])] }),
      component('b', { files: [lockedFile([])] }),
      component('c', { files: [lockedFile([], { location: place })] })
    ])

    expect(findings.map(({ message, locations }) => [message, locations])).toEqual([
      ['package-lock.json pins no digest for 2 dependencies: a 1.3.0, b 1.3.0', [PLACE]],
      ['sub/package-lock.json pins no digest for 1 dependency: c 1.3.0', [place]]
    ])
  })

  it('have only rules that the stage declares', async () => {
    const { findings = [] } = await verify([
      component('a'),
      component('b', { files: [lockedFile([])] })
    ])

    expect(findings).toHaveLength(2)
    expect(findings.filter(({ rule }) => !integrity.rules.includes(rule))).toEqual([])
  })
})

it('says how it came out per ecosystem, and what it cost', async () => {
  const { section, stats } = await verify(
    [component('left-pad'), component('gone'), component('other', { ecosystem: 'Hex' })],
    served(BYTES)
  )

  expect(section?.blocks.filter(({ kind }) => kind === 'table')).toMatchObject([
    {
      rows: [
        ['Hex', '1', '0', '0', '0', '0', '1'],
        ['npm', '2', '1', '0', '0', '0', '1']
      ]
    }
  ])
  expect(stats).toMatchObject({ files: 3, verified: 1, unavailable: 2, contradicted: 0, absent: 0 })
})

it('keeps what is known when the run is ended', async () => {
  const controller = new AbortController()
  const names = Array.from({ length: 40 }, (_, at) => `a${String(at).padStart(2, '0')}`)
  const { evidence = [], findings = [] } = await verify(
    names.map((name) => component(name)),
    {
      signal: controller.signal,
      responses: Object.fromEntries(names.map((name) => [URL_OF(name), BYTES])),
      registry: registryOf({
        selects({ name }) {
          if (name === 'a20') controller.abort()
          return true
        }
      })
    }
  )
  const verified = evidence.filter(({ outcome }) => outcome === 'verified')
  const ended = evidence.filter(({ detail }) => detail === 'the run was ended')

  expect(verified.length).toBeGreaterThan(0)
  expect(ended.length).toBeGreaterThan(0)
  expect(verified.length + ended.length).toBe(40)
  expect(findings.map(({ rule }) => rule.id)).toEqual(['integrity/unavailable'])
})

it('goes on when a registry module has a bug', async () => {
  const { evidence = [], findings = [] } = await verify([component('bad'), component('left-pad')], {
    ...served(BYTES),
    registry: registryOf({
      selects(asked) {
        if (asked.name === 'bad') throw new TypeError('no such thing')
        return true
      }
    })
  })

  expect(evidence.map(({ outcome }) => outcome)).toEqual(['unavailable', 'verified'])
  expect(findings[0]?.message).toContain('internal error: no such thing')
})
