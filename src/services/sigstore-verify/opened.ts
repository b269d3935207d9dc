import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Bundle } from '@sigstore/bundle'
import type { SignedEntity, TrustMaterial, Verifier, VerifierOptions } from '@sigstore/verify'
import { fulcioIdentity } from '../../formats/fulcio-identity.ts'
import { messageOf } from '../../model/errors.ts'
import { certificateFault } from './certificate.ts'
import { diagnosisOf } from './diagnosis.ts'
import { loggedSignerMismatch } from './log-entry.ts'
import { retiredLog, statedMismatch } from './log-proof.ts'
import { isOldEntry, oldEntryFault } from './old-entry.ts'
import { checkOf, isNewer, reasonOf } from './refusal.ts'
import {
  type RefusedBundle,
  refused,
  type SigstoreTrust,
  type TrustedKey,
  type VerifiedSigner
} from './verified.ts'
import { writtenOnce } from './written-once.ts'

/** A bundle that is well-formed: nothing of it is believed yet. */
export interface OpenedBundle {
  readonly parsed: Bundle
  readonly entity: SignedEntity
  /** The envelope as it was logged, where that is known: the layer of an older attestation. */
  readonly logged?: Uint8Array
}

/** The trust material, ready for use. */
export interface Known {
  open(bundle: unknown): OpenedBundle
  /** Keys that a bundle may be signed with, by its own words: its certificate's, or those that are trusted. */
  candidates(opened: OpenedBundle): readonly KeyObject[]
  /** Verifies everything but what the bundle is about. */
  signedBy(opened: OpenedBundle): VerifiedSigner | RefusedBundle
  /** Whatever is thrown means "not verified": the library has plain errors for malformed bundles. */
  guarded<Result>(bundle: unknown, task: () => Result): Result | RefusedBundle
}

/** A bundle names a key that is not among those given. */
class UnknownKey extends Error {}

/** An error of the library that says why. */
class Diagnosed extends Error {
  readonly code: unknown

  constructor(message: string, error: unknown) {
    super(message)
    if (Error.isError(error) && 'code' in error) this.code = error.code
  }
}

/** The library's verifier with one set of thresholds, and what it trusts. */
interface Judge {
  readonly verifier: Verifier
  /** The same for what has a log entry that is verified here. */
  readonly besides: Verifier
  readonly material: TrustMaterial
}

/** Loads the library and the trust material. @throws Error when the trusted root is none */
export async function knownOf(trust: SigstoreTrust): Promise<Known> {
  const [{ bundleFromJSON }, { TrustedRoot }, library] = await Promise.all([
    import('@sigstore/bundle'),
    import('@sigstore/protobuf-specs'),
    import('@sigstore/verify')
  ])
  const root = TrustedRoot.fromJSON(trust.trustedRoot)
  if (root.tlogs.some(({ publicKey }) => publicKey?.validFor?.start === undefined)) {
    throw new Error('Cannot use the trusted root: a log has no start of validity')
  }
  const logIds = new Set(root.tlogs.map(({ logId }) => logId?.keyId.toString('base64')))
  const material = library.toTrustMaterial(root, keyFinder(trust.keys))
  writtenOnce(authoritiesIn(material))
  const { log, timestamp } = trust.thresholds ?? { log: 1, timestamp: 1 }
  const judgeWith = (options: VerifierOptions): Judge => {
    const besides = new library.Verifier(material, { ...options, tlogThreshold: 0 })
    return { verifier: new library.Verifier(material, options), besides, material }
  }
  const judges = {
    key: judgeWith({ tlogThreshold: log, timestampThreshold: timestamp }),
    // A root that lists no log of a kind cannot prove anything by it: GitHub's for private repositories.
    certificate: judgeWith({
      ctlogThreshold: root.ctlogs.length === 0 ? 0 : 1,
      tlogThreshold: root.tlogs.length === 0 || trust.timestampOnly === true ? 0 : 1,
      timestampThreshold: 1
    })
  }
  const candidates = (opened: OpenedBundle): readonly TrustedKey[] => trustedKeysOf(trust, opened)
  return {
    open(bundle) {
      const parsed = bundleFromJSON(bundle)
      return { parsed, entity: entityOf(parsed, library.toSignedEntity) }
    },

    candidates(opened) {
      const { key } = opened.entity
      if (key.$case === 'public-key') return candidates(opened).map((trusted) => trusted.key)
      return [createPublicKey({ key: key.certificate.publicKey, format: 'der', type: 'spki' })]
    },

    signedBy(opened) {
      if (opened.entity.key.$case === 'certificate') return verifiedBy(judges.certificate, opened)
      return firstThatSigned(candidates(opened), judges.key, opened)
    },

    guarded(bundle, task) {
      try {
        return task()
      } catch (error) {
        const isUnknownKey = error instanceof UnknownKey
        return {
          check: isUnknownKey ? 'public key' : checkOf(error),
          refused: reasonOf(error),
          unknownAuthority: isUnknownKey || isNewer(bundle, { asOf: trust.asOf, logIds, error })
        }
      }
    }
  }
}

type Certificates = TrustMaterial['certificateAuthorities'][number]['certChain']

function authoritiesIn({
  certificateAuthorities,
  timestampAuthorities
}: TrustMaterial): Certificates {
  return [...certificateAuthorities, ...timestampAuthorities].flatMap(({ certChain }) => certChain)
}

