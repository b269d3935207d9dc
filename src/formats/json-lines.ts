/** Where the entries of a JSON file stand. */
export interface EntryLines {
  /**
   * 1-based line of each entry, by its key; a nested entry by its keys from the outside in, joined with
   * {@link KEY_SEPARATOR}. Of a key that is given twice, the last: it is the one that `JSON.parse` keeps.
   */
  readonly lines: ReadonlyMap<string, number>
  /** Entries that are given twice, named as in `lines`: what stands there first is lost on every reader. */
  readonly repeated: readonly RepeatedKey[]
}

export interface RepeatedKey {
  readonly key: string
  /** 1-based line of the occurrence that is lost. */
  readonly line: number
}

/** Between the keys of a nested entry: a character that no key has in practice. */
export const KEY_SEPARATOR = '\n'

/** Deepest nesting of entries that is followed: real ones have a dozen levels. */
const MAX_NESTED_ENTRIES = 128

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const COLON = 0x3a
const NEWLINE = 0x0a

/**
 * Finds the lines of the entries of a JSON file: the keys of the root's `container` object, and of the
 * object of that name in each entry, to any sensible depth. Time and memory linear in the text.
 *
 * @param text valid JSON: what `JSON.parse` has taken. It may be minified
 * @param container as in `packages` for `{ "packages": { "": {}, "node_modules/a": {} } }`
 */
export function entryLines(text: string, container: string): EntryLines {
  const scan = new EntryScan(text, container)
  scan.run()
  return { lines: scan.lines, repeated: scan.repeated }
}

/** An object that is open. */
interface Open {
  /** `holder`: the root or an entry, which may have the container; `container`: its keys are entries. */
  readonly kind: 'holder' | 'container' | 'other'
  /** Of the holder that it is, or is in; empty for the root. */
  readonly path: string
  readonly depth: number
  seen?: number
}

const OTHER: Open = { kind: 'other', path: '', depth: 0 }

class EntryScan {
  readonly lines = new Map<string, number>()
  readonly repeated: RepeatedKey[] = []
  readonly #text: string
  readonly #container: string
  readonly #open: Open[] = []
  /** What the next object will be, should one follow. */
  #next: Open = { kind: 'holder', path: '', depth: 0 }
  #line = 1
  #lineAt = 0

  constructor(text: string, container: string) {
    this.#text = text
    this.#container = container
  }

  run(): void {
    const text = this.#text
    let at = 0
    while (at < text.length) {
      switch (text.charCodeAt(at)) {
        case QUOTE:
          at = this.#string(at)
          continue
        case OPEN_BRACE:
          this.#open.push(this.#next)
          this.#next = OTHER
          break
        case OPEN_BRACKET:
          this.#open.push(OTHER)
          this.#next = OTHER
          break
        case CLOSE_BRACE:
        case CLOSE_BRACKET:
          this.#open.pop()
          this.#next = OTHER
          break
      }
      at++
    }
  }

  /** Passes over a string; should it be a key that matters, notes it. @returns where it ends */
  #string(start: number): number {
    const end = this.#endOfString(start)
    const inside = this.#open.at(-1)
    this.#next = OTHER
    if (inside === undefined || inside.kind === 'other' || !this.#isKey(end)) return end
    if (inside.kind === 'container') this.#entry(inside, start, end)
    else if (this.#keyOf(start, end) === this.#container) this.#containerOf(inside, start)
    return end
  }

  #entry(inside: Open, start: number, end: number): void {
    const key = this.#keyOf(start, end)
    const path = inside.depth === 1 ? key : inside.path + KEY_SEPARATOR + key
    const line = this.#lineOf(start)
    const known = this.lines.get(path)
    if (known !== undefined) this.repeated.push({ key: path, line: known })
    this.lines.set(path, line)
    if (inside.depth < MAX_NESTED_ENTRIES) {
      this.#next = { kind: 'holder', path, depth: inside.depth }
    }
  }

  #containerOf(holder: Open, start: number): void {
    const line = this.#lineOf(start)
    const { path, depth } = holder
    if (holder.seen !== undefined) {
      const key = depth === 0 ? this.#container : path + KEY_SEPARATOR + this.#container
      this.repeated.push({ key, line: holder.seen })
    }
    holder.seen = line
    this.#next = { kind: 'container', path, depth: depth + 1 }
  }

  #endOfString(start: number): number {
    const text = this.#text
    for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
      if (end === -1) return text.length
      let slashes = 0
      while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++
      if (slashes % 2 === 0) return end + 1
    }
  }

  #isKey(end: number): boolean {
    let at = end
    // Of white space only: space, tab, line feed and carriage return are all below 0x21.
    while (this.#text.charCodeAt(at) <= 0x20) at++
    return this.#text.charCodeAt(at) === COLON
  }

  #keyOf(start: number, end: number): string {
    const raw = this.#text.slice(start + 1, end - 1)
    return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw
  }

  #lineOf(offset: number): number {
    const text = this.#text
    for (; this.#lineAt < offset; this.#lineAt++) {
      if (text.charCodeAt(this.#lineAt) === NEWLINE) this.#line++
    }
    return this.#line
  }
}
