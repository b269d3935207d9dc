import { ServiceError } from '../../model/errors.ts'
import { withoutSecrets } from '../../model/url.ts'
import { DEFAULT_REGISTRIES } from '../registry-defaults.ts'
import type { ConfigHost, Layer } from './layers.ts'
import { expandVariables } from './npmrc.ts'

/** Where packages are asked for. */
export interface Addresses {
  /**
   * The registry of a package: of its scope, else the default one. Ends with `/`.
   *
   * @throws ServiceError `SERVICE_UNREACHABLE` when the configuration names none that may be asked
   */
  registryOf(packageName: string): URL
  /**
   * Where a locked address is served: npm takes the public registry in a lock for "the configured one".
   *
   * @throws ServiceError as {@link registryOf}
   * @see https://docs.npmjs.com/cli/v11/using-npm/config#replace-registry-host
   */
  servedFrom(locked: URL): URL
}

/** Reads the registries and `replace-registry-host` out of the layers. */
export function addressesOf(layers: readonly Layer[], env: ConfigHost['env']): Addresses {
  const registryAt = (key: string): URL | undefined => {
    const layer = layers.find(({ settings }) => (settings.get(key) ?? '') !== '')
    const url = layer && addressIn(layer, key, env)
    if (url) [url.username, url.password] = ['', '']
    return url
  }
  const standard = (): URL => registryAt('registry') ?? new URL(DEFAULT_REGISTRIES.npm)
  return {
    registryOf(packageName) {
      const scope = packageName.startsWith('@') ? packageName.split('/', 1)[0] : undefined
      if (scope === undefined) return standard()
      const key = `${scope}:registry`
      // Variables of the environment come in lower case.
      return registryAt(key) ?? registryAt(key.toLowerCase()) ?? standard()
    },
    servedFrom: (locked) => servedFrom(locked, replacement(layers), standard)
  }
}

/**
 * Reads one registry's address, with the credentials that stand in it.
 *
 * @throws ServiceError `SERVICE_UNREACHABLE` when it may not be asked
 */
export function addressIn(layer: Layer, key: string, env: ConfigHost['env']): URL {
  const value = layer.settings.get(key) ?? ''
  const { text, variables, missing } = expandVariables(value, env)
  if (variables.length > 0 && !layer.own) {
    throw unusable(layer, key, {
      reason: 'the checkout asks for an address with variables of the environment in it',
      remedy: `Name the registry on the machine: \`${key}=…\` in the user's .npmrc, or the variable \`npm_config_${key}\``
    })
  }
  if (missing.length > 0) {
    const names = missing.map((name) => `\`${name}\``).join(', ')
    throw unusable(layer, key, {
      reason: `its address needs ${names}, not set`,
      remedy: `Set ${names} in the environment`
    })
  }
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const reason = `"${withoutSecrets(text).slice(0, 100)}" is no http or https address`
    throw unusable(layer, key, { reason, remedy: 'Correct the address' })
  }
  url.search = ''
  url.hash = ''
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}

/** A registry that is configured and cannot be asked: never to be mistaken for the default one. */
function unusable(
  { source }: Layer,
  key: string,
  { reason, remedy }: { readonly reason: string; readonly remedy: string }
): ServiceError {
  const message = `Cannot ask the registry that "${key}" of "${source}" names: ${reason}`
  return new ServiceError({ code: 'SERVICE_UNREACHABLE', message, remedy, reason })
}

/** Value of `replace-registry-host`; a checkout's variables are left as they stand. */
function replacement(layers: readonly Layer[]): string {
  const key = 'replace-registry-host'
  const value = layers.find(({ settings }) => settings.has(key))?.settings.get(key) ?? 'npmjs'
  return value === 'npmjs' ? new URL(DEFAULT_REGISTRIES.npm).hostname : value
}

function servedFrom(locked: URL, replaced: string, standard: () => URL): URL {
  const prefix = URL.canParse(replaced) ? new URL(replaced) : undefined
  const prefixPath = prefix?.pathname.replace(/\/$/, '') ?? ''
  const host = prefix?.hostname ?? replaced
  if (replaced !== 'always' && host !== locked.hostname) return locked
  if (!isBelow(locked.pathname, prefixPath)) return locked
  const registry = standard()
  const path = registry.pathname.replace(/\/$/, '')
  const served = new URL(locked)
  served.protocol = registry.protocol
  served.host = registry.host
  // Without a port in the new host, the old one would stay.
  served.port = registry.port
  if (prefixPath !== '') served.pathname = path + locked.pathname.slice(prefixPath.length)
  else if (!isBelow(locked.pathname, path)) served.pathname = path + locked.pathname
  return served
}

function isBelow(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`)
}
