import type { Descriptor } from '../../formats/oci/descriptor.ts'
import type { HttpAnswer } from '../../host/host.ts'
import { ServiceError } from '../../model/errors.ts'
import { nonsenseError, refusalError } from './faults.ts'
import { digestOf, hashFor, nameOf } from './reading.ts'
import type { Session } from './session.ts'

/** Uploads of one blob that are begun, should the ones before have been lost on the way. */
const MAX_UPLOADS = 3
const UPLOAD_DELAY_MS = 500

/** Bytes that are sent at once of what does not fit into memory. Some stores take no less than 5 MiB. */
export const CHUNK_BYTES = 8 * 1024 * 1024

/** Longest silence while a registry takes a body or looks at it, in milliseconds. */
const UPLOAD_IDLE_MS = 180_000

const MAX_ANSWER_BYTES = 64 * 1024

/** A manifest to be put. */
export interface PutManifest {
  readonly bytes: Uint8Array
  readonly mediaType: string
  /** Where; by its digest when absent. */
  readonly tag?: string
  /** Only if the tag still has this `ETag`, where the registry knows of such. */
  readonly ifMatch?: string
}

/** What became of it. */
export interface PutAnswer {
  readonly descriptor: Descriptor
  /** The registry has taken note of what it refers to. */
  readonly noted: boolean
  /** Somebody else has changed the tag meanwhile: nothing was put. */
  readonly conflict: boolean
}

/** Puts a manifest. To put the same again changes nothing. @throws ServiceError */
export async function putManifest(
  session: Session,
  { bytes, mediaType, tag, ifMatch }: PutManifest
): Promise<PutAnswer> {
  const digest = digestOf(bytes)
  const reference = tag ?? digest
  const what = `put the manifest "${nameOf(session, reference)}"`
  const answer = await session.send({
    path: `manifests/${reference}`,
    access: 'push',
    what,
    method: 'PUT',
    headers: { 'content-type': mediaType, ...(ifMatch !== undefined && { 'if-match': ifMatch }) },
    body: bytes,
    maxBytes: MAX_ANSWER_BYTES,
    idleMs: UPLOAD_IDLE_MS,
    answers: [412]
  })
  const descriptor = { mediaType, digest, size: bytes.length }
  if (answer.status === 412) return { descriptor, noted: false, conflict: true }
  if (answer.status < 200 || answer.status > 299) throw refusalError(what, answer)
  const said = answer.headers['docker-content-digest']
  if (said !== undefined && said !== digest && said.startsWith('sha256:')) {
    throw nonsenseError(what, answer.url, `it took bytes with the digest ${digest} for ${said}`)
  }
  return { descriptor, noted: answer.headers['oci-subject'] !== undefined, conflict: false }
}

/** Deletes a manifest, or a tag where the registry allows it. What is not there counts as deleted. @throws ServiceError */
export async function deleteManifest(session: Session, reference: string): Promise<void> {
  await session.send({
    path: `manifests/${reference}`,
    access: 'delete',
    what: `delete "${nameOf(session, reference)}"`,
    method: 'DELETE',
    maxBytes: MAX_ANSWER_BYTES
  })
}

/**
 * Sees whether this login may push: an upload is begun and called off, which leaves nothing behind.
 *
 * @throws ServiceError when the registry cannot be asked, or refuses
 */
export async function probePush(session: Session): Promise<void> {
  const what = `push to "${session.registry}/${session.repository}"`
  const answer = await session.send({
    path: 'blobs/uploads/',
    access: 'push',
    what,
    method: 'POST',
    maxBytes: MAX_ANSWER_BYTES
  })
  if (answer.status !== 202) throw refusalError(what, answer)
  const location = session.addressOf(answer.headers['location'], answer, what)
  await cancelUpload(session, location, 'latest')
}

/** Whether the repository has a blob. @throws ServiceError */
async function hasBlob(session: Session, digest: string): Promise<boolean> {
  if (session.blobs.has(digest)) return true
  const answer = await session.send({
    path: `blobs/${digest}`,
    access: 'push',
    what: `look for the blob "${nameOf(session, digest)}"`,
    method: 'HEAD',
    maxBytes: 0,
    // Stores that it redirects to may take a signed address for GET alone; a real refusal meets the upload.
    answers: [403]
  })
  if (answer.status === 200) session.blobs.add(digest)
  return answer.status === 200
}

/** A blob to be put. */
export interface PutBlob {
  readonly bytes: Uint8Array
  readonly mediaType: string
  /** It has just been made: it is not looked for before it is uploaded. */
  readonly isNew?: true
}

/** Puts a blob, unless it is there. @throws ServiceError */
export async function putBlob(
  session: Session,
  { bytes, mediaType, isNew }: PutBlob
): Promise<Descriptor> {
  const digest = digestOf(bytes)
  const what = { digest, ...(isNew && { isNew }) }
  await uploading(session, what, async () => {
    const location = await beginUpload(session, digest)
    if (location !== undefined) await finishUpload(session, { location, digest, bytes })
  })
  return { mediaType, digest, size: bytes.length }
}

/** Where else a registry has a blob. */
export interface Mount {
  /** Repository of the same registry. */
  readonly from: string
}

/** Pieces of a blob, in order, as often as somebody asks: a broken upload begins anew. */
export type Pieces = () => AsyncIterable<Uint8Array>

/**
 * Puts a blob piece by piece, unless it is there or can be taken over from another repository.
 *
 * @throws ServiceError when it cannot be put, or the pieces do not have the digest
 */
