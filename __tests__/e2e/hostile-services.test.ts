import { readFileSync } from 'node:fs'
import type { ChildProcess } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { Evidence } from '../../src/model/evidence.ts'
import { type FrontedServices, startFronted } from '../support/fronted-services.ts'
import { leaksIn, type Secrets } from '../support/leaks.ts'
import { type ActionRun, runAction, type Workspace, workspaceOf } from '../support/run-bundle.ts'
import type { Middle, PassedAnswer } from '../support/services/front.ts'
import { INDEX_TYPE } from '../support/services/oci-registry.ts'

// A process per run, on machines that are busy with other tests.
jest.setTimeout(120_000)

/** The signature and four statements. */
const ATTACHED = 5

const MAX_MS = 60_000
const MAX_MEMORY_KB = 700_000

let services: FrontedServices
let workspace: Workspace

beforeEach(async () => {
  services = await startFronted()
  workspace = workspaceOf(services.files)
})
afterEach(async () => {
  workspace.remove()
  await services.close()
})

interface Observed extends ActionRun {
  readonly ms: number
  /** Most memory that was in use, where the system says it. */
  readonly peakKb: number
}

async function sign(): Promise<Observed> {
  const began = Date.now()
  let peakKb = 0
  let timer: NodeJS.Timeout | undefined
  const watch = (child: ChildProcess): void => {
    timer = setInterval(() => {
      peakKb = Math.max(peakKb, memoryOf(child.pid ?? 0))
    }, 50)
  }
  try {
    const run = await runAction({
      workspace,
      inputs: {
        ...services.inputs,
        'minisign-key': '',
        'minisign-key-password': '',
        'signature-forms': 'referrer, file',
        'upload-artifact': 'false'
      },
      env: { ...services.env, HOME: workspace.temp },
      onStart: watch
    })
    return { ...run, ms: Date.now() - began, peakKb }
  } finally {
    clearInterval(timer)
  }
}

