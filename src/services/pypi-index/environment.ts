import { join } from 'node:path'
import { type ConfigHost, type IndexSource, MAX_CONFIG_BYTES } from './source.ts'

/**
 * The environment without what the checkout put there: Pipenv loads the project's `.env` into what it runs.
 *
 * @see https://pipenv.pypa.io/en/latest/shell.html
 */
export function machineEnvironment({ env, files }: ConfigHost): ConfigHost['env'] {
  if (env['PIPENV_ACTIVE'] === undefined) return env
  const text = files.readText('.env', MAX_CONFIG_BYTES) ?? ''
  const loaded = new Set(
    [...text.matchAll(/^\s*(?:export\s+)?(\w+)\s*=/gm)].map(([, name]) => name)
  )
  return Object.fromEntries(Object.entries(env).filter(([name]) => !loaded.has(name)))
}

/** The first of {@link envSources}. */
export function envSource(env: ConfigHost['env'], variable: string): IndexSource | undefined {
  return envSources(env, variable)[0]
}

/** Indexes in a variable of the environment: one or several, separated by white space; `name=url` where the manager takes names. */
export function envSources(env: ConfigHost['env'], variable: string): readonly IndexSource[] {
  const words = (env[variable] ?? '').split(/\s+/).filter((word) => word !== '')
  return words.map((word) => {
    const [, name, url = word] = /^([\w.-]+)=(.+)$/.exec(word) ?? []
    return { text: url, name, own: true, vouches: true, where: variable }
  })
}

/** The user's home. */
export function homeOf(env: ConfigHost['env']): string | undefined {
  return env['HOME'] ?? env['USERPROFILE']
}

/** Where most tools keep the user's configuration. */
export function configFolder(env: ConfigHost['env']): string | undefined {
  return env['XDG_CONFIG_HOME'] ?? below(homeOf(env), '.config')
}

/** A path below a folder; nothing without the folder. */
export function below(folder: string | undefined, ...names: readonly string[]): string | undefined {
  return folder === undefined || folder === '' ? undefined : join(folder, ...names)
}
