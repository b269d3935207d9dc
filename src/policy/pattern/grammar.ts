/** A part of a pattern: what it is made of, without anything that could need more than one pass. */
export type Part =
  | { readonly kind: 'one'; readonly of: CharacterSet }
  | { readonly kind: 'all'; readonly parts: readonly Part[] }
  | { readonly kind: 'any'; readonly parts: readonly Part[] }
  | {
      readonly kind: 'repeated'
      readonly part: Part
      readonly least: number
      /** Infinity for no end. */
      readonly most: number
    }

/** Characters, by their code points. */
export interface CharacterSet {
  readonly ranges: readonly (readonly [number, number])[]
  readonly negated: boolean
}

/** What is wrong with a pattern, without a final period. */
class Unreadable extends Error {}

/** Deepest nesting of groups. */
const MAX_DEPTH = 20

/** Most repetitions that are counted. */
const MAX_COUNT = 100

const LINE_BREAKS: CharacterSet['ranges'] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029]
]
const DIGIT: CharacterSet['ranges'] = [[0x30, 0x39]]
const WORD: CharacterSet['ranges'] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a]
]

/**
 * Reads what stands between `^` and `$`: the part of JavaScript's expressions that one pass over a text can decide.
 *
 * @returns what is wrong with it, as text
 * @see https://tc39.es/ecma262/#sec-patterns
 */
export function partOf(source: string): Part | string {
  const reader = new Reader(source)
  try {
    return reader.whole()
  } catch (error) {
    if (error instanceof Unreadable) return error.message
    throw error
  }
}

class Reader {
  readonly #chars: readonly string[]
  #at = 0
  #depth = 0

  constructor(source: string) {
    this.#chars = Array.from(source)
  }

  whole(): Part {
    const part = this.#alternatives()
    if (this.#at < this.#chars.length) throw new Unreadable('it has a ")" without its "("')
    return part
  }

  #next(): string | undefined {
    return this.#chars[this.#at]
  }

  #take(): string {
    return this.#chars[this.#at++] ?? ''
  }

  #took(char: string): boolean {
    if (this.#next() !== char) return false
    this.#at++
    return true
  }

  #alternatives(): Part {
    const parts = [this.#sequence()]
    while (this.#took('|')) parts.push(this.#sequence())
    const [first] = parts
    return parts.length === 1 && first !== undefined ? first : { kind: 'any', parts }
  }

  #sequence(): Part {
    const parts: Part[] = []
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      if (next === '|' || next === ')') break
      parts.push(this.#quantified(this.#atom()))
    }
    return { kind: 'all', parts }
  }

  #atom(): Part {
    const char = this.#take()
    switch (char) {
      case '(':
        return this.#group()
      case '[':
        return { kind: 'one', of: this.#charClass() }
      case '.':
        return { kind: 'one', of: { ranges: LINE_BREAKS, negated: true } }
      case '\\':
        return { kind: 'one', of: this.#escape() }
      case '^':
      case '$':
        throw new Unreadable(`it has a "${char}" inside: write "\\${char}" for the character`)
      case '*':
      case '+':
      case '?':
      case '{':
      case '}':
      case ']':
        throw new Unreadable(`it has a "${char}" with nothing before it: write "\\${char}"`)
      default:
        return { kind: 'one', of: only(char) }
    }
  }

  #group(): Part {
    if (this.#took('?') && !this.#took(':')) {
      throw new Unreadable('it has a "(?" that is no "(?:": looking around is not possible here')
    }
    if (++this.#depth > MAX_DEPTH) throw new Unreadable('its groups are nested too deeply')
    const part = this.#alternatives()
    if (!this.#took(')')) throw new Unreadable('it has a "(" without its ")"')
    this.#depth--
    return part
  }

  #quantified(part: Part): Part {
    const bounds = this.#bounds()
    if (bounds === undefined) return part
    // Whether as few or as many as possible are taken makes no difference to whether the whole matches.
    this.#took('?')
    if (/^[*+?{]$/.test(this.#next() ?? '')) throw new Unreadable('it repeats a repetition')
    const [least, most] = bounds
    return { kind: 'repeated', part, least, most }
  }

  #bounds(): readonly [number, number] | undefined {
    if (this.#took('*')) return [0, Infinity]
    if (this.#took('+')) return [1, Infinity]
    if (this.#took('?')) return [0, 1]
    if (!this.#took('{')) return undefined
    let text = ''
    while (this.#next() !== undefined && this.#next() !== '}') text += this.#take()
    this.#took('}')
    const [, from = '', comma, to = ''] = /^(\d{1,4})(,(\d{0,4}))?$/.exec(text) ?? []
    const least = Number(from)
    const most = comma === undefined ? least : to === '' ? Infinity : Number(to)
    const sane = from !== '' && least <= most && least <= MAX_COUNT
    if (sane && (most === Infinity || most <= MAX_COUNT)) return [least, most]
    throw new Unreadable(
      `it repeats something {${text.slice(0, 20)}} times, expected {1,${MAX_COUNT}} or less`
    )
  }

  #escape(): CharacterSet {
    const char = this.#take()
    const known = classNamed(char)
    if (known !== undefined) return known
    if (/^[^A-Za-z0-9]$/u.test(char)) return only(char)
    throw new Unreadable(`it has "\\${char}", which is not possible here`)
  }

  #charClass(): CharacterSet {
    const negated = this.#took('^')
    const ranges: (readonly [number, number])[] = []
    while (this.#next() !== undefined && this.#next() !== ']') {
      const first = this.#classAtom()
      const isRange = this.#next() === '-' && ![']', undefined].includes(this.#chars[this.#at + 1])
      if (!isRange) {
        ranges.push(...first)
        continue
      }
      this.#take()
      ranges.push(between(first, this.#classAtom()))
    }
    if (!this.#took(']')) throw new Unreadable('it has a "[" without its "]"')
    return { ranges, negated }
  }

  #classAtom(): CharacterSet['ranges'] {
    const char = this.#take()
    if (char !== '\\') return only(char).ranges
    const set = this.#escape()
    if (set.negated) throw new Unreadable('it has "\\D" or "\\W" in brackets')
    return set.ranges
  }
}

function only(char: string): CharacterSet {
  const code = char.codePointAt(0) ?? 0
  return { ranges: [[code, code]], negated: false }
}

function classNamed(char: string): CharacterSet | undefined {
  if (char === 'd' || char === 'D') return { ranges: DIGIT, negated: char === 'D' }
  if (char === 'w' || char === 'W') return { ranges: WORD, negated: char === 'W' }
  return undefined
}

function between(
  first: CharacterSet['ranges'],
  last: CharacterSet['ranges']
): readonly [number, number] {
  const [from] = first
  const [to] = last
  const single = first.length === 1 && last.length === 1 && from && to
  if (single && from[0] === from[1] && to[0] === to[1] && from[0] <= to[0]) return [from[0], to[0]]
  throw new Unreadable(
    'it has a range in brackets that does not go from one character up to another'
  )
}
