/** A text whose lines can be found again after a parser that keeps no positions. */
export interface TextLines {
  /** 1-based line of an offset, in logarithmic time. */
  lineAt(offset: number): number
  /** Searches from the start of line `from` up to the start of line `to`, or the end of the text. */
  finder(from: number, to?: number): LineFinder
}

/**
 * Finds strings in a stretch of text. Every search goes on from the last find, which is right for all that is
 * asked for in the order of the text; a miss starts again at the top, but not often: no input makes this
 * quadratic.
 */
export interface LineFinder {
  /** 1-based line of the next occurrence; nothing when there is none, or too many searches missed. */
  lineOf(needle: string): number | undefined
}

/** How often a search may start again at the top of its stretch. */
const MAX_TOPS = 8

/** Indexes the lines of a text once, when the first line is asked for. */
export function textLines(text: string): TextLines {
  let known: Uint32Array | undefined
  const starts = (): Uint32Array => (known ??= lineStartsOf(text))
  const lineAt = (offset: number): number => lineIn(starts(), offset)
  return {
    lineAt,
    finder(from, to) {
      const base = starts()[from - 1] ?? text.length
      const end = to === undefined ? text.length : (starts()[to - 1] ?? text.length)
      let stretch: string | undefined
      let cursor = 0
      let tops = MAX_TOPS
      return {
        lineOf(needle) {
          stretch ??= text.slice(base, end)
          if (needle === '' || tops < 0) return undefined
          let at = stretch.indexOf(needle, cursor)
          if (at < 0 && tops-- > 0) at = stretch.indexOf(needle)
          if (at < 0) return undefined
          cursor = at
          return lineAt(base + at)
        }
      }
    }
  }
}

function lineStartsOf(text: string): Uint32Array {
  let count = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  const starts = new Uint32Array(count)
  let line = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
    starts[++line] = at + 1
  return starts
}

function lineIn(starts: Uint32Array, offset: number): number {
  let low = 0
  let high = starts.length
  while (low + 1 < high) {
    const middle = (low + high) >>> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle
  }
  return low + 1
}
