import { posix } from 'node:path'
import { parseToml, tableOf, type TomlTable } from '../../formats/toml.ts'
import type { SourceFile } from '../ecosystem.ts'

export type DependencyKind = 'normal' | 'build' | 'development'

/** One dependency as a Cargo.toml asks for it. */
export interface Declaration {
  /** Its key: what features call it. */
  readonly key: string
  /** The package's own name, which `package =` may tell apart from the key. */
  readonly name: string
  /** Absent when any version will do. */
  readonly requirement?: string
  readonly kind: DependencyKind
  readonly optional: boolean
  readonly from: 'crates.io' | 'registry' | 'git' | 'path'
  /** Folder in the checkout, for a path dependency that has one. */
  readonly folder?: string
  /** Features asked for, `default` included unless switched off. */
  readonly features: readonly string[]
}

/** What a Cargo.toml says that its lock does not. */
export interface Manifest {
  readonly path: string
  /** Folder it lies in, `''` for the checkout's root. */
  readonly folder: string
  readonly package?: { readonly name: string; readonly version: string; readonly license?: string }
  readonly declarations: readonly Declaration[]
  readonly features: ReadonlyMap<string, readonly string[]>
  /** Present when it is the root of a workspace. */
  readonly workspace?: Workspace
  /** Folders that `[patch]` and `[replace]` put in the place of packages. */
  readonly patched: readonly string[]
}

export interface Workspace {
  /** Patterns of folders. */
  readonly members: readonly string[]
  readonly exclude: readonly string[]
  /** Where the folder of an inherited path begins. */
  readonly folder: string
  /** Tables that members inherit from. */
  readonly dependencies: TomlTable
  readonly package: TomlTable
}

/** Section names, with the spelling that old editions allow too. */
const SECTIONS: readonly (readonly [string, DependencyKind])[] = [
  ['dependencies', 'normal'],
  ['build-dependencies', 'build'],
  ['build_dependencies', 'build'],
  ['dev-dependencies', 'development'],
  ['dev_dependencies', 'development']
]

const REMEDY = 'Run `cargo metadata`, which names the fault, and correct the manifest'

const NONE: TomlTable = Object.freeze({ __proto__: null })

/**
 * Parses a Cargo.toml.
 *
 * @param inherited the workspace whose values `workspace = true` takes; a root's own goes first
 * @throws ParseError `LOCKFILE_SYNTAX` when it is no TOML
 * @see https://doc.rust-lang.org/cargo/reference/manifest.html
 */
export function parseManifest(file: SourceFile, inherited?: Workspace): Manifest {
  const { value } = parseToml(file, { code: 'LOCKFILE_SYNTAX', remedy: REMEDY })
  const folder = posix.dirname(file.path) === '.' ? '' : posix.dirname(file.path)
  const own = tableOf(value['workspace'])
  const workspace = own && workspaceOf(own, folder)
  const from = workspace ?? inherited
  const identity = tableOf(value['package']) ?? tableOf(value['project'])
  return {
    path: file.path,
    folder,
    ...(identity && { package: packageOf(identity, from) }),
    declarations: [value, ...Object.values(tableOf(value['target']) ?? NONE)].flatMap((holder) =>
      declarationsIn(tableOf(holder) ?? NONE, folder, from)
    ),
    features: featuresOf(value),
    ...(workspace && { workspace }),
    patched: [...Object.values(tableOf(value['patch']) ?? NONE), value['replace']]
      .flatMap((table) => Object.values(tableOf(table) ?? NONE))
      .flatMap((entry) => folderOf(tableOf(entry)?.['path'], folder) ?? [])
  }
}

function workspaceOf(table: TomlTable, folder: string): Workspace {
  return {
    members: textsOf(table['members']),
    exclude: textsOf(table['exclude']),
    folder,
    dependencies: tableOf(table['dependencies']) ?? NONE,
    package: tableOf(table['package']) ?? NONE
  }
}

function packageOf(
  table: TomlTable,
  workspace: Workspace | undefined
): NonNullable<Manifest['package']> {
  const textOf = (key: string): string | undefined => {
    const value = table[key]
    const found = tableOf(value)?.['workspace'] === true ? workspace?.package[key] : value
    return typeof found === 'string' ? found : undefined
  }
  const license = textOf('license')
  return {
    name: textOf('name') ?? '',
    // A package that is never published may leave it out.
    version: textOf('version') ?? '0.0.0',
    ...(license !== undefined && { license })
  }
}

function declarationsIn(
  holder: TomlTable,
  folder: string,
  workspace: Workspace | undefined
): readonly Declaration[] {
  return SECTIONS.flatMap(([section, kind]) =>
    Object.entries(tableOf(holder[section]) ?? NONE).map(([key, value]) =>
      declarationOf(key, value, { kind, folder, workspace })
    )
  )
}

function declarationOf(
  key: string,
  value: unknown,
  where: {
    readonly kind: DependencyKind
    readonly folder: string
    readonly workspace: Workspace | undefined
  }
): Declaration {
  const { kind, workspace } = where
  const own = tableOf(value) ?? NONE
  const isInherited = own['workspace'] === true && workspace !== undefined
  const spec = isInherited ? workspace.dependencies[key] : value
  const table = tableOf(spec) ?? NONE
  const requirement = typeof spec === 'string' ? spec : table['version']
  const folder = folderOf(table['path'], isInherited ? workspace.folder : where.folder)
  const withoutDefault = [own, table].some(
    (one) => (one['default-features'] ?? one['default_features']) === false
  )
  const features = new Set([...textsOf(table['features']), ...textsOf(own['features'])])
  return {
    key,
    name: typeof table['package'] === 'string' ? table['package'] : key,
    ...(typeof requirement === 'string' && { requirement }),
    kind,
    optional: own['optional'] === true,
    from: originIn(table),
    ...(folder !== undefined && { folder }),
    features: [...(withoutDefault ? [] : ['default']), ...features]
  }
}

function originIn(table: TomlTable): Declaration['from'] {
  if (table['path'] !== undefined) return 'path'
  if (table['git'] !== undefined) return 'git'
  const isElsewhere = table['registry'] !== undefined || table['registry-index'] !== undefined
  return isElsewhere ? 'registry' : 'crates.io'
}

function featuresOf(value: TomlTable): ReadonlyMap<string, readonly string[]> {
  const features = Object.entries(tableOf(value['features']) ?? NONE)
  return new Map(features.map(([name, enables]) => [name, textsOf(enables)]))
}

/**
 * The folder of the checkout that a manifest's path means, `''` for the root.
 *
 * @param base folder that the path begins in
 * @returns nothing when it lies outside
 */
export function folderOf(path: unknown, base: string): string | undefined {
  if (typeof path !== 'string' || posix.isAbsolute(path)) return undefined
  const folder = posix.join(base, path.replaceAll('\\', '/')).replace(/\/$/, '')
  if (folder === '..' || folder.startsWith('../')) return undefined
  return folder === '.' ? '' : folder
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
