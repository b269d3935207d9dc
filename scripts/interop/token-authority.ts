import { spawnSync } from 'node:child_process'
import { createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PASSWORD, USERNAME } from '../../__tests__/support/services/oci-authority.ts'

/** Gives the tokens that a registry of distribution's with `auth: token` takes. */
export interface TokenAuthority {
  readonly issuer: string
  readonly service: string
  /** Path of the certificate that tokens are signed with. */
  readonly certificate: string
  /** A token without asking. */
  tokenFor(scopes: readonly string[]): string
  /** Answers who asks for one. */
  serve(request: IncomingMessage, response: ServerResponse): void
}

const EXPECTED = `Basic ${Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64')}`

/**
 * @param folder takes the key and the certificate
 * @throws when openssl makes none
 * @see https://distribution.github.io/distribution/spec/auth/jwt/
 */
export function tokenAuthority(folder: string): TokenAuthority {
  const [keyPath, certificate] = [join(folder, 'token.key'), join(folder, 'token.crt')]
  makeCertificate(keyPath, certificate)
  const key = createPrivateKey(readFileSync(keyPath))
  const x5c = [new X509Certificate(readFileSync(certificate)).raw.toString('base64')]
  const [issuer, service] = ['interop-issuer', 'interop-registry']
  const tokenFor = (scopes: readonly string[]): string => {
    const about = { iss: issuer, sub: USERNAME, aud: service, jti: randomUUID() }
    const claims = { ...about, access: scopes.map(accessOf), ...times() }
    const signed = [{ typ: 'JWT', alg: 'RS256', x5c }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
  }
  return {
    issuer,
    service,
    certificate,
    tokenFor,
    serve(request, response) {
      const known = request.headers.authorization === EXPECTED
      const { searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
      const scopes = searchParams.getAll('scope').flatMap((scope) => scope.split(' '))
      response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' })
      response.end(JSON.stringify(known ? { token: tokenFor(scopes), expires_in: 300 } : {}))
    }
  }
}

function accessOf(scope: string): object {
  const [type, name, actions = ''] = scope.split(':')
  return { type, name, actions: actions.split(',') }
}

function times(): object {
  const now = Math.floor(Date.now() / 1000)
  return { iat: now, nbf: now - 10, exp: now + 300 }
}

function makeCertificate(key: string, certificate: string): void {
  const kind = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=interop']
  const args = ['req', ...kind, '-keyout', key, '-out', certificate]
  const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`openssl made no certificate: ${stderr}`)
}
