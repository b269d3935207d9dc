import type { Component, LockedFile } from '../../model/component.ts'
import { type Digest, renderDigest } from '../../model/digest.ts'
import type { Evidence, Outcome } from '../../model/evidence.ts'
import { documentText, publicUrl } from './text.ts'

/** A file of a component as both formats describe it. */
export interface StatedFile {
  readonly name?: string
  /** Where it lies: as locked, else where its bytes were read. */
  readonly url?: string
  /** Hashes of the file's bytes, at most one of each algorithm. */
  readonly hashes: readonly Digest[]
  /** Everything else that the lock pins, in words: hashes of directories, alternatives. */
  readonly otherDigests: readonly string[]
}

/** The files of a component, those that only differ by where they are locked told once. */
export function statedFilesOf(
  component: Component,
  evidence: readonly Evidence[]
): readonly StatedFile[] {
  const archive = component.origin.kind === 'archive' ? component.origin.url : ''
  const read = addressesRead(evidence)
  const stated = component.files.map((file) =>
    statedFile({ ...file, url: file.url ?? archive }, read.get(file.name))
  )
  if (stated.length < 2) return stated
  return [...new Map(stated.map((file) => [JSON.stringify(file), file])).values()]
}

function statedFile(file: LockedFile, read: string | undefined): StatedFile {
  const url = publicUrl(file.url ?? '') ?? (read === undefined ? undefined : publicUrl(read))
  const isOne = isOneFile(file.digests)
  const hashes = isOne ? file.digests.filter(isFileHash) : []
  return {
    ...(file.name !== undefined && { name: documentText(file.name) }),
    ...(url !== undefined && { url }),
    hashes,
    otherDigests: file.digests.filter((digest) => !isOne || !isFileHash(digest)).map(digestText)
  }
}

/** Bytes match any digest of one algorithm, so two of them say "one of these", which no standard field can. */
function isOneFile(digests: readonly Digest[]): boolean {
  return new Set(digests.map(({ algorithm }) => algorithm)).size === digests.length
}

function isFileHash({ algorithm }: Digest): boolean {
  return algorithm !== 'h1'
}

/** `h1:…` is written as go.sum writes it, so that it can be found there. */
export function digestText(digest: Digest): string {
  return digest.algorithm === 'h1'
    ? `h1:${Buffer.from(digest.hex, 'hex').toString('base64')}`
    : renderDigest(digest)
}

/** Where the bytes of each file were first read, by its name. */
function addressesRead(evidence: readonly Evidence[]): ReadonlyMap<string | undefined, string> {
  const read = new Map<string | undefined, string>()
  for (const { kind, outcome, file, source } of evidence) {
    if (kind !== 'digest' || outcome !== 'verified' || read.has(file)) continue
    read.set(file, source)
  }
  return read
}

/** The hashes of a component that is one file, however many locks name it; else none. */
export function hashesOf(files: readonly StatedFile[]): readonly Digest[] {
  const [first] = files
  if (first === undefined) return []
  const hashes = JSON.stringify(first.hashes)
  const same = files.every((file) => JSON.stringify(file.hashes) === hashes)
  return same ? first.hashes : []
}

/**
 * What is known of a component's bytes, worst first.
 *
 * - `index-verified`: no bytes were read; the registry's index states what the lock states
 * - `unchecked`: nothing was looked at
 */
export type Verification = Outcome | 'index-verified' | 'unchecked'

const WORST_FIRST: readonly Outcome[] = ['contradicted', 'unavailable', 'absent']

/**
 * One word for what was looked at; never better than the worst of it. That nobody signed bytes that are as
 * locked makes them no worse: signatures count when one does not hold.
 */
export function verificationOf(evidence: readonly Evidence[]): Verification {
  if (evidence.some((item) => item.outcome === 'contradicted')) return 'contradicted'
  const ofBytes = evidence.filter(({ kind }) => kind !== 'signature' && kind !== 'attestation')
  const worst = WORST_FIRST.find((outcome) => ofBytes.some((item) => item.outcome === outcome))
  if (worst !== undefined) return worst
  if (ofBytes.length === 0) return 'unchecked'
  return ofBytes.some((item) => item.kind !== 'index-digest') ? 'verified' : 'index-verified'
}

/** One check in words: `verified left-pad-1.3.0.tgz sha512:ab12… https://registry.example/… by https://…/release.yml@…`. */
export function checkText(evidence: Evidence): string {
  const { outcome, file, observed, source, signer } = evidence
  return [
    outcome,
    ...(file === undefined ? [] : [documentText(file)]),
    ...(observed === undefined ? [] : [digestText(observed)]),
    ...(source === '' ? [] : [publicUrl(source) ?? documentText(source)]),
    ...(signer === undefined ? [] : [`by ${documentText(signer.identity)}`])
  ].join(' ')
}
