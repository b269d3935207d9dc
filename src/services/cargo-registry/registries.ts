import { CRATES_IO_GIT_INDEX, DEFAULT_REGISTRIES } from '../registry-defaults.ts'
import { type ConfigHost, type Layer, tablesBelow } from './layers.ts'

/** What stands for crates.io among addresses, and what configuration calls it. */
export const CRATES_IO = 'crates-io'

/** One form for one registry, however it is written. */
export function keyOf(registry: string | undefined): string {
  if (registry === undefined) return CRATES_IO
  const plain = registry.replace(/\/+$/, '')
  const isDefault = [CRATES_IO_GIT_INDEX, DEFAULT_REGISTRIES['crates.io'].replace(/\/$/, '')]
  return isDefault.includes(plain) ? CRATES_IO : plain
}

/** Addresses of `[registries.<name>]` and `CARGO_REGISTRIES_<NAME>_INDEX`, by {@link nameKey}. */
export interface Registries {
  /** What Cargo would take. */
  readonly all: ReadonlyMap<string, string>
  /** Those that the machine's owner has named. */
  readonly own: ReadonlyMap<string, string>
}

export function registriesIn(layers: readonly Layer[], env: ConfigHost['env']): Registries {
  const all = new Map<string, string>()
  const own = new Map<string, string>()
  for (const { layer, name, table } of tablesBelow(layers, 'registries')) {
    const { index } = table
    if (typeof index !== 'string') continue
    all.set(nameKey(name), keyOf(index))
    if (layer.own) own.set(nameKey(name), keyOf(index))
  }
  for (const [variable, value = ''] of Object.entries(env)) {
    const name = /^CARGO_REGISTRIES_(.+)_INDEX$/.exec(variable)?.[1]
    if (name === undefined || value === '') continue
    all.set(name, keyOf(value))
    own.set(name, keyOf(value))
  }
  return { all, own }
}

/** A registry's name as variables spell it. */
export function nameKey(name: string): string {
  return name.toUpperCase().replaceAll('-', '_')
}
