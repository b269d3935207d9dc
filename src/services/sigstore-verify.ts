import { IN_TOTO_PAYLOAD, statementIn } from '../formats/in-toto.ts'
import { type Chunks, hashNamed, readMessage } from './sigstore-verify/message.ts'
import { type Known, knownOf } from './sigstore-verify/opened.ts'
import { shapeFault } from './sigstore-verify/shape.ts'
import {
  type RefusedBundle,
  refused,
  type SigstoreTrust,
  type VerifiedMessage,
  type VerifiedStatement
} from './sigstore-verify/verified.ts'

export type {
  BundleCheck,
  RefusedBundle,
  SigstoreTrust,
  TrustedKey,
  VerifiedMessage,
  VerifiedSigner,
  VerifiedStatement
} from './sigstore-verify/verified.ts'

/**
 * Verifies a bundle with a statement.
 *
 * @param stamped what its timestamps are of, and what was logged, where that is not the signature: the layer of a legacy
 *   attestation
 */
export type BundleVerifier = (
  bundle: unknown,
  stamped?: Uint8Array
) => VerifiedStatement | RefusedBundle

/** Verifies both kinds of bundles. */
export interface SigstoreVerifier {
  readonly verifyStatement: BundleVerifier
  /**
   * Verifies a bundle that signs bytes themselves.
   *
   * @param chunks the bytes, read once
   * @throws whatever the chunks throw
   */
  verifyMessage(bundle: unknown, chunks: Chunks): Promise<VerifiedMessage | RefusedBundle>
}

/**
 * Makes a verifier of Sigstore bundles that hold an in-toto statement: signature, certificate chain, signed
 * certificate timestamp, log entry with its proof, and time. Whom and what the statement is about is for the
 * caller to compare.
 *
 * @throws Error when the trusted root is none
 * @see https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto
 */
export async function bundleVerifier(trust: SigstoreTrust): Promise<BundleVerifier> {
  const { verifyStatement } = await sigstoreVerifier(trust)
  return verifyStatement
}

/** The same for both kinds of bundles. @throws Error when the trusted root is none */
export async function sigstoreVerifier(trust: SigstoreTrust): Promise<SigstoreVerifier> {
  const known = await knownOf(trust)
  return {
    verifyStatement(bundle, stamped) {
      const fault = shapeFault(bundle)
      if (fault !== undefined) return refused('form', fault)
      return known.guarded(bundle, () => statementOf(known, bundle, stamped))
    },

    verifyMessage(bundle, chunks) {
      const fault = shapeFault(bundle)
      if (fault !== undefined) return Promise.resolve(refused('form', fault))
      return verifiedMessage(known, bundle, chunks)
    }
  }
}

function statementOf(
  known: Known,
  bundle: unknown,
  stamped: Uint8Array | undefined
): VerifiedStatement | RefusedBundle {
  const opened = known.open(bundle)
  const { content } = opened.parsed
  if (content.$case !== 'dsseEnvelope') return refused('form', 'it holds no statement')
  const { payload, payloadType } = content.dsseEnvelope
  const signature = stampedAs(opened.entity.signature, stamped)
  const entity = { ...opened.entity, signature }
  const signed = known.signedBy({ ...opened, entity, ...(stamped && { logged: stamped }) })
  if ('refused' in signed) return signed
  if (payloadType !== IN_TOTO_PAYLOAD) {
    return refused(
      'statement',
      `its payload is of type "${payloadType.slice(0, 100)}", expected an in-toto statement`
    )
  }
  const statement = statementIn(payload)
  return typeof statement === 'string' ? refused('statement', statement) : { statement, ...signed }
}

type Signature = ReturnType<Known['open']>['entity']['signature']

/** The library takes timestamps for those of `signature`; all else goes through the methods. */
function stampedAs(of: Signature, stamped: Uint8Array | undefined): Signature {
  if (stamped === undefined) return of
  return {
    signature: Buffer.from(stamped),
    compareSignature: (other) => of.compareSignature(other),
    compareDigest: (other) => of.compareDigest(other),
    compareSignedDigest: (other) => of.compareSignedDigest(other),
    verifySignature: (key) => of.verifySignature(key)
  }
}

async function verifiedMessage(
  known: Known,
  bundle: unknown,
  chunks: Chunks
): Promise<VerifiedMessage | RefusedBundle> {
  const opened = known.guarded(bundle, () => known.open(bundle))
  if ('refused' in opened) return opened
  const { content } = opened.parsed
  if (content.$case !== 'messageSignature') return refused('form', 'it holds no signature of bytes')
  const { messageDigest, signature } = content.messageSignature
  const hash = hashNamed(messageDigest.algorithm)
  if (hash === undefined) return refused('form', 'its digest is of an unknown algorithm')
  const keys = known.guarded(bundle, () => known.candidates(opened))
  if ('refused' in keys) return keys
  const read = await readMessage(chunks, { hash, signature, keys })
  const stated = messageDigest.digest.toString('hex')
  if (stated !== read.hashed) {
    return refused(
      'signature',
      `it is of bytes with the ${hash.toUpperCase()} ${stated.slice(0, 128)}, found ${read.hashed}`
    )
  }
  return known.guarded(bundle, () => {
    const entity = { ...opened.entity, signature: read.content(opened.entity.signature) }
    const signed = known.signedBy({ ...opened, entity })
    return 'refused' in signed ? signed : { ...signed, digest: read.digest }
  })
}
