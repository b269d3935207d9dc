import { jsonObjectIn } from '../../formats/json.ts'
import { createHash } from 'node:crypto'
import type { MinisignSecret } from '../../formats/minisign-secret.ts'
import type { Digest } from '../../model/digest.ts'
import type { SignatureForm } from '../../model/settings.ts'
import type { FileSubject } from '../../model/subject.ts'
import type { SignedBundle } from '../../services/bundle-signer.ts'
import type { GithubAttestations } from '../../services/github-attestations.ts'
import { fileBytes } from '../file-bytes.ts'
import { obstacleOf } from './obstacle.ts'
import type { Kept, Signing } from './signing.ts'

/** Largest bundle that is read back, in characters: a statement of 200 MB in base64. */
const MAX_BUNDLE_BYTES = 300 * 1024 * 1024

/** Type of a Sigstore bundle of the version that is written. @see https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto */
export const BUNDLE_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json'

/** What a bundle has besides a statement, and a signature of minisign, in bytes: both have some thousand. */
export const MAX_MATERIAL_BYTES = 64 * 1024

/** With what files are signed. */
export interface FileWork extends Signing {
  readonly files: readonly FileSubject[]
  readonly forms: ReadonlySet<SignatureForm>
  /** Where the form `github` goes; absent when it is not asked for. */
  readonly github?: GithubAttestations
  /** Files whose bytes are there get a `.minisig`, too. */
  readonly minisign?: MinisignSecret
}

/** What is the same of everything that is kept of one thing in one form. */
export type KeptAs = Pick<Kept, 'says' | 'form' | 'source' | 'predicateType'>

/** A file whose bytes are there. */
export type FileWithBytes = FileSubject & Required<Pick<FileSubject, 'path'>>

/** The file has other bytes than when it was hashed: those that nobody has looked at are not signed. */
class ChangedFile extends Error {}

/**
 * The bytes of a file, which have to be those that its digest is of.
 *
 * @throws ChangedFile behind the last byte of others
 * @throws ParseError `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 */
export async function* sameBytes(
  work: Pick<FileWork, 'context'>,
  file: FileWithBytes
): AsyncGenerator<Uint8Array> {
  const { path, subject } = file
  const hash = createHash(subject.digest.algorithm)
  for await (const chunk of fileBytes(work.context, file.path)) {
    hash.update(chunk)
    yield chunk
  }
  if (hash.digest('hex') !== subject.digest.hex) {
    throw new ChangedFile(`"${path}" has other bytes than when it was hashed in this run`)
  }
}

/** Text of a bundle, as it is written: one line, so that a list of bundles is their texts one after the other. */
export function renderBundle({ json }: Pick<SignedBundle, 'json'>): string {
  return `${JSON.stringify(json)}\n`
}

/** A document that was written, as it lies on the disk. */
export interface ReadDocument {
  readonly text: string
  /** Of the text as JSON, unless it is none. */
  readonly json: unknown
  readonly digest: Digest
}

/**
 * A document of the output folder as it lies on the disk; nothing when there is none.
 *
 * @throws ParseError `FILE_TOO_LARGE`
 */
export function readDocument(
  { context }: Pick<FileWork, 'context'>,
  name: string,
  maxBytes: number = MAX_BUNDLE_BYTES
): ReadDocument | undefined {
  const text = context.host.readBack(name, maxBytes)
  if (text === undefined) return undefined
  const hex = createHash('sha256').update(text).digest('hex')
  return { text, json: jsonObjectIn(Buffer.from(text)), digest: { algorithm: 'sha256', hex } }
}

/**
 * A document that lies there from before this run, if anything that could be one does: the folder may be the checkout's.
 *
 * @param maxBytes what a document of ours could have
 */
export function documentBefore(
  work: Pick<FileWork, 'context'>,
  name: string,
  maxBytes: number
): ReadDocument | undefined {
  try {
    return readDocument(work, name, maxBytes)
  } catch {
    return undefined
  }
}

/** What is written, and what it is held to. */
interface Writing {
  readonly text: string
  readonly mediaType: string
  readonly before: boolean
  /** What is wrong with what was read back; nothing when it holds. */
  faultOf(read: ReadDocument): Promise<string | undefined> | string | undefined
}

/**
 * Writes a document, reads it back and verifies it.
 *
 * @throws InputError when it cannot be written
 */
export async function keepDocument(
  { context }: Pick<FileWork, 'context'>,
  as: KeptAs,
  { text, mediaType, before, faultOf }: Writing
): Promise<Kept> {
  await context.write({ name: as.source, mediaType, chunks: () => [text] })
  const read = readDocument({ context }, as.source)
  if (read === undefined) {
    const detail = 'was written, and is not there'
    return { ...as, outcome: 'contradicted', before: false, detail }
  }
  const fault = read.text === text ? await faultOf(read) : 'it is not what was written'
  const observed = read.digest
  if (fault !== undefined) {
    const detail = `was read back, and does not verify: ${fault}`
    return { ...as, outcome: 'contradicted', before, observed, detail }
  }
  const detail = before
    ? 'was there before, and was read and verified'
    : 'written, read back and verified'
  return { ...as, outcome: 'verified', before, observed, detail }
}

/** Does what can fail for reasons of a file or a service: other files go on. */
export async function keptOr(
  { context }: Pick<FileWork, 'context'>,
  as: KeptAs,
  keep: () => Promise<Kept>
): Promise<Kept> {
  try {
    return await keep()
  } catch (error) {
    return notKept({ context }, as, error)
  }
}

/**
 * What could not be kept, and why.
 *
 * @throws CancelledError when the run was ended: then nothing goes on
 */
export function notKept({ context }: Pick<FileWork, 'context'>, as: KeptAs, error: unknown): Kept {
  if (error instanceof ChangedFile) {
    const { message: detail }: ChangedFile = error
    return { ...as, outcome: 'contradicted', before: false, detail }
  }
  const { reason, remedy } = obstacleOf(context, error)
  return {
    ...as,
    outcome: 'unavailable',
    before: false,
    detail: reason,
    ...(remedy !== undefined && { remedy })
  }
}
