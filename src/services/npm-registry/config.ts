import { type Addresses, addressesOf } from './addresses.ts'
import { type Credentials, credentialsOf } from './credentials.ts'
import { type ConfigHost, layersOf } from './layers.ts'

/** What npm's configuration says for the locks of one folder. */
export interface NpmConfig extends Addresses, Credentials {}

/**
 * Reads npm's configuration for each folder that is asked about, once.
 *
 * @returns a function of the folder, relative to the checkout, that throws a ParseError for a file that
 *   cannot be read
 * @see https://docs.npmjs.com/cli/v11/configuring-npm/npmrc
 */
export function npmConfigs(host: ConfigHost): (folder: string) => NpmConfig {
  const layersFor = layersOf(host)
  const told = new Set<string>()
  const log = {
    ...host.log,
    warning(message: string) {
      if (!told.has(message)) host.log.warning(message)
      told.add(message)
    }
  }
  const known = new Map<string, NpmConfig>()
  return (folder) => {
    const before = known.get(folder)
    if (before) return before
    const layers = layersFor(folder)
    const config = {
      ...addressesOf(layers, host.env),
      ...credentialsOf(layers, { ...host, log })
    }
    known.set(folder, config)
    return config
  }
}
