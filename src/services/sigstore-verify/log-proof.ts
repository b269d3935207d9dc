import type { SignedEntity, TrustMaterial } from '@sigstore/verify'

type Entry = SignedEntity['tlogEntries'][number]

/**
 * Holds what a log entry says beside its proof to what is proven: the library believes the checkpoint, and leaves the
 * rest alone.
 *
 * @returns what differs, as text
 */
export function statedMismatch({
  kindVersion: { kind, version },
  logIndex,
  inclusionProof: proof
}: Entry): string | undefined {
  if (proof?.checkpoint === undefined) return undefined
  const [, size = '', root = ''] = proof.checkpoint.envelope.split('\n')
  if (proof.treeSize !== size) {
    return `a log entry states a log of ${proof.treeSize.slice(0, 20)} entries, and its checkpoint one of ${size}`
  }
  if (!Buffer.from(root, 'base64').equals(proof.rootHash)) {
    return 'a log entry states another root of its log than its checkpoint'
  }
  // Logs of the first kind count through all their trees; `intoto` is one of theirs.
  return version === '0.0.2' && kind !== 'intoto' && logIndex !== proof.logIndex
    ? `a log entry states that it is number ${logIndex.slice(0, 20)}, and its proof is for number ${proof.logIndex.slice(0, 20)}`
    : undefined
}

/**
 * Says whether the log of an entry counted when the entry was made. The library only looks where the log promised a
 * time: of others the time is what is proven elsewhere.
 *
 * @param times proven ones, in milliseconds; nothing can be said without one
 */
export function retiredLog(
  { inclusionPromise, logId }: Entry,
  times: readonly number[],
  { tlogs }: TrustMaterial
): string | undefined {
  if (inclusionPromise !== undefined || times.length === 0) return undefined
  const counted = tlogs
    .filter(({ logID }) => logID.equals(logId.keyId))
    .some(({ validFor: { start, end } }) =>
      times.some((time) => start.getTime() <= time && time <= end.getTime())
    )
  return counted ? undefined : 'a log entry is of a log that did not count at the time of signing'
}
