import { posix, win32 } from 'node:path'
import { parseNoteKey, type NoteKey } from '../../formats/signed-note.ts'
import { ParseError } from '../../model/errors.ts'
import { withoutSecrets } from '../../model/url.ts'
import {
  DEFAULT_GO_CHECKSUM_DATABASE,
  DEFAULT_REGISTRIES,
  GO_CHECKSUM_DATABASE_ALIASES
} from '../registry-defaults.ts'
import type { RegistryContext } from '../registry.ts'
import { netrcEntry } from '../../formats/netrc.ts'

/** One entry of GOPROXY. */
export type GoProxyEntry = GoProxy | { readonly kind: 'direct' | 'off' }

export interface GoProxy {
  readonly kind: 'proxy'
  /** Without credentials and without a slash at the end. */
  readonly url: string
  /** Value of the `Authorization` header. */
  readonly authorization?: string
  /** When the next entry is asked: after 404 and 410 only, or after any failure. */
  readonly nextAfter: 'missing' | 'failure'
}

/** Where Go's checksum database is, and the key that it signs with. */
export interface GoChecksumDatabase {
  readonly key: NoteKey
  /** Asked directly, past every proxy, when GOSUMDB says where; without a slash at the end. */
  readonly url?: string
}

/** What the go command's environment says about where modules come from. */
export interface GoSettings {
  readonly proxies: readonly GoProxyEntry[]
  /** Patterns of modules that no proxy is asked for, and the variable that says so. */
  readonly noProxy: GoPatterns
  /** Patterns of modules that the checksum database is not asked for. */
  readonly noChecksums: GoPatterns
  /** Absent when GOSUMDB is off. */
  readonly database?: GoChecksumDatabase
}

export interface GoPatterns {
  readonly variable: string
  readonly patterns: string
}

type Host = RegistryContext['host']

/** Largest configuration file that is read, in bytes. */
const MAX_CONFIG_BYTES = 1024 * 1024

/** Default of GOPROXY besides the proxy itself: what it does not have comes from its repository. */
const DEFAULT_GOPROXY = `${DEFAULT_REGISTRIES.Go},direct`

/**
 * Reads the environment of the go command: variables, then what `go env -w` wrote, then defaults.
 *
 * @throws ParseError `CONFIG_SYNTAX` when GOPROXY or GOSUMDB cannot be understood
 * @see https://go.dev/ref/mod#environment-variables
 */
export function readGoSettings(host: Host): GoSettings {
  const variable = environmentOf(host)
  const privates = variable('GOPRIVATE')
  const patterns = (name: string): GoPatterns => {
    const own = variable(name)
    return own === undefined
      ? { variable: 'GOPRIVATE', patterns: privates ?? '' }
      : { variable: name, patterns: own }
  }
  const database = databaseOf(variable('GOSUMDB'))
  return {
    proxies: proxiesOf(variable('GOPROXY') ?? DEFAULT_GOPROXY, host, variable('GOAUTH')),
    noProxy: patterns('GONOPROXY'),
    noChecksums: patterns('GONOSUMDB'),
    ...(database && { database })
  }
}

/** Gives a variable's value; nothing when it is empty everywhere, as Go reads it. */
function environmentOf(host: Host): (name: string) => string | undefined {
  const written = new Map<string, string>()
  const path = environmentFile(host)
  const text = path === undefined ? undefined : host.readMachineText(path, MAX_CONFIG_BYTES)
  for (const line of (text ?? '').split('\n')) {
    const [, name = '', value = ''] = /^([A-Z][^=]*)=(.*?)\r?$/.exec(line) ?? []
    if (name !== '') written.set(name, value)
  }
  return (name) =>
    [host.env[name], written.get(name)].find((value) => value !== undefined && value !== '')
}

/** @see https://pkg.go.dev/cmd/go#hdr-Print_Go_environment_information */
function environmentFile({ env, platform }: Host): string | undefined {
  const given = env['GOENV']
  if (given === 'off') return undefined
  if (given !== undefined && given !== '') return given
  if (platform.os === 'win32') {
    return env['AppData'] === undefined ? undefined : win32.join(env['AppData'], 'go', 'env')
  }
  const home = env['HOME']
  const macos = home === undefined ? undefined : posix.join(home, 'Library/Application Support')
  const others =
    env['XDG_CONFIG_HOME'] ?? (home === undefined ? undefined : posix.join(home, '.config'))
  const folder = platform.os === 'darwin' ? macos : others
  return folder === undefined ? undefined : posix.join(folder, 'go/env')
}

