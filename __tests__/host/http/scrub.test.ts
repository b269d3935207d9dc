import { describe, expect, it } from '@jest/globals'
import { scrubbed } from '../../../src/host/http/scrub.ts'

function bodyAfter(body: string, authorization: string): string {
  const answer = scrubbed({ headers: {}, body: Buffer.from(body) }, authorization)
  return Buffer.from(answer.body).toString()
}

const PASSWORD = 'pass word/"9"'
const BASIC = `Basic ${Buffer.from(`bot:${PASSWORD}`).toString('base64')}`

describe('what a server repeats of its credentials', () => {
  it.each([
    ['a token', 'Bearer s3cret', 'no "s3cret" here', 'no "***" here'],
    ['the whole header', 'Bearer s3cret', 'got Bearer s3cret', 'got ***'],
    ['a password', BASIC, `for ${PASSWORD}`, 'for ***'],
    ['a password in JSON', BASIC, JSON.stringify({ got: PASSWORD }), '{"got":"***"}'],
    ['a password in an address', BASIC, `/?p=${encodeURIComponent(PASSWORD)}&x`, '/?p=***&x'],
    ['name and password', BASIC, `bot:${PASSWORD}`, '***'],
    ['them in base64', BASIC, BASIC, '***'],
    [
      'a token in other letters',
      'Bearer \u00e4\u00f6\u00fc-token',
      'ä ö \u00e4\u00f6\u00fc-token',
      'ä ö ***'
    ]
  ])('is taken out: %s', (_what, authorization, body, expected) => {
    expect(bodyAfter(body, authorization)).toBe(expected)
  })

  it('is taken out of headers too', () => {
    const headers = { 'www-authenticate': 'Echo realm="s3cret"', 'retry-after': '5' }

    expect(scrubbed({ headers, body: new Uint8Array() }, 'Bearer s3cret').headers).toEqual({
      'www-authenticate': 'Echo realm="***"',
      'retry-after': '5'
    })
  })

  it('leaves everything else as it is', () => {
    const bytes = Buffer.from([0, 255, 195, 40, 10])

    expect(Buffer.from(scrubbed({ headers: {}, body: bytes }, '').body)).toEqual(bytes)
    expect(Buffer.from(scrubbed({ headers: {}, body: bytes }, 'Bearer abc').body)).toEqual(bytes)
  })
})
