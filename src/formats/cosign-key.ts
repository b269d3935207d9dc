import { scrypt } from 'node:crypto'
import { jsonObjectIn, jsonObjectOf } from './json.ts'

/** Most characters of the base64 between the lines of a key: cosign's own have 900. */
const MAX_BODY = 64 * 1024

/** Bytes, as cosign writes them. */
const SALT_BYTES = 32
const NONCE_BYTES = 24
const KEY_BYTES = 32

/**
 * The cost parameters N of scrypt that cosign has ever written, each with r = 8 and p = 1: anything else could cost
 * gigabytes and hours.
 *
 * @see https://github.com/secure-systems-lab/go-securesystemslib/blob/main/encrypted/encrypted.go
 */
const COSTS: readonly unknown[] = [32_768, 65_536, 131_072]
const BLOCK_SIZE = 8

/** A private key as `cosign generate-key-pair` writes it: locked by a password, which may be empty. */
export interface CosignKey {
  readonly cost: number
  readonly salt: Uint8Array
  readonly nonce: Uint8Array
  readonly ciphertext: Uint8Array
}

/**
 * Parses the base64 between the lines `BEGIN` and `END` of an `ENCRYPTED SIGSTORE PRIVATE KEY`, which was
 * `ENCRYPTED COSIGN PRIVATE KEY` before.
 *
 * @returns why it is none, as a string that repeats nothing of it
 */
export function parseCosignKey(base64: string): CosignKey | string {
  const file =
    base64.length > MAX_BODY ? undefined : jsonObjectIn(bytesOf(base64) ?? new Uint8Array())
  if (file === undefined) return 'it is damaged: there is no JSON in it'
  const { name: kdf, params, salt: saltText } = jsonObjectOf(file['kdf']) ?? {}
  const { name: cipher, nonce: nonceText } = jsonObjectOf(file['cipher']) ?? {}
  if (kdf !== 'scrypt' || cipher !== 'nacl/secretbox') {
    return 'it is locked in another way than cosign locks its keys'
  }
  const { N: cost, r, p } = jsonObjectOf(params) ?? {}
  if (typeof cost !== 'number' || !COSTS.includes(cost) || r !== BLOCK_SIZE || p !== 1) {
    return 'its parameters of scrypt are none that cosign writes'
  }
  const salt = bytesOf(saltText)
  const nonce = bytesOf(nonceText)
  const ciphertext = bytesOf(file['ciphertext'])
  if (salt?.length !== SALT_BYTES) return 'it is damaged: its salt is not of 32 bytes'
  if (nonce?.length !== NONCE_BYTES) return 'it is damaged: its nonce is not of 24 bytes'
  if (ciphertext === undefined) return 'it is damaged: there is no ciphertext'
  return { cost, salt, nonce, ciphertext }
}

/**
 * Unlocks a key. Takes a tenth of a second, so that guessing does, too.
 *
 * @returns DER of PKCS #8, for the caller to overwrite when it is done; nothing when the password is wrong, or the
 *   key was changed
 * @see https://nacl.cr.yp.to/secretbox.html
 */
export async function openCosignKey(
  { cost, salt, nonce, ciphertext }: CosignKey,
  password: string
): Promise<Uint8Array | undefined> {
  const [{ default: nacl }, key] = await Promise.all([
    import('tweetnacl'),
    derived(password, salt, cost)
  ])
  try {
    return nacl.secretbox.open(ciphertext, nonce, key) ?? undefined
  } finally {
    key.fill(0)
  }
}

function derived(password: string, salt: Uint8Array, cost: number): Promise<Uint8Array> {
  // Node's default of 32 MiB is too little for every one of the costs.
  const maxmem = 128 * cost * BLOCK_SIZE + 1024 * 1024
  return new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, { N: cost, r: BLOCK_SIZE, p: 1, maxmem }, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}

/** Strict: Node passes over what is no base64. */
function bytesOf(text: unknown): Uint8Array | undefined {
  if (typeof text !== 'string') return undefined
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}
