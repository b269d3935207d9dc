import { type GoDirective, goDirectives, goSyntaxError } from './go-lines.ts'

/** A module path and the line that names it. */
export interface GoPathLine {
  readonly path: string
  /** 1-based. */
  readonly line: number
}

/** A line that names one version of a module. */
export interface GoVersionLine extends GoPathLine {
  readonly version: string
}

export interface GoRequirement extends GoVersionLine {
  /** Marked `// indirect`: no package of the main module imports from it. */
  readonly indirect: boolean
}

/** What takes the place of a module. */
export interface GoReplacement extends GoPathLine {
  /** Only this version is replaced; absent, every one. */
  readonly version?: string
  readonly by:
    | { readonly kind: 'module'; readonly path: string; readonly version: string }
    /** A folder, relative to the file's own, or absolute. */
    | { readonly kind: 'folder'; readonly path: string }
}

/** Versions that a module takes back, both ends included. */
export interface GoRetraction {
  readonly low: string
  readonly high: string
  readonly line: number
}

/** What go.mod and go.work files have in common. */
export interface GoSettings {
  /** The language version, as in `1.24.0`. */
  readonly go?: { readonly version: string; readonly line: number }
  readonly toolchain?: string
  readonly replacements: readonly GoReplacement[]
  /** Directives that we do not know: files of newer versions of Go may have such. */
  readonly unknown: readonly { readonly verb: string; readonly line: number }[]
}

export interface GoMod extends GoSettings {
  readonly module?: GoPathLine
  readonly requirements: readonly GoRequirement[]
  readonly exclusions: readonly GoVersionLine[]
  readonly retractions: readonly GoRetraction[]
  /** Import paths of packages, not of modules. */
  readonly tools: readonly GoPathLine[]
  /** Folders that `./...` leaves out. */
  readonly ignored: readonly GoPathLine[]
}

export interface GoWork extends GoSettings {
  /** Folders of the workspace's modules, relative to the file's own, or absolute. */
  readonly uses: readonly GoPathLine[]
}

interface Source {
  readonly path: string
  readonly text: string
}

/** What is being collected; every directive adds to it. */
interface Draft {
  readonly source: Source
  module?: GoPathLine
  go?: { readonly version: string; readonly line: number }
  toolchain?: string
  readonly requirements: GoRequirement[]
  readonly exclusions: GoVersionLine[]
  readonly replacements: GoReplacement[]
  readonly retractions: GoRetraction[]
  readonly tools: GoPathLine[]
  readonly ignored: GoPathLine[]
  readonly uses: GoPathLine[]
  readonly unknown: { readonly verb: string; readonly line: number }[]
}

type Reader = (draft: Draft, directive: GoDirective) => void

const SHARED: readonly (readonly [string, Reader])[] = [
  ['go', readGo],
  ['toolchain', readToolchain],
  ['godebug', (draft, directive) => void onlyArgument(draft, directive)],
  ['replace', (draft, directive) => void draft.replacements.push(replacementOf(draft, directive))]
]

const MOD_DIRECTIVES: ReadonlyMap<string, Reader> = new Map([
  ...SHARED,
  ['module', readModule],
  ['require', (draft, directive) => void draft.requirements.push(requirementOf(draft, directive))],
  ['exclude', (draft, directive) => void draft.exclusions.push(versionLine(draft, directive))],
  ['retract', (draft, directive) => void draft.retractions.push(retractionOf(draft, directive))],
  ['tool', (draft, directive) => void draft.tools.push(pathLine(draft, directive))],
  ['ignore', (draft, directive) => void draft.ignored.push(pathLine(draft, directive))]
])

const WORK_DIRECTIVES: ReadonlyMap<string, Reader> = new Map([
  ...SHARED,
  ['use', (draft, directive) => void draft.uses.push(pathLine(draft, directive))]
])

/**
 * Parses a go.mod file. Versions are not checked: a branch name is kept as it stands.
 *
 * @throws ParseError `LOCKFILE_SYNTAX` with the line
 * @see https://go.dev/ref/mod#go-mod-file-grammar
 */
export function parseGoMod(source: Source): GoMod {
  const { source: _source, uses: _uses, ...mod } = drafted(source, MOD_DIRECTIVES)
  return mod
}

/**
 * Parses a go.work file.
 *
 * @throws ParseError `LOCKFILE_SYNTAX` with the line
 * @see https://go.dev/ref/mod#go-work-file
 */
