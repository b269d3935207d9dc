import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { HttpAnswer, HttpClient, HttpRequest, Sink } from '../../src/host/host.ts'
import { ServiceError } from '../../src/model/errors.ts'
import { httpClient, type HttpOptions } from '../../src/host/http.ts'
import type { Timing } from '../../src/host/http/timing.ts'
import type { Misbehaviour } from '../support/services/misbehaviour.ts'
import { type PackageRegistry, startRegistry } from '../support/services/registry.ts'

const BODY = Buffer.from('0123456789'.repeat(1000))

let registry: PackageRegistry
let slept: number[]

beforeEach(async () => {
  registry = await startRegistry({ files: { '/file': BODY, '/page.json': '{"a":1}' } })
  slept = []
})

afterEach(() => registry.close())

/** Waits without waiting, and remembers for how long. */
const timing: Timing = {
  now: () => performance.now(),
  random: () => 0.5,
  sleep(ms) {
    slept.push(ms)
    return Promise.resolve()
  }
}

function client(over: Partial<HttpOptions> = {}): HttpClient {
  return httpClient({ env: {}, version: '1.2.3', concurrency: 4, timing, ...over })
}

function fetchFile(over: Partial<HttpRequest> = {}): Promise<HttpAnswer> {
  return client().fetch({ url: `${registry.url}/file`, maxBytes: 1e6, idleMs: 10_000, ...over })
}

function noSink(): never {
  throw new Error('not for the sink')
}

describe('an answer', () => {
  it('is collected, with its type and length', async () => {
    const answer = await fetchFile()

    expect(answer).toMatchObject({ status: 200, url: `${registry.url}/file`, bytes: BODY.length })
    expect(Buffer.from(answer.body).equals(BODY)).toBe(true)
    expect(answer.headers['content-type']).toBe('application/octet-stream')
  })

  it('flows into a sink', async () => {
    const hash = createHash('sha256')
    const answer = await fetchFile({ sink: () => (chunk) => void hash.update(chunk) })

    expect(hash.digest('hex')).toBe(createHash('sha256').update(BODY).digest('hex'))
    expect(answer).toMatchObject({ bytes: BODY.length, body: new Uint8Array() })
  })

  it('waits for a sink that is not ready, however long', async () => {
    let bytes = 0
    await fetchFile({
      idleMs: 100,
      totalMs: 150,
      async sink({ headers }) {
        expect(headers['content-length']).toBe(String(BODY.length))
        await new Promise((resolve) => {
          setTimeout(resolve, 300)
        })
        return (chunk) => void (bytes += chunk.length)
      }
    })

    expect(bytes).toBe(BODY.length)
  })

  it('ends with what a sink throws', async () => {
    const broken = new Error('disk full')
    const sink = (): never => {
      throw broken
    }

    await expect(fetchFile({ sink: () => sink })).rejects.toBe(broken)
    await expect(fetchFile({ sink })).rejects.toBe(broken)
    await expect(fetchFile({ sink: () => Promise.reject(broken) })).rejects.toBe(broken)
    expect(registry.requests).toHaveLength(3)
  })

  it('is asked for and unpacked as gzip when that is wanted, and only then', async () => {
    const url = `${registry.url}/page.json`
    const packed = await fetchFile({ url, compressed: true })
    const plain = await fetchFile({ url })

    expect(Buffer.from(packed.body).toString()).toBe('{"a":1}')
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(registry.requests.map(({ headers }) => headers['accept-encoding'])).toEqual([
      'gzip',
      'identity'
    ])
  })

  it.each([404, 410, 304])('of status %d is an answer', async (status) => {
    registry.misbehave('/file', { kind: 'status', status })

    await expect(fetchFile({ sink: noSink })).resolves.toMatchObject({ status })
  })

  it('of status 404 may be longer than the limit', async () => {
    registry.misbehave('/file', { kind: 'wrong-case' })

    await expect(fetchFile({ maxBytes: 2 })).resolves.toMatchObject({ status: 404, bytes: 0 })
  })
})

