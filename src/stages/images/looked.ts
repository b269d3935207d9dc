import type { ImageReference } from '../../formats/oci/reference.ts'
import { AssayError, CancelledError, messageOf } from '../../model/errors.ts'
import type { RunContext } from '../stage.ts'
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

/** Why something could not be looked at. */
export function obstacleOf({ host }: Pick<RunContext, 'host'>, error: unknown): Obstacle {
  if (error instanceof CancelledError) {
    return { reason: error.code === 'OFFLINE' ? 'the run is offline' : 'the run was ended' }
  }
  if (error instanceof AssayError) {
    const { message, remedy }: AssayError = error
    return { reason: message, remedy }
  }
  // A bug of ours must not hide what is known of the other images.
  if (Error.isError(error)) host.log.debug(error.stack ?? '')
  return {
    reason: `internal error: ${messageOf(error)}`,
    remedy: 'This is a bug in Assay; please report it with the debug log'
  }
}
