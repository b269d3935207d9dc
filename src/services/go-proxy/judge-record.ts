import { type Digest, renderDigest } from '../../model/digest.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { ChecksumRecord } from './checksum-database.ts'

/** A file of a module. */
export interface GoFile {
  readonly path: string
  readonly version: string
  readonly kind: 'zip' | 'go.mod'
}

interface Claims {
  readonly file: GoFile
  /** Of the database. */
  readonly name: string
  /** What go.sum promises. */
  readonly locked: readonly Digest[]
  /** What the bytes are; empty when they could not be read. */
  readonly observed: readonly Digest[]
}

type Judged = Pick<Evidence, 'outcome' | 'source' | 'detail' | 'observed'>

/**
 * What a record says about a file, compared with go.sum and with the bytes. go.sum and a proxy that agree
 * with each other and not with the log are what this is for: the go command does not notice.
 */
export function judgeRecord(record: ChecksumRecord, claims: Claims): Judged {
  const { source } = record
  if (record.kind === 'unavailable') {
    return { outcome: 'unavailable', source, detail: record.reason }
  }
  if (record.kind === 'refuted') return { outcome: 'contradicted', source, detail: record.reason }
  const { file, name } = claims
  const lines = record.lines.filter((line) => line.file === file.kind)
  const [first] = lines
  if (!first) {
    const detail = `record ${record.index} of ${name} says nothing about the ${file.kind}`
    return { outcome: 'contradicted', source, detail }
  }
  const compared = [
    ...claims.observed.map((digest) => ({ digest, says: 'the bytes read are' })),
    ...claims.locked.map((digest) => ({ digest, says: 'go.sum promises' }))
  ].filter(({ digest }) => digest.algorithm === 'h1')
  if (compared.length === 0) {
    return { outcome: 'unavailable', source, detail: 'there is nothing to compare the record with' }
  }
  const observed = first.digest
  const recorded = `${name} records ${renderDigest(observed)}`
  const wrong = compared.find(({ digest: { hex } }) =>
    lines.every((line) => line.digest.hex !== hex)
  )
  if (wrong) {
    const detail = `${recorded}, ${wrong.says} ${renderDigest(wrong.digest)}`
    return { outcome: 'contradicted', source, observed, detail }
  }
  const detail = `${recorded}, in record ${record.index} of its signed tree of ${record.treeSize}`
  return { outcome: 'verified', source, observed, detail }
}
