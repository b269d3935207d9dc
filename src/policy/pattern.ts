import { type CharacterSet, type Part, partOf } from './pattern/grammar.ts'

/** A pattern that says something about the whole of a name. */
export interface Pattern {
  /** As it was written. */
  readonly text: string
  matches(name: string): boolean
}

/** Why a pattern cannot be used, and what to write instead. */
export interface PatternFault {
  /** Without a final period. */
  readonly fault: string
  readonly remedy: string
}

/** Longest pattern and longest name, in UTF-16 units. */
const MAX_PATTERN = 500
const MAX_NAME = 2000

/** Most states that a pattern may need: time is their number times the length of the name. */
const MAX_STATES = 2000

/** Whether a text is meant as a pattern: names of signers do not begin with a slash. */
export function isPattern(text: string): boolean {
  return text.startsWith('/')
}

/**
 * Compiles a pattern `/^…$/`. It is read by its whole, and takes one pass over a name: names come from strangers,
 * and an expression that tries again and again could keep a run busy for ever.
 */
export function patternOf(text: string): Pattern | PatternFault {
  if (text.length > MAX_PATTERN) {
    return { fault: `it is longer than ${MAX_PATTERN} characters`, remedy: 'Write a shorter one' }
  }
  const [, source, flags] = /^\/(.*)\/([A-Za-z]*)$/s.exec(text) ?? []
  if (source === undefined || source === '') {
    return { fault: 'it has no closing slash', remedy: 'Write it as /^…$/' }
  }
  const inner = innerOf(source)
  if (inner.fault !== undefined || flags !== '') {
    const fault = inner.fault ?? `it has the flags "${flags ?? ''}"`
    return { fault, remedy: `Write ${anchored(inner.text)}` }
  }
  const part = partOf(inner.text)
  if (typeof part === 'string') return { fault: part, remedy: `Write something simpler in ${text}` }
  if (part.kind === 'any') {
    const fault = 'it has a "|" outside of brackets, so that "^" and "$" hold for one side each'
    return { fault, remedy: `Write ${anchored(`(?:${inner.text})`)}` }
  }
  const machine = new Machine()
  const start = machine.add(part, machine.accept)
  if (start === undefined) {
    return { fault: 'it repeats too much', remedy: 'Write * or + in the place of {…}' }
  }
  return { text, matches: (name) => name.length <= MAX_NAME && machine.matches(start, name) }
}

function anchored(inner: string): string {
  return `/^${inner}$/`
}

interface Inner {
  readonly text: string
  readonly fault?: string
}

/** What stands between the anchors. */
function innerOf(source: string): Inner {
  const begins = source.startsWith('^')
  const ends = source.endsWith('$') && !isEscaped(source, source.length - 1)
  const text = source.slice(begins ? 1 : 0, ends ? -1 : undefined)
  const missing = [...(begins ? [] : ['begin with "^"']), ...(ends ? [] : ['end with "$"'])]
  if (missing.length === 0) return { text }
  return { text, fault: `it does not ${missing.join(' and ')}, so that a part of a name would do` }
}

/** Behind an odd number of backslashes. */
function isEscaped(source: string, at: number): boolean {
  const before = /\\*$/.exec(source.slice(0, at))?.[0] ?? ''
  return before.length % 2 === 1
}

type State =
  | { readonly kind: 'one'; readonly of: CharacterSet; readonly next: number }
  | { kind: 'fork'; next: readonly number[] }

/** Thompson's construction: all ways are gone at the same time. @see https://swtch.com/~rsc/regexp/regexp1.html */
class Machine {
  readonly #states: State[] = [{ kind: 'fork', next: [] }]
  readonly accept = 0

  /** @returns the state that begins the part and goes on at `next`; nothing when there are too many */
  add(part: Part, next: number): number | undefined {
    if (part.kind === 'one') return this.#put({ kind: 'one', of: part.of, next })
    if (part.kind === 'repeated') return this.#repeated(part, next)
    if (part.kind === 'any') {
      const ways = part.parts.map((inner) => this.add(inner, next))
      const known = ways.filter((way) => way !== undefined)
      return known.length < ways.length ? undefined : this.#put({ kind: 'fork', next: known })
    }
    return part.parts.reduceRight<number | undefined>(
      (after, inner) => (after === undefined ? undefined : this.add(inner, after)),
      next
    )
  }

  #repeated(
    { part, least, most }: Extract<Part, { readonly kind: 'repeated' }>,
    next: number
  ): number | undefined {
    let at: number | undefined = next
    if (most === Infinity) {
      const loop: State = { kind: 'fork', next: [next] }
      const again = this.#put(loop)
      const body: number | undefined = again === undefined ? undefined : this.add(part, again)
      if (body === undefined) return undefined
      loop.next = [body, next]
      at = again
    } else {
      for (let count = least; count < most && at !== undefined; count++) {
        const body = this.add(part, at)
        at = body === undefined ? undefined : this.#put({ kind: 'fork', next: [body, next] })
      }
    }
    for (let count = 0; count < least && at !== undefined; count++) {
      const begin = this.add(part, at)
      // Nothing, any number of times, is nothing.
      if (begin === at) return at
      at = begin
    }
    return at
  }

  #put(state: State): number | undefined {
    return this.#states.length >= MAX_STATES ? undefined : this.#states.push(state) - 1
  }

  matches(start: number, name: string): boolean {
    let now = this.#reached([start])
    for (const char of name) {
      const code = char.codePointAt(0) ?? 0
      const next: number[] = []
      for (const at of now) {
        const state = this.#states[at]
        if (state?.kind === 'one' && has(state.of, code)) next.push(state.next)
      }
      if (next.length === 0) return false
      now = this.#reached(next)
    }
    return now.has(this.accept)
  }

  /** With all that is reached from there without a character. */
  #reached(from: readonly number[]): ReadonlySet<number> {
    const seen = new Set(from)
    for (const at of seen) {
      const state = this.#states[at]
      if (state?.kind === 'fork') for (const next of state.next) seen.add(next)
    }
    return seen
  }
}

function has({ ranges, negated }: CharacterSet, code: number): boolean {
  return ranges.some(([from, to]) => code >= from && code <= to) !== negated
}
