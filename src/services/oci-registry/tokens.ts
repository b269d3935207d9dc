import { jsonObjectIn } from '../../formats/json.ts'
import { isPrivateHost } from '../../host/http/address.ts'
import type { HttpRequest } from '../../host/host.ts'
import { ServiceError } from '../../model/errors.ts'
import type { RegistryLogin } from '../registry-login.ts'
import type { Challenge } from './challenge.ts'
import type { Access, OciContext } from './context.ts'
import { nonsenseError, refusalError } from './faults.ts'

/** Where tokens are for. */
export interface TokenPlace {
  readonly registry: string
  readonly repository: string
  /** Of the registry's API. */
  readonly base: URL
}

/** Keeps what a repository lets us in with. */
export interface TokenKeeper {
  /** `Authorization` for a request; nothing when it is to be tried without. */
  known(access: Access): string | undefined
  /**
   * Answers a registry's 401. The login goes only to the registry itself, or to the token server that it names.
   *
   * @param failed what was tried before
   * @returns nothing when there is nothing else to try
   * @throws ServiceError when the token server cannot be asked, or refuses
   */
  logIn(
    challenges: readonly Challenge[],
    access: Access,
    failed: string | undefined
  ): Promise<string | undefined>
}

interface Pass {
  readonly authorization: string
  /** In milliseconds since 1970. */
  readonly until: number
}

/** Tokens without a lifetime live this long, in seconds. @see https://distribution.github.io/distribution/spec/auth/token/ */
const DEFAULT_LIFETIME = 60
const MAX_LIFETIME = 3600

/** A token is not used in its last seconds, in milliseconds. */
const MARGIN_MS = 5000

const MAX_TOKEN_BYTES = 1024 * 1024

const ACTIONS: Readonly<Record<Access, readonly string[]>> = {
  pull: ['pull'],
  push: ['pull', 'push'],
  delete: ['pull', 'push', 'delete']
}

/** By how much they allow, the least first. */
const ACCESSES: readonly Access[] = ['pull', 'push', 'delete']

export function tokenKeeper(context: OciContext, place: TokenPlace): TokenKeeper {
  const passes = new Map<Access, Pass>()
  const underWay = new Map<string, Promise<Pass>>()
  const now = (): number => context.host.now().getTime()
  const known = (access: Access): string | undefined => {
    const enough = ACCESSES.slice(ACCESSES.indexOf(access))
    const pass = enough.flatMap((one) => passes.get(one) ?? []).find(({ until }) => until > now())
    return pass?.authorization
  }
  const askOnce = (challenge: Challenge, access: Access): Promise<Pass> => {
    const before = underWay.get(access)
    if (before) return before
    const asked = askForToken(context, place, { challenge, access }).finally(() => {
      underWay.delete(access)
    })
    underWay.set(access, asked)
    return asked
  }
  return {
    known,
    async logIn(challenges, access, failed) {
      const current = known(access)
      // Somebody else has logged in meanwhile.
      if (current !== undefined && current !== failed) return current
      const bearer = challenges.find(({ scheme }) => scheme === 'bearer')
      const basic = challenges.find(({ scheme }) => scheme === 'basic')
      const pass = bearer
        ? await askOnce(bearer, access)
        : basic && (await basicPass(context, place))
      if (pass === undefined || pass.authorization === failed) return undefined
      passes.set(access, pass)
      return pass.authorization
    }
  }
}

async function basicPass(
  { loginOf }: OciContext,
  { registry, repository }: TokenPlace
): Promise<Pass | undefined> {
  const login = await loginOf(registry, repository)
  if (login?.kind !== 'password') return undefined
  return { authorization: basicOf(login), until: Infinity }
}

function basicOf({ username, password }: Extract<RegistryLogin, { kind: 'password' }>): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

interface Asked {
  readonly challenge: Challenge
  readonly access: Access
}

/**
 * Gets a token of the server that the registry names.
 *
 * @see https://distribution.github.io/distribution/spec/auth/token/
 * @see https://distribution.github.io/distribution/spec/auth/oauth/
 */
