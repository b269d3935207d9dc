import { byStrength, type Digest, type DigestAlgorithm, renderDigest } from '../../model/digest.ts'
import type { Evidence } from '../../model/evidence.ts'
import { type Finding, findingOf } from '../../model/finding.ts'
import type { RunContext } from '../stage.ts'
import { digestsOfFile } from './hashes.ts'
import type { ListedFile } from './listed.ts'
import { CHECKSUM_MISMATCH } from './rules.ts'

/** A file of a list, held to the bytes that lie in the checkout. */
export type Compared =
  | {
      readonly file: ListedFile
      readonly outcome: 'verified' | 'contradicted'
      /** Where the bytes lie that were compared. */
      readonly path: string
      /** SHA-256 of these bytes. */
      readonly sha256: Digest
      /** Of the list, and of these bytes: the pair that differs, where one does. */
      readonly expected: Digest
      readonly found: Digest
    }
  /** There is no such file in the checkout: the list is all that is known. */
  | { readonly file: ListedFile; readonly outcome: 'unseen'; readonly expected: Digest }

/**
 * Holds a file of the list to the checkout. A file beside the list and one from the root may have the same name: one
 * that matches is the one that is meant.
 *
 * @throws ParseError when the file cannot be read
 */
export async function compare(context: RunContext, file: ListedFile): Promise<Compared> {
  let wrong: Compared | undefined
  for (const path of file.paths) {
    const one = await compareAt(context, path, file)
    if (one.outcome === 'verified') return one
    wrong ??= one
  }
  return wrong ?? { file, outcome: 'unseen', expected: preferredOf(file.digests) }
}

/** Every digest of the list has to match. */
async function compareAt(context: RunContext, path: string, file: ListedFile): Promise<Compared> {
  const algorithms = file.digests.map(({ algorithm }) => algorithm)
  const found = await digestsOfFile(context, path, [
    ...new Set<DigestAlgorithm>(['sha256', ...algorithms])
  ])
  const pairs = file.digests.map((expected) => ({
    expected,
    found: digestOf(found, expected.algorithm)
  }))
  const wrong = pairs.find(({ expected, found: { hex } }) => hex !== expected.hex)
  const expected = wrong?.expected ?? preferredOf(file.digests)
  return {
    file,
    outcome: wrong ? 'contradicted' : 'verified',
    path,
    sha256: digestOf(found, 'sha256'),
    expected,
    found: digestOf(found, expected.algorithm)
  }
}

function digestOf(digests: readonly Digest[], algorithm: DigestAlgorithm): Digest {
  const digest = digests.find((one) => one.algorithm === algorithm)
  if (digest === undefined) throw new Error(`No ${algorithm} where one was asked for`)
  return digest
}

/** What a statement names: SHA-256, which every verifier looks for, else the strongest. */
function preferredOf(digests: readonly Digest[]): Digest {
  const sorted = [...digests].sort(byStrength)
  const chosen = sorted.find(({ algorithm }) => algorithm === 'sha256') ?? sorted[0]
  if (chosen === undefined) throw new Error('A line of checksums without one')
  return chosen
}

/** What was observed of the file; nothing of one that there is no file of. */
export function evidenceOf(compared: Compared, { host }: RunContext): readonly Evidence[] {
  if (compared.outcome === 'unseen') return []
  const { outcome, path, found, expected, file } = compared
  const same = outcome === 'verified' ? 'has' : `has ${renderDigest(found)}, expected`
  return [
    {
      subject: path,
      kind: 'digest',
      outcome,
      source: path,
      observed: found,
      observedAt: `${host.now().toISOString().slice(0, 19)}Z`,
      detail: `"${path}" ${same} ${renderDigest(expected)}, as line ${file.line} of the list of checksums says`
    }
  ]
}

/** What it means. */
export function findingsOf(
  compared: Compared,
  evidence: readonly Evidence[],
  { settings }: RunContext
): readonly Finding[] {
  const [only] = evidence
  if (compared.outcome !== 'contradicted' || only === undefined) return []
  const path = settings.sign.subjectChecksums ?? ''
  const locations = [{ path, line: compared.file.line }]
  const about = { subject: compared.path, message: only.detail, locations, evidence }
  return [findingOf(CHECKSUM_MISMATCH, about)]
}
