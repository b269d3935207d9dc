import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Host, HttpClient } from '../../src/host/host.ts'
import { httpClient } from '../../src/host/http.ts'
import type { Component } from '../../src/model/component.ts'
import { digestFromHex } from '../../src/model/digest.ts'
import type { Evidence } from '../../src/model/evidence.ts'
import { purlOf } from '../../src/model/purl.ts'
import { goProxy } from '../../src/services/go-proxy.ts'
import { cargoRegistry } from '../../src/services/cargo-registry.ts'
import { npmRegistry } from '../../src/services/npm-registry.ts'
import { REGISTRIES } from '../../src/services/index.ts'
import { pypiIndex } from '../../src/services/pypi-index.ts'
import type { Registry } from '../../src/services/registry.ts'
import { verifyLocked } from '../../src/stages/integrity.ts'
import { fakeHost, type Given } from '../support/fake-host.ts'
import { componentOf, lockedFile, testModule } from '../support/go-registry.ts'
import { runContext } from '../support/run-context.ts'
import type { Misbehaviour } from '../support/services/misbehaviour.ts'
import { bytesPathOf, type ServedPackage } from '../support/services/packages.ts'
import { type PackageRegistry, startRegistry } from '../support/services/registry.ts'

/** How one ecosystem's package lies on a registry, is locked, and is looked for. */
interface EcosystemCase {
  readonly registry: Registry
  readonly served: ServedPackage
  readonly component: Component
  /** Configuration that leads to a registry, with a credential for it. */
  given(url: string): Given
}

const BODY = Buffer.from('the bytes of left-pad, long enough to be sent in two halves')
const SECRET = 'c3ludGhldGljOnNlY3JldA=='

function lockedBy(
  ecosystem: string,
  given: Pick<Component, 'purl' | 'name' | 'version'> & {
    readonly digest: string
    readonly path: string
  }
): Component {
  const { digest: algorithm, path, ...names } = given
  const digest = digestFromHex(algorithm, createHash(algorithm).update(BODY).digest('hex'))
  return {
    ...names,
    ecosystem,
    direct: true,
    origin: { kind: 'registry' },
    files: [{ digests: digest ? [digest] : [], location: { path, line: 7 } }],
    licenses: [],
    dependsOn: [],
    locations: []
  }
}

const npm: EcosystemCase = {
  registry: npmRegistry,
  served: { ecosystem: 'npm', name: '@scope/left-pad', version: '1.3.0', body: BODY },
  component: lockedBy('npm', {
    purl: purlOf('npm', '@scope/left-pad', '1.3.0'),
    name: '@scope/left-pad',
    version: '1.3.0',
    digest: 'sha512',
    path: 'package-lock.json'
  }),
  given: (url) => ({
    files: {
      '.npmrc': `registry=${url}/npm/\n${url.replace('http:', '')}/npm/:_auth=${SECRET}\n`
    }
  })
}

const WHEEL = 'left_pad-1.3.0-py3-none-any.whl'

const pypiComponent = lockedBy('PyPI', {
  purl: purlOf('pypi', 'left-pad', '1.3.0'),
  name: 'left-pad',
  version: '1.3.0',
  digest: 'sha256',
  path: 'requirements.txt'
})

