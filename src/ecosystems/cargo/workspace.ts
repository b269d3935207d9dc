import type { Gap } from '../../model/component.ts'
import { ParseError } from '../../model/errors.ts'
import type { ReadSibling, SourceFile } from '../ecosystem.ts'
import { matchesPattern } from './folder-pattern.ts'
import type { LockedPackage } from './lock.ts'
import { folderOf, type Manifest, parseManifest, type Workspace } from './manifest.ts'

/** The manifests of the packages that a lock takes from the checkout itself. */
export interface Project {
  /** By package. One that is missing here has no manifest that we found. */
  readonly manifests: ReadonlyMap<LockedPackage, Manifest>
  /** The packages that the project consists of: the others are dependencies of theirs. */
  readonly members: ReadonlySet<LockedPackage>
  /** The only member, where there is no workspace. */
  readonly itself?: LockedPackage
  readonly gaps: readonly Gap[]
}

/** Most manifests that are read for one lock: the largest real workspaces have under 1 000 members. */
const MAX_MANIFESTS = 10_000

/** Most entries of `members` that are looked at: each with a wildcard costs a walk over all paths. */
const MAX_MEMBERS = 1_000

/**
 * Finds the manifests of a lock's own packages: the root's, then what `members`, path dependencies and
 * patches point at, until every package has one.
 *
 * @param folder of the lock, which is the workspace's root
 * @param local packages of the lock that have no source
 * @returns nothing when no manifest lies beside the lock
 * @see https://doc.rust-lang.org/cargo/reference/workspaces.html#the-members-and-exclude-fields
 */
export function readProject(
  folder: string,
  local: readonly LockedPackage[],
  read: ReadSibling
): Project | undefined {
  const search = new Search(local, read)
  const root = search.read(folder)
  if (!root && search.gaps.length === 0) return undefined
  const workspace = root?.workspace
  const members = new Set([folder, ...(workspace ? listedFolders(workspace, local, read) : [])])
  const others = new Set<string>()
  for (const manifest of search.visit(members, workspace)) {
    for (const path of manifest.patched) others.add(path)
    for (const { folder: path } of manifest.declarations) {
      if (path === undefined) continue
      // Path dependencies below a workspace's root are members of it without being listed.
      if (workspace && isBelow(path, workspace)) members.add(path)
      else others.add(path)
    }
  }
  for (const manifest of search.visit(others, workspace)) {
    for (const { folder: path } of manifest.declarations) if (path !== undefined) others.add(path)
  }
  const itself = root && !workspace ? search.packageOf(root) : undefined
  return {
    manifests: search.found,
    members: search.membersIn(members),
    gaps: search.gaps,
    ...(itself && { itself })
  }
}

class Search {
  readonly gaps: Gap[] = []
  readonly found = new Map<LockedPackage, Manifest>()
  readonly #read: ReadSibling
  readonly #wanted: Map<string, LockedPackage>
  readonly #seen = new Map<string, Manifest | undefined>()

  constructor(local: readonly LockedPackage[], read: ReadSibling) {
    this.#read = read
    this.#wanted = new Map(local.map((entry) => [`${entry.name} ${entry.version}`, entry]))
  }

  /** Reads the manifests of folders, those added meanwhile too, while a package is still missing. */
  *visit(folders: ReadonlySet<string>, workspace: Workspace | undefined): Generator<Manifest> {
    for (const folder of folders) {
      if (this.found.size === this.#wanted.size || this.#seen.size > MAX_MANIFESTS) return
      const manifest = this.read(folder, workspace)
      if (!manifest) continue
      const entry = this.packageOf(manifest)
      if (entry && !this.found.has(entry)) this.found.set(entry, manifest)
      yield manifest
    }
  }

  read(folder: string, workspace?: Workspace): Manifest | undefined {
    if (this.#seen.has(folder)) return this.#seen.get(folder)
    const file = this.#read(folder === '' ? 'Cargo.toml' : `${folder}/Cargo.toml`)
    const manifest = file && this.#parse(file, workspace)
    this.#seen.set(folder, manifest)
    return manifest
  }

  packageOf({ package: own }: Manifest): LockedPackage | undefined {
    return own && this.#wanted.get(`${own.name} ${own.version}`)
  }

  /** A package without a manifest may be a member: what it asks for then counts as asked for by the project. */
  membersIn(folders: ReadonlySet<string>): ReadonlySet<LockedPackage> {
    const isMember = (entry: LockedPackage): boolean => {
      const manifest = this.found.get(entry)
      return manifest === undefined || folders.has(manifest.folder)
    }
    return new Set([...this.#wanted.values()].filter(isMember))
  }

  /** A manifest that cannot be read costs scopes only, not the whole lock. */
  #parse(file: SourceFile, workspace: Workspace | undefined): Manifest | undefined {
    try {
      return parseManifest(file, workspace)
    } catch (error) {
      if (!(error instanceof ParseError)) throw error
      const line = error.line === undefined ? {} : { line: error.line }
      const reason = `${error.message}; what its dependencies are for is not known`
      this.gaps.push({ name: file.path, reason, location: { path: file.path, ...line } })
      return undefined
    }
  }
}

/** Folders that the patterns in `members` stand for. */
function listedFolders(
  { members, exclude, folder }: Workspace,
  local: readonly LockedPackage[],
  read: ReadSibling
): ReadonlySet<string> {
  const folders = new Set<string>()
  for (const pattern of members.slice(0, MAX_MEMBERS)) {
    const path = folderOf(pattern, folder)
    if (path === undefined) continue
    if (!/[*?[]/.test(pattern)) folders.add(path)
    else {
      for (const candidate of candidatesFor(path, local, read)) {
        if (!isExcluded(candidate, folder, exclude)) folders.add(candidate)
      }
    }
  }
  return folders
}

/** Folders with a manifest that a pattern may mean; without a tree to look at, those named as packages are. */
function candidatesFor(
  pattern: string,
  local: readonly LockedPackage[],
  read: ReadSibling
): readonly string[] {
  const segments = pattern.split('/')
  const fixed = segments.slice(
    0,
    segments.findIndex((segment) => /[*?[]/.test(segment))
  )
  if (read.below === undefined) {
    return local.flatMap(({ name }) => [
      [...fixed, name].join('/'),
      [...fixed, name.replaceAll('_', '-')].join('/')
    ])
  }
  return read
    .below(fixed.join('/'))
    .filter((path) => path.endsWith('/Cargo.toml'))
    .map((path) => path.slice(0, -'/Cargo.toml'.length))
    .filter((path) => matchesPattern(path, pattern))
}

function isBelow(path: string, { folder, exclude }: Workspace): boolean {
  return (folder === '' || path.startsWith(`${folder}/`)) && !isExcluded(path, folder, exclude)
}

function isExcluded(folder: string, root: string, exclude: readonly string[]): boolean {
  return exclude.some((path) => `${folder}/`.startsWith(`${folderOf(path, root) ?? '..'}/`))
}
