import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  type MinisignKey,
  type MinisignSignature,
  parseMinisignKey,
  parseMinisignSignature,
  signedFileName,
  verifyMinisign
} from '../../src/formats/minisign.ts'
import { minisig, testKey } from '../support/minisign.ts'

const KEY = testKey('publisher')
const OTHER = testKey('somebody else')
const DATA = 'int main(void) { return 0; }\n'
const GOOD = minisig(KEY, DATA, { name: 'main.c' })

function keyOf(text: string): MinisignKey {
  const key = parseMinisignKey(text)
  if (typeof key === 'string') throw new Error(key)
  return key
}

function signatureOf(text: string): MinisignSignature {
  const signature = parseMinisignSignature(text)
  if (typeof signature === 'string') throw new Error(signature)
  return signature
}

function verdictOf(text: string, data = DATA): ReturnType<typeof verifyMinisign> {
  const signature = signatureOf(text)
  const bytes = Buffer.from(data)
  const prehash = createHash('blake2b512').update(bytes).digest()
  const message = signature.algorithm === 'legacy' ? bytes : prehash
  return verifyMinisign({ key: keyOf(KEY.text), signature, message })
}

/** One bit of a line in base64, changed. */
function flipped(text: string, line: number, byte: number): string {
  const lines = text.split('\n')
  const bytes = Buffer.from(lines[line] ?? '', 'base64')
  bytes[byte] = (bytes[byte] ?? 0) ^ 1
  lines[line] = bytes.toString('base64')
  return lines.join('\n')
}

function withLine(text: string, at: number, line: string): string {
  return text
    .split('\n')
    .map((old, index) => (index === at ? line : old))
    .join('\n')
}

describe('a public key', () => {
  it.each([
    ['the line alone', KEY.text],
    ['the file', `untrusted comment: minisign public key ABC\n${KEY.text}\n`],
    ['a file with the line ends of Windows', `untrusted comment: x\r\n${KEY.text}\r\n`]
  ])('is read from %s', (_, text) => {
    expect(keyOf(text).text).toBe(KEY.text)
    expect(keyOf(text).id).toMatch(/^[0-9A-F]{16}$/)
  })

  it('has the id that the program shows: a little-endian number', () => {
    expect(keyOf(KEY.text).id).toBe(Buffer.from(KEY.id.toReversed()).toString('hex').toUpperCase())
  })

  it.each([
    ['', 'no base64'],
    [`${KEY.text} `, 'no base64'],
    [KEY.text.replace('R', '-'), 'no base64'],
    [KEY.text.slice(0, -4), '39 bytes instead of 42'],
    [Buffer.alloc(158).toString('base64'), 'a secret key, which nobody else should have'],
    [Buffer.alloc(104).toString('base64'), 'a secret key, which nobody else should have'],
    [Buffer.alloc(42).toString('base64'), 'a key of an algorithm other than Ed25519'],
    [`${KEY.text}\n${OTHER.text}`, 'more lines than a public key has'],
    [`untrusted comment: x\n${KEY.text}\n${OTHER.text}`, 'more lines than a public key has'],
    ['untrusted comment: x', 'no base64']
  ])('is not %j: %s', (text, why) => {
    expect(parseMinisignKey(text)).toBe(why)
  })
})

