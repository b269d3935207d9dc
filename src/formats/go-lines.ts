import { ParseError } from '../model/errors.ts'
import { conflictMarkerLine } from './conflict-markers.ts'

/** One directive of a go.mod or go.work file, whether it stood in a block or alone. */
export interface GoDirective {
  /** `require`, `replace`, `use` … */
  readonly verb: string
  /** Quoted strings are undone; punctuation such as `=>` and `[` is an argument of its own. */
  readonly args: readonly string[]
  /** The comment at the end of the line, without `//` and surrounding blanks; empty when there is none. */
  readonly comment: string
  /** 1-based. */
  readonly line: number
}

/**
 * Punctuation, strings and identifiers; an identifier ends where a comment begins. Every alternative is
 * of one character at least and none backtracks into another.
 */
const TOKEN =
  /[()[\]{},]|"(?:[^"\\]|\\.)*"|`[^`]*`|(?!["`])(?:(?!\/[/*])[^\s\p{C}\p{Z}()[\]{},])+/uy

const BLANKS = /[ \t\r]*/y

/** A file that is being read, so that messages can name it and the line. */
interface Source {
  readonly path: string
  readonly text: string
}

/**
 * Splits a go.mod or go.work file into directives, blocks undone.
 *
 * @throws ParseError `LOCKFILE_SYNTAX` with the line
 * @see https://go.dev/ref/mod#go-mod-file-lexical
 */
export function goDirectives(source: Source): readonly GoDirective[] {
  const directives: GoDirective[] = []
  let block: { readonly verb: string; readonly line: number } | undefined
  for (const [at, text] of source.text.split('\n').entries()) {
    const line = at + 1
    const { tokens, comment } = tokensOf(source, text, line)
    const [first = '', ...rest] = tokens
    if (first === '') continue
    if (block === undefined) {
      if (tokens.at(-1) === '(') block = { verb: verbOfBlock(source, tokens, line), line }
      else if (tokens.length !== 3 || rest.join('') !== '()') {
        directives.push({ verb: first, args: unquoted(source, rest, line), comment, line })
      }
    } else if (first !== ')') {
      directives.push({ verb: block.verb, args: unquoted(source, tokens, line), comment, line })
    } else if (rest.length === 0) {
      block = undefined
    } else {
      throw goSyntaxError(source, line, `found ${show(rest[0])} behind ")", expected a line break`)
    }
  }
  if (block) throw goSyntaxError(source, block.line, 'found the end of the file, expected ")"')
  return directives
}

/** A refusal of a file of a Go module, at a line. */
export function goSyntaxError(source: Source, line: number, fault: string): ParseError {
  const conflict = conflictMarkerLine(source.text)
  const reason =
    conflict === undefined
      ? fault
      : 'found the conflict markers of an unfinished merge, expected none'
  const at = conflict ?? line
  return new ParseError({
    code: 'LOCKFILE_SYNTAX',
    message: `Cannot parse "${source.path}" line ${at}: ${reason}`,
    remedy: source.path.endsWith('.sum')
      ? 'Restore the file from a commit in which it was whole, then run `go mod tidy`'
      : 'Correct the line; `go mod edit -fmt` and `go work edit -fmt` say whether the file is well-formed',
    path: source.path,
    line: at
  })
}

function tokensOf(
  source: Source,
  text: string,
  line: number
): { readonly tokens: readonly string[]; readonly comment: string } {
  const tokens: string[] = []
  let at = 0
  for (;;) {
    BLANKS.lastIndex = at
    BLANKS.exec(text)
    at = BLANKS.lastIndex
    if (at === text.length) return { tokens, comment: '' }
    if (text.startsWith('//', at)) return { tokens, comment: text.slice(at + 2).trim() }
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)?.[0]
    if (token === undefined) throw goSyntaxError(source, line, faultAt(text, at))
    tokens.push(token)
    at += token.length
  }
}

function faultAt(text: string, at: number): string {
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0)
  if (text.startsWith('/*', at)) return 'found "/*", expected a comment that begins with "//"'
  if (char === '"' || char === '`') return `found the end of the line, expected a closing ${char}`
  return `found ${show(char)}, which is not allowed here`
}

function verbOfBlock(source: Source, tokens: readonly string[], line: number): string {
  const [verb = '', ...rest] = tokens
  if (rest.length === 1) return verb
  throw goSyntaxError(source, line, `found a block ${show(rest[0])}, expected "${verb} ("`)
}

function unquoted(source: Source, tokens: readonly string[], line: number): readonly string[] {
  return tokens.map((token) => {
    if (token.startsWith('`')) return token.slice(1, -1)
    if (!token.startsWith('"')) return token
    const text = token.slice(1, -1)
    // Paths and versions need no other escape; guessing one would name another module.
    if (/\\[^\\"]/.test(text.replaceAll('\\\\', ''))) {
      throw goSyntaxError(source, line, `found an escape in ${show(token)}, expected \\\\ or \\"`)
    }
    return text.replace(/\\(.)/g, '$1')
  })
}

/** Text of the file as JSON shows it: quoted, with control characters escaped. */
function show(text: string | undefined): string {
  return JSON.stringify((text ?? '').slice(0, 100))
}
