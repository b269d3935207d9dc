import type { Subject } from './subject.ts'

/** A container image that the run was asked to look at, and what it is. */
export interface Image {
  /** The reference as it was given. */
  readonly given: string
  /** What the reference names: an index, or the one manifest. */
  readonly subject: Subject
  readonly mediaType: string
  /** Of the manifest, in bytes. */
  readonly size: number
  /** In the order of the index; the image itself when it is for one platform. */
  readonly platforms: readonly PlatformImage[]
  /** What an index lists besides images, such as BuildKit's unsigned attestations. */
  readonly others: readonly OtherEntry[]
}

/** The image for one platform. */
export interface PlatformImage {
  /** `linux/arm64/v8`; `unknown` for what does not say. */
  readonly platform: string
  readonly subject: Subject
  readonly mediaType: string
  readonly size: number
}

/** An entry of an index that is no image. */
export interface OtherEntry {
  /** `attestation-manifest`, or what it is in other words. */
  readonly kind: string
  readonly digest: string
  /** Digest of the image that it is about. */
  readonly about?: string
}
