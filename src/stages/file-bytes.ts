import { CancelledError } from '../model/errors.ts'
import type { RunContext } from './stage.ts'

/** Largest file that is read, in bytes: above what any registry or release takes. */
const MAX_BYTES = 64 * 1024 ** 3

/**
 * The bytes of a file of the checkout as they are now, piece by piece.
 *
 * @throws ParseError `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 * @throws CancelledError when the run was ended
 */
export async function* fileBytes(
  { host, signal }: Pick<RunContext, 'host' | 'signal'>,
  path: string
): AsyncGenerator<Uint8Array> {
  for await (const chunk of host.files.chunks(path, MAX_BYTES)) {
    if (signal.aborted) {
      throw new CancelledError({
        code: 'CANCELLED',
        message: `The run was ended while "${path}" was read`,
        remedy: 'Run it again, and let it finish'
      })
    }
    yield chunk
  }
}
