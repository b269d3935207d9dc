import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { RegistryContext } from '../registry.ts'
import { parseNpmrc } from './npmrc.ts'

/** What layers are read with. */
export type ConfigHost = Pick<
  RegistryContext['host'],
  'files' | 'readMachineText' | 'env' | 'log' | 'mask'
>

/** One place that npm's configuration is read from. */
export interface Layer {
  /** For messages: a path, or `the environment`. */
  readonly source: string
  /** The machine's own: what it says of secrets is what its owner wants. Else it is the checkout's. */
  readonly own: boolean
  /** Whether the addresses in it are ones that the machine's owner has named. */
  readonly vouches: boolean
  readonly settings: ReadonlyMap<string, string>
}

/** Largest `.npmrc` that is read, in bytes. */
const MAX_NPMRC_BYTES = 1024 * 1024

/**
 * The layers that hold for locks of a folder, the strongest first, in npm's order: environment, project,
 * user, global. `.npmrc` files above the folder count too, up to the checkout's root.
 */
export function layersOf(host: ConfigHost): (folder: string) => readonly Layer[] {
  const environment = environmentLayer(host.env)
  const machine = machineLayers(host, environment.settings)
  const known = new Map<string, readonly Layer[]>()
  const projectLayers = (folder: string): readonly Layer[] => {
    const before = known.get(folder)
    if (before) return before
    const path = folder === '' ? '.npmrc' : `${folder}/.npmrc`
    const text = host.files.readText(path, MAX_NPMRC_BYTES)
    const above =
      folder === '' ? [] : projectLayers(folder.slice(0, Math.max(0, folder.lastIndexOf('/'))))
    const layers = text === undefined ? above : [projectLayer(path, text), ...above]
    known.set(folder, layers)
    return layers
  }
  return (folder) => {
    const project = projectLayers(folder)
    return [withoutEchoes(environment, project, host.env), ...project, ...machine]
  }
}

function projectLayer(source: string, text: string): Layer {
  return { source, own: false, vouches: false, settings: parseNpmrc(text) }
}

/** `npm_config_…` variables, in npm's spelling of their names. */
function environmentLayer(env: ConfigHost['env']): Layer {
  const settings = new Map<string, string>()
  for (const [name, value] of Object.entries(env)) {
    if (!/^npm_config_/i.test(name) || value === undefined || value === '') continue
    const key = name.slice('npm_config_'.length)
    const plain = key.startsWith('//') ? key : key.replace(/(?!^)_/g, '-').toLowerCase()
    settings.set(plain, value)
  }
  return { source: 'the environment', own: true, vouches: !isUnderNpm(env), settings }
}

/** Package managers hand their configuration on to what they run, a checkout's `.npmrc` included. */
function isUnderNpm(env: ConfigHost['env']): boolean {
  return ['npm_execpath', 'npm_command', 'npm_lifecycle_event'].some(
    (name) => env[name] !== undefined
  )
}

/** Under npm, an address of the environment may be the checkout's own, with secrets already filled in. */
function withoutEchoes(
  environment: Layer,
  project: readonly Layer[],
  env: ConfigHost['env']
): Layer {
  if (!isUnderNpm(env)) return environment
  const settings = [...environment.settings].filter(
    ([key]) => !project.some((layer) => layer.settings.has(key))
  )
  return { ...environment, settings: new Map(settings) }
}

function machineLayers(
  host: ConfigHost,
  environment: ReadonlyMap<string, string>
): readonly Layer[] {
  const { env } = host
  const home = env['HOME'] ?? env['USERPROFILE']
  const prefix = environment.get('prefix') ?? env['PREFIX']
  const user = environment.get('userconfig') ?? (home && join(home, '.npmrc'))
  const global = environment.get('globalconfig') ?? (prefix && join(prefix, 'etc', 'npmrc'))
  return [user, global].flatMap((path) => {
    if (path === undefined || !isAbsolute(path)) return []
    const text = host.readMachineText(path, MAX_NPMRC_BYTES)
    if (text === undefined) return []
    // A home folder in the checkout is the checkout's, whatever the environment calls it.
    const own = !isInside(host.files.root, path)
    return [{ source: path, own, vouches: own, settings: parseNpmrc(text) }]
  })
}

function isInside(root: string, path: string): boolean {
  const inside = relative(resolve(root), resolve(path))
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)
}
