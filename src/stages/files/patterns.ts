import { relative } from 'node:path'
import { InputError, ParseError } from '../../model/errors.ts'
import { plainText } from '../../model/plain-text.ts'
import { type FilePattern, isMeant, parseFilePattern } from '../../policy/file-pattern.ts'
import type { RunContext } from '../stage.ts'

/** Most files and folders below a folder that a pattern names together with `node_modules`. */
const MAX_LISTED = 200_000

/** What the patterns of `subject-path` match. */
export interface FilesMeant {
  /** Each once, sorted. */
  readonly paths: readonly string[]
  /** What they match, too, and is no file of the checkout: links that lead out of it or to a folder, devices. */
  readonly passedOver: readonly string[]
}

/**
 * The files that the patterns of `subject-path` mean. What is taken away is taken away wherever the pattern stands.
 *
 * @throws InputError `INPUT_INVALID` for what is no pattern, or matches no file
 * @throws ParseError `FILE_UNREADABLE` where a folder of a pattern cannot be looked at
 */
export async function filesMeant(context: RunContext): Promise<FilesMeant> {
  const patterns = context.settings.sign.subjectPaths.map((text) => patternOf(text, context))
  const excluded = patterns.filter(({ excludes }) => excludes)
  const wanted = patterns.filter(({ excludes }) => !excludes)
  const [first] = excluded
  if (wanted.length === 0 && first) throw invalid(first.text, 'only takes away')
  const seen = await placesFor(wanted, context)
  const taken = (pattern: FilePattern, paths: readonly string[]): readonly string[] =>
    paths
      .filter((path) => isInReach(pattern, path) && isMeant(pattern, path))
      .filter((path) => !excluded.some((one) => isMeant(one, path)))
  const found = wanted.flatMap((pattern) => {
    const paths = taken(pattern, seen.paths)
    if (paths.length === 0) throw matchesNothing(pattern, context)
    return paths
  })
  const passedOver = wanted.flatMap((pattern) => taken(pattern, seen.passedOver))
  return { paths: [...new Set(found)].sort(), passedOver: [...new Set(passedOver)].sort() }
}

function patternOf(text: string, { host }: RunContext): FilePattern {
  const slashed = host.platform.os === 'win32' ? text.replaceAll('\\', '/') : text
  const pattern = parseFilePattern(slashed, host.files.root.replaceAll('\\', '/'))
  if (typeof pattern === 'string') throw invalid(text, pattern)
  return pattern
}

/** Every place that a pattern could mean: one walk for all of them, through no folder that none could reach. */
async function placesFor(
  patterns: readonly FilePattern[],
  { host, settings }: RunContext
): Promise<FilesMeant> {
  if (patterns.length === 0) return { paths: [], passedOver: [] }
  const out = `${relative(host.files.root, settings.out).replaceAll('\\', '/')}/`
  const walk = await host.files.walk(
    (path) =>
      path.startsWith(out) ||
      (path.endsWith('/') && !patterns.some((pattern) => mayReach(pattern, path)))
  )
  const [unseen] = walk.unseen
  if (unseen) throw unseenFolder(unseen.path, unseen.reason)
  const named = patterns.filter(({ literal }) => literal.includes('node_modules'))
  const modules = named.flatMap(({ literal }) => filesBelow(literal, host))
  return { paths: [...walk.paths, ...modules], passedOver: walk.irregular }
}

/** Whether a folder lies on the way to what a pattern means, or below where its wildcards begin. */
function mayReach({ literal }: FilePattern, folder: string): boolean {
  const names = folder.slice(0, -1).split('/')
  return names.every((name, at) => literal[at] === undefined || literal[at] === name)
}

/** The walk leaves `node_modules` out; who names it means it. */
function filesBelow(literal: readonly string[], { files }: RunContext['host']): readonly string[] {
  const folder = literal.join('/')
  const kind = files.kindOf(folder)
  if (kind !== undefined) return kind === 'file' ? [folder] : []
  const { entries, partial } = files.list(folder, MAX_LISTED)
  if (partial)
    throw unseenFolder(folder, `more than ${MAX_LISTED} entries, or one that may not be read`)
  return entries.filter((entry) => entry.kind === 'file').map(({ path }) => path)
}

/** A wildcard does not reach into `node_modules`. */
function isInReach({ literal }: FilePattern, path: string): boolean {
  return literal.includes('node_modules') || !path.split('/').includes('node_modules')
}

function invalid(text: string, why: string): InputError {
  return new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot use "${plainText(text)}" of \`subject-path\`: it ${why}`,
    remedy:
      'Write patterns from the root of the checkout, one a line, such as `dist/*` or `!dist/*.map`'
  })
}

function matchesNothing({ text, literal }: FilePattern, { host }: RunContext): InputError {
  const place = literal.join('/')
  const isFolder = host.files.isPopulated(place)
  return new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot sign "${plainText(text)}" of \`subject-path\`: found no file of the checkout that it matches`,
    remedy:
      isFolder && !/[*?]/.test(text)
        ? `Write \`${plainText(place)}/*\` for the files in this folder`
        : 'Run Assay after the step that makes the files, or correct the pattern; links that lead out of the checkout, `.git` and the output folder do not count'
  })
}

function unseenFolder(path: string, reason: string): ParseError {
  return new ParseError({
    code: 'FILE_UNREADABLE',
    message: `Cannot look for files of \`subject-path\` in "${plainText(path)}": ${reason}`,
    remedy:
      'Give the user that runs Assay the right to read the folder, or a pattern that does not lead there'
  })
}
