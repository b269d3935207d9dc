import { type ConfigHost, type Layer, tablesBelow } from './layers.ts'
import { nameKey, type Registries } from './registries.ts'

/**
 * Finds the token for each registry, by `keyOf` its index.
 *
 * A checkout may hold tokens of its own in plain text, and name the registry that they are for. A token of
 * the machine goes only to a registry whose index the machine's owner has named too: else a pull request
 * could have it sent to any host. See docs/decisions/0004-credentials-of-a-checkout.md.
 *
 * @see https://doc.rust-lang.org/cargo/reference/registry-authentication.html
 */
export function tokensOf(
  layers: readonly Layer[],
  registries: Registries,
  { env, mask, warn }: Pick<ConfigHost, 'env' | 'mask'> & { warn(message: string): void }
): ReadonlyMap<string, string> {
  const tokens = new Map<string, string>()
  const give = (index: string | undefined, token: string): void => {
    // A line break in it would be a header of its own.
    if (index !== undefined && /^[\x21-\x7e][\x20-\x7e]*$/.test(token)) tokens.set(index, token)
  }
  const stated = tablesBelow(layers, 'registries')
  for (const { layer, name, table } of stated) {
    if (!layer.own && typeof table['token'] === 'string') {
      give(registries.all.get(nameKey(name)), table['token'])
    }
  }
  const own = new Map<string, string>()
  for (const { layer, name, table } of stated) {
    if (layer.own && typeof table['token'] === 'string') own.set(nameKey(name), table['token'])
  }
  for (const [variable, value = ''] of Object.entries(env)) {
    const name = /^CARGO_REGISTRIES_(.+)_TOKEN$/.exec(variable)?.[1]
    if (name !== undefined && value !== '') own.set(name, value)
  }
  for (const [name, token] of own) {
    // Hiding every occurrence of a letter or two would leave nothing of a log.
    if (token.length >= 4) mask(token)
    give(registries.own.get(name), token)
    if (!registries.own.has(name) && registries.all.has(name)) {
      warn(
        `Left out the token of the registry "${name}": a checkout does not decide where it is sent. ` +
          `If it is meant for the index that the checkout names, set CARGO_REGISTRIES_${name}_INDEX too`
      )
    }
  }
  return tokens
}
