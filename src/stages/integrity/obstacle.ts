import type { Logger } from '../../host/host.ts'
import { CancelledError, messageOf, ParseError, ServiceError } from '../../model/errors.ts'
import type { Obstacle } from './observation.ts'

export const ENDED: Obstacle = { kind: 'failed', reason: 'the run was ended' }
export const OFFLINE: Obstacle = { kind: 'failed', reason: 'the run is offline' }

/** What an error means for the file that was being looked at. */
export function obstacleOf(
  error: unknown,
  ecosystem: string,
  log: Logger
): Obstacle & { readonly detail: string } {
  const detail = messageOf(error)
  if (error instanceof CancelledError) {
    const { code }: CancelledError = error
    return { ...(code === 'OFFLINE' ? OFFLINE : ENDED), detail }
  }
  if (error instanceof ServiceError) {
    const { url, reason, remedy }: ServiceError = error
    const place = url !== undefined && URL.canParse(url) ? new URL(url).host : ecosystem
    return { kind: 'failed', place, reason: reason ?? detail, remedy, detail }
  }
  if (error instanceof ParseError) {
    const { path, remedy }: ParseError = error
    return { kind: 'failed', place: path ?? ecosystem, reason: detail, remedy, detail }
  }
  // A bug of ours must not hide what is known of the other files.
  if (Error.isError(error)) log.debug(error.stack ?? '')
  return {
    kind: 'failed',
    place: ecosystem,
    reason: `internal error: ${detail}`,
    remedy: 'This is a bug in Assay; please report it with the debug log',
    detail
  }
}

/** Where it was looked. */
export function sourceOf(error: unknown): string {
  return error instanceof ServiceError ? (error.url ?? '') : ''
}
