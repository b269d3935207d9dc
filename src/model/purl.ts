declare const brand: unique symbol

/** A canonical package URL: type lowercase, name percent-encoded, qualifiers sorted by key. */
export type Purl = string & { readonly [brand]: 'Purl' }

/**
 * Builds the canonical package URL of a package.
 *
 * @param type purl type: `npm`, `pypi`, `cargo`, `golang`
 * @param name canonical name of that type (lower case where the type asks for it); everything
 *   before the last `/` is the namespace
 * @param qualifiers empty values are left out
 * @see https://github.com/package-url/purl-spec
 */
export function purlOf(
  type: string,
  name: string,
  version: string,
  qualifiers: Readonly<Record<string, string>> = {}
): Purl {
  const path = name.split('/').map(encode).join('/')
  const query = Object.entries(qualifiers)
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${encode(value)}`)
    .join('&')
  const at = version === '' ? '' : `@${encode(version)}`
  return `pkg:${type}/${path}${at}${query === '' ? '' : `?${query}`}` as Purl
}

/** Everything but `A-Za-z0-9.-_~:` is escaped; `encodeURIComponent` alone leaves `!'()*`. */
function encode(text: string): string {
  if (/^[\w.~:-]*$/.test(text)) return text
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%3A', ':')
}
