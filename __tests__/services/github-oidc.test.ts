import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import type { WorkflowClaims } from '../../src/model/workflow-claims.ts'
import { workflowClaims } from '../../src/services/github-oidc.ts'
import { type Canned, fakeHost } from '../support/fake-host.ts'

const ISSUER = 'https://issuer.example'
const CONFIGURATION = `${ISSUER}/.well-known/openid-configuration`
const JWKS = `${ISSUER}/.well-known/jwks`
const AUDIENCE = 'assay-provenance'

/** The clock of the fake host. */
const NOW = Date.parse('2026-01-02T03:04:05Z') / 1000

const own = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
const small = generateKeyPairSync('rsa', { modulusLength: 1024 })
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const COMMIT = 'ffac537e6cbbf934b08745a378932722df287a53'
const WORKFLOW = 'octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main'

const CLAIMS = {
  iss: ISSUER,
  aud: AUDIENCE,
  nbf: NOW - 300,
  iat: NOW,
  exp: NOW + 300,
  sub: 'repo:octo-org/octo-repo:ref:refs/heads/main',
  repository: 'octo-org/octo-repo',
  repository_id: '74',
  repository_owner_id: '65',
  repository_visibility: 'public',
  ref: 'refs/heads/main',
  sha: COMMIT,
  workflow_ref: WORKFLOW,
  workflow_sha: COMMIT,
  job_workflow_ref: WORKFLOW,
  job_workflow_sha: COMMIT,
  event_name: 'push',
  runner_environment: 'github-hosted',
  run_id: '123456',
  run_attempt: '1'
}

const HEADER = { typ: 'JWT', alg: 'RS256', kid: 'one' }

