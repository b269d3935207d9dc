import { isAbsolute, relative, resolve, sep } from 'node:path'
import { ServiceError } from '../../model/errors.ts'
import { withoutSecrets } from '../../model/url.ts'
import type { RegistryContext } from '../registry.ts'

/** What configuration is read with. */
export type ConfigHost = Pick<
  RegistryContext['host'],
  'files' | 'readMachineText' | 'env' | 'log' | 'mask' | 'platform'
>

/** Largest configuration file that is read, in bytes. */
export const MAX_CONFIG_BYTES = 4 * 1024 * 1024

/** An index as a configuration writes it. */
export interface IndexSource {
  /** With credentials and variables, should it have any. */
  readonly text: string
  /** What the configuration calls it. */
  readonly name?: string | undefined
  /** The machine's own: what it says of secrets is what its owner wants. Else it is the checkout's. */
  readonly own: boolean
  /** Whether its address is one that the machine's owner has named. */
  readonly vouches: boolean
  /** For messages: a variable, a path. */
  readonly where: string
  /** A page of links to files, for all projects together. */
  readonly isFlat?: boolean
}

/** The indexes of one package manager. */
export interface IndexList {
  /** Takes the place of the public one. */
  readonly main?: IndexSource
  readonly extra: readonly IndexSource[]
  /** Nothing but pages of links is asked. */
  readonly isClosed?: boolean
}

/** Where an index is asked. */
export interface IndexAddress {
  /** Without credentials; ends with `/` unless it is flat. */
  readonly url: URL
  readonly isFlat: boolean
}

/** The parts of an index's text: variables may stand in each. */
interface Parts {
  readonly scheme: string
  /** `user:password`; empty when there is none. */
  readonly login: string
  /** Host, path and query. */
  readonly rest: string
}

function partsOf(text: string): Parts {
  const [, scheme = '', authority = '', path = ''] =
    /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(text.trim()) ?? []
  const at = authority.lastIndexOf('@')
  return {
    scheme,
    login: authority.slice(0, Math.max(0, at)),
    rest: authority.slice(at + 1) + path
  }
}

/**
 * Reads where a source is.
 *
 * @throws ServiceError `SERVICE_UNREACHABLE` when it may not be asked: no other index takes its place
 */
export function addressOf(source: IndexSource, env: ConfigHost['env']): IndexAddress {
  const { scheme, rest } = partsOf(source.text)
  const { text, variables, missing } = expanded(rest, env)
  if (variables.length > 0 && !source.own) {
    throw unusable(source, {
      reason: 'the checkout asks for an address with variables of the environment in it',
      remedy: 'Name the index on the machine, in pip.conf or with PIP_EXTRA_INDEX_URL'
    })
  }
  if (missing.length > 0) {
    const names = missing.join(', ')
    throw unusable(source, {
      reason: `its address needs ${names}, not set`,
      remedy: `Set ${names}`
    })
  }
  const whole = `${scheme}://${text}`
  const url = URL.canParse(whole) ? new URL(whole) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw unusable(source, {
      reason: 'it is no http or https address',
      remedy: 'Correct the address'
    })
  }
  url.hash = ''
  const isFlat = source.isFlat === true || /\.html?$/i.test(url.pathname)
  if (!isFlat && !url.pathname.endsWith('/')) url.pathname += '/'
  return { url, isFlat }
}

/** An index that is configured and cannot be asked: never to be mistaken for the default one. */
function unusable(
  { where, text }: IndexSource,
  { reason, remedy }: { readonly reason: string; readonly remedy: string }
): ServiceError {
  const place = withoutSecrets(text).slice(0, 200)
  const message = `Cannot ask the index "${place}" of "${where}": ${reason}`
  return new ServiceError({ code: 'SERVICE_UNREACHABLE', message, remedy, reason })
}

/** The login in an index's text, and what went into it. */
export interface WrittenLogin {
  readonly username: string
  readonly password: string
  /** Names of the variables that it has. */
  readonly variables: readonly string[]
}

/** @returns nothing when there is none, or a variable of it is not set */
export function writtenLogin(
  { text }: IndexSource,
  env: ConfigHost['env']
): WrittenLogin | undefined {
  const { login } = partsOf(text)
  if (login === '') return undefined
  const colon = login
    .replace(/\$\{[^}]*\}/g, (variable) => '_'.repeat(variable.length))
    .indexOf(':')
  const username = expanded(colon < 0 ? login : login.slice(0, colon), env)
  const password = expanded(colon < 0 ? '' : login.slice(colon + 1), env)
  if (username.missing.length + password.missing.length > 0) return undefined
  return {
    username: decoded(username.text),
    password: decoded(password.text),
    variables: [...username.variables, ...password.variables]
  }
}

function expanded(
  text: string,
  env: ConfigHost['env']
): {
  readonly text: string
  readonly variables: readonly string[]
  readonly missing: readonly string[]
} {
  const variables: string[] = []
  const missing: string[] = []
  const replaced = text.replace(
    /\$\{(\w+)\}|\$([A-Za-z_]\w*)/g,
    (whole, braced?: string, bare?: string) => {
      const name = braced ?? bare ?? ''
      const value = Object.hasOwn(env, name) ? env[name] : undefined
      variables.push(name)
      if (value === undefined || value === '') missing.push(name)
      return value ?? whole
    }
  )
  return { text: replaced, variables, missing }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A file of the machine's configuration, unless it lies in the checkout: then it is the checkout's. */
export interface MachineFile {
  readonly path: string
  readonly text: string
  readonly own: boolean
}

/** Reads a configuration file of the machine; nothing when there is none. */
export function machineFile(host: ConfigHost, path: string | undefined): MachineFile | undefined {
  if (path === undefined || path === '' || !isAbsolute(path)) return undefined
  const text = host.readMachineText(path, MAX_CONFIG_BYTES)
  if (text === undefined) return undefined
  const inside = relative(resolve(host.files.root), resolve(path))
  const own = inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)
  return { path, text, own }
}
