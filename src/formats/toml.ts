import { parse, TomlError } from 'smol-toml'
import { messageOf, ParseError } from '../model/errors.ts'
import { conflictMarkerLine } from './conflict-markers.ts'

/** A table without a prototype: any key, `__proto__` included, is only data. */
export type TomlTable = Readonly<Record<string, unknown>>

/** Most dots in keys: each makes a table, of half a kilobyte. A lock of 100 000 packages has some 200 000. */
const MAX_KEY_DOTS = 1_000_000

/** A parsed file that still knows where its tables begin. */
export interface TomlDocument {
  readonly value: TomlTable
  /**
   * Line of a table's header, 1-based.
   *
   * @param key dotted key between the brackets, as in `package` for `[[package]]`
   * @param index which of them, counted from 0 through the file
   * @returns nothing when the table has no header of its own (an inline table, a quoted key)
   */
  lineOf(key: string, index?: number): number | undefined
}

/** What an unreadable file is called, and how to repair it. */
export interface TomlFault {
  readonly code: 'LOCKFILE_SYNTAX' | 'CONFIG_SYNTAX'
  readonly remedy: string
}

/**
 * Parses a TOML 1.0 file, in time linear in its length.
 *
 * @throws ParseError of `fault.code`, with the line
 * @see https://toml.io/en/v1.0.0
 */
export function parseToml(
  file: { readonly path: string; readonly text: string },
  fault: TomlFault
): TomlDocument {
  const value = parseText(file, fault)
  let lines: ReadonlyMap<string, readonly number[]> | undefined
  return {
    value,
    lineOf(key, index = 0) {
      lines ??= headerLines(file.text)
      return lines.get(key)?.[index]
    }
  }
}

/** The value as a table; nothing when it is anything else. */
export function tableOf(value: unknown): TomlTable | undefined {
  const isTable =
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null
  return isTable ? (value as TomlTable) : undefined
}

function parseText(
  { path, text }: { readonly path: string; readonly text: string },
  fault: TomlFault
): TomlTable {
  assertFewDots({ path, text }, fault)
  try {
    return parse(text)
  } catch (cause) {
    const conflict = conflictMarkerLine(text)
    if (conflict !== undefined) {
      throw new ParseError({
        ...fault,
        message: `Cannot parse "${path}": found the conflict markers of an unfinished merge, expected TOML`,
        line: conflict,
        cause
      })
    }
    // The first line is the reason; below it stands a piece of the file.
    const reason = messageOf(cause).split('\n', 1)[0] ?? ''
    throw new ParseError({
      ...fault,
      message: `Cannot parse "${path}" as TOML: ${reason.replace(/^Invalid TOML document: /, '')}`,
      line: cause instanceof TomlError ? cause.line : undefined,
      cause
    })
  }
}

/** A key such as `a.a.a…` makes more tables than memory holds, out of a file that is not large. */
function assertFewDots(
  { path, text }: { readonly path: string; readonly text: string },
  fault: TomlFault
): void {
  if (text.length <= MAX_KEY_DOTS) return
  const token = /"""|'''|["'#.]/g
  let dots = 0
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] !== '.') token.lastIndex = endOfToken(text, match.index, match[0])
    else if (++dots > MAX_KEY_DOTS) {
      throw new ParseError({
        ...fault,
        message: `Cannot parse "${path}" as TOML: found more than ${MAX_KEY_DOTS} dots in keys, expected fewer`
      })
    }
  }
}

/** Keys that begin with a letter: at the start of a line, no array element looks like `[[package]]`. */
const HEADER = /^[ \t]*\[\[?[ \t]*([A-Za-z_][\w-]*(?:[ \t]*\.[ \t]*[\w-]+)*)[ \t]*\]/gm

/** Lines of all table headers, by key, in the order of the file. */
function headerLines(text: string): ReadonlyMap<string, readonly number[]> {
  const plain = withoutMultilineStrings(text)
  const lines = new Map<string, number[]>()
  let line = 1
  let at = 0
  for (const match of plain.matchAll(HEADER)) {
    for (let end = plain.indexOf('\n', at); end !== -1 && end < match.index;) {
      line++
      at = end + 1
      end = plain.indexOf('\n', at)
    }
    const key = (match[1] ?? '').replace(/[ \t]/g, '')
    const known = lines.get(key)
    if (known) known.push(line)
    else lines.set(key, [line])
  }
  return lines
}

/** The text with multi-line strings cut down to their line ends: a line of a string is no header. */
function withoutMultilineStrings(text: string): string {
  if (!text.includes('"""') && !text.includes("'''")) return text
  const pieces: string[] = []
  const opener = /"""|'''|["'#]/g
  let kept = 0
  for (let match = opener.exec(text); match !== null; match = opener.exec(text)) {
    const end = endOfToken(text, match.index, match[0])
    if (match[0].length === 3) {
      const newlines = text.slice(match.index, end).replace(/[^\n]+/g, '')
      pieces.push(text.slice(kept, match.index), newlines)
      kept = end
    }
    opener.lastIndex = end
  }
  return pieces.join('') + text.slice(kept)
}

/** Where the string or comment that `opener` begins is over. Right up to where the text is valid. */
function endOfToken(text: string, start: number, opener: string): number {
  const closer = opener === '#' ? '\n' : opener
  let end = text.indexOf(closer, start + opener.length)
  if (opener.startsWith('"')) {
    while (end !== -1 && isEscaped(text, end)) end = text.indexOf(closer, end + 1)
  }
  if (end === -1) return text.length
  end += closer.length
  // Up to two quotes more belong to the string: `"""a"""""`.
  while (opener.length === 3 && text[end] === closer[0]) end++
  return end
}

/** Whether an odd number of backslashes stands before the character. */
function isEscaped(text: string, at: number): boolean {
  let start = at
  while (text[start - 1] === '\\') start--
  return (at - start) % 2 === 1
}