describe('a signature', () => {
  it('of the hash holds, and tells name and comment', () => {
    expect(verdictOf(GOOD)).toBeUndefined()
    expect(signatureOf(GOOD)).toMatchObject({
      algorithm: 'prehashed',
      keyId: keyOf(KEY.text).id,
      trustedComment: 'timestamp:1700000000\tfile:main.c\thashed'
    })
    expect(signedFileName(signatureOf(GOOD))).toBe('main.c')
  })

  it('of the old form holds over the file itself', () => {
    const old = minisig(KEY, DATA, { legacy: true })

    expect(signatureOf(old).algorithm).toBe('legacy')
    expect(verdictOf(old)).toBeUndefined()
  })

  it('holds with other line ends, and without an end of the last line', () => {
    expect(verdictOf(GOOD.replaceAll('\n', '\r\n'))).toBeUndefined()
    expect(verdictOf(GOOD.trimEnd())).toBeUndefined()
  })

  it('without a name in its comment has none', () => {
    expect(
      signedFileName(signatureOf(minisig(KEY, DATA, { comment: 'release 1' })))
    ).toBeUndefined()
  })

  it.each([
    ['another file', 'file', GOOD, `${DATA} `],
    ['a changed signature', 'file', flipped(GOOD, 1, 20), DATA],
    ['a changed key id', 'key', flipped(GOOD, 1, 3), DATA],
    ['another key', 'key', minisig(OTHER, DATA), DATA],
    ['another key under the same id', 'file', minisig({ ...OTHER, id: KEY.id }, DATA), DATA],
    ['a changed comment', 'comment', GOOD.replace('main.c', 'evil.c'), DATA],
    ['a changed global signature', 'comment', flipped(GOOD, 3, 0), DATA],
    [
      'the comment of another file',
      'comment',
      GOOD.split('\n').slice(0, 2).concat(minisig(KEY, 'x').split('\n').slice(2)).join('\n'),
      DATA
    ],
    [
      'the old form taken for the new one',
      'file',
      flippedAlgorithm(minisig(KEY, DATA, { legacy: true }), 'ED'),
      DATA
    ],
    ['the new form taken for the old one', 'file', flippedAlgorithm(GOOD, 'Ed'), DATA],
    ['a signature of nothing but zeros', 'file', zeroed(GOOD), DATA]
  ] as const)('of %s does not hold: %s', (_, wrong, text, data) => {
    expect(verdictOf(text, data)).toBe(wrong)
  })

  it.each([
    ['nothing', '', 'no "untrusted comment: " in its first line'],
    [
      'a first line without prefix',
      withLine(GOOD, 0, 'comment: x'),
      'no "untrusted comment: " in its first line'
    ],
    ['a byte order mark', `\ufeff${GOOD}`, 'no "untrusted comment: " in its first line'],
    [
      'an endless untrusted comment',
      withLine(GOOD, 0, `untrusted comment: ${'x'.repeat(1025)}`),
      'an untrusted comment without end'
    ],
    [
      'a second line that is no base64',
      withLine(GOOD, 1, 'RUQ!'),
      'no signature in its second line'
    ],
    [
      'a signature that is cut',
      withLine(GOOD, 1, (GOOD.split('\n')[1] ?? '').slice(0, -4)),
      'no signature in its second line'
    ],
    [
      'base64 that could be shorter',
      withLine(GOOD, 1, `${GOOD.split('\n')[1]}=`),
      'no signature in its second line'
    ],
    ['an unknown algorithm', flippedAlgorithm(GOOD, 'EX'), 'a signature of an unknown algorithm'],
    [
      'a file of signify',
      GOOD.split('\n').slice(0, 2).join('\n'),
      'a signature of signify, which has no trusted comment'
    ],
    [
      'a third line without prefix',
      withLine(GOOD, 2, 'comment: x'),
      'no "trusted comment: " in its third line'
    ],
    [
      'an endless trusted comment',
      minisig(KEY, DATA, { comment: 'x'.repeat(8193) }),
      'a trusted comment without end'
    ],
    [
      'a comment with an escape',
      minisig(KEY, DATA, { comment: 'a\u001b[2Jb' }),
      'a trusted comment that cannot be printed'
    ],
    [
      'a comment with a C1 control',
      minisig(KEY, DATA, { comment: 'a\u009bb' }),
      'a trusted comment that cannot be printed'
    ],
    [
      'a comment that is no UTF-8',
      minisig(KEY, DATA, { comment: 'a\ufffdb' }),
      'a trusted comment that cannot be printed'
    ],
    [
      'no fourth line',
      GOOD.split('\n').slice(0, 3).join('\n'),
      'no global signature in its fourth line'
    ],
    ['a fifth line', `${GOOD}more\n`, 'more than four lines']
  ])('is not read from %s', (_, text, why) => {
    expect(parseMinisignSignature(text)).toBe(why)
  })

  it('is refused or does not hold, wherever a byte is changed', () => {
    fc.assert(
      fc.property(fc.nat(GOOD.length - 2), fc.integer({ min: 1, max: 127 }), (at, by) => {
        const code = (GOOD.charCodeAt(at) ^ by) & 0x7f
        const text = GOOD.slice(0, at) + String.fromCharCode(code) + GOOD.slice(at + 1)
        // The untrusted comment is just that, and a line may end in both ways.
        const same = text.split(/\r?\n/).slice(1).join() === GOOD.split('\n').slice(1).join()
        const parsed = parseMinisignSignature(text)
        expect(typeof parsed === 'string' || same || verdictOf(text) !== undefined).toBe(true)
      }),
      { numRuns: 500 }
    )
  })
})

function flippedAlgorithm(text: string, algorithm: string): string {
  const bytes = Buffer.from(text.split('\n')[1] ?? '', 'base64')
  bytes.write(algorithm, 0, 'latin1')
  return withLine(text, 1, bytes.toString('base64'))
}

function zeroed(text: string): string {
  const bytes = Buffer.from(text.split('\n')[1] ?? '', 'base64').fill(0, 10)
  return withLine(text, 1, bytes.toString('base64'))
}
