import { createPublicKey, verify } from 'node:crypto'

/** Prefix of the first line of all its files. */
export const UNTRUSTED = 'untrusted comment: '
/** Prefix of the third line of a signature. */
export const TRUSTED = 'trusted comment: '

/** Longest comments, in characters, as the program itself has them. */
const MAX_UNTRUSTED = 1024
const MAX_TRUSTED = 8192

/** Bytes of the structures, behind their base64. */
const KEY_BYTES = 42
const SIGNATURE_BYTES = 74
const GLOBAL_BYTES = 64
/** Secret keys of minisign and of signify: somebody took the wrong file. */
const SECRET_BYTES: readonly number[] = [158, 104]

/** DER of an Ed25519 public key, up to the key. @see https://www.rfc-editor.org/rfc/rfc8410#section-4 */
const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex')

/** C0 and C1 but for the tab, DEL, and what stands for bytes that are no UTF-8. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNPRINTABLE = /[\0-\x08\x0a-\x1f\x7f-\x9f\ufffd]/

/** A key that signatures are checked with. */
export interface MinisignKey {
  /** 16 upper-case hex digits, as the program shows it. */
  readonly id: string
  /** The base64 line by which people pass it on: `RWQ…`. */
  readonly text: string
}

/** What a `.minisig` file says. Nothing of it counts before {@link verifyMinisign} says so. */
export interface MinisignSignature {
  /** `legacy` signs the file itself, `prehashed` its BLAKE2b-512. */
  readonly algorithm: 'prehashed' | 'legacy'
  /** Of the key that it says it was made with. */
  readonly keyId: string
  readonly signature: Uint8Array
  readonly trustedComment: string
  /** Over `signature` and `trustedComment`. */
  readonly globalSignature: Uint8Array
}

/**
 * Parses a public key: the line alone, or the file that `minisign -G` writes. The key of signify has the same form.
 *
 * @returns why it is none, as a string
 * @see https://jedisct1.github.io/minisign/#public-key-format
 */
export function parseMinisignKey(text: string): MinisignKey | string {
  const lines = linesOf(text)
  const line = lines[0]?.startsWith(UNTRUSTED) === true ? lines[1] : lines[0]
  if (lines.length > (line === lines[0] ? 1 : 2)) return 'more lines than a public key has'
  const bytes = bytesOf(line ?? '')
  if (bytes === undefined) return 'no base64'
  if (SECRET_BYTES.includes(bytes.length)) return 'a secret key, which nobody else should have'
  if (bytes.length !== KEY_BYTES) return `${bytes.length} bytes instead of ${KEY_BYTES}`
  if (algorithmOf(bytes) !== 'Ed') return 'a key of an algorithm other than Ed25519'
  return { id: keyIdOf(bytes), text: line ?? '' }
}

/**
 * Parses a `.minisig` file, strictly: four lines, canonical base64, a comment that can be printed.
 *
 * @returns why it is none, as a string
 * @see https://jedisct1.github.io/minisign/#signature-format
 */
export function parseMinisignSignature(text: string): MinisignSignature | string {
  const [untrusted = '', line = '', trusted, global = '', ...rest] = linesOf(text)
  if (!untrusted.startsWith(UNTRUSTED)) return `no "${UNTRUSTED}" in its first line`
  if (untrusted.length > UNTRUSTED.length + MAX_UNTRUSTED) return 'an untrusted comment without end'
  const bytes = bytesOf(line)
  if (bytes?.length !== SIGNATURE_BYTES) return 'no signature in its second line'
  const algorithm = ALGORITHMS.get(algorithmOf(bytes))
  if (algorithm === undefined) return 'a signature of an unknown algorithm'
  if (trusted === undefined) return 'a signature of signify, which has no trusted comment'
  if (!trusted.startsWith(TRUSTED)) return `no "${TRUSTED}" in its third line`
  const trustedComment = trusted.slice(TRUSTED.length)
  if (trustedComment.length > MAX_TRUSTED) return 'a trusted comment without end'
  if (UNPRINTABLE.test(trustedComment)) return 'a trusted comment that cannot be printed'
  const globalSignature = bytesOf(global)
  if (globalSignature?.length !== GLOBAL_BYTES) return 'no global signature in its fourth line'
  if (rest.length > 0) return 'more than four lines'
  return {
    algorithm,
    keyId: keyIdOf(bytes),
    signature: bytes.subarray(10),
    trustedComment,
    globalSignature
  }
}

const ALGORITHMS: ReadonlyMap<string, MinisignSignature['algorithm']> = new Map([
  ['ED', 'prehashed'],
  ['Ed', 'legacy']
])

/** Whose signature a file would be, and over what. */
export interface MinisignClaim {
  readonly key: MinisignKey
  readonly signature: MinisignSignature
  /** The BLAKE2b-512 of the file for a prehashed signature, the file itself for a legacy one. */
  readonly message: Uint8Array
}

/**
 * Checks a signature in the order of the program: key id, signature of the file, signature of the comment.
 *
 * @returns what does not hold; nothing when all of it does
 */
export function verifyMinisign({
  key,
  signature,
  message
}: MinisignClaim): 'key' | 'file' | 'comment' | undefined {
  const raw = Buffer.from(key.text, 'base64')
  if (signature.keyId !== key.id) return 'key'
  const der = Buffer.concat([SPKI_ED25519, raw.subarray(10)])
  const ed25519 = createPublicKey({ key: der, format: 'der', type: 'spki' })
  if (!verify(null, message, ed25519, signature.signature)) return 'file'
  const commented = Buffer.concat([signature.signature, Buffer.from(signature.trustedComment)])
  return verify(null, commented, ed25519, signature.globalSignature) ? undefined : 'comment'
}

/** The name that the signer's program saw, as its default comment has it: `timestamp:…\tfile:…\thashed`. */
export function signedFileName({ trustedComment }: MinisignSignature): string | undefined {
  const field = trustedComment.split('\t').find((part) => part.startsWith('file:'))
  return field?.slice('file:'.length)
}

/** Lines without their ends, and without empty ones behind the last. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  while (lines.at(-1) === '') lines.pop()
  return lines
}

/** Bytes of canonical base64: Node passes over what is none, which a signature format must not. */
export function bytesOf(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64')
  return text !== '' && bytes.toString('base64') === text ? bytes : undefined
}

function algorithmOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 2)).toString('latin1')
}

/** A little-endian number, as the program shows it. */
export function keyIdOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(2, 10).toReversed()).toString('hex').toUpperCase()
}
