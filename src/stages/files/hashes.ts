import { createHash } from 'node:crypto'
import type { Digest, DigestAlgorithm } from '../../model/digest.ts'
import { fileBytes } from '../file-bytes.ts'
import type { RunContext } from '../stage.ts'

/**
 * Hashes a file of the checkout as it streams by.
 *
 * @returns one digest for each algorithm, in their order
 * @throws ParseError `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 * @throws CancelledError when the run was ended
 */
export async function digestsOfFile(
  context: RunContext,
  path: string,
  algorithms: readonly DigestAlgorithm[]
): Promise<readonly Digest[]> {
  const hashes = algorithms.map((algorithm) => ({ algorithm, hash: createHash(algorithm) }))
  for await (const chunk of fileBytes(context, path)) {
    for (const { hash } of hashes) hash.update(chunk)
  }
  return hashes.map(({ algorithm, hash }) => ({ algorithm, hex: hash.digest('hex') }))
}
