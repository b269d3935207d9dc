import { posix } from 'node:path'
import type { JsonObject } from '../../formats/json.ts'
import type { Origin } from '../../model/component.ts'
import { textOf } from './lock-entry.ts'
import { gitPinOf, isGitSpec, isUrlSpec, withoutCredentials } from './spec.ts'

/** What a lock says about where an entry's bytes come from. */
export interface Source {
  readonly origin: Origin
  /** The archive, without credentials; absent when the registry's layout decides, and when there is none. */
  readonly url?: string
  /** What tells the package from the registry's of the same name and version. */
  readonly qualifiers: Readonly<Record<string, string>>
  /** What is wrong with it, for a gap. */
  readonly fault?: string
}

const FROM_REGISTRY: Source = { origin: { kind: 'registry' }, qualifiers: {} }

/** What an origin depends on besides the entry itself. */
export interface SourceContext {
  /** The package's own name, which may not be its folder's. */
  readonly name: string
  /** Folder of the lock, relative to the checkout; empty for its root. */
  readonly lockFolder: string
  /** Something depends on it by a URL: npm takes it for no registry's package, wherever it lies. */
  readonly askedByUrl: boolean
}

/** Tells apart what npm keeps in one field, `resolved`. */
export function sourceOf(raw: JsonObject, context: SourceContext): Source {
  const resolved = textOf(raw, 'resolved')
  if (resolved === undefined) return FROM_REGISTRY
  if (isGitSpec(resolved)) return gitSource(resolved)
  if (isUrlSpec(resolved)) return webSource(resolved, context)
  if (resolved.startsWith('file:')) {
    const path = inCheckout(context.lockFolder, resolved.slice('file:'.length))
    return { origin: { kind: 'local', path }, qualifiers: {} }
  }
  const url = withoutCredentials(resolved)
  return {
    origin: { kind: 'archive', url },
    url,
    qualifiers: { download_url: url },
    fault: `it is resolved to "${url.slice(0, 100)}", which is no address that npm knows`
  }
}

/** A path as the checkout's root sees it. */
export function inCheckout(lockFolder: string, path: string): string {
  const normal = posix.join(lockFolder, path)
  return normal.endsWith('/') && normal !== '/' ? normal.slice(0, -1) : normal
}

function gitSource(resolved: string): Source {
  const { url, commit } = gitPinOf(resolved)
  const at = commit === undefined ? '' : `@${commit}`
  return {
    origin: { kind: 'git', url, ...(commit !== undefined && { commit }) },
    // @see https://spdx.github.io/spdx-spec/v2.3/package-information/#77-package-download-location-field
    qualifiers: { vcs_url: `git+${url}${at}` },
    ...(commit === undefined && { fault: 'its git repository is not pinned to a commit' })
  }
}

function webSource(resolved: string, { name, askedByUrl }: SourceContext): Source {
  const url = withoutCredentials(resolved)
  const base = askedByUrl ? undefined : registryOf(url, name)
  if (base === undefined) {
    return { origin: { kind: 'archive', url }, url, qualifiers: { download_url: url } }
  }
  return { origin: { kind: 'registry', url: base }, url, qualifiers: {} }
}

/**
 * The registry that an archive lies on: what stands before `<name>/-/`. Registries with a layout of
 * their own put the name somewhere into the path: of those the whole address is the answer.
 */
function registryOf(url: string, name: string): string | undefined {
  const plain = url.indexOf(`/${name}/-/`)
  const escaped = plain === -1 && name.includes('/')
  const at = escaped
    ? url.toLowerCase().indexOf(`/${name.toLowerCase().replace('/', '%2f')}/-/`)
    : plain
  if (at !== -1) return url.slice(0, at + 1)
  return url.includes(`/${name}/`) ? url : undefined
}