export function parseGoWork(source: Source): GoWork {
  const { go, toolchain, replacements, unknown, uses } = drafted(source, WORK_DIRECTIVES)
  return {
    ...(go !== undefined && { go }),
    ...(toolchain !== undefined && { toolchain }),
    replacements,
    unknown,
    uses
  }
}

function drafted(source: Source, readers: ReadonlyMap<string, Reader>): Draft {
  const draft: Draft = {
    source,
    requirements: [],
    exclusions: [],
    replacements: [],
    retractions: [],
    tools: [],
    ignored: [],
    uses: [],
    unknown: []
  }
  for (const directive of goDirectives(source)) {
    const read = readers.get(directive.verb)
    if (read) read(draft, directive)
    else draft.unknown.push({ verb: directive.verb, line: directive.line })
  }
  return draft
}

function readModule(draft: Draft, directive: GoDirective): void {
  if (draft.module) throw fault(draft, directive, 'found a second module line, expected one')
  draft.module = pathLine(draft, directive)
}

function readGo(draft: Draft, directive: GoDirective): void {
  if (draft.go) throw fault(draft, directive, 'found a second go line, expected one')
  const version = onlyArgument(draft, directive)
  if (!/^[1-9]\d*\.(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))?(?:[a-z]+\d+)?$/.test(version)) {
    throw fault(
      draft,
      directive,
      `found ${quote(version)}, expected a version of Go such as 1.24.0`
    )
  }
  draft.go = { version, line: directive.line }
}

function readToolchain(draft: Draft, directive: GoDirective): void {
  if (draft.toolchain !== undefined) {
    throw fault(draft, directive, 'found a second toolchain line, expected one')
  }
  draft.toolchain = onlyArgument(draft, directive)
}

function requirementOf(draft: Draft, directive: GoDirective): GoRequirement {
  const indirect = /^indirect(?:$|;(?:\s|$))/.test(directive.comment)
  return { ...versionLine(draft, directive), indirect }
}

function replacementOf(draft: Draft, directive: GoDirective): GoReplacement {
  const { args, line } = directive
  const arrow = args[1] === '=>' ? 1 : 2
  const [path, version] = args
  const [byPath, byVersion] = args.slice(arrow + 1)
  const tooMany = args.length > arrow + 3
  if (args[arrow] !== '=>' || path === undefined || byPath === undefined || tooMany) {
    throw usage(draft, directive, 'replace path [version] => path version, or => ./folder')
  }
  const what = { path, ...(arrow === 2 && version !== undefined && { version }), line }
  if (byVersion !== undefined) {
    return { ...what, by: { kind: 'module', path: byPath, version: byVersion } }
  }
  if (!isFolder(byPath)) {
    throw fault(
      draft,
      directive,
      `found ${quote(byPath)} without a version, expected one, or a folder that begins with ./ or ../`
    )
  }
  return { ...what, by: { kind: 'folder', path: byPath } }
}

/** Rooted, or relative with a dot in front; Windows' own forms too. */
function isFolder(path: string): boolean {
  return /^(?:\.{1,2}(?:[/\\]|$)|[/\\]|[A-Za-z]:)/.test(path)
}

function retractionOf(draft: Draft, directive: GoDirective): GoRetraction {
  const { args, line } = directive
  const [first = '', low = '', comma, high = '', end] = args
  if (args.length === 1 && !/^[[({]$/.test(first)) return { low: first, high: first, line }
  if (args.length === 5 && first === '[' && comma === ',' && end === ']') return { low, high, line }
  throw usage(draft, directive, 'retract version, or retract [low, high]')
}

function versionLine(draft: Draft, directive: GoDirective): GoVersionLine {
  const [path, version, ...more] = directive.args
  if (path === undefined || version === undefined || more.length > 0) {
    throw usage(draft, directive, `${directive.verb} path version`)
  }
  return { path, version, line: directive.line }
}

function pathLine(draft: Draft, directive: GoDirective): GoPathLine {
  return { path: onlyArgument(draft, directive), line: directive.line }
}

function onlyArgument(draft: Draft, directive: GoDirective): string {
  const [argument, ...more] = directive.args
  if (argument === undefined || argument === '' || more.length > 0) {
    throw usage(draft, directive, `${directive.verb} with one argument`)
  }
  return argument
}

function usage(draft: Draft, directive: GoDirective, form: string): Error {
  const found = [directive.verb, ...directive.args].join(' ')
  return fault(draft, directive, `found ${quote(found)}, expected ${form}`)
}

function fault(draft: Draft, directive: GoDirective, text: string): Error {
  return goSyntaxError(draft.source, directive.line, text)
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 100))
}
