import { renderDigest } from '../../model/digest.ts'
import type { Image, OtherEntry } from '../../model/image.ts'
import type { Subject } from '../../model/subject.ts'
import type { OciRepository } from '../../services/oci-registry.ts'
import { inParallel } from '../in-parallel.ts'
import type { RunContext } from '../stage.ts'
import { listAttached, type Look } from './attached.ts'
import { readAttached } from './attached-bytes.ts'
import type { Found } from './candidates.ts'

/** Manifests whose attachments are looked at at once. */
const MAX_AT_ONCE = 4

/** Most bytes of all that is attached to one image: everybody who may push can attach more. */
const MAX_TOTAL_BYTES = 256 * 1024 * 1024

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
  const budget = { left: MAX_TOTAL_BYTES }
  return inParallel(parts, MAX_AT_ONCE, async ({ what, subject }) => {
    const look: Look = { context, repository, subject }
    const { attached, ...rest } = await listAttached(look)
    const read = await readAttached(look, attached, budget)
    const digest = renderDigest(subject.digest)
    return {
      target: {
        what,
        name: `${subject.name}@${digest}`,
        digests: [subject.digest],
        chunks: () => manifestChunks(look)
      },
      candidates: [...rest.candidates, ...read.candidates],
      blind: [...rest.blind, ...read.blind],
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
