/** What a .netrc file has for one machine. */
export interface NetrcEntry {
  readonly login: string
  readonly password: string
}

/**
 * Finds the credentials for a host in a .netrc file, as the go command does: the first complete entry of
 * its name, none of `default`, and macros skipped.
 *
 * @see https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html
 */
export function netrcEntry(text: string, host: string): NetrcEntry | undefined {
  const fields: Record<'machine' | 'login' | 'password', string> = {
    machine: '',
    login: '',
    password: ''
  }
  let inMacro = false
  for (const line of text.split('\n')) {
    // A macro ends with an empty line.
    if (inMacro) {
      inMacro = line.trim() !== ''
      continue
    }
    const words = line.split(/\s+/).filter((word) => word !== '')
    for (let at = 0; at < words.length; at += 2) {
      const [key, value = ''] = words.slice(at, at + 2)
      if (key === 'default') return undefined
      if (key === 'macdef') {
        inMacro = true
        break
      }
      if (key === 'machine') Object.assign(fields, { machine: value, login: '', password: '' })
      if (key === 'login' || key === 'password') fields[key] = value
      const { machine, login, password } = fields
      if (machine === host && login !== '' && password !== '') return { login, password }
    }
  }
  return undefined
}
