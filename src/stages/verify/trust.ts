import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { type MinisignKey, parseMinisignKey } from '../../formats/minisign.ts'
import type { Checkout } from '../../model/checkout.ts'
import { InputError, messageOf } from '../../model/errors.ts'
import { plainText } from '../../model/plain-text.ts'
import { sigstoreInstance } from '../../services/sigstore-instance.ts'
import {
  type SigstoreTrust,
  sigstoreVerifier,
  type SigstoreVerifier,
  type TrustedKey
} from '../../services/sigstore-verify.ts'
import { trustedText } from '../checkout/trusted-text.ts'
import type { RunContext } from '../stage.ts'
import { minisignName } from './minisign.ts'
import { placeOf } from './place.ts'

/** With what everything is verified. */
export interface Trust {
  readonly verifier: SigstoreVerifier
  /** Keys of minisign, which signs without bundles. */
  readonly minisign: readonly MinisignKey[]
  /** Ids of the public keys. */
  readonly keys: readonly string[]
  /** When the trusted root was the newest there was, ISO 8601 date. */
  readonly asOf: string
  /** Why it is the one that came with Assay. */
  readonly frozen?: string
}

/** Largest file with a key, in characters. */
const MAX_KEY = 64 * 1024

/**
 * Loads the trusted root and the public keys: those of the checkout as the base commit has them, on a pull request.
 *
 * @throws InputError `INPUT_INVALID`, `INPUT_CONFLICT` for what was given and cannot be used
 * @throws ServiceError when the TUF repository that was given cannot be used
 */
export async function trustOf(context: RunContext, where: Checkout): Promise<Trust> {
  const { host, settings, signal } = context
  const readText = reader(context, where)
  const all: (TrustedKey | MinisignKey)[] = []
  for (const given of settings.verify.publicKeys) all.push(await keyOf(given, readText))
  const keys = all.filter((key) => 'key' in key)
  const minisign = all.filter((key) => 'text' in key)
  const { trustedRoot, asOf, frozen } = await sigstoreInstance({
    host,
    signal,
    settings: settings.sigstore,
    readText
  })
  const verifier = await verifierOf({
    trustedRoot,
    asOf,
    keys,
    // Whoever pins a key trusts it by itself; what its bundles have of log entries and times is verified all the same.
    thresholds: { log: 0, timestamp: 0 },
    timestampOnly: settings.sigstore.rekor === 'none',
    anyHint: true
  })
  return {
    verifier,
    minisign,
    keys: [...keys.map(({ id }) => id), ...minisign.map(minisignName)],
    asOf,
    ...(frozen !== undefined && { frozen })
  }
}

async function verifierOf(trust: SigstoreTrust): Promise<SigstoreVerifier> {
  try {
    return await sigstoreVerifier(trust)
  } catch (cause) {
    throw new InputError({
      code: 'INPUT_INVALID',
      message: `Cannot verify with the trusted root: ${messageOf(cause)}`,
      remedy: 'Make it anew with `cosign trusted-root create`, or leave `trusted-root` out',
      cause
    })
  }
}

type ReadText = (path: string) => Promise<string | undefined>

/** What lies outside of the checkout is not a pull request's to change. */
function reader(context: RunContext, where: Checkout): ReadText {
  const ofCheckout = trustedText(context, where)
  return (given) => {
    const { inside, path } = placeOf(context.host, given)
    return inside
      ? ofCheckout(given)
      : Promise.resolve(context.host.readMachineText(path, 1024 * 1024))
  }
}

async function keyOf(given: string, readText: ReadText): Promise<TrustedKey | MinisignKey> {
  const text = given.includes('-----BEGIN ') ? given : await readText(given)
  const name = given.includes('\n') ? 'of `public-key`' : `"${plainText(given)}"`
  if (text === undefined) throw unusable(name, 'there is no such file')
  const key = text.length > MAX_KEY ? undefined : publicKeyIn(text)
  if (key === undefined) {
    const other = text.length > MAX_KEY ? '' : parseMinisignKey(text)
    if (typeof other !== 'string') return other
    throw unusable(
      name,
      'found none, expected PEM that begins with "-----BEGIN PUBLIC KEY-----", or a public key of minisign'
    )
  }
  const der = key.export({ format: 'der', type: 'spki' })
  return { id: createHash('sha256').update(der).digest('base64'), key }
}

/** A private key, or a certificate, would be taken by the library too. */
function publicKeyIn(text: string): KeyObject | undefined {
  if (!/-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(text) || text.includes('PRIVATE'))
    return undefined
  try {
    return createPublicKey(text)
  } catch {
    return undefined
  }
}

function unusable(name: string, why: string): InputError {
  return new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot use the public key ${name}: ${why}`,
    remedy:
      'Give the file that `cosign public-key` or `minisign -G` writes. On a pull request the file of its base is read'
  })
}
