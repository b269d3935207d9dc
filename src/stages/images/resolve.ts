import { MEDIA_TYPE, type Manifest } from '../../formats/oci.ts'
import { jsonObjectOf } from '../../formats/json.ts'
import {
  type Descriptor,
  isOciDigest,
  type Platform,
  platformOf,
  renderPlatform
} from '../../formats/oci/descriptor.ts'
import { type ImageReference, imageNameOf } from '../../formats/oci/reference.ts'
import { ServiceError } from '../../model/errors.ts'
import type { Image, OtherEntry, PlatformImage } from '../../model/image.ts'
import type { Subject } from '../../model/subject.ts'
import { digestFromHex } from '../../model/digest.ts'
import type { OciRepository } from '../../services/oci-registry.ts'
import { inParallel } from '../in-parallel.ts'

/** One manifest or config that was read, and whether it is what its digest names. */
export interface Reading {
  readonly name: string
  /** Where, without credentials. */
  readonly url: string
  readonly outcome: 'verified' | 'contradicted' | 'absent' | 'missing'
  /** The digest that it should have; absent for a tag. */
  readonly expected?: string
  readonly observed?: string
  /** `linux/amd64`, `index`. */
  readonly what: string
}

/** What came of one reference. */
export interface Resolved {
  readonly given: string
  readonly reference: ImageReference
  /** Absent when it, or a part of it, is missing or is not what it should be. */
  readonly image?: Image
  readonly readings: readonly Reading[]
}

/** Indexes in indexes, and manifests of one image, that are followed. */
const MAX_DEPTH = 4
const MAX_MANIFESTS = 200

/** Manifests of one index that are asked for at once. */
const MAX_AT_ONCE = 4

/** Largest image config that is read, in bytes. */
const MAX_CONFIG_BYTES = 4 * 1024 * 1024

/** What BuildKit calls the entries of an index that are no images. @see https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md */
const TYPE_KEY = 'vnd.docker.reference.type'
const ABOUT_KEY = 'vnd.docker.reference.digest'

/** Longest word for what an entry is, in UTF-16 units. */
const MAX_KIND = 100

interface Walk {
  readonly repository: OciRepository
  readonly name: string
  readonly readings: Reading[]
  readonly platforms: PlatformImage[]
  readonly others: OtherEntry[]
  readonly seen: Set<string>
}

/**
 * Resolves a reference once: to its digest, and to the images of all platforms below. Every manifest is read,
 * and compared with its digest.
 *
 * @throws ServiceError when the registry cannot be asked, refuses, or answers with what makes no sense
 */
export async function resolveImage(
  repository: OciRepository,
  given: string,
  reference: ImageReference
): Promise<Resolved> {
  const walk: Walk = {
    repository,
    name: imageNameOf(reference),
    readings: [],
    platforms: [],
    others: [],
    seen: new Set()
  }
  const wanted = reference.digest ?? reference.tag ?? 'latest'
  const top = await readTop(walk, wanted)
  const readings = walk.readings
  if (top === undefined) return { given, reference, readings }
  await visit(walk, top, { depth: 0 })
  const whole = readings.every(({ outcome }) => outcome === 'verified' || outcome === 'absent')
  if (!whole) return { given, reference, readings }
  const { mediaType, digest, size } = top.descriptor
  const subject = subjectOf(walk, digest)
  const { platforms, others } = walk
  const image = { given, subject, mediaType, size, platforms, others }
  return { given, reference, image, readings }
}

interface Read {
  readonly descriptor: Descriptor
  readonly manifest: Manifest
}

async function readTop(walk: Walk, wanted: string): Promise<Read | undefined> {
  const found = await walk.repository.manifest(wanted)
  const pinned = wanted.includes(':')
  const expected = pinned ? { expected: wanted } : {}
  const about = { name: walk.name, url: '', what: 'manifest', ...expected }
  if (found === undefined) {
    walk.readings.push({ ...about, outcome: 'missing' })
    return undefined
  }
  if (found.kind === 'contradicted') {
    const { observed, url } = found
    walk.readings.push({ ...about, url, observed, outcome: 'contradicted' })
    return undefined
  }
  const { descriptor, manifest, url } = found
  const observed = descriptor.digest
  const what = manifest.kind === 'index' ? 'index' : 'manifest'
  // Nothing says what a tag should be: it is what it is.
  walk.readings.push({ ...about, what, url, observed, outcome: pinned ? 'verified' : 'absent' })
  return { descriptor, manifest }
}

interface Place {
  readonly depth: number
  /** As the index above has it. */
  readonly platform?: Platform
}

