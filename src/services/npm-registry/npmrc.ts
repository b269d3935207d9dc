/**
 * Reads an `.npmrc`: `key = value` lines, comments with `;` or `#`, quotes, escapes. Of equal keys the last
 * counts. Sections and lists have no meaning for registries and are passed over.
 *
 * @see https://docs.npmjs.com/cli/v11/configuring-npm/npmrc
 */
export function parseNpmrc(text: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>()
  for (const line of text.replace(/^\uFEFF/, '').split(/[\r\n]+/)) {
    const plain = line.trim()
    if (plain.startsWith('[')) break
    if (plain === '' || plain.startsWith(';') || plain.startsWith('#')) continue
    const equals = plain.indexOf('=')
    const key = unquoted(equals === -1 ? plain : plain.slice(0, equals))
    settings.set(key, equals === -1 ? 'true' : unquoted(plain.slice(equals + 1)))
  }
  return settings
}

/** The value of one side: a quoted text as it is, else up to a comment, with `\;`, `\#` and `\\` undone. */
function unquoted(side: string): string {
  const text = side.trim()
  if (text.length > 1 && text.startsWith("'") && text.endsWith("'")) return text.slice(1, -1)
  if (text.length > 1 && text.startsWith('"') && text.endsWith('"')) return parsed(text)
  const comment = /(?<!\\)(?:\\\\)*[;#]/.exec(text)
  const end = comment === null ? text.length : comment.index + comment[0].length - 1
  return text
    .slice(0, end)
    .replace(/\\([\\;#])/g, '$1')
    .trim()
}

function parsed(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted
  }
}

/** A text with its variables replaced. */
export interface Expanded {
  readonly text: string
  /** Names of the variables that went into it. */
  readonly variables: readonly string[]
  /** Names of those that are not set and have no default: they stand in the text as they were. */
  readonly missing: readonly string[]
}

/**
 * Replaces `${NAME}`; `${NAME?}` is empty when it is not set, `${NAME-text}` is the text then, and
 * `${NAME:-text}` also when it is empty. A backslash before it keeps it as it is.
 */
export function expandVariables(
  text: string,
  env: Readonly<Record<string, string | undefined>>
): Expanded {
  const variables: string[] = []
  const missing: string[] = []
  const replaced = text.replace(
    /(?<!\\)(\\*)\$\{([^${}]+)\}/g,
    (whole, slashes: string, inner: string) => {
      if (slashes.length % 2 === 1) return whole.slice((slashes.length + 1) / 2)
      const [, name = inner, form = '', fallback = ''] =
        /^([^?:-]+)(\?$|:?-)?(.*)$/s.exec(inner) ?? []
      const value = Object.hasOwn(env, name) ? env[name] : undefined
      variables.push(name)
      const kept = slashes.slice(slashes.length / 2)
      if (value !== undefined && !(value === '' && form === ':-')) return kept + value
      if (form !== '') return kept + fallback
      missing.push(name)
      return kept + `\${${inner}}`
    }
  )
  return { text: replaced, variables, missing }
}
