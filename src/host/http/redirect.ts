import { isMetadataHost, isPrivateHost } from './address.ts'
import type { Redirect } from './exchange.ts'
import { Failure } from './failure.ts'

/** Where a request goes next, and with what. */
export interface Hop {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
}

/** Headers that say nothing about the place they were meant for. */
const HARMLESS = new Set(['accept', 'accept-encoding', 'range', 'user-agent'])

/**
 * Reads an address that may be asked. Credentials in it are dropped: they are sent as a header, where they
 * cannot follow a redirect.
 *
 * @param base what a relative address is relative to
 * @throws Failure when it is no http or https URL, or a cloud's metadata service
 */
export function addressOf(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href)
  if (url === null) throw refusal('no valid URL')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refusal('not http or https')
  if (isMetadataHost(url.hostname)) throw refusal('a link-local address, where no package is')
  if (url.username + url.password + url.hash !== '') {
    url.username = ''
    url.password = ''
    url.hash = ''
  }
  return url
}

/**
 * Follows a redirect. Credentials, and all headers but the harmless, stay with the origin they were for. A
 * server of the internet is not followed to this machine or into a private network: a redirect is the one
 * way in which it could have us ask there. Only a literal address and `localhost` are told so; a name that
 * resolves to such an address is not looked up, as the lockfile itself could have named it.
 *
 * @throws Failure `SERVICE_REDIRECT_REFUSED`
 */
export function followed(hop: Hop, { location, fromPrivate }: Redirect): Hop {
  const url = targetOf(hop, location)
  if (hop.url.protocol === 'https:' && url.protocol === 'http:') {
    throw redirectRefusal(`redirect from https to http at "${url.host}"`)
  }
  if (!fromPrivate && isPrivateHost(url.hostname)) {
    throw redirectRefusal(`redirect to the private address "${url.host}"`)
  }
  if (url.origin === hop.url.origin) return { url, headers: hop.headers }
  const harmless = Object.entries(hop.headers).filter(([name]) => HARMLESS.has(name))
  return { url, headers: Object.fromEntries(harmless) }
}

function targetOf(hop: Hop, location: string): URL {
  try {
    return addressOf(location, hop.url)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw redirectRefusal(`redirect to an address that is ${error.reason}`)
  }
}

/** A redirect that is not followed, with the reason. */
export function redirectRefusal(reason: string): Failure {
  return new Failure({
    code: 'SERVICE_REDIRECT_REFUSED',
    reason,
    retry: 'never',
    remedy: 'Configure the address it redirects to as the registry, if you trust it'
  })
}

function refusal(reason: string): Failure {
  return new Failure({
    code: 'SERVICE_UNREACHABLE',
    reason,
    retry: 'never',
    remedy: 'Correct the address in the lockfile or in the configuration of the package manager'
  })
}
