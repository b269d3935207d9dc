/** Short names of git hosts in npm's specs, and where they are. @see https://docs.npmjs.com/cli/v11/using-npm/package-spec */
const GIT_HOSTS: Readonly<Record<string, string>> = {
  github: 'https://github.com/',
  gitlab: 'https://gitlab.com/',
  bitbucket: 'https://bitbucket.org/',
  gist: 'https://gist.github.com/'
}

/** What a git dependency is pinned to. */
interface GitPin {
  /** Without credentials, as in `ssh://git@github.com/a/b.git`. */
  readonly url: string
  /** Full id, in lower case; absent when the lock names a branch, a tag or a range. */
  readonly commit?: string
}

/** Whether a spec or a `resolved` names a git repository. */
export function isGitSpec(spec: string): boolean {
  const scheme = spec.slice(0, spec.indexOf(':'))
  return (
    scheme.startsWith('git+') ||
    scheme === 'git' ||
    spec.startsWith('git@') ||
    Object.hasOwn(GIT_HOSTS, scheme)
  )
}

/** Whether a spec or a `resolved` is the address of a file on the web. */
export function isUrlSpec(spec: string): boolean {
  return /^https?:/i.test(spec)
}

/** Whether a spec is a folder, which npm links, and no archive, which it unpacks. */
export function isFolderSpec(spec: string): boolean {
  return spec.startsWith('file:') && !/\.(?:tgz|tar\.gz|tar)$/i.test(spec)
}

/** Reads the git forms that npm writes into locks: URLs, `github:a/b#…`, `git@host:a/b.git#…`. */
export function gitPinOf(spec: string): GitPin {
  const hash = spec.indexOf('#')
  const place = hash === -1 ? spec : spec.slice(0, hash)
  // `#<commit>::path:<folder>` names a folder of the repository.
  const committish = hash === -1 ? '' : (spec.slice(hash + 1).split('::', 1)[0] ?? '')
  const isCommit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(committish)
  return { url: gitUrlOf(place), ...(isCommit && { commit: committish.toLowerCase() }) }
}

function gitUrlOf(place: string): string {
  const colon = place.indexOf(':')
  const scheme = place.slice(0, colon)
  const host = Object.hasOwn(GIT_HOSTS, scheme) ? GIT_HOSTS[scheme] : undefined
  if (host !== undefined) {
    const path = place.slice(colon + 1).replace(/^[^/]*@/, '')
    return `${host}${path}${path.endsWith('.git') ? '' : '.git'}`
  }
  const plain = place.replace(/^git\+/, '')
  const isUrl = plain.includes('://')
  return sshUrlOf(withoutCredentials(isUrl ? plain : `ssh://${plain}`))
}

/** `ssh://git@host:a/b` is how people write `ssh://git@host/a/b`: what follows the colon is no port. */
function sshUrlOf(url: string): string {
  const match = /^(ssh:\/\/[^/:]*):(?!\d+(?:\/|$))(.*)$/s.exec(url)
  return match ? `${match[1] ?? ''}/${match[2] ?? ''}` : url
}

/**
 * Leaves out what a URL says about who is asking: documents quote it. Of `ssh` URLs the user name stays,
 * which is part of the address.
 */
export function withoutCredentials(url: string): string {
  if (!url.includes('@')) return url
  const start = url.indexOf('://') + '://'.length
  if (start < '://'.length) return url
  const end = url.slice(start).search(/[/?#\\]/)
  const authority = end === -1 ? url.slice(start) : url.slice(start, start + end)
  const at = authority.lastIndexOf('@')
  if (at === -1) return url
  const user = authority.slice(0, at)
  const keeps = /^(?:git\+)?ssh:/i.test(url) && !user.includes(':')
  const rest = url.slice(start + at + 1)
  return url.slice(0, start) + (keeps ? `${user}@` : '') + rest
}
