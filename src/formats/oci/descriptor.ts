import { jsonObjectOf } from '../json.ts'

/** What a blob or manifest is, and the digest that its bytes have. */
export interface Descriptor {
  readonly mediaType: string
  /** `sha256:` or `sha512:` and lower-case hex. */
  readonly digest: string
  /** In bytes. */
  readonly size: number
  readonly artifactType?: string
  readonly annotations?: Readonly<Record<string, string>>
  readonly platform?: Platform
}

/** @see https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md */
export interface Platform {
  readonly os: string
  readonly architecture: string
  readonly variant?: string
  readonly osVersion?: string
}

/** Most annotations, and longest text of one, that are kept of a descriptor. */
const MAX_ANNOTATIONS = 256
const MAX_TEXT = 64 * 1024

/** Longest of what are names: media types, platforms. */
const MAX_NAME = 255

/**
 * Reads a descriptor of a manifest that somebody else wrote.
 *
 * @returns nothing when its type, digest or size is none
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md
 */
export function descriptorOf(value: unknown): Descriptor | undefined {
  const json = jsonObjectOf(value)
  if (json === undefined) return undefined
  const { mediaType, digest, size, artifactType } = json
  if (!isName(mediaType) || typeof digest !== 'string' || !isOciDigest(digest)) return undefined
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return undefined
  const annotations = annotationsOf(json['annotations'])
  const platform = platformOf(json['platform'])
  return {
    mediaType,
    digest,
    size,
    ...(isName(artifactType) && { artifactType }),
    ...(annotations && { annotations }),
    ...(platform && { platform })
  }
}

/** Whether a text is a digest by a hash function that we know. @see https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#digests */
export function isOciDigest(text: string): boolean {
  return /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(text)
}

/** Reads the platform of an index entry, or of an image's config, which has the same fields. */
export function platformOf(value: unknown): Platform | undefined {
  const json = jsonObjectOf(value)
  if (json === undefined) return undefined
  const { os, architecture, variant } = json
  const osVersion = json['os.version']
  if (!isName(os) || !isName(architecture)) return undefined
  return {
    os,
    architecture,
    ...(isName(variant) && { variant }),
    ...(isName(osVersion) && { osVersion })
  }
}

/** `linux/arm64/v8`, as people and tools name a platform. */
export function renderPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== undefined).join('/')
}

function annotationsOf(value: unknown): Record<string, string> | undefined {
  const json = jsonObjectOf(value)
  if (json === undefined) return undefined
  const texts = Object.entries(json).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && entry[1].length <= MAX_TEXT
  )
  return Object.fromEntries(texts.slice(0, MAX_ANNOTATIONS))
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_NAME
}
