import { MAX_GO_MOD_BYTES } from '../../formats/go-dirhash.ts'
import { escapeGoPath } from '../../formats/go-module.ts'
import { ServiceError } from '../../model/errors.ts'
import type { RegistryContext } from '../registry.ts'
import type { GoProxy, GoProxyEntry } from './settings.ts'

type Context = Pick<RegistryContext, 'host' | 'signal'>

/** Finds out which of the proxies of GOPROXY has a module. */
export interface ProxyFinder {
  /**
   * The first proxy that has it. The last one is not asked: whoever reads from it will see.
   *
   * @throws ServiceError when the list forbids to ask, or leads to the module's repository, or a proxy fails
   */
  proxyFor(path: string, version: string): Promise<GoProxy>
}

/** What came of asking a proxy. */
export type Asked = 'has it' | 'has it not'

export function proxyFinder(context: Context, entries: readonly GoProxyEntry[]): ProxyFinder {
  const known = new Map<string, Promise<GoProxy>>()
  return {
    proxyFor(path, version) {
      const key = `${path}@${version}`
      const found = known.get(key) ?? find(context, entries, { path, version })
      known.set(key, found)
      return found
    }
  }
}

/** Where a walk along GOPROXY ended. */
export interface Walk {
  /** The first that has it; absent when the list ends, or says `direct` or `off`, before. */
  readonly proxy?: GoProxy
  /** The last failure behind which the list went on. */
  readonly failure?: ServiceError
}

/**
 * Walks the list as the go command does: on after 404 and 410, after other failures only behind a `|`.
 *
 * @param ask asks one proxy
 * @throws whatever `ask` throws where the list does not go on after a failure
 * @see https://go.dev/ref/mod#goproxy-protocol
 */
export async function walkProxies(
  entries: readonly GoProxyEntry[],
  ask: (proxy: GoProxy, isLast: boolean) => Promise<Asked>
): Promise<Walk> {
  let failure: ServiceError | undefined
  for (const [at, proxy] of entries.entries()) {
    if (proxy.kind !== 'proxy') break
    try {
      const isLast = entries[at + 1]?.kind !== 'proxy'
      if ((await ask(proxy, isLast)) === 'has it') return { proxy }
    } catch (error) {
      if (!(error instanceof ServiceError) || proxy.nextAfter !== 'failure') throw error
      failure = error
    }
  }
  return failure ? { failure } : {}
}

/** Address of a module's file on a proxy. */
export function fileUrl(
  proxy: GoProxy,
  { path, version }: { readonly path: string; readonly version: string },
  file: 'zip' | 'go.mod'
): string {
  const extension = file === 'zip' ? 'zip' : 'mod'
  return `${proxy.url}/${escapeGoPath(path)}/@v/${escapeGoPath(version)}.${extension}`
}

async function find(
  { host, signal }: Context,
  entries: readonly GoProxyEntry[],
  module: { readonly path: string; readonly version: string }
): Promise<GoProxy> {
  const { proxy, failure } = await walkProxies(entries, async (candidate, isLast) => {
    if (!/^https?:/.test(candidate.url))
      throw notAsked(module, 'GOPROXY names a folder, not a server')
    if (isLast) return 'has it'
    const { authorization } = candidate
    const { status } = await host.http.fetch({
      url: fileUrl(candidate, module, 'go.mod'),
      maxBytes: MAX_GO_MOD_BYTES,
      signal,
      ...(authorization !== undefined && { authorization })
    })
    return status < 300 ? 'has it' : 'has it not'
  })
  if (proxy) return proxy
  if (failure) throw failure
  throw notAsked(
    module,
    entries[0]?.kind === 'off'
      ? 'GOPROXY is off'
      : 'GOPROXY is direct: it is fetched from its repository, not from a proxy'
  )
}

/** Why nobody was asked about a module: a decision of whoever configured this machine. */
export function notAsked({ path }: { readonly path: string }, reason: string): ServiceError {
  return new ServiceError({
    code: 'SERVICE_UNREACHABLE',
    message: `Cannot check "${path}": ${reason}`,
    remedy: 'Let GOPROXY, GOPRIVATE and GONOPROXY name a proxy for it, if there is one',
    reason
  })
}
