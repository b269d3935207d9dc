import { createPublicKey } from 'node:crypto'
import { IN_TOTO_PAYLOAD } from '../../formats/in-toto.ts'
import { jsonObjectOf } from '../../formats/json.ts'
import type { SigningIdentity } from '../../services/bundle-signer.ts'
import type { SigstoreInstance } from '../../services/sigstore-instance.ts'
import {
  type RefusedBundle,
  type SigstoreVerifier,
  sigstoreVerifier,
  type VerifiedSigner
} from '../../services/sigstore-verify.ts'
import { saysTheSame } from './same-statement.ts'
import type { OwnBundles, SignedBytes, WantedStatement } from './signing.ts'

/** A bundle that holds: when it was made, as far as that is proven. */
export interface Held {
  /** ISO 8601, UTC, seconds. */
  readonly times: readonly string[]
}

/** The same as {@link OwnBundles}, with what a bundle that holds is known by. */
export interface OwnVerifier extends OwnBundles {
  /** @returns what is wrong with it, as text */
  hold(bundle: unknown, payload: Uint8Array): Promise<Held | string>
  /** Exactly who signs: asks for a certificate where there is none. @throws ServiceError */
  signedBy(): Promise<SigningIdentity>
  /** The same as far as it is known, without asking anybody. */
  known(): SigningIdentity | undefined
}

export interface OwnGiven {
  readonly instance: Pick<SigstoreInstance, 'trustedRoot' | 'asOf' | 'rekor' | 'timestampUrl'>
  /** Who signs, as far as it is known before anything is signed. */
  readonly foreseen?: SigningIdentity
  /** Who signs: may ask for a certificate. */
  identity(): Promise<SigningIdentity>
}

/**
 * Makes a verifier that accepts bundles of exactly this run's signer: by the certificate's name and issuer, or by the key.
 *
 * @throws Error when the trusted root is none
 */
export async function ownBundles({ instance, foreseen, identity }: OwnGiven): Promise<OwnVerifier> {
  const verifiers = new Map<string, Promise<SigstoreVerifier>>()
  const verifierFor = (who: SigningIdentity): Promise<SigstoreVerifier> => {
    const name = who.kind === 'key' ? who.hint : ''
    const made = verifiers.get(name) ?? verifierOf(instance, who)
    verifiers.set(name, made)
    return made
  }
  // What was foreseen may differ from what the authority certifies: then that counts from there on.
  let known = foreseen
  const signedBy = async (): Promise<SigningIdentity> => (known = await identity())
  const hold = async (
    who: SigningIdentity,
    bundle: unknown,
    payload: Uint8Array
  ): Promise<Held | string> => {
    const { verifyStatement } = await verifierFor(who)
    const answer = verifyStatement(bundle)
    if ('refused' in answer) return answer.refused
    const fault = signerFault(answer, who)
    if (fault !== undefined) return fault
    if (payloadIn(bundle)?.equals(payload) === true) return { times: answer.times }
    return 'it holds another statement than the one that was signed'
  }
  return {
    signedBy,
    known: () => known,
    hold: async (bundle, payload) => hold(await signedBy(), bundle, payload),
    async statementFault(bundle, payload) {
      const held = await hold(await signedBy(), bundle, payload)
      return typeof held === 'string' ? held : undefined
    },
    async sameStatement(bundle, wanted) {
      const who = known
      if (who === undefined) return false
      const { verifyStatement } = await verifierFor(who)
      return isSame(bundle, wanted, () => faultOf(verifyStatement(bundle), who))
    },
    messageFault: async (bundle, chunks) => messageFault(bundle, chunks, await signedBy()),
    sameMessage: async (bundle, chunks) =>
      known !== undefined && (await messageFault(bundle, chunks, known)) === undefined
  }

  async function messageFault(
    bundle: unknown,
    chunks: SignedBytes,
    who: SigningIdentity
  ): Promise<string | undefined> {
    const { verifyMessage } = await verifierFor(who)
    return faultOf(await verifyMessage(bundle, chunks()), who)
  }
}

/** What a key signer leaves out is not asked for; a certificate is worth nothing without a proof of the time. */
function verifierOf(
  { trustedRoot, asOf, rekor, timestampUrl }: OwnGiven['instance'],
  who: SigningIdentity
): Promise<SigstoreVerifier> {
  const log = rekor === undefined ? 0 : 1
  if (who.kind === 'certificate') {
    return sigstoreVerifier({ trustedRoot, asOf, keys: [], timestampOnly: log === 0 })
  }
  const timestamp = rekor?.version === 1 || timestampUrl !== undefined ? 1 : 0
  return sigstoreVerifier({
    trustedRoot,
    asOf,
    keys: [{ id: who.hint, key: createPublicKey(who.publicKey) }],
    thresholds: { log, timestamp }
  })
}

function faultOf(answer: VerifiedSigner | RefusedBundle, who: SigningIdentity): string | undefined {
  return 'refused' in answer ? answer.refused : signerFault(answer, who)
}

/** Exact: neither a pattern nor a part. */
function signerFault({ by, signer }: VerifiedSigner, who: SigningIdentity): string | undefined {
  if (who.kind === 'key') {
    return by === 'key' ? undefined : `it is signed by "${signer.identity}", expected our key`
  }
  if (by === 'key') return `it is signed with a key, expected "${who.identity}"`
  if (signer.identity !== who.identity) {
    return `it is signed by "${signer.identity}", expected "${who.identity}"`
  }
  return signer.issuer === who.issuer
    ? undefined
    : `its signer is vouched for by "${signer.issuer ?? 'nobody'}", expected "${who.issuer}"`
}

/** Anybody who may push can attach bundles: what plainly says something else is not verified at all. */
function isSame(
  bundle: unknown,
  wanted: WantedStatement,
  verify: () => string | undefined
): boolean {
  const found = payloadIn(bundle)
  if (found === undefined) return false
  const payload = wanted.payload()
  if (found.equals(payload)) return verify() === undefined
  if (wanted.says === 'signature' || verify() !== undefined) return false
  return saysTheSame(wanted.says, found, payload)
}

function payloadIn(bundle: unknown): Buffer | undefined {
  const { payload, payloadType } = jsonObjectOf(jsonObjectOf(bundle)?.['dsseEnvelope']) ?? {}
  if (typeof payload !== 'string' || payloadType !== IN_TOTO_PAYLOAD) return undefined
  return Buffer.from(payload, 'base64')
}