const pypi: EcosystemCase = {
  registry: pypiIndex,
  served: { ecosystem: 'PyPI', name: 'left-pad', version: '1.3.0', files: { [WHEEL]: BODY } },
  component: {
    ...pypiComponent,
    files: pypiComponent.files.map((file) => ({ ...file, name: WHEEL }))
  },
  given(url) {
    const credentials = Buffer.from(SECRET, 'base64').toString()
    return { env: { PIP_INDEX_URL: `${url.replace('://', `://${credentials}@`)}/simple/` } }
  }
}

const cargo: EcosystemCase = {
  registry: cargoRegistry,
  served: { ecosystem: 'crates.io', name: 'left-pad', version: '1.3.0', body: BODY },
  component: lockedBy('crates.io', {
    purl: purlOf('cargo', 'left-pad', '1.3.0'),
    name: 'left-pad',
    version: '1.3.0',
    digest: 'sha256',
    path: 'Cargo.lock'
  }),
  given: (url) => ({
    files: {
      '.cargo/config.toml': [
        '[source.crates-io]',
        'replace-with = "own"',
        '[registries.own]',
        `index = "sparse+${url}/crates/"`
      ].join('\n')
    },
    // The machine's token goes only to an index that the machine names too.
    env: {
      CARGO_REGISTRIES_OWN_TOKEN: SECRET,
      CARGO_REGISTRIES_OWN_INDEX: `sparse+${url}/crates/`
    }
  })
}

const MODULE = testModule('example.com/Left/pad', 'v1.3.0')

const go: EcosystemCase = {
  registry: goProxy,
  served: { ecosystem: 'Go', name: MODULE.path, ...MODULE },
  component: { ...componentOf(MODULE), files: [lockedFile(MODULE, 'zip')] },
  given: (url) => {
    const [user, password] = Buffer.from(SECRET, 'base64').toString().split(':')
    const proxy = url.replace('://', `://${user ?? ''}:${password ?? ''}@`)
    return { env: { GOPROXY: `${proxy}/go`, GOSUMDB: 'off' } }
  }
}

const CASES: readonly EcosystemCase[] = [npm, pypi, cargo, go]

interface Seen {
  readonly outcomes: readonly Evidence['outcome'][]
  readonly details: string
  readonly rules: readonly string[]
  readonly messages: string
}

async function verify(
  { registry, component, given }: EcosystemCase,
  url: string,
  idleMs = 5000
): Promise<Seen> {
  const fake = fakeHost(given(url))
  const host: Host = { ...fake, http: impatient(idleMs) }
  const inventory = { components: [component], gaps: [], lockfiles: [] }
  const context = runContext(host, { goChecksumDatabase: false })
  const { evidence = [], findings = [] } = await verifyLocked(context, inventory, [registry])
  return {
    outcomes: evidence.map(({ outcome }) => outcome),
    details: evidence.map(({ detail }) => detail).join('\n'),
    rules: findings.map(({ rule }) => rule.id),
    messages: findings.map(({ message }) => message).join('\n')
  }
}

/** Short for who never says anything more, so that nobody waits; else long, so that a slow machine does not matter. */
function idleMsFor({ kind }: Misbehaviour): number {
  return kind === 'stalled' || kind === 'silent' ? 100 : 5000
}

/** The real client, with less time and smaller limits. */
function impatient(idleMs: number): HttpClient {
  const timing = {
    now: () => performance.now(),
    random: () => 0,
    sleep: () => Promise.resolve()
  }
  const http = httpClient({ env: {}, version: '1', concurrency: 4, timing })
  return {
    async fetch(request) {
      if (!request.url.startsWith('http://127.0.0.1:')) throw new Error(`not here: ${request.url}`)
      return http.fetch({ ...request, idleMs, maxBytes: Math.min(request.maxBytes, 1e6) })
    }
  }
}

it('is shown for every registry that we can ask', () => {
  const shown = CASES.map(({ registry }) => registry.ecosystem)

  expect(REGISTRIES.map(({ ecosystem }) => ecosystem).toSorted()).toEqual(shown.toSorted())
})

describe.each(CASES.map((given) => [given.served.ecosystem, given] as const))(
  '%s',
  (_id, given) => {
    const path = bytesPathOf(given.served)
    const { name } = given.served
    let registry: PackageRegistry
    let other: PackageRegistry

    beforeEach(async () => {
      registry = await startRegistry({ packages: [given.served] })
      other = await startRegistry({ packages: [given.served] })
    })

    afterEach(() => Promise.all([registry.close(), other.close()]))

    it('verifies what is served as locked', async () => {
      const seen = await verify(given, registry.url)

      expect(seen).toMatchObject({ outcomes: ['verified'], rules: [] })
      expect(JSON.stringify(registry.requests)).toContain(SECRET)
    })

    it.each<[string, Misbehaviour]>([
      ['failing twice', { kind: 'status', status: 500, times: 2 }],
      ['busy once', { kind: 'status', status: 429, retryAfter: '1', times: 1 }],
      ['hanging up once', { kind: 'reset', times: 1 }],
      ['cutting off once', { kind: 'truncated', times: 1 }],
      ['slow', { kind: 'slow', everyMs: 5, bytes: 10 }]
    ])('verifies what a registry that is %s serves in the end', async (_what, how) => {
      registry.misbehave(path, how)

      expect(await verify(given, registry.url)).toMatchObject({ outcomes: ['verified'], rules: [] })
    })

    it.each<[string, Misbehaviour, string, string, string]>([
      [
        'wrong bytes',
        { kind: 'wrong-bytes' },
        'contradicted',
        'digest-mismatch',
        'not what its lock promises'
      ],
      ['a page', { kind: 'html' }, 'contradicted', 'digest-mismatch', 'sent as text/html'],
      [
        'a gzip bomb',
        { kind: 'gzip-bomb', unpackedBytes: 3e6 },
        'contradicted|unavailable',
        'digest-mismatch|unavailable',
        'not what its lock promises|more than'
      ],
      ['half a file', { kind: 'truncated' }, 'unavailable', 'unavailable', 'answer cut off'],
      [
        'half a file in chunks',
        { kind: 'truncated-chunks' },
        'unavailable',
        'unavailable',
        'answer cut off'
      ],
      [
        'half a file, then nothing',
        { kind: 'stalled' },
        'unavailable',
        'unavailable',
        'no sign of life'
      ],
      ['nothing', { kind: 'silent' }, 'unavailable', 'unavailable', 'no sign of life'],
      ['no connection', { kind: 'reset' }, 'unavailable', 'unavailable', 'connection broken'],
      ['status 500', { kind: 'status', status: 500 }, 'unavailable', 'unavailable', 'status 500'],
      [
        'status 429 for an hour',
        { kind: 'status', status: 429, retryAfter: '3600' },
        'unavailable',
        'unavailable',
        'status 429'
      ],
      ['status 401', { kind: 'status', status: 401 }, 'unavailable', 'unavailable', 'status 401'],
      ['bytes without end', { kind: 'endless' }, 'unavailable', 'unavailable', 'more than'],
      [
        'more than it announced',
        { kind: 'wrong-length' },
        'contradicted|unavailable',
        'digest-mismatch|unavailable',
        'not what its lock promises|no valid HTTP'
      ],
      [
        'other letters only',
        { kind: 'wrong-case' },
        'unavailable',
        'not-in-registry',
        'knows no such file'
      ],
      [
        'a redirect to a private place',
        { kind: 'redirect', to: 'http://169.254.169.254/latest/' },
        'unavailable',
        'unavailable',
        'redirect to an address'
      ],
      [
        'a redirect without end',
        { kind: 'redirect', to: path },
        'unavailable',
        'unavailable',
        'more than 5 redirects'
      ]
    ])(
      'is served %s: never verified, and the finding names it and the cause',
      async (_what, how, outcome, rule, cause) => {
        registry.misbehave(path, how)
        const seen = await verify(given, registry.url, idleMsFor(how))

        expect(seen.outcomes).toEqual([expect.stringMatching(new RegExp(`^(${outcome})$`))])
        expect(seen.rules).toEqual([expect.stringMatching(new RegExp(`^integrity/(${rule})$`))])
        expect(seen.messages).toContain(name)
        expect(seen.messages).toMatch(new RegExp(cause))
        expect(JSON.stringify(seen)).not.toContain(SECRET)
      }
    )

    it('is followed to another host without the credential, and held to the digest there', async () => {
      registry.misbehave(path, { kind: 'redirect', to: `${other.url}${path}` })
      const honest = await verify(given, registry.url)
      other.misbehave(path, { kind: 'wrong-bytes' })
      const lying = await verify(given, registry.url)

      expect(honest.outcomes).toEqual(['verified'])
      expect(lying.outcomes).toEqual(['contradicted'])
      expect(other.requests.length).toBeGreaterThan(0)
      expect(JSON.stringify(other.requests)).not.toContain(SECRET)
    })

    it('is unavailable when nobody is there', async () => {
      await registry.close()
      const seen = await verify(given, registry.url)

      expect(seen).toMatchObject({ outcomes: ['unavailable'], rules: ['integrity/unavailable'] })
      expect(seen.messages).toContain('connection refused')
      expect(seen.messages).toContain(name)
    })
  }
)

/** Documents that are asked for besides the bytes, and a component for which they are. */
const DOCUMENTS: readonly (readonly [string, EcosystemCase, string])[] = [
  [
    "npm's index",
    { ...npm, component: { ...npm.component, platform: { os: ['win32'] } } },
    '/npm/@scope/left-pad'
  ],
  ["Python's index", pypi, '/simple/left-pad/'],
  ["a sparse registry's configuration", cargo, '/crates/config.json']
]

describe.each(DOCUMENTS)('%s', (_what, given, path) => {
  let registry: PackageRegistry

  beforeEach(async () => {
    registry = await startRegistry({ packages: [given.served] })
  })

  afterEach(() => registry.close())

  it('is enough when it is whole', async () => {
    expect(await verify(given, registry.url)).toMatchObject({ outcomes: ['verified'], rules: [] })
  })

  it.each<[string, Misbehaviour, string]>([
    ['a page', { kind: 'html' }, '.'],
    ['a gzip bomb', { kind: 'gzip-bomb', unpackedBytes: 3e6 }, 'more than|knows no such file'],
    ['half of it', { kind: 'truncated' }, 'answer cut off'],
    ['half of it, then nothing', { kind: 'stalled' }, 'no sign of life'],
    ['no connection', { kind: 'reset' }, 'connection broken'],
    ['status 500', { kind: 'status', status: 500 }, 'status 500'],
    ['status 403', { kind: 'status', status: 403 }, 'status 403'],
    ['bytes without end', { kind: 'endless' }, 'more than|knows no such file'],
    ['nothing under this name', { kind: 'wrong-case' }, '.'],
    ['garbage', { kind: 'wrong-bytes' }, '.'],
    ['a redirect without end', { kind: 'redirect', to: path }, 'more than 5 redirects']
  ])(
    'that is %s is no answer, and the finding names who asked and the cause',
    async (_how, how, cause) => {
      registry.misbehave(path, how)
      const seen = await verify(given, registry.url, idleMsFor(how))

      expect(seen.outcomes).toEqual(['unavailable'])
      expect(seen.messages).toContain(given.served.name)
      expect(seen.messages).toMatch(new RegExp(cause))
      expect(JSON.stringify(seen)).not.toContain(SECRET)
    }
  )
})

it("contradicts a lock when npm's index states another digest", async () => {
  const [, given, path] = DOCUMENTS[0] ?? []
  const registry = await startRegistry()
  const integrity = `sha512-${createHash('sha512').update('other').digest('base64')}`
  const versions = { '1.3.0': { name: given?.served.name, version: '1.3.0', dist: { integrity } } }
  registry.put(path ?? '', JSON.stringify({ name: given?.served.name, versions }))
  const seen = await verify(given ?? npm, registry.url)
  await registry.close()

  expect(seen).toMatchObject({
    outcomes: ['contradicted'],
    rules: ['integrity/digest-mismatch'],
    messages: expect.stringContaining('@scope/left-pad 1.3.0 is not what its lock promises')
  })
})
