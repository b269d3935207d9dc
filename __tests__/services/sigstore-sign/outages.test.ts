import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { jsonObjectOf } from '../../../src/formats/json.ts'
import type { SignedBundle } from '../../../src/services/bundle-signer.ts'
import { keylessSigner } from '../../../src/services/sigstore-sign.ts'
import { bundleVerifier } from '../../../src/services/sigstore-verify.ts'
import {
  type EmbeddedSigstore,
  type FaultOrder,
  startSigstore
} from '../../support/services/sigstore/sigstore.ts'
import {
  type DeskOptions,
  instanceOf,
  type SigningDesk,
  signingDesk,
  statementAbout
} from '../../support/signing.ts'

const STATEMENT = statementAbout(Buffer.from('what is shipped'))

let sigstore: EmbeddedSigstore

beforeAll(async () => {
  sigstore = await startSigstore()
})

afterEach(() => {
  sigstore.behave()
})

afterAll(() => sigstore.close())

interface Attempt {
  readonly desk: SigningDesk
  readonly bundle: Promise<SignedBundle>
  /** Service, method and status of each request, in order: `rekor-v1 POST 201`. */
  asked(): readonly string[]
}

async function sign(rekor: '1' | '2', options: DeskOptions = {}): Promise<Attempt> {
  const desk = signingDesk(sigstore, options)
  const instance = await instanceOf(sigstore, rekor)
  const before = sigstore.requests.length
  return {
    desk,
    bundle: keylessSigner(desk, instance).statement(STATEMENT),
    asked: () =>
      sigstore.requests
        .slice(before)
        .map(({ service, method, status = 'none' }) => `${service} ${method} ${status}`)
  }
}

async function accepted({ json }: SignedBundle): Promise<unknown> {
  const verify = await bundleVerifier({
    trustedRoot: sigstore.trustedRoot,
    keys: [],
    asOf: '2026-01-01'
  })
  return verify(json)
}

function signaturesSent(service: string): readonly string[] {
  return sigstore.requests
    .filter((request) => request.service === service && request.method === 'POST')
    .map(({ body }) => {
      const { hashedRekordRequestV002: request } = JSON.parse(body) as {
        readonly hashedRekordRequestV002?: { readonly signature: { readonly content: string } }
      }
      return request?.signature.content ?? body
    })
}

describe('an outage that passes is ridden out', () => {
  it.each<[number, FaultOrder, '1' | '2']>([
    [2, ['oidc', { kind: 'status', status: 503, times: 2 }], '1'],
    [2, ['oidc', { kind: 'reset', times: 2 }], '1'],
    [1, ['fulcio', { kind: 'status', status: 503, times: 1 }], '1'],
    [6, ['fulcio', { kind: 'status', status: 500, times: 6 }], '2'],
    [1, ['fulcio', { kind: 'status', status: 429, times: 1 }], '1'],
    [1, ['fulcio', { kind: 'reset', times: 1 }], '1'],
    [1, ['fulcio', { kind: 'truncated', times: 1 }], '1'],
    [1, ['fulcio', { kind: 'lost', times: 1 }], '1'],
    [3, ['rekorV1', { kind: 'status', status: 502, times: 3 }], '1'],
    [1, ['rekorV1', { kind: 'reset', times: 1 }], '1'],
    [1, ['rekorV1', { kind: 'truncated', times: 1 }], '1'],
    [3, ['rekorV2', { kind: 'status', status: 503, times: 3 }], '2'],
    [1, ['rekorV2', { kind: 'reset', times: 1 }], '2'],
    [1, ['rekorV2', { kind: 'cancelled', times: 1 }], '2'],
    [2, ['tsa', { kind: 'status', status: 504, times: 2 }], '1'],
    [1, ['tsa', { kind: 'lost', times: 1 }], '2']
  ])('with %i waits: %j', async (waits, order, rekor) => {
    sigstore.fault(...order)
    const { desk, bundle } = await sign(rekor)

    expect(await accepted(await bundle)).toMatchObject({ by: 'certificate' })
    expect(desk.slept).toHaveLength(waits)
  })

  it('as long as the service asks for', async () => {
    sigstore.fault('fulcio', { kind: 'status', status: 503, retryAfter: '42', times: 1 })
    const { desk, bundle } = await sign('1')
    await bundle

    expect(desk.slept).toEqual([42_750])
  })

  it('and said now and then', async () => {
    sigstore.fault('rekorV1', { kind: 'status', status: 503, times: 8 })
    const { desk, bundle } = await sign('1')
    await bundle

    const lines = desk.lines.filter((line) => line.includes('waiting for it'))
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.length).toBeLessThan(8)
    expect(lines[0]).toMatch(
      /^Cannot enter a signature in the log at "http:.*": it answered status 503 \(refused\); waiting for it, at most 4 min \d+ s more$/
    )
  })

  it('by many at once, each with its own signature', async () => {
    const desk = signingDesk(sigstore)
    const signer = keylessSigner(desk, await instanceOf(sigstore, '2'))
    sigstore.fault('fulcio', { kind: 'status', status: 503, times: 2 })
    sigstore.fault('rekorV2', { kind: 'status', status: 503, times: 20 })
    const bundles = await Promise.all(Array.from({ length: 12 }, () => signer.statement(STATEMENT)))

    for (const bundle of bundles) {
      expect(await accepted(bundle)).toMatchObject({ by: 'certificate' })
    }
  })
})

