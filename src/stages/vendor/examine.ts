import { createHash, type Hash } from 'node:crypto'
import { posix } from 'node:path'
import {
  type MinisignKey,
  type MinisignSignature,
  parseMinisignSignature,
  signedFileName,
  verifyMinisign
} from '../../formats/minisign.ts'
import { SIGNATURE_SUFFIX, type VendorFile, vendorPurl } from '../../formats/vendor-lock.ts'
import type { CheckoutFiles } from '../../host/host.ts'
import { type Digest, renderDigest } from '../../model/digest.ts'
import { AssayError } from '../../model/errors.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Rule } from '../../model/finding.ts'
import type { Trust } from './keys.ts'
import { type Pack, placeIn } from './packs.ts'
import {
  BAD_SIGNATURE,
  DIGEST_MISMATCH,
  LEGACY_SIGNATURE,
  MISSING_FILE,
  UNSIGNED
} from './rules.ts'

/** Largest vendored file, in bytes. */
const MAX_FILE_BYTES = 16 * 1024 * 1024 * 1024

/** Largest file with a signature of the old form, in bytes: all of it is held at once. */
const MAX_LEGACY_BYTES = 256 * 1024 * 1024

/** Largest signature file, in bytes: its comments have at most 9 KiB. */
const MAX_SIGNATURE_BYTES = 64 * 1024

/** What stands in the place of a file that git left elsewhere. @see https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LFS_POINTER = 'version https://git-lfs.github.com/spec/'

/** What is needed to look at the files of a folder. */
export interface Bench {
  readonly files: CheckoutFiles
  readonly pack: Pack
  readonly trust: Trust
  readonly allowLegacy: boolean
  /** ISO 8601, UTC, seconds. */
  readonly now: string
}

/** One thing that was looked at. */
export interface Check {
  readonly evidence: Evidence
  /** In the lock. */
  readonly line: number
  /** What is wrong, where something is. */
  readonly rule?: Rule
}

/** Looks at the signature of the lock itself, where it has one. */
export function examineLock(bench: Bench): Check | undefined {
  const { pack } = bench
  const place = `${pack.path}${SIGNATURE_SUFFIX}`
  const found = signatureAt(bench, place)
  if (found.kind === 'nothing') return undefined
  const bytes = Buffer.from(pack.text)
  const name = posix.basename(pack.path)
  const prehash = createHash('blake2b512').update(bytes).digest()
  return judgeSignature(bench, { name, place, line: 1 }, found, { prehash, bytes })
}

/** Looks at one file: its bytes, and who signed them. */
export async function examineFile(
  bench: Bench,
  file: VendorFile,
  lockSignature: Check | undefined
): Promise<readonly Check[]> {
  const place = placeIn(bench.pack, file.path)
  const signed = placeIn(bench.pack, file.signature ?? `${file.path}${SIGNATURE_SUFFIX}`)
  const found = signatureAt(bench, signed)
  const whole = found.kind === 'signature' && found.signature.algorithm === 'legacy'
  const about = { name: file.path, place, line: file.line }
  const read = await readFile(bench, place, whole && bench.allowLegacy)
  if (typeof read === 'string') {
    return [
      checkOf(bench, about, {
        kind: 'digest',
        outcome: 'unavailable',
        detail: read,
        rule: MISSING_FILE
      })
    ]
  }
  const digest = digestCheck(bench, file, { about, read })
  const signature = { ...about, place: signed }
  if (found.kind !== 'nothing') {
    return [digest, judgeSignature(bench, signature, found, read)]
  }
  if (file.signature !== undefined) {
    const detail = `there is no "${signed}", where the lock has its signature`
    const lost = { kind: 'signature', outcome: 'unavailable', detail, rule: MISSING_FILE } as const
    return [digest, checkOf(bench, signature, lost)]
  }
  if (lockSignature) return [digest]
  const detail = `there is no "${signed}", and no signature of the lock`
  const bare = { kind: 'signature', outcome: 'absent', detail, rule: UNSIGNED } as const
  return [digest, checkOf(bench, signature, bare)]
}

type FoundSignature =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'wrong'; readonly why: string }
  | { readonly kind: 'signature'; readonly signature: MinisignSignature }

function signatureAt({ files }: Bench, place: string): FoundSignature {
  const kind = files.kindOf(place)
  if (kind === undefined) return { kind: 'nothing' }
  if (kind !== 'file') return { kind: 'wrong', why: 'no file, but a link or device' }
  try {
    const signature = parseMinisignSignature(files.readText(place, MAX_SIGNATURE_BYTES) ?? '')
    return typeof signature === 'string'
      ? { kind: 'wrong', why: signature }
      : { kind: 'signature', signature }
  } catch (error) {
    if (error instanceof AssayError) return { kind: 'wrong', why: error.message }
    throw error
  }
}

/** What signatures are over. */
interface Message {
  readonly prehash: Uint8Array
  /** Only where an old signature needs them. */
  readonly bytes?: Uint8Array
}

interface ReadFile extends Message {
  readonly digest: Digest
  readonly isLfsPointer: boolean
}

