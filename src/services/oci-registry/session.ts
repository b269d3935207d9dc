import type { Descriptor } from '../../formats/oci/descriptor.ts'
import type { ImageReference } from '../../formats/oci/reference.ts'
import type { HttpAnswer, HttpRequest } from '../../host/host.ts'
import { isPrivateHost } from '../../host/http/address.ts'
import { OCI_API_HOSTS } from '../registry-defaults.ts'
import { parseChallenges } from './challenge.ts'
import type { Access, OciContext } from './context.ts'
import { nonsenseError, refusalError } from './faults.ts'
import { tokenKeeper } from './tokens.ts'

export interface RepositoryRequest extends Omit<HttpRequest, 'url' | 'authorization' | 'signal'> {
  /** Below `/v2/<repository>/`, or an address that the registry gave. */
  readonly path: string | URL
  readonly access: Access
  /** For messages, after `Cannot`: `read the manifest of "ghcr.io/o/app:1"`. */
  readonly what: string
}

/** A manifest that refers to another one as it is put, and how lists have it. */
export interface Referrer {
  readonly bytes: Uint8Array
  readonly descriptor: Descriptor
  /** Digest of what it refers to. */
  readonly subject: string
  onLost?(): void
}

/** What comes for one list while others are on their way. */
export interface Gathered {
  readonly referrers: Referrer[]
  /** Resolves when all of them stay in the list. */
  readonly kept: Promise<void>
}

/** One repository of a registry, as somebody who is logged in where that is needed. */
export interface Session {
  readonly registry: string
  readonly repository: string
  readonly timing: OciContext['timing']
  readonly signal: AbortSignal
  /** Digests of blobs that are known to be there. */
  readonly blobs: Set<string>
  /** By list. */
  readonly gathering: Map<string, Gathered>
  /** Does one thing after the other for each key: writers of one run need not race each other. */
  inTurn<T>(key: string, task: () => Promise<T>): Promise<T>
  /** Makes a request. @throws ServiceError for a refusal, with the registry's own reason */
  send(request: RepositoryRequest): Promise<HttpAnswer>
  /** Reads an address that the registry gave, such as the `Location` of an upload. */
  addressOf(text: string | undefined, answer: HttpAnswer, what: string): URL
}

/** Refusals whose reason the body gives; 401 asks for a login first. */
const REFUSALS = [400, 401, 403, 405, 406, 409, 412, 413, 415, 416, 422]

/** Opens a repository. Nothing is asked before the first request. */
export function openSession(
  context: OciContext,
  { registry, repository }: Pick<ImageReference, 'registry' | 'repository'>
): Session {
  const base = baseOf(registry, context.plainHttp)
  const tokens = tokenKeeper(context, { registry, repository, base })
  const request = async (
    { path, access: _access, what: _what, ...rest }: RepositoryRequest,
    authorization: string | undefined
  ): Promise<HttpAnswer> => {
    const url = path instanceof URL ? path : new URL(`/v2/${repository}/${path}`, base)
    return context.host.http.fetch({
      ...rest,
      url: url.href,
      signal: context.signal,
      answers: [...REFUSALS, ...(rest.answers ?? [])],
      // Uploads may go to a store whose address carries its own permission.
      ...(url.origin === base.origin && authorization !== undefined && { authorization })
    })
  }
  const lines = new Map<string, Promise<unknown>>()
  return {
    registry,
    repository,
    blobs: new Set(),
    gathering: new Map(),
    inTurn(key, task) {
      const turn = (lines.get(key) ?? Promise.resolve()).then(task, task)
      lines.set(key, turn)
      return turn
    },
    timing: context.timing,
    signal: context.signal,
    async send(asked) {
      const known = tokens.known(asked.access)
      let answer = await request(asked, known)
      // A store that was redirected to is not who we log in to, whatever it asks for.
      if (answer.status === 401 && new URL(answer.url).origin === base.origin) {
        const challenges = parseChallenges(answer.headers['www-authenticate'] ?? '')
        const fresh = await tokens.logIn(challenges, asked.access, known)
        if (fresh !== undefined) answer = await request(asked, fresh)
      }
      const accepted = asked.answers?.includes(answer.status) === true
      if (REFUSALS.includes(answer.status) && !accepted) throw refusalError(asked.what, answer)
      return answer
    },
    addressOf: (text, answer, what) => addressFrom(text, { base, answer, what })
  }
}

/** Plain HTTP only to this machine, or where the user says so. */
function baseOf(registry: string, plainHttp: readonly string[]): URL {
  const host = OCI_API_HOSTS.get(registry) ?? registry
  const url = new URL(`https://${host}/`)
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname)
  return isLoopback || plainHttp.includes(registry) ? new URL(`http://${host}/`) : url
}

function addressFrom(
  text: string | undefined,
  { base, answer, what }: { readonly base: URL; readonly answer: HttpAnswer; readonly what: string }
): URL {
  const url = text === undefined ? null : URL.parse(text, answer.url)
  if (url === null) throw nonsenseError(what, answer.url, 'no address where to go on')
  url.username = ''
  url.password = ''
  url.hash = ''
  // Registries behind a proxy that ends TLS name themselves by http.
  if (url.host === base.host) url.protocol = base.protocol
  if (url.origin === base.origin) return url
  const isOutside = isPrivateHost(url.hostname) && !isPrivateHost(base.hostname)
  const isPlain = url.protocol !== 'https:' && base.protocol === 'https:'
  if (isOutside || isPlain || !/^https?:$/.test(url.protocol)) {
    throw nonsenseError(what, answer.url, `it sends us to "${url.origin}"`)
  }
  return url
}
