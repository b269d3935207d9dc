import { posix } from 'node:path'
import { goSyntaxError } from '../../formats/go-lines.ts'
import {
  type GoMod,
  type GoPathLine,
  type GoReplacement,
  type GoSettings,
  type GoWork,
  parseGoMod,
  parseGoWork
} from '../../formats/go-mod.ts'
import type { Gap } from '../../model/component.ts'
import { ParseError } from '../../model/errors.ts'
import type { ReadSibling, SourceFile } from '../ecosystem.ts'

/** A module whose source is in the checkout and that is being built: the only one, or a workspace's member. */
export interface MainModule {
  /** Its module path; empty when go.mod does not say. */
  readonly path: string
  /** Relative to the checkout; empty at its root. */
  readonly folder: string
  /** Path of its go.mod. */
  readonly file: string
  readonly mod: GoMod
  /** Where a workspace names it. */
  readonly use?: { readonly file: string; readonly line: number }
}

/** What one `go` command works on: a module, or a workspace of several. */
export interface GoProject {
  /** Path of go.work; absent outside of a workspace. */
  readonly workspace?: string
  readonly mains: readonly MainModule[]
  /** Those of go.work first: they win. */
  readonly replacements: readonly PlacedReplacement[]
  /** Paths of the checksum files that may exist. */
  readonly sums: readonly string[]
  readonly gaps: readonly Gap[]
}

export interface PlacedReplacement extends GoReplacement {
  /** The file that holds the directive; its folder is what a relative path starts from. */
  readonly file: string
}

/** The newest language version whose directives we know. */
const KNOWN_GO_MINOR = 26

/** @throws ParseError when go.mod is damaged */
export function moduleProject(file: SourceFile): GoProject {
  const gaps: Gap[] = []
  const main = mainModuleOf(file, gaps)
  return {
    mains: [main],
    replacements: placed(main.mod, main.file),
    sums: [posix.join(main.folder, 'go.sum')],
    gaps
  }
}

/** @throws ParseError when go.work or the go.mod of a member is damaged */
export function workspaceProject(file: SourceFile, read: ReadSibling): GoProject {
  const gaps: Gap[] = []
  const work = parseGoWork(file)
  for (const gap of unknownDirectives(file, work)) gaps.push(gap)
  const folder = folderOf(file.path)
  const mains = new Map<string, MainModule>()
  for (const use of work.uses) {
    const member = memberOf(use, folder, read)
    if ('reason' in member) {
      const { reason } = member
      gaps.push({ name: use.path, reason, location: { path: file.path, line: use.line } })
    } else if (!mains.has(member.path)) {
      const main = mainModuleOf(member, gaps)
      mains.set(member.path, { ...main, use: { file: file.path, line: use.line } })
    }
  }
  const members = [...mains.values()]
  return {
    workspace: file.path,
    mains: members,
    replacements: [work, ...members.map(({ mod }) => mod)].flatMap((settings, at) =>
      placed(settings, members[at - 1]?.file ?? file.path)
    ),
    sums: [
      posix.join(folder, 'go.work.sum'),
      ...members.map((main) => posix.join(main.folder, 'go.sum'))
    ],
    gaps
  }
}

/** Paths of the go.mod files that a go.work makes members; none when it cannot be read. */
export function membersOf(path: string, read: ReadSibling): readonly string[] {
  const work = readable(() => {
    const file = read(path)
    return file && parseGoWork(file)
  })
  return (work?.uses ?? []).flatMap((use) => {
    const folder = folderBelow(folderOf(path), use.path)
    return folder === undefined ? [] : [posix.join(folder, 'go.mod')]
  })
}

/** The go.mod in a folder of the checkout; nothing when there is none, or it is damaged. */
export function readableMod(folder: string, read: ReadSibling): GoMod | undefined {
  return readable(() => {
    const file = read(posix.join(folder, 'go.mod'))
    return file && parseGoMod(file)
  })
}

/**
 * A folder that a file of the checkout names.
 *
 * @param base folder of that file, relative to the checkout
 * @returns relative to the checkout, empty for its root; nothing when it lies outside
 */
export function folderBelow(base: string, path: string): string | undefined {
  const relative = path.replaceAll('\\', '/')
  if (relative.startsWith('/') || /^[A-Za-z]:/.test(relative)) return undefined
  const folder = posix.join(base, relative).replace(/\/+$/, '')
  if (folder === '..' || folder.startsWith('../')) return undefined
  return folder === '.' ? '' : folder
}

/** Folder of a file, relative to the checkout; empty at its root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}

/** Before go 1.17, go.mod names direct requirements only, and few others. @see https://go.dev/ref/mod#graph-pruning */
export function listsWholeBuild(mod: GoMod): boolean {
  return minorOf(mod) >= 17
}

function mainModuleOf(file: SourceFile, gaps: Gap[]): MainModule {
  const mod = parseGoMod(file)
  for (const gap of unknownDirectives(file, mod)) gaps.push(gap)
  if (!mod.module && mod.requirements.length > 0) {
    gaps.push({
      name: file.path,
      reason: 'go.mod has no module line',
      location: { path: file.path }
    })
  }
  return { path: mod.module?.path ?? '', folder: folderOf(file.path), file: file.path, mod }
}

function memberOf(
  use: GoPathLine,
  base: string,
  read: ReadSibling
): SourceFile | { readonly reason: string } {
  const folder = folderBelow(base, use.path)
  if (folder === undefined) return { reason: 'the workspace uses a folder outside of the checkout' }
  const file = read(posix.join(folder, 'go.mod'))
  return file ?? { reason: 'the workspace uses a folder that has no go.mod' }
}

/** What a newer Go may mean is reported; what no Go knows is damage. */
function unknownDirectives(file: SourceFile, settings: GoSettings): readonly Gap[] {
  return settings.unknown.map(({ verb, line }) => {
    if (minorOf(settings) <= KNOWN_GO_MINOR) {
      const shown = JSON.stringify(verb.slice(0, 100))
      throw goSyntaxError(file, line, `found ${shown}, expected a directive such as require`)
    }
    const reason = `a directive that go 1.${KNOWN_GO_MINOR} does not know may change what is built`
    return { name: verb, reason, location: { path: file.path, line } }
  })
}

/** Without a go line, the language is that of go 1.16. */
function minorOf({ go }: GoSettings): number {
  const [major, minor] = (go?.version ?? '1.16').split('.')
  return major === '1' ? Number.parseInt(minor ?? '', 10) : Number.POSITIVE_INFINITY
}

function placed(settings: GoMod | GoWork, file: string): readonly PlacedReplacement[] {
  return settings.replacements.map((replacement) => ({ ...replacement, file }))
}

function readable<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch (error) {
    if (error instanceof ParseError) return undefined
    throw error
  }
}
