import { sequenceMatches, textMatches } from './wildcard.ts'

/** Longest pattern, in characters. */
const MAX_LENGTH = 1024

/** A pattern over paths of the checkout. */
export interface PathPattern {
  readonly text: string
  /** Names between slashes; `**` stands for any number of them. */
  readonly segments: readonly string[]
  /** It ended in a slash: matches folders only. */
  readonly foldersOnly: boolean
}

/**
 * Parses a pattern as `.gitignore` has them, without its exceptions and its sets of characters: `*` is any
 * text and `?` any character between slashes, `**` any number of folders. A pattern without a slash
 * matches at any depth, one with a slash from the root of the checkout; a slash at the end asks for a
 * folder. What lies in a folder that matches, matches.
 *
 * @returns why it is none, as a string
 */
export function parsePathPattern(text: string): PathPattern | string {
  if (text.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`
  if (text.startsWith('!')) return 'begins with "!": exceptions are not supported'
  if (text.includes('\\')) return 'has a "\\": folders are separated by "/"'
  const foldersOnly = text.endsWith('/')
  const inner = text.replace(/^\/|\/$/g, '')
  const anchored = text.slice(0, -1).includes('/')
  const segments = inner.split('/')
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    return 'has an empty name, "." or ".." between slashes'
  }
  // `a/**` is what lies in `a`, not `a` itself.
  if (segments.length > 1 && segments.at(-1) === '**') segments.push('*')
  return { text, segments: anchored ? segments : ['**', ...segments], foldersOnly }
}

/**
 * Finds the pattern that leaves a path out, by itself or by a folder that it lies in.
 *
 * @param path relative to the checkout; that of a folder ends in `/`
 */
export function patternFor(
  path: string,
  patterns: readonly PathPattern[]
): PathPattern | undefined {
  if (patterns.length === 0) return undefined
  const isFolder = path.endsWith('/')
  const names = (isFolder ? path.slice(0, -1) : path).split('/')
  return patterns.find(({ segments, foldersOnly }) =>
    names.some((_, index) => {
      const whole = index === names.length - 1
      if (whole && foldersOnly && !isFolder) return false
      return sequenceMatches(segments, names.slice(0, index + 1), (part, name) =>
        part === '**' ? 'any' : textMatches(part, name)
      )
    })
  )
}
