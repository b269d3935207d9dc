import { createHash, randomBytes } from 'node:crypto'
import { expect, it } from '@jest/globals'
import { blake2b } from '../../src/formats/blake2b.ts'

it('agrees with OpenSSL on 64 bytes, for input of every length around a block', () => {
  for (const length of [0, 1, 74, 127, 128, 129, 255, 256, 257, 1000]) {
    const data = randomBytes(length)

    expect(Buffer.from(blake2b(data, 64)).toString('hex')).toBe(
      createHash('blake2b512').update(data).digest('hex')
    )
  }
})

// From Python: hashlib.blake2b(data, digest_size=32).hexdigest()
it.each([
  ['', '0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8'],
  ['abc', 'bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319']
])('has a hash of its own for 32 bytes: of %j', (text, hex) => {
  expect(Buffer.from(blake2b(Buffer.from(text), 32)).toString('hex')).toBe(hex)
})
