import { byStrength, type Digest, renderDigest } from './digest.ts'
import type { Purl } from './purl.ts'

/** A place in the checkout. */
export interface Location {
  /** Relative to the checkout, with `/` on every platform. */
  readonly path: string
  /** 1-based; absent when it is about the whole file. */
  readonly line?: number
}

/** Where the lockfile says the bytes come from. */
export type Origin =
  /** `url`: the registry or the file, as far as the lock names it; absent, the project's configured registry. */
  | { readonly kind: 'registry'; readonly url?: string }
  | { readonly kind: 'git'; readonly url: string; readonly commit?: string }
  /** A file at a URL that is no registry. */
  | { readonly kind: 'archive'; readonly url: string }
  /** Part of the checkout itself: a workspace member, a path dependency. */
  | { readonly kind: 'local'; readonly path: string }

/** `runtime` is also the answer when a lock does not tell scopes apart and says so nowhere. */
export type Scope = 'runtime' | 'optional' | 'development'

/** One file that a lockfile pins for a component: what `integrity` checks. */
export interface LockedFile {
  /** File name as its registry spells it; absent when the lock lists bare hashes. */
  readonly name?: string
  /** Where the lock says it lies; absent when the registry's layout decides. */
  readonly url?: string
  /**
   * Strongest first. Bytes match when they match any digest of the strongest algorithm here.
   * Empty: the lock pins no bytes for this file.
   */
  readonly digests: readonly Digest[]
  readonly location: Location
}

/** For which machines a component is meant, as its lock says it. Absent parts do not restrict. */
export interface PlatformConstraint {
  /** npm's `os`, `cpu`, `libc` lists; an entry that begins with `!` excludes. */
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
  /** A Python environment marker. @see https://peps.python.org/pep-0508/#environment-markers */
  readonly marker?: string
}

/** One version of one package that the checkout depends on: a node of the dependency graph. */
export interface Component {
  /** Identity. Two components with the same purl are the same component. */
  readonly purl: Purl
  /** OSV's name of its world: `npm`, `PyPI`, `crates.io`, `Go`. */
  readonly ecosystem: string
  /** As its registry spells it, namespace included: `@sigstore/verify`, `golang.org/x/mod`. */
  readonly name: string
  readonly version: string
  /** Absent when the lockfile does not say. */
  readonly scope?: Scope
  /** Named by the project itself, not only by a dependency of it. */
  readonly direct: boolean
  readonly origin: Origin
  /** Sorted by name, then digest. Empty when nothing pins the bytes. */
  readonly files: readonly LockedFile[]
  /** SPDX expressions or names, as lock or registry state them; sorted. */
  readonly licenses: readonly string[]
  readonly platform?: PlatformConstraint
  /** Direct dependencies only, sorted. */
  readonly dependsOn: readonly Purl[]
  /** No lock says what this one depends on: an empty `dependsOn` is no statement then. */
  readonly edges?: 'unknown'
  /** Every place that names it, sorted by path, then line. */
  readonly locations: readonly Location[]
  /** Named by lockfiles under folders of test data only: no dependency of the project. */
  readonly fixture?: true
}

/** An entry we saw and could not turn into a component. Reported, never dropped. */
export interface Gap {
  readonly name: string
  /** Why, without a final period: `version is a range, not a pin`. */
  readonly reason: string
  readonly location: Location
}

/** One lockfile and what it locks. */
export interface Lockfile {
  readonly path: string
  /** {@link Component.ecosystem} of what it locks. */
  readonly ecosystem: string
  /** The package manager whose format it is: `npm`, `poetry`, `uv`, `cargo`, `go` … */
  readonly format: string
  /** Lies under a folder of test data: inventoried, but no dependency of the project. */
  readonly fixture: boolean
  /** What the project itself asks for, sorted. */
  readonly direct: readonly Purl[]
  /** All of it, sorted. */
  readonly components: readonly Purl[]
}

/** {@link Component.ecosystem} of what lies in the checkout itself, with a lock of ours: purl's name for what no registry has. */
export const VENDORED = 'generic'

const SCOPES: readonly Scope[] = ['runtime', 'optional', 'development']

/**
 * One component for each purl, in the order in which purls first occur: nothing pinned is lost, the wider scope
 * wins. Descriptions are gathered before they
 * are merged: one by one, the time would grow with the square of how often a lock repeats itself.
 */
