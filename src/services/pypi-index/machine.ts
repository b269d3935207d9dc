import { type PlainTable, stringField, tableField } from '../../formats/plain-data.ts'
import { parseToml } from '../../formats/toml.ts'
import {
  below,
  configFolder,
  envSource,
  envSources,
  homeOf,
  machineEnvironment
} from './environment.ts'
import { pipIndexes } from './pip-config.ts'
import {
  type ConfigHost,
  type IndexList,
  type IndexSource,
  type MachineFile,
  machineFile
} from './source.ts'
import { uvTable, withLogin } from './tables.ts'

/** What the machine's own configuration says about indexes: environment and files outside of the checkout. */
export interface MachineConfig {
  readonly pip: IndexList
  readonly uv: IndexList
  readonly pdm: IndexList
  /** Where Pipenv gets what the public index has. */
  readonly pipenvMirror?: IndexSource
  /** Repositories that Poetry's owner has named: they vouch for their addresses. */
  readonly poetry: readonly IndexSource[]
  readonly logins: readonly NamedLogin[]
  readonly netrc?: MachineFile
  /** The environment without what the checkout put there. */
  readonly env: ConfigHost['env']
}

/** Who we are at an index that configuration elsewhere names. */
export interface NamedLogin {
  readonly manager: 'uv' | 'poetry'
  /** As {@link loginKey} spells it. */
  readonly key: string
  readonly username: string
  readonly password: string
}

/** An index's name as variables spell it. */
export function loginKey(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, '_')
}

/**
 * Reads the machine's configuration.
 *
 * @throws ParseError `CONFIG_SYNTAX` when a file of uv, PDM or Poetry is damaged
 */
export function machineConfig(given: ConfigHost): MachineConfig {
  const env = machineEnvironment(given)
  const host = { ...given, env }
  const poetryFiles = poetryConfig(host)
  const netrc = netrcFile(host)
  const mirror = envSource(env, 'PIPENV_PYPI_MIRROR')
  return {
    pip: pipIndexes(host),
    uv: uvIndexes(host),
    pdm: pdmIndexes(host),
    ...(mirror && { pipenvMirror: mirror }),
    poetry: poetryFiles.repositories,
    logins: [...variableLogins(env), ...poetryFiles.logins],
    ...(netrc && { netrc }),
    env
  }
}

/** Where a tool keeps the user's configuration. */
function userFolder({ env, platform }: ConfigHost, tool: string): string | undefined {
  if (platform.os === 'win32') return below(env['APPDATA'], tool)
  if (platform.os === 'darwin' && tool !== 'uv') {
    return below(homeOf(env), 'Library', 'Application Support', tool)
  }
  return below(configFolder(env), tool)
}

function tomlFile(
  host: ConfigHost,
  path: string | undefined
): (MachineFile & { readonly value: PlainTable }) | undefined {
  const file = machineFile(host, path)
  if (!file) return undefined
  const { value } = parseToml(file, { code: 'CONFIG_SYNTAX', remedy: 'Correct the file' })
  return { ...file, value }
}

/** @see https://docs.astral.sh/uv/concepts/configuration-files/ */
function uvIndexes(host: ConfigHost): IndexList {
  const { env } = host
  const paths = env['UV_CONFIG_FILE'] ?? below(userFolder(host, 'uv'), 'uv.toml')
  const lists = [paths, '/etc/uv/uv.toml'].flatMap((path) => {
    const file = tomlFile(host, path)
    return file ? [uvTable(file.value, { own: file.own, vouches: file.own, where: file.path })] : []
  })
  const main =
    envSource(env, 'UV_DEFAULT_INDEX') ??
    envSource(env, 'UV_INDEX_URL') ??
    lists.find((list) => list.main)?.main
  const extra = [...envSources(env, 'UV_INDEX'), ...envSources(env, 'UV_EXTRA_INDEX_URL')]
  return { ...(main && { main }), extra: [...extra, ...lists.flatMap((list) => list.extra)] }
}

/** @see https://pdm-project.org/en/latest/usage/config/ */
function pdmIndexes(host: ConfigHost): IndexList {
  const { env } = host
  const file = tomlFile(host, below(userFolder(host, 'pdm'), 'config.toml'))
  const table = tableField(file?.value, 'pypi')
  const owner = { own: file?.own ?? true, vouches: file?.own ?? true, where: file?.path ?? '' }
  const inFile = withLogin(stringField(table, 'url'), table, owner)
  const fromEnv = envSource(env, 'PDM_PYPI_URL')
  const login = {
    username: env['PDM_PYPI_USERNAME'] ?? '',
    password: env['PDM_PYPI_PASSWORD'] ?? ''
  }
  const main = fromEnv ? withLogin(fromEnv.text, login, fromEnv) : inFile
  const extra = Object.keys(table).flatMap((name) => {
    const each = tableField(table, name)
    const source = withLogin(stringField(each, 'url'), each, owner)
    return source ? [{ ...source, name }] : []
  })
  return { ...(main && { main }), extra }
}

function variableLogins(env: ConfigHost['env']): readonly NamedLogin[] {
  return Object.entries(env).flatMap(([variable, password = '']) => {
    const [, uvKey] = /^UV_INDEX_(\w+)_PASSWORD$/.exec(variable) ?? []
    const [, poetryKey] = /^POETRY_HTTP_BASIC_(\w+)_PASSWORD$/.exec(variable) ?? []
    const key = uvKey ?? poetryKey
    if (key === undefined) return []
    const username = env[variable.replace(/PASSWORD$/, 'USERNAME')] ?? ''
    return [
      {
        manager: uvKey === undefined ? ('poetry' as const) : ('uv' as const),
        key,
        username,
        password
      }
    ]
  })
}

/** @see https://python-poetry.org/docs/configuration/ */
function poetryConfig(host: ConfigHost): {
  readonly repositories: readonly IndexSource[]
  readonly logins: readonly NamedLogin[]
} {
  const folder = host.env['POETRY_CONFIG_DIR'] ?? userFolder(host, 'pypoetry')
  const config = tomlFile(host, below(folder, 'config.toml'))
  const auth = tomlFile(host, below(folder, 'auth.toml'))
  const named = tableField(config?.value, 'repositories')
  const inFile = Object.keys(named).flatMap((name): readonly IndexSource[] => {
    const text = stringField(tableField(named, name), 'url')
    const own = config?.own ?? false
    return text === undefined ? [] : [{ text, name, own, vouches: own, where: config?.path ?? '' }]
  })
  const inEnv = Object.keys(host.env).flatMap((variable) => {
    const name = /^POETRY_REPOSITORIES_(\w+)_URL$/.exec(variable)?.[1]
    const source = name === undefined ? undefined : envSource(host.env, variable)
    return source ? [{ ...source, name }] : []
  })
  const basic = tableField(auth?.own === true ? auth.value : {}, 'http-basic')
  const logins = Object.keys(basic).map((name): NamedLogin => {
    const login = tableField(basic, name)
    return {
      manager: 'poetry',
      key: loginKey(name),
      username: stringField(login, 'username') ?? '',
      password: stringField(login, 'password') ?? ''
    }
  })
  return { repositories: [...inFile, ...inEnv], logins }
}

function netrcFile(host: ConfigHost): MachineFile | undefined {
  const { env } = host
  const home = homeOf(env)
  const paths = [env['NETRC'], below(home, '.netrc'), below(home, '_netrc')]
  for (const path of paths) {
    const file = machineFile(host, path)
    // What the checkout brings along may hold what it likes, but not under the user's name.
    if (file?.own === true) return file
  }
  return undefined
}
