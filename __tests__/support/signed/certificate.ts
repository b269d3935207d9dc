import { createHash, type KeyObject, sign } from 'node:crypto'
import { bits, der, integer, octets, oid, sequence, utcTime, utf8 } from './der.ts'

/** What a certificate says. */
export interface CertificateContent {
  readonly subject: string
  readonly key: KeyObject
  readonly issuer: string
  readonly issuerKey: KeyObject
  readonly from: Date
  readonly until: Date
  /** A CA's, else one for code signing. */
  readonly isCa?: boolean
  /** URI, of a leaf. */
  readonly san?: string
  /** OID to the content of its OCTET STRING. */
  readonly extensions?: readonly (readonly [string, Uint8Array])[]
}

const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'))

/** Makes the part of a certificate that is signed. */
export function tbsOf(content: CertificateContent): Buffer {
  const { isCa = false, san, extensions = [] } = content
  const all: (readonly [string, Uint8Array, boolean?])[] = [
    ['2.5.29.15', bitsOf(isCa ? 0x06 : 0x80, isCa ? 1 : 7), true],
    ...(isCa
      ? [['2.5.29.19', sequence(der(0x01, Buffer.from([0xff]))), true] as const]
      : [['2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.3'))] as const]),
    ['2.5.29.14', octets(keyIdOf(content.key))],
    ['2.5.29.35', sequence(der(0x80, keyIdOf(content.issuerKey)))],
    ...(san === undefined
      ? []
      : [['2.5.29.17', sequence(der(0x86, Buffer.from(san))), true] as const]),
    ...extensions
  ]
  return sequence(
    der(0xa0, integer(2)),
    integer(42),
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

function nameOf(text: string): Buffer {
  if (text === '') return sequence()
  return sequence(der(0x31, sequence(oid('2.5.4.3'), utf8(text))))
}

function bitsOf(byte: number, unused: number): Buffer {
  return der(0x03, Buffer.from([unused, byte]))
}

function extensionOf([id, value, critical]: readonly [string, Uint8Array, boolean?]): Buffer {
  const flag = critical === true ? [der(0x01, Buffer.from([0xff]))] : []
  return sequence(oid(id), ...flag, octets(value))
}
