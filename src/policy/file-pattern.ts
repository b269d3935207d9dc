import { sequenceMatches, textMatches } from './wildcard.ts'

/** Longest pattern, in characters. */
const MAX_LENGTH = 1024

/** A pattern over files of the checkout that somebody means exactly. */
export interface FilePattern {
  readonly text: string
  /** It takes files away. */
  readonly excludes: boolean
  /** Names between slashes; `**` stands for any number of them. */
  readonly segments: readonly string[]
  /** Segments before the first that has a wildcard. */
  readonly literal: readonly string[]
}

/**
 * Parses a pattern of files as shells have them, from the root of the checkout: `*` is any text and `?` any character
 * between slashes, `**` any number of folders, a slash at the end everything in a folder, and `!` in front takes away.
 * Unlike patterns of what to leave out, a name alone means that one file and none in a folder below.
 *
 * @param root absolute path of the checkout: patterns below it may be absolute
 * @returns why it is none, as a string
 */
export function parseFilePattern(text: string, root: string): FilePattern | string {
  if (text.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`
  const excludes = text.startsWith('!')
  const given = excludes ? text.slice(1).trimStart() : text
  const path = given.startsWith(`${root}/`) ? given.slice(root.length + 1) : given
  if (/^(?:\/|[A-Za-z]:)/.test(path)) return 'leads out of the checkout'
  if (path.includes('\\')) return 'has a "\\": folders are separated by "/"'
  if (/[[\]{}]/.test(path))
    return 'has a set of characters or words: write `?` or `*`, or a pattern for each'
  const folder = path.endsWith('/')
  const segments = (folder ? path.slice(0, -1) : path).replace(/^(?:\.\/)+/, '').split('/')
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    return 'has an empty name, "." or ".." between slashes'
  }
  const wild = segments.findIndex((segment) => /[*?]/.test(segment))
  // `a/**` is what lies in `a`, not `a` itself.
  const whole = folder
    ? [...segments, '**', '*']
    : segments.at(-1) === '**'
      ? [...segments, '*']
      : segments
  return {
    text,
    excludes,
    segments: whole,
    literal: wild === -1 ? segments : segments.slice(0, wild)
  }
}

/** Whether a file of the checkout is meant. Its path is relative, with `/`. */
export function isMeant({ segments }: FilePattern, path: string): boolean {
  return sequenceMatches(segments, path.split('/'), (part, name) =>
    part === '**' ? 'any' : textMatches(part, name)
  )
}
