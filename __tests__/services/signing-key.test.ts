import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  scryptSync,
  verify
} from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, jest } from '@jest/globals'
import nacl from 'tweetnacl'
import { InputError } from '../../src/model/errors.ts'
import { signingKeyOf } from '../../src/services/signing-key.ts'

// Opening a key takes its time, on a busy machine more of it.
jest.setTimeout(30_000)

const FIXTURES = join(import.meta.dirname, '../fixtures/signing')
const P256 = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const PKCS8 = P256.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const SPKI = P256.publicKey.export({ type: 'spki', format: 'pem' }).toString()
const PASSWORD = 'correct horse'

function fixture(name: string): string {
  return readFileSync(join(FIXTURES, name), 'utf8')
}

interface Sealing {
  readonly label?: string
  readonly cost?: number
  readonly der?: Uint8Array
  /** Changes the file before it becomes base64. */
  readonly edit?: (json: string) => string
}

/** A key as cosign writes it, and as it does not. */
function sealed({
  label = 'SIGSTORE',
  cost = 32_768,
  der = P256.privateKey.export({ type: 'pkcs8', format: 'der' }),
  edit = (json) => json
}: Sealing = {}): string {
  const salt = randomBytes(32)
  const nonce = randomBytes(24)
  const maxmem = 128 * 8 * cost + 2 ** 20
  const key = scryptSync(PASSWORD, salt, 32, { N: cost, r: 8, p: 1, maxmem })
  const json = JSON.stringify({
    kdf: { name: 'scrypt', params: { N: cost, r: 8, p: 1 }, salt: salt.toString('base64') },
    cipher: { name: 'nacl/secretbox', nonce: nonce.toString('base64') },
    ciphertext: Buffer.from(nacl.secretbox(der, nonce, key)).toString('base64')
  })
  return framed(`ENCRYPTED ${label} PRIVATE KEY`, Buffer.from(edit(json)))
}

