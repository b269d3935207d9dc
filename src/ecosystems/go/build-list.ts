import { compareGoVersions, isGoVersion, moduleOfPackage } from '../../formats/go-module.ts'
import type { Gap, Location } from '../../model/component.ts'
import { folderBelow, folderOf, type GoProject, type PlacedReplacement } from './project.ts'

/** A module of the build list, before its replacement. */
export interface SelectedModule {
  readonly path: string
  readonly version: string
  /** Some main module imports a package of it. */
  readonly imported: boolean
  /** It holds a tool of some main module. */
  readonly tool: boolean
  /** Every requirement of it, and every tool line. */
  readonly locations: readonly Location[]
  /** The directive that puts something else in its place. */
  readonly replacement?: PlacedReplacement
}

export interface BuildList {
  /** By module path. Main modules are not among them. */
  readonly modules: ReadonlyMap<string, SelectedModule>
  readonly gaps: readonly Gap[]
}

interface Draft {
  version: string
  imported: boolean
  tool: boolean
  readonly locations: Location[]
}

/**
 * The versions that are built, as far as the main modules list them: of each module the highest that is
 * required, which is minimal version selection over the requirements at hand.
 *
 * @see https://go.dev/ref/mod#minimal-version-selection
 */
export function buildListOf(project: GoProject): BuildList {
  const gaps: Gap[] = []
  const drafts = requiredModules(project, gaps)
  markTools(project, drafts, gaps)
  const replacementsOf = replacementFinder(project.replacements)
  const modules = new Map<string, SelectedModule>()
  for (const [path, draft] of drafts) {
    const [replacement, other] = replacementsOf(path, draft.version)
    modules.set(path, { path, ...draft, ...(replacement && { replacement }) })
    if (replacement && other && replacement.file !== project.workspace) {
      const reason = 'members of the workspace replace it by different things, which go refuses'
      gaps.push({ name: path, reason, location: { path: other.file, line: other.line } })
    }
  }
  return { modules, gaps }
}

function requiredModules(project: GoProject, gaps: Gap[]): Map<string, Draft> {
  const mainPaths = new Set(project.mains.map((main) => main.path))
  const excluded = new Set(
    project.mains.flatMap(({ mod }) => mod.exclusions.map((it) => `${it.path}@${it.version}`))
  )
  const drafts = new Map<string, Draft>()
  for (const { file, mod } of project.mains) {
    for (const { path, version, indirect, line } of mod.requirements) {
      const location = { path: file, line }
      const reason = excluded.has(`${path}@${version}`)
        ? `version "${version}" is required and excluded; go takes another one or none`
        : isGoVersion(version)
          ? undefined
          : `version "${version}" is no exact version`
      if (reason !== undefined) {
        gaps.push({ name: path, reason, location })
      } else if (!mainPaths.has(path)) {
        const draft = drafts.get(path) ?? { version, imported: false, tool: false, locations: [] }
        drafts.set(path, draft)
        if (compareGoVersions(version, draft.version) > 0) draft.version = version
        draft.imported ||= !indirect
        draft.locations.push(location)
      }
    }
  }
  return drafts
}

/** @see https://go.dev/ref/mod#go-mod-file-tool */
function markTools(project: GoProject, drafts: Map<string, Draft>, gaps: Gap[]): void {
  const mainPaths = new Set(project.mains.map((main) => main.path))
  const known = { has: (path: string) => mainPaths.has(path) || drafts.has(path) }
  for (const { file, mod } of project.mains) {
    for (const { path, line } of mod.tools) {
      const module = moduleOfPackage(path, known)
      const draft = drafts.get(module ?? '')
      if (draft) {
        draft.tool = true
        draft.locations.push({ path: file, line })
      } else if (module === undefined) {
        const reason = 'no required module has the package of this tool'
        gaps.push({ name: path, reason, location: { path: file, line } })
      }
    }
  }
}

/**
 * Gives the replacements of a version: what wins, then what contradicts it. go.work wins over its members,
 * and within a file one version's replacement over that of all versions.
 *
 * @see https://go.dev/ref/mod#go-work-file-replace
 */
function replacementFinder(
  replacements: readonly PlacedReplacement[]
): (path: string, version: string) => readonly PlacedReplacement[] {
  const ranks = new Map(replacements.map((replacement, rank) => [replacement, rank]))
  const rankOf = (replacement: PlacedReplacement): number => ranks.get(replacement) ?? 0
  const byKey = Map.groupBy(replacements, ({ path, version }) => `${path}@${version ?? ''}`)
  return (path, version) => {
    const exact = byKey.get(`${path}@${version}`) ?? []
    const files = new Set(exact.map(({ file }) => file))
    const any = (byKey.get(`${path}@`) ?? []).filter(({ file }) => !files.has(file))
    const [first, ...rest] = [...exact, ...any].sort((a, b) => rankOf(a) - rankOf(b))
    if (first === undefined) return []
    return [first, ...rest.filter((other) => thingOf(other) !== thingOf(first))]
  }
}

/** What a replacement puts in place, comparable over files. */
function thingOf({ by, file }: PlacedReplacement): string {
  return by.kind === 'module'
    ? `${by.path}@${by.version}`
    : `./${folderBelow(folderOf(file), by.path) ?? by.path}`
}