describe('a request', () => {
  it('says who asks, and carries what it is given', async () => {
    await fetchFile({
      method: 'POST',
      headers: { 'Content-Type': 'text/plain' },
      body: 'question',
      authorization: 'Bearer secret'
    })

    expect(registry.requests).toMatchObject([
      {
        method: 'POST',
        body: 'question',
        headers: {
          'user-agent': 'assay/1.2.3',
          'content-type': 'text/plain',
          authorization: 'Bearer secret'
        }
      }
    ])
  })

  it('never sends credentials of the URL', async () => {
    const url = registry.url.replace('//', '//user:secret@')
    await fetchFile({ url: `${url}/file` })

    expect(registry.requests[0]?.headers.authorization).toBeUndefined()
  })

  it('shares its connection with those after it', async () => {
    const http = client()
    for (let at = 0; at < 5; at++) await http.fetch({ url: `${registry.url}/file`, maxBytes: 1e6 })

    expect(registry.connections()).toBe(1)
  })

  it.each([
    ['ftp://registry.example/a', 'not http or https'],
    ['file:///etc/passwd', 'not http or https'],
    ['no url', 'no valid URL'],
    ['http://169.254.169.254/latest/meta-data', 'a link-local address, where no package is'],
    ['http://[fd00:ec2::254]/', 'a link-local address, where no package is'],
    ['http://metadata.google.internal./', 'a link-local address, where no package is']
  ])('to %s is refused', async (url, reason) => {
    await expect(fetchFile({ url })).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE', reason })
  })

  it('with a header that cannot be sent is refused', async () => {
    await expect(fetchFile({ authorization: 'a\r\nb: c' })).rejects.toMatchObject({
      code: 'SERVICE_UNREACHABLE',
      reason: 'credentials or headers that HTTP cannot carry'
    })
  })
})

describe('a server that misbehaves', () => {
  it.each([
    ['truncated', { kind: 'truncated' }, 'SERVICE_RESPONSE_INVALID', 'answer cut off', 4],
    [
      'truncated in chunks',
      { kind: 'truncated-chunks' },
      'SERVICE_RESPONSE_INVALID',
      'answer cut off',
      4
    ],
    ['stalled', { kind: 'stalled' }, 'SERVICE_TIMEOUT', 'no sign of life within 0.2 s', 4],
    ['silent', { kind: 'silent' }, 'SERVICE_TIMEOUT', 'no sign of life within 0.2 s', 4],
    ['reset', { kind: 'reset' }, 'SERVICE_UNREACHABLE', 'connection broken', 4],
    ['failing', { kind: 'status', status: 500 }, 'SERVICE_STATUS', 'status 500', 4],
    ['refusing', { kind: 'status', status: 403 }, 'SERVICE_STATUS', 'status 403', 1],
    ['endless', { kind: 'endless' }, 'SERVICE_LIMIT_EXCEEDED', 'more than 1000000 bytes', 1]
  ] as const)(
    '(%s) is told as such, after the attempts it is worth',
    async (_name, how, code, reason, attempts) => {
      registry.misbehave('/file', how)

      const idleMs = /silent|stalled/.test(how.kind) ? 200 : 10_000
      await expect(fetchFile({ idleMs })).rejects.toMatchObject({
        code,
        reason,
        url: `${registry.url}/file`,
        message: `Cannot fetch "${registry.url}/file": ${reason}${attempts > 1 ? ' (4 attempts)' : ''}`,
        remedy: expect.stringMatching(/^[A-Z].*/)
      })
      expect(registry.requests).toHaveLength(attempts)
    }
  )

  it.each([
    ['truncated', { kind: 'truncated', times: 2 }],
    ['stalled', { kind: 'stalled', times: 2 }],
    ['reset', { kind: 'reset', times: 2 }],
    ['failing', { kind: 'status', status: 503, times: 2 }]
  ] as const)('for a while (%s) is asked again, with a new sink', async (_name, how) => {
    registry.misbehave('/file', how)
    let text = ''
    const sink = (): ((chunk: Uint8Array) => void) => {
      text = ''
      return (chunk) => void (text += Buffer.from(chunk).toString())
    }

    await expect(fetchFile({ sink, idleMs: 500 })).resolves.toMatchObject({ status: 200 })
    expect(text).toBe(BODY.toString())
    expect(slept).toEqual([250, 500])
  })

  it.each(['truncated', 'stalled'] as const)(
    '(%s) is told to the sink of each attempt that broke',
    async (kind) => {
      registry.misbehave('/file', { kind, times: 2 })
      let broken = 0
      const sink = async (): Promise<Sink> => {
        await new Promise(setImmediate)
        return Object.assign(() => undefined, { broken: () => void broken++ })
      }
      await fetchFile({ sink, idleMs: 300 })

      expect(broken).toBe(2)
    }
  )

  it('with fewer bytes announced than sent is not believed the rest', async () => {
    registry.misbehave('/file', { kind: 'wrong-length' })
    const outcome = await fetchFile().then(
      ({ bytes }) => bytes,
      (error: unknown) => (error instanceof ServiceError ? error.reason : error)
    )

    // The rest comes in time to spoil this answer, or too late for anybody.
    expect(['no valid HTTP in the answer (HPE_INVALID_CONSTANT)', BODY.length / 2]).toContain(
      outcome
    )
  })

  it('by a body over the limit is not read', async () => {
    await expect(fetchFile({ maxBytes: BODY.length - 1 })).rejects.toMatchObject({
      code: 'SERVICE_LIMIT_EXCEEDED'
    })
    await expect(fetchFile({ maxBytes: BODY.length })).resolves.toMatchObject({ status: 200 })
  })

  it('by a gzip bomb is stopped at the limit', async () => {
    registry.misbehave('/file', { kind: 'gzip-bomb', unpackedBytes: 3e6 })

    await expect(fetchFile({ compressed: true })).rejects.toMatchObject({
      code: 'SERVICE_LIMIT_EXCEEDED'
    })
  })

  it('by compression that nobody asked for leaves archives as they are', async () => {
    registry.misbehave('/file', { kind: 'gzip-bomb', unpackedBytes: 3e6 })

    await expect(fetchFile()).resolves.toMatchObject({ status: 200 })
  })

  it('by a trickle is given up in the end', async () => {
    registry.misbehave('/file', { kind: 'slow', everyMs: 20, bytes: 1 })

    await expect(fetchFile({ totalMs: 300 })).rejects.toMatchObject({
      code: 'SERVICE_TIMEOUT',
      reason: expect.stringContaining('no whole answer within')
    })
  })

  it('slowly is waited for', async () => {
    registry.misbehave('/file', { kind: 'slow', everyMs: 20, bytes: 1000 })

    await expect(fetchFile({ idleMs: 180 })).resolves.toMatchObject({ bytes: BODY.length })
  })
})

