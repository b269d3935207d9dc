import { createPrivateKey, createPublicKey, scrypt, sign, timingSafeEqual } from 'node:crypto'
import { blake2b } from './blake2b.ts'
import { bytesOf, keyIdOf, linesOf, type MinisignKey, TRUSTED, UNTRUSTED } from './minisign.ts'

/** Bytes of a secret key of minisign and of signify, behind their base64. */
const SECRET_BYTES = 158
const SIGNIFY_BYTES = 104

/** Most that may be asked of scrypt: what the program itself asks, about two seconds and 1 GiB. */
const MAX_OPERATIONS = 33_554_432n
const MAX_MEMORY = 1_073_741_824n

/** DER of an Ed25519 private key in PKCS #8, up to its seed. @see https://www.rfc-editor.org/rfc/rfc8410#section-7 */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Longest name in a comment, in characters: comments have an end. */
const MAX_NAME = 4096

/** A secret key as the file has it. */
export interface MinisignSecretFile {
  /** How it is locked; absent when it is not. */
  readonly lock?: ScryptLock
  /** Key id, secret key and checksum: locked, if there is a lock. */
  readonly content: Uint8Array
}

/** Parameters of scrypt. */
export interface ScryptLock {
  readonly salt: Uint8Array
  readonly cost: number
  readonly lanes: number
}

const BLOCK_SIZE = 8

/** Signs as one key. */
export interface MinisignSecret {
  readonly key: MinisignKey
  /** Ed25519. */
  sign(message: Uint8Array): Uint8Array
}

/**
 * Parses the secret key that `minisign -G` writes: the file, or its second line alone.
 *
 * @returns why it is none, as a string that repeats nothing of it
 * @see https://jedisct1.github.io/minisign/#secret-key-format
 */
export function parseMinisignSecret(text: string): MinisignSecretFile | string {
  const lines = linesOf(text.trim())
  const line = lines[0]?.startsWith(UNTRUSTED) === true ? lines[1] : lines[0]
  const bytes = bytesOf((line ?? '').trim())
  if (bytes === undefined) return 'it is no base64'
  if (bytes.length === 42) return 'it is a public key'
  if (bytes.length === SIGNIFY_BYTES) return 'it is a key of signify'
  if (bytes.length !== SECRET_BYTES) return `it has ${bytes.length} bytes, expected ${SECRET_BYTES}`
  const [signing, locking, checking] = [0, 2, 4].map((at) => textOf(bytes.subarray(at, at + 2)))
  if (signing !== 'Ed' || checking !== 'B2') return 'it is of an algorithm that is not known'
  const content = bytes.subarray(54)
  if (locking === '\0\0') return { content }
  if (locking !== 'Sc') return 'it is locked in a way that is not known'
  const lock = lockIn(Buffer.from(bytes))
  return lock === undefined
    ? 'its parameters of scrypt are none that minisign writes'
    : { lock, content }
}

/** What operations and memory mean to scrypt. As `pickparams` of libsodium has it. */
function lockIn(bytes: Buffer): ScryptLock | undefined {
  const asked = bytes.readBigUInt64LE(38)
  const memory = bytes.readBigUInt64LE(46)
  if (asked > MAX_OPERATIONS || memory > MAX_MEMORY) return undefined
  const operations = Number(asked < 32_768n ? 32_768n : asked)
  const bySpeed = operations < Math.floor(Number(memory) / 32)
  const most = bySpeed ? operations / (BLOCK_SIZE * 4) : Number(memory) / (BLOCK_SIZE * 128)
  let cost = 2
  while (cost <= most / 2) cost *= 2
  const lanes = bySpeed ? 1 : Math.floor(Math.floor(operations / 4 / cost) / BLOCK_SIZE)
  return lanes < 1 ? undefined : { salt: bytes.subarray(6, 38), cost, lanes }
}

