import type { SigstoreTrust } from '../../../src/services/sigstore-verify.ts'
import {
  type BundleJson,
  type EntryJson,
  type Forge,
  forged,
  FORGED_AT,
  type Making,
  newForge,
  type TrustedRootJson
} from '../signed/forge.ts'
import { testKey } from '../signed/npm-registry.ts'

/** A bundle that must not be believed, and the one reason for it. */
export interface Attack {
  /** What was done, for a reader: completes "refused when …". */
  readonly what: string
  attempt(): Attempt
  /** The refusal, whole; ids of 64 digits as `<id>`. */
  readonly refused: string
}

/** What a verifier is given. */
export interface Attempt {
  readonly bundle: unknown
  /** The bytes that a message signature is held against. */
  readonly bytes?: Uint8Array
  readonly trust?: Partial<SigstoreTrust>
}

/** Attacks on the same part. */
export interface AttackGroup {
  readonly title: string
  readonly attacks: readonly Attack[]
}

/** The one that is trusted, and another of the same names. */
export const FORGE = newForge()
export const OTHER = newForge()
export const { from: _from, ...KEY } = testKey()
export const BYTES = Buffer.from('the bytes of a release')
export const DIGEST = 'a'.repeat(64)
export const AT = FORGED_AT

/** A time so many minutes after everything. */
export function minutes(count: number): Date {
  return new Date(AT.getTime() + count * 60_000)
}

export const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'app', digest: { sha256: DIGEST } }],
  predicateType: 'https://example.com/said/v1',
  predicate: { passed: true }
}

export function payloadOf(change: Readonly<Record<string, unknown>> = {}): Buffer {
  return Buffer.from(JSON.stringify({ ...STATEMENT, ...change }))
}

/** A bundle with the statement. */
export function made(making: Making = {}, forge: Forge = FORGE): BundleJson {
  return forged(forge, { payload: payloadOf(), ...making })
}

/** A bundle that signs the bytes themselves. */
export function message(making: Making = {}): BundleJson {
  return forged(FORGE, { message: BYTES, ...making })
}

/** An attack on a bundle with a statement that comes about like this, and is changed afterwards. */
export function attack(
  what: string,
  refused: string,
  {
    making = {},
    change = (same) => same,
    trust
  }: {
    readonly making?: Making
    readonly change?: (bundle: BundleJson) => unknown
    readonly trust?: Partial<SigstoreTrust>
  }
): Attack {
  return {
    what,
    refused,
    attempt: () => {
      const bundle = made(making)
      return { bundle: change(bundle) ?? bundle, ...(trust && { trust }) }
    }
  }
}

/** The same on a bundle that signs bytes. */
export function messageAttack(
  what: string,
  refused: string,
  {
    making = {},
    change = (same) => same,
    bytes = BYTES,
    trust
  }: {
    readonly making?: Making
    readonly change?: (bundle: BundleJson) => unknown
    readonly bytes?: Uint8Array
    readonly trust?: Partial<SigstoreTrust>
  }
): Attack {
  return {
    what,
    refused,
    attempt: () => {
      const bundle = message(making)
      return { bundle: change(bundle) ?? bundle, bytes, ...(trust && { trust }) }
    }
  }
}

/** Base64 with one bit turned, so far from its end. */
export function flipped(base64: string, fromEnd = 1): string {
  const bytes = Buffer.from(base64, 'base64')
  const at = bytes.length - fromEnd
  bytes[at] = (bytes[at] ?? 0) ^ 1
  return bytes.toString('base64')
}

/** The first log entry. @throws Error without one */
export function entryIn({ verificationMaterial: { tlogEntries } }: BundleJson): EntryJson {
  const [entry] = tlogEntries
  if (entry === undefined) throw new Error('no log entry')
  return entry
}

/** Takes something away that is always there. */
export function without(object: object, name: string): void {
  Reflect.deleteProperty(object, name)
}

/** The same with another name for what it is. */
export function renamed(bundle: BundleJson, mediaType: string): BundleJson {
  return { ...bundle, mediaType }
}

/** The trusted root with something changed. */
export function rootWith(change: Partial<TrustedRootJson>): Partial<SigstoreTrust> {
  return { trustedRoot: { ...FORGE.trustedRoot, ...change } }
}