describe('asking again', () => {
  it('waits as long as the server asks, in seconds', async () => {
    registry.misbehave('/file', { kind: 'status', status: 429, retryAfter: '7', times: 1 })

    await expect(fetchFile()).resolves.toMatchObject({ status: 200 })
    // Once for the host, once with chance on top for the request.
    expect(slept).toEqual([7000, 7250])
  })

  it('waits as long as the server asks, until a date', async () => {
    const retryAfter = new Date(Date.now() + 10_000).toUTCString()
    registry.misbehave('/file', { kind: 'status', status: 503, retryAfter, times: 1 })

    await expect(fetchFile()).resolves.toMatchObject({ status: 200 })
    expect(slept[0]).toBeGreaterThan(8000)
    expect(slept[0]).toBeLessThanOrEqual(10_000)
  })

  it('does not wait for an hour', async () => {
    registry.misbehave('/file', { kind: 'status', status: 429, retryAfter: '3600' })

    await expect(fetchFile()).rejects.toMatchObject({
      message: `Cannot fetch "${registry.url}/file": status 429 (asks to wait 3600 s)`,
      remedy: expect.stringContaining('concurrency')
    })
    expect(slept).toEqual([])
  })

  it('waits twice as long each time, times chance', async () => {
    registry.misbehave('/file', { kind: 'reset' })

    await expect(fetchFile()).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE' })
    expect(slept).toEqual([250, 500, 1000])
  })

  it('on a kept connection that was closed meanwhile does not count', async () => {
    const http = client()
    const request = { url: `${registry.url}/file`, maxBytes: 1e6 }
    await http.fetch(request)
    registry.misbehave('/file', { kind: 'reset', times: 1 })

    await expect(http.fetch(request)).resolves.toMatchObject({ status: 200 })
    expect(slept).toEqual([])
  })

  it('stops for a host that does not answer at all', async () => {
    await registry.close()
    const http = client({ concurrency: 1 })
    const fetchOne = (at: number): Promise<unknown> =>
      http.fetch({ url: `${registry.url}/${at}`, maxBytes: 10 }).catch((error: unknown) => error)
    const errors: unknown[] = []
    for (let at = 0; at < 10; at++) errors.push(await fetchOne(at))

    expect(errors[7]).toMatchObject({ message: expect.stringContaining('(4 attempts)') })
    expect(errors[8]).toMatchObject({
      code: 'SERVICE_UNREACHABLE',
      reason: 'connection refused',
      message: `Cannot fetch "${registry.url}/8": connection refused (not asked: its host failed too often before)`
    })
    expect(slept).toHaveLength(8 * 3)
  })

  it('goes on for whoever has a patience of their own', async () => {
    await registry.close()
    const http = client({ concurrency: 1 })
    const request = { url: `${registry.url}/file`, maxBytes: 10, patient: true } as const
    for (let at = 0; at < 10; at++) {
      await expect(http.fetch(request)).rejects.toMatchObject({
        message: expect.stringContaining('(4 attempts)')
      })
    }
  })

  it.each<[string, number | undefined, Misbehaviour]>([
    ['at any time', 0, { kind: 'reset' }],
    ['at any time', 0, { kind: 'status', status: 500 }],
    ['in an hour', 3_600_000, { kind: 'status', status: 503, retryAfter: '3600' }],
    ['never', undefined, { kind: 'status', status: 403 }],
    ['never', undefined, { kind: 'endless' }]
  ])('may help %s: %j ms', async (_when, retryInMs, how) => {
    registry.misbehave('/file', how)
    const caught: unknown = await fetchFile().catch((error: unknown) => error)

    expect(caught).toBeInstanceOf(ServiceError)
    expect(caught).toMatchObject({ retryInMs })
  })

  it('goes on for a host that answers between its failures', async () => {
    const http = client({ concurrency: 1 })
    registry.misbehave('/bad', { kind: 'reset' })
    const fetchPath = (path: string): Promise<HttpAnswer> =>
      http.fetch({ url: `${registry.url}${path}`, maxBytes: 1e6 })
    for (let at = 0; at < 9; at++) {
      await expect(fetchPath('/bad')).rejects.toMatchObject({ reason: 'connection broken' })
      await fetchPath('/file')
    }

    await expect(fetchPath('/bad')).rejects.toMatchObject({
      message: expect.stringContaining('(4 attempts)')
    })
  })
})

