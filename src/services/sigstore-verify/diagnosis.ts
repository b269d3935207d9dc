import { holds } from './message.ts'
import type { SignedEntity, TrustMaterial } from '@sigstore/verify'
import { messageOf } from '../../model/errors.ts'
import type { Certificate } from './certificate.ts'

type Window = TrustMaterial['tlogs'][number]['validFor']
type Timestamp = Extract<
  SignedEntity['timestamps'][number],
  { readonly $case: 'timestamp-authority' }
>['timestamp']
type Entry = SignedEntity['tlogEntries'][number]

/**
 * Finds out why the library refused, where it has one message for everything that can be wrong with a part.
 *
 * @returns the reason without a final period; nothing when the library's own message says it
 */
export function diagnosisOf(
  error: unknown,
  entity: SignedEntity,
  trust: TrustMaterial
): string | undefined {
  switch (messageOf(error)) {
    case 'timestamp could not be verified':
      return firstOf(timestampsOf(entity), (one) => timestampProblem(one, entity, trust))
    case 'inclusion promise could not be verified':
      return (
        firstOf(entity.tlogEntries, (entry) => foreignLog(entry, trust)) ??
        'a log entry is not as its log promised it: its content, place or time is another'
      )
    case 'invalid checkpoint signature':
      return (
        firstOf(entity.tlogEntries, (entry) => foreignLog(entry, trust)) ??
        firstOf(entity.tlogEntries, (entry) => foreignCheckpoint(entry, trust)) ??
        'the checkpoint of a log entry is not signed by its log'
      )
    case 'SCT verification failed':
      return onCertificate(entity, (certificate) => sctProblem(certificate, trust))
    case 'Failed to verify certificate chain':
      return onCertificate(entity, (certificate) => chainProblem(certificate, entity, trust))
    default:
      return unreadable(error, entity)
  }
}

/** Errors without a code are those of its reader, which do not say what they are of. */
function unreadable(error: unknown, entity: SignedEntity): string | undefined {
  if (Error.isError(error) && 'code' in error) return undefined
  const bare = entity.tlogEntries.some(
    ({ inclusionProof }) => inclusionProof !== undefined && inclusionProof.checkpoint === undefined
  )
  if (bare) return 'the proof of a log entry has no checkpoint'
  const timestamp = timestampsOf(entity).some((one) => fails(() => one.signingTime))
  if (timestamp) return 'a timestamp cannot be read, or is a refusal to give one'
  const sct = onCertificate(entity, ({ extSCT }) =>
    fails(() => extSCT?.signedCertificateTimestamps) ? 'its SCT cannot be read' : undefined
  )
  return sct ?? `it cannot be read: ${messageOf(error)}`
}

function timestampProblem(
  timestamp: Timestamp,
  { signature }: SignedEntity,
  { timestampAuthorities }: TrustMaterial
): string | undefined {
  const { signingTime: time, signerSerialNumber, signerIssuer } = timestamp
  const named = timestampAuthorities.filter(
    ({ certChain: [leaf] }) =>
      leaf?.serialNumber.equals(signerSerialNumber) === true && leaf.issuer.equals(signerIssuer)
  )
  if (named.length === 0) {
    return 'a timestamp is of an authority that the trusted root does not have'
  }
  const counting = named.filter(
    ({ validFor, certChain }) =>
      isWithin(validFor, time) && certChain.every((one) => one.validForDate(time))
  )
  const [leaf] = counting[0]?.certChain ?? []
  if (leaf === undefined) {
    return `a timestamp is from ${iso(time)}, when its authority did not count`
  }
  if (
    fails(() => {
      timestamp.tstInfo.verify(signature.signature)
    })
  ) {
    return 'a timestamp is of another signature'
  }
  return 'a timestamp is not signed by the authority that it names'
}

function foreignLog(
  { logId: { keyId }, inclusionPromise, integratedTime }: Entry,
  { tlogs }: TrustMaterial
): string | undefined {
  const known = tlogs.filter(({ logID }) => logID.equals(keyId))
  if (known.length === 0) {
    return `a log entry is of a log that the trusted root does not have: ${keyId.toString('hex').slice(0, 64)}`
  }
  const time = new Date(Number(integratedTime) * 1000)
  return inclusionPromise === undefined || known.some(({ validFor }) => isWithin(validFor, time))
    ? undefined
    : `a log entry is from ${iso(time)}, when its log did not count`
}

