import type { Component, Gap, LockedFile, Location, Scope } from '../../model/component.ts'
import { digestFromHex } from '../../model/digest.ts'
import { type Purl, purlOf } from '../../model/purl.ts'
import type { LockedPackage } from './lock.ts'
import type { Manifest } from './manifest.ts'
import { parseSource, qualifiersOf, type Source } from './source.ts'

/** A package of the lock with its identity. */
export interface Named {
  readonly entry: LockedPackage
  readonly purl: Purl
  /** Absent for a package of the checkout itself. */
  readonly source?: Source
  readonly location: Location
}

/** @param path of the lock */
export function nameOf(entry: LockedPackage, path: string): Named | Gap {
  const location = placeOf(entry, path)
  const source = entry.source === undefined ? undefined : parseSource(entry.source)
  if (entry.source !== undefined && source === undefined) {
    const reason = `its source is of no kind that a lock can hold: ${entry.source.slice(0, 200)}`
    return { name: `${entry.name} ${entry.version}`, reason, location }
  }
  const purl = purlOf('cargo', entry.name, entry.version, qualifiersOf(source))
  return { entry, purl, location, ...(source && { source }) }
}

/** Where the lock names a package. @param path of the lock */
export function placeOf({ line }: LockedPackage, path: string): Location {
  return { path, ...(line !== undefined && { line }) }
}

/** What the lock and the manifests say of one package. */
export function componentOf(
  { entry, purl, source, location }: Named,
  {
    dependsOn,
    direct,
    scope,
    manifest
  }: {
    readonly dependsOn: readonly Purl[]
    readonly direct: boolean
    readonly scope: Scope | undefined
    readonly manifest: Manifest | undefined
  }
): Component {
  const license = manifest?.package?.license
  return {
    purl,
    ecosystem: 'crates.io',
    name: entry.name,
    version: entry.version,
    ...(scope && { scope }),
    direct,
    origin: source ?? { kind: 'local', path: folderOf(manifest, location) },
    files: source?.kind === 'registry' ? [archiveOf(entry, location)] : [],
    // Crates of the time before SPDX expressions put a slash between their choices.
    licenses: license === undefined ? [] : [license.replace(/ ?\/ ?/g, ' OR ')],
    // A package can have itself for testing, or its own published version.
    dependsOn: dependsOn.filter((target) => target !== purl).sort(),
    locations: [location]
  }
}

/** The lock's folder stands for that of a package whose manifest was not found. */
function folderOf(manifest: Manifest | undefined, { path }: Location): string {
  const folder = manifest ? manifest.folder : path.split('/').slice(0, -1).join('/')
  return folder === '' ? '.' : folder
}

function archiveOf(
  { name, version, checksum = '' }: LockedPackage,
  location: Location
): LockedFile {
  const digest = digestFromHex('sha256', checksum)
  return { name: `${name}-${version}.crate`, digests: digest ? [digest] : [], location }
}
