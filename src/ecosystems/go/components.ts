import { posix } from 'node:path'
import { isGoModulePath, isGoVersion, moduleOfPackage } from '../../formats/go-module.ts'
import type { GoMod } from '../../formats/go-mod.ts'
import { byLocation, type Component, type Gap, type Location } from '../../model/component.ts'
import { type Purl, purlOf } from '../../model/purl.ts'
import type { ReadSibling } from '../ecosystem.ts'
import type { BuildList, SelectedModule } from './build-list.ts'
import { folderBelow, folderOf, type GoProject, type MainModule, readableMod } from './project.ts'
import type { GoSums } from './sums.ts'

/** What is known while components are made. */
export interface GoContext {
  readonly project: GoProject
  readonly list: BuildList
  readonly sums: GoSums
  readonly read: ReadSibling
}

/** What stands in the build list for a module: itself, another module, or a folder of the checkout. */
type Source =
  | { readonly kind: 'module'; readonly path: string; readonly version: string }
  | { readonly kind: 'folder'; readonly folder: string }

interface Unusable {
  readonly kind: 'unusable'
  readonly reason: string
}

/** Components of the workspace's members and of the build list, and what of it cannot be one. */
export function componentsOf(context: GoContext): {
  readonly components: readonly Component[]
  readonly gaps: readonly Gap[]
} {
  const { project, list } = context
  const gaps: Gap[] = []
  const sources = new Map<SelectedModule, Source>()
  const members = project.workspace === undefined ? [] : project.mains.filter(isNamed)
  const purls = new Map(members.map(({ path }) => [path, localPurl(path)]))
  for (const module of list.modules.values()) {
    const source = sourceOf(module)
    if (source.kind === 'unusable') {
      const { path: name } = module
      gaps.push({ name, reason: source.reason, location: placesOf(module)[0] })
    } else {
      sources.set(module, source)
      purls.set(module.path, purlOfSource(module, source))
    }
  }
  const built = [...sources].map(([module, source]) =>
    source.kind === 'folder'
      ? folderComponent(context, module, { ...source, purls })
      : moduleComponent(context, module, source)
  )
  return { components: [...members.map((main) => memberComponent(main, purls)), ...built], gaps }
}

/**
 * A module that a proxy serves. What it requires stands in its own go.mod, which is not in the checkout.
 */
export function registryComponent(
  { path, version }: { readonly path: string; readonly version: string },
  sums: GoSums,
  [fallback, ...others]: readonly [Location, ...Location[]]
): Component {
  return {
    purl: modulePurl(path, version),
    ecosystem: 'Go',
    name: path,
    version,
    scope: 'runtime',
    direct: false,
    origin: { kind: 'registry' },
    files: sums.filesOf(path, version, fallback),
    licenses: [],
    dependsOn: [],
    edges: 'unknown',
    locations: [fallback, ...others].sort(byLocation)
  }
}

/** Why a module cannot be fetched by this name; nothing when it can. */
export function unfetchable(path: string, version: string): string | undefined {
  if (!isGoModulePath(path)) return `"${path.slice(0, 200)}" is no path that a module can have`
  if (!isGoVersion(version)) return `version "${version.slice(0, 200)}" is no exact version`
  return undefined
}

/** Lower case, as the purl specification asks for; the component's name keeps its case. */
function modulePurl(path: string, version: string): Purl {
  return purlOf('golang', path.toLowerCase(), version)
}

/** A folder has no version, and must not be taken for the one that it stands in for. */
function localPurl(path: string): Purl {
  return modulePurl(path, '')
}

function purlOfSource(module: SelectedModule, source: Source): Purl {
  return source.kind === 'module' ? modulePurl(source.path, source.version) : localPurl(module.path)
}

function sourceOf({ path, version, replacement }: SelectedModule): Source | Unusable {
  if (replacement?.by.kind === 'folder') {
    const folder = folderBelow(folderOf(replacement.file), replacement.by.path)
    if (folder !== undefined) return { kind: 'folder', folder }
    return { kind: 'unusable', reason: 'it is replaced by a folder outside of the checkout' }
  }
  const by = replacement?.by ?? { path, version }
  const reason = unfetchable(by.path, by.version)
  return reason === undefined
    ? { kind: 'module', path: by.path, version: by.version }
    : { kind: 'unusable', reason }
}

function moduleComponent(
  { sums }: GoContext,
  module: SelectedModule,
  source: Source & { readonly kind: 'module' }
): Component {
  return { ...registryComponent(source, sums, placesOf(module)), ...useOf(module) }
}

function folderComponent(
  { read }: GoContext,
  module: SelectedModule,
  { folder, purls }: { readonly folder: string; readonly purls: ReadonlyMap<string, Purl> }
): Component {
  const mod = readableMod(folder, read)
  return {
    ...localComponent(module.path, folder),
    ...useOf(module),
    dependsOn: mod ? sorted(importedBy(mod, purls)) : [],
    ...(!mod && { edges: 'unknown' }),
    locations: [...placesOf(module)].sort(byLocation)
  }
}

function memberComponent(main: MainModule, purls: ReadonlyMap<string, Purl>): Component {
  const line = main.mod.module?.line
  const { use } = main
  return {
    ...localComponent(main.path, main.folder),
    dependsOn: sorted([...importedBy(main.mod, purls), ...toolsOf(main.mod, purls)]),
    locations: [
      { path: main.file, ...(line !== undefined && { line }) },
      ...(use ? [{ path: use.file, line: use.line }] : [])
    ].sort(byLocation)
  }
}

function localComponent(path: string, folder: string): Component {
  return {
    purl: localPurl(path),
    ecosystem: 'Go',
    name: path,
    version: '',
    scope: 'runtime',
    direct: true,
    origin: { kind: 'local', path: posix.normalize(folder) },
    files: [],
    licenses: [],
    dependsOn: [],
    locations: []
  }
}

/** The modules whose packages a module's own packages import: all that its go.mod does not call indirect. */
function importedBy(mod: GoMod, purls: ReadonlyMap<string, Purl>): readonly Purl[] {
  return mod.requirements
    .filter(({ indirect }) => !indirect)
    .map(({ path }) => purls.get(path))
    .filter((purl) => purl !== undefined)
}

function toolsOf(mod: GoMod, purls: ReadonlyMap<string, Purl>): readonly Purl[] {
  return mod.tools
    .map(({ path }) => purls.get(moduleOfPackage(path, purls) ?? ''))
    .filter((purl) => purl !== undefined)
}

function sorted(purls: readonly Purl[]): readonly Purl[] {
  return [...new Set(purls)].sort()
}

function isNamed(main: MainModule): boolean {
  return main.path !== ''
}

/**
 * How the project uses a module. A tool's module that nothing imports directly serves development; what only
 * tests or tools import through others cannot be told from the rest.
 */
function useOf({ imported, tool }: SelectedModule): Pick<Component, 'scope' | 'direct'> {
  return { scope: tool && !imported ? 'development' : 'runtime', direct: imported || tool }
}

/** The requirements first, the replacement behind them. */
function placesOf({ locations, replacement }: SelectedModule): readonly [Location, ...Location[]] {
  const [first = { path: replacement?.file ?? '' }, ...rest] = locations
  return [
    first,
    ...rest,
    ...(replacement ? [{ path: replacement.file, line: replacement.line }] : [])
  ]
}