/** @see proc_pid_status(5) */
function memoryOf(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** Where the run says that signatures and attestations are, each with its subject. */
function claimedBy(run: ActionRun): readonly string[] {
  const { evidence } = JSON.parse(readFileSync(run.outputs['report-path'] ?? '', 'utf8')) as {
    readonly evidence: readonly (Evidence & { readonly stage: string })[]
  }
  return evidence
    .filter(({ stage, outcome }) => stage === 'sign' && outcome === 'verified')
    .map(({ subject, source }) => `${subject} in ${source}`)
}

const json = (value: object, headers: Readonly<Record<string, string>> = {}): PassedAnswer => ({
  status: 200,
  headers: { 'content-type': INDEX_TYPE, ...headers },
  body: Buffer.from(JSON.stringify(value))
})

function referrer(at: number): object {
  const hex = at.toString(16).padStart(64, '0')
  return {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    digest: `sha256:${hex}`,
    size: 1000
  }
}

const MANY = Array.from({ length: 100_000 }, (_, at) => referrer(at))

const REGISTRIES: readonly (readonly [string, RegExp, () => Middle])[] = [
  [
    'says that it has what it was given, and throws it away',
    /does not stay in the list/,
    () => ({
      before: (method, path) =>
        method === 'PUT' && path.includes('/manifests/sha256:')
          ? { status: 201, headers: { 'oci-subject': 'sha256:x' }, body: Buffer.alloc(0) }
          : undefined
    })
  ],
  [
    'serves another bundle in the place of the one that it was given',
    /its bundle has the digest sha256:/,
    () => ({
      after: (method, path, answer) =>
        method === 'GET' && path.includes('/blobs/sha256:') && answer.status === 200
          ? {
              ...answer,
              body: Buffer.from(answer.body.toString().replace('"payload":"e', '"payload":"f'))
            }
          : undefined
    })
  ],
  [
    'lists something else than what was attached',
    /does not stay in the list/,
    () => ({
      before: (method, path) =>
        method === 'GET' && path.includes('/referrers/')
          ? json({ schemaVersion: 2, mediaType: INDEX_TYPE, manifests: [referrer(1)] })
          : undefined
    })
  ],
  [
    'lists a hundred thousand attachments',
    /more than 4194304 bytes/,
    () => ({
      before: (method, path) =>
        method === 'GET' && path.includes('/referrers/')
          ? json({ schemaVersion: 2, mediaType: INDEX_TYPE, manifests: MANY })
          : undefined
    })
  ],
  [
    'has another page of attachments for ever',
    /more than 100 pages/,
    () => {
      let page = 0
      return {
        before: (method, path) =>
          method === 'GET' && path.includes('/referrers/')
            ? json(
                { schemaVersion: 2, mediaType: INDEX_TYPE, manifests: [referrer(page)] },
                { link: `<${path.replace(/\?.*$/, '')}?page=${++page}>; rel="next"` }
              )
            : undefined
      }
    }
  ],
  [
    'sends a list without end',
    /more than 4194304 bytes/,
    () => ({
      before: (method, path) =>
        method === 'GET' && path.includes('/referrers/') ? 'endless' : undefined
    })
  ],
  [
    'names another digest than that of what it was given',
    /it took bytes with the digest/,
    () => ({
      after: (method, _path, answer) =>
        method === 'PUT'
          ? {
              ...answer,
              headers: { ...answer.headers, 'docker-content-digest': `sha256:${'0'.repeat(64)}` }
            }
          : undefined
    })
  ],
  [
    'serves another image than the one that is named',
    /got bytes with the digest/,
    () => ({
      after: (method, path, answer) =>
        method === 'GET' && path.includes('/manifests/sha256:') && answer.status === 200
          ? {
              ...answer,
              body: Buffer.from(answer.body.toString().replace('"layers":[]', '"layers": []'))
            }
          : undefined
    })
  ],
  [
    'wants uploads to go to somebody else',
    /the registry does not have its bundle/,
    () => ({
      after: (method, path, answer) =>
        method === 'POST' && path.includes('/blobs/uploads/')
          ? {
              ...answer,
              headers: { ...answer.headers, location: `${services.stranger.url}/upload` }
            }
          : undefined
    })
  ],
  [
    'names somebody else as its token server',
    /is not signed: it could not be looked at/,
    () => ({
      after: (_method, _path, answer) =>
        answer.status === 401
          ? {
              ...answer,
              headers: {
                ...answer.headers,
                'www-authenticate': `Bearer realm="${services.stranger.url}/token",service="x",scope="repository:o/app:pull"`
              }
            }
          : undefined
    })
  ]
]

function inRegistry(): string {
  return ` in ${services.fronts.registry.name}/`
}

/** What is not for the registry itself, nor for whoever it sends people to. */
function othersSecrets(): Secrets {
  const all = Object.entries(services.secrets())
  return Object.fromEntries(all.filter(([name]) => !/registry|Basic/.test(name)))
}

function expectBounded(run: Observed): void {
  expect(run.exitCode).toBe(1)
  expect(run.log).not.toMatch(/\bINTERNAL\b|unhandled/)
  expect(run.ms).toBeLessThan(MAX_MS)
  expect(run.peakKb).toBeLessThan(MAX_MEMORY_KB)
}

it('services that behave are believed', async () => {
  const run = await sign()
  const claims = claimedBy(run).filter((claim) => claim.includes(inRegistry()))

  expect([run.exitCode, claims.length]).toEqual([0, ATTACHED])
})

describe('a registry that', () => {
  it.each(REGISTRIES)('%s is believed nothing', async (_what, expected, middle) => {
    services.fronts.registry.misbehave({ kind: 'man-in-the-middle', middle: middle() })
    const run = await sign()

    expectBounded(run)
    expect(run.log).toMatch(expected)
    expect(claimedBy(run).filter((claim) => claim.includes(inRegistry()))).toEqual([])
    expect(leaksIn({ sent: services.stranger.got.join('\n') }, othersSecrets())).toEqual([])
  })
})

const INSTANCES: readonly (readonly [
  string,
  RegExp,
  (sigstore: FrontedServices['sigstore']) => void
])[] = [
  [
    'an authority whose answer unpacks to a quarter of a gigabyte',
    /found no chain of certificates/,
    ({ fault }) => {
      fault('fulcio', { kind: 'gzip-bomb', unpackedBytes: 2 ** 28 })
    }
  ],
  [
    'an authority that nobody trusts',
    /of an authority that the trusted root has not/,
    ({ fault }) => {
      fault('fulcio', { kind: 'foreign-authority' })
    }
  ],
  [
    'an authority that certifies another key',
    /the certificate is for another key/,
    ({ fault }) => {
      fault('fulcio', { kind: 'wrong-key' })
    }
  ],
  [
    'an authority that certifies somebody else',
    /the certificate is for "https:\/\/github.com\/evil\/x"/,
    ({ fault }) => {
      fault('fulcio', { kind: 'wrong-identity', identity: 'https://github.com/evil/x' })
    }
  ],
  [
    'an authority whose certificate nobody promised to log',
    /no timestamp of a certificate log/,
    ({ fault }) => {
      fault('fulcio', { kind: 'no-sct' })
    }
  ],
  [
    'a log that proves an older state of itself',
    /sign\/contradicted|sign\/not-kept/,
    ({ fault }) => {
      fault('rekorV1', { kind: 'stale-checkpoint' })
    }
  ],
  [
    'a log that signs with another key',
    /sign\/contradicted/,
    ({ fault }) => {
      fault('rekorV1', { kind: 'wrong-key' })
    }
  ],
  [
    'an authority for time that stamps other bytes',
    /sign\/not-kept/,
    ({ fault }) => {
      fault('tsa', { kind: 'wrong-imprint' })
    }
  ],
  [
    'an authority for time that signs with another key',
    /sign\/contradicted/,
    ({ fault }) => {
      fault('tsa', { kind: 'wrong-key' })
    }
  ]
]

describe('signing with', () => {
  it.each(INSTANCES)('%s claims nothing', async (_what, expected, prepare) => {
    prepare(services.sigstore)
    const run = await sign()
    const attached = services.registry.requests.filter(
      ({ method, path }) => method === 'PUT' && path.includes('/manifests/')
    )

    expectBounded(run)
    expect(run.log).toMatch(expected)
    expect(claimedBy(run)).toEqual([])
    expect(attached).toEqual([])
  })
})

describe.each(['fulcio', 'rekor', 'tsa'] as const)('an answer without end', (name) => {
  it(`of ${name} ends the run soon, and nothing is claimed`, async () => {
    const middle: Middle = { before: () => 'endless' }
    services.fronts[name].misbehave({ kind: 'man-in-the-middle', middle })
    const run = await sign()

    expectBounded(run)
    expect(run.log).toMatch(/more than \d+ bytes/)
    expect(claimedBy(run)).toEqual([])
  })
})
