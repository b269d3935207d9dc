import { jsonObjectIn, jsonObjectOf } from '../../formats/json.ts'
import { MEDIA_TYPE } from '../../formats/oci.ts'
import type { Descriptor } from '../../formats/oci/descriptor.ts'
import { ServiceError } from '../../model/errors.ts'
import type { OciRepository } from '../../services/oci-registry.ts'
import { inParallel } from '../in-parallel.ts'
import { BUNDLE_TYPE } from './file-work.ts'
import type { Says, WantedStatement } from './signing.ts'

const BUNDLE_TYPES = 'application/vnd.dev.sigstore.bundle'

const CONTENT = 'dev.sigstore.bundle.content'
const PREDICATE_TYPE = 'dev.sigstore.bundle.predicateType'
const CREATED = 'org.opencontainers.image.created'

/** Attachments of one image that are looked into: anybody who may push can add more. */
const MAX_LOOKED_INTO = 100

/** Bytes that are read of them together, in whole bundles. */
const MAX_LOOKED_INTO_BYTES = 256 * 1024 * 1024

/** Attachments of one image that are read at once. */
const MAX_AT_ONCE = 4

/** What a bundle may have besides its statement, in bytes: certificate, log entry, timestamps. */
const MAX_MATERIAL_BYTES = 256 * 1024

/** What is attached, and holds. */
export interface FoundBundle {
  /** Of the attached manifest. */
  readonly descriptor: Descriptor
  readonly bundle: unknown
  /** Of the bundle, as it lies in the registry. */
  readonly blob: Descriptor
}

/** What is looked for at one image. */
export interface Looking {
  readonly repository: OciRepository
  readonly subject: Descriptor
  readonly wanted: readonly WantedStatement[]
  /** Whether a bundle is what is wanted. */
  accepts(bundle: unknown, wanted: WantedStatement): Promise<boolean>
}

/** What was found, by what it says. */
export interface FoundReferrers {
  readonly found: ReadonlyMap<Says, FoundBundle>
  /** What was not looked into, in sentences. */
  readonly notes: readonly string[]
}

/**
 * Looks for statements among what is attached to an image. What is damaged, too large or not ours counts as not there.
 *
 * @throws ServiceError when the registry cannot be asked, or refuses
 */
export async function lookForBundles(looking: Looking): Promise<FoundReferrers> {
  const { repository, subject, wanted } = looking
  const { entries } = await repository.referrers(subject.digest, BUNDLE_TYPE)
  const types = new Set(wanted.map(({ predicateType }) => predicateType))
  const candidates = entries.filter(({ mediaType, annotations = {} }) => {
    const type = Object.hasOwn(annotations, PREDICATE_TYPE)
      ? annotations[PREDICATE_TYPE]
      : undefined
    return mediaType === MEDIA_TYPE.image && (type === undefined || types.has(type))
  })
  const found = new Map<Says, FoundBundle>()
  const notes: string[] = []
  const most = maxBytesOf(wanted)
  let left = MAX_LOOKED_INTO_BYTES
  // Newest last: those of this run's predecessor are found first.
  const looked = candidates.toReversed().slice(0, MAX_LOOKED_INTO)
  await inParallel(looked, MAX_AT_ONCE, async (entry) => {
    if (found.size === wanted.length) return
    const read = await readBundle(repository, { entry, subject, maxBytes: Math.min(most, left) })
    if (typeof read === 'string') {
      notes.push(`${repository.name}@${entry.digest} was passed over: ${read}`)
      return
    }
    left -= read.blob.size
    for (const one of wanted) {
      if (found.has(one.says) || typeIn(read.bundle) !== one.predicateType) continue
      if (await looking.accepts(read.bundle, one)) found.set(one.says, read)
    }
  })
  const rest = candidates.length - looked.length
  if (rest > 0) {
    notes.push(
      `${repository.name}@${subject.digest} has ${rest} more attachments than are looked into`
    )
  }
  return { found, notes }
}

/** Base64 takes four characters for three bytes. */
function maxBytesOf(wanted: readonly WantedStatement[]): number {
  const largest = Math.max(0, ...wanted.map((one) => one.payload().length))
  return Math.ceil(largest / 3) * 4 + MAX_MATERIAL_BYTES
}

function typeIn(bundle: unknown): string | undefined {
  const { payload } = jsonObjectOf(jsonObjectOf(bundle)?.['dsseEnvelope']) ?? {}
  if (typeof payload !== 'string') return undefined
  const type = jsonObjectIn(Buffer.from(payload, 'base64'))?.['predicateType']
  return typeof type === 'string' ? type : undefined
}