/** @throws Diagnosed when a part of it cannot be read */
function entityOf(
  bundle: Bundle,
  read: (bundle: Bundle, message: Buffer) => SignedEntity
): SignedEntity {
  try {
    // Messages are read elsewhere, piece by piece.
    const entity = read(bundle, Buffer.alloc(0))
    if (entity.key.$case === 'certificate') writtenOnce([entity.key.certificate])
    return entity
  } catch (error) {
    throw new Diagnosed(`a certificate or timestamp cannot be read: ${messageOf(error)}`, error)
  }
}

/** @throws UnknownKey when the bundle names none that is trusted */
function trustedKeysOf(
  { keys, anyHint }: SigstoreTrust,
  { entity: { key } }: OpenedBundle
): readonly TrustedKey[] {
  const hint = key.$case === 'public-key' ? key.hint : ''
  const named = anyHint === true ? keys : keys.filter(({ id }) => id === hint)
  if (named.length > 0) return named
  throw new UnknownKey(
    keys.length === 0
      ? `it is signed with a key, "${hint.slice(0, 80)}", and no key is trusted`
      : `no known key has the id "${hint.slice(0, 80)}"`
  )
}

/** @throws what was wrong with the last key, when none has signed it */
function firstThatSigned(
  keys: readonly TrustedKey[],
  judge: Judge,
  opened: OpenedBundle
): VerifiedSigner | RefusedBundle {
  let problem: unknown
  for (const trusted of keys) {
    const key = { $case: 'public-key', hint: trusted.id } as const
    try {
      const found = verifiedBy(judge, { ...opened, entity: { ...opened.entity, key } })
      if ('refused' in found) return found
      const isWindowed = trusted.from !== undefined || trusted.until !== undefined
      return isWindowed && found.times.length === 0
        ? refused('time', 'its key counts for some time only, and no time is proven')
        : found
    } catch (error) {
      problem = error
    }
  }
  throw problem
}

type KeyFinder = Exclude<ConstructorParameters<typeof Verifier>[0], undefined>['publicKey']

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

/** @throws VerificationError or Diagnosed */
function believed(
  { verifier, material }: Judge,
  entity: SignedEntity
): ReturnType<Verifier['verify']> {
  try {
    return verifier.verify(entity)
  } catch (error) {
    const reason = diagnosisOf(error, entity, material)
    throw reason === undefined ? error : new Diagnosed(reason, error)
  }
}

/** Verifies the rest of what has older log entries. @throws VerificationError or Diagnosed */
function besidesOld(judge: Judge, entity: SignedEntity): ReturnType<Verifier['verify']> {
  const tlogEntries = entity.tlogEntries.filter((entry) => !isOldEntry(entry))
  return believed({ ...judge, verifier: judge.besides }, { ...entity, tlogEntries })
}

/** @throws VerificationError or Diagnosed */
function verifiedBy(judge: Judge, opened: OpenedBundle): VerifiedSigner | RefusedBundle {
  const { entity } = opened
  const old = entity.tlogEntries.filter(isOldEntry)
  for (const entry of old) {
    const fault = oldEntryFault(entry, opened.logged, judge.material)
    if (fault !== undefined) return refused('log entry', fault)
  }
  const { key, identity } = old.length === 0 ? believed(judge, entity) : besidesOld(judge, entity)
  const fault =
    entity.key.$case === 'certificate' ? certificateFault(entity.key.certificate) : undefined
  if (fault !== undefined) return refused('certificate', fault)
  const certificate = certificateOf(opened)
  const times = timesOf(entity)
  for (const entry of entity.tlogEntries) {
    const mismatch =
      loggedSignerMismatch(entry.canonicalizedBody, { key, ...(certificate && { certificate }) }) ??
      statedMismatch(entry) ??
      retiredLog(entry, times.map(Date.parse), judge.material)
    if (mismatch !== undefined) return refused('log entry', mismatch)
  }
  if (entity.key.$case === 'public-key') {
    return { by: 'key', signer: { identity: `key ${entity.key.hint}` }, times }
  }
  const extensions = (identity?.oids ?? []).map(({ oid, value }) => ({
    oid: (oid?.id ?? []).join('.'),
    value
  }))
  const name = identity?.subjectAlternativeName ?? ''
  return { by: 'certificate', signer: fulcioIdentity(name, extensions), times }
}

/** Those that the library has verified: an entry without a promise states a time that nobody signed. */
function timesOf({ timestamps }: SignedEntity): readonly string[] {
  const dates = timestamps.flatMap((one) => {
    if (one.$case === 'timestamp-authority') return one.timestamp.signingTime
    const { inclusionPromise, integratedTime } = one.tlogEntry
    return inclusionPromise === undefined ? [] : new Date(Number(integratedTime) * 1000)
  })
  return dates.map((date) => date.toISOString().replace(/\.\d+Z$/, 'Z')).sort()
}

function certificateOf({ parsed }: OpenedBundle): Uint8Array | undefined {
  const { content } = parsed.verificationMaterial
  if (content.$case === 'certificate') return content.certificate.rawBytes
  return content.$case === 'x509CertificateChain'
    ? content.x509CertificateChain.certificates[0]?.rawBytes
    : undefined
}
