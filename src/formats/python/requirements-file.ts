/** One line of a requirements file that asks for something, with its continuations. */
export interface RequirementLine {
  /** Without comment and options: `requests[socks]==2.32.0 ; python_version < '3.9'`, `./local`, a URL. */
  readonly text: string
  readonly editable: boolean
  /** `sha256:ab12…`, each with its own line. */
  readonly hashes: readonly { readonly hash: string; readonly line: number }[]
  /** 1-based. */
  readonly line: number
  /** Who needs it, out of the comment of `pip-compile` or `uv`: names, `-r file`, `app (pyproject.toml)`. */
  readonly via: readonly string[]
}

/** Another file that this one names. */
export interface IncludeLine {
  /** `constraint` pins versions of what is asked for elsewhere, and asks for nothing itself. */
  readonly kind: 'requirement' | 'constraint'
  /** Relative to this file, absolute, or a URL. */
  readonly path: string
  readonly line: number
}

/** An option that holds for all that is installed together: `index-url`, `extra-index-url`, `find-links` … */
export interface OptionLine {
  readonly name: string
  readonly value: string
  readonly line: number
}

/** What a requirements file says. @see https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
export interface RequirementsFile {
  readonly requirements: readonly RequirementLine[]
  readonly includes: readonly IncludeLine[]
  readonly options: readonly OptionLine[]
}

const SHORT_OPTIONS: Readonly<Record<string, string>> = {
  '-r': 'requirement',
  '-c': 'constraint',
  '-e': 'editable',
  '-i': 'index-url',
  '-f': 'find-links'
}

/** Longest logical line that is looked at: the largest real ones, with 200 hashes, stay under 20 000. */
const MAX_LINE_CHARS = 1_000_000

/** Reads a requirements file. Whatever it holds, some of it is a line of one kind or another. */
export function parseRequirementsFile(text: string): RequirementsFile {
  const requirements: (RequirementLine & { readonly via: string[] })[] = []
  const includes: IncludeLine[] = []
  const options: OptionLine[] = []
  let last: string[] | undefined
  let annotates = false
  for (const pieces of logicalLines(text)) {
    const [first] = pieces
    if (!first || pieces.length > 1 || !/^\s*(?:#|$)/.test(first.text)) {
      const { statement, comment } = splitComment(pieces)
      annotates = false
      last = undefined
      if (statement.length === 0) continue
      const line = statement[0]?.line ?? 1
      const option = optionOf(statement)
      if (option === undefined) {
        const found = requirementOf(statement, 'plain')
        requirements.push(found)
        last = found.via
        annotates = noteVia(comment, { via: last, annotates: false })
      } else if (option.name === 'editable') {
        requirements.push(requirementOf(option.rest, 'editable'))
        last = requirements.at(-1)?.via
      } else if (option.name === 'requirement' || option.name === 'constraint') {
        includes.push({ kind: option.name, path: unquoted(option.value), line })
      } else {
        options.push({ name: option.name, value: unquoted(option.value), line })
      }
    } else if (first.text.trim() === '') {
      last = undefined
    } else if (last) {
      annotates = noteVia(first.text, { via: last, annotates })
    }
  }
  return { requirements, includes, options }
}

interface Piece {
  readonly text: string
  readonly line: number
}

/** Lines joined where one ends in a backslash; a comment line ends its statement, and is one of its own. */
function* logicalLines(text: string): Generator<readonly Piece[]> {
  let pieces: Piece[] = []
  let line = 0
  for (const raw of text.split(/\r\n|\r|\n/)) {
    line++
    const isComment = /^\s*#/.test(raw)
    if (isComment && pieces.length > 0) {
      yield pieces
      pieces = []
    }
    const continues = raw.endsWith('\\') && !isComment
    pieces.push({ text: continues ? raw.slice(0, -1) : raw, line })
    if (!continues) {
      yield pieces
      pieces = []
    }
  }
  if (pieces.length > 0) yield pieces
}

/** A comment begins at a `#` with white space before it: the one in a URL is part of the URL. */
function splitComment(pieces: readonly Piece[]): {
  readonly statement: readonly Piece[]
  readonly comment: string
} {
  const statement: Piece[] = []
  for (const [at, { text, line }] of pieces.entries()) {
    const start = commentStart(text)
    const kept = (start < 0 ? text : text.slice(0, start)).trim()
    if (kept !== '') statement.push({ text: kept, line })
    if (start >= 0) {
      const rest = pieces.slice(at + 1).map((piece) => piece.text)
      return { statement, comment: [text.slice(start), ...rest].join(' ') }
    }
  }
  return { statement, comment: '' }
}

function commentStart(text: string): number {
  for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1)) {
    if (at === 0 || /\s/.test(text.charAt(at - 1))) return at
  }
  return -1
}

interface Option {
  readonly name: string
  readonly value: string
  /** The value with its continuations. */
  readonly rest: readonly Piece[]
}

function optionOf(statement: readonly Piece[]): Option | undefined {
  const [first, ...more] = statement
  const match = /^(-[rceif]|--[a-z][a-z-]*)(?:\s*=\s*|\s*)(.*)$/s.exec(first?.text ?? '')
  if (!first || !match) return undefined
  const [, written = '', value = ''] = match
  const rest = [{ text: value, line: first.line }, ...more].filter(({ text }) => text !== '')
  return {
    name: SHORT_OPTIONS[written] ?? written.replace(/^-+/, ''),
    value: rest.map(({ text }) => text).join(' '),
    rest
  }
}

/** Splits what is asked for from the options behind it. */
function requirementOf(
  statement: readonly Piece[],
  kind: 'plain' | 'editable'
): RequirementLine & { readonly via: string[] } {
  const hashes: { readonly hash: string; readonly line: number }[] = []
  const kept: string[] = []
  let size = 0
  let isOption = false
  for (const { text, line } of statement) {
    size += text.length
    if (size > MAX_LINE_CHARS) break
    for (const [, hash = ''] of text.matchAll(/(?:^|\s)--hash(?:\s*=\s*|\s+)(\S+)/g)) {
      hashes.push({ hash, line })
    }
    // The first option ends what is asked for.
    const option = /(?:^|\s)--?[A-Za-z]/.exec(text)
    if (!isOption) kept.push(option ? text.slice(0, option.index) : text)
    isOption ||= option !== null
  }
  return {
    text: unquoted(kept.join(' ').trim()),
    editable: kind === 'editable',
    hashes,
    line: statement[0]?.line ?? 1,
    via: []
  }
}

/** @returns whether the comment below goes on with the list */
function noteVia(
  comment: string,
  { via, annotates }: { readonly via: string[]; readonly annotates: boolean }
): boolean {
  const text = comment.replace(/^[\s#]+/, '').trim()
  const isStart = /^via(?:\s|$)/.test(text)
  if (!isStart && !annotates) return false
  const listed = isStart ? text.slice('via'.length) : text
  for (const name of listed.split(',')) if (name.trim() !== '') via.push(name.trim())
  return true
}

function unquoted(text: string): string {
  return /^"[^"]*"$|^'[^']*'$/.test(text) ? text.slice(1, -1) : text
}