/**
 * Unlocks a secret key.
 *
 * @returns nothing when the password is wrong, or the key was changed
 */
export async function openMinisignSecret(
  { lock, content }: MinisignSecretFile,
  password: string
): Promise<MinisignSecret | undefined> {
  const opened = Buffer.from(content)
  if (lock !== undefined) {
    const stream = await streamOf(lock, password, content.length)
    for (const [at, byte] of stream.entries()) opened[at] = (opened[at] ?? 0) ^ byte
    stream.fill(0)
  }
  try {
    return isWhole(opened, lock !== undefined) ? secretOf(opened) : undefined
  } finally {
    opened.fill(0)
  }
}

/** Without a lock the program writes no checksum. The public half is part of the key: it must be that of the seed. */
function isWhole(content: Buffer, isLocked: boolean): boolean {
  const kept = content.subarray(72)
  const checksum = blake2b(Buffer.concat([Buffer.from('Ed'), content.subarray(0, 72)]), 32)
  const isChecked = timingSafeEqual(kept, checksum)
  const isUnchecked = !isLocked && kept.every((byte) => byte === 0)
  return (isChecked || isUnchecked) && pointOf(content).equals(content.subarray(40, 72))
}

function seedOf(content: Buffer): ReturnType<typeof createPrivateKey> {
  const der = Buffer.concat([PKCS8_ED25519, content.subarray(8, 40)])
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  } finally {
    der.fill(0)
  }
}

function pointOf(content: Buffer): Buffer {
  return createPublicKey(seedOf(content)).export({ format: 'der', type: 'spki' }).subarray(-32)
}

function secretOf(content: Buffer): MinisignSecret {
  const seed = seedOf(content)
  const id = content.subarray(0, 8)
  const bytes = Buffer.concat([Buffer.from('Ed'), id, pointOf(content)])
  return {
    key: { id: keyIdOf(bytes), text: bytes.toString('base64') },
    sign: (message) => sign(null, message, seed)
  }
}

function streamOf(
  { salt, cost, lanes }: ScryptLock,
  password: string,
  length: number
): Promise<Buffer> {
  const maxmem = 128 * BLOCK_SIZE * (cost + lanes) + 1024 * 1024
  return new Promise((resolve, reject) => {
    const options = { N: cost, r: BLOCK_SIZE, p: lanes, maxmem }
    scrypt(password, salt, length, options, (error, stream) => {
      if (error === null) resolve(stream)
      else reject(error)
    })
  })
}

/** A file that is signed. */
export interface MinisignedFile {
  /** Without folders. Whatever cannot be printed is replaced. */
  readonly name: string
  /** BLAKE2b-512 of its bytes. */
  readonly prehash: Uint8Array
  readonly signedAt: Date
}

/**
 * Writes what `minisign -S` writes: a signature of the hash, and one of it and the comment.
 *
 * @returns the text of a `.minisig` file
 * @see https://jedisct1.github.io/minisign/#signature-format
 */
export function renderMinisig(
  secret: MinisignSecret,
  { name, prehash, signedAt }: MinisignedFile
): string {
  const signature = secret.sign(prehash)
  const id = Buffer.from(secret.key.text, 'base64').subarray(2, 10)
  const seconds = Math.floor(signedAt.getTime() / 1000)
  const comment = `timestamp:${seconds}\tfile:${printable(name).slice(0, MAX_NAME)}\thashed`
  const global = secret.sign(Buffer.concat([signature, Buffer.from(comment)]))
  const lines = [
    `${UNTRUSTED}signature from minisign secret key`,
    Buffer.concat([Buffer.from('ED'), id, signature]).toString('base64'),
    `${TRUSTED}${comment}`,
    Buffer.from(global).toString('base64')
  ]
  return `${lines.join('\n')}\n`
}

/** A tab would begin another field of the comment, a line break another line of the file. */
function printable(name: string): string {
  return name.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]/gu, '_')
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}
