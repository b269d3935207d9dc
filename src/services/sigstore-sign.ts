import { InputError, ServiceError } from '../model/errors.ts'
import type { BundleSigner, SignedBundle, SigningKey } from './bundle-signer.ts'
import type { SigstoreInstance } from './sigstore-instance.ts'
import { bundleOf } from './sigstore-sign/bundle.ts'
import { certificateKeeper } from './sigstore-sign/certificate-keeper.ts'
import type { SigningContext } from './sigstore-sign/context.ts'
import { type Credential, keyCredential } from './sigstore-sign/credential.ts'
import { type Patience, patienceOf } from './sigstore-sign/patience.ts'
import { messageSign, type Sign, type Signed, statementSign } from './sigstore-sign/signed.ts'
import {
  hearWitnesses,
  type Testimonies,
  type Witness,
  witnessesOf
} from './sigstore-sign/witness.ts'

/**
 * Signs as the workflow that this is: with a key of this run alone, and a certificate for it that says which workflow
 * it is.
 *
 * @throws InputError `INPUT_INVALID` when the instance has no authority, or nothing that proves the time
 */
export function keylessSigner(context: SigningContext, instance: SigstoreInstance): BundleSigner {
  const { fulcioUrl, rekor, timestampUrl } = instance
  if (fulcioUrl === undefined) {
    throw unusable(
      'it has no certificate authority that can be used now',
      'Give `signing-config`, as `cosign signing-config create` writes it, or sign with `signing-key`'
    )
  }
  // A certificate holds for minutes: without a proof of the time within them nobody can verify later.
  if (timestampUrl === undefined && rekor?.version !== 1) {
    throw unusable(
      'nothing in it proves when something was signed',
      'Name a timestamp authority in the signing configuration, or set `rekor-version: 1`'
    )
  }
  const waiting = patienceOf(context)
  const { key, current } = certificateKeeper(context, { ...instance, fulcioUrl }, waiting)
  return signerOf(context, { instance, key, current, waiting })
}

/** Signs with a key that somebody has. */
export function keySigner(
  context: SigningContext,
  instance: SigstoreInstance,
  key: SigningKey
): BundleSigner {
  const credential = keyCredential(key)
  return signerOf(context, {
    instance,
    key,
    current: () => Promise.resolve(credential),
    waiting: patienceOf(context)
  })
}

function unusable(why: string, remedy: string): InputError {
  return new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot sign with this Sigstore: ${why}`,
    remedy
  })
}

interface Signer {
  readonly key: SigningKey
  current(): Promise<Credential>
  readonly waiting: Patience
}

function signerOf(
  context: SigningContext,
  { instance, ...signer }: Signer & { readonly instance: SigstoreInstance }
): BundleSigner {
  const witnesses = witnessesOf(context, instance)
  return {
    identity: async () => (await signer.current()).identity,
    statement: (payload) =>
      signAll(context, signer, { witnesses, sign: statementSign(signer.key, payload) }),
    message: (chunks) =>
      signAll(context, signer, { witnesses, sign: messageSign(signer.key, chunks) })
  }
}

/** Signs, and has it witnessed, until both fit together. */
async function signAll(
  { host }: SigningContext,
  { current, waiting }: Signer,
  { witnesses, sign }: { readonly witnesses: readonly Witness[]; readonly sign: Sign }
): Promise<SignedBundle> {
  let signed: Signed | undefined
  let witnessed: Credential | undefined
  const heard: Testimonies = new Map()
  return waiting.persist(async () => {
    const credential = await current()
    // Witnesses have to have seen this certificate, and while it held.
    if (credential !== witnessed) heard.clear()
    witnessed = credential
    signed ??= await sign()
    try {
      await hearWitnesses(witnesses, heard, { signed, credential })
    } catch (error) {
      if (witnesses.some((witness) => witness.anew && !heard.has(witness))) {
        signed = undefined
        heard.clear()
      }
      throw error
    }
    const testimonies = [...heard.values()]
    const outside = testimonies.find(({ at }) => at !== undefined && !isWithin(at, credential))
    if (outside === undefined) return bundleOf(signed, credential, testimonies)
    heard.clear()
    throw lateError(outside, credential, host.now())
  })
}

function isWithin(at: number, { validity }: Credential): boolean {
  if (validity === undefined) return true
  // Logs state whole seconds.
  return at >= Math.floor(validity.from / 1000) * 1000 && at <= validity.until
}

/** Our own clock tells whether it took too long, or another clock is wrong. */
function lateError(
  { url, at = 0 }: { readonly url: string; readonly at?: number },
  { validity }: Credential,
  now: Date
): ServiceError {
  const [from, until] = [validity?.from ?? 0, validity?.until ?? 0]
  const stated = new Date(at).toISOString()
  const window = `${new Date(from).toISOString()} to ${new Date(until).toISOString()}`
  return new ServiceError({
    code: 'SERVICE_RESPONSE_INVALID',
    message: `Cannot use what "${url}" says: it states ${stated}, and the certificate holds from ${window}`,
    remedy:
      'Run the job again; should it stay so, the clock of that service or of the certificate authority is wrong',
    url,
    reason: 'a time outside of the certificate',
    ...(now.getTime() > until && { retryInMs: 0 })
  })
}
