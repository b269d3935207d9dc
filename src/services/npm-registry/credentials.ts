import { NPM_TOKEN_VARIABLES } from '../registry-defaults.ts'
import { addressIn } from './addresses.ts'
import type { ConfigHost, Layer } from './layers.ts'
import { expandVariables } from './npmrc.ts'

/** Who we are, for each address. */
export interface Credentials {
  /**
   * Value of the `Authorization` header for a URL: that of the longest address above it. Nothing for
   * plain http, unless the machine's owner named it or it is this machine.
   */
  authorizationFor(url: URL): string | undefined
}

const KINDS = ['_authToken', '_auth', 'username', '_password'] as const

type Kind = (typeof KINDS)[number]

/** What is known for one address, by kind. */
interface Login extends Partial<Record<Kind, string>> {
  /** Something in it is a secret of this machine's. */
  masked?: boolean
}

/**
 * Collects the logins of all layers.
 *
 * A checkout may hold credentials of its own in plain text. It may ask for a variable of the environment
 * only where the machine's owner has named the address, or where the pair is one that people commit: else a
 * pull request could have any secret of the job sent to any host. See docs/decisions/0004.
 */
export function credentialsOf(layers: readonly Layer[], host: ConfigHost): Credentials {
  const vouched = vouchedIn(layers, host.env)
  const logins = new Map<string, Login>()
  const add = (prefix: string, kind: Kind, { text, masked }: Secret): void => {
    const login = logins.get(prefix) ?? {}
    login[kind] ??= text
    login.masked ||= masked
    logins.set(prefix, login)
  }
  for (const layer of layers) {
    for (const [key, value] of layer.settings) {
      const place = placeOf(layer, key, host.env)
      if (place === undefined) continue
      const secret = secretOf(layer, { ...place, value }, vouched, host)
      if (secret !== undefined) add(place.prefix, place.kind, secret)
    }
    for (const { username, password, prefix } of loginsInAddresses(layer, host)) {
      const masked = layer.own
      add(prefix, 'username', { text: username, masked })
      add(prefix, '_password', { text: Buffer.from(password).toString('base64'), masked })
    }
  }
  const headers = new Map<string, string>()
  for (const [prefix, login] of logins) {
    const header = headerOf(login)
    if (header === undefined) continue
    headers.set(prefix, header)
    if (login.masked === true) maskLong(header.slice(header.indexOf(' ') + 1), host.mask)
  }
  return { authorizationFor: (url) => authorizationFor(url, headers, vouched) }
}

/** Addresses that the machine's owner has named. */
interface Vouched {
  /** Without scheme, ending with `/`. */
  readonly prefixes: ReadonlySet<string>
  /** Origins that are named with `http:`. */
  readonly insecure: ReadonlySet<string>
}

function vouchedIn(layers: readonly Layer[], env: ConfigHost['env']): Vouched {
  const prefixes = new Set<string>()
  const insecure = new Set<string>()
  for (const layer of layers.filter(({ vouches, own }) => vouches || own)) {
    for (const key of layer.settings.keys()) {
      const place = placeOf(layer, key, env)
      if (place !== undefined) prefixes.add(place.prefix)
      const registry = layer.vouches ? registryIn(layer, key, env) : undefined
      if (registry === undefined) continue
      prefixes.add(prefixOf(registry))
      if (registry.protocol === 'http:') insecure.add(registry.origin)
    }
  }
  return { prefixes, insecure }
}

function registryIn(layer: Layer, key: string, env: ConfigHost['env']): URL | undefined {
  if (key !== 'registry' && !/^@[^:]*:registry$/.test(key)) return undefined
  try {
    return addressIn(layer, key, env)
  } catch {
    // Whoever asks for one of its packages is told.
    return undefined
  }
}

/** What a key such as `//host/path/:_authToken` is about. */
function placeOf(
  layer: Layer,
  key: string,
  env: ConfigHost['env']
): { readonly prefix: string; readonly kind: Kind } | undefined {
  if (!key.startsWith('//')) return undefined
  const plain = layer.own ? expandVariables(key, env).text : key
  const colon = plain.lastIndexOf(':')
  const kind = KINDS.find((known) => known === plain.slice(colon + 1))
  const address = `https:${plain.slice(0, colon)}`
  if (kind === undefined || !URL.canParse(address)) return undefined
  return { prefix: prefixOf(new URL(address)), kind }
}

/** `//host:port/path/`, the form in which npm names an address, without regard to http or https. */
function prefixOf({ host, pathname }: URL): string {
  return `//${host}${pathname}${pathname.endsWith('/') ? '' : '/'}`
}

