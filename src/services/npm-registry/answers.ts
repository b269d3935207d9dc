import { type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import type { HttpClient } from '../../host/host.ts'
import { messageOf, ServiceError } from '../../model/errors.ts'
import { withoutSecrets } from '../../model/url.ts'

/** npm's own header: the document without readmes and scripts, where a registry has one. */
const ACCEPT = 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8, */*'

/** Most bytes of a package's document. The longest real ones are above: there one version is asked for. */
export const MAX_PACKUMENT_BYTES = 32 * 1024 * 1024
export const MAX_VERSION_BYTES = 4 * 1024 * 1024

export interface JsonRequest {
  readonly authorization: string | undefined
  readonly maxBytes: number
}

/** Asks a registry for a JSON object; nothing when it has none there. */
export type AskJson = (url: string, request: JsonRequest) => Promise<JsonObject | undefined>

/** @returns a function that throws a ServiceError for what is no answer of a registry */
export function jsonAsker(http: HttpClient, signal: AbortSignal): AskJson {
  return async (url, { authorization, maxBytes }) => {
    const answer = await http.fetch({
      url,
      headers: { accept: ACCEPT },
      maxBytes,
      signal,
      compressed: true,
      ...(authorization !== undefined && { authorization })
    })
    return answer.status === 200 ? jsonIn(url, answer.body) : undefined
  }
}

function jsonIn(url: string, body: Uint8Array): JsonObject {
  let reason = 'expected a JSON object'
  try {
    const object = jsonObjectOf(JSON.parse(new TextDecoder().decode(body)))
    if (object !== undefined) return object
  } catch (cause) {
    reason = messageOf(cause).slice(0, 100)
  }
  const place = withoutSecrets(url)
  throw new ServiceError({
    code: 'SERVICE_RESPONSE_INVALID',
    message: `Cannot read the answer of "${place}": ${reason}`,
    reason: 'the answer is no JSON of a registry',
    url: place,
    remedy: 'Look whether the address is that of an npm registry'
  })
}
