import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { HttpAnswer, HttpRequest } from '../../../src/host/host.ts'
import { httpClient } from '../../../src/host/http.ts'
import type { Timing } from '../../../src/host/http/timing.ts'
import { type PackageRegistry, startRegistry } from '../../support/services/registry.ts'

const TIMING: Timing = {
  now: () => performance.now(),
  random: () => 0.5,
  sleep: () => Promise.resolve()
}

let registry: PackageRegistry

beforeEach(async () => {
  registry = await startRegistry({ files: { '/file': 'ten bytes.' } })
})

afterEach(() => registry.close())

function send(over: Partial<HttpRequest> = {}): Promise<HttpAnswer> {
  const http = httpClient({ env: {}, version: '1.2.3', concurrency: 4, timing: TIMING })
  return http.fetch({ url: `${registry.url}/file`, maxBytes: 1e6, idleMs: 10_000, ...over })
}

describe('a request', () => {
  it.each(['PUT', 'PATCH', 'POST'] as const)('can %s bytes', async (method) => {
    await send({ method, body: Uint8Array.of(0x68, 0x69) })

    expect(registry.requests).toMatchObject([
      { method, body: 'hi', headers: { 'content-length': '2' } }
    ])
  })

  it('of POST without a body says that there is none', async () => {
    await send({ method: 'POST' })

    expect(registry.requests).toMatchObject([{ body: '', headers: { 'content-length': '0' } }])
  })

  it('of HEAD may be about more than the limit', async () => {
    const answer = await send({ method: 'HEAD', maxBytes: 0 })

    expect(answer).toMatchObject({ status: 200, bytes: 0, headers: { 'content-length': '10' } })
  })

  it.each([
    ['GET', 2],
    ['HEAD', 2],
    ['PUT', 1],
    ['PATCH', 1],
    ['DELETE', 1]
  ] as const)('of %s that is redirected makes %d requests', async (method, requests) => {
    registry.misbehave('/old', { kind: 'redirect', to: '/file', status: 307 })
    await send({ method, url: `${registry.url}/old` }).catch(() => undefined)

    expect(registry.requests).toHaveLength(requests)
  })
})

describe('a status', () => {
  it.each([401, 405, 409, 500])('of %d is an answer to whoever asks for it', async (status) => {
    registry.misbehave('/file', { kind: 'status', status })

    const answer = await send({ answers: [status] })

    expect(answer).toMatchObject({ status, bytes: 2 })
    expect(Buffer.from(answer.body).toString()).toBe('no')
    await expect(send({ answers: [418] })).rejects.toMatchObject({ code: 'SERVICE_STATUS' })
  })
})

describe('what is to be done once', () => {
  it.each([
    ['an error of unknown effect', { kind: 'status', status: 500 }, 1],
    ['a gateway', { kind: 'status', status: 502 }, 1],
    ['a broken connection', { kind: 'reset' }, 1],
    ['an answer cut off', { kind: 'truncated' }, 1],
    ['too many requests', { kind: 'status', status: 429 }, 4],
    ['an outage', { kind: 'status', status: 503 }, 4]
  ] as const)('is asked for at %s: %j, %d times', async (_what, how, times) => {
    registry.misbehave('/file', how)

    await expect(send({ method: 'POST', once: true })).rejects.toMatchObject({
      name: 'ServiceError'
    })
    expect(registry.requests).toHaveLength(times)
  })

  it('is asked for again on a new connection, should the server not be there', async () => {
    await registry.close()

    await expect(send({ method: 'POST', once: true })).rejects.toThrow('(4 attempts)')
  })
})
