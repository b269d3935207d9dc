import { netrcEntry } from '../../formats/netrc.ts'
import { loginKey, type MachineConfig, type NamedLogin } from './machine.ts'
import type { ProjectConfig } from './project.ts'
import {
  addressOf,
  type ConfigHost,
  type IndexAddress,
  type IndexList,
  type IndexSource,
  writtenLogin
} from './source.ts'

/** Who we are, for each address. */
export interface Credentials {
  /**
   * Value of the `Authorization` header for a URL: that of the longest address above it, else the user's
   * netrc. Nothing for plain http, unless the machine's owner named it so or it is this machine.
   */
  authorizationFor(url: URL): string | undefined
}

/**
 * Collects the logins of all configuration.
 *
 * A checkout may hold a login of its own in plain text. It gets one of the machine's, by a variable or by the
 * name of an index, only for an address that the machine's owner has named: else a pull request could have any
 * secret of the job sent to any host. See docs/decisions/0004-credentials-of-a-checkout.md.
 */
export function credentialsOf(
  machine: MachineConfig,
  projects: { readonly config: ProjectConfig; readonly options: IndexList },
  host: Pick<ConfigHost, 'mask'> & { warn(message: string): void }
): Credentials {
  const { config, options } = projects
  const named = { uv: sourcesOf(machine.uv), poetry: machine.poetry }
  const asked = { uv: sourcesOf(config.uv), poetry: config.poetry }
  const all = [
    ...sourcesOf(machine.pip),
    ...sourcesOf(machine.pdm),
    ...(machine.pipenvMirror ? [machine.pipenvMirror] : []),
    ...named.uv,
    ...named.poetry,
    ...sourcesOf(options),
    ...sourcesOf(config.pdm),
    ...config.pipenv,
    ...asked.uv,
    ...asked.poetry
  ]
  const vouched = vouchedBy(all, machine)
  const book: LoginBook = { headers: new Map(), vouched, machine, host }
  for (const source of all) addWritten(book, source)
  for (const login of machine.logins) {
    const { manager, key } = login
    for (const source of [...named[manager], ...asked[manager]]) {
      if (source.name !== undefined && loginKey(source.name) === key) addNamed(book, source, login)
    }
  }
  return { authorizationFor: (url) => authorizationFor(url, book) }
}

function sourcesOf({ main, extra }: IndexList): readonly IndexSource[] {
  return main ? [main, ...extra] : extra
}

interface LoginBook {
  /** By prefix, as {@link prefixOf}. */
  readonly headers: Map<string, string>
  readonly vouched: Vouched
  readonly machine: MachineConfig
  readonly host: Pick<ConfigHost, 'mask'> & { warn(message: string): void }
}

/** Addresses that the machine's owner has named. */
interface Vouched {
  readonly prefixes: ReadonlySet<string>
  /** Origins that are named with `http:`. */
  readonly insecure: ReadonlySet<string>
}

function vouchedBy(sources: readonly IndexSource[], { env }: MachineConfig): Vouched {
  const prefixes = new Set<string>()
  const insecure = new Set<string>()
  for (const source of sources.filter(({ vouches }) => vouches)) {
    const address = usableAddress(source, env)
    if (!address) continue
    prefixes.add(prefixOf(address))
    if (address.url.protocol === 'http:') insecure.add(address.url.origin)
  }
  return { prefixes, insecure }
}

/** Whoever asks an index that cannot be asked is told so; here it only has no login. */
function usableAddress(source: IndexSource, env: ConfigHost['env']): IndexAddress | undefined {
  try {
    return addressOf(source, env)
  } catch {
    return undefined
  }
}

/**
 * What an index's login is for, without scheme: the folder that the index and its files lie in. Servers put the
 * files beside `simple/`, not below it.
 */
function prefixOf({ url, isFlat }: IndexAddress): string {
  const path = isFlat ? url.pathname.replace(/[^/]*$/, '') : url.pathname
  return `//${url.host}${path.replace(/\/\+?simple\/$/, '/')}`
}

