import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { derValues } from '../../src/formats/der.ts'
import { timestampRequest, timestampTime } from '../../src/formats/timestamp.ts'
import { type Tsa, startTsa } from '../support/services/sigstore/tsa.ts'

const QUESTION = {
  digest: createHash('sha256').update('signature').digest(),
  nonce: Buffer.from('8000000000000001', 'hex')
}

let tsa: Tsa
let answer: Uint8Array

beforeAll(async () => {
  tsa = await startTsa([])
  const response = await fetch(`${tsa.url}/api/v1/timestamp`, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query' },
    body: Buffer.from(timestampRequest(QUESTION))
  })
  answer = new Uint8Array(await response.arrayBuffer())
})

afterAll(() => tsa.close())

describe('a request for a timestamp', () => {
  it('is what RFC 3161 says, byte for byte', () => {
    const digest = QUESTION.digest.toString('hex')

    expect(Buffer.from(timestampRequest(QUESTION)).toString('hex')).toBe(
      [
        '3044 020101',
        `3031 300d 0609608648016503040201 0500 0420${digest}`,
        '0209008000000000000001',
        '0101ff'
      ]
        .join('')
        .replaceAll(' ', '')
    )
  })
})

describe('an answer', () => {
  it('states a time', () => {
    const time = timestampTime(answer, QUESTION)

    expect(Math.abs(Number(time) - Date.now())).toBeLessThan(60_000)
  })

  it.each([
    ['another signature', { digest: Buffer.alloc(32) }, 'it is about another signature'],
    ['another request', { nonce: Buffer.from([1]) }, 'it is an answer to another request'],
    [
      'the same bytes with another sign',
      { nonce: Buffer.from('7fffffffffffffff', 'hex') },
      'it is an answer to another request'
    ]
  ])('is not one about %s', (_what, other, reason) => {
    expect(timestampTime(answer, { ...QUESTION, ...other })).toBe(reason)
  })

  it.each([
    ['', 'it is no timestamp response'],
    ['<html>', 'it is no timestamp response'],
    ['\x30\x05\x30\x03\x02\x01\x00', 'it holds no timestamp'],
    ['\x30\x05\x30\x03\x02\x01\x02', 'the request was rejected, with status 2'],
    ['\x30\x06\x30\x04\x02\x02\x01\x00', 'the request was rejected, with status -1'],
    ['\x30\x07\x30\x03\x02\x01\x00\x30\x00', 'it holds no timestamp']
  ])('is none: %j', (text, reason) => {
    expect(timestampTime(Buffer.from(text, 'latin1'), QUESTION)).toBe(reason)
  })

  it('is none when it is cut off anywhere', () => {
    for (let length = 0; length < answer.length; length++) {
      expect(typeof timestampTime(answer.subarray(0, length), QUESTION)).toBe('string')
    }
  })

  it('never makes us throw when bytes of it are others', () => {
    for (let at = 0; at < answer.length; at++) {
      const changed = Uint8Array.from(answer)
      changed[at] = (changed[at] ?? 0) ^ 0x55
      expect(() => timestampTime(changed, QUESTION)).not.toThrow()
    }
    expect(derValues(answer)).toHaveLength(1)
  })
})
