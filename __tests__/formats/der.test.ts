import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  der,
  DER_TAG,
  derInside,
  derOid,
  derUnsigned,
  derValues,
  oidOf,
  timeOf
} from '../../src/formats/der.ts'

function hex(text: string): Uint8Array {
  return Buffer.from(text.replaceAll(' ', ''), 'hex')
}

describe('values of DER', () => {
  it.each([0, 1, 127, 128, 255, 256, 65_535, 65_536])('are read as written: %i bytes', (length) => {
    const content = Buffer.alloc(length, 7)
    const values = derValues(der(DER_TAG.octets, content))

    expect(values).toHaveLength(1)
    expect(values?.[0]?.tag).toBe(DER_TAG.octets)
    expect(Buffer.from(values?.[0]?.content ?? []).equals(content)).toBe(true)
  })

  it.each([
    ['a tag alone', '30'],
    ['a length that is cut off', '30 82 01'],
    ['content that is cut off', '04 05 01 02'],
    ['a length without an end', '30 80 00 00'],
    ['a length of five bytes', '04 85 01 00 00 00 00 00'],
    ['a tag of several bytes', '1f 81 01 00'],
    ['rubbish after it', '04 01 00 ff']
  ])('are none with %s', (_what, bytes) => {
    expect(derValues(hex(bytes))).toBeUndefined()
  })

  it('are none when there are too many', () => {
    expect(derValues(Buffer.alloc(2 * 256))).toHaveLength(256)
    expect(derValues(Buffer.alloc(2 * 257))).toBeUndefined()
  })

  it('are looked into only where they are of the kind', () => {
    const [value] = derValues(der(DER_TAG.sequence, der(DER_TAG.nothing))) ?? []

    expect(derInside(value, DER_TAG.sequence)).toHaveLength(1)
    expect(derInside(value, DER_TAG.set)).toBeUndefined()
    expect(derInside(undefined, DER_TAG.set)).toBeUndefined()
  })

  it('never throw, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        for (const value of derValues(bytes) ?? []) {
          oidOf(value)
          timeOf(value)
          derInside(value, value.tag)
        }
      })
    )
  })
})

describe('a number', () => {
  it.each([
    ['00', '00'],
    ['0000', '00'],
    ['7f', '7f'],
    ['80', '0080'],
    ['0001', '01'],
    ['00ff01', '00ff01']
  ])('is as short as it can be: %s', (bytes, expected) => {
    expect(Buffer.from(derUnsigned(hex(bytes))).toString('hex')).toBe(expected)
  })
})

describe('an object identifier', () => {
  it.each(['1.2.840.113549.1.7.2', '2.16.840.1.101.3.4.2.1', '0.9.2342', '2.999.1', '1.3.6'])(
    'is read as written: %s',
    (dotted) => {
      const [value] = derValues(der(DER_TAG.oid, derOid(dotted))) ?? []

      expect(value && oidOf(value)).toBe(dotted)
    }
  )

  it('is none of another kind, without content, or of parts without end', () => {
    for (const bytes of ['04 01 2a', '06 00', '06 09 ff ff ff ff ff ff ff ff 7f']) {
      const [value] = derValues(hex(bytes)) ?? []
      expect(value && oidOf(value)).toBeUndefined()
    }
  })
})

function timeIn(text: string): Date | undefined {
  const [value] = derValues(der(DER_TAG.generalizedTime, Buffer.from(text))) ?? []
  return value && timeOf(value)
}

describe('a time', () => {
  it.each([
    ['20260102030405Z', '2026-01-02T03:04:05.000Z'],
    ['20260102030405.5Z', '2026-01-02T03:04:05.500Z'],
    ['20260102030405.1234567Z', '2026-01-02T03:04:05.123Z']
  ])('is read: %s', (text, expected) => {
    expect(timeIn(text)?.toISOString()).toBe(expected)
  })

  it.each(['20260102030405', '20261302030405Z', '260102030405Z', '20260102030405.Z', ''])(
    'is none: %j',
    (text) => {
      expect(timeIn(text)).toBeUndefined()
    }
  )
})
