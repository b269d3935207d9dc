import { createHash } from 'node:crypto'
import type { Digest, DigestAlgorithm } from '../../model/digest.ts'
import { CancelledError } from '../../model/errors.ts'
import type { RunContext } from '../stage.ts'

/** Largest file that is read, in bytes: above what any registry or release takes. */
const MAX_BYTES = 64 * 1024 ** 3

/**
 * Hashes a file of the checkout as it streams by.
 *
 * @returns one digest for each algorithm, in their order
 * @throws ParseError `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 * @throws CancelledError when the run was ended
 */
export async function digestsOfFile(
  { host, signal }: RunContext,
  path: string,
  algorithms: readonly DigestAlgorithm[]
): Promise<readonly Digest[]> {
  const hashes = algorithms.map((algorithm) => ({ algorithm, hash: createHash(algorithm) }))
  for await (const chunk of host.files.chunks(path, MAX_BYTES)) {
    if (signal.aborted) throw ended(path)
    for (const { hash } of hashes) hash.update(chunk)
  }
  return hashes.map(({ algorithm, hash }) => ({ algorithm, hex: hash.digest('hex') }))
}

function ended(path: string): CancelledError {
  return new CancelledError({
    code: 'CANCELLED',
    message: `The run was ended while "${path}" was read`,
    remedy: 'Run it again, and let it finish'
  })
}
