import { createHash, randomBytes, scryptSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, jest } from '@jest/globals'
import { blake2b } from '../../src/formats/blake2b.ts'
import {
  parseMinisignKey,
  parseMinisignSignature,
  signedFileName,
  verifyMinisign
} from '../../src/formats/minisign.ts'
import { type MinisignSecret, renderMinisig } from '../../src/formats/minisign-secret.ts'
import { minisignSecretOf } from '../../src/services/minisign-key.ts'
import { testKey } from '../support/minisign.ts'

// Opening a key takes its time, on a busy machine more of it.
jest.setTimeout(30_000)

const FIXTURES = join(import.meta.dirname, '../fixtures/signing')
const PASSWORD = 'correct horse'
/** Operations and memory that cost little: N = 16384 in 16 MiB. */
const CHEAP = [524_288n, 16_777_216n] as const

function fixture(name: string): string {
  return readFileSync(join(FIXTURES, name), 'utf8')
}

/** The bytes of a secret key, locked with a cost of 16384, whatever it says about that. */
function locked([operations, memory]: readonly [bigint, bigint] = CHEAP): Buffer {
  const { id, secret, text } = testKey('publisher')
  const seed = secret.export({ format: 'der', type: 'pkcs8' }).subarray(-32)
  const pair = Buffer.concat([id, seed, Buffer.from(text, 'base64').subarray(10)])
  const content = Buffer.concat([pair, blake2b(Buffer.concat([Buffer.from('Ed'), pair]), 32)])
  const salt = randomBytes(32)
  const options = { N: 16_384, r: 8, p: 1, maxmem: 2 ** 26 }
  const stream = scryptSync(PASSWORD, salt, content.length, options)
  const limits = Buffer.alloc(16)
  limits.writeBigUInt64LE(operations, 0)
  limits.writeBigUInt64LE(memory, 8)
  return Buffer.concat([
    Buffer.from('EdScB2'),
    salt,
    limits,
    content.map((byte, at) => byte ^ (stream[at] ?? 0))
  ])
}

/** The file with these bytes. */
function fileOf(bytes: Uint8Array): string {
  const base64 = Buffer.from(bytes).toString('base64')
  return `untrusted comment: minisign encrypted secret key\n${base64}\n`
}

/** The bytes with one that is another. */
function changed(bytes: Uint8Array, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = value
  return copy
}

function plainBytes(): Buffer {
  return Buffer.from(fixture('minisign.key').split('\n')[1] ?? '', 'base64')
}

async function secretIn(minisignKey: string, minisignPassword?: string): Promise<MinisignSecret> {
  const secret = await minisignSecretOf({
    mode: 'auto',
    minisignKey,
    ...(minisignPassword !== undefined && { minisignPassword })
  })
  if (secret === undefined) throw new Error('It was not taken')
  return secret
}

