/** Where a locked package comes from. */
export type Source =
  /** `url`: absent for crates.io; begins with `sparse+` for a sparse index, else the index is a git repository. */
  | { readonly kind: 'registry'; readonly url?: string }
  | { readonly kind: 'git'; readonly url: string; readonly commit?: string }

/** How every Cargo.lock names crates.io, by whatever index or mirror it was resolved. */
const CRATES_IO = 'https://github.com/rust-lang/crates.io-index'

/**
 * Parses a `source` of Cargo.lock. The values of a git source's query are raw up to version 3 and
 * percent-encoded from 4 on; neither is part of what is locked, which is the commit.
 *
 * @returns nothing when it is of no kind that a lock may hold
 * @see https://doc.rust-lang.org/cargo/reference/pkgid-spec.html
 */
export function parseSource(source: string): Source | undefined {
  const plus = source.indexOf('+')
  const kind = source.slice(0, Math.max(plus, 0))
  const rest = source.slice(plus + 1)
  if (!/^[a-z+]+:\/\/\S/i.test(rest)) return undefined
  if (kind === 'sparse') return { kind: 'registry', url: `sparse+${withoutCredentials(rest)}` }
  if (kind === 'registry') {
    return rest === CRATES_IO ? { kind } : { kind, url: withoutCredentials(rest) }
  }
  if (kind !== 'git') return undefined
  const hash = rest.lastIndexOf('#')
  const commit = hash === -1 ? '' : rest.slice(hash + 1)
  const url = withoutCredentials((hash === -1 ? rest : rest.slice(0, hash)).split('?', 1)[0] ?? '')
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit) ? { kind, url, commit } : { kind, url }
}

/** The purl qualifiers that tell a package of this source from the one on crates.io. */
export function qualifiersOf(source: Source | undefined): Readonly<Record<string, string>> {
  if (source?.url === undefined) return {}
  if (source.kind === 'registry') return { repository_url: source.url.replace(/^sparse\+/, '') }
  return { vcs_url: `git+${source.url}${source.commit === undefined ? '' : `@${source.commit}`}` }
}

/** Keeps the user of `ssh://git@…`, which is no secret and part of the address. */
function withoutCredentials(url: string): string {
  return url.replace(/^(\w+:\/\/)([^/?#]*)@/, (_match, scheme: string, user: string) =>
    scheme === 'ssh://' ? `${scheme}${user.split(':', 1)[0] ?? ''}@` : scheme
  )
}
