import { satisfiesPython } from './version.ts'

/** A parsed environment marker. @see https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers */
export type Marker =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Marker[] }
  | {
      readonly kind: 'compare'
      readonly left: MarkerValue
      readonly operator: string
      readonly right: MarkerValue
    }

export type MarkerValue =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }

/** Values of the marker variables that are known; the others make an answer unknown. */
export type MarkerEnvironment = ReadonlyMap<string, string>

/** Longest marker that is read, in characters; those of real locks stay under 2 000. */
const MAX_LENGTH = 16_384
/** Deepest nesting of parentheses that is followed. */
const MAX_DEPTH = 64

/** White space, then a parenthesis, a string, an operator or a word. */
const TOKEN = /\s*(?:([()])|"([^"]*)"|'([^']*)'|(===|[=!<>~]=|[<>])|([A-Za-z_][\w.]*))/y

/** Spellings from before the specification. */
const OLD_NAMES: ReadonlyMap<string, string> = new Map([
  ['os.name', 'os_name'],
  ['sys.platform', 'sys_platform'],
  ['platform.version', 'platform_version'],
  ['platform.machine', 'platform_machine'],
  ['platform.python_implementation', 'platform_python_implementation'],
  ['python_implementation', 'platform_python_implementation']
])

/** Variables that hold versions: the others are compared as text. */
const VERSIONS = new Set(['python_version', 'python_full_version', 'implementation_version'])

/**
 * Reads an environment marker such as `python_version < '3.11' and sys_platform != 'win32'`.
 *
 * @returns nothing when it is none
 */
export function parseMarker(text: string): Marker | undefined {
  const tokens = text.length <= MAX_LENGTH ? tokensOf(text) : undefined
  if (!tokens) return undefined
  const reader = { tokens, at: 0 }
  const marker = readOr(reader, 0)
  return marker && reader.at === tokens.length ? marker : undefined
}

/**
 * Whether a marker holds.
 *
 * @returns nothing when that depends on what nobody knows here: extras, groups, a kernel's release
 */
export function evaluateMarker(
  marker: Marker,
  environment: MarkerEnvironment
): boolean | undefined {
  if (marker.kind === 'compare') return evaluateComparison(marker, environment)
  // One `false` decides an `and`, one `true` an `or`, whatever is unknown beside it.
  const decisive = marker.kind === 'or'
  let answer: boolean | undefined = !decisive
  for (const part of marker.parts) {
    const value = evaluateMarker(part, environment)
    if (value === decisive) return decisive
    if (value === undefined) answer = undefined
  }
  return answer
}

/** Conditions that all have to hold, as one marker. */
export function allMarkers(markers: readonly string[]): string {
  const [only = '', ...more] = markers
  return more.length === 0 ? only : markers.map(grouped).join(' and ')
}

/** Conditions of which one has to hold, as one marker. */
export function anyMarker(markers: readonly string[]): string {
  const [only = '', ...more] = markers
  return more.length === 0 ? only : markers.map(grouped).join(' or ')
}

function grouped(marker: string): string {
  return / (?:and|or) /.test(marker) ? `(${marker})` : marker
}

interface Token {
  readonly kind: 'parenthesis' | 'text' | 'operator' | 'word'
  readonly text: string
}

interface Reader {
  readonly tokens: readonly Token[]
  at: number
}

function tokensOf(text: string): readonly Token[] | undefined {
  const trimmed = text.trim()
  const tokens: Token[] = []
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < trimmed.length;) {
    const match = TOKEN.exec(trimmed)
    if (!match) return undefined
    const [, parenthesis, double, single, operator, word] = match
    const quoted = double ?? single
    if (parenthesis !== undefined) tokens.push({ kind: 'parenthesis', text: parenthesis })
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted })
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word })
  }
  return tokens
}

function readOr(reader: Reader, depth: number): Marker | undefined {
  return readChain(reader, 'or', () => readChain(reader, 'and', () => readTerm(reader, depth)))
}

function readChain(
  reader: Reader,
  kind: 'and' | 'or',
  readPart: () => Marker | undefined
): Marker | undefined {
  const parts: Marker[] = []
  do {
    const part = readPart()
    if (!part) return undefined
    parts.push(part)
  } while (takes(reader, 'word', kind))
  const [only, ...more] = parts
  return more.length === 0 ? only : { kind, parts }
}

function readTerm(reader: Reader, depth: number): Marker | undefined {
  if (takes(reader, 'parenthesis', '(')) {
    const inner = depth < MAX_DEPTH ? readOr(reader, depth + 1) : undefined
    return inner && takes(reader, 'parenthesis', ')') ? inner : undefined
  }
  const left = readValue(reader)
  const operator = left && readOperator(reader)
  const right = operator && readValue(reader)
  return left && operator && right ? { kind: 'compare', left, operator, right } : undefined
}

function readOperator(reader: Reader): string | undefined {
  const token = reader.tokens[reader.at++]
  if (token?.kind === 'operator') return token.text
  if (token?.kind !== 'word') return undefined
  if (token.text === 'in') return 'in'
  return token.text === 'not' && takes(reader, 'word', 'in') ? 'not in' : undefined
}

function readValue(reader: Reader): MarkerValue | undefined {
  const token = reader.tokens[reader.at++]
  if (token?.kind === 'text') return { kind: 'text', text: token.text }
  if (token?.kind !== 'word' || /^(?:and|or|in|not)$/.test(token.text)) return undefined
  return { kind: 'variable', name: OLD_NAMES.get(token.text) ?? token.text }
}

function takes(reader: Reader, kind: Token['kind'], text: string): boolean {
  const token = reader.tokens[reader.at]
  if (token?.kind !== kind || token.text !== text) return false
  reader.at++
  return true
}

function evaluateComparison(
  { left, operator, right }: Extract<Marker, { kind: 'compare' }>,
  environment: MarkerEnvironment
): boolean | undefined {
  const a = valueOf(left, environment)
  const b = valueOf(right, environment)
  if (a === undefined || b === undefined) return undefined
  if (operator === 'in') return b.includes(a)
  if (operator === 'not in') return !b.includes(a)
  const named = left.kind === 'variable' ? left.name : right.kind === 'variable' ? right.name : ''
  const byVersion = VERSIONS.has(named) ? compareVersions(a, operator, b, left.kind) : undefined
  return byVersion ?? compareTexts(a, operator, b)
}

function valueOf(value: MarkerValue, environment: MarkerEnvironment): string | undefined {
  return value.kind === 'text' ? value.text : environment.get(value.name)
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** `'3.8' <= python_version` asks what `python_version >= '3.8'` asks. */
function compareVersions(
  a: string,
  operator: string,
  b: string,
  left: MarkerValue['kind']
): boolean | undefined {
  if (left === 'variable') return satisfiesPython(a, `${operator}${b}`)
  return satisfiesPython(b, `${MIRRORED[operator] ?? operator}${a}`)
}

function compareTexts(a: string, operator: string, b: string): boolean | undefined {
  switch (operator) {
    case '==':
    case '===':
      return a === b
    case '!=':
      return a !== b
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
    default:
      return undefined
  }
}
