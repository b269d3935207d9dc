import { type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import {
  byFile,
  byLocation,
  type Component,
  type Location,
  type LockedFile,
  type PlatformConstraint,
  type Scope
} from '../../model/component.ts'
import { type Digest, digestsFromSri, renderDigest } from '../../model/digest.ts'
import { type Purl, purlOf } from '../../model/purl.ts'
import { type LockEntry, packageNameOf, textOf } from './lock-entry.ts'
import { inCheckout, type Source, sourceOf } from './origin.ts'

/** An entry with its identity: what one folder of the tree is. */
export interface Placed {
  readonly entry: LockEntry
  readonly purl: Purl
  readonly name: string
  readonly version: string
  readonly source: Source
  /** Strongest first; empty when nothing that we know pins the bytes. */
  readonly digests: readonly Digest[]
  readonly location: Location
  /** Its bytes are inside its bundler's archive: it has no address or digest of its own. */
  readonly bundled: boolean
}

/** Where an entry was read, and how others ask for it. */
interface PlacedIn {
  /** Path of the lock, relative to the checkout. */
  readonly path: string
  /** Its folder; empty for the root. */
  readonly lockFolder: string
  /** See {@link SourceContext.askedByUrl}. */
  readonly askedByUrl: boolean
  /** A package above has it in its archive. */
  readonly inBundle: boolean
}

/** Names an entry. */
export function placedOf(
  entry: LockEntry,
  { path, lockFolder, askedByUrl, inBundle }: PlacedIn
): Placed {
  const { raw, line } = entry
  const name = packageNameOf(entry)
  const source: Source =
    entry.holder !== undefined
      ? sourceOf(raw, { name, lockFolder, askedByUrl: askedByUrl || raw['remote'] === true })
      : { origin: { kind: 'local', path: inCheckout(lockFolder, entry.path) }, qualifiers: {} }
  // Version 1 of the lock format has no version for git dependencies.
  const commit = source.origin.kind === 'git' ? source.origin.commit : undefined
  const version = textOf(raw, 'version') ?? commit ?? ''
  return {
    entry,
    purl: purlOf('npm', name, version, source.qualifiers),
    name,
    version,
    source,
    digests: digestsFromSri(textOf(raw, 'integrity') ?? ''),
    location: { path, ...(line !== undefined && { line }) },
    bundled: inBundle && textOf(raw, 'resolved') === undefined && raw['integrity'] === undefined
  }
}

/**
 * One component out of all the places that have the same package in the same version.
 *
 * @param first,rest at least one place, in the order of the lock
 * @param edges `dependsOn` sorted, each once
 */
export function componentOf(
  [first, ...rest]: readonly [Placed, ...Placed[]],
  edges: Pick<Component, 'dependsOn' | 'direct' | 'edges'>
): Component {
  const places = [first, ...rest]
  const scope = scopeOf(places)
  const platform = platformOf(places)
  return {
    purl: first.purl,
    ecosystem: 'npm',
    name: first.name,
    version: first.version,
    ...(scope && { scope }),
    direct: edges.direct,
    // A copy inside the checkout must not switch off the check of what a registry serves.
    origin: (places.find(({ source }) => source.origin.kind !== 'local') ?? first).source.origin,
    files: filesOf(places),
    licenses: [...new Set(places.flatMap(({ entry }) => licensesOf(entry.raw)))].sort(),
    ...(platform && { platform }),
    dependsOn: edges.dependsOn,
    ...(edges.edges && { edges: edges.edges }),
    locations: locationsOf(places)
  }
}

/** The widest of all places; nothing when one of them does not say. */
function scopeOf(places: readonly Placed[]): Scope | undefined {
  let widest: Scope = 'development'
  for (const { entry } of places) {
    const { dev, optional, devOptional, extraneous } = entry.raw
    if (extraneous === true) return undefined
    if (dev === true) continue
    // `devOptional`: for development, and optional for everybody else.
    if (optional !== true && devOptional !== true) return 'runtime'
    widest = 'optional'
  }
  return widest
}

/** Each line once: a minified lock has one only. */
function locationsOf(places: readonly Placed[]): readonly Location[] {
  const byLine = new Map(places.map(({ location }) => [location.line, location]))
  return [...byLine.values()].sort(byLocation)
}

function filesOf(places: readonly Placed[]): readonly LockedFile[] {
  const files = new Map<string, LockedFile>()
  for (const { source, digests, location, bundled } of places) {
    const pinned = digests.length > 0
    const { kind } = source.origin
    if (!pinned && (kind === 'local' || kind === 'git' || bundled)) continue
    const { url } = source
    const key = [url ?? '', ...digests.map(renderDigest)].join('\n')
    if (files.has(key)) continue
    files.set(key, { ...(url !== undefined && named(url)), digests, location })
  }
  return [...files.values()].sort(byFile)
}

function named(url: string): { readonly url: string; readonly name?: string } {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name === '' ? { url } : { url, name }
}

/** SPDX expressions, or what people wrote in their stead: text, `{ type }`, or a list of either. */
function licensesOf({ license, licenses }: JsonObject): readonly string[] {
  if (licenses === undefined && typeof license === 'string') return namesOf([license])
  if (licenses === undefined && license === undefined) return []
  return namesOf([license, licenses].flat())
}

function namesOf(licenses: readonly unknown[]): readonly string[] {
  return licenses
    .map((license) => (typeof license === 'string' ? license : jsonObjectOf(license)?.['type']))
    .filter((license) => typeof license === 'string')
    .map((license) => license.trim())
    .filter((license) => license !== '')
}

/** What all places say; nothing when one of them does not restrict, or differs. */
function platformOf([first, ...rest]: readonly Placed[]): PlatformConstraint | undefined {
  const platform = first && constraintOf(first.entry.raw)
  if (platform === undefined || rest.length === 0) return platform
  const key = JSON.stringify(platform)
  const same = rest.every(({ entry }) => JSON.stringify(constraintOf(entry.raw)) === key)
  return same ? platform : undefined
}

function constraintOf(raw: JsonObject): PlatformConstraint | undefined {
  const os = listOf(raw['os'])
  const cpu = listOf(raw['cpu'])
  const libc = listOf(raw['libc'])
  if (!os && !cpu && !libc) return undefined
  return { ...(os && { os }), ...(cpu && { cpu }), ...(libc && { libc }) }
}

function listOf(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined
  const list = [value].flat().filter((item) => typeof item === 'string')
  return list.length === 0 ? undefined : list
}