function framed(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

/** What is thrown for a key. */
async function refusal(key: string, keyPassword?: string): Promise<InputError> {
  try {
    await signingKeyOf({ mode: 'key', key, ...(keyPassword !== undefined && { keyPassword }) })
  } catch (error) {
    if (error instanceof InputError) return error
    throw error
  }
  throw new Error('It was taken')
}

/** What signs with a key, and whether that holds. */
async function taken(
  key: string,
  keyPassword: string | undefined
): Promise<{ readonly spki: string; readonly holds: boolean }> {
  const signing = await signingKeyOf({
    mode: 'auto',
    key,
    ...(keyPassword !== undefined && { keyPassword })
  })
  if (signing === undefined) throw new Error('It was not taken')
  const signature = await signing.sign([Buffer.from('in '), Buffer.from('pieces')])
  const spki = signing.publicKey
  return { spki, holds: verify('sha256', Buffer.from('in pieces'), spki, signature) }
}

describe('a key that is taken', () => {
  it.each([
    ['with-password', 'hello'],
    ['without-password', ''],
    ['without-password', undefined]
  ])('was made by cosign itself: %s', async (name, password) => {
    const spki = fixture(`${name}.pub`)

    expect(await taken(fixture(`${name}.key`), password)).toEqual({ spki, holds: true })
  })

  it.each([
    ['has the older label of cosign', sealed({ label: 'COSIGN' }), PASSWORD],
    ['has the cost that came later', sealed({ cost: 131_072 }), PASSWORD],
    ['has the line ends of Windows', sealed().replaceAll('\n', '\r\n'), PASSWORD],
    ['has blank lines around it', `\n\n  ${sealed().trim()}\n\n`, PASSWORD],
    ['is in PKCS #8', PKCS8, undefined],
    ['is in PKCS #8, and comes with a password that it does not need', PKCS8, PASSWORD],
    ['is in PKCS #8, locked', lockedPkcs8(P256.privateKey), PASSWORD],
    [
      'is in the form of OpenSSL’s `ecparam`',
      `${framed('EC PARAMETERS', Buffer.from('06082a8648ce3d030107', 'hex'))}${P256.privateKey.export({ type: 'sec1', format: 'pem' }).toString()}`,
      undefined
    ]
  ])('%s', async (_, key, password) => {
    expect(await taken(key, password)).toEqual({ spki: SPKI, holds: true })
  })
})

function lockedPkcs8(key: KeyObject): string {
  const options = {
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: PASSWORD
  } as const
  return key.export(options).toString()
}

describe('without a key', () => {
  it.each(['off', 'keyless'] as const)(
    'none is used for `sign: %s`, though one is given',
    async (mode) => {
      expect(await signingKeyOf({ mode, key: 'not even looked at' })).toBeUndefined()
    }
  )

  it('none is used where nobody asked for one', async () => {
    expect(await signingKeyOf({ mode: 'auto' })).toBeUndefined()
  })

  it('`sign: key` is a contradiction', async () => {
    await expect(signingKeyOf({ mode: 'key' })).rejects.toThrow(
      expect.objectContaining({ code: 'INPUT_CONFLICT' })
    )
  })
})

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

describe('a key of another kind', () => {
  it.each([
    [
      pem(generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey),
      'a key of ECDSA on the curve P-384'
    ],
    [
      pem(generateKeyPairSync('ec', { namedCurve: 'secp521r1' }).privateKey),
      'a key of ECDSA on the curve P-521'
    ],
    [
      pem(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey),
      'a key of ECDSA on the curve secp256k1'
    ],
    [
      pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
      'an RSA key of 2048 bits'
    ],
    [pem(generateKeyPairSync('ed25519').privateKey), 'a key of Ed25519'],
    [pem(generateKeyPairSync('x25519').privateKey), 'a key of the kind x25519']
  ])('is refused by what it is (%#)', async (key, kind) => {
    const { message, remedy } = await refusal(key)

    expect(message).toBe(
      `Cannot use the signing key: found ${kind}, expected one of ECDSA on the curve P-256`
    )
    expect(remedy).toContain('cosign generate-key-pair')
  })

  it('is refused though cosign has locked it', async () => {
    expect((await refusal(fixture('imported-p384.key'), 'hello')).message).toContain('P-384')
  })
})

describe('something else instead of a key', () => {
  it.each([
    ['/home/me/cosign.key', 'found what looks like the path of a file, expected the text in it'],
    ['cosign.key', 'found what looks like the path of a file, expected the text in it'],
    ['C:\\keys\\me.pem', 'found what looks like the path of a file, expected the text in it'],
    ['env://MY_KEY', 'found the name of a variable, expected the text of a key'],
    [
      'awskms:///alias/me',
      'found the address of a service that keeps keys, expected the text of a key'
    ],
    [
      'hashivault://me',
      'found the address of a service that keeps keys, expected the text of a key'
    ],
    [
      'untrusted comment: minisign encrypted secret key\nRWRTY0Iy',
      'found a key of minisign, expected PEM'
    ],
    ['   ', 'found no PEM text'],
    ['c29tZXRoaW5n', 'found no PEM text'],
    [
      PKCS8.replaceAll('\n', '\\n'),
      'found the beginning of a PEM text, but not all of it on lines of its own'
    ],
    [
      PKCS8.replaceAll('\n', ' '),
      'found the beginning of a PEM text, but not all of it on lines of its own'
    ],
    [
      PKCS8.slice(0, 150),
      'found the beginning of a PEM text, but not all of it on lines of its own'
    ],
    [SPKI, 'found a public key, expected a private key'],
    [framed('CERTIFICATE', Buffer.from('x')), 'found a certificate, expected a private key'],
    [
      framed('OPENSSH PRIVATE KEY', Buffer.from('x')),
      'found a key of OpenSSH, expected a private key'
    ],
    [
      framed('DH PARAMETERS', Buffer.from('x')),
      'found a PEM text of another kind, expected a private key'
    ],
    [PKCS8 + PKCS8, 'found 2 PEM texts, expected one'],
    [framed('PRIVATE KEY', Buffer.from('x')), 'it is damaged'],
    [
      '-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END EC PRIVATE KEY-----',
      'it is locked in the old way of OpenSSL, which is weak'
    ]
  ])('is called by its name, and not repeated (%#)', async (key, what) => {
    const { message, code, cause } = await refusal(key)

    expect(message).toBe(`Cannot use the signing key: ${what}`)
    expect(code).toBe('INPUT_INVALID')
    expect(cause).toBeUndefined()
  })
})

describe('a password', () => {
  it.each([
    ['with-password', sealed(), 'wrong', 'the password does not open it'],
    ['PKCS #8', lockedPkcs8(P256.privateKey), 'wrong', 'the password does not open it'],
    ['with-password', sealed(), undefined, 'it is locked, and no password is given'],
    ['PKCS #8', lockedPkcs8(P256.privateKey), undefined, 'it is locked, and no password is given']
  ])('is missed or refused: %s, %#', async (_, key, password, what) => {
    const { message, remedy } = await refusal(key, password)

    expect(message).toBe(`Cannot use the signing key: ${what}`)
    expect(remedy).toContain('COSIGN_PASSWORD')
  })
})

describe('a hostile or damaged key of cosign', () => {
  it.each([
    [
      'a cost of gigabytes',
      { edit: (json: string) => json.replace('32768', '1073741824') },
      'parameters of scrypt'
    ],
    [
      'another block size',
      { edit: (json: string) => json.replace('"r":8', '"r":8192') },
      'parameters of scrypt'
    ],
    [
      'many lanes',
      { edit: (json: string) => json.replace('"p":1', '"p":1000000') },
      'parameters of scrypt'
    ],
    [
      'a cost that is no number',
      { edit: (json: string) => json.replace('32768', '"32768"') },
      'parameters of scrypt'
    ],
    [
      'another derivation',
      { edit: (json: string) => json.replace('scrypt', 'pbkdf2') },
      'locked in another way'
    ],
    [
      'another cipher',
      { edit: (json: string) => json.replace('nacl/secretbox', 'aes') },
      'locked in another way'
    ],
    [
      'a prototype for a derivation',
      { edit: (json: string) => json.replace('"kdf"', '"__proto__"') },
      'locked in another way'
    ],
    [
      'a short nonce',
      { edit: (json: string) => json.replace(/"nonce":"..../, '"nonce":"') },
      'its nonce is not of 24 bytes'
    ],
    [
      'a short salt',
      { edit: (json: string) => json.replace(/"salt":"..../, '"salt":"') },
      'its salt is not of 32 bytes'
    ],
    [
      'no ciphertext',
      { edit: (json: string) => json.replace('ciphertext', 'other') },
      'there is no ciphertext'
    ],
    ['half of its JSON', { edit: (json: string) => json.slice(0, 200) }, 'there is no JSON in it'],
    ['a list', { edit: () => '[]' }, 'there is no JSON in it'],
    ['no end', { edit: (json: string) => json + ' '.repeat(100_000) }, 'there is no JSON in it']
  ])('with %s is refused', async (_, sealing, what) => {
    const { message } = await refusal(sealed(sealing), PASSWORD)

    expect(message).toContain(what)
  })

  it.each([
    [
      'ciphertext',
      (json: string) =>
        json.replace(
          /"ciphertext":"./,
          (found) => `${found.slice(0, -1)}${found.endsWith('A') ? 'B' : 'A'}`
        )
    ],
    [
      'nonce',
      (json: string) =>
        json.replace(
          /"nonce":"./,
          (found) => `${found.slice(0, -1)}${found.endsWith('A') ? 'B' : 'A'}`
        )
    ],
    [
      'cut ciphertext',
      (json: string) => json.replace(/"ciphertext":"[^"]*"/, '"ciphertext":"AAAA"')
    ]
  ])('whose %s was changed does not open', async (_, edit) => {
    expect((await refusal(sealed({ edit }), PASSWORD)).message).toContain(
      'the password does not open it'
    )
  })

  it('that holds SEC 1 instead of PKCS #8 is refused, as cosign refuses it', async () => {
    const der = P256.privateKey.export({ type: 'sec1', format: 'der' })

    expect((await refusal(sealed({ der }), PASSWORD)).message).toContain('is no PKCS #8')
  })

  it('in PKCS #8 with rounds without end is refused at once', async () => {
    const body = lockedPkcs8(P256.privateKey).split('\n').slice(1, -2).join('')
    const der = Buffer.from(body, 'base64')
    // The rounds are the INTEGER 2048 behind the salt.
    der.writeUInt16BE(0x7fff, der.indexOf(Buffer.from('02020800', 'hex')) + 2)
    const many = framed('ENCRYPTED PRIVATE KEY', der)
    expect((await refusal(many, PASSWORD)).message).toContain('the password does not open it')

    const hostile = Buffer.from(der)
    hostile[hostile.indexOf(Buffer.from('02027fff', 'hex')) + 1] = 9
    const { message } = await refusal(framed('ENCRYPTED PRIVATE KEY', hostile), PASSWORD)
    expect(message).toContain('Infinity rounds of PBKDF2')
  })
})

it('tells nothing of key or password in any error, nor in what it answers', async () => {
  const secret = 'hunter2hunter2'
  const body = PKCS8.split('\n')[1] ?? ''
  const errors = await Promise.all([
    refusal(sealed(), secret),
    refusal(lockedPkcs8(P256.privateKey), secret),
    refusal(PKCS8.replaceAll('\n', ' '), secret),
    refusal(
      PKCS8.replace('BEGIN PRIVATE', 'BEGIN OTHER').replace('END PRIVATE', 'END OTHER'),
      secret
    )
  ])
  const key = await signingKeyOf({ mode: 'key', key: PKCS8, keyPassword: secret })

  const shown = JSON.stringify([
    errors.map((error) => [error.message, error.remedy, error.stack, error.cause]),
    key
  ])
  expect(shown).not.toContain(secret)
  expect(shown).not.toContain(body)
})

/** 4 MiB, as from a disk. */
async function* pieces(): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < 64; at += 1) {
    await Promise.resolve()
    yield Buffer.alloc(65_536, at)
  }
}

it('signs what is larger than one piece, and as it comes', async () => {
  const key = await signingKeyOf({ mode: 'key', key: PKCS8 })
  const all = Buffer.concat(Array.from({ length: 64 }, (_, at) => Buffer.alloc(65_536, at)))

  const signature = await key?.sign(pieces())

  const spki = createPublicKey(createPrivateKey(PKCS8))
  expect(verify('sha256', all, spki, signature ?? Buffer.alloc(0))).toBe(true)
})
