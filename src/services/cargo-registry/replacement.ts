import { ParseError } from '../../model/errors.ts'
import { type Layer, tablesBelow } from './layers.ts'
import { CRATES_IO, keyOf, nameKey, type Registries } from './registries.ts'

/** A `[source.<name>]`, with what all layers say of it. */
export interface Source {
  readonly registry?: string
  readonly replaceWith?: string
  /** File that says `replace-with`. */
  readonly saidIn: string
  /** Kept on disk: `directory`, `local-registry`. */
  readonly onDisk: boolean
}

/** All sources that are configured, by name. */
export function sourcesIn(layers: readonly Layer[]): ReadonlyMap<string, Source> {
  const sources = new Map<string, Source>()
  for (const { layer, name, table } of tablesBelow(layers, 'source')) {
    const { registry, directory, 'replace-with': replaceWith } = table
    const before = sources.get(name)
    const onDisk = directory !== undefined || table['local-registry'] !== undefined
    sources.set(name, {
      saidIn: layer.source,
      ...before,
      ...(typeof registry === 'string' && { registry }),
      ...(typeof replaceWith === 'string' && { replaceWith, saidIn: layer.source }),
      onDisk: onDisk || before?.onDisk === true
    })
  }
  return sources
}

/**
 * Follows `replace-with` from registry to registry.
 *
 * @param address {@link keyOf} a registry
 * @returns the same of the one to ask
 * @throws ParseError `CONFIG_SYNTAX` when one is replaced by something that is nowhere defined
 * @see https://doc.rust-lang.org/cargo/reference/source-replacement.html
 */
export function replaced(
  address: string,
  sources: ReadonlyMap<string, Source>,
  registries: Registries
): string {
  const isDefinition = ([name, source]: readonly [string, Source]): boolean =>
    name === address || (source.registry !== undefined && keyOf(source.registry) === address)
  const start = [...sources]
    .filter(isDefinition)
    .find(([, { replaceWith }]) => replaceWith !== undefined)
  let current = start?.[1]
  let found = address
  const passed = new Set<Source>()
  while (current?.replaceWith !== undefined) {
    const { replaceWith, saidIn } = current
    if (passed.has(current)) throw misconfigured(saidIn, replaceWith, 'replaced by itself')
    passed.add(current)
    current = sources.get(replaceWith)
    // Copies on disk come without a server: whoever made them asked the registry that they replace.
    if (current?.onDisk) return found
    const next = current?.registry ?? registries.all.get(nameKey(replaceWith))
    if (next === undefined && replaceWith !== CRATES_IO) {
      throw misconfigured(saidIn, replaceWith, 'nowhere defined as a registry')
    }
    found = keyOf(next)
  }
  return found
}

function misconfigured(path: string, name: string, what: string): ParseError {
  return new ParseError({
    code: 'CONFIG_SYNTAX',
    message: `Cannot read "${path}": replace-with names the source "${name}", which is ${what}`,
    remedy: `Define [source.${name}] with \`registry = "sparse+https://…"\`, or remove replace-with`
  })
}
