import { posix } from 'node:path'
import type { Gap } from '../model/component.ts'
import { type Named, componentOf, nameOf, placeOf } from './cargo/component.ts'
import { type LockedPackage, readLock } from './cargo/lock.ts'
import { type Purposes, purposesOf } from './cargo/scope.ts'
import { type Project, readProject } from './cargo/workspace.ts'
import {
  type Ecosystem,
  type Extraction,
  extractionOf,
  type ReadSibling,
  type SourceFile
} from './ecosystem.ts'

/**
 * Rust's Cargo. The lock gives versions, sources, checksums and edges; what is direct, optional or for
 * development only is in the manifests of the workspace beside it.
 *
 * @see https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html
 */
export const cargo: Ecosystem = {
  id: 'cargo',
  ecosystem: 'crates.io',
  reads: '`Cargo.lock` versions 1 to 4, with the `Cargo.toml` files of its workspace',
  recognises: (basename) => basename === 'Cargo.lock',
  extract
}

function extract(file: SourceFile, read: ReadSibling): Extraction {
  const { packages, gaps } = readLock(file)
  const local = packages.filter(({ source }) => source === undefined)
  const folder = posix.dirname(file.path)
  const project = readProject(folder === '.' ? '' : folder, local, read)
  const purposes = project && purposesOf(packages, project)
  const named = new Map<LockedPackage, Named>()
  const unnamed: Gap[] = []
  for (const entry of packages) {
    const found = nameOf(entry, file.path)
    if ('reason' in found) unnamed.push(found)
    // A package that is no part of a workspace is what is being looked at, not one of its dependencies.
    else if (entry !== project?.itself) named.set(entry, found)
  }
  const direct = purposes?.direct ?? new Set(local.flatMap((one) => [one, ...one.dependencies]))
  const components = [...named.values()].map((one) =>
    componentOf(one, {
      dependsOn: [...one.entry.dependencies].flatMap((entry) => named.get(entry)?.purl ?? []),
      direct: direct.has(one.entry),
      scope: purposes?.scopes.get(one.entry),
      manifest: project?.manifests.get(one.entry)
    })
  )
  return extractionOf(
    components,
    components.filter((component) => component.direct).map(({ purl }) => purl),
    [...gaps, ...unnamed, ...projectGaps({ path: file.path, local, project, purposes })]
  )
}

/** What the lock and the manifests do not say of each other. */
function projectGaps({
  path,
  local,
  project,
  purposes
}: {
  readonly path: string
  readonly local: readonly LockedPackage[]
  readonly project: Project | undefined
  readonly purposes: Purposes | undefined
}): readonly Gap[] {
  if (!project || !purposes) {
    const reason =
      'not beside the lock: scopes are not known, and every local package counts as direct'
    return [{ name: 'Cargo.toml', reason, location: { path } }]
  }
  const homeless = local.filter((entry) => !project.manifests.has(entry))
  return [
    ...project.gaps,
    ...homeless.map((entry): Gap => ({
      name: `${entry.name} ${entry.version}`,
      reason:
        'no Cargo.toml that can be read is its own: it lies outside, or the lock is out of date',
      location: placeOf(entry, path)
    })),
    ...purposes.unlocked.map(({ declaration, manifest }): Gap => ({
      name: declaration.name,
      reason: `${manifest.path} asks for it and ${path} does not list it: the lock is out of date`,
      location: { path: manifest.path }
    }))
  ]
}