async function visit(walk: Walk, { descriptor, manifest }: Read, place: Place): Promise<void> {
  const { digest, mediaType, size } = descriptor
  walk.seen.add(digest)
  if (manifest.kind === 'image') {
    const platform = place.platform ?? (await platformIn(walk, manifest.config))
    walk.platforms.push({
      platform: platform === undefined ? 'unknown' : renderPlatform(platform),
      subject: subjectOf(walk, digest),
      mediaType,
      size
    })
    return
  }
  const entries = new Map<string, Descriptor>()
  for (const entry of manifest.entries) {
    const other = otherOf(entry)
    if (other) walk.others.push(other)
    else if (!walk.seen.has(entry.digest)) entries.set(entry.digest, entry)
  }
  const depth = place.depth + 1
  if (depth > MAX_DEPTH || walk.seen.size + entries.size > MAX_MANIFESTS) {
    const reason = `more than ${MAX_MANIFESTS} manifests, or more than ${MAX_DEPTH} indexes in each other`
    throw tooLarge(walk.name, reason)
  }
  const read = await inParallel([...entries.values()], MAX_AT_ONCE, async (entry) => ({
    entry,
    found: await walk.repository.manifest(entry.digest)
  }))
  for (const { entry, found } of read) {
    // One of those before it may have been an index with this one in it.
    if (!walk.seen.has(entry.digest)) await visitEntry(walk, { entry, found, depth })
  }
}

interface EntryRead {
  readonly entry: Descriptor
  readonly found: Awaited<ReturnType<OciRepository['manifest']>>
  readonly depth: number
}

async function visitEntry(walk: Walk, { entry, found, depth }: EntryRead): Promise<void> {
  const { digest, platform } = entry
  const what = platform === undefined ? 'manifest' : renderPlatform(platform)
  const reading = { name: walk.name, url: '', what, expected: digest }
  walk.seen.add(digest)
  if (found === undefined) {
    walk.readings.push({ ...reading, outcome: 'missing' })
  } else if (found.kind === 'contradicted') {
    const { url, observed } = found
    walk.readings.push({ ...reading, url, observed, outcome: 'contradicted' })
  } else {
    walk.readings.push({ ...reading, url: found.url, observed: digest, outcome: 'verified' })
    await visit(walk, found, { depth, ...(platform && { platform }) })
  }
}

/** Entries that are no image for anybody: BuildKit's attestations are for no platform, and say what they are. */
function otherOf({
  mediaType,
  digest,
  platform,
  annotations = {}
}: Descriptor): OtherEntry | undefined {
  const type = Object.hasOwn(annotations, TYPE_KEY) ? annotations[TYPE_KEY] : undefined
  const about = Object.hasOwn(annotations, ABOUT_KEY) ? annotations[ABOUT_KEY] : undefined
  const rest = { digest, ...(about !== undefined && isOciDigest(about) && { about }) }
  if (type !== undefined) return { kind: type.slice(0, MAX_KIND), ...rest }
  if (!MANIFESTS.has(mediaType)) return { kind: mediaType, ...rest }
  const isUnknown = platform?.os === 'unknown' && platform.architecture === 'unknown'
  return isUnknown ? { kind: 'for no platform', ...rest } : undefined
}

const MANIFESTS: ReadonlySet<string> = new Set([
  MEDIA_TYPE.index,
  MEDIA_TYPE.image,
  MEDIA_TYPE.dockerIndex,
  MEDIA_TYPE.dockerImage
])

/** Configs of images, which say for which platform they are. Artifacts have others. */
const IMAGE_CONFIG = /^application\/vnd\.(?:oci\.image\.config|docker\.container\.image)\.v1\+json$/

/** The platform of an image that no index lists. */
async function platformIn(walk: Walk, config: Descriptor): Promise<Platform | undefined> {
  const { mediaType, digest, size } = config
  if (!IMAGE_CONFIG.test(mediaType) || size > MAX_CONFIG_BYTES) return undefined
  const found = await walk.repository.blob(config)
  const reading = { name: walk.name, url: '', what: 'config', expected: digest }
  if (found === undefined) {
    walk.readings.push({ ...reading, outcome: 'missing' })
    return undefined
  }
  if (found.kind === 'contradicted') {
    const { url, observed } = found
    walk.readings.push({ ...reading, url, observed, outcome: 'contradicted' })
    return undefined
  }
  try {
    return platformOf(jsonObjectOf(JSON.parse(Buffer.from(found.bytes).toString('utf8'))))
  } catch {
    return undefined
  }
}

function subjectOf({ name }: Walk, digest: string): Subject {
  const [algorithm = '', hex = ''] = digest.split(':')
  const parsed = digestFromHex(algorithm, hex)
  if (parsed === undefined) throw new Error(`"${digest}" was taken for a digest`)
  return { name, digest: parsed }
}

function tooLarge(name: string, reason: string): ServiceError {
  return new ServiceError({
    code: 'SERVICE_LIMIT_EXCEEDED',
    message: `Cannot resolve "${name}": ${reason}`,
    remedy: 'Name the images of its platforms one by one',
    reason
  })
}
