import { DER_TAG, der, derInside, derOid, derUnsigned, derValues, oidOf, timeOf } from './der.ts'

/** Media types of a request and of its answer. @see https://www.rfc-editor.org/rfc/rfc3161#section-3.4 */
export const TIMESTAMP_QUERY = 'application/timestamp-query'
export const TIMESTAMP_REPLY = 'application/timestamp-reply'

const SHA256_OID = '2.16.840.1.101.3.4.2.1'
const SIGNED_DATA_OID = '1.2.840.113549.1.7.2'
const TST_INFO_OID = '1.2.840.113549.1.9.16.1.4'

/** Tag of what a choice or an option wraps. */
const EXPLICIT_0 = 0xa0

/** `granted`, `grantedWithMods`. @see https://www.rfc-editor.org/rfc/rfc3161#section-2.4.2 */
const GRANTED = [0, 1]

/** What a timestamp is asked for. */
export interface TimestampQuestion {
  /** SHA-256. */
  readonly digest: Uint8Array
  /** Comes back in the answer, so that an old one cannot stand for it. */
  readonly nonce: Uint8Array
}

/**
 * Writes a request for a timestamp that has the authority's certificates in it.
 *
 * @returns DER of a TimeStampReq
 * @see https://www.rfc-editor.org/rfc/rfc3161#section-2.4.1
 */
export function timestampRequest({ digest, nonce }: TimestampQuestion): Uint8Array {
  const algorithm = der(
    DER_TAG.sequence,
    der(DER_TAG.oid, derOid(SHA256_OID)),
    der(DER_TAG.nothing)
  )
  return der(
    DER_TAG.sequence,
    der(DER_TAG.integer, Buffer.from([1])),
    der(DER_TAG.sequence, algorithm, der(DER_TAG.octets, digest)),
    der(DER_TAG.integer, derUnsigned(nonce)),
    der(DER_TAG.boolean, Buffer.from([0xff]))
  )
}

/**
 * Holds an answer to what was asked. Its signature is not checked here.
 *
 * @param response DER of a TimeStampResp
 * @returns the time that it states, or what is wrong with it, as text
 * @see https://www.rfc-editor.org/rfc/rfc3161#section-2.4.2
 */
export function timestampTime(
  response: Uint8Array,
  { digest, nonce }: TimestampQuestion
): Date | string {
  const [status, token, ...more] = derInside(derValues(response)?.[0], DER_TAG.sequence) ?? []
  const [code] = derInside(status, DER_TAG.sequence) ?? []
  if (code?.tag !== DER_TAG.integer || more.length > 0) return 'it is no timestamp response'
  const number = code.content.length === 1 ? (code.content[0] ?? -1) : -1
  if (!GRANTED.includes(number)) return `the request was rejected, with status ${number}`
  const info = token && infoIn(token.content)
  if (info === undefined) return 'it holds no timestamp'
  // Version, policy, imprint, serial number, time; then what is optional, with the nonce the only INTEGER.
  const [, , imprint, , time, ...rest] = info
  const [, hashed] = derInside(imprint, DER_TAG.sequence) ?? []
  if (hashed === undefined || !equal(hashed.content, digest)) {
    return 'it is about another signature'
  }
  const returned = rest.find(({ tag }) => tag === DER_TAG.integer)
  if (returned === undefined || !equal(returned.content, derUnsigned(nonce))) {
    return 'it is an answer to another request'
  }
  return (time && timeOf(time)) ?? 'it states no time'
}

/** Fields of the TSTInfo. @see https://www.rfc-editor.org/rfc/rfc5652#section-5.1 */
function infoIn(token: Uint8Array): ReturnType<typeof derValues> {
  const [type, wrapped] = derValues(token) ?? []
  if (type === undefined || oidOf(type) !== SIGNED_DATA_OID) return undefined
  const signedData = derInside(wrapped, EXPLICIT_0)?.[0]
  const content = derInside(signedData, DER_TAG.sequence)?.[2]
  const [contentType, octets] = derInside(content, DER_TAG.sequence) ?? []
  if (contentType === undefined || oidOf(contentType) !== TST_INFO_OID) return undefined
  const [text] = derInside(octets, EXPLICIT_0) ?? []
  if (text?.tag !== DER_TAG.octets) return undefined
  return derInside(derValues(text.content)?.[0], DER_TAG.sequence)
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
