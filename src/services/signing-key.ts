import { createPrivateKey, createPublicKey, createSign, type KeyObject } from 'node:crypto'
import { openCosignKey, parseCosignKey } from '../formats/cosign-key.ts'
import { type PemBlock, pbkdf2Rounds, pemBlocksIn } from '../formats/pem.ts'
import { InputError } from '../model/errors.ts'
import type { SignSettings } from '../model/settings.ts'
import type { SigningKey } from './bundle-signer.ts'

/**
 * The private key that a run signs with, from what it was told. Nothing of key or password is in any error.
 *
 * @returns nothing when no key is to be used
 * @throws InputError `INPUT_INVALID` when it cannot be used, `INPUT_CONFLICT` when there is none and there should be
 */
export async function signingKeyOf({
  mode,
  key,
  keyPassword
}: Pick<SignSettings, 'mode' | 'key' | 'keyPassword'>): Promise<SigningKey | undefined> {
  if (mode === 'off' || mode === 'keyless') return undefined
  if (key !== undefined) return ecdsaKey(await privateKeyIn(key, keyPassword))
  if (mode === 'auto') return undefined
  throw new InputError({
    code: 'INPUT_CONFLICT',
    message: 'Cannot sign with a key: `sign` is `key`, and no key is given',
    remedy:
      'Give `signing-key`, or set the variable COSIGN_PRIVATE_KEY, to the text of the key that `cosign generate-key-pair` wrote'
  })
}

const ONLY_P256 =
  'Make a key that every verifier takes with `cosign generate-key-pair`, or unlocked with `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`'

function ecdsaKey(key: KeyObject): SigningKey {
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw unusable(`found ${kindOf(key)}, expected one of ECDSA on the curve P-256`, ONLY_P256)
  }
  return {
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
    async sign(chunks) {
      const signing = createSign('sha256')
      for await (const chunk of chunks) signing.update(chunk)
      return signing.sign(key)
    }
  }
}

const CURVES: Readonly<Record<string, string>> = {
  secp384r1: 'P-384',
  secp521r1: 'P-521'
}

function kindOf({ asymmetricKeyType: type, asymmetricKeyDetails = {} }: KeyObject): string {
  const { namedCurve = '', modulusLength } = asymmetricKeyDetails
  if (type === 'ec') {
    const curve = Object.hasOwn(CURVES, namedCurve) ? CURVES[namedCurve] : namedCurve
    return `a key of ECDSA on the curve ${curve}`
  }
  if (modulusLength !== undefined) return `an RSA key of ${modulusLength} bits`
  return type === 'ed25519' ? 'a key of Ed25519' : `a key of the kind ${type}`
}

const ENCRYPTED_BY_COSIGN = /^ENCRYPTED (?:SIGSTORE|COSIGN) PRIVATE KEY$/

/** Some seconds' worth: nothing can end the run meanwhile. OpenSSL itself bounds the other ways of locking. */
const MAX_ROUNDS = 10_000_000

/** @throws InputError `INPUT_INVALID` */
async function privateKeyIn(text: string, password: string | undefined): Promise<KeyObject> {
  const blocks = pemBlocksIn(text).filter(({ label }) => label !== 'EC PARAMETERS')
  const [block, ...more] = blocks
  if (block === undefined) throw noPem(text)
  if (more.length > 0) {
    throw unusable(`found ${blocks.length} PEM texts, expected one`, 'Give the private key alone')
  }
  const { label } = block
  if (ENCRYPTED_BY_COSIGN.test(label)) return cosignKey(block, password ?? '')
  if (label === 'ENCRYPTED PRIVATE KEY') return lockedKey(block, password)
  if (label === 'PRIVATE KEY' || label === 'EC PRIVATE KEY') return plainKey(block)
  throw unusable(
    `found ${OTHERS.get(label) ?? 'a PEM text of another kind'}, expected a private key`,
    REMEDY
  )
}

const REMEDY =
  'Give the text of a key that `cosign generate-key-pair` wrote, or of one in PKCS #8 (`BEGIN PRIVATE KEY`)'