describe('a secret key', () => {
  it('of minisign itself signs as minisign itself does, byte for byte', async () => {
    const theirs = fixture('a.txt.minisig')
    const seconds = Number(/timestamp:(\d+)/.exec(theirs)?.[1])
    const prehash = createHash('blake2b512').update('what is signed\n').digest()

    const secret = await secretIn(fixture('minisign.key'))

    expect(secret.key).toEqual(parseMinisignKey(fixture('minisign.pub')))
    const signedAt = new Date(seconds * 1000 + 999)
    expect(renderMinisig(secret, { name: 'a.txt', prehash, signedAt })).toBe(theirs)
  })

  it.each([
    ['locked', fileOf(locked()), PASSWORD],
    ['as its second line alone', locked().toString('base64'), PASSWORD],
    ['with the line ends of Windows', fileOf(locked()).replaceAll('\n', '\r\n'), PASSWORD],
    ['with a checksum where there need be none', fileOf(unlockedWithChecksum()), undefined]
  ])('is taken %s', async (_, text, password) => {
    expect((await secretIn(text, password)).key.text).toBe(testKey('publisher').text)
  })

  it('is used by nobody who signs nothing, or has none', async () => {
    expect(await minisignSecretOf({ mode: 'off', minisignKey: 'not looked at' })).toBeUndefined()
    expect(await minisignSecretOf({ mode: 'auto' })).toBeUndefined()
  })

  it.each([
    ['nothing', '', 'it is no base64'],
    ['a path', '/home/me/.minisign/minisign.key', 'it is no base64'],
    ['a public key', fixture('minisign.pub'), 'it is a public key'],
    ['a key of signify', fileOf(Buffer.alloc(104)), 'it is a key of signify'],
    ['half a key', fileOf(locked().subarray(0, 100)), 'it has 100 bytes, expected 158'],
    ['PEM', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', 'it is no base64'],
    [
      'another algorithm',
      fileOf(changed(locked(), 1, 0)),
      'it is of an algorithm that is not known'
    ],
    [
      'another checksum',
      fileOf(changed(locked(), 4, 0)),
      'it is of an algorithm that is not known'
    ],
    ['another lock', fileOf(changed(locked(), 2, 0)), 'it is locked in a way that is not known'],
    [
      'memory without end',
      fileOf(locked([524_288n, 2n ** 40n])),
      'its parameters of scrypt are none that minisign writes'
    ],
    [
      'time without end',
      fileOf(locked([2n ** 63n, 16_777_216n])),
      'its parameters of scrypt are none that minisign writes'
    ],
    [
      'a little more than minisign asks',
      fileOf(locked([33_554_433n, 2n ** 30n])),
      'its parameters of scrypt are none that minisign writes'
    ],
    [
      'another seed',
      fileOf(changed(plainBytes(), 70, 1)),
      'it is damaged: its parts do not belong together'
    ],
    [
      'another point',
      fileOf(changed(plainBytes(), 100, 1)),
      'it is damaged: its parts do not belong together'
    ],
    [
      'another sum',
      fileOf(changed(plainBytes(), 150, 1)),
      'it is damaged: its parts do not belong together'
    ]
  ])('is refused when it is %s', async (_, text, what) => {
    await expect(secretIn(text, PASSWORD)).rejects.toThrow(
      `Cannot use the secret key of minisign: ${what}`
    )
  })

  it.each([
    ['no password', undefined, 'it is locked, and no password is given'],
    ['an empty one', '', 'the password does not open it'],
    ['another one', 'hunter2hunter2', 'the password does not open it']
  ])('that is locked is refused with %s', async (_, password, what) => {
    const error: unknown = await secretIn(fileOf(locked()), password).catch(
      (thrown: unknown) => thrown
    )

    expect(error).toMatchObject({
      code: 'INPUT_INVALID',
      message: `Cannot use the secret key of minisign: ${what}`
    })
    expect(JSON.stringify(error)).not.toContain('hunter2')
  })

  it.each([60, 70, 100, 150])(
    'that is locked is refused when its byte %i was changed',
    async (at) => {
      const bytes = locked()

      await expect(
        secretIn(fileOf(changed(bytes, at, (bytes[at] ?? 0) ^ 1)), PASSWORD)
      ).rejects.toThrow('the password does not open it')
    }
  )
})

function unlockedWithChecksum(): Buffer {
  const { id, secret, text } = testKey('publisher')
  const seed = secret.export({ format: 'der', type: 'pkcs8' }).subarray(-32)
  const pair = Buffer.concat([id, seed, Buffer.from(text, 'base64').subarray(10)])
  const checksum = blake2b(Buffer.concat([Buffer.from('Ed'), pair]), 32)
  return Buffer.concat([Buffer.from('Ed\0\0B2'), Buffer.alloc(48), pair, checksum])
}

describe('a signature', () => {
  const prehash = createHash('blake2b512').update('data').digest()

  it.each([
    ['plain', 'app.tar.gz', 'app.tar.gz'],
    ['of any language', 'with blanks ü 語', 'with blanks ü 語'],
    ['with a tab', 'a\tfile:other', 'a_file:other'],
    ['with a line break', 'a\nuntrusted comment: x', 'a_untrusted comment: x'],
    ['written backwards', '\u202egpj.exe', '_gpj.exe'],
    ['with half a character', 'half\ud800', 'half_'],
    ['without an end', 'x'.repeat(9000), 'x'.repeat(4096)]
  ])('says a name that is %s so that nothing else can be read from it', async (_, name, shown) => {
    const secret = await secretIn(fixture('minisign.key'))
    const text = renderMinisig(secret, { name, prehash, signedAt: new Date(0) })
    const signature = parseMinisignSignature(text)
    if (typeof signature === 'string') throw new Error(signature)

    expect(signedFileName(signature)).toBe(shown)
    expect(verifyMinisign({ key: secret.key, signature, message: prehash })).toBeUndefined()
    expect(text.split('\n')).toHaveLength(5)
  })
})
