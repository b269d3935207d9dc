import { HASH_BYTES, type ReadTile, TILE_WIDTH, tilePath } from '../../formats/merkle-tiles.ts'
import { ServiceError } from '../../model/errors.ts'
import type { RegistryContext } from '../registry.ts'
import { walkProxies } from './proxies.ts'
import type { GoChecksumDatabase, GoProxyEntry } from './settings.ts'

/** Serves what a checksum database consists of. */
export interface DatabaseServer {
  /** Absolute URL of a path of the database, without credentials. */
  urlOf(path: string): Promise<string>
  /**
   * @returns nothing when there is no such document
   * @throws ServiceError when it could not be had
   */
  text(path: string): Promise<string | undefined>
  /** Each tile is fetched once in a run, unless more of its hashes are wanted later. */
  readonly tile: ReadTile
}

type Context = Pick<RegistryContext, 'host' | 'signal'>

/** Largest answer to a lookup, in bytes: real ones have a few hundred. */
const MAX_LOOKUP_BYTES = 256 * 1024

interface Base {
  readonly url: string
  readonly authorization?: string
}

/** A tile, as far as it was fetched. */
interface KnownTile {
  readonly width: number
  readonly bytes: Promise<Uint8Array>
}

export function databaseServer(
  context: Context,
  database: GoChecksumDatabase,
  proxies: readonly GoProxyEntry[]
): DatabaseServer {
  let base: Promise<Base> | undefined
  const baseOf = (): Promise<Base> => (base ??= findBase(context, database, proxies))
  const fetched = async (path: string, maxBytes: number): Promise<Uint8Array | undefined> => {
    const { url, authorization } = await baseOf()
    const { status, body } = await context.host.http.fetch({
      url: `${url}/${path}`,
      maxBytes,
      signal: context.signal,
      ...(authorization !== undefined && { authorization })
    })
    return status < 300 ? body : undefined
  }
  const tiles = new Map<string, KnownTile>()
  return {
    urlOf: async (path) => `${(await baseOf()).url}/${path}`,
    async text(path) {
      const body = await fetched(path, MAX_LOOKUP_BYTES)
      return body && Buffer.from(body).toString('utf8')
    },
    async tile(level, index, width) {
      const key = tilePath(level, index, TILE_WIDTH)
      const known = tiles.get(key)
      const bytes =
        known && known.width >= width ? known.bytes : fetchTile(fetched, level, index, width)
      if (bytes !== known?.bytes) tiles.set(key, { width, bytes })
      return (await bytes).subarray(0, width * HASH_BYTES)
    }
  }
}

/**
 * A partial tile may be gone once the full one is there: its beginning is the same.
 *
 * @throws ServiceError when neither is served, or not as many bytes as it has
 */
async function fetchTile(
  fetched: (path: string, maxBytes: number) => Promise<Uint8Array | undefined>,
  ...[level, index, width]: Parameters<ReadTile>
): Promise<Uint8Array> {
  for (const attempt of new Set([width, TILE_WIDTH])) {
    const path = `tile/8/${tilePath(level, index, attempt)}`
    const bytes = await fetched(path, attempt * HASH_BYTES)
    if (bytes?.length === attempt * HASH_BYTES) return bytes
    if (bytes)
      throw tileError(path, `found ${bytes.length} bytes, expected ${attempt * HASH_BYTES}`)
  }
  throw tileError(`tile/8/${tilePath(level, index, width)}`, 'there is none')
}

function tileError(path: string, reason: string): ServiceError {
  return new ServiceError({
    code: 'SERVICE_RESPONSE_INVALID',
    message: `Cannot read "${path}" of the checksum database: ${reason}`,
    remedy: 'Try again later, or set GOPROXY to another proxy of the checksum database'
  })
}

/**
 * A proxy that serves the database is the only way to it; otherwise it is asked directly.
 *
 * @see https://go.dev/design/25530-sumdb#proxying-a-checksum-database
 */
async function findBase(
  { host, signal }: Context,
  { key, url }: GoChecksumDatabase,
  proxies: readonly GoProxyEntry[]
): Promise<Base> {
  if (url !== undefined) return { url }
  const { proxy, failure } = await walkProxies(proxies, async (candidate) => {
    if (!/^https?:/.test(candidate.url)) return 'has it not'
    const { authorization } = candidate
    const { status } = await host.http.fetch({
      url: `${candidate.url}/sumdb/${key.name}/supported`,
      maxBytes: MAX_LOOKUP_BYTES,
      signal,
      ...(authorization !== undefined && { authorization })
    })
    return status < 300 ? 'has it' : 'has it not'
  })
  if (!proxy) {
    // Behind a failure, only a list that ends in `direct` or `off` leads past its proxies.
    if (failure && proxies.every(({ kind }) => kind === 'proxy')) throw failure
    return { url: `https://${key.name}` }
  }
  const { authorization } = proxy
  return {
    url: `${proxy.url}/sumdb/${key.name}`,
    ...(authorization !== undefined && { authorization })
  }
}
