import { isOciDigest } from './descriptor.ts'

/** Where an image is: `registry/repository`, and which: a tag, a digest, or both. */
export interface ImageReference {
  /** Host, with a port where it is named: `ghcr.io`, `127.0.0.1:5000`. */
  readonly registry: string
  readonly repository: string
  readonly tag?: string
  /** `sha256:` or `sha512:` and lower-case hex. */
  readonly digest?: string
}

/** What a short name such as `alpine` means. */
export interface ShortNames {
  readonly registry: string
  /** Other names of the registry. */
  readonly aliases: readonly string[]
  /** Where its one-word repositories lie. */
  readonly namespace: string
}

/** Longest name of registry and repository together. */
const MAX_NAME = 255

const HOST =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/
const REPOSITORY_PART = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const TAG = /^\w[\w.-]{0,127}$/

/**
 * Reads an image reference as people write it: `alpine`, `ghcr.io/o/app:1.0`, `host:5000/a/b@sha256:…`.
 *
 * @returns why it is none, as a string without a final period
 * @see https://github.com/distribution/reference/blob/v0.6.0/reference.go
 */
export function parseImageReference(text: string, short: ShortNames): ImageReference | string {
  const at = text.indexOf('@')
  const digest = at < 0 ? undefined : text.slice(at + 1)
  if (digest !== undefined && !isOciDigest(digest)) {
    return 'what follows "@" is not "sha256:" and 64 lower-case hexadecimal digits'
  }
  const named = at < 0 ? text : text.slice(0, at)
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1)
  const tag = colon < 0 ? undefined : named.slice(colon + 1)
  const name = colon < 0 ? named : named.slice(0, colon)
  if (tag !== undefined && !TAG.test(tag)) return 'what follows ":" is no tag'
  if (name.length > MAX_NAME) return `its name is longer than ${MAX_NAME} characters`
  const place = placeOf(name, short)
  if (typeof place === 'string') return place
  return { ...place, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) }
}

function placeOf(
  name: string,
  { registry, aliases, namespace }: ShortNames
): Pick<ImageReference, 'registry' | 'repository'> | string {
  const slash = name.indexOf('/')
  const first = name.slice(0, Math.max(0, slash))
  const isHost = /[.:[\]A-Z]/.test(first) || first === 'localhost'
  const host = isHost ? first.toLowerCase() : registry
  const rest = isHost ? name.slice(slash + 1) : name
  if (!HOST.test(host)) return `"${first}" is no host`
  const known = aliases.includes(host) ? registry : host
  const repository = known === registry && !rest.includes('/') ? `${namespace}/${rest}` : rest
  if (!repository.split('/').every((part) => REPOSITORY_PART.test(part))) {
    return /[A-Z]/.test(rest)
      ? 'the name of a repository has no capital letters'
      : `"${rest}" is no name of a repository`
  }
  return { registry: known, repository }
}

/** `ghcr.io/o/app`, without tag and digest: the name of what is signed. */
export function imageNameOf({ registry, repository }: ImageReference): string {
  return `${registry}/${repository}`
}
