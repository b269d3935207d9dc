import { MEDIA_TYPE } from '../../formats/oci.ts'
import type { Descriptor } from '../../formats/oci/descriptor.ts'
import { putReferrer } from './attaching.ts'
import { nonsenseError } from './faults.ts'
import { listReferrers } from './lists.ts'
import { type FoundManifest, nameOf, readManifest } from './reading.ts'
import type { Session } from './session.ts'
import { CHUNK_BYTES, putBlobInPieces, putManifest } from './writing.ts'

/** From where to where, and what comes along. */
export interface Copying {
  readonly source: Session
  readonly target: Session
  /** Ends of tags such as `sha256-<hex>.sig`, under which older signatures lie. */
  readonly suffixes: readonly string[]
}

/** Manifests that one copy may have, referrers included; how deep they may lie in each other. */
const MAX_MANIFESTS = 2000
const MAX_DEPTH = 8

/** Layers that licences forbid to pass on: whoever runs the image has them from elsewhere. */
const NOT_PASSED_ON = /\.(?:nondistributable|foreign)\./

const MANIFESTS: ReadonlySet<string> = new Set([
  MEDIA_TYPE.index,
  MEDIA_TYPE.image,
  MEDIA_TYPE.dockerIndex,
  MEDIA_TYPE.dockerImage
])

/**
 * Copies a manifest with everything below it and everything that refers to it, by digest, and sets no tag of an
 * image: those are moved when all is there.
 *
 * @returns digests of the manifests that the target has now
 * @throws ServiceError when something is missing, is not what its digest names, or cannot be put
 */
export async function copyManifest(copying: Copying, digest: string): Promise<readonly string[]> {
  const done = new Set<string>()
  await copyOne(copying, digest, { done, depth: 0 })
  return [...done]
}

interface Progress {
  readonly done: Set<string>
  readonly depth: number
}

async function copyOne(copying: Copying, digest: string, progress: Progress): Promise<void> {
  const { done, depth } = progress
  if (done.has(digest)) return
  done.add(digest)
  const { source, target, suffixes } = copying
  const what = `copy "${nameOf(source, digest)}"`
  if (done.size > MAX_MANIFESTS || depth > MAX_DEPTH) {
    const limits = `more than ${MAX_MANIFESTS} manifests, or more than ${MAX_DEPTH} in each other`
    throw nonsenseError(what, source.registry, limits)
  }
  const below = { done, depth: depth + 1 }
  const found = await foundAt(source, digest)
  const { manifest } = found
  if (manifest.kind === 'index') {
    for (const entry of manifest.entries) {
      if (!MANIFESTS.has(entry.mediaType)) {
        throw nonsenseError(what, found.url, `its entry ${entry.digest} is no manifest`)
      }
      await copyOne(copying, entry.digest, below)
    }
  } else {
    const blobs = [manifest.config, ...manifest.layers]
    const passedOn = blobs.filter(({ mediaType }) => !NOT_PASSED_ON.test(mediaType))
    for (const blob of passedOn) await copyBlob(copying, blob)
  }
  await putCopy(target, found)
  for (const suffix of suffixes) await copyTagged(copying, digest, suffix)
  const { entries } = await listReferrers(source, digest)
  for (const entry of entries) await copyOne(copying, entry.digest, below)
}

async function putCopy(
  target: Session,
  { manifest, bytes, descriptor }: FoundManifest
): Promise<void> {
  const { mediaType } = descriptor
  if (manifest.subject === undefined) {
    await putManifest(target, { bytes, mediaType })
    return
  }
  const config = manifest.kind === 'image' ? manifest.config.mediaType : manifest.mediaType
  await putReferrer(target, bytes, {
    mediaType,
    subject: manifest.subject.digest,
    artifactType: manifest.artifactType ?? config,
    annotations: manifest.kind === 'image' ? manifest.annotations : {}
  })
}

/** Signatures of the older form: a tag that is made of the digest, and is itself copied as it is. */
async function copyTagged(copying: Copying, digest: string, suffix: string): Promise<void> {
  const { source, target } = copying
  const tag = `${digest.replace(':', '-')}${suffix}`
  const found = await readManifest(source, tag)
  if (found?.kind !== 'found' || found.manifest.kind !== 'image') return
  const { manifest, bytes, descriptor } = found
  for (const blob of [manifest.config, ...manifest.layers]) await copyBlob(copying, blob)
  await putManifest(target, { bytes, mediaType: descriptor.mediaType, tag })
}

async function copyBlob({ source, target }: Copying, blob: Descriptor): Promise<void> {
  await putBlobInPieces(target, blob.digest, {
    pieces: () => piecesOf(source, blob),
    ...(source.registry === target.registry && { mount: { from: source.repository } })
  })
}

/** Reads a blob by ranges: never more of it is in memory than one piece. */
async function* piecesOf(
  source: Session,
  { digest, size }: Descriptor
): AsyncGenerator<Uint8Array> {
  const what = `read the blob "${nameOf(source, digest)}"`
  for (let at = 0; at < size; at += CHUNK_BYTES) {
    const wanted = Math.min(CHUNK_BYTES, size - at)
    const isWhole = wanted === size
    const answer = await source.send({
      path: `blobs/${digest}`,
      access: 'pull',
      what,
      maxBytes: wanted,
      ...(!isWhole && { headers: { range: `bytes=${at}-${at + wanted - 1}` } })
    })
    if (answer.status !== (isWhole ? 200 : 206) || answer.bytes !== wanted) {
      throw nonsenseError(
        what,
        answer.url,
        `status ${answer.status} with ${answer.bytes} of ${wanted} bytes`
      )
    }
    yield answer.body
  }
}

async function foundAt(source: Session, digest: string): Promise<FoundManifest> {
  const found = await readManifest(source, digest)
  const what = `copy "${nameOf(source, digest)}"`
  if (found?.kind === 'found') return found
  if (found)
    throw nonsenseError(what, found.url, `it served bytes with the digest ${found.observed}`)
  throw nonsenseError(what, source.registry, 'the registry does not have it')
}
