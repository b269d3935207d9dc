/** Longest address that is looked at. */
const MAX_LENGTH = 2048

const SCHEMES = new Set(['http:', 'https:', 'ssh:', 'git:'])

/**
 * A remote's address as documents may show it: without credentials.
 *
 * @returns nothing when it is a path of this machine, or no address at all
 */
export function publicRemote(remote: string): string | undefined {
  if (remote.length > MAX_LENGTH) return undefined
  // `git@host:owner/name` is short for `ssh://git@host/owner/name`.
  const short = /^(?:([\w.-]+)@)?([\w.-]+\.[\w-]+|localhost):(?!\/)([^\s]+)$/.exec(remote)
  const address = short ? `ssh://${short[1] ?? 'git'}@${short[2] ?? ''}/${short[3] ?? ''}` : remote
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  if (!SCHEMES.has(url.protocol) || url.hostname === '') return undefined
  url.password = ''
  url.search = ''
  url.hash = ''
  // The user of ssh is part of the address; that of http may be a token.
  if (url.protocol !== 'ssh:') url.username = ''
  return url.href
}

/** `owner/name` of a remote's address: its path without `.git`. */
export function slugOf(remote: string): string {
  const { pathname } = new URL(remote)
  return pathname
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
}
