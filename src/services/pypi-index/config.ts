import { posix } from 'node:path'
import type { Component } from '../../model/component.ts'
import { DEFAULT_REGISTRIES, PYPI_HOSTS } from '../registry-defaults.ts'
import { type Credentials, credentialsOf } from './credentials.ts'
import { type MachineConfig, machineConfig } from './machine.ts'
import { type ProjectConfig, projectConfig, requirementOptions } from './project.ts'
import { type ConfigHost, type IndexList, type IndexSource } from './source.ts'

/** What configuration says for one lockfile. */
export interface IndexConfig extends Credentials {
  /** The indexes that may have a component's files, in the order in which they are asked. */
  sourcesFor(component: Component): readonly IndexSource[]
  /** With which variables addresses are filled in. */
  readonly env: ConfigHost['env']
}

/** Whose configuration counts for a lock. */
type Format = 'uv' | 'poetry' | 'pdm' | 'pipenv' | 'pylock' | 'requirements'

const PUBLIC: IndexSource = {
  text: DEFAULT_REGISTRIES.PyPI,
  own: true,
  vouches: false,
  where: 'the default'
}

/**
 * Reads the configuration of Python's package managers, for each lockfile that is asked about.
 *
 * @param lockfiles of the checkout: requirements files among them are searched for options
 * @returns a function of the lockfile's path, that throws a ParseError for configuration that is damaged
 */
export function indexConfigs(
  host: ConfigHost,
  lockfiles: readonly string[]
): (lockfile: string) => IndexConfig {
  const machine = machineConfig(host)
  const optionsOf = requirementOptions(
    host,
    lockfiles.filter((path) => formatOf(path) === 'requirements')
  )
  const told = new Set<string>()
  const warn = (message: string): void => {
    if (!told.has(message)) host.log.warning(message)
    told.add(message)
  }
  const known = new Map<string, IndexConfig>()
  return (lockfile) => {
    const before = known.get(lockfile)
    if (before) return before
    const config = projectConfig(host, posix.dirname(lockfile))
    const options = formatOf(lockfile) === 'requirements' ? optionsOf(lockfile) : { extra: [] }
    const found: IndexConfig = {
      ...credentialsOf(machine, { config, options }, { mask: host.mask, warn }),
      sourcesFor: (component) => sourcesFor(component, lockfile, { machine, config, options }),
      env: machine.env
    }
    known.set(lockfile, found)
    return found
  }
}

interface Known {
  readonly machine: MachineConfig
  readonly config: ProjectConfig
  readonly options: IndexList
}

function formatOf(path: string): Format {
  const name = posix.basename(path)
  if (name === 'uv.lock' || name.endsWith('.py.lock')) return 'uv'
  if (name === 'poetry.lock') return 'poetry'
  if (name === 'pdm.lock') return 'pdm'
  if (name === 'Pipfile.lock') return 'pipenv'
  return /^pylock\.(?:[^.]+\.)?toml$/.test(name) ? 'pylock' : 'requirements'
}

function sourcesFor({ origin }: Component, lockfile: string, known: Known): readonly IndexSource[] {
  const url = origin.kind === 'registry' ? origin.url : undefined
  const named = url === undefined ? [] : [lockedSource(url, lockfile, known.machine)]
  const format = formatOf(lockfile)
  switch (format) {
    case 'requirements':
      return unique([...pipSources(known), ...named])
    case 'pdm':
      return unique([...listed(pdmList(known)), ...named])
    case 'pylock':
      return named.length > 0 ? named : pipSources(known)
    case 'pipenv':
      return named.length > 0 ? named : [known.config.pipenv[0] ?? PUBLIC]
    case 'uv':
    case 'poetry':
      return named.length > 0 ? named : [PUBLIC]
    default:
      return [PUBLIC]
  }
}

/** An index that the lock names: the public one by any of its names, or Pipenv's mirror of it. */
function lockedSource(url: string, where: string, { pipenvMirror }: MachineConfig): IndexSource {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const isPublic = parsed !== undefined && PYPI_HOSTS.includes(parsed.hostname)
  if (!isPublic || !/^\/simple\/?$/.test(parsed.pathname)) {
    return { text: url, own: false, vouches: false, where }
  }
  return formatOf(where) === 'pipenv' && pipenvMirror ? pipenvMirror : PUBLIC
}

/** pip's own, and uv's where it installs requirements. What a requirements file says of the main index counts most. */
function pipSources({ machine, config, options }: Known): readonly IndexSource[] {
  const main = [options.main, machine.pip.main, machine.uv.main, config.uv.main, PUBLIC].find(
    Boolean
  )
  const extra = [...options.extra, ...machine.pip.extra, ...machine.uv.extra, ...config.uv.extra]
  if (options.isClosed === true || (machine.pip.isClosed === true && !options.main)) {
    return extra.filter(({ isFlat }) => isFlat === true)
  }
  return main ? [main, ...extra] : extra
}

function pdmList({ machine, config }: Known): IndexList {
  const main = config.pdm.main ?? machine.pdm.main
  return { ...(main && { main }), extra: [...config.pdm.extra, ...machine.pdm.extra] }
}

function listed({ main = PUBLIC, extra }: IndexList): readonly IndexSource[] {
  return [main, ...extra]
}

function unique(sources: readonly IndexSource[]): readonly IndexSource[] {
  const seen = new Set<string>()
  return sources.filter(({ text }) => {
    const key = text.replace(/\/+$/, '')
    return !seen.has(key) && seen.add(key)
  })
}
