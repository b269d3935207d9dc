import { CancelledError } from '../model/errors.ts'
import { withoutSecrets } from '../model/url.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from './host.ts'
import { proxyEnvOf } from './http/proxy.ts'
import { realTiming, type Timing } from './http/timing.ts'

export interface HttpOptions {
  /** For proxies: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, in upper and lower case. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Version of Assay, for the user agent. */
  readonly version: string
  /** Requests under way at once, over all hosts. */
  readonly concurrency: number
  /** The same for one host; as many as over all hosts unless given. */
  readonly perHost?: number
  /** Throws at every request, before any name is looked up. */
  readonly offline?: boolean
  /** Ends all requests. */
  readonly signal?: AbortSignal
  readonly timing?: Timing
}

/**
 * The HTTP client of both hosts, on Node's own `http` and `https` with kept connections.
 *
 * Certificates are checked against what Node trusts, `NODE_EXTRA_CA_CERTS` included (`SSL_CERT_FILE` counts
 * only with Node's `--use-openssl-ca`); `NODE_TLS_REJECT_UNAUTHORIZED=0` changes nothing. There are no cookies.
 * Where a redirect may lead: see {@link followed}. An origin that stops answering is not asked again.
 *
 * @throws InputError `INPUT_INVALID` when the environment names a proxy that cannot be used
 */
export function httpClient(options: HttpOptions): HttpClient {
  const { env, version, concurrency, perHost = concurrency, offline = false, signal } = options
  if (offline) return { fetch: refuseOffline }
  const proxyEnv = proxyEnvOf(env, process.versions.node)
  let opened: Promise<(request: HttpRequest) => Promise<HttpAnswer>> | undefined
  // Node's TLS takes time to load, and a run may not need it.
  const open = async (): Promise<(request: HttpRequest) => Promise<HttpAnswer>> => {
    const { openTransport } = await import('./http/transport.ts')
    return openTransport({
      limits: { overall: concurrency, perOrigin: perHost },
      userAgent: `assay/${version}`,
      timing: options.timing ?? realTiming,
      ...(proxyEnv && { proxyEnv }),
      ...(signal && { signal })
    })
  }
  return {
    async fetch(request) {
      opened ??= open()
      const fetch = await opened
      return fetch(request)
    }
  }
}

function refuseOffline({ url }: HttpRequest): Promise<never> {
  return Promise.reject(
    new CancelledError({
      code: 'OFFLINE',
      message: `Cannot fetch "${withoutSecrets(url)}": the run is offline`,
      remedy: 'Run without `--offline` to look'
    })
  )
}
