import { renderImageSignature, COSIGN_SIGN, renderStatement } from '../../formats/in-toto.ts'
import type { Descriptor } from '../../formats/oci/descriptor.ts'
import { renderDigest } from '../../model/digest.ts'
import type { Image } from '../../model/image.ts'
import type { Predicate } from '../../model/predicate.ts'
import type { Subject } from '../../model/subject.ts'
import type { WantedStatement } from './signing.ts'

/** A manifest of an image that is signed: the one that its reference names, or that of one platform. */
export interface ImageSubject {
  readonly image: Image
  readonly subject: Subject
  /** `index`, `linux/arm64/v8` */
  readonly what: string
  readonly descriptor: Descriptor
}

/**
 * What is signed of images: each by its digest, and every platform of an index by its own. What is no image, such as
 * BuildKit's unsigned attestations, is not. An image that was named twice counts once.
 */
export function subjectsOf(images: readonly Image[]): readonly ImageSubject[] {
  const all = images.flatMap((image) => [topOf(image), ...platformsOf(image)])
  const once = new Map<string, ImageSubject>()
  for (const one of all) {
    const key = `${one.subject.name}@${one.descriptor.digest}`
    if (!once.has(key)) once.set(key, one)
  }
  return [...once.values()]
}

function topOf(image: Image): ImageSubject {
  const { subject, mediaType, size, platforms } = image
  const [only] = platforms
  const isOne = only?.subject.digest.hex === subject.digest.hex
  const what = isOne ? only.platform : 'index'
  return { image, subject, what, descriptor: descriptorOf(subject, { mediaType, size }) }
}

function platformsOf(image: Image): readonly ImageSubject[] {
  return image.platforms
    .filter(({ subject }) => subject.digest.hex !== image.subject.digest.hex)
    .map(({ subject, platform, mediaType, size }) => {
      return {
        image,
        subject,
        what: platform,
        descriptor: descriptorOf(subject, { mediaType, size })
      }
    })
}

function descriptorOf(
  { digest }: Subject,
  { mediaType, size }: Pick<Descriptor, 'mediaType' | 'size'>
): Descriptor {
  return { mediaType, digest: renderDigest(digest), size }
}

/** What is stated about an image: that it is signed, as cosign 3 writes it, and everything else. */
export function imageStatements(
  subject: Subject,
  predicates: readonly Predicate[]
): readonly WantedStatement[] {
  const signature: WantedStatement = {
    says: 'signature',
    predicateType: COSIGN_SIGN,
    subject,
    payload: () => renderImageSignature(subject.digest)
  }
  return [
    signature,
    ...predicates.map(({ kind, predicateType, chunks }) => ({
      says: kind,
      predicateType,
      subject,
      payload: () => renderStatement([subject], predicateType, chunks())
    }))
  ]
}
