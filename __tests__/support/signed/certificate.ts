import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto'
import { bits, der, integer, octets, oid, sequence, utcTime, utf8 } from './der.ts'

/** A common name, or one with an organization. */
export type Name = string | { readonly organization: string; readonly commonName: string }

/** What a certificate says. */
export interface CertificateContent {
  readonly subject: Name
  readonly key: KeyObject
  readonly issuer: Name
  readonly issuerKey: KeyObject
  readonly from: Date
  readonly until: Date
  /** The same number for all if absent. */
  readonly serial?: Uint8Array
  /** A CA's, else one for code signing. */
  readonly isCa?: boolean
  /** A leaf of a timestamp authority. */
  readonly isForTimestamps?: boolean
  /** First byte of the bits of what the key may do, in the place of those of its kind. */
  readonly keyUsage?: number
  /** OIDs of what a leaf may be used for, in the place of the usual one. */
  readonly usages?: readonly string[]
  /** URI, of a leaf. */
  readonly san?: string
  /** Names in the place of it, each in DER. */
  readonly names?: readonly Uint8Array[]
  /** OID to the content of its OCTET STRING, and whether it is critical. */
  readonly extensions?: readonly (readonly [string, Uint8Array, boolean?])[]
}

const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'))

/** Makes the part of a certificate that is signed. */
export function tbsOf(content: CertificateContent): Buffer {
  const { isCa = false, isForTimestamps = false, san, extensions = [] } = content
  const { keyUsage = isCa ? 0x06 : 0x80 } = content
  const { usages = [`1.3.6.1.5.5.7.3.${isForTimestamps ? 8 : 3}`] } = content
  const { names = san === undefined ? [] : [der(0x86, Buffer.from(san))] } = content
  const all: (readonly [string, Uint8Array, boolean?])[] = [
    ['2.5.29.15', bitsOf(keyUsage, isCa ? 1 : 3), true],
    ...(isCa
      ? [['2.5.29.19', sequence(der(0x01, Buffer.from([0xff]))), true] as const]
      : usages.length === 0
        ? []
        : [['2.5.29.37', sequence(...usages.map(oid)), isForTimestamps] as const]),
    ['2.5.29.14', octets(keyIdOf(content.key))],
    ['2.5.29.35', sequence(der(0x80, keyIdOf(content.issuerKey)))],
    ...(names.length === 0 ? [] : [['2.5.29.17', sequence(...names), true] as const]),
    ...extensions
  ]
  return sequence(
    der(0xa0, integer(2)),
    content.serial ? der(0x02, content.serial) : integer(42),
    ECDSA_SHA256,
    nameOf(content.issuer),
    sequence(utcTime(content.from), utcTime(content.until)),
    nameOf(content.subject),
    spki(content.key),
    der(0xa3, sequence(...all.map(extensionOf)))
  )
}

/** A certificate over that part. */
export function certificateOf(tbs: Buffer, issuerSecret: KeyObject): Buffer {
  return sequence(tbs, ECDSA_SHA256, bits(sign('sha256', tbs, issuerSecret)))
}

export function spki(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' })
}

function keyIdOf(key: KeyObject): Buffer {
  return createHash('sha1').update(spki(key)).digest()
}

/** A name as certificates have it. */
export function nameOf(name: Name): Buffer {
  if (name === '') return sequence()
  if (typeof name === 'string') return sequence(namePart('2.5.4.3', name))
  return sequence(namePart('2.5.4.10', name.organization), namePart('2.5.4.3', name.commonName))
}

function namePart(id: string, text: string): Buffer {
  return der(0x31, sequence(oid(id), utf8(text)))
}

/** A serial number as authorities give it: 16 random bytes, positive. */
export function newSerial(): Buffer {
  const bytes = randomBytes(16)
  bytes.writeUInt8((bytes.readUInt8() & 0x3f) | 0x40)
  return bytes
}

function bitsOf(byte: number, unused: number): Buffer {
  return der(0x03, Buffer.from([unused, byte]))
}

function extensionOf([id, value, critical]: readonly [string, Uint8Array, boolean?]): Buffer {
  const flag = critical === true ? [der(0x01, Buffer.from([0xff]))] : []
  return sequence(oid(id), ...flag, octets(value))
}