interface Reading {
  readonly entry: Pick<Descriptor, 'digest'>
  readonly subject: Pick<Descriptor, 'digest'>
  readonly maxBytes: number
}

/**
 * Reads an attached bundle as cosign does: one layer, of a bundle's type.
 *
 * @returns why there is none, as text
 * @throws ServiceError when the registry cannot be asked, or refuses
 */
async function readBundle(
  repository: OciRepository,
  { entry, subject, maxBytes }: Reading
): Promise<FoundBundle | string> {
  const found = await manifestOrReason(repository, entry.digest)
  if (typeof found === 'string') return found
  const { manifest, descriptor } = found
  if (manifest.kind !== 'image') return 'it is no artifact'
  if (manifest.subject?.digest !== subject.digest) return 'it refers to something else'
  const [layer, ...more] = manifest.layers
  if (layer === undefined || more.length > 0 || !layer.mediaType.startsWith(BUNDLE_TYPES)) {
    return 'it has not exactly one layer with a bundle'
  }
  if (layer.size > maxBytes)
    return `its bundle has ${layer.size} bytes, expected at most ${maxBytes}`
  const blob = await repository.blob(layer)
  if (blob === undefined) return 'the registry does not have its bundle'
  if (blob.kind === 'contradicted') return `its bundle has the digest ${blob.observed}`
  const bundle = jsonObjectIn(blob.bytes)
  return bundle === undefined ? 'its bundle is no JSON object' : { descriptor, bundle, blob: layer }
}

type FoundManifest = Extract<
  Awaited<ReturnType<OciRepository['manifest']>>,
  { readonly kind: 'found' }
>

/** A manifest that makes no sense is no reason to give up: anybody may have put it there. */
async function manifestOrReason(
  repository: OciRepository,
  digest: string
): Promise<FoundManifest | string> {
  try {
    const found = await repository.manifest(digest)
    if (found === undefined) return 'the registry does not have it'
    return found.kind === 'found' ? found : `its bytes have the digest ${found.observed}`
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    const { code, message }: ServiceError = error
    if (code === 'SERVICE_RESPONSE_INVALID' || code === 'SERVICE_LIMIT_EXCEEDED') return message
    throw error
  }
}

/** A signed statement that is to be attached. */
export interface Attaching {
  readonly repository: OciRepository
  readonly subject: Descriptor
  readonly wanted: WantedStatement
  /** Text of the bundle, as it is stored. */
  readonly text: string
  /** When it was signed, ISO 8601; absent when nothing proves a time. */
  readonly at?: string
  onLost(): void
}

/**
 * Attaches a bundle as cosign 3 does. The same bundle gives the same manifest.
 *
 * @throws ServiceError when it cannot be attached, or does not stay
 */
export function attachBundle(attaching: Attaching): Promise<Descriptor> {
  const { repository, subject, wanted, text, at, onLost } = attaching
  return repository.attach({
    subject,
    bytes: Buffer.from(text),
    artifactType: BUNDLE_TYPE,
    annotations: {
      ...(at !== undefined && { [CREATED]: at }),
      [CONTENT]: 'dsse-envelope',
      [PREDICATE_TYPE]: wanted.predicateType
    },
    isNew: true,
    onLost
  })
}

/** How often what was attached is read back, and put again, before we give up. */
const MAX_READ_BACKS = 3

/** What came of reading back. */
export type ReadBack =
  | { readonly kind: 'found'; readonly read: FoundBundle }
  | { readonly kind: 'lost'; readonly reason: string }

/**
 * Attaches a bundle and reads it back: the list, the manifest and the bundle. What the registry has lost is put again.
 *
 * @throws ServiceError when it cannot be attached or read
 */
export async function attachAndReadBack(attaching: Attaching): Promise<ReadBack> {
  const { repository, subject, text, onLost } = attaching
  let reason = ''
  for (let round = 0; round < MAX_READ_BACKS; round++) {
    if (round > 0) onLost()
    // It has lost what it was seen to have: that it has the blobs counts for nothing now.
    if (round > 0) repository.session.blobs.clear()
    const descriptor = await attachBundle(attaching)
    const read = await readBundle(repository, {
      entry: descriptor,
      subject,
      maxBytes: Buffer.byteLength(text)
    })
    if (typeof read !== 'string') return { kind: 'found', read }
    reason = read
  }
  return { kind: 'lost', reason }
}