function jwkOf(key: KeyObject, more: object = {}): object {
  return { ...key.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256', ...more }
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

interface Made {
  readonly header?: object
  readonly claims?: object
  readonly key?: KeyObject
}

function tokenOf({ header = {}, claims = {}, key = own.privateKey }: Made = {}): string {
  const text = `${encoded({ ...HEADER, ...header })}.${encoded({ ...CLAIMS, ...claims })}`
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
}

interface Asked {
  readonly token?: string
  readonly issuer?: string
  readonly keys?: readonly unknown[]
  readonly responses?: Readonly<Record<string, Canned>>
}

function ask({
  token = tokenOf(),
  issuer = ISSUER,
  keys,
  responses
}: Asked): Promise<WorkflowClaims> {
  const host = fakeHost({
    responses: {
      [CONFIGURATION]: JSON.stringify({ issuer, jwks_uri: JWKS }),
      [JWKS]: JSON.stringify({ keys: keys ?? [jwkOf(own.publicKey)] }),
      ...responses
    }
  })
  const idTokens = {
    token(audience: string): Promise<string> {
      expect(audience).toBe(AUDIENCE)
      return Promise.resolve(token)
    }
  }
  return workflowClaims({ host, idTokens, signal: new AbortController().signal, issuer })
}

it('reads what the code host says of the job', async () => {
  expect(await ask({})).toEqual({
    issuer: ISSUER,
    repository: 'octo-org/octo-repo',
    repositoryId: '74',
    repositoryOwnerId: '65',
    repositoryVisibility: 'public',
    ref: 'refs/heads/main',
    sha: COMMIT,
    workflowRef: WORKFLOW,
    workflowSha: COMMIT,
    jobWorkflowRef: WORKFLOW,
    jobWorkflowSha: COMMIT,
    eventName: 'push',
    runnerEnvironment: 'github-hosted',
    runId: '123456',
    runAttempt: '1'
  })
})

it.each([
  ['a clock that is a minute ahead', { nbf: NOW + 59, iat: NOW + 59 }],
  ['a clock that is a minute behind', { exp: NOW - 59 }],
  ['a list of one audience', { aud: [AUDIENCE] }],
  ['no time at which it begins', { nbf: undefined, iat: undefined }]
])('believes a token with %s', async (_, claims) => {
  await expect(ask({ token: tokenOf({ claims }) })).resolves.toMatchObject({ runId: '123456' })
})

it('finds its key among others, and takes one that does not say what it is for', async () => {
  const keys = [
    jwkOf(other.publicKey, { kid: 'two' }),
    'no key',
    jwkOf(own.publicKey, { use: undefined, alg: undefined })
  ]

  await expect(ask({ keys })).resolves.toMatchObject({ runId: '123456' })
})

describe('a token is not believed', () => {
  const pem = own.publicKey.export({ type: 'spki', format: 'pem' })

  /** The classic: the public key as the secret of a symmetric algorithm. */
  function hmacToken(secret: string): string {
    const text = `${encoded({ ...HEADER, alg: 'HS256' })}.${encoded(CLAIMS)}`
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
  }

  const [head = '', payload = '', signature = ''] = tokenOf().split('.')

  it.each([
    [
      'no algorithm',
      `${encoded({ ...HEADER, alg: 'none' })}.${payload}.`,
      'no signed JSON Web Token'
    ],
    [
      'no algorithm and a signature',
      tokenOf({ header: { alg: 'none' } }),
      'signed with "none", expected RS256'
    ],
    ['no algorithm, in other letters', tokenOf({ header: { alg: 'nOnE' } }), 'signed with "nOnE"'],
    ['the public key as a secret', hmacToken(String(pem)), 'signed with "HS256", expected RS256'],
    [
      'the public key as a secret, as JSON',
      hmacToken(JSON.stringify(jwkOf(own.publicKey))),
      '"HS256"'
    ],
    [
      'another algorithm of the same key',
      tokenOf({ header: { alg: 'RS512' } }),
      'signed with "RS512"'
    ],
    [
      'an algorithm that is no text',
      tokenOf({ header: { alg: ['RS256'] } }),
      'signed with a object'
    ],
    ['an encrypted type', tokenOf({ header: { typ: 'JWE' } }), 'of the type "JWE"'],
    ['critical extensions', tokenOf({ header: { crit: ['b64'] } }), 'asks for extensions'],
    ['another key', tokenOf({ key: other.privateKey }), "not of the issuer's key"],
    [
      'a key that it brings along',
      tokenOf({ key: other.privateKey, header: { jwk: jwkOf(other.publicKey) } }),
      "not of the issuer's key"
    ],
    [
      'the place of a key',
      tokenOf({ key: other.privateKey, header: { jku: 'https://evil.example' } }),
      "not of the issuer's key"
    ],
    [
      'a key that nobody publishes',
      tokenOf({ header: { kid: 'two' } }),
      '0 keys with the id "two", expected one'
    ],
    [
      'a key of prototypes',
      tokenOf({ header: { kid: '__proto__' } }),
      '0 keys with the id "__proto__"'
    ],
    ['no key', tokenOf({ header: { kid: undefined } }), 'does not say which key'],
    [
      'other claims under the signature',
      `${head}.${encoded({ ...CLAIMS, repository: 'evil/repo' })}.${signature}`,
      "not of the issuer's key"
    ],
    [
      'another signature',
      `${head}.${payload}.${'A'.repeat(signature.length)}`,
      "not of the issuer's key"
    ],
    ['an empty signature', `${head}.${payload}.`, 'no signed JSON Web Token'],
    [
      'another issuer',
      tokenOf({ claims: { iss: 'https://other.example' } }),
      'issued by "https://other.example", expected "https://issuer.example"'
    ],
    [
      'an issuer that begins alike',
      tokenOf({ claims: { iss: `${ISSUER}/` } }),
      'issued by "https://issuer.example/"'
    ],
    ['no issuer', tokenOf({ claims: { iss: undefined } }), 'issued by a undefined'],
    [
      'another audience',
      tokenOf({ claims: { aud: 'sigstore' } }),
      'for "sigstore", expected "assay-provenance"'
    ],
    ['several audiences', tokenOf({ claims: { aud: [AUDIENCE, 'sigstore'] } }), 'for a object'],
    [
      'an end in the past',
      tokenOf({ claims: { exp: NOW - 61 } }),
      'it expired at 2026-01-02T03:03:04.000Z; now is 2026-01-02T03:04:05.000Z'
    ],
    ['no end', tokenOf({ claims: { exp: undefined } }), 'does not say when it expires'],
    [
      'an end that is text',
      tokenOf({ claims: { exp: '9999999999' } }),
      'does not say when it expires'
    ],
    ['an end beyond all time', tokenOf({ claims: { exp: 1e300 } }), 'does not say when it expires'],
    [
      'a start in the future',
      tokenOf({ claims: { nbf: NOW + 61 } }),
      'it holds from 2026-01-02T03:05:06.000Z'
    ],
    ['a making in the future', tokenOf({ claims: { iat: NOW + 61 } }), 'it holds from'],
    ['a start that is text', tokenOf({ claims: { nbf: 'now' } }), 'does not say when it begins'],
    [
      'no repository',
      tokenOf({ claims: { repository: undefined } }),
      'does not claim "repository"'
    ],
    [
      'a repository that is an address',
      tokenOf({ claims: { repository: 'a/b@c' } }),
      'claim "repository" is not of the form'
    ],
    [
      'a repository that is a list',
      tokenOf({ claims: { repository: ['a/b'] } }),
      'claim "repository" is not of the form'
    ],
    [
      'a commit that is a branch',
      tokenOf({ claims: { sha: 'main' } }),
      'claim "sha" is not of the form'
    ],
    [
      'a line break in a workflow',
      tokenOf({ claims: { job_workflow_ref: `${WORKFLOW}\n` } }),
      'claim "job_workflow_ref"'
    ],
    ['an identifier that is a number', tokenOf({ claims: { run_id: 123 } }), 'claim "run_id"'],
    ['four parts', `${tokenOf()}.x`, 'no signed JSON Web Token'],
    ['line breaks', `${tokenOf()}\n`, 'no signed JSON Web Token'],
    ['a header that is no JSON', `e30x.${payload}.${signature}`, 'header is no JSON object'],
    [
      'a header that is a list',
      `${encoded([])}.${payload}.${signature}`,
      'header is no JSON object'
    ],
    ['megabytes', `${head}.${'A'.repeat(5_000_000)}.${signature}`, 'longer than 32768 characters'],
    ['nothing in it', '', 'no signed JSON Web Token']
  ])('with %s', async (_, token, why) => {
    const failure = ask({ token })

    await expect(failure).rejects.toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID',
      message: expect.stringMatching(/^Cannot believe the token of this job: /) as unknown
    })
    await expect(failure).rejects.toThrow(why)
    await expect(failure).rejects.not.toThrow(signature)
  })

  it.each([
    ['has two keys with one id', [jwkOf(own.publicKey), jwkOf(other.publicKey)], '2 keys'],
    ['has a short key', [jwkOf(small.publicKey)], 'is no RSA key'],
    ['has a key for encryption', [jwkOf(own.publicKey, { use: 'enc' })], 'is no RSA key'],
    ['has a key for another algorithm', [jwkOf(own.publicKey, { alg: 'RS512' })], 'is no RSA key'],
    ['has an elliptic key', [jwkOf(elliptic.publicKey)], 'is no RSA key'],
    ['has a symmetric key', [{ kty: 'oct', kid: 'one', k: 'AAAA' }], 'is no RSA key'],
    ['has a damaged key', [jwkOf(own.publicKey, { n: '!' })], 'is no RSA key'],
    ['has a key without end', [jwkOf(own.publicKey, { n: 'A'.repeat(100_000) })], 'is no RSA key'],
    [
      'has too many keys',
      Array.from({ length: 101 }, () => jwkOf(own.publicKey)),
      'no set of keys'
    ],
    ['has no keys', [], '0 keys']
  ])('when its issuer %s', async (_, keys, why) => {
    await expect(ask({ keys })).rejects.toThrow(why)
  })

  it.each<[string, Record<string, Canned>, string]>([
    [
      'are of another issuer',
      { [CONFIGURATION]: JSON.stringify({ issuer: 'https://other.example', jwks_uri: JWKS }) },
      'of another issuer'
    ],
    [
      'lie on another host',
      {
        [CONFIGURATION]: JSON.stringify({ issuer: ISSUER, jwks_uri: 'https://evil.example/jwks' })
      },
      'not on its own host'
    ],
    [
      'lie on another port',
      { [CONFIGURATION]: JSON.stringify({ issuer: ISSUER, jwks_uri: `${ISSUER}:8443/jwks` }) },
      'not on its own host'
    ],
    [
      'lie in the clear',
      {
        [CONFIGURATION]: JSON.stringify({ issuer: ISSUER, jwks_uri: JWKS.replace('https', 'http') })
      },
      'not on its own host'
    ],
    [
      'lie behind a name and a password',
      { [CONFIGURATION]: JSON.stringify({ issuer: ISSUER, jwks_uri: `${ISSUER}@evil.example/` }) },
      'not on its own host'
    ],
    ['lie nowhere', { [CONFIGURATION]: JSON.stringify({ issuer: ISSUER }) }, 'not on its own host'],
    [
      'lie in the token',
      { [CONFIGURATION]: JSON.stringify({ issuer: ISSUER, jwks_uri: 'data:,{}' }) },
      'not on its own host'
    ],
    [
      'are behind a redirect',
      {
        [JWKS]: {
          status: 200,
          url: 'https://evil.example/jwks',
          body: Buffer.from(JSON.stringify({ keys: [jwkOf(own.publicKey)] }))
        }
      },
      'redirects to another host'
    ],
    ['are not there', { [JWKS]: { status: 404 } }, 'answers with status 404'],
    ['are no JSON', { [JWKS]: '<html>' }, 'is no JSON'],
    ['are no set', { [JWKS]: 'null' }, 'publishes no set of keys'],
    ['are megabytes', { [JWKS]: ' '.repeat(300_000) }, JWKS]
  ])('when the keys of its issuer %s', async (_, responses, why) => {
    const failure = ask({ responses })

    await expect(failure).rejects.toMatchObject({
      code: expect.stringMatching(/^SERVICE_/) as unknown
    })
    await expect(failure).rejects.toThrow(why)
  })
})

it('asks an issuer that has a path below that path', async () => {
  const issuer = 'https://issuer.example/acme'
  const responses = {
    [`${issuer}/.well-known/openid-configuration`]: JSON.stringify({ issuer, jwks_uri: JWKS })
  }
  const token = tokenOf({ claims: { iss: issuer } })

  await expect(ask({ token, issuer, responses })).resolves.toMatchObject({ issuer })
})
