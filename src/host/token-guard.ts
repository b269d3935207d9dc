import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'

/**
 * Keeps a token to the place that it is for, whoever sends it. The toolkit's HTTP client follows redirects to any host
 * and gives its token to each; Node tells of every request before it is sent.
 *
 * @param token nothing is kept when it is empty
 * @param place address of what it is for
 * @see https://nodejs.org/docs/latest-v24.x/api/diagnostics_channel.html#http
 */
export async function withTokenKept<Result>(
  { token, place }: { readonly token: string; readonly place: string },
  task: () => Promise<Result>
): Promise<Result> {
  if (token === '' || !URL.canParse(place)) return task()
  const { origin } = new URL(place)
  const guard = (message: unknown): void => {
    const { request } = message as { readonly request: ClientRequest }
    const sent = String(request.getHeader('authorization') ?? '')
    if (sent.includes(token) && originOf(request) !== origin) request.removeHeader('authorization')
  }
  subscribe(CREATED, guard)
  try {
    return await task()
  } finally {
    unsubscribe(CREATED, guard)
  }
}

const CREATED = 'http.client.request.created'

function originOf(request: ClientRequest): string {
  const address = `${request.protocol}//${String(request.getHeader('host'))}`
  return URL.canParse(address) ? new URL(address).origin : ''
}