/** What people give instead, by its first line. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['PUBLIC KEY', 'a public key'],
  ['CERTIFICATE', 'a certificate'],
  ['RSA PRIVATE KEY', 'an RSA key'],
  ['OPENSSH PRIVATE KEY', 'a key of OpenSSH'],
  ['PGP PRIVATE KEY BLOCK', 'a key of OpenPGP']
])

async function cosignKey({ body }: PemBlock, password: string): Promise<KeyObject> {
  const locked = parseCosignKey(body)
  if (typeof locked === 'string') {
    throw unusable(`it is a key of cosign, but ${locked}`, REMEDY)
  }
  const der = await openCosignKey(locked, password)
  if (der === undefined) throw wrongPassword(password)
  try {
    return createPrivateKey({
      key: Buffer.from(der.buffer, der.byteOffset, der.length),
      format: 'der',
      type: 'pkcs8'
    })
  } catch {
    throw unusable('what is in it is no PKCS #8', 'Import it with `cosign import-key-pair`')
  } finally {
    der.fill(0)
  }
}

function lockedKey({ text, body }: PemBlock, password: string | undefined): KeyObject {
  const rounds = pbkdf2Rounds(Buffer.from(body, 'base64'))
  if (rounds !== undefined && rounds > MAX_ROUNDS) {
    throw unusable(
      `it takes ${rounds} rounds of PBKDF2 to open it, expected at most ${MAX_ROUNDS}`,
      'Lock it anew with `openssl pkcs8 -topk8 -in old.pem -out new.pem`'
    )
  }
  try {
    return createPrivateKey({ key: text, format: 'pem', passphrase: password ?? '' })
  } catch {
    throw wrongPassword(password)
  }
}

function plainKey({ text, isLocked }: PemBlock): KeyObject {
  if (isLocked) {
    throw unusable(
      'it is locked in the old way of OpenSSL, which is weak',
      'Convert it with `openssl pkcs8 -topk8 -in old.pem -out new.pem`'
    )
  }
  try {
    return createPrivateKey({ key: text, format: 'pem' })
  } catch {
    throw unusable('it is damaged', REMEDY)
  }
}

function wrongPassword(password: string | undefined): InputError {
  const given = password === undefined || password === ''
  return unusable(
    given ? 'it is locked, and no password is given' : 'the password does not open it',
    given
      ? 'Give `signing-key-password`, or set the variable COSIGN_PASSWORD'
      : 'Check `signing-key-password` or the variable COSIGN_PASSWORD, and that key and password belong together'
  )
}

/** Services that keep keys, as cosign names them. */
const KEPT_ELSEWHERE = /^(?:awskms|gcpkms|azurekms|hashivault|openbao|k8s|gitlab|github|pkcs11):/i

/** The path of a file. Base64 has slashes, too. */
const PATH = /^(?:(?:\/|\.{1,2}\/|~\/|[A-Za-z]:\\).{0,500}|[^\r\n]{1,500}\.(?:key|pem|p8|txt))$/i

/** There is no PEM: people then gave what cosign takes besides. Nothing of it is repeated: it may be the key. */
function noPem(text: string): InputError {
  const given = text.trim()
  if (/^env:\/\//i.test(given)) {
    return unusable(
      'found the name of a variable, expected the text of a key',
      'Set the variable COSIGN_PRIVATE_KEY and leave `signing-key` out, or give it `${{ secrets.COSIGN_PRIVATE_KEY }}`'
    )
  }
  if (KEPT_ELSEWHERE.test(given)) {
    return unusable(
      'found the address of a service that keeps keys, expected the text of a key',
      'Sign without a key (`sign: keyless`), or with a key that is given as text: services that keep keys cannot be used yet'
    )
  }
  if (given.includes('-----BEGIN')) {
    return unusable(
      'found the beginning of a PEM text, but not all of it on lines of its own',
      'Give the file as it is, with its line breaks: `gh secret set COSIGN_PRIVATE_KEY < cosign.key`'
    )
  }
  if (PATH.test(given)) {
    return unusable(
      'found what looks like the path of a file, expected the text in it',
      'Keep the text of the file as a secret, and give `signing-key` the secret: `${{ secrets.COSIGN_PRIVATE_KEY }}`'
    )
  }
  if (given.startsWith('untrusted comment:')) {
    return unusable('found a key of minisign, expected PEM', 'Give it as `minisign-key`')
  }
  return unusable('found no PEM text', REMEDY)
}

/** Without a cause: those of Node may repeat what they could not read. */
function unusable(what: string, remedy: string): InputError {
  return new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot use the signing key: ${what}`,
    remedy
  })
}
