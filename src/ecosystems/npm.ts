import type { Component, Gap } from '../model/component.ts'
import type { Purl } from '../model/purl.ts'
import {
  type Ecosystem,
  type Extraction,
  extractionOf,
  type ReadSibling,
  type SourceFile
} from './ecosystem.ts'
import { bundledIn } from './npm/bundles.ts'
import { componentOf, type Placed, placedOf } from './npm/component.ts'
import { directOf } from './npm/direct.ts'
import { type Edges, edgesOf } from './npm/edges.ts'
import { gapAt, type LockEntry } from './npm/lock-entry.ts'
import { lockTreeOf } from './npm/lock-tree.ts'
import { rootFromManifest } from './npm/manifest.ts'
import { readLock } from './npm/read-lock.ts'

const SHRINKWRAP = 'npm-shrinkwrap.json'

const UNKNOWN_INTEGRITY = 'its integrity is no digest of a kind that Assay knows'

/** npm's own locks of every version, with the edges that npm itself would resolve. */
export const npm: Ecosystem = {
  id: 'npm',
  ecosystem: 'npm',
  reads: '`package-lock.json` and `npm-shrinkwrap.json`, versions 1, 2 and 3',
  recognises: (basename) => basename === 'package-lock.json' || basename === SHRINKWRAP,
  entryPoints,
  extract
}

/** Of the two in one folder, npm reads the shrinkwrap. */
function entryPoints(paths: readonly string[]): readonly string[] {
  const all = new Set(paths)
  return paths.filter((path) => {
    const shrinkwrap = path.slice(0, path.lastIndexOf('/') + 1) + SHRINKWRAP
    return path === shrinkwrap || !all.has(shrinkwrap)
  })
}

function extract(file: SourceFile, read: ReadSibling): Extraction {
  const { entries, gaps, namesDirect, namesEdges } = readLock(file)
  const lockFolder = file.path.slice(0, Math.max(0, file.path.lastIndexOf('/')))
  const manifest = namesDirect ? undefined : rootFromManifest(lockFolder, read)
  const tree = lockTreeOf(manifest ? [manifest, ...entries] : entries)
  const edges = edgesOf(tree, file.path)
  const bundled = bundledIn(tree, edges)
  const placed = new Map<LockEntry, Placed>()
  const unpinned: Gap[] = []
  for (const entry of tree.packages) {
    // The project itself is no dependency, unless one of its parts depends on it.
    if (entry === tree.root && !edges.rootIsWanted) continue
    const askedByUrl = edges.askedByUrl.has(entry)
    const inBundle = bundled.has(entry)
    const place = placedOf(entry, { path: file.path, lockFolder, askedByUrl, inBundle })
    const fault = faultOf(place)
    if (fault !== undefined) unpinned.push(gapAt(file.path, entry, fault))
    if (isComponent(place)) placed.set(entry, place)
  }
  const direct = purlsOf(directOf(tree, edges), placed)
  const components = componentsOf(placed, namesEdges ? edges : undefined, direct)
  return extractionOf(components, direct, [...gaps, ...edges.gaps, ...unpinned])
}

/** A registry's package without a version is none: nobody could fetch it. */
function isComponent({ version, source }: Placed): boolean {
  return version !== '' || source.origin.kind !== 'registry'
}

/** What an entry leaves open, so that nothing unpinned looks pinned. */
function faultOf(place: Placed): string | undefined {
  const { entry, source, digests } = place
  if (!isComponent(place)) return 'it has no version'
  if (source.fault !== undefined) return source.fault
  const claimed = entry.raw['integrity'] !== undefined
  return claimed && digests.length === 0 ? UNKNOWN_INTEGRITY : undefined
}

/**
 * Entries of the same package and version are one component: the tree has it in several places.
 *
 * @param edges nothing when the lock does not name them
 */
function* componentsOf(
  placed: ReadonlyMap<LockEntry, Placed>,
  edges: Edges | undefined,
  direct: ReadonlySet<Purl>
): Generator<Component> {
  const groups = new Map<Purl, [Placed, ...Placed[]]>()
  for (const place of placed.values()) {
    const group = groups.get(place.purl)
    if (group) group.push(place)
    else groups.set(place.purl, [place])
  }
  for (const [purl, places] of groups) {
    const targets: Purl[] = []
    for (const { entry } of places) {
      for (const target of edges?.from(entry) ?? []) {
        const to = placed.get(target)?.purl
        if (to !== undefined && to !== purl) targets.push(to)
      }
    }
    const dependsOn = targets.length > 1 ? [...new Set(targets)].sort() : targets
    yield componentOf(places, {
      dependsOn,
      direct: direct.has(purl),
      ...(edges === undefined && { edges: 'unknown' })
    })
  }
}

function purlsOf(
  entries: Iterable<LockEntry>,
  placed: ReadonlyMap<LockEntry, Placed>
): ReadonlySet<Purl> {
  const purls = new Set<Purl>()
  for (const entry of entries) {
    const purl = placed.get(entry)?.purl
    if (purl !== undefined) purls.add(purl)
  }
  return purls
}
