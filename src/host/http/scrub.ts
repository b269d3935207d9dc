import type { IncomingHttpHeaders } from 'node:http'

/** Shorter ones would blot out ordinary words. */
const MIN_LENGTH = 4

/** What a server says beside a refusal. */
export interface Refusal {
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array
}

/**
 * Takes the credentials that were sent out of what is answered to them: some servers and proxies repeat a request in
 * their words of refusal, and those words get into messages, reports and documents.
 *
 * @param authorization header of the request
 */
export function scrubbed<Answer extends Refusal>(answer: Answer, authorization: string): Answer {
  const secrets = secretsIn(authorization)
  const without = (text: string): string =>
    secrets.reduce((left, secret) => left.replaceAll(secret, '***'), text)
  const headers = Object.entries(answer.headers).map(([name, value]) => [
    name,
    typeof value === 'string' ? without(value) : value
  ])
  // One byte, one letter: nothing else of it changes.
  const body = Buffer.from(without(Buffer.from(answer.body).toString('latin1')), 'latin1')
  return { ...answer, headers: Object.fromEntries(headers) as Answer['headers'], body }
}

/** The longest first: some are in others. */
function secretsIn(authorization: string): readonly string[] {
  const [, scheme = '', credentials = ''] = /^(\S+) +(.+)$/.exec(authorization) ?? []
  const decoded =
    scheme.toLowerCase() === 'basic' ? Buffer.from(credentials, 'base64').toString('utf8') : ''
  const password = decoded.slice(decoded.indexOf(':') + 1)
  const all = [authorization, credentials, decoded, password].flatMap((secret) => [
    Buffer.from(secret).toString('latin1'),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1)
  ])
  return [...new Set(all)]
    .filter((secret) => secret.length >= MIN_LENGTH)
    .sort((a, b) => b.length - a.length)
}
