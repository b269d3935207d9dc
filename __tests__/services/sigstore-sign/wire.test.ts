import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { AssayError } from '../../../src/model/errors.ts'
import { keylessSigner } from '../../../src/services/sigstore-sign.ts'
import { bundleVerifier } from '../../../src/services/sigstore-verify.ts'
import type { WireFault } from '../../support/services/sigstore/service.ts'
import { type EmbeddedSigstore, startSigstore } from '../../support/services/sigstore/sigstore.ts'
import { instanceOf, signingDesk, statementAbout } from '../../support/signing.ts'

const STATEMENT = statementAbout(Buffer.from('what is shipped'))

/** After this long, in milliseconds, a silent server is given up here. */
const TOTAL_MS = 400

let sigstore: EmbeddedSigstore

beforeAll(async () => {
  sigstore = await startSigstore()
})

afterEach(() => {
  sigstore.behave()
})

afterAll(() => sigstore.close())

const SERVICES = ['oidc', 'fulcio', 'rekorV1', 'rekorV2', 'tsa'] as const

/** What passes by itself. */
const PASSING: readonly WireFault[] = [
  { kind: 'reset', times: 1 },
  { kind: 'lost', times: 1 },
  { kind: 'truncated', times: 1 },
  { kind: 'truncated-chunks', times: 1 },
  { kind: 'stalled', times: 1 },
  { kind: 'silent', times: 1 },
  { kind: 'late', ms: TOTAL_MS / 8, times: 1 },
  { kind: 'late', ms: TOTAL_MS * 2, times: 1 },
  { kind: 'status', status: 408, times: 1 },
  { kind: 'status', status: 429, times: 1 },
  { kind: 'status', status: 500, times: 1 },
  { kind: 'status', status: 503, retryAfter: '30', times: 1 }
]

/** What does not. */
const LASTING: readonly WireFault[] = [
  { kind: 'html' },
  { kind: 'wrong-bytes' },
  { kind: 'wrong-length' },
  { kind: 'endless' },
  { kind: 'gzip-bomb', unpackedBytes: 1_000_000 },
  { kind: 'redirect', to: 'http://127.0.0.1:1/' },
  { kind: 'redirect', to: 'http://127.0.0.1:1/', status: 307 },
  { kind: 'status', status: 400 },
  { kind: 'status', status: 401 },
  { kind: 'status', status: 404 },
  { kind: 'status', status: 418 }
]

function desk(): ReturnType<typeof signingDesk> {
  return signingDesk(sigstore, { totalMs: TOTAL_MS, patienceMs: 60_000 })
}

describe.each(SERVICES)('on the way to or from %s', (service) => {
  const rekor = service === 'rekorV2' ? '2' : '1'

  it.each(PASSING)('%j is ridden out', async (how) => {
    const signer = keylessSigner(desk(), await instanceOf(sigstore, rekor))
    sigstore.fault(service, how)
    const { json } = await signer.statement(STATEMENT)

    const { trustedRoot } = sigstore
    const verify = await bundleVerifier({ trustedRoot, keys: [], asOf: '2026-01-01' })
    expect(verify(json)).toMatchObject({ by: 'certificate' })
  })

  it.each(LASTING)('%j is an error that says what to do, and nothing secret', async (how) => {
    const context = desk()
    const signer = keylessSigner(context, await instanceOf(sigstore, rekor))
    sigstore.fault(service, how)
    const caught: unknown = await signer.statement(STATEMENT).catch((error: unknown) => error)

    expect(caught).toBeInstanceOf(AssayError)
    expect(caught).toMatchObject({
      code: expect.stringMatching(/^SERVICE_/),
      remedy: expect.stringMatching(/^[A-Z].{10}/)
    })
    const shown = [caught, ...context.lines].map(String).join('\n')
    expect(context.masked.filter((secret) => shown.includes(secret))).toEqual([])
  })
})
