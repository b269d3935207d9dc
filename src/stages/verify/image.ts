import {
  bundleOfLegacyLayer,
  LEGACY_LAYER,
  type LegacyKind,
  legacyTag,
  timestampsOfLegacyLayer
} from '../../formats/cosign-legacy.ts'
import { type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import { jsonObjectIn, MEDIA_TYPE } from '../../formats/oci.ts'
import type { Descriptor } from '../../formats/oci/descriptor.ts'
import { renderDigest } from '../../model/digest.ts'
import type { Image, OtherEntry } from '../../model/image.ts'
import type { Subject } from '../../model/subject.ts'
import type { OciRepository } from '../../services/oci-registry.ts'
import { obstacleOf } from '../images/looked.ts'
import { inParallel } from '../in-parallel.ts'
import type { RunContext } from '../stage.ts'
import { type BlindSpot, type Candidate, type Found, MAX_CANDIDATES } from './candidates.ts'

/** Requests to one registry at once. */
const MAX_AT_ONCE = 4

/** Largest bundle or layer that is read, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024

const BUNDLE_TYPE = /^application\/vnd\.dev\.sigstore\.bundle/

interface Look {
  readonly context: RunContext
  readonly repository: OciRepository
  readonly subject: Subject
}

/** Everything that is attached to an image, and to the image of every platform when that is asked for. */
export async function findForImage(
  context: RunContext,
  repository: OciRepository,
  image: Image
): Promise<readonly Found[]> {
  const isIndex = image.platforms.every(({ subject }) => !isSame(subject, image.subject))
  const parts = [
    { what: isIndex ? 'index' : 'image', subject: image.subject },
    ...(isIndex && context.settings.verify.recursive
      ? image.platforms.map(({ platform, subject }) => ({ what: platform, subject }))
      : [])
  ]
  return inParallel(parts, MAX_AT_ONCE, async ({ what, subject }) => {
    const look = { context, repository, subject }
    const lists = await Promise.all([
      referrersOf(look),
      legacyOf(look, 'sig'),
      legacyOf(look, 'att')
    ])
    const digest = renderDigest(subject.digest)
    return {
      target: {
        what,
        name: `${subject.name}@${digest}`,
        digests: [subject.digest],
        chunks: () => manifestChunks(look)
      },
      candidates: lists.flatMap(({ candidates }) => candidates).slice(0, MAX_CANDIDATES),
      blind: lists.flatMap(({ blind }) => blind),
      notes: notesOf(image.others, digest, what)
    }
  })
}

function isSame(one: Subject, other: Subject): boolean {
  return renderDigest(one.digest) === renderDigest(other.digest)
}

/** A signature of bytes that is attached to a manifest is over the manifest. */
async function* manifestChunks({ repository, subject }: Look): AsyncGenerator<Uint8Array> {
  const found = await repository.manifest(renderDigest(subject.digest))
  if (found?.kind === 'found') yield found.bytes
}

function notesOf(others: readonly OtherEntry[], digest: string, what: string): readonly string[] {
  const unsigned = others.filter(
    ({ kind, about }) => kind === 'attestation-manifest' && (what === 'index' || about === digest)
  )
  return unsigned.length === 0
    ? []
    : [
        `the index has attestations of BuildKit (${unsigned.length}): nobody signed them, so that they prove nothing`
      ]
}

interface Listed {
  readonly candidates: readonly Candidate[]
  readonly blind: readonly BlindSpot[]
}

/** Turns whatever keeps a place from being looked at into data: other places may have what is needed. */
async function listed(
  { context }: Look,
  place: string,
  task: () => Promise<readonly Candidate[]>
): Promise<Listed> {
  try {
    return { candidates: await task(), blind: [] }
  } catch (error) {
    return { candidates: [], blind: [{ place, ...obstacleOf(context, error) }] }
  }
}

/** Both lists: one that a registry began to keep later does not have what writers put under the tag before. */
async function referrersOf(look: Look): Promise<Listed> {
  const { repository, subject } = look
  const digest = renderDigest(subject.digest)
  const entries = new Map<string, Descriptor>()
  const keep = (list: readonly Descriptor[]): void => {
    for (const entry of list) entries.set(entry.digest, entry)
  }
  const lists = await listed(look, 'the list of referrers', async () => {
    const { from, entries: list } = await repository.referrers(digest)
    keep(list)
    if (from === 'api') keep(await underTag(repository, digest))
    return []
  })
  const worth = [...entries.values()].filter(mayHoldBundle).slice(0, MAX_CANDIDATES)
  const read = await inParallel(worth, MAX_AT_ONCE, (entry) =>
    listed(look, `the referrer ${entry.digest}`, () => bundlesOfReferrer(look, entry))
  )
  return {
    candidates: read.flatMap(({ candidates }) => candidates),
    blind: [...lists.blind, ...read.flatMap(({ blind }) => blind)]
  }
}

async function underTag(repository: OciRepository, digest: string): Promise<readonly Descriptor[]> {
  const found = await repository.manifest(digest.replace(':', '-'))
  return found?.kind === 'found' && found.manifest.kind === 'index' ? found.manifest.entries : []
}

/** Older writers put the type of the config, or none, into the list: those have to be looked into. */
function mayHoldBundle({ artifactType, mediaType }: Descriptor): boolean {
  const isImage = mediaType === MEDIA_TYPE.image
  const isVague = artifactType === undefined || artifactType === MEDIA_TYPE.empty
  return isImage && (isVague || BUNDLE_TYPE.test(artifactType))
}

async function bundlesOfReferrer(
  { repository, subject }: Look,
  { digest }: Descriptor
): Promise<readonly Candidate[]> {
  const found = await repository.manifest(digest)
  const about = { origin: `the referrer ${digest}`, source: `${repository.name}@${digest}` }
  if (found === undefined) return []
  if (found.kind === 'contradicted') {
    return [{ ...about, bundle: `its manifest has the digest ${found.observed}` }]
  }
  const { manifest } = found
  if (manifest.kind !== 'image') return []
  const layers = manifest.layers.filter(({ mediaType }) => BUNDLE_TYPE.test(mediaType))
  if (layers.length === 0) return []
  const wanted = renderDigest(subject.digest)
  // Lists are the registry's word, and the tag's anybody's: the manifest says itself what it refers to.
  if (manifest.subject !== undefined && manifest.subject.digest !== wanted) {
    return [
      { ...about, bundle: `its manifest refers to ${manifest.subject.digest}, expected ${wanted}` }
    ]
  }
  return inParallel(layers.slice(0, MAX_AT_ONCE), 1, async (layer) => {
    const bytes = await bytesOf(repository, layer)
    if (typeof bytes === 'string') return { ...about, bundle: bytes }
    return { ...about, bundle: jsonObjectIn(bytes) ?? 'it is no JSON object' }
  })
}

/** @returns why they cannot be had, as text */
async function bytesOf(repository: OciRepository, layer: Descriptor): Promise<Uint8Array | string> {
  if (layer.size > MAX_BYTES) return `it has ${layer.size} bytes, expected at most ${MAX_BYTES}`
  const found = await repository.blob(layer)
  if (found === undefined) return 'the registry does not have its bytes'
  return found.kind === 'contradicted' ? `its bytes have the digest ${found.observed}` : found.bytes
}

/** What cosign 1 and 2 wrote. @see https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
function legacyOf(look: Look, kind: LegacyKind): Promise<Listed> {
  const { repository, subject } = look
  const tag = legacyTag(renderDigest(subject.digest), kind)
  return listed(look, `the tag ${tag}`, async () => {
    const found = await repository.manifest(tag)
    if (found?.kind !== 'found' || found.manifest.kind !== 'image') return []
    const layers = found.manifest.layers
      .map((layer, at) => ({ layer, at }))
      .filter(({ layer }) => layer.mediaType === LEGACY_LAYER[kind])
    return inParallel(layers.slice(0, MAX_CANDIDATES), MAX_AT_ONCE, async ({ layer, at }) => {
      const about = {
        origin: `layer ${at + 1} of the tag ${tag}`,
        source: `${repository.name}:${tag}`
      }
      const bytes = await bytesOf(repository, layer)
      if (typeof bytes === 'string') return { ...about, bundle: bytes }
      const bundle = bundleOfLegacyLayer({ ...layer, bytes })
      if (kind === 'sig') return { ...about, bundle, payload: bytes }
      return { ...about, bundle: withTimestamps(bundle, layer), stamped: bytes }
    })
  })
}

/** All that is there has to hold, also what the bundle itself has no place for. */
function withTimestamps(bundle: JsonObject | string, layer: Descriptor): JsonObject | string {
  const rfc3161Timestamps = timestampsOfLegacyLayer(layer)
  if (typeof bundle === 'string' || rfc3161Timestamps.length === 0) return bundle
  const material = jsonObjectOf(bundle['verificationMaterial'])
  const timestampVerificationData = { rfc3161Timestamps }
  return { ...bundle, verificationMaterial: { ...material, timestampVerificationData } }
}