function addWritten(book: LoginBook, source: IndexSource): void {
  const { env } = book.machine
  const login = writtenLogin(source, env)
  const address = login && usableAddress(source, env)
  if (!address) return
  const isFree = source.own || login.variables.length === 0
  if (!isFree && !isVouched(prefixOf(address), book)) {
    leaveOut(book, source, login.variables.join(', '))
    return
  }
  // GitHub's own tokens are for GitHub, whatever the checkout asks for.
  if (!source.own && login.variables.some((name) => /^(?:GITHUB_|ACTIONS_|GH_)/i.test(name))) {
    leaveOut(book, source, login.variables.join(', '))
    return
  }
  const isSecret = source.own || login.variables.length > 0
  enter(book, prefixOf(address), { ...login, isSecret })
}

function addNamed(book: LoginBook, source: IndexSource, login: NamedLogin): void {
  const address = usableAddress(source, book.machine.env)
  if (!address) return
  if (source.own || isVouched(prefixOf(address), book)) {
    enter(book, prefixOf(address), { ...login, isSecret: true })
  } else {
    leaveOut(book, source, `the login of the index "${source.name ?? ''}"`)
  }
}

function leaveOut({ host }: LoginBook, { where }: IndexSource, what: string): void {
  host.warn(
    `Left out a credential for an index of "${where}": a checkout does not decide where ${what} is sent. ` +
      `If it is meant for that address, name the address on the machine too: in pip.conf or PIP_EXTRA_INDEX_URL, ` +
      `or its host in the user's .netrc`
  )
}

/** The machine's owner has named the address, one above it, or its host in the netrc. */
function isVouched(prefix: string, { vouched, machine }: LoginBook): boolean {
  const host = prefix.slice(2).split('/', 1)[0] ?? ''
  if (machine.netrc && netrcEntry(machine.netrc.text, withoutPort(host))) return true
  return [...addressesAbove(prefix)].some((address) => vouched.prefixes.has(address))
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '')
}

function enter(
  { headers, host }: LoginBook,
  prefix: string,
  login: { readonly username: string; readonly password: string; readonly isSecret: boolean }
): void {
  const header = basic(login)
  if (header === undefined || headers.has(prefix)) return
  headers.set(prefix, header)
  if (login.isSecret) hide(login, header, host)
}

function hide(
  { username, password }: { readonly username: string; readonly password: string },
  header: string,
  { mask }: Pick<ConfigHost, 'mask'>
): void {
  // A token often stands in the place of the user. Hiding every letter or two would leave nothing of a log.
  const secrets = [password === '' ? username : password, header.slice('Basic '.length)]
  for (const secret of secrets) if (secret.length >= 4) mask(secret)
}

function basic({
  username,
  password
}: {
  readonly username: string
  readonly password: string
}): string | undefined {
  if (username === '' && password === '') return undefined
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

function authorizationFor(url: URL, book: LoginBook): string | undefined {
  const { protocol, origin, hostname, host, pathname } = url
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
  if (protocol !== 'https:' && !isLoopback && !book.vouched.insecure.has(origin)) return undefined
  // An encoded `..` stays in a URL; what is behind it may leave the address that the login is for.
  if (/(?:^|\/|%2f|%5c)(?:\.|%2e){2}(?:$|\/|%2f|%5c)/i.test(pathname)) return undefined
  const folder = `//${host}${pathname.replace(/[^/]*$/, '')}`
  for (const address of addressesAbove(folder)) {
    const header = book.headers.get(address)
    if (header !== undefined) return header
  }
  const { netrc } = book.machine
  const login = netrc && netrcEntry(netrc.text, withoutPort(host))
  const header = login && basic({ username: login.login, password: login.password })
  if (header !== undefined)
    hide({ username: login?.login ?? '', password: login?.password ?? '' }, header, book.host)
  return header
}

/** An address and all above it, the longest first, down to the host. */
function* addressesAbove(prefix: string): Generator<string> {
  for (let end = prefix.length; end > '//'.length; end = prefix.lastIndexOf('/', end - 2) + 1) {
    yield prefix.slice(0, end)
  }
}
