import { jsonObjectIn } from '../json.ts'
import { MEDIA_TYPE } from '../oci.ts'
import type { Descriptor } from './descriptor.ts'

/**
 * Adds referrers to the index under a fallback tag. Everything that others wrote there stays as it is.
 *
 * @param before bytes of the index; absent when there is none yet
 * @returns nothing when `before` is no index that could be added to
 * @see https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema
 */
export function withReferrers(
  before: Uint8Array | undefined,
  referrers: readonly Descriptor[]
): Uint8Array | undefined {
  const index =
    before === undefined
      ? { schemaVersion: 2, mediaType: MEDIA_TYPE.index, manifests: [] }
      : jsonObjectIn(before)
  const manifests: unknown = index?.['manifests'] ?? []
  if (index === undefined || !Array.isArray(manifests)) return undefined
  const all = [...(manifests as readonly unknown[]), ...referrers]
  return Buffer.from(JSON.stringify({ ...index, manifests: all }))
}

/** An artifact that refers to an image. */
export interface ReferrerManifest {
  readonly subject: Descriptor
  readonly artifactType: string
  readonly layers: readonly Descriptor[]
  readonly annotations: Readonly<Record<string, string>>
}

/** The config of an artifact that has none. */
export const EMPTY_CONFIG: Uint8Array = Buffer.from('{}')

/**
 * Writes the manifest of an artifact without config. The same artifact gives the same bytes.
 *
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md#guidelines-for-artifact-usage
 */
export function renderReferrer({
  subject,
  artifactType,
  layers,
  annotations
}: ReferrerManifest): Uint8Array {
  const { mediaType, digest, size } = subject
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MEDIA_TYPE.image,
      artifactType,
      config: {
        mediaType: MEDIA_TYPE.empty,
        digest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
        size: EMPTY_CONFIG.length
      },
      layers,
      subject: { mediaType, digest, size },
      annotations
    })
  )
}
