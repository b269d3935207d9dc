import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { jsonInUtf8, type JsonObject, jsonObjectOf } from './json.ts'

/** Longest token, in characters: GitHub's have 2000. */
const MAX_TOKEN = 32 * 1024

/** Most keys of a set that are looked at: GitHub publishes six. */
const MAX_KEYS = 100

/** Shortest modulus, in bits. @see https://www.rfc-editor.org/rfc/rfc7518#section-3.3 */
const MIN_MODULUS_BITS = 2048

/** How far clocks may be apart, in seconds. */
const SKEW_S = 60

/** What a token has to be to be believed. */
export interface TokenExpectations {
  /** A JSON Web Key Set, as its issuer publishes it. */
  readonly keys: unknown
  readonly issuer: string
  readonly audience: string
  readonly now: Date
}

/**
 * Verifies a token that an OpenID Connect provider signed with RS256, which is all that runners' issuers use: the
 * token does not choose how it is verified, and keys that it brings along are not looked at.
 *
 * @returns its claims, or what is wrong with it, as text that holds nothing of its signature
 * @see https://www.rfc-editor.org/rfc/rfc8725
 */
export function openIdToken(token: string, expected: TokenExpectations): JsonObject | string {
  if (token.length > MAX_TOKEN) return `it is longer than ${MAX_TOKEN} characters`
  const parts = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(token)
  if (!parts) return 'it is no signed JSON Web Token'
  const [, head = '', payload = '', signature = ''] = parts
  const header = objectIn(head)
  if (header === undefined) return 'its header is no JSON object'
  const key = keyFor(header, expected.keys)
  if (typeof key === 'string') return key
  const padding = constants.RSA_PKCS1_PADDING
  const signed = Buffer.from(`${head}.${payload}`)
  if (!verify('sha256', signed, { key, padding }, Buffer.from(signature, 'base64url'))) {
    return "its signature is not of the issuer's key"
  }
  const claims = objectIn(payload)
  if (claims === undefined) return 'its claims are no JSON object'
  return wrongClaim(claims, expected) ?? claims
}

function keyFor(header: JsonObject, keys: unknown): KeyObject | string {
  const { alg, kid, crit, typ = 'JWT' } = header
  if (alg !== 'RS256') return `it is signed with ${shown(alg)}, expected RS256`
  if (typ !== 'JWT') return `it is of the type ${shown(typ)}, expected JWT`
  if (crit !== undefined) return 'it asks for extensions that nobody here knows'
  if (typeof kid !== 'string' || kid === '') return 'it does not say which key signed it'
  const list = jsonObjectOf(keys)?.['keys']
  if (!Array.isArray(list) || list.length > MAX_KEYS) return 'its issuer publishes no set of keys'
  const named = list.map(jsonObjectOf).filter((jwk) => jwk?.['kid'] === kid)
  const [jwk] = named
  if (jwk === undefined || named.length > 1) {
    return `its issuer publishes ${named.length} keys with the id ${shown(kid)}, expected one`
  }
  return rsaKeyIn(jwk) ?? `the issuer's key ${shown(kid)} is no RSA key for signatures`
}

/** @see https://www.rfc-editor.org/rfc/rfc7517#section-4 */
function rsaKeyIn({ kty, use = 'sig', alg = 'RS256', n, e }: JsonObject): KeyObject | undefined {
  if (kty !== 'RSA' || use !== 'sig' || alg !== 'RS256') return undefined
  if (typeof n !== 'string' || typeof e !== 'string' || n.length > 4096) return undefined
  try {
    const key = createPublicKey({ key: { kty, n, e }, format: 'jwk' })
    return (key.asymmetricKeyDetails?.modulusLength ?? 0) < MIN_MODULUS_BITS ? undefined : key
  } catch {
    return undefined
  }
}

/** @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation */
function wrongClaim(
  { iss, aud, exp, nbf, iat }: JsonObject,
  { issuer, audience, now }: TokenExpectations
): string | undefined {
  if (iss !== issuer) return `it is issued by ${shown(iss)}, expected "${issuer}"`
  // A list of one is the same; a second audience could use the token too.
  const only: unknown = Array.isArray(aud) && aud.length === 1 ? aud[0] : aud
  if (only !== audience) return `it is for ${shown(aud)}, expected "${audience}"`
  const seconds = now.getTime() / 1000
  if (!isTime(exp)) return 'it does not say when it expires'
  if (exp <= seconds - SKEW_S) return `it expired at ${timeText(exp)}; now is ${now.toISOString()}`
  for (const start of [nbf, iat]) {
    if (start !== undefined && !isTime(start)) return 'it does not say when it begins'
    if (start !== undefined && start > seconds + SKEW_S) {
      return `it holds from ${timeText(start)}; now is ${now.toISOString()}`
    }
  }
  return undefined
}

/** Seconds since 1970, within what dates can hold. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value < 8e12
}

function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}

/** Base64url as encoders write it: another spelling of the same bytes is refused. */
function objectIn(part: string): JsonObject | undefined {
  const bytes = Buffer.from(part, 'base64url')
  if (bytes.toString('base64url') !== part) return undefined
  return jsonObjectOf(jsonInUtf8(bytes))
}

/** A value of somebody else's in a message, short. */
function shown(value: unknown): string {
  return typeof value === 'string' ? `"${value.slice(0, 100)}"` : `a ${typeof value}`
}
