import { describe, expect, it } from '@jest/globals'
import type { IdTokens } from '../../src/host/host.ts'
import { idTokens } from '../../src/host/id-tokens.ts'
import { type Canned, fakeHost, type FakeHost } from '../support/fake-host.ts'

const URL_GIVEN = 'https://runner.example/token?api-version=2.0'
const SECRET = 'request-secret-0123456789'
const TOKEN = `${'aGVhZGVy'.repeat(3)}.${'Y2xhaW1z'.repeat(3)}.${'c2lnbmF0'.repeat(3)}`
const ENV = { ACTIONS_ID_TOKEN_REQUEST_URL: URL_GIVEN, ACTIONS_ID_TOKEN_REQUEST_TOKEN: SECRET }

function jobWith(answer: Canned, env: Record<string, string> = ENV): FakeHost {
  return fakeHost({ env, responses: { [`${URL_GIVEN}&audience=sigstore`]: answer } })
}

function tokensOf(host: FakeHost): IdTokens {
  const { idTokens: tokens } = idTokens(host)
  if (tokens === undefined) throw new Error('no tokens')
  return tokens
}

describe('a job that may ask for tokens', () => {
  it('gets one for an audience, and sends its right to ask to the runner alone', async () => {
    const host = jobWith(JSON.stringify({ count: 1, value: TOKEN }))

    expect(await tokensOf(host).token('sigstore')).toBe(TOKEN)
    expect(host.requests).toEqual([
      expect.objectContaining({
        url: `${URL_GIVEN}&audience=sigstore`,
        authorization: `Bearer ${SECRET}`
      })
    ])
  })

  it('masks the right to ask before it asks, and the token with all its parts', async () => {
    const host = jobWith(JSON.stringify({ value: TOKEN }))
    await tokensOf(host).token('sigstore')

    expect(host.masked).toEqual([SECRET, TOKEN, ...TOKEN.split('.')])
  })

  it('masks what is no token, too', async () => {
    const host = jobWith(JSON.stringify({ value: 'half.token' }))

    await expect(tokensOf(host).token('sigstore')).rejects.toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID'
    })
    expect(host.masked).toContain('half.token')
  })

  it('asks for an audience as it is, whatever is in it', async () => {
    const host = jobWith('')
    const audience = 'https://a.example/?b=c&audience=d'
    await tokensOf(host)
      .token(audience)
      .catch(() => {})

    const asked = new URL(host.requests[0]?.url ?? '')
    expect(asked.searchParams.getAll('audience')).toEqual([audience])
    expect(asked.searchParams.get('api-version')).toBe('2.0')
  })

  it.each<[string, Canned, string]>([
    ['a refusal', { status: 403 }, 'SERVICE_STATUS'],
    ['nothing there', { status: 404 }, 'SERVICE_STATUS'],
    ['no JSON', `<html>${TOKEN}`, 'SERVICE_RESPONSE_INVALID'],
    ['a list', JSON.stringify([TOKEN]), 'SERVICE_RESPONSE_INVALID'],
    ['a token in another place', JSON.stringify({ token: TOKEN }), 'SERVICE_RESPONSE_INVALID'],
    ['a number', JSON.stringify({ value: 1 }), 'SERVICE_RESPONSE_INVALID'],
    ['a line break in it', JSON.stringify({ value: `${TOKEN}\n::` }), 'SERVICE_RESPONSE_INVALID']
  ])('is told what is wrong with %s, and never what was answered', async (_what, answer, code) => {
    const host = jobWith(answer)
    const caught: unknown = await tokensOf(host)
      .token('sigstore')
      .catch((error: unknown) => error)

    expect(caught).toMatchObject({ code, message: expect.stringContaining('"sigstore"') })
    expect(JSON.stringify({ ...(caught as object), text: String(caught) })).not.toContain(
      TOKEN.slice(0, 12)
    )
  })
})

describe('a job that may not', () => {
  it.each([
    ['no address', { ACTIONS_ID_TOKEN_REQUEST_TOKEN: SECRET }],
    ['no right', { ACTIONS_ID_TOKEN_REQUEST_URL: URL_GIVEN }],
    ['an empty address', { ...ENV, ACTIONS_ID_TOKEN_REQUEST_URL: '' }],
    ['no address that is one', { ...ENV, ACTIONS_ID_TOKEN_REQUEST_URL: 'runner' }]
  ])('has none: %s', (_what, env) => {
    expect(idTokens(fakeHost({ env }))).toEqual({})
  })
})
