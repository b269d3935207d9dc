import {
  type ImageReference,
  imageNameOf,
  parseImageReference
} from '../../formats/oci/reference.ts'
import type { Image } from '../../model/image.ts'
import { plainText } from '../../model/plain-text.ts'
import { SHORT_IMAGE_NAMES } from '../../services/registry-defaults.ts'
import type { Hindrance } from './signing.ts'

/** Where one image is to be copied to, and under which tag. */
export interface Promotion {
  readonly image: Image
  /** As it was given. */
  readonly given: string
  /** `ghcr.io/o/app` */
  readonly name: string
  readonly reference: Pick<ImageReference, 'registry' | 'repository'>
  readonly tag: string
}

/** Reads `promote-to`. What cannot be read, or whose image is unknown, is in the way. */
export function promotionsOf(
  given: readonly string[],
  images: readonly Image[]
): { readonly promotions: readonly Promotion[]; readonly hindrances: readonly Hindrance[] } {
  const read = given.map((one) => promotionOf(one, images))
  const promotions = read.filter((one) => typeof one !== 'string')
  const hindrances = read
    .filter((one) => typeof one === 'string')
    .map((message) => ({
      message,
      remedy:
        'Write `registry/repository:tag`, and with several images `image=registry/repository:tag`'
    }))
  const twice = promotions.filter(
    (one, at) =>
      promotions.findIndex((other) => other.name === one.name && other.tag === one.tag) < at
  )
  return {
    promotions,
    hindrances: [
      ...hindrances,
      ...twice.map(({ name, tag }) => ({
        message: `\`promote-to\` names ${name}:${tag} twice`,
        remedy: 'Give every image a tag of its own'
      }))
    ]
  }
}

function promotionOf(given: string, images: readonly Image[]): Promotion | string {
  const equals = given.lastIndexOf('=')
  const what = `Cannot use "${plainText(given)}" of \`promote-to\``
  const named = equals < 0 ? undefined : given.slice(0, equals).trim()
  const image = named === undefined ? images[0] : images.find((one) => one.given === named)
  if (named === undefined && images.length !== 1) {
    return `${what}: there are ${images.length} images, and it does not say which`
  }
  if (image === undefined) return `${what}: "${plainText(named ?? '')}" is none of the images`
  const reference = parseImageReference(given.slice(equals + 1).trim(), SHORT_IMAGE_NAMES)
  if (typeof reference === 'string') return `${what}: ${reference}`
  if (reference.digest !== undefined) return `${what}: it has a digest, expected a tag`
  if (reference.tag === undefined) return `${what}: it has no tag`
  const { registry, repository, tag } = reference
  return { image, given, name: imageNameOf(reference), reference: { registry, repository }, tag }
}
