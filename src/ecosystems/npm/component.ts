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
    location: line === undefined ? { path } : { path, line },
    bundled: inBundle && textOf(raw, 'resolved') === undefined && raw['integrity'] === undefined
  }
}

/**
 * One component out of all the places that have the same package in the same version.
 *
 * @param places at least one, in the order of the lock; nearly always just one
 * @param edges `dependsOn` sorted, each once
 */
export function componentOf(
  places: readonly [Placed, ...Placed[]],
  edges: Pick<Component, 'dependsOn' | 'direct' | 'edges'>
): Component {
  const [first] = places
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
    licenses: allLicensesOf(places),
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
function locationsOf(places: readonly [Placed, ...Placed[]]): readonly Location[] {
  if (places.length === 1) return [places[0].location]
  const byLine = new Map(places.map(({ location }) => [location.line, location]))
  return [...byLine.values()].sort(byLocation)
}

function filesOf(places: readonly [Placed, ...Placed[]]): readonly LockedFile[] {
  if (places.length === 1) return fileOf(places[0])
  const files = new Map<string, LockedFile>()
  for (const file of places.flatMap(fileOf)) {
    const key = [file.url ?? '', ...file.digests.map(renderDigest)].join('\n')
    if (!files.has(key)) files.set(key, file)
  }
  return [...files.values()].sort(byFile)
}

/** The file that a place has fetched; none for what lies in the checkout, in git or in another's archive. */
function fileOf({ source, digests, location, bundled }: Placed): readonly LockedFile[] {
  const { kind } = source.origin
  if (digests.length === 0 && (kind === 'local' || kind === 'git' || bundled)) return []
  const { url } = source
  return [url === undefined ? { digests, location } : { ...named(url), digests, location }]
}

function named(url: string): { readonly url: string; readonly name?: string } {
  const path = /[?#]/.test(url) ? (url.split(/[?#]/, 1)[0] ?? '') : url
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name === '' ? { url } : { url, name }
}

function allLicensesOf(places: readonly [Placed, ...Placed[]]): readonly string[] {
  const licenses = places.flatMap(({ entry }) => licensesOf(entry.raw))
  return licenses.length > 1 ? [...new Set(licenses)].sort() : licenses
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
