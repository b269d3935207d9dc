import { jsonObjectOf } from '../../formats/json.ts'
import type { HttpAnswer } from '../../host/host.ts'
import { ServiceError } from '../../model/errors.ts'
import { plainText } from '../../model/plain-text.ts'
import { withoutSecrets } from '../../model/url.ts'

const REMEDIES: ReadonlyMap<number, string> = new Map([
  [
    401,
    'Log in before this step with `docker/login-action`, or give `registry-username` and `registry-password`'
  ],
  [
    403,
    'Check that the login may do this in the repository (`packages: write` for ghcr.io to push)'
  ],
  [404, 'Check the name of the repository, and that it exists'],
  [405, 'Ask whoever runs the registry to allow this'],
  [413, 'Ask whoever runs the registry for a higher limit']
])

/** An answer of a registry that is a refusal, with the reason that it gives. */
export function refusalError(what: string, answer: HttpAnswer): ServiceError {
  const reason = `status ${answer.status}${reasonIn(answer.body)}`
  const url = withoutSecrets(answer.url)
  return new ServiceError({
    code: 'SERVICE_STATUS',
    message: `Cannot ${what}: ${reason} from "${url}"`,
    remedy: REMEDIES.get(answer.status) ?? 'See what the registry says, and try again',
    url,
    reason
  })
}

/**
 * The first of a registry's own errors.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes
 */
function reasonIn(body: Uint8Array): string {
  try {
    const json = jsonObjectOf(JSON.parse(Buffer.from(body).toString('utf8')))
    const errors: unknown = json?.['errors']
    const first = Array.isArray(errors) ? jsonObjectOf(errors[0]) : undefined
    const words = [first?.['code'], first?.['message']].filter((word) => typeof word === 'string')
    return words.length === 0 ? '' : ` (${plainText(words.join(': '), 200)})`
  } catch {
    return ''
  }
}

/** An answer that makes no sense. @param reason without a final period */
export function nonsenseError(what: string, url: string, reason: string): ServiceError {
  return new ServiceError({
    code: 'SERVICE_RESPONSE_INVALID',
    message: `Cannot ${what}: ${reason}, from "${withoutSecrets(url)}"`,
    remedy: 'Try again; should it stay so, report it to whoever runs the registry',
    url: withoutSecrets(url),
    reason
  })
}

/**
 * A refusal to write a tag again that is there already, as registries with immutable tags do.
 *
 * @param otherwise what helps besides, after a comma
 * @returns the error as it is when it is no refusal
 */
export function rewritingError(error: unknown, otherwise: string): unknown {
  if (!(error instanceof ServiceError) || error.code !== 'SERVICE_STATUS') return error
  const { message, url, reason }: ServiceError = error
  return new ServiceError({
    code: 'SERVICE_STATUS',
    message: `${message}; the tag is there already`,
    remedy: `Where tags are immutable, exempt those that begin with \`sha256-\`, ${otherwise}`,
    ...(url !== undefined && { url }),
    ...(reason !== undefined && { reason }),
    cause: error
  })
}