export async function putBlobInPieces(
  session: Session,
  digest: string,
  { pieces, mount }: { readonly pieces: Pieces; readonly mount?: Mount }
): Promise<void> {
  await uploading(session, { digest }, async () => {
    let location = await beginUpload(session, digest, mount)
    if (location === undefined) return
    const hash = hashFor(digest)
    let at = 0
    // The last piece goes with the request that ends the upload.
    let held: Uint8Array | undefined
    for await (const piece of pieces()) {
      if (held) {
        location = await sendPiece(session, { location, digest, bytes: held, at })
        at += held.length
      }
      hash.update(piece)
      held = piece
    }
    const observed = `${digest.slice(0, digest.indexOf(':'))}:${hash.digest('hex')}`
    if (observed !== digest) {
      await cancelUpload(session, location, digest)
      const what = `copy the blob "${nameOf(session, digest)}"`
      throw nonsenseError(
        what,
        location.href,
        `its source served bytes with the digest ${observed}`
      )
    }
    const bytes = held ?? new Uint8Array()
    await finishUpload(session, { location, digest, bytes, ...(at > 0 && { at }) })
  })
}

/**
 * Makes an upload of its own at each attempt: what an answer that was lost has changed is looked at first, and a
 * half of an upload is never continued by guess.
 */
async function uploading(
  session: Session,
  { digest, isNew }: { readonly digest: string; readonly isNew?: true },
  attempt: () => Promise<void>
): Promise<void> {
  const { timing, signal } = session
  for (let attempts = 1; ; attempts++) {
    const isKnownNew = isNew === true && attempts === 1 && !session.blobs.has(digest)
    if (!isKnownNew && (await hasBlob(session, digest))) return
    try {
      await attempt()
      session.blobs.add(digest)
      return
    } catch (error) {
      if (attempts === MAX_UPLOADS || !isLost(error)) throw error
      await timing.sleep(UPLOAD_DELAY_MS * 2 ** attempts * (0.5 + timing.random()), signal)
    }
  }
}

/** Whether an upload failed in a way that another one may not. */
function isLost(error: unknown): boolean {
  if (!(error instanceof ServiceError)) return false
  const { code, reason = '' }: ServiceError = error
  if (code === 'SERVICE_UNREACHABLE' || code === 'SERVICE_TIMEOUT') return true
  // 404 and 416: the registry no longer knows of the upload, or of all its pieces.
  return /^(?:status (?:404|416|5\d\d)|answer cut off)/.test(reason)
}

/** @returns nothing when the registry has the blob now, taken over from another repository */
async function beginUpload(
  session: Session,
  digest: string,
  mount?: Mount
): Promise<URL | undefined> {
  const what = `upload the blob "${nameOf(session, digest)}"`
  const query = mount
    ? `?${new URLSearchParams({ mount: digest, from: mount.from }).toString()}`
    : ''
  const answer = await session.send({
    path: `blobs/uploads/${query}`,
    access: 'push',
    what,
    method: 'POST',
    maxBytes: MAX_ANSWER_BYTES,
    once: true
  })
  if (answer.status === 201 && mount) return undefined
  if (answer.status !== 202) throw refusalError(what, answer)
  return session.addressOf(answer.headers['location'], answer, what)
}

interface Part {
  readonly location: URL
  readonly digest: string
  readonly bytes: Uint8Array
  /** Bytes before it. */
  readonly at?: number
}

async function sendPiece(
  session: Session,
  { location, digest, bytes, at = 0 }: Part
): Promise<URL> {
  const what = `upload the blob "${nameOf(session, digest)}"`
  const answer = await session.send({
    path: location,
    access: 'push',
    what,
    method: 'PATCH',
    headers: headersOf(bytes, at),
    body: bytes,
    maxBytes: MAX_ANSWER_BYTES,
    idleMs: UPLOAD_IDLE_MS,
    once: true
  })
  if (answer.status < 200 || answer.status > 299) throw refusalError(what, answer)
  const { range } = answer.headers
  const end = range === undefined ? undefined : /-(\d+)$/.exec(range)?.[1]
  if (end !== undefined && Number(end) + 1 !== at + bytes.length) {
    throw nonsenseError(what, answer.url, `it has bytes up to ${end} of ${at + bytes.length}`)
  }
  return session.addressOf(answer.headers['location'], answer, what)
}

async function finishUpload(
  session: Session,
  { location, digest, bytes, at }: Part
): Promise<HttpAnswer> {
  const what = `upload the blob "${nameOf(session, digest)}"`
  const address = new URL(location)
  // It may have a query of its own.
  address.searchParams.set('digest', digest)
  const answer = await session.send({
    path: address,
    access: 'push',
    what,
    method: 'PUT',
    headers: at === undefined ? { 'content-type': BYTES } : headersOf(bytes, at),
    body: bytes,
    maxBytes: MAX_ANSWER_BYTES,
    idleMs: UPLOAD_IDLE_MS,
    once: true
  })
  if (answer.status < 200 || answer.status > 299) throw refusalError(what, answer)
  return answer
}

const BYTES = 'application/octet-stream'

function headersOf(bytes: Uint8Array, at: number): Record<string, string> {
  return { 'content-type': BYTES, 'content-range': `${at}-${at + bytes.length - 1}` }
}

/** Frees what the registry holds of an upload. Should it fail, the registry forgets it some day. */
async function cancelUpload(session: Session, location: URL, digest: string): Promise<void> {
  try {
    await session.send({
      path: location,
      access: 'push',
      what: `cancel the upload of "${nameOf(session, digest)}"`,
      method: 'DELETE',
      maxBytes: MAX_ANSWER_BYTES,
      once: true
    })
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
  }
}