/** @see https://go.dev/ref/mod#goproxy-protocol */
function proxiesOf(list: string, host: Host, auth: string | undefined): readonly GoProxyEntry[] {
  const entries: GoProxyEntry[] = []
  for (const [, text = '', separator] of list.matchAll(/([^,|]*)([,|]|$)/g)) {
    const entry = text.trim()
    if (entry === '') continue
    // Whatever stands behind these two is not read.
    if (entry === 'direct' || entry === 'off') return [...entries, { kind: entry }]
    const nextAfter = separator === '|' ? 'failure' : 'missing'
    entries.push({ kind: 'proxy', nextAfter, ...addressOf(entry, 'GOPROXY', host, auth) })
  }
  if (entries.length === 0) throw configError('GOPROXY', 'no entry', 'a URL, direct or off')
  return entries
}

/** Where it is, and the credentials for it: its own, else those of .netrc. */
function addressOf(
  text: string,
  variable: string,
  host: Host,
  auth: string | undefined
): Pick<GoProxy, 'url' | 'authorization'> {
  const full = text.includes('://') ? text : `https://${text}`
  if (!URL.canParse(full) || (!text.includes('://') && !/[.:]/.test(text))) {
    throw configError(variable, `"${withoutSecrets(full)}"`, 'a URL, direct or off')
  }
  const url = new URL(full)
  const own = {
    login: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password)
  }
  const credentials = own.login === '' && own.password === '' ? netrcFor(url, host, auth) : own
  url.username = ''
  url.password = ''
  const address = { url: url.href.replace(/\/+$/, '') }
  if (credentials === undefined) return address
  const { login, password } = credentials
  const encoded = Buffer.from(`${login}:${password}`).toString('base64')
  for (const secret of [password, encoded]) if (secret !== '') host.mask(secret)
  return { ...address, authorization: `Basic ${encoded}` }
}

/** @see https://pkg.go.dev/cmd/go#hdr-GOAUTH_environment_variable */
function netrcFor(
  url: URL,
  host: Host,
  auth = 'netrc'
): { readonly login: string; readonly password: string } | undefined {
  const reads = auth.split(';').some((command) => command.trim() === 'netrc')
  if (!reads || url.protocol !== 'https:') return undefined
  const { env, platform } = host
  const windows = platform.os === 'win32'
  const home = windows ? env['USERPROFILE'] : env['HOME']
  const path =
    env['NETRC'] ??
    (home === undefined
      ? undefined
      : windows
        ? win32.join(home, '_netrc')
        : posix.join(home, '.netrc'))
  const text = path === undefined ? undefined : host.readMachineText(path, MAX_CONFIG_BYTES)
  return text === undefined ? undefined : netrcEntry(text, url.hostname)
}

/** `off`, a name that is known, or a verifier key; then perhaps where to ask. */
function databaseOf(value: string | undefined): GoChecksumDatabase | undefined {
  if (value === 'off') return undefined
  const aliased = GO_CHECKSUM_DATABASE_ALIASES.get(value ?? '') ?? value
  const [keyOrName, where, ...more] = (aliased ?? DEFAULT_GO_CHECKSUM_DATABASE).trim().split(/\s+/)
  const [known] = DEFAULT_GO_CHECKSUM_DATABASE.split('+', 1)
  const key = parseNoteKey(keyOrName === known ? DEFAULT_GO_CHECKSUM_DATABASE : (keyOrName ?? ''))
  if (!key || more.length > 0) {
    throw configError('GOSUMDB', `"${keyOrName ?? ''}"`, 'off, or a verifier key and perhaps a URL')
  }
  // The name becomes a URL: it must be nothing but a host and a path.
  const named = `https://${key.name}`
  if (!URL.canParse(named) || !isPlain(new URL(named), named)) {
    throw configError('GOSUMDB', `the name "${key.name}"`, 'a host name')
  }
  if (where === undefined) return { key }
  if (!URL.canParse(where)) throw configError('GOSUMDB', `"${withoutSecrets(where)}"`, 'a URL')
  return { key, url: where.replace(/\/+$/, '') }
}

function isPlain(url: URL, text: string): boolean {
  return url.href.replace(/\/$/, '') === text && url.search === '' && url.username === ''
}

function configError(variable: string, found: string, expected: string): ParseError {
  return new ParseError({
    code: 'CONFIG_SYNTAX',
    message: `Cannot read ${variable}: found ${found}, expected ${expected}`,
    remedy: `Correct the variable, or remove it with \`go env -u ${variable}\``
  })
}
