/**
 * Reads pip's configuration file: sections with `key = value` or `key: value`; a line that is indented goes on
 * with the value above. Names of sections and keys in lower case, with `-` for `_`.
 *
 * @see https://pip.pypa.io/en/stable/topics/configuration/
 */
export function parsePipConf(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>()
  let section = new Map<string, string>()
  let key: string | undefined
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const plain = line.trim()
    if (plain === '' || plain.startsWith('#') || plain.startsWith(';')) continue
    if (/^\s/.test(line) && key !== undefined) {
      section.set(key, `${section.get(key) ?? ''}\n${plain}`)
      continue
    }
    const header = /^\[([^\]]*)\]/.exec(plain)?.[1]
    if (header !== undefined) {
      const name = header.trim().toLowerCase()
      section = sections.get(name) ?? new Map<string, string>()
      sections.set(name, section)
      key = undefined
      continue
    }
    const at = plain.search(/[=:]/)
    key = (at < 0 ? plain : plain.slice(0, at)).trim().toLowerCase().replaceAll('_', '-')
    section.set(key, at < 0 ? '' : plain.slice(at + 1).trim())
  }
  return sections
}
