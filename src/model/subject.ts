import type { Digest } from './digest.ts'

/** What statements are made about: an image, a file, a checkout. */
export interface Subject {
  /** `ghcr.io/o/app`, `dist/app.tar.gz`: never what can be moved, such as a tag. */
  readonly name: string
  readonly digest: Digest
}
