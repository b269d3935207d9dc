import type { Digest } from './digest.ts'

/** What statements are made about: an image, a file, a checkout. */
export interface Subject {
  /** `ghcr.io/o/app`, `dist/app.tar.gz`: never what can be moved, such as a tag. */
  readonly name: string
  readonly digest: Digest
}

/** A file that is signed or attested, and where it lies. */
export interface FileSubject {
  readonly subject: Subject
  /** In the checkout. Absent when only its digest is known: it can be attested, but not signed itself. */
  readonly path?: string
}