describe('what a log of version 1 has already', () => {
  it('is fetched, not entered twice', async () => {
    sigstore.fault('rekorV1', { kind: 'lost', times: 1 })
    const size = sigstore.rekorV1.tree.size
    const { bundle, asked } = await sign('1')

    expect(await accepted(await bundle)).toMatchObject({ by: 'certificate' })
    expect(sigstore.rekorV1.tree.size).toBe(size + 1)
    expect(asked().filter((line) => line.startsWith('rekor'))).toEqual([
      'rekor-v1 POST 201',
      'rekor-v1 POST 409',
      'rekor-v1 GET 200'
    ])
  })

  it('keeps its timestamp meanwhile', async () => {
    sigstore.fault('rekorV1', { kind: 'status', status: 503, times: 2 })
    const { bundle, asked } = await sign('1')
    await bundle

    expect(asked().filter((line) => line.startsWith('tsa'))).toHaveLength(1)
  })
})

describe('what a log of version 2 may have already', () => {
  it.each<FaultOrder>([
    ['rekorV2', { kind: 'lost', times: 1 }],
    ['rekorV2', { kind: 'cancelled', times: 1 }],
    ['rekorV2', { kind: 'status', status: 409, times: 1 }]
  ])('is signed anew after a second, with the same certificate: %j', async (...order) => {
    sigstore.fault(...order)
    const before = signaturesSent('rekor-v2').length
    const { desk, bundle, asked } = await sign('2')

    expect(await accepted(await bundle)).toMatchObject({ by: 'certificate' })
    const [first, second, ...more] = signaturesSent('rekor-v2').slice(before)
    expect(more).toEqual([])
    expect(second).not.toBe(first)
    expect(Math.min(...desk.slept)).toBeGreaterThanOrEqual(1000)
    expect(asked().filter((line) => line.startsWith('fulcio'))).toHaveLength(1)
  })

  it('is waited for until the checkpoint comes', async () => {
    const slow = await startSigstore({ checkpointEveryMs: 1500 })
    const desk = signingDesk(slow)
    const signer = keylessSigner(desk, await instanceOf(slow, '2'))
    await Promise.all([signer.statement(STATEMENT), signer.statement(STATEMENT)])
    await slow.close()

    expect(desk.slept).toEqual([])
    expect(slow.rekorV2.tree.size).toBe(2)
  })
})

describe('an outage that does not pass', () => {
  it.each<[FaultOrder, string, '1' | '2']>([
    [['fulcio', { kind: 'status', status: 503 }], 'SERVICE_STATUS', '1'],
    [['rekorV1', { kind: 'reset' }], 'SERVICE_UNREACHABLE', '1'],
    [['rekorV2', { kind: 'status', status: 500 }], 'SERVICE_STATUS', '2'],
    [['tsa', { kind: 'truncated' }], 'SERVICE_RESPONSE_INVALID', '1']
  ])('ends within five minutes: %j', async (order, code, rekor) => {
    sigstore.fault(...order)
    const { desk, bundle } = await sign(rekor)

    await expect(bundle).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/, and did not get better in 4 min \d+ s$/),
      remedy: expect.stringMatching(/again/)
    })
    const waited = desk.slept.reduce((sum, ms) => sum + ms, 0)
    expect(waited).toBeGreaterThan(240_000)
    expect(waited).toBeLessThanOrEqual(300_000)
  })

  it('uses up the patience of all that follows, too', async () => {
    sigstore.fault('tsa', { kind: 'status', status: 503 })
    const desk = signingDesk(sigstore, { patienceMs: 20_000 })
    const signer = keylessSigner(desk, await instanceOf(sigstore, '1'))
    for (let count = 0; count < 5; count++) {
      await expect(signer.statement(STATEMENT)).rejects.toMatchObject({ code: 'SERVICE_STATUS' })
    }

    expect(desk.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(20_000)
  })

  it('ends at once when the service asks for more patience than there is', async () => {
    sigstore.fault('fulcio', { kind: 'status', status: 429, retryAfter: '3600' })
    const { desk, bundle } = await sign('1')

    await expect(bundle).rejects.toMatchObject({
      message: expect.stringContaining('asks to wait 60 min more')
    })
    expect(desk.slept).toEqual([])
  })

  it('ends when the run is ended', async () => {
    sigstore.fault('fulcio', { kind: 'status', status: 503 })
    const ending = new AbortController()
    const { bundle } = await sign('1', {
      signal: ending.signal,
      onSleep: () => {
        ending.abort()
      }
    })

    await expect(bundle).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('holds back nobody who asks another service', async () => {
    sigstore.fault('rekorV1', { kind: 'reset' })
    const { bundle } = await sign('1', { patienceMs: 30_000 })
    await expect(bundle).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE' })

    expect(jsonObjectOf((await (await sign('2')).bundle).json)).toBeDefined()
  })
})
