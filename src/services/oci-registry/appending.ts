import {
  type LegacyLayer,
  MAX_LEGACY_LAYERS,
  withLegacyLayers
} from '../../formats/cosign-legacy.ts'
import { MAX_MANIFEST_BYTES, MEDIA_TYPE } from '../../formats/oci.ts'
import type { Descriptor } from '../../formats/oci/descriptor.ts'
import { MAX_ROUNDS, pause } from './attaching.ts'
import { nonsenseError, rewritingError } from './faults.ts'
import { type FoundManifest, nameOf, readManifest } from './reading.ts'
import type { Session } from './session.ts'
import { putBlob, putManifest } from './writing.ts'

/**
 * Adds layers to the manifest under a tag so that they stay: the form knows no better than to read, add and put, so it
 * is read again, and put again while another writer has lost them. Layers that are there already are not added.
 *
 * @throws ServiceError when they cannot be put, or do not stay
 * @see https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md
 */
export async function appendLegacyLayers(
  session: Session,
  tag: string,
  layers: readonly LegacyLayer[]
): Promise<void> {
  const wanted = await Promise.all(
    layers.map(async ({ bytes, mediaType, annotations }): Promise<Descriptor> => {
      return { ...(await putBlob(session, { bytes, mediaType })), annotations }
    })
  )
  await session.inTurn(tag, async () => {
    for (let round = 0; round <= MAX_ROUNDS; round++) {
      const startedAt = session.timing.now()
      const found = await foundUnder(session, tag)
      const missing = wanted.filter((one) => !isIn(found, one))
      if (missing.length === 0) return
      await putUnder(session, { tag, found, missing })
      await pause(session, { round, tookMs: session.timing.now() - startedAt })
    }
    throw nonsenseError(
      `add to "${nameOf(session, tag)}"`,
      session.registry,
      `what is added does not stay after ${MAX_ROUNDS} rounds`
    )
  })
}

async function foundUnder(session: Session, tag: string): Promise<FoundManifest | undefined> {
  const found = await readManifest(session, tag)
  return found?.kind === 'found' ? found : undefined
}

function isIn(found: FoundManifest | undefined, wanted: Descriptor): boolean {
  const { manifest } = found ?? {}
  if (manifest?.kind !== 'image') return false
  return manifest.layers.some(
    ({ digest, annotations = {} }) =>
      digest === wanted.digest &&
      Object.entries(wanted.annotations ?? {}).every(([name, text]) => annotations[name] === text)
  )
}

interface Adding {
  readonly tag: string
  readonly found: FoundManifest | undefined
  readonly missing: readonly Descriptor[]
}

async function putUnder(session: Session, { tag, found, missing }: Adding): Promise<void> {
  const written = withLegacyLayers(found?.bytes, missing)
  if (written === undefined) {
    const reason = `the tag is no list of signatures, or would have more than ${MAX_LEGACY_LAYERS}`
    throw nonsenseError(`add to "${nameOf(session, tag)}"`, session.registry, reason)
  }
  if (written.manifest.length > MAX_MANIFEST_BYTES) {
    const reason = `its manifest would have ${written.manifest.length} bytes, registries take ${MAX_MANIFEST_BYTES}`
    throw nonsenseError(`add to "${nameOf(session, tag)}"`, session.registry, reason)
  }
  await putBlob(session, { bytes: written.config, mediaType: MEDIA_TYPE.imageConfig, isNew: true })
  const { etag } = found ?? {}
  try {
    await putManifest(session, {
      bytes: written.manifest,
      mediaType: MEDIA_TYPE.image,
      tag,
      ...(etag !== undefined && { ifMatch: etag })
    })
  } catch (error) {
    throw found === undefined
      ? error
      : rewritingError(error, 'or leave `legacy` out of `signature-forms`')
  }
}