function many(http: HttpClient, count: number): Promise<unknown> {
  const request = { url: `${registry.url}/file`, maxBytes: 1e6 }
  return Promise.all(Array.from({ length: count }, () => http.fetch(request)))
}

describe('at once', () => {
  it.each([
    [{ concurrency: 3 }, 3],
    [{ concurrency: 8, perHost: 2 }, 2]
  ])('are under way with %j no more than %d', async (limits, most) => {
    registry.misbehave('/file', { kind: 'slow', everyMs: 5, bytes: BODY.length })
    await many(client(limits), 20)

    expect(registry.busiest()).toBe(most)
    expect(registry.connections()).toBeLessThanOrEqual(most)
  })

  it('is nothing while the host wants a pause', async () => {
    registry.misbehave('/file', { kind: 'status', status: 429, retryAfter: '1', times: 1 })
    const pause = Promise.withResolvers<void>()
    const paused: Timing = {
      ...timing,
      sleep: (ms) => (ms === 1000 ? pause.promise : timing.sleep(ms))
    }
    const all = many(client({ concurrency: 1, timing: paused }), 5)
    await new Promise((resolve) => {
      setTimeout(resolve, 100)
    })
    const before = registry.requests.length
    pause.resolve()
    await all

    expect(before).toBe(1)
    expect(registry.requests).toHaveLength(6)
  })
})

describe('a run', () => {
  it('that is offline asks nobody', async () => {
    const http = client({ offline: true })

    await expect(http.fetch({ url: `${registry.url}/file`, maxBytes: 1 })).rejects.toMatchObject({
      code: 'OFFLINE'
    })
    expect(registry.requests).toEqual([])
  })

  it.each(['silent', 'stalled', 'endless'] as const)(
    'that is ended leaves a %s server at once',
    async (kind) => {
      const controller = new AbortController()
      registry.misbehave('/file', { kind })
      const http = client({ signal: controller.signal, concurrency: 2 })
      const request = { url: `${registry.url}/file`, maxBytes: 1e12 }
      const pending = Array.from({ length: 4 }, () => http.fetch(request))
      setTimeout(() => {
        controller.abort()
      }, 50)
      const settled = await Promise.allSettled(pending)

      expect(settled).toEqual(
        settled.map(() => ({
          status: 'rejected',
          reason: expect.objectContaining({ code: 'CANCELLED' })
        }))
      )
      await expect(http.fetch(request)).rejects.toMatchObject({ code: 'CANCELLED' })
    }
  )

  it('can end one request alone', async () => {
    registry.misbehave('/file', { kind: 'silent', times: 1 })
    const own = new AbortController()
    const http = client({ signal: new AbortController().signal })
    const request = { url: `${registry.url}/file`, maxBytes: 1e6 }
    const pending = http.fetch({ ...request, signal: own.signal })
    setTimeout(() => {
      own.abort()
    }, 50)

    await expect(pending).rejects.toMatchObject({ code: 'CANCELLED' })
    await expect(http.fetch(request)).resolves.toMatchObject({ status: 200 })
  })
})
