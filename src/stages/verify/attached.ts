import { LEGACY_LAYER, type LegacyKind, legacyTag } from '../../formats/cosign-legacy.ts'
import { MEDIA_TYPE } from '../../formats/oci.ts'
import type { Descriptor } from '../../formats/oci/descriptor.ts'
import { renderDigest } from '../../model/digest.ts'
import type { Subject } from '../../model/subject.ts'
import type { OciRepository } from '../../services/oci-registry.ts'
import { obstacleOf } from '../images/looked.ts'
import { inParallel } from '../in-parallel.ts'
import type { RunContext } from '../stage.ts'
import { type BlindSpot, type Candidate, MAX_CANDIDATES } from './candidates.ts'

/** A manifest whose attachments are looked at. */
export interface Look {
  readonly context: RunContext
  readonly repository: OciRepository
  readonly subject: Subject
}

/** A blob that may be a signature: nobody has read it yet. */
export interface Attached extends Pick<Candidate, 'origin' | 'source'> {
  readonly layer: Descriptor
  readonly form: 'bundle' | LegacyKind
}

/** What is attached to a manifest. */
export interface AttachedList {
  readonly attached: readonly Attached[]
  /** What need not be read to be refused. */
  readonly candidates: readonly Candidate[]
  readonly blind: readonly BlindSpot[]
}

/** Requests to one registry at once. */
const MAX_AT_ONCE = 4

/** Layers of one referrer that are looked at: cosign has one. */
const MAX_LAYERS = 4

const BUNDLE_TYPE = /^application\/vnd\.dev\.sigstore\.bundle/

/** Lists everything that may be a signature of a manifest, in all places where verifiers look. */
export async function listAttached(look: Look): Promise<AttachedList> {
  return joined(
    await Promise.all([referrersOf(look), legacyOf(look, 'sig'), legacyOf(look, 'att')])
  )
}

function joined(lists: readonly AttachedList[]): AttachedList {
  return {
    attached: lists.flatMap(({ attached }) => attached),
    candidates: lists.flatMap(({ candidates }) => candidates),
    blind: lists.flatMap(({ blind }) => blind)
  }
}

const NOTHING: AttachedList = { attached: [], candidates: [], blind: [] }

/** Turns whatever keeps a place from being looked at into data: other places may have what is needed. */
async function listed(
  { context }: Look,
  place: string,
  task: () => Promise<Partial<AttachedList>>
): Promise<AttachedList> {
  try {
    return { ...NOTHING, ...(await task()) }
  } catch (error) {
    return { ...NOTHING, blind: [{ place, ...obstacleOf(context, error) }] }
  }
}

/** Both lists: one that a registry began to keep later does not have what writers put under the tag before. */
async function referrersOf(look: Look): Promise<AttachedList> {
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
    return {}
  })
  const worth = [...entries.values()].filter(mayHoldBundle)
  const rest = worth.length - MAX_CANDIDATES
  const cut =
    rest > 0
      ? [{ place: 'the rest of the referrers', reason: `${rest} more than ${MAX_CANDIDATES}` }]
      : []
  const read = await inParallel(worth.slice(0, MAX_CANDIDATES), MAX_AT_ONCE, (entry) =>
    listed(look, `the referrer ${entry.digest}`, () => layersOfReferrer(look, entry))
  )
  return joined([lists, ...read, { ...NOTHING, blind: cut }])
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

async function layersOfReferrer(
  { repository, subject }: Look,
  { digest }: Descriptor
): Promise<Partial<AttachedList>> {
  const found = await repository.manifest(digest)
  const about = { origin: `the referrer ${digest}`, source: `${repository.name}@${digest}` }
  if (found === undefined) return {}
  if (found.kind === 'contradicted') {
    return { candidates: [{ ...about, bundle: `its manifest has the digest ${found.observed}` }] }
  }
  const { manifest } = found
  if (manifest.kind !== 'image') return {}
  const layers = manifest.layers.filter(({ mediaType }) => BUNDLE_TYPE.test(mediaType))
  if (layers.length === 0) return {}
  const wanted = renderDigest(subject.digest)
  // Lists are the registry's word, and the tag's anybody's: the manifest says itself what it refers to.
  if (manifest.subject !== undefined && manifest.subject.digest !== wanted) {
    const bundle = `its manifest refers to ${manifest.subject.digest}, expected ${wanted}`
    return { candidates: [{ ...about, bundle }] }
  }
  return {
    attached: layers.slice(0, MAX_LAYERS).map((layer) => ({ ...about, layer, form: 'bundle' }))
  }
}

/** What cosign 1 and 2 wrote. @see https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
function legacyOf(look: Look, kind: LegacyKind): Promise<AttachedList> {
  const { repository, subject } = look
  const tag = legacyTag(renderDigest(subject.digest), kind)
  return listed(look, `the tag ${tag}`, async () => {
    const found = await repository.manifest(tag)
    if (found?.kind !== 'found' || found.manifest.kind !== 'image') return {}
    const attached = found.manifest.layers.map((layer, at) => ({
      origin: `layer ${at + 1} of the tag ${tag}`,
      source: `${repository.name}:${tag}`,
      layer,
      form: kind
    }))
    return { attached: attached.filter(({ layer }) => layer.mediaType === LEGACY_LAYER[kind]) }
  })
}
