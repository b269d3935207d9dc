import { X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Verifier } from '@sigstore/verify'
import { fulcioIdentity } from '../formats/fulcio-identity.ts'
import { IN_TOTO_PAYLOAD, type Statement, statementIn } from '../formats/in-toto.ts'
import { type JsonObject, jsonObjectOf } from '../formats/json.ts'
import { messageOf } from '../model/errors.ts'
import type { Signer } from '../model/signer.ts'

/** What bundles are verified with. */
export interface SigstoreTrust {
  /** JSON of a trusted root: certificate authorities, logs, timestamp authorities. */
  readonly trustedRoot: unknown
  /** Keys that sign without a certificate. */
  readonly keys: readonly TrustedKey[]
  /** When the material was the newest there was, ISO 8601 date. */
  readonly asOf: string
}

export interface TrustedKey {
  /** What a bundle names it by. */
  readonly id: string
  readonly key: KeyObject
  /** ISO 8601. Held against the time that a log or a timestamp authority states. */
  readonly from?: string
  readonly until?: string
}

/** What is left of a bundle when everything about it holds: nothing else of it may be believed. */
export interface VerifiedStatement {
  readonly statement: Statement
  readonly by: 'key' | 'certificate'
  readonly signer: Signer
}

/** Why a bundle is not believed. */
export interface RefusedBundle {
  /** What was wrong, without a final period. */
  readonly refused: string
  /**
   * A key or authority is not known that may be newer than the trust material. Only the bundle says so itself:
   * it is a reason to look again, never one to believe.
   */
  readonly unknownAuthority: boolean
}

export type BundleVerifier = (bundle: unknown) => VerifiedStatement | RefusedBundle

/** Most log entries and timestamps of one bundle: each is compared with each other. */
const MAX_WITNESSES = 8

/**
 * Makes a verifier of Sigstore bundles that hold an in-toto statement: signature, certificate chain, signed
 * certificate timestamp, log entry with its proof, and time. Whom and what the statement is about is for the
 * caller to compare.
 *
 * @throws Error when the trusted root is none
 * @see https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto
 */
export async function bundleVerifier(trust: SigstoreTrust): Promise<BundleVerifier> {
  const [{ bundleFromJSON }, { TrustedRoot }, { toSignedEntity, toTrustMaterial, Verifier }] =
    await Promise.all([
      import('@sigstore/bundle'),
      import('@sigstore/protobuf-specs'),
      import('@sigstore/verify')
    ])
  const root = TrustedRoot.fromJSON(trust.trustedRoot)
  if (root.tlogs.some(({ publicKey }) => publicKey?.validFor?.start === undefined)) {
    throw new Error('Cannot use the trusted root: a log has no start of validity')
  }
  const logIds = new Set(root.tlogs.map(({ logId }) => logId?.keyId.toString('base64')))
  const verifier = new Verifier(toTrustMaterial(root, keyFinder(trust.keys)), {
    ctlogThreshold: 1,
    tlogThreshold: 1,
    timestampThreshold: 1
  })
  return (bundle) => {
    const excess = excessOf(bundle)
    if (excess !== undefined) return { refused: excess, unknownAuthority: false }
    try {
      const parsed = bundleFromJSON(bundle)
      const { content, verificationMaterial } = parsed
      if (content.$case !== 'dsseEnvelope') return refused('it holds no statement')
      const { payload, payloadType } = content.dsseEnvelope
      const signer = signerOf(verifier.verify(toSignedEntity(parsed)), verificationMaterial.content)
      if (payloadType !== IN_TOTO_PAYLOAD) {
        return refused(
          `its payload is of type "${payloadType.slice(0, 100)}", expected an in-toto statement`
        )
      }
      const statement = statementIn(payload)
      return typeof statement === 'string' ? refused(statement) : { statement, ...signer }
    } catch (error) {
      // Everything that the library throws means "not verified": it has plain errors for malformed bundles.
      const unknownAuthority =
        error instanceof UnknownKey || isNewer(bundle, { asOf: trust.asOf, logIds, error })
      return { refused: reasonOf(error), unknownAuthority }
    }
  }
}

function refused(reason: string): RefusedBundle {
  return { refused: reason, unknownAuthority: false }
}

