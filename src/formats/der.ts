/** One value of DER: what kind it is, and its content. */
export interface DerValue {
  /** The identifier octet; tags of more than one octet are in no format that is read here. */
  readonly tag: number
  readonly content: Uint8Array
  /** Tag, length and content. */
  readonly bytes: Uint8Array
}

/** Identifier octets. @see https://www.itu.int/rec/T-REC-X.680 8.6 */
export const DER_TAG = {
  boolean: 0x01,
  integer: 0x02,
  octets: 0x04,
  nothing: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31
} as const

/** Most values in a row: no certificate and no timestamp has nearly as many. */
const MAX_VALUES = 256

/**
 * Reads values that follow one another, such as the content of a sequence.
 *
 * @returns nothing when the bytes are no DER
 * @see https://www.itu.int/rec/T-REC-X.690 8.1
 */
export function derValues(bytes: Uint8Array): readonly DerValue[] | undefined {
  const values: DerValue[] = []
  for (let at = 0; at < bytes.length;) {
    const value = valueAt(bytes, at)
    if (value === undefined || values.length === MAX_VALUES) return undefined
    values.push(value)
    at += value.bytes.length
  }
  return values
}

function valueAt(bytes: Uint8Array, at: number): DerValue | undefined {
  const tag = bytes[at] ?? 0x1f
  const first = bytes[at + 1] ?? 0x80
  if ((tag & 0x1f) === 0x1f || first === 0x80) return undefined
  const lengthBytes = first < 0x80 ? 0 : first - 0x80
  if (lengthBytes > 4) return undefined
  const start = at + 2 + lengthBytes
  const length = lengthBytes === 0 ? first : numberIn(bytes.subarray(at + 2, start))
  if (start + length > bytes.length) return undefined
  return {
    tag,
    content: bytes.subarray(start, start + length),
    bytes: bytes.subarray(at, start + length)
  }
}

function numberIn(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0)
}

/** The values inside of one, when it is of that kind. */
export function derInside(
  value: DerValue | undefined,
  tag: number
): readonly DerValue[] | undefined {
  return value?.tag === tag ? derValues(value.content) : undefined
}

/** Writes a value. */
export function der(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body])
}

function lengthOf(length: number): Uint8Array {
  if (length < 0x80) return Buffer.from([length])
  const hex = length.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return Buffer.concat([Buffer.from([0x80 + bytes.length]), bytes])
}

/** Content of an INTEGER that is not negative, from its bytes. @see https://www.itu.int/rec/T-REC-X.690 8.3 */
export function derUnsigned(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0)
  if (start < 0) return Buffer.from([0])
  const short = bytes.subarray(start)
  // The first bit is the sign.
  return (short[0] ?? 0) < 0x80 ? short : Buffer.concat([Buffer.from([0]), short])
}

/** Content of an OBJECT IDENTIFIER. @see https://www.itu.int/rec/T-REC-X.690 8.19 */
export function derOid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return Buffer.from([first * 40 + second, ...rest].flatMap(base128))
}

function base128(value: number): number[] {
  const bytes = [value % 128]
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) {
    bytes.unshift((left % 128) + 128)
  }
  return bytes
}

/** An OBJECT IDENTIFIER in dots; nothing when it is none. */
export function oidOf({ tag, content }: DerValue): string | undefined {
  if (tag !== DER_TAG.oid) return undefined
  const parts: number[] = []
  let sum = 0
  for (const byte of content) {
    sum = sum * 128 + (byte & 0x7f)
    if (sum > Number.MAX_SAFE_INTEGER) return undefined
    if (byte >= 0x80) continue
    parts.push(sum)
    sum = 0
  }
  const [head, ...rest] = parts
  if (head === undefined) return undefined
  const first = Math.min(2, Math.floor(head / 40))
  return [first, head - first * 40, ...rest].join('.')
}

/**
 * A GeneralizedTime in seconds, with any fraction, in UTC.
 *
 * @returns nothing when it is none
 * @see https://www.itu.int/rec/T-REC-X.690 11.7
 */
export function timeOf({ tag, content }: DerValue): Date | undefined {
  if (tag !== DER_TAG.generalizedTime) return undefined
  const text = Buffer.from(content).toString('latin1')
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second, fraction = ''] = match
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3)
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`)
  return Number.isNaN(date.getTime()) ? undefined : date
}
