/**
 * Whether a module path matches a list such as GOPRIVATE: globs separated by commas, each for as many
 * elements from the path's start as it has itself. A malformed glob matches nothing.
 *
 * @see https://pkg.go.dev/golang.org/x/mod/module#MatchPrefixPatterns
 */
export function matchesGoPatterns(patterns: string, path: string): boolean {
  const elements = path.split('/')
  return patterns.split(',').some((pattern) => {
    const globs = pattern.replace(/\/$/, '').split('/')
    if (globs.join('') === '' || globs.length > elements.length) return false
    return globs.every((glob, at) => matchesGlob(glob, elements[at] ?? ''))
  })
}

/** One step of a glob: what a single character may be, or any number of any. */
type Step = 'any' | ((char: string) => boolean)

/**
 * Whether one path element matches a glob of `*`, `?`, `[a-z]`, `[^a]` and `\x`.
 *
 * @see https://pkg.go.dev/path#Match
 */
function matchesGlob(glob: string, element: string): boolean {
  const steps = stepsOf(glob)
  if (steps === undefined) return false
  const chars = Array.from(element)
  let [step, char] = [0, 0]
  // Where to go on after the last `*`, should what follows it not fit: it takes one character more then.
  let retry: { readonly step: number; char: number } | undefined
  while (char < chars.length) {
    const next = steps[step]
    if (next === 'any') {
      retry = { step: step + 1, char }
      step += 1
    } else if (next?.(chars[char] ?? '') === true) {
      step += 1
      char += 1
    } else if (retry) {
      retry.char += 1
      ;({ step, char } = retry)
    } else {
      return false
    }
  }
  return steps.slice(step).every((rest) => rest === 'any')
}

/** @returns nothing when the glob is malformed */
function stepsOf(glob: string): readonly Step[] | undefined {
  const steps: Step[] = []
  const token = /\*|\?|\[(\^?)((?:\\.|[^\]\\])+)\]|\\(.)|([^*?[\\])/suy
  while (token.lastIndex < glob.length) {
    const match = token.exec(glob)
    if (!match) return undefined
    const [text, caret, ranges, escaped, plain] = match
    if (text === '*') steps.push('any')
    else if (text === '?') steps.push(() => true)
    else if (ranges === undefined) steps.push((char) => char === (escaped ?? plain))
    else {
      const within = rangesOf(ranges)
      if (!within) return undefined
      steps.push((char) => within(char) !== (caret === '^'))
    }
  }
  return steps
}

/** `a-z\-x`: characters and ranges of them. */
function rangesOf(text: string): ((char: string) => boolean) | undefined {
  const ranges: (readonly [string, string])[] = []
  const range = /(?:\\(.)|([^\\-]))(?:-(?:\\(.)|([^\\-])))?/suy
  while (range.lastIndex < text.length) {
    const match = range.exec(text)
    if (!match) return undefined
    const low = match[1] ?? match[2] ?? ''
    ranges.push([low, match[3] ?? match[4] ?? low])
  }
  return (char) => ranges.some(([low, high]) => low <= char && char <= high)
}
