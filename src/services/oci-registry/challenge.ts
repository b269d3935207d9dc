/** How a registry wants to know who asks. */
export interface Challenge {
  /** In lower case: `basic`, `bearer`. */
  readonly scheme: string
  /** By name in lower case. */
  readonly parameters: ReadonlyMap<string, string>
}

/** Longest header that is read, in UTF-16 units. */
const MAX_LENGTH = 8192

const TOKEN = /[\w!#$%&'*+.^`|~-]+/y
const PARAMETER = /([\w!#$%&'*+.^`|~-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/y
const GAP = /[\s,]*/y

/**
 * Reads a `WWW-Authenticate` header, which may hold several challenges.
 *
 * @returns those before the first thing that makes no sense
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1
 */
export function parseChallenges(header: string): readonly Challenge[] {
  const text = header.slice(0, MAX_LENGTH)
  const challenges: { scheme: string; parameters: Map<string, string> }[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match) at = pattern.lastIndex
    return match ?? undefined
  }
  while (at < text.length) {
    take(GAP)
    const parameter = take(PARAMETER)
    const last = challenges.at(-1)
    if (parameter && last) {
      const [, name = '', quoted, bare = ''] = parameter
      const value = quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1')
      if (!last.parameters.has(name.toLowerCase())) last.parameters.set(name.toLowerCase(), value)
      continue
    }
    const scheme = parameter ? undefined : take(TOKEN)
    if (scheme === undefined) break
    challenges.push({ scheme: scheme[0].toLowerCase(), parameters: new Map() })
  }
  return challenges
}
