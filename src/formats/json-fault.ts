/** Where a text stops being JSON. */
export interface JsonFault {
  /** 1-based. */
  readonly line: number
  /** For a message: `"x"`, `the end of the file`. */
  readonly found: string
  /** For a message: `a value`, `"," or "}"`. */
  readonly expected: string
}

type Bracket = '{' | '['

/** What may come next; `next` stands behind a value. */
type State = 'value' | 'first-item' | 'first-key' | 'key' | 'colon' | 'next'

/** `expected`: what a string is broken for the lack of, at `end`. */
interface Token {
  readonly kind: string
  readonly end: number
  readonly expected?: string
}

const EXPECTED: Readonly<Record<Exclude<State, 'next'>, string>> = {
  value: 'a value',
  'first-item': 'a value or "]"',
  'first-key': 'a key in double quotes or "}"',
  key: 'a key in double quotes',
  colon: '":"'
}

const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/**
 * Finds the first place at which a text is not JSON: engines name it in some of their messages only.
 * Time linear in the text.
 *
 * @returns nothing when the text is JSON
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-2
 */
export function jsonFaultOf(text: string): JsonFault | undefined {
  const open: Bracket[] = []
  let state: State = 'value'
  let at = skipSpace(text, 0)
  while (at < text.length) {
    const token = tokenAt(text, at)
    if (token?.expected !== undefined) return faultAt(text, token.end, token.expected)
    const next: State | undefined = token && after(state, token.kind, open)
    if (token === undefined || next === undefined) {
      return faultAt(text, at, expectedIn(state, open))
    }
    state = next
    at = skipSpace(text, token.end)
  }
  const whole = state === 'next' && open.length === 0
  return whole ? undefined : faultAt(text, at, expectedIn(state, open))
}

function tokenAt(text: string, at: number): Token | undefined {
  const char = text.charAt(at)
  if ('{}[],:'.includes(char)) return { kind: char, end: at + 1 }
  if (char === '"') return stringAt(text, at)
  SCALAR.lastIndex = at
  return SCALAR.test(text) ? { kind: 'scalar', end: SCALAR.lastIndex } : undefined
}

function stringAt(text: string, start: number): Token {
  let at = start + 1
  while (at < text.length) {
    const char = text.charAt(at)
    if (char === '"') return { kind: 'string', end: at + 1 }
    if (char < ' ') return { kind: 'string', end: at, expected: 'the closing quote of a string' }
    if (char !== '\\') {
      at++
      continue
    }
    ESCAPE.lastIndex = at
    if (!ESCAPE.test(text)) {
      return { kind: 'string', end: at, expected: 'an escape sequence of JSON' }
    }
    at = ESCAPE.lastIndex
  }
  return { kind: 'string', end: at, expected: 'the closing quote of a string' }
}

/** The state behind a token, with `open` brought up to date; nothing when the token cannot stand there. */
function after(state: State, token: string, open: Bracket[]): State | undefined {
  const inside = open.at(-1)
  switch (token) {
    case '{':
    case '[':
      if (state !== 'value' && state !== 'first-item') return undefined
      open.push(token)
      return token === '{' ? 'first-key' : 'first-item'
    case '}':
      if (inside !== '{' || (state !== 'next' && state !== 'first-key')) return undefined
      open.pop()
      return 'next'
    case ']':
      if (inside !== '[' || (state !== 'next' && state !== 'first-item')) return undefined
      open.pop()
      return 'next'
    case ',':
      if (state !== 'next' || inside === undefined) return undefined
      return inside === '{' ? 'key' : 'value'
    case ':':
      return state === 'colon' ? 'value' : undefined
    default:
      if (state === 'value' || state === 'first-item') return 'next'
      return token === 'string' && (state === 'key' || state === 'first-key') ? 'colon' : undefined
  }
}

function expectedIn(state: State, open: readonly Bracket[]): string {
  if (state !== 'next') return EXPECTED[state]
  const inside = open.at(-1)
  if (inside === undefined) return 'the end of the file'
  return inside === '{' ? '"," or "}"' : '"," or "]"'
}

function skipSpace(text: string, start: number): number {
  let at = start
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at++
  return at
}

function faultAt(text: string, at: number, expected: string): JsonFault {
  let line = 1
  for (let end = text.indexOf('\n'); end !== -1 && end < at; end = text.indexOf('\n', end + 1)) {
    line++
  }
  const point = text.codePointAt(at)
  if (point === undefined) return { line, found: 'the end of the file', expected }
  const printable = point > 0x20 && point < 0x7f
  const code = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
  return { line, found: printable ? `"${text.charAt(at)}"` : `the character ${code}`, expected }
}
