import type { Digest, DigestAlgorithm } from '../../model/digest.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { StageReport } from '../../model/report.ts'
import type { Item } from './plan.ts'

/** The digest that a signature has to be about, and what it was taken of. */
export interface Basis {
  readonly digest: Digest
  /**
   * - `bytes`: read and hashed in this run, and as locked
   * - `other-bytes`: read and hashed in this run, and not as locked
   * - `lock`: what the lockfile pins; the bytes were not read
   */
  readonly of: 'bytes' | 'other-bytes' | 'lock'
}

/** What `integrity` found out about files. */
export interface Bases {
  /** @returns nothing when no one digest of this kind is known */
  basisOf(item: Item, algorithm: DigestAlgorithm): Basis | undefined
  /** Whether the bytes of a file were read. */
  isRead(item: Item): boolean
}

/** Reads the evidence of the stages before. */
export function basesOf(reports: readonly StageReport[]): Bases {
  const read = Map.groupBy(
    reports
      .flatMap(({ evidence }) => evidence)
      .filter(({ kind, observed }) => kind === 'digest' && observed !== undefined),
    ({ subject, file }) => keyOf(subject, file)
  )
  const seenOf = ({ component, file }: Item): readonly Evidence[] =>
    read.get(keyOf(component.purl, file.name)) ?? []
  return {
    basisOf(item, algorithm) {
      const seen = seenOf(item)
      const locked = item.file.digests.filter((digest) => digest.algorithm === algorithm)
      const same = locked.find((digest) => isAmong(seen, digest))
      if (same) return { digest: same, of: 'bytes' }
      const other = otherBytes(seen, algorithm)
      if (other) return { digest: other, of: 'other-bytes' }
      // Any of several digests may be meant: none of them is what the signature has to be about.
      const [only] = locked
      return only && locked.length === 1 ? { digest: only, of: 'lock' } : undefined
    },
    // Of bare hashes, one evidence for each has no name: the digest tells which it is of.
    isRead(item) {
      const seen = seenOf(item)
      if (item.file.name !== undefined) return seen.length > 0
      return item.file.digests.some((digest) => isAmong(seen, digest))
    }
  }
}

function isAmong(seen: readonly Evidence[], { algorithm, hex }: Digest): boolean {
  return seen.some(({ observed }) => observed?.algorithm === algorithm && observed.hex === hex)
}

/** What was read in the place of a file, where that is one thing. */
function otherBytes(seen: readonly Evidence[], algorithm: DigestAlgorithm): Digest | undefined {
  const [first] = seen
  if (first === undefined || seen.length > 1 || first.outcome !== 'contradicted') return undefined
  return first.observed?.algorithm === algorithm ? first.observed : undefined
}

/** For evidence: what was signed, after what was found. */
export function basisText({ of }: Basis): string {
  const texts: Readonly<Record<Basis['of'], string>> = {
    bytes: 'over the bytes read',
    'other-bytes': 'over the bytes read, which are not the locked ones',
    lock: 'over the locked digest; bytes not read in this run'
  }
  return texts[of]
}

function keyOf(subject: string, file: string | undefined): string {
  return `${subject}\n${file ?? ''}`
}
