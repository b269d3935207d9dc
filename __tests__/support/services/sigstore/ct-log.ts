import type { KeyObject } from 'node:crypto'
import { octets } from '../../signed/der.ts'
import { logIdOf, newPair, type Pair, sctList } from '../../signed/sigstore.ts'
import { type MerkleLog, newMerkleLog } from './merkle-log.ts'

/** What a log of certificates can do wrong. */
export type CtLogFault =
  /** Its promise is signed with another key. */
  | 'wrong-sct'
  /** Another log answers, which nobody knows. */
  | 'unknown-log'

/** A log of certificates, in the same process as the authority that writes to it. */
export interface CtLog {
  readonly key: KeyObject
  readonly logId: Buffer
  readonly tree: MerkleLog
  /**
   * Takes the part of a certificate that is to be signed.
   *
   * @returns its promise, as the content of the certificate's extension
   */
  promise(precertificate: Precertificate, fault?: CtLogFault): Buffer
}

export interface Precertificate {
  readonly tbs: Buffer
  readonly issuerKey: KeyObject
  readonly at: Date
}

export function newCtLog(): CtLog {
  const pair = newPair()
  const other = newPair()
  const tree = newMerkleLog()
  return {
    key: pair.publicKey,
    logId: logIdOf(pair),
    tree,
    promise({ tbs, issuerKey, at }, fault) {
      tree.append(tbs)
      const wrong: Pair = { publicKey: pair.publicKey, privateKey: other.privateKey }
      const known = fault === 'wrong-sct' ? wrong : pair
      const signer = fault === 'unknown-log' ? other : known
      return octets(sctList(signer, { publicKey: issuerKey }, { tbs, at }))
    }
  }
}
