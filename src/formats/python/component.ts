import { posix } from 'node:path'
import {
  byFile,
  type Component,
  type LockedFile,
  type Location,
  type Origin,
  type Scope
} from '../../model/component.ts'
import { type Digest, digestFromHex, renderDigest } from '../../model/digest.ts'
import { type Purl, purlOf } from '../../model/purl.ts'

/** OSV's name of the Python world. */
export const PYPI = 'PyPI'

/** What a Python lock says of one package. */
export interface PythonPackage {
  readonly purl: Purl
  /** Normalised. */
  readonly name: string
  /** Normalised; empty when a source tree or repository decides it. */
  readonly version: string
  readonly origin: Origin
  readonly files: readonly LockedFile[]
  readonly scope?: Scope | undefined
  readonly direct: boolean
  /** Empty: no condition. */
  readonly marker?: string | undefined
  /** Absent: the lock does not say. */
  readonly dependsOn?: readonly Purl[] | undefined
  readonly location: Location
}

/** The component that a lock's package is. */
export function pythonComponent(found: PythonPackage): Component {
  const { purl, name, version, origin, files, scope, direct, marker, dependsOn, location } = found
  return {
    purl,
    ecosystem: PYPI,
    name,
    version,
    ...(scope && { scope }),
    direct,
    origin,
    files: distinct([...files].sort(byFile)),
    licenses: [],
    ...(marker !== undefined && marker !== '' && { platform: { marker } }),
    dependsOn: [...new Set(dependsOn)].sort(),
    ...(!dependsOn && { edges: 'unknown' as const }),
    locations: [location]
  }
}

/** A lock may list a file twice; it is one file. */
function distinct(sorted: readonly LockedFile[]): readonly LockedFile[] {
  if (sorted.length < 2) return sorted
  const known = new Set<string>()
  return sorted.filter(({ name = '', url = '', digests }) => {
    const key = [name, url, ...digests.map(renderDigest)].join('\n')
    // Nothing tells two files apart that have neither name nor digest.
    if (key === '\n') return true
    return !known.has(key) && known.add(key)
  })
}

/**
 * Names a package, and with it the repository or file that it comes from when that is no index.
 *
 * @see https://github.com/package-url/purl-spec/blob/main/types-doc/pypi-definition.md
 */
export function pythonPurl({
  name,
  version,
  origin,
  repository = ''
}: Pick<PythonPackage, 'name' | 'version' | 'origin'> & { readonly repository?: string }): Purl {
  return purlOf('pypi', name, version, { ...qualifiersOf(origin), repository_url: repository })
}

function qualifiersOf(origin: Origin): Readonly<Record<string, string>> {
  if (origin.kind === 'archive') return { download_url: origin.url }
  if (origin.kind !== 'git') return {}
  const url = `git+${origin.url}`
  return { vcs_url: origin.commit === undefined ? url : `${url}@${origin.commit}` }
}

/**
 * Reads a digest as Python's locks write it: `sha256:ab12…` or, in URLs, `sha256=ab12…`.
 *
 * @returns nothing when the algorithm is unknown or the value is not of its length
 */
export function digestOfHash(text: string): Digest | undefined {
  const [, algorithm = '', hex = ''] = /^([a-z0-9_]+)[:=]([0-9a-f]+)$/i.exec(text) ?? []
  const digest = digestFromHex(algorithm.toLowerCase(), hex)
  return digest?.algorithm === 'h1' ? undefined : digest
}

/** The digests of one locked file: none, when what the lock says cannot be read as one. */
export function digestsOfHash(text: string | undefined): readonly Digest[] {
  const digest = text === undefined ? undefined : digestOfHash(text)
  return digest ? [digest] : []
}

/**
 * A URL as documents may show it: without user and password. The user of `ssh://git@…` stays, who is no
 * secret, and part of the address.
 */
export function withoutCredentials(url: string): string {
  return url.replace(
    /^((?:[a-z][a-z0-9+.-]*:)?\/\/)([^/?#]*)@/i,
    (_all, scheme: string, user: string) =>
      /ssh:/i.test(scheme) ? `${scheme}${user.split(':', 1)[0] ?? ''}@` : scheme
  )
}

/** The file name at the end of a URL or path, unescaped; nothing when there is none. */
export function fileNameOf(url: string): string | undefined {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  const last = path.slice(path.lastIndexOf('/') + 1)
  try {
    return decodeURIComponent(last) || undefined
  } catch {
    return last
  }
}

/** A path that a lockfile names, relative to the checkout; `.` for the checkout itself. */
export function pathFrom(lockfile: string, path: string): string {
  const plain = path.replace(/^file:(?:\/\/)?/, '').replaceAll('\\', '/')
  return posix.isAbsolute(plain) || /^[A-Za-z]:/.test(plain)
    ? plain
    : posix.join(posix.dirname(lockfile), plain).replace(/(?<=.)\/$/, '')
}

/** Where a dependency on a repository points: `url` may hold the ref and commit as pip or uv write them. */
export function gitOrigin(url: string, commit: string | undefined): Origin {
  const plain = withoutCredentials(url.replace(/^git\+/, ''))
  return { kind: 'git', url: plain, ...(commit !== undefined && commit !== '' && { commit }) }
}
