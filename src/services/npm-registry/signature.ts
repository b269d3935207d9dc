import { verify } from 'node:crypto'
import type { Digest } from '../../model/digest.ts'
import type { SignatureObservation } from '../signature-source.ts'
import type { RegistryKey } from './keys.ts'
import type { VersionQuestion } from './packument.ts'
import type { SignedVersion } from './signed-packument.ts'

/** For what keys of a registry sign packages with. */
const USAGE = 'npm:signatures'

/** The keys that are known beforehand, and since when nobody looked for newer ones. */
export interface KnownKeys {
  readonly keys: readonly RegistryKey[]
  /** ISO 8601 date. */
  readonly asOf: string
}

/**
 * Verifies the registry's signature of a version. What is signed is made of the digest that is asked about,
 * never of one that the registry states.
 */
export function checkSignature(
  { name, version }: Pick<VersionQuestion, 'name' | 'version'>,
  digest: Digest,
  { signed, known }: { readonly signed: SignedVersion; readonly known: KnownKeys }
): SignatureObservation {
  const { source, signatures } = signed
  const found = { kind: 'signature', source } as const
  if (signatures.length === 0) {
    const siblings = signed.anySigned ? ', other versions of it are' : ''
    return { ...found, outcome: 'absent', detail: `the registry did not sign it${siblings}` }
  }
  const text = Buffer.from(`${name}@${version}:${sriOf(digest)}`)
  const tried = signatures.flatMap(({ keyId, bytes }) =>
    known.keys
      .filter(({ id, usage }) => id === keyId && usage === USAGE)
      .map((key) => ({ key, bytes }))
  )
  const good = tried.find(({ key, bytes }) => verify('sha256', text, key.key, bytes))
  if (good) {
    return {
      ...found,
      outcome: 'verified',
      detail: `signed by the registry's ${keyText(good.key, signed)}`
    }
  }
  const ids = [...new Set(signatures.map(({ keyId }) => idText(keyId)))].join(', ')
  if (tried.length === 0) {
    return {
      ...found,
      outcome: 'unavailable',
      detail: `signed with ${ids}, which is none of the keys known as of ${known.asOf}`,
      reason: `it signs with a key that was not known on ${known.asOf}`
    }
  }
  return {
    ...found,
    outcome: 'contradicted',
    detail: `the signature with ${ids} is not over ${name}@${version} with this digest`
  }
}

function sriOf({ algorithm, hex }: Digest): string {
  return `${algorithm}-${Buffer.from(hex, 'hex').toString('base64')}`
}

/** The key's own time is compared with what the registry says, for a person to see: nobody signed the latter. */
function keyText({ id, from, until }: RegistryKey, { publishedAt }: SignedVersion): string {
  const [start, end] = [from, until].map((time) => time?.slice(0, 10))
  const window =
    end === undefined ? `since ${start ?? 'ever'}` : `from ${start ?? 'ever'} to ${end}`
  const outside =
    publishedAt !== undefined &&
    ((from !== undefined && Date.parse(publishedAt) < Date.parse(from)) ||
      (until !== undefined && Date.parse(publishedAt) > Date.parse(until)))
  const note = outside ? `, outside of which the registry dates it (${publishedAt})` : ''
  return `key ${id} (in use ${window})${note}`
}

/** Comes from the registry, and may be anything. */
function idText(keyId: string): string {
  return keyId === '' ? 'no key id' : `key ${keyId.slice(0, 80)}`
}
