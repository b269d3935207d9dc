import type { IncomingHttpHeaders, ServerResponse } from 'node:http'

export const USERNAME = 'bot'
export const PASSWORD = 's3cret-of-the-registry'
export const IDENTITY = 'identity-token-of-the-registry'

/** What a token was given for. */
export interface GivenToken {
  readonly scopes: readonly string[]
  /** Who asked; empty when nobody said. */
  readonly user: string
  used: boolean
}

interface Asked {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
}

/** Who is let in to a registry: by name and password, or by a token of its own token server. */
export interface OciAuthority {
  /** What the token server was asked for, in order. */
  readonly tokens: readonly GivenToken[]
  /** Another address of the token server, from now on. */
  realm: string | undefined
  /** In seconds, from now on. */
  lifetime: number
  /** Anybody may pull. */
  publicPull: boolean
  /** Takes no token any more that it has given. */
  revoke(): void
  serveToken(asked: Asked & { readonly body: string }, response: ServerResponse): void
  /** @returns false when it was answered with a refusal */
  lets(asked: Asked, response: ServerResponse): boolean
}

const BASIC = `Basic ${Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64')}`

export function ociAuthority(kind: 'basic' | 'bearer' | undefined): OciAuthority {
  const tokens: GivenToken[] = []
  const valid = new Map<string, GivenToken>()
  const authority: OciAuthority = {
    tokens,
    realm: undefined,
    lifetime: 300,
    publicPull: false,
    revoke: () => {
      valid.clear()
    },
    serveToken({ method, url, headers, body }, response) {
      const form = method === 'POST' ? new URLSearchParams(body) : url.searchParams
      const user = userOf(headers.authorization, form)
      if (user === undefined || (user === '' && !authority.publicPull)) {
        refuse(response, 401, 'UNAUTHORIZED', 'who are you')
        return
      }
      const scopes = form.getAll('scope').flatMap((scope) => scope.split(' '))
      const given = { scopes, user, used: false }
      tokens.push(given)
      const token = `token-${tokens.length}-${Math.random().toString(36).slice(2)}`
      valid.set(token, given)
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ token, expires_in: authority.lifetime }))
    },
    lets({ method, url, headers }, response) {
      const { authorization = '' } = headers
      if (kind === undefined) return true
      if (kind === 'basic') {
        if (authorization === BASIC) return true
        response.setHeader('www-authenticate', 'Basic realm="test, \\"registry\\""')
        refuse(response, 401, 'UNAUTHORIZED', 'authentication required')
        return false
      }
      const repository = /^\/v2\/(.+?)\/(?:manifests|blobs|referrers|tags)\//.exec(
        url.pathname
      )?.[1]
      const action =
        method === 'GET' || method === 'HEAD' ? 'pull' : method === 'DELETE' ? 'delete' : 'push'
      const token = valid.get(authorization.replace(/^Bearer /, ''))
      if (token && allows(token, repository ?? '', action)) {
        token.used = true
        return true
      }
      const realm = authority.realm ?? `http://${headers.host ?? ''}/token`
      // As some do: `pull` is all they ever say.
      const challenge = `Bearer realm="${realm}",service="test",scope="repository:${repository ?? ''}:pull"`
      response.setHeader('www-authenticate', challenge)
      refuse(response, 401, 'UNAUTHORIZED', 'authentication required')
      return false
    }
  }
  return authority
}

function allows({ scopes }: GivenToken, repository: string, action: string): boolean {
  return scopes.some((scope) => {
    const start = `repository:${repository}:`
    return scope.startsWith(start) && scope.slice(start.length).split(',').includes(action)
  })
}

function userOf(authorization: string | undefined, form: URLSearchParams): string | undefined {
  if (form.get('grant_type') === 'refresh_token') {
    return form.get('refresh_token') === IDENTITY ? 'identity' : undefined
  }
  if (authorization === undefined) return ''
  return authorization === BASIC ? USERNAME : undefined
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ errors: [{ code, message }] }))
}
