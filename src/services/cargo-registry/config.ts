import { ServiceError } from '../../model/errors.ts'
import { withoutSecrets } from '../../model/url.ts'
import { DEFAULT_REGISTRIES } from '../registry-defaults.ts'
import { type ConfigHost, type Layer, layersOf } from './layers.ts'
import { CRATES_IO, keyOf, registriesIn } from './registries.ts'
import { replaced, sourcesIn } from './replacement.ts'
import { tokensOf } from './tokens.ts'

/** The index of a registry, over HTTP. */
export interface Index {
  /** Ends with `/`. */
  readonly url: string
  /** Value of the `Authorization` header, for the index's origin only. */
  readonly authorization?: string
}

/** What Cargo's configuration says for the locks of one folder. */
export interface CargoConfig {
  /**
   * The index to ask for packages of a registry.
   *
   * @param registry as the lock names it; nothing for crates.io
   * @throws ServiceError when it is one that cannot be asked
   * @throws ParseError `CONFIG_SYNTAX` when it is replaced by something that is nowhere defined
   */
  indexOf(registry: string | undefined): Index
}

/**
 * Reads Cargo's configuration for each folder that is asked about, once.
 *
 * @returns a function of the folder, relative to the checkout, that throws a ParseError for a file that
 *   cannot be read
 */
export function cargoConfigs(host: ConfigHost): (folder: string) => CargoConfig {
  const layersFor = layersOf(host)
  const told = new Set<string>()
  const warn = (message: string): void => {
    if (!told.has(message)) host.log.warning(message)
    told.add(message)
  }
  const known = new Map<readonly Layer[], CargoConfig>()
  return (folder) => {
    const layers = layersFor(folder)
    const config = known.get(layers) ?? configOf(layers, { ...host, warn })
    known.set(layers, config)
    return config
  }
}

function configOf(
  layers: readonly Layer[],
  host: Pick<ConfigHost, 'env' | 'mask'> & { warn(message: string): void }
): CargoConfig {
  const sources = sourcesIn(layers)
  const registries = registriesIn(layers, host.env)
  const tokens = tokensOf(layers, registries, host)
  return {
    indexOf(registry) {
      const address = replaced(keyOf(registry), sources, registries)
      const url = address === CRATES_IO ? DEFAULT_REGISTRIES['crates.io'] : address
      if (!url.startsWith('sparse+')) throw notSparse(url)
      const place = url.slice('sparse+'.length)
      if (!/^https?:/.test(place) || !URL.canParse(place)) throw notSparse(url)
      const authorization = tokens.get(address)
      const { origin, pathname } = new URL(place)
      return {
        url: `${origin}${pathname}${pathname.endsWith('/') ? '' : '/'}`,
        ...(authorization !== undefined && { authorization })
      }
    }
  }
}

function notSparse(url: string): ServiceError {
  const place = withoutSecrets(url)
  return new ServiceError({
    code: 'SERVICE_UNREACHABLE',
    message: `Cannot ask "${place}": found an index that is a git repository, expected a sparse one`,
    reason: 'its index is a git repository, which is not cloned',
    url: place,
    remedy:
      'Use the sparse index of the registry, if it has one: `index = "sparse+https://…/"` under `[registries.<name>]`, then `cargo update`'
  })
}
