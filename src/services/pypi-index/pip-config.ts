import { parsePipConf } from '../../formats/pip-conf.ts'
import { below, configFolder, envSource, envSources, homeOf } from './environment.ts'
import { type ConfigHost, type IndexList, type IndexSource, machineFile } from './source.ts'

/**
 * Reads the indexes of pip's configuration.
 *
 * @see https://pip.pypa.io/en/stable/topics/configuration/#precedence-override-order
 */
export function pipIndexes(host: ConfigHost): IndexList {
  const { env } = host
  const files = pipFiles(host).flatMap((path) => machineFile(host, path) ?? [])
  let main: IndexSource | undefined
  let extra: readonly IndexSource[] = []
  let links: readonly IndexSource[] = []
  let isClosed = false
  for (const { path, text, own } of files) {
    const sections = parsePipConf(text)
    for (const section of ['global', 'install']) {
      const read = (key: string): readonly IndexSource[] | undefined =>
        sections
          .get(section)
          ?.get(key)
          ?.split(/\s+/)
          .filter((word) => word !== '')
          .map((word) => ({ text: word, own, vouches: own, where: path }))
      main = read('index-url')?.[0] ?? main
      extra = read('extra-index-url') ?? extra
      links = read('find-links') ?? links
      const closed = sections.get(section)?.get('no-index')
      if (closed !== undefined) isClosed = isTrue(closed)
    }
  }
  if (env['PIP_NO_INDEX'] !== undefined) isClosed = isTrue(env['PIP_NO_INDEX'])
  const found = { main: envSource(env, 'PIP_INDEX_URL') ?? main }
  const more = envSources(env, 'PIP_EXTRA_INDEX_URL')
  const pages = envSources(env, 'PIP_FIND_LINKS')
  return {
    ...(found.main && { main: found.main }),
    extra: [...(more.length > 0 ? more : extra), ...linkPages(pages.length > 0 ? pages : links)],
    isClosed
  }
}

function isTrue(text: string): boolean {
  return /^(?:1|y|yes|t|true|on)$/i.test(text.trim())
}

/** Folders of wheels on this machine's disk are no index that anybody else could ask. */
export function linkPages(sources: readonly IndexSource[]): readonly IndexSource[] {
  return sources
    .filter(({ text }) => /^https?:/i.test(text))
    .map((source) => ({ ...source, isFlat: true }))
}

/** From the weakest to the strongest. */
function pipFiles({ env, platform }: ConfigHost): readonly (string | undefined)[] {
  const given = env['PIP_CONFIG_FILE']
  if (given === '/dev/null' || given?.toLowerCase() === 'nul') return []
  const venv = env['VIRTUAL_ENV']
  const home = homeOf(env)
  if (platform.os === 'win32') {
    return [
      below(env['ProgramData'], 'pip', 'pip.ini'),
      below(home, 'pip', 'pip.ini'),
      below(env['APPDATA'], 'pip', 'pip.ini'),
      below(venv, 'pip.ini'),
      given
    ]
  }
  const isMac = platform.os === 'darwin'
  const shared = (env['XDG_CONFIG_DIRS'] ?? '/etc/xdg').split(':').toReversed()
  return [
    ...(isMac
      ? ['/Library/Application Support/pip/pip.conf']
      : shared.map((at) => below(at, 'pip', 'pip.conf'))),
    '/etc/pip.conf',
    below(home, '.pip', 'pip.conf'),
    below(configFolder(env), 'pip', 'pip.conf'),
    isMac ? below(home, 'Library', 'Application Support', 'pip', 'pip.conf') : undefined,
    below(venv, 'pip.conf'),
    given
  ]
}
