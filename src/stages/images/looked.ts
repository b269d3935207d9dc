import type { ImageReference } from '../../formats/oci/reference.ts'
import type { Resolved } from './resolve.ts'

/** An image that was asked for. */
export interface Wanted {
  /** As it was given. */
  readonly given: string
  readonly reference: ImageReference
}

/** What came of it: known, or why not. */
export type Looked = Resolved | (Wanted & { readonly obstacle: Obstacle })

export interface Obstacle {
  readonly reason: string
  /** What to do about it, when that is more than the rule says. */
  readonly remedy?: string
}
