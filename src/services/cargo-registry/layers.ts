import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { parseToml, tableOf, type TomlTable } from '../../formats/toml.ts'
import type { RegistryContext } from '../registry.ts'

/** What configuration is read with. */
export type ConfigHost = Pick<
  RegistryContext['host'],
  'files' | 'readMachineText' | 'env' | 'log' | 'mask'
>

/** One file of Cargo's configuration. */
export interface Layer {
  /** Path, for messages. */
  readonly source: string
  /** The machine's own: what it says of secrets is what its owner wants. Else it is the checkout's. */
  readonly own: boolean
  readonly value: TomlTable
}

/** Largest configuration file that is read, in bytes. */
const MAX_CONFIG_BYTES = 1024 * 1024

const REMEDY = 'Correct the file; `cargo config get` names the fault too'

/**
 * The configuration that holds for locks of a folder, the strongest first: `.cargo/config.toml` of the
 * folder and of those above it up to the checkout's root, then that of Cargo's home. Folders above the
 * checkout do not count, for nobody knows whose they are.
 *
 * @returns a function of the folder, relative to the checkout
 * @throws ParseError `CONFIG_SYNTAX`
 * @see https://doc.rust-lang.org/cargo/reference/config.html#hierarchical-structure
 */
export function layersOf(host: ConfigHost): (folder: string) => readonly Layer[] {
  const machine = machineLayers(host)
  const known = new Map<string, readonly Layer[]>()
  const layersFor = (folder: string): readonly Layer[] => {
    const before = known.get(folder)
    if (before) return before
    const above =
      folder === '' ? machine : layersFor(folder.slice(0, Math.max(0, folder.lastIndexOf('/'))))
    const layer = projectLayer(host, folder)
    const layers = layer ? [layer, ...above] : above
    known.set(folder, layers)
    return layers
  }
  return layersFor
}

function projectLayer({ files }: ConfigHost, folder: string): Layer | undefined {
  // Of both names, Cargo takes the one without an extension.
  for (const name of ['.cargo/config', '.cargo/config.toml']) {
    const path = folder === '' ? name : `${folder}/${name}`
    const text = files.readText(path, MAX_CONFIG_BYTES)
    if (text !== undefined) return layerOf(path, text, { own: false })
  }
  return undefined
}

/** Cargo's home: credentials first, which win over what the configuration says of them. */
function machineLayers({ env, files, readMachineText }: ConfigHost): readonly Layer[] {
  const user = env['HOME'] ?? env['USERPROFILE']
  const home = env['CARGO_HOME'] ?? (user && join(user, '.cargo'))
  if (home === undefined || !isAbsolute(home)) return []
  // A home folder in the checkout is the checkout's, whatever the environment calls it.
  const own = !isInside(files.root, home)
  const read = (names: readonly string[]): readonly Layer[] => {
    for (const name of names) {
      const path = join(home, name)
      const text = readMachineText(path, MAX_CONFIG_BYTES)
      if (text !== undefined) return [layerOf(path, text, { own })]
    }
    return []
  }
  return [...read(['credentials', 'credentials.toml']), ...read(['config', 'config.toml'])]
}

function layerOf(path: string, text: string, { own }: { readonly own: boolean }): Layer {
  const { value } = parseToml({ path, text }, { code: 'CONFIG_SYNTAX', remedy: REMEDY })
  return { source: path, own, value }
}

function isInside(root: string, path: string): boolean {
  const inside = relative(resolve(root), resolve(path))
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)
}

/** One table below a key of a layer, such as `[registries.internal]`. */
interface NamedTable {
  readonly layer: Layer
  readonly name: string
  readonly table: TomlTable
}

/** All tables below a key, those of the weakest layer first: what comes later is laid over what was before. */
export function tablesBelow(layers: readonly Layer[], key: string): readonly NamedTable[] {
  return layers.toReversed().flatMap((layer) =>
    Object.entries(tableOf(layer.value[key]) ?? {}).flatMap(([name, value]) => {
      const table = tableOf(value)
      return table ? [{ layer, name, table }] : []
    })
  )
}