export function mergeByPurl(components: Iterable<Component>): ReadonlyMap<Purl, Component> {
  const merged = new Map<Purl, Component>()
  const others = new Map<Purl, Component[]>()
  for (const component of components) {
    const { purl } = component
    const more = others.get(purl)
    if (more) more.push(component)
    else if (merged.has(purl)) others.set(purl, [component])
    else merged.set(purl, component)
  }
  for (const [purl, more] of others) {
    const first = merged.get(purl)
    if (first) merged.set(purl, mergeAll(first, more))
  }
  return merged
}

function mergeAll(first: Component, others: readonly Component[]): Component {
  const all = [first, ...others]
  const scopes = new Set(all.map(({ scope }) => scope))
  const scope = scopes.has(undefined) ? undefined : SCOPES.find((known) => scopes.has(known))
  const platform = anyPlatform(all.map((one) => one.platform))
  const { platform: _platform, scope: _scope, fixture: _fixture, edges: _edges, ...rest } = first
  // A copy inside the checkout must not switch off the check of what a registry serves.
  const { origin } = all.find((one) => one.origin.kind !== 'local') ?? all.at(-1) ?? first
  return {
    ...rest,
    ...(scope && { scope }),
    ...(platform && { platform }),
    ...(all.every(({ fixture }) => fixture) && { fixture: true }),
    ...(all.every(({ edges }) => edges) && { edges: 'unknown' }),
    direct: all.some(({ direct }) => direct),
    origin,
    files: mergeFiles(all),
    licenses: [...new Set(all.flatMap(({ licenses }) => licenses))].sort(),
    dependsOn: [...new Set(all.flatMap(({ dependsOn }) => dependsOn))].sort(),
    locations: uniqueBy(
      all.flatMap(({ locations }) => locations).sort(byLocation),
      (l) => `${l.path}:${l.line ?? 0}`
    )
  }
}

/** Keys are made once for each file, not once for each comparison. */
function mergeFiles(all: readonly Component[]): readonly LockedFile[] {
  const keyed = all.flatMap(({ files }) => files.map((file) => ({ file, key: keyOfFile(file) })))
  keyed.sort((a, b) => compare(a.key, b.key) || byLocation(a.file.location, b.file.location))
  return uniqueBy(keyed, ({ key }) => key).map(({ file }) => file)
}

/** What holds where any does: a file that one lock needs is not left out because another does not. */
function anyPlatform(
  platforms: readonly (PlatformConstraint | undefined)[]
): PlatformConstraint | undefined {
  const known = platforms.filter((platform) => platform !== undefined)
  const [first] = known
  if (!first || known.length < platforms.length) return undefined
  const kinds = known.map(({ marker: _marker, ...rest }) => JSON.stringify(rest))
  if (new Set(kinds).size > 1) return undefined
  const markers = [...new Set(known.map(({ marker }) => marker))]
  if (markers.length === 1) return first
  if (markers.includes(undefined)) return undefined
  return { ...first, marker: markers.map((marker) => `(${marker ?? ''})`).join(' or ') }
}

/** Whether two locks of the same purl promise the same bytes from the same place. Lines and edges do not count. */
export function lockedAlike(a: Component, b: Component): boolean {
  return lockOf(a) === lockOf(b)
}

function lockOf({ origin, files }: Component): string {
  const parts = Object.entries(origin).sort(([one], [other]) => compare(one, other))
  return JSON.stringify([parts, [...files].sort(byFile).map(keyOfFile)])
}

export function byPurl(a: Component, b: Component): number {
  return compare(a.purl, b.purl)
}

export function byLocation(a: Location, b: Location): number {
  return compare(a.path, b.path) || (a.line ?? 0) - (b.line ?? 0)
}

export function byFile(a: LockedFile, b: LockedFile): number {
  return compare(keyOfFile(a), keyOfFile(b)) || byLocation(a.location, b.location)
}

/** What makes two locked files the same file: name, place and promised bytes. */
function keyOfFile(file: LockedFile): string {
  const digests = [...file.digests].sort(byStrength).map(renderDigest)
  return [file.name ?? '', file.url ?? '', ...digests].join('\n')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function uniqueBy<T>(sorted: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const seen = new Set<string>()
  return sorted.filter((item) => {
    const key = keyOf(item)
    return !seen.has(key) && seen.add(key)
  })
}
