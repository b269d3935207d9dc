import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { HttpAnswer, HttpRequest } from '../../src/host/host.ts'
import { InputError, ServiceError } from '../../src/model/errors.ts'
import {
  type AttestationAbout,
  githubAttestations,
  type GithubAttestations
} from '../../src/services/github-attestations.ts'
import { fakeHost } from '../support/fake-host.ts'
import { type GithubApi, startGithubApi } from '../support/services/github.ts'
import { httpClient } from '../../src/host/http.ts'

const SLUG = 'octo-org/octo-repo'
const TOKEN = 'ghs_0123456789abcdef'
const HEX = 'ab'.repeat(32)
const ABOUT: AttestationAbout = {
  digest: { algorithm: 'sha256', hex: HEX },
  predicateType: 'https://slsa.dev/provenance/v1',
  bytes: 10_000
}
const NO_GIT = {
  git: (): string => {
    throw new Error('No git here')
  }
}

/** A bundle as far as GitHub looks at it. */
function bundleOf(
  sig: string,
  predicateType = ABOUT.predicateType
): { readonly dsseEnvelope: object } {
  const statement = { predicateType, predicate: {}, subject: [{ digest: { sha256: HEX } }] }
  const payload = Buffer.from(JSON.stringify(statement)).toString('base64')
  return Object.assign(
    { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json' },
    { dsseEnvelope: { payload, signatures: [{ sig }] } }
  )
}

/** A clock that waiting moves on, and says how long. */
function clock(): {
  now(): number
  sleep(ms: number): Promise<void>
  random(): number
  slept: number[]
} {
  let now = 0
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    random: () => 0,
    sleep(ms) {
      slept.push(ms)
      now += ms
      return Promise.resolve()
    }
  }
}

let api: GithubApi
let timing: ReturnType<typeof clock>

beforeEach(async () => {
  api = await startGithubApi(NO_GIT, SLUG)
  timing = clock()
})

afterEach(() => api.close())

function store(): GithubAttestations {
  const signal = new AbortController().signal
  const http = httpClient({ env: {}, version: '0', concurrency: 4, offline: false, signal })
  const host = { ...fakeHost(), http }
  return githubAttestations({ host, signal, timing }, { api: api.url, slug: SLUG, token: TOKEN })
}

/** The same over canned answers, one after the other. */
function scripted(answers: readonly (Partial<HttpAnswer> | Error)[]): {
  readonly store: GithubAttestations
  readonly requests: readonly HttpRequest[]
} {
  const requests: HttpRequest[] = []
  const left = [...answers]
  const http = {
    fetch(request: HttpRequest): Promise<HttpAnswer> {
      requests.push(request)
      const next = left.shift()
      if (next === undefined) throw new Error('No answer is left')
      if (Error.isError(next)) return Promise.reject(next)
      const body = next.body ?? new Uint8Array()
      return Promise.resolve({
        status: 200,
        url: request.url,
        headers: {},
        bytes: body.length,
        ...next,
        body
      })
    }
  }
  const { signal } = new AbortController()
  const host = { ...fakeHost(), http }
  const repository = { api: 'https://api.example', slug: SLUG, token: TOKEN }
  return { store: githubAttestations({ host, signal, timing }, repository), requests }
}

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value))
}

function outage(status: number): ServiceError {
  return new ServiceError({
    code: 'SERVICE_STATUS',
    message: `status ${status}`,
    remedy: 'none',
    reason: `status ${status}`,
    retryInMs: 0
  })
}

