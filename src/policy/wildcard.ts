/** Whether a text matches a pattern in which `*` stands for any text and `?` for any one character. */
export function textMatches(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text
  return sequenceMatches(Array.from(pattern), Array.from(text), (part, char) =>
    part === '*' ? 'any' : part === '?' || part === char
  )
}

/**
 * Whether a sequence matches a pattern whose parts may stand for any number of items. Goes back to the last
 * such part only, so that no pattern takes more than the product of both lengths.
 */
export function sequenceMatches(
  pattern: readonly string[],
  items: readonly string[],
  test: (part: string, item: string) => boolean | 'any'
): boolean {
  let at = 0
  let item = 0
  let star: number | undefined
  let resume = 0
  while (item < items.length) {
    const part = pattern[at]
    const outcome = part === undefined ? false : test(part, items[item] ?? '')
    if (outcome === 'any') {
      star = at++
      resume = item
    } else if (outcome) {
      at++
      item++
    } else if (star === undefined) {
      return false
    } else {
      at = star + 1
      item = ++resume
    }
  }
  while (at < pattern.length && test(pattern[at] ?? '', '') === 'any') at++
  return at === pattern.length
}
