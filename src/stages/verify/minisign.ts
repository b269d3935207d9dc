import { createHash } from 'node:crypto'
import {
  type MinisignKey,
  type MinisignSignature,
  parseMinisignSignature,
  verifyMinisign
} from '../../formats/minisign.ts'
import type { Host } from '../../host/host.ts'
import type { Refusal } from '../../policy/signer-policy.ts'
import type { Genuine, Refused } from '../../policy/subject-policy.ts'
import { beside, chunksAt, type Place, textAt } from './place.ts'

/** Largest file with a signature, in bytes. */
const MAX_BYTES = 64 * 1024

/** What the checks of a signature want. */
const EXPECTED = {
  form: 'a signature as minisign writes it, of the hash of the file',
  key: 'a public key that was given'
} as const

/** What a key is called where a signer has a name. */
export function minisignName({ id }: MinisignKey): string {
  return `minisign:${id}`
}

/**
 * Verifies the signature of minisign that lies beside a file, where there is one. When it was made is not proven.
 *
 * @throws ParseError when the file or its signature cannot be read
 */
export async function minisignOf(
  host: Host,
  place: Place,
  keys: readonly MinisignKey[]
): Promise<readonly (Genuine | Refused)[]> {
  const { given, ...rest } = beside(place, { suffix: '.minisig' })
  const text = textAt(host, { given, ...rest }, MAX_BYTES)
  if (text === undefined) return []
  const about = { origin: given, source: given }
  const signature = parseMinisignSignature(text)
  const unfit = unfitness(signature)
  if (unfit !== undefined || typeof signature === 'string') {
    return [
      { ...about, refusal: { check: 'form', expected: EXPECTED.form, found: unfit ?? '' }, rank: 0 }
    ]
  }
  const key = keys.find(({ id }) => id === signature.keyId)
  if (key === undefined) {
    const found = `a signature with the key ${signature.keyId} of minisign`
    return [{ ...about, refusal: { check: 'public key', expected: EXPECTED.key, found }, rank: 1 }]
  }
  const hash = createHash('blake2b512')
  for await (const chunk of chunksAt(host, place)) hash.update(chunk)
  const wrong = verifyMinisign({ key, signature, message: hash.digest() })
  if (wrong === undefined) {
    return [{ ...about, by: 'key', signer: { identity: `key ${minisignName(key)}` }, times: [] }]
  }
  const refusal: Refusal = {
    check: 'signature',
    expected: `a signature of this file by the key ${key.id}`,
    found: wrong === 'comment' ? 'a trusted comment that was changed' : 'one of something else'
  }
  return [{ ...about, refusal, rank: 5 }]
}

/** Why a signature is not looked at, as text. */
function unfitness(signature: MinisignSignature | string): string | undefined {
  if (typeof signature === 'string') return signature
  return signature.algorithm === 'legacy' ? 'one of the file itself, the old form' : undefined
}
