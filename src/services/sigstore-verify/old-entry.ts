import { createHash, verify } from 'node:crypto'
import type { SignedEntity, TrustMaterial } from '@sigstore/verify'
import { type JsonObject, jsonObjectIn, jsonObjectOf } from '../../formats/json.ts'

type Entry = SignedEntity['tlogEntries'][number]

/**
 * Whether an entry is of the kind that cosign had attestations logged as until August 2023. The library knows no body
 * of it; images that were built then carry it for ever.
 */
export function isOldEntry({ kindVersion: { kind, version } }: Entry): boolean {
  return kind === 'intoto' && version === '0.0.1'
}

/**
 * Verifies such an entry: the log's promise, and that it is of exactly this envelope. With what it was signed is
 * compared elsewhere, as for every entry.
 *
 * @param envelope as it was logged: the layer of an attestation; absent, nothing can be said
 * @returns what does not hold, as text
 * @see https://github.com/sigstore/rekor/blob/main/pkg/types/intoto/v0.0.1/intoto_v0_0_1_schema.json
 */
export function oldEntryFault(
  entry: Entry,
  envelope: Uint8Array | undefined,
  material: Pick<TrustMaterial, 'tlogs'>
): string | undefined {
  const { kind, apiVersion, spec } = jsonObjectIn(entry.canonicalizedBody) ?? {}
  if (kind !== 'intoto' || apiVersion !== '0.0.1')
    return 'a log entry is of another kind than it says'
  // Such entries were handed out with a promise alone.
  if (entry.inclusionProof !== undefined || envelope === undefined) {
    return 'a log entry is of the kind intoto 0.0.1, which counts for older attestations of images only'
  }
  const hash = jsonObjectOf(jsonObjectOf(jsonObjectOf(spec)?.['content'])?.['hash']) ?? {}
  const logged = hash['algorithm'] === 'sha256' ? hash['value'] : undefined
  const own = createHash('sha256').update(envelope).digest('hex')
  if (logged !== own) return 'a log entry is of another envelope'
  return isPromised(entry, material) ? undefined : 'a log entry is not as its log promised it'
}

/** @see https://github.com/sigstore/rekor/blob/main/pkg/api/entries.go */
function isPromised(
  { logId, integratedTime, logIndex, canonicalizedBody, inclusionPromise }: Entry,
  { tlogs }: Pick<TrustMaterial, 'tlogs'>
): boolean {
  if (inclusionPromise === undefined) return false
  const time = Number(integratedTime)
  // In the order of their names, as canonical JSON has them.
  const promised: JsonObject = {
    body: canonicalizedBody.toString('base64'),
    integratedTime: time,
    logID: logId.keyId.toString('hex'),
    logIndex: Number(logIndex)
  }
  const text = Buffer.from(JSON.stringify(promised))
  return tlogs.some(({ logID, publicKey, validFor: { start, end } }) => {
    const counted = start.getTime() <= time * 1000 && time * 1000 <= end.getTime()
    return (
      counted &&
      logID.equals(logId.keyId) &&
      verify('sha256', text, publicKey, inclusionPromise.signedEntryTimestamp)
    )
  })
}
