import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { reacher } from '../../../src/services/sigstore-sign/reach.ts'
import { type EmbeddedSigstore, startSigstore } from '../../support/services/sigstore/sigstore.ts'
import { signingDesk } from '../../support/signing.ts'

let sigstore: EmbeddedSigstore

beforeAll(async () => {
  sigstore = await startSigstore()
})

afterEach(() => {
  sigstore.behave()
})

afterAll(() => sigstore.close())

describe('a service is there', () => {
  it.each([200, 400, 401, 403, 404, 405, 501])('when it answers %i', async (status) => {
    sigstore.fault('rekorV1', { kind: 'status', status })
    const desk = signingDesk(sigstore)
    await reacher(desk)('the log', sigstore.rekorV1.url)

    expect(desk.slept).toEqual([])
  })

  it('when an outage has passed', async () => {
    sigstore.fault('rekorV1', { kind: 'status', status: 503, times: 5 })
    const desk = signingDesk(sigstore)
    await reacher(desk)('the log', sigstore.rekorV1.url)

    expect(desk.slept).toHaveLength(5)
  })
})

describe('a service is not there', () => {
  it.each([
    [{ kind: 'status', status: 503 }, 'SERVICE_STATUS'],
    [{ kind: 'reset' }, 'SERVICE_UNREACHABLE']
  ] as const)('when all patience is used up: %j', async (how, code) => {
    sigstore.fault('tsa', how)
    const desk = signingDesk(sigstore, { patienceMs: 20_000 })
    const reach = reacher(desk)
    const both = await Promise.allSettled([
      reach('the timestamp authority', sigstore.tsa.url),
      reach('the log', sigstore.rekorV1.url)
    ])

    expect(both).toEqual([
      {
        status: 'rejected',
        reason: expect.objectContaining({
          code,
          message: expect.stringMatching(/did not get better in \d+ s$/)
        })
      },
      { status: 'fulfilled', value: undefined }
    ])
    expect(desk.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(20_000)
  })
})