/** Before anything is parsed that compares each with each. */
function excessOf(bundle: unknown): string | undefined {
  const object = jsonObjectOf(bundle)
  if (object === undefined) return 'it is no JSON object'
  const material = jsonObjectOf(object['verificationMaterial']) ?? {}
  const { rfc3161Timestamps } = jsonObjectOf(material['timestampVerificationData']) ?? {}
  const { certificates } = jsonObjectOf(material['x509CertificateChain']) ?? {}
  const lists = [material['tlogEntries'], rfc3161Timestamps, certificates]
  const long = lists.some((list) => Array.isArray(list) && list.length > MAX_WITNESSES)
  return long
    ? `it has more than ${MAX_WITNESSES} log entries, timestamps or certificates`
    : undefined
}

type KeyFinder = Exclude<ConstructorParameters<typeof Verifier>[0], undefined>['publicKey']

/** A bundle names a key that is not among those given. */
class UnknownKey extends Error {}

/** A key counts inside its own window only. */
function keyFinder(keys: readonly TrustedKey[]): KeyFinder {
  return (hint) => {
    const found = keys.find(({ id }) => id === hint)
    if (found === undefined) throw new UnknownKey(`no known key has the id "${hint.slice(0, 80)}"`)
    const { key, from, until } = found
    return {
      publicKey: key,
      validFor: (date) =>
        (from === undefined || date.getTime() >= Date.parse(from)) &&
        (until === undefined || date.getTime() <= Date.parse(until))
    }
  }
}

type LibrarySigner = ReturnType<Verifier['verify']>

interface Material {
  readonly $case: string
  readonly publicKey?: { readonly hint: string }
}

function signerOf(
  { identity }: LibrarySigner,
  material: Material
): Pick<VerifiedStatement, 'by' | 'signer'> {
  if (identity === undefined) {
    return { by: 'key', signer: { identity: `key ${material.publicKey?.hint ?? ''}` } }
  }
  const extensions = (identity.oids ?? []).map(({ oid, value }) => ({
    oid: (oid?.id ?? []).join('.'),
    value
  }))
  const name = identity.subjectAlternativeName ?? ''
  return { by: 'certificate', signer: fulcioIdentity(name, extensions) }
}

/** The library's message, with that of its cause: which says more. */
function reasonOf(error: unknown): string {
  const cause = Error.isError(error) ? error.cause : undefined
  const fields = Error.isError(error) && 'fields' in error ? error.fields : undefined
  const parts = [
    messageOf(error),
    ...(cause === undefined ? [] : [messageOf(cause)]),
    ...(Array.isArray(fields) ? [fields.join(', ')] : [])
  ]
  return parts.join(': ').slice(0, 300)
}

/** Whether what failed is that somebody is not known, who may not have been there when the trust material was made. */
function isNewer(
  bundle: unknown,
  given: {
    readonly asOf: string
    readonly logIds: ReadonlySet<string | undefined>
    readonly error: unknown
  }
): boolean {
  const material = jsonObjectOf(jsonObjectOf(bundle)?.['verificationMaterial']) ?? {}
  const entries = Array.isArray(material['tlogEntries']) ? material['tlogEntries'] : []
  const unknownLog = entries.some((entry) => {
    const { keyId } = jsonObjectOf(jsonObjectOf(entry)?.['logId']) ?? {}
    return typeof keyId === 'string' && !given.logIds.has(keyId)
  })
  const { error } = given
  const code = Error.isError(error) && 'code' in error ? error.code : undefined
  return (
    (unknownLog || code === 'CERTIFICATE_ERROR') && statedTime(material) > Date.parse(given.asOf)
  )
}

/** When the certificate says that it begins, in milliseconds; 0 without one. */
function statedTime({ certificate, x509CertificateChain }: JsonObject): number {
  const chain = jsonObjectOf(x509CertificateChain)?.['certificates']
  const leaf = jsonObjectOf(certificate ?? (Array.isArray(chain) ? chain[0] : undefined))
  const { rawBytes } = leaf ?? {}
  if (typeof rawBytes !== 'string') return 0
  try {
    return new X509Certificate(Buffer.from(rawBytes, 'base64')).validFromDate.getTime()
  } catch {
    return 0
  }
}