function foreignCheckpoint(
  { logId, inclusionProof }: Entry,
  { tlogs }: TrustMaterial
): string | undefined {
  const log = tlogs.find(({ logID }) => logID.equals(logId.keyId))
  if (log === undefined || inclusionProof?.checkpoint === undefined) return undefined
  const lines = inclusionProof.checkpoint.envelope.matchAll(/\u2014 (\S+) (\S+)\n/g)
  const own = [...lines].find(([, , bytes = '']) =>
    Buffer.from(bytes, 'base64').subarray(0, 4).equals(log.logID.subarray(0, 4))
  )
  if (own === undefined) return 'the checkpoint of a log entry is signed by another log'
  const [, name = ''] = own
  return log.baseURL.includes(name)
    ? undefined
    : `the checkpoint of a log entry is signed in the name of "${name.slice(0, 80)}", expected its log`
}

function sctProblem({ extSCT }: Certificate, { ctlogs }: TrustMaterial): string | undefined {
  return firstOf(extSCT?.signedCertificateTimestamps ?? [], ({ logID, datetime }) => {
    const known = ctlogs.filter((log) => log.logID.equals(logID))
    if (known.length === 0) {
      return 'its SCT is of a log of certificates that the trusted root does not have'
    }
    return known.some(({ validFor }) => isWithin(validFor, datetime))
      ? 'its SCT is not of this certificate, or not signed by its log'
      : `its SCT is from ${iso(datetime)}, when its log did not count`
  })
}

function chainProblem(
  certificate: Certificate,
  entity: SignedEntity,
  { certificateAuthorities }: TrustMaterial
): string | undefined {
  const { issuer, subject, notBefore, notAfter } = certificate
  if (issuer.equals(subject)) return 'its certificate is self-signed'
  const named = certificateAuthorities.flatMap(({ certChain, validFor }) =>
    certChain.flatMap((one) => (one.subject.equals(issuer) ? [{ one, validFor }] : []))
  )
  if (named.length === 0) {
    return 'its certificate is of an authority that the trusted root does not have'
  }
  if (!named.some(({ one }) => holds(() => certificate.verify(one)))) {
    return 'its certificate is not signed by the authority that it names'
  }
  return firstOf(statedTimes(entity), (time) => {
    if (!certificate.validForDate(time)) {
      return `its certificate counts from ${iso(notBefore)} until ${iso(notAfter)}, not at ${iso(time)}`
    }
    return named.some(({ validFor }) => isWithin(validFor, time))
      ? undefined
      : `its certificate was used at ${iso(time)}, when its authority did not count`
  })
}

/** Those that the certificate is held against. */
function statedTimes(entity: SignedEntity): readonly Date[] {
  return entity.timestamps.flatMap((one) => {
    if (one.$case === 'timestamp-authority') return one.timestamp.signingTime
    const { inclusionPromise, integratedTime } = one.tlogEntry
    return inclusionPromise === undefined ? [] : new Date(Number(integratedTime) * 1000)
  })
}

function timestampsOf({ timestamps }: SignedEntity): readonly Timestamp[] {
  return timestamps.flatMap((one) => (one.$case === 'timestamp-authority' ? one.timestamp : []))
}

function onCertificate(
  { key }: SignedEntity,
  problemOf: (certificate: Certificate) => string | undefined
): string | undefined {
  return key.$case === 'certificate' ? problemOf(key.certificate) : undefined
}

function firstOf<Value>(
  values: readonly Value[],
  problemOf: (value: Value) => string | undefined
): string | undefined {
  for (const value of values) {
    const problem = problemOf(value)
    if (problem !== undefined) return problem
  }
  return undefined
}

function isWithin({ start, end }: Window, time: Date): boolean {
  return start <= time && time <= end
}

function fails(task: () => unknown): boolean {
  return !holds(() => {
    task()
    return true
  })
}

/** Times of others may be none. */
function iso(time: Date): string {
  return Number.isNaN(time.getTime()) ? 'no time' : time.toISOString().replace(/\.\d+Z$/, 'Z')
}
