import { describe, expect, it } from '@jest/globals'
import { openRepository } from '../../../src/services/oci-registry.ts'
import type { RegistryLogin } from '../../../src/services/registry-login.ts'
import { type Canned, type FakeHost, fakeHost } from '../../support/fake-host.ts'
import { QUICK } from '../../support/oci-context.ts'

const LOGIN: RegistryLogin = { kind: 'password', username: 'bot', password: 'secret' }
const PAIR = `Basic ${Buffer.from('bot:secret').toString('base64')}`

interface Asked {
  readonly registry?: string
  readonly plainHttp?: readonly string[]
  readonly login?: RegistryLogin
}

/** Asks a registry of the internet that answers everything with a challenge; and what was sent where. */
async function challengedBy(challenge: string, asked: Asked = {}): Promise<FakeHost> {
  const { registry = 'r.example', plainHttp = [], login = LOGIN } = asked
  const refusal: Canned = { status: 401, headers: { 'www-authenticate': challenge } }
  const responses = new Proxy<Record<string, Canned>>(
    {},
    {
      get: (_target, url) =>
        String(url).includes('/v2/') && !String(url).includes('token') ? refusal : '{"token":"t"}'
    }
  )
  const host = fakeHost({ responses })
  const context = {
    host,
    signal: new AbortController().signal,
    timing: QUICK,
    plainHttp,
    loginOf: () => Promise.resolve(login)
  }
  await openRepository(context, { registry, repository: 'o/app' })
    .manifest('1')
    .catch(() => undefined)
  return host
}

function sentTo(host: FakeHost): readonly string[] {
  return host.requests
    .filter(({ authorization, body }) => authorization !== undefined || body !== undefined)
    .map(({ url }) => url)
}

describe('a login', () => {
  it.each([
    [
      'of a registry with a token server elsewhere',
      'https://auth.example/token',
      'https://auth.example/token?service=s&scope=repository%3Ao%2Fapp%3Apull'
    ],
    [
      'of a registry that is its own',
      'https://r.example/v2/token',
      'https://r.example/v2/token?service=s&scope=repository%3Ao%2Fapp%3Apull'
    ],
    [
      'of a realm with a query and a name in it',
      'https://user:pass@auth.example/token?a=b',
      'https://auth.example/token?a=b&service=s&scope=repository%3Ao%2Fapp%3Apull'
    ]
  ])('%s goes there', async (_what, realm, url) => {
    const host = await challengedBy(
      `Bearer realm="${realm}",service="s",scope="repository:o/app:pull"`
    )

    expect(host.requests[1]).toMatchObject({ url, authorization: PAIR })
    // The token, and nothing else, is for the registry.
    expect(host.requests[2]).toMatchObject({ authorization: 'Bearer t' })
    expect(host.masked).toEqual(['t'])
  })

  it.each([
    'http://auth.example/token',
    'http://r.example/token',
    'https://10.0.0.1/token',
    'https://localhost/token',
    'https://169.254.169.254/latest',
    'http://127.0.0.1:8080/token',
    'file:///etc/passwd',
    ''
  ])('never goes to %j', async (realm) => {
    const host = await challengedBy(`Bearer realm="${realm}",service="s"`)

    expect(host.requests.map(({ url }) => url)).toEqual(['https://r.example/v2/o/app/manifests/1'])
  })

  it('goes without TLS only where the user says so', async () => {
    const challenge = 'Bearer realm="http://r.local:5000/token",service="s"'
    const plain = await challengedBy(challenge, {
      registry: 'r.local:5000',
      plainHttp: ['r.local:5000']
    })

    expect(sentTo(plain)[0]).toContain('http://r.local:5000/token')
    expect(sentTo(await challengedBy(challenge, { registry: 'r.local:5000' }))).toEqual([])
  })

  it('for Docker Hub goes to where its API is', async () => {
    const host = await challengedBy('Basic realm="x"', { registry: 'docker.io' })

    expect(host.requests).toMatchObject([
      { url: 'https://registry-1.docker.io/v2/o/app/manifests/1' },
      { url: 'https://registry-1.docker.io/v2/o/app/manifests/1', authorization: PAIR }
    ])
  })

  it('that is a token of the registry is used as it is', async () => {
    const login: RegistryLogin = { kind: 'registry', token: 'own' }
    const host = await challengedBy('Bearer realm="https://auth.example/token"', { login })

    expect(
      host.requests.map(({ url, authorization }) => [new URL(url).host, authorization])
    ).toEqual([
      ['r.example', undefined],
      ['r.example', 'Bearer own']
    ])
  })

  it.each(['Negotiate', 'Digest realm="x",nonce="y"', ''])(
    'is not sent to %j',
    async (challenge) => {
      expect(sentTo(await challengedBy(challenge))).toEqual([])
    }
  )
})
