/** A value of DER: tag, length, content. */
export function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body])
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const hex = length.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return Buffer.concat([Buffer.from([0x80 + bytes.length]), bytes])
}

export function sequence(...content: readonly Uint8Array[]): Buffer {
  return der(0x30, ...content)
}

export function integer(value: number): Buffer {
  return der(0x02, Buffer.from([value]))
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

function base128(value: number): number[] {
  const bytes = [value % 128]
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) {
    bytes.unshift((left % 128) + 128)
  }
  return bytes
}

export function utf8(text: string): Buffer {
  return der(0x0c, Buffer.from(text))
}

export function octets(bytes: Uint8Array): Buffer {
  return der(0x04, bytes)
}

/** Without unused bits. */
export function bits(bytes: Uint8Array): Buffer {
  return der(0x03, Buffer.from([0]), bytes)
}

/** A time before 2050. */
export function utcTime(date: Date): Buffer {
  const text = date.toISOString().replace(/[-:T]|\.\d+/g, '')
  return der(0x17, Buffer.from(text.slice(2)))
}

/** In whole seconds. @see https://www.itu.int/rec/T-REC-X.690 11.7 */
export function generalizedTime(date: Date): Buffer {
  return der(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, '')))
}

/** Sorted, as DER wants it. */
export function setOf(...members: readonly Uint8Array[]): Buffer {
  return der(0x31, ...members.toSorted((a, b) => Buffer.compare(a, b)))
}

/** A value that was read. */
export interface DerValue {
  readonly tag: number
  /** Without tag and length. */
  readonly content: Buffer
}

/** Reads values that follow each other. @throws RangeError when one ends too early */
export function readDer(bytes: Uint8Array): DerValue[] {
  const from = Buffer.from(bytes)
  const values: DerValue[] = []
  for (let at = 0; at < from.length;) {
    const tag = from.readUInt8(at)
    const first = from.readUInt8(at + 1)
    const lengthBytes = first < 0x80 ? 0 : first - 0x80
    const length = lengthBytes === 0 ? first : from.readUIntBE(at + 2, lengthBytes)
    const start = at + 2 + lengthBytes
    if (start + length > from.length) throw new RangeError('a value of DER ends too early')
    values.push({ tag, content: from.subarray(start, start + length) })
    at = start + length
  }
  return values
}