/** Reads a file once, for all that is to be known of it. @returns why it cannot be, as a string */
async function readFile(
  { files }: Bench,
  place: string,
  whole: boolean
): Promise<ReadFile | string> {
  const kind = files.kindOf(place)
  if (kind === undefined) return 'there is no such file'
  if (kind !== 'file') return `it is a ${kind === 'link' ? 'link' : 'device'}, expected a file`
  const sums: readonly [Hash, Hash] = [createHash('sha256'), createHash('blake2b512')]
  const kept: Uint8Array[] = []
  let start = ''
  try {
    const bytes = await files.readBytes(place, {
      maxBytes: whole ? MAX_LEGACY_BYTES : MAX_FILE_BYTES,
      take(chunk) {
        for (const sum of sums) sum.update(chunk)
        if (start === '')
          start = Buffer.from(chunk.subarray(0, LFS_POINTER.length)).toString('latin1')
        if (whole) kept.push(chunk)
      }
    })
    if (bytes === undefined) return 'there is no such file'
  } catch (error) {
    if (error instanceof AssayError) return error.message
    throw error
  }
  return {
    digest: { algorithm: 'sha256', hex: sums[0].digest('hex') },
    prehash: sums[1].digest(),
    isLfsPointer: start === LFS_POINTER,
    ...(whole && { bytes: Buffer.concat(kept) })
  }
}

/** What a check is about. */
interface About {
  /** In the folder. */
  readonly name: string
  /** What was read, in the checkout. */
  readonly place: string
  readonly line: number
}

type Said = Pick<Evidence, 'kind' | 'outcome' | 'detail' | 'observed' | 'signer'> &
  Pick<Check, 'rule'>

function checkOf({ pack, now }: Bench, about: About, { rule, ...said }: Said): Check {
  const { name, place, line } = about
  const subject = vendorPurl(pack.lock)
  return {
    evidence: { subject, source: place, file: name, observedAt: now, ...said },
    line,
    ...(rule && { rule })
  }
}

function digestCheck(
  bench: Bench,
  file: VendorFile,
  { about, read }: { readonly about: About; readonly read: ReadFile }
): Check {
  const observed = read.digest
  if (observed.hex === file.digest.hex) {
    const detail = `the file has the locked ${renderDigest(observed)}`
    return checkOf(bench, about, { kind: 'digest', outcome: 'verified', observed, detail })
  }
  const hint = read.isLfsPointer ? ': it is a pointer of Git LFS, not the file' : ''
  const detail = `the lock has ${renderDigest(file.digest)}, the file ${renderDigest(observed)}${hint}`
  const said = { kind: 'digest', outcome: 'contradicted', observed, detail } as const
  return checkOf(bench, about, { ...said, rule: DIGEST_MISMATCH })
}

/** In this order: nothing that a signature file says is shown before both of its signatures hold. */
function judgeSignature(
  bench: Bench,
  about: About,
  found: Exclude<FoundSignature, { readonly kind: 'nothing' }>,
  message: Message & Partial<ReadFile>
): Check {
  const said = (outcome: Evidence['outcome'], detail: string, rule?: Rule): Check =>
    checkOf(bench, about, {
      kind: 'signature',
      outcome,
      detail,
      ...(message.digest && { observed: message.digest }),
      ...(rule && { rule })
    })
  if (found.kind === 'wrong') {
    return said(
      'contradicted',
      `"${about.place}" is no signature of minisign: ${found.why}`,
      BAD_SIGNATURE
    )
  }
  const { signature } = found
  const { keys, from } = bench.trust
  if (keys.length === 0) {
    return said('unavailable', 'neither the lock nor the policy names a public key', UNSIGNED)
  }
  const key = keys.find(({ id }) => id === signature.keyId)
  if (key === undefined) {
    const trusted = keys.map(({ id }) => id).join(' or ')
    const who = from === 'policy' ? 'the policy pins' : 'the lock names'
    return said(
      'contradicted',
      `it is signed with key ${signature.keyId}, and ${who} ${trusted}`,
      BAD_SIGNATURE
    )
  }
  if (signature.algorithm === 'legacy' && !bench.allowLegacy) {
    return said(
      'absent',
      'its signature is of the old form, which the policy does not allow',
      LEGACY_SIGNATURE
    )
  }
  const wrong = faultOf({ key, signature }, about, message)
  if (wrong !== undefined) return said('contradicted', wrong, BAD_SIGNATURE)
  const form = signature.algorithm === 'legacy' ? ', in the old form' : ''
  const detail = `signed with key ${key.id} of the ${from}${form}; trusted comment ${JSON.stringify(signature.trustedComment)}`
  const { evidence, line } = said('verified', detail)
  return { evidence: { ...evidence, signer: { identity: `minisign:${key.id}` } }, line }
}

/** What does not hold of a signature by a trusted key. */
function faultOf(
  { key, signature }: { readonly key: MinisignKey; readonly signature: MinisignSignature },
  { name }: About,
  { prehash, bytes }: Message
): string | undefined {
  const message = signature.algorithm === 'legacy' ? bytes : prehash
  if (message === undefined) return 'its bytes were not kept'
  const wrong = verifyMinisign({ key, signature, message })
  if (wrong === 'comment') return `the trusted comment is not what key ${key.id} signed`
  if (wrong !== undefined) return `the file is not what key ${key.id} signed`
  const called = signedFileName(signature)
  if (called === undefined || called === posix.basename(name)) return undefined
  return `key ${key.id} signed it under the name ${JSON.stringify(called)}: another file, or another version`
}
