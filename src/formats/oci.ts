import { type JsonObject, jsonObjectIn, jsonObjectOf } from './json.ts'
import { type Descriptor, descriptorOf } from './oci/descriptor.ts'

/** @see https://github.com/opencontainers/image-spec/blob/v1.1.1/media-types.md */
export const MEDIA_TYPE = {
  index: 'application/vnd.oci.image.index.v1+json',
  image: 'application/vnd.oci.image.manifest.v1+json',
  dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerImage: 'application/vnd.docker.distribution.manifest.v2+json',
  imageConfig: 'application/vnd.oci.image.config.v1+json',
  empty: 'application/vnd.oci.empty.v1+json'
} as const

/** The manifests that we read, as an `Accept` header: registries hide those that are not asked for. */
export const MANIFEST_TYPES = [
  MEDIA_TYPE.index,
  MEDIA_TYPE.image,
  MEDIA_TYPE.dockerIndex,
  MEDIA_TYPE.dockerImage
].join(', ')

/** Largest manifest that registries have to take, in bytes; ours too. */
export const MAX_MANIFEST_BYTES = 4 * 1024 * 1024

/** Most entries of an index, and most layers of an image. */
const MAX_ENTRIES = 10_000

/** Images for several platforms, or the artifacts that refer to one. */
export interface ImageIndex {
  readonly kind: 'index'
  readonly mediaType: string
  readonly entries: readonly Descriptor[]
  readonly artifactType?: string
  readonly subject?: Descriptor
}

/** One image, or any other artifact. */
export interface ImageManifest {
  readonly kind: 'image'
  readonly mediaType: string
  readonly config: Descriptor
  readonly layers: readonly Descriptor[]
  readonly artifactType?: string
  readonly subject?: Descriptor
  readonly annotations: Readonly<Record<string, string>>
}

export interface InvalidManifest {
  readonly kind: 'invalid'
  /** Without a final period: `no layer list`. */
  readonly reason: string
}

export type Manifest = ImageIndex | ImageManifest

/**
 * Reads a manifest. One that could be taken for both kinds is refused: two readers would see two images.
 *
 * @param contentType what the registry calls it: counts only where the manifest itself does not say
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md
 */
export function parseManifest(bytes: Uint8Array, contentType: string): Manifest | InvalidManifest {
  const json = jsonObjectIn(bytes)
  if (json === undefined) return invalid('it is no JSON object')
  const { schemaVersion, manifests, layers, config } = json
  if (schemaVersion !== 2) return invalid('its schemaVersion is not 2')
  const mediaType =
    typeof json['mediaType'] === 'string'
      ? json['mediaType']
      : (contentType.split(';', 1)[0] ?? '').trim()
  if (mediaType === MEDIA_TYPE.index || mediaType === MEDIA_TYPE.dockerIndex) {
    if (layers !== undefined || config !== undefined) return invalid('it is an index with layers')
    return indexOf(json, mediaType)
  }
  if (mediaType === MEDIA_TYPE.image || mediaType === MEDIA_TYPE.dockerImage) {
    if (manifests !== undefined) return invalid('it is an image with a list of manifests')
    return imageOf(json, mediaType)
  }
  return invalid('its media type is none of a manifest')
}

function indexOf(json: JsonObject, mediaType: string): ImageIndex | InvalidManifest {
  const entries = descriptorsIn(json['manifests'])
  if (entries === undefined) return invalid('its list of manifests is damaged or too long')
  const rest = commonOf(json)
  return rest === undefined
    ? invalid('its subject is damaged')
    : { kind: 'index', mediaType, entries, ...rest }
}

function imageOf(json: JsonObject, mediaType: string): ImageManifest | InvalidManifest {
  const config = descriptorOf(json['config'])
  const layers = descriptorsIn(json['layers'])
  if (config === undefined) return invalid('its config is damaged')
  if (layers === undefined) return invalid('its list of layers is damaged or too long')
  const rest = commonOf(json)
  if (rest === undefined) return invalid('its subject is damaged')
  const annotations = jsonObjectOf(json['annotations']) ?? {}
  return {
    kind: 'image',
    mediaType,
    config,
    layers,
    ...rest,
    annotations: Object.fromEntries(
      Object.entries(annotations).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string'
      )
    )
  }
}

function commonOf(json: JsonObject): Pick<ImageIndex, 'artifactType' | 'subject'> | undefined {
  const { artifactType } = json
  const type = typeof artifactType === 'string' && artifactType !== '' ? { artifactType } : {}
  if (json['subject'] === undefined || json['subject'] === null) return type
  const subject = descriptorOf(json['subject'])
  return subject && { ...type, subject }
}

/** Servers in Go write `null` for an empty list. */
function descriptorsIn(list: unknown): readonly Descriptor[] | undefined {
  if (list === null) return []
  if (!Array.isArray(list) || list.length > MAX_ENTRIES) return undefined
  const descriptors = list.flatMap((entry) => descriptorOf(entry) ?? [])
  return descriptors.length === list.length ? descriptors : undefined
}

function invalid(reason: string): InvalidManifest {
  return { kind: 'invalid', reason }
}