async function askForToken(
  context: OciContext,
  place: TokenPlace,
  { challenge, access }: Asked
): Promise<Pass> {
  const { host, signal, loginOf } = context
  const { registry, repository } = place
  const what = `log in to "${registry}"`
  const login = await loginOf(registry, repository)
  if (login?.kind === 'registry') return { authorization: `Bearer ${login.token}`, until: Infinity }
  const realm = realmOf(challenge, context, place)
  const service = challenge.parameters.get('service')
  const fields = new URLSearchParams(service === undefined ? {} : { service })
  for (const scope of scopesOf(challenge, repository, access)) fields.append('scope', scope)
  const answer = await host.http.fetch({
    ...tokenRequest(realm, fields, login),
    maxBytes: MAX_TOKEN_BYTES,
    compressed: true,
    answers: [400, 401, 403],
    signal
  })
  if (answer.status !== 200) throw refusalError(what, answer)
  const json = jsonObjectIn(answer.body)
  const token = [json?.['token'], json?.['access_token']].find((value) => typeof value === 'string')
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) {
    throw nonsenseError(what, answer.url, 'no token in the answer')
  }
  host.mask(token)
  const lifetime = lifetimeOf(json?.['expires_in'])
  return {
    authorization: `Bearer ${token}`,
    until: host.now().getTime() + lifetime * 1000 - MARGIN_MS
  }
}

function tokenRequest(
  realm: URL,
  fields: URLSearchParams,
  login: RegistryLogin | undefined
): Pick<HttpRequest, 'url' | 'method' | 'body' | 'headers' | 'authorization'> {
  if (login?.kind === 'identity') {
    const form = new URLSearchParams(fields)
    form.set('grant_type', 'refresh_token')
    form.set('refresh_token', login.token)
    form.set('client_id', 'assay')
    // It takes one list.
    const scopes = form.getAll('scope').join(' ')
    form.set('scope', scopes)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return { url: realm.href, method: 'POST', body: form.toString(), headers }
  }
  const url = new URL(realm)
  for (const [name, value] of fields) url.searchParams.append(name, value)
  return {
    url: url.href,
    ...(login?.kind === 'password' && { authorization: basicOf(login) })
  }
}

/** A login is not sent where anybody on the way could read it, nor from the internet into a private network. */
function realmOf(
  challenge: Challenge,
  { plainHttp }: OciContext,
  { base, registry }: TokenPlace
): URL {
  const realm = URL.parse(challenge.parameters.get('realm') ?? '')
  const refuse = (reason: string): ServiceError =>
    new ServiceError({
      code: 'SERVICE_RESPONSE_INVALID',
      message: `Cannot log in to "${registry}": ${reason}`,
      remedy: 'Report it to whoever runs the registry',
      url: base.href,
      reason
    })
  if (realm === null) throw refuse('it names no token server')
  realm.username = ''
  realm.password = ''
  realm.hash = ''
  const isNear = isPrivateHost(realm.hostname)
  if (isNear && !isPrivateHost(base.hostname)) {
    throw refuse(`its token server "${realm.host}" is in a private network`)
  }
  if (realm.protocol === 'https:') return realm
  const isPlainToo = realm.host === base.host || isLoopback(realm) || plainHttp.includes(realm.host)
  if (realm.protocol === 'http:' && base.protocol === 'http:' && isPlainToo) return realm
  throw refuse(`its token server "${realm.host}" is not reached by https`)
}

function isLoopback({ hostname }: URL): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}

/** What the registry asks for and what we are about to do: some always ask for `pull` alone. */
function scopesOf(challenge: Challenge, repository: string, access: Access): readonly string[] {
  const named = (challenge.parameters.get('scope') ?? '').split(' ').filter((scope) => scope !== '')
  const own = `repository:${repository}:`
  const actions = named
    .filter((scope) => scope.startsWith(own))
    .flatMap((scope) => scope.slice(own.length).split(','))
  const others = named.filter((scope) => !scope.startsWith(own))
  return [`${own}${[...new Set([...ACTIONS[access], ...actions])].join(',')}`, ...others]
}

function lifetimeOf(seconds: unknown): number {
  const given = typeof seconds === 'number' && seconds > 0 ? seconds : DEFAULT_LIFETIME
  return Math.min(given, MAX_LIFETIME)
}