/** A credential, and whether logs hide it. */
interface Secret {
  readonly text: string
  readonly masked: boolean
}

interface Claim {
  readonly prefix: string
  readonly kind: Kind
  readonly value: string
}

/** The credential that a layer gives; nothing when it is not set, or may not be used there. */
function secretOf(
  layer: Layer,
  { prefix, kind, value }: Claim,
  vouched: Vouched,
  { env, log, mask }: ConfigHost
): Secret | undefined {
  const { text, variables, missing } = expandVariables(value, env)
  if (missing.length > 0 || text === '') return undefined
  if (!layer.own && !variables.every((name) => mayBeSent(name, prefix, vouched))) {
    log.warning(
      `Left out "${prefix}:${kind}" of "${layer.source}": a checkout does not decide where ${variables.join(', ')} is sent. ` +
        `If it is meant for that address, put the line into the .npmrc of the user who runs Assay`
    )
    return undefined
  }
  // What stands in the checkout itself is no secret of this machine's, and could be any word.
  const masked = layer.own || variables.length > 0
  if (masked) {
    maskLong(text, mask)
    if (kind === '_password') maskLong(Buffer.from(text, 'base64').toString(), mask)
    if (kind === '_auth') maskLong(passwordIn(text), mask)
  }
  return { text, masked }
}

/** Hiding every occurrence of a letter or two would leave nothing of a log. */
function maskLong(secret: string, mask: ConfigHost['mask']): void {
  if (secret.length >= 4) mask(secret)
}

function passwordIn(pair: string): string {
  const text = Buffer.from(pair, 'base64').toString()
  return text.slice(text.indexOf(':') + 1)
}

function mayBeSent(variable: string, prefix: string, { prefixes }: Vouched): boolean {
  const above = [...addressesAbove(prefix)]
  const known = above.flatMap((address) =>
    Object.hasOwn(NPM_TOKEN_VARIABLES, address) ? (NPM_TOKEN_VARIABLES[address] ?? []) : []
  )
  if (known.includes(variable)) return true
  // GitHub's own tokens are for GitHub, whatever else the machine knows.
  const isGitHubs = /^(?:GITHUB_|ACTIONS_|GH_)/i.test(variable)
  if (isGitHubs && !known.includes('GITHUB_TOKEN')) return false
  return above.some((address) => prefixes.has(address))
}

/** Logins that are written into addresses: `https://user:password@host/`. */
function loginsInAddresses(
  layer: Layer,
  { env, mask }: ConfigHost
): readonly { readonly prefix: string; readonly username: string; readonly password: string }[] {
  return [...layer.settings.keys()].flatMap((key) => {
    const registry = registryIn(layer, key, env)
    if (registry === undefined || registry.username === '') return []
    const username = decoded(registry.username)
    const password = decoded(registry.password)
    if (layer.own) maskLong(password, mask)
    return [{ prefix: prefixOf(registry), username, password }]
  })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** As npm: a token before a ready-made pair before name and password. */
function headerOf({ _authToken, _auth, username, _password }: Login): string | undefined {
  if (_authToken !== undefined) return fitForHeader(`Bearer ${_authToken}`)
  if (_auth !== undefined) return fitForHeader(`Basic ${_auth}`)
  if (username === undefined || _password === undefined) return undefined
  const password = Buffer.from(_password, 'base64').toString()
  return fitForHeader(`Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`)
}

/** A line break in it would be a header of its own. */
function fitForHeader(value: string): string | undefined {
  return /^[\x20-\x7e]+$/.test(value) ? value : undefined
}

function authorizationFor(
  url: URL,
  headers: ReadonlyMap<string, string>,
  { insecure }: Vouched
): string | undefined {
  const { protocol, origin, hostname, pathname } = url
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
  if (protocol !== 'https:' && !isLoopback && !insecure.has(origin)) return undefined
  // An encoded `..` stays in a URL; what is behind it may leave the address that the login is for.
  if (/(?:^|\/|%2f|%5c)(?:\.|%2e){2}(?:$|\/|%2f|%5c)/i.test(pathname)) return undefined
  for (const address of addressesAbove(prefixOf(url))) {
    const header = headers.get(address)
    if (header !== undefined) return header
  }
  return undefined
}

/** An address and all above it, the longest first, down to the host. */
function* addressesAbove(prefix: string): Generator<string> {
  for (let end = prefix.length; end > '//'.length; end = prefix.lastIndexOf('/', end - 2) + 1) {
    yield prefix.slice(0, end)
  }
}