describe('an attestation', () => {
  it('is handed over, found again, and told apart by predicate and subject', async () => {
    const github = store()

    expect(await github.keep(bundleOf('AA'), ABOUT)).toBe('1000000')
    await github.keep(bundleOf('BB', 'https://spdx.dev/Document'), ABOUT)

    expect(await github.find(ABOUT)).toEqual({ bundles: [bundleOf('AA')], unread: 0 })
    const other = { ...ABOUT, digest: { algorithm: 'sha256', hex: 'cd'.repeat(32) } } as const
    expect(await github.find(other)).toEqual({ bundles: [], unread: 0 })
    expect(new Set(api.requests.map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer ${TOKEN}`])
    )
  })

  it('is found on later pages, but not on pages without end', async () => {
    const github = store()
    for (let at = 0; at < 65; at += 1) await github.keep(bundleOf(String(at)), ABOUT)
    const large = { ...ABOUT, bytes: 32 * 1024 * 1024 }

    expect((await github.find(ABOUT)).bundles).toHaveLength(65)
    expect(await github.find(large)).toMatchObject({ unread: 1 })
    expect((await github.find(large)).bundles).toHaveLength(10)
  })

  it('that is only an address is counted, and its address not asked', async () => {
    const attestations = [
      { bundle: null, bundle_url: 'https://elsewhere.example/b' },
      { bundle: bundleOf('AA') },
      'nonsense'
    ]
    const { store: github, requests } = scripted([{ body: json({ attestations }) }])

    expect(await github.find(ABOUT)).toEqual({ bundles: [bundleOf('AA')], unread: 2 })
    expect(requests).toHaveLength(1)
  })

  it('is looked for on the same host, whatever the link to the next page says', async () => {
    const link =
      '<https://evil.example/steal?after=CURSOR%26x>; rel="next", <https://x>; rel="prev"'
    const page = { body: json({ attestations: [] }) }
    const { store: github, requests } = scripted([{ ...page, headers: { link } }, page])

    await github.find(ABOUT)

    expect(requests.map(({ url }) => new URL(url).origin)).toEqual([
      'https://api.example',
      'https://api.example'
    ])
    expect(new URL(requests[1]?.url ?? '').searchParams.get('after')).toBe('CURSOR&x')
  })

  it.each([
    ['no JSON', Buffer.from('<html>')],
    ['something else', json({ items: [] })]
  ])('is not found in %s', async (_, body) => {
    const { store: github } = scripted([{ body }])

    await expect(github.find(ABOUT)).rejects.toThrow(
      expect.objectContaining({ code: 'SERVICE_RESPONSE_INVALID' })
    )
  })
})

describe('a limit', () => {
  it('is waited for as long as GitHub asks', async () => {
    const github = store()
    api.attestations.limit(1, 17)
    await github.keep(bundleOf('AA'), ABOUT)

    await github.keep(bundleOf('BB'), ABOUT)

    expect(timing.slept).toEqual([17_500])
    expect(api.attestations.kept).toHaveLength(2)
  })

  it.each([
    ['a status of its own', { status: 429 }, 60_500],
    [
      'a sentence',
      { status: 403, body: json({ message: 'You have exceeded a secondary rate limit' }) },
      60_500
    ],
    [
      'nothing left',
      { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '0' } },
      1500
    ],
    [
      'nothing left until a time, by the clock of the host',
      {
        status: 403,
        headers: {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Date.parse('2026-01-02T03:05:35Z') / 1000)
        }
      },
      90_500
    ]
  ])('is known by %s', async (_, answer, slept) => {
    const { store: github } = scripted([answer, { status: 201, body: json({ id: 7 }) }])

    expect(await github.keep(bundleOf('AA'), ABOUT)).toBe('7')
    expect(timing.slept).toEqual([slept])
  })

  it('is not met at all: 70 a minute', async () => {
    const { store: github } = scripted(
      Array.from({ length: 150 }, (_, id) => ({ status: 201, body: json({ id }) }))
    )

    for (let at = 0; at < 150; at += 1) await github.keep(bundleOf(String(at)), ABOUT)

    expect(timing.slept).toEqual([60_000, 60_000])
  })

  it('is not waited for without end', async () => {
    const { store: github } = scripted([{ status: 429, headers: { 'retry-after': '3600' } }])

    await expect(github.keep(bundleOf('AA'), ABOUT)).rejects.toThrow('status 429')
    expect(timing.slept).toEqual([])
  })
})

describe('an outage', () => {
  it('is ridden out, and what was taken in it is not handed over again', async () => {
    const { store: github, requests } = scripted([
      outage(502),
      { status: 404 },
      outage(504),
      { body: json({ attestations: [{ bundle: bundleOf('other') }, { bundle: bundleOf('AA') }] }) }
    ])

    expect(await github.keep(bundleOf('AA'), ABOUT)).toBe('')
    expect(requests.map(({ method = 'GET' }) => method)).toEqual(['POST', 'GET', 'POST', 'GET'])
  })

  it('of more than ten minutes is an error', async () => {
    const { store: github } = scripted(
      Array.from({ length: 100 }, (_, at) => (at % 2 === 0 ? outage(502) : { status: 404 }))
    )

    await expect(github.keep(bundleOf('AA'), ABOUT)).rejects.toThrow('status 502')
    expect(timing.now()).toBeGreaterThan(500_000)
    expect(timing.now()).toBeLessThan(600_001)
  })

  it('that will not pass is an error at once', async () => {
    const gone = new ServiceError({
      code: 'SERVICE_UNREACHABLE',
      message: 'no such host',
      remedy: 'none'
    })
    const { store: github, requests } = scripted([gone])

    await expect(github.keep(bundleOf('AA'), ABOUT)).rejects.toBe(gone)
    expect(requests).toHaveLength(1)
  })
})

describe('a refusal', () => {
  it.each([
    [401, 'Bad credentials', 'INPUT_INVALID', '`github-token`'],
    [403, 'Resource not accessible by integration', 'PERMISSION_MISSING', '`attestations: write`'],
    [404, 'Not Found', 'SERVICE_STATUS', 'Enterprise Server'],
    [413, 'Payload too large', 'SERVICE_STATUS', '16 MB'],
    [
      422,
      'Feature not available for user-owned private repositories.',
      'SERVICE_STATUS',
      'Enterprise Cloud'
    ]
  ])(
    'of status %i says what GitHub says, and what to do',
    async (status, message, code, remedy) => {
      const { store: github } = scripted([{ status, body: json({ message }) }])
      const error: unknown = await github
        .keep(bundleOf('AA'), ABOUT)
        .catch((thrown: unknown) => thrown)

      expect(error).toMatchObject({
        code,
        message: `Cannot keep attestations with ${SLUG}: GitHub answered status ${status} ("${message}")`
      })
      expect(error).toHaveProperty('remedy', expect.stringContaining(remedy))
      expect(JSON.stringify(error)).not.toContain(TOKEN)
    }
  )

  it('shows hostile text as what it is', async () => {
    const message = `::error::\u001b[31m${'x'.repeat(1000)}\nnext`
    const { store: github } = scripted([{ status: 422, body: json({ message }) }])
    const error = await github.keep(bundleOf('AA'), ABOUT).catch((thrown: unknown) => thrown)

    const shown = Error.isError(error) ? error.message : ''
    expect(shown).toContain('\\x1b[31m')
    expect(shown.length).toBeLessThan(500)
    expect(shown).not.toContain('\n')
  })
})

describe('what is in the way', () => {
  it('is nothing where attestations may be written, and none is left', async () => {
    expect(await store().hindrance()).toBeUndefined()
    expect(api.attestations.kept).toEqual([])
  })

  it('is a missing permission', async () => {
    api.attestations.forbid()

    const hindrance = await store().hindrance()

    expect(hindrance).toBeInstanceOf(InputError)
    expect(hindrance?.remedy).toContain('`attestations: write`')
  })

  it.each([[404], [410]])('is a GitHub without attestations: %i', async (status) => {
    const { store: github } = scripted([{ status }])

    expect((await github.hindrance())?.remedy).toContain('leave `github` out')
  })

  it.each([[400], [422], [429]])('is not a status %i', async (status) => {
    const { store: github } = scripted([{ status }])

    expect(await github.hindrance()).toBeUndefined()
  })

  it('is a GitHub that cannot be reached', async () => {
    const { store: github } = scripted([outage(503)])

    expect(await github.hindrance()).toMatchObject({ code: 'SERVICE_STATUS' })
  })
})

it('says where attestations are listed, without a token', () => {
  expect(scripted([]).store.addressOf(ABOUT.digest)).toBe(
    `https://api.example/repos/${SLUG}/attestations/sha256:${HEX}`
  )
})
