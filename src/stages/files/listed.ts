import { posix } from 'node:path'
import { type Checksum, parseChecksums } from '../../formats/checksums.ts'
import type { Digest } from '../../model/digest.ts'
import { InputError } from '../../model/errors.ts'
import { plainText } from '../../model/plain-text.ts'
import type { RunContext } from '../stage.ts'

/** Largest list, in bytes: a line for each of the most files that are signed is far below. */
const MAX_LIST_BYTES = 8 * 1024 * 1024

/** A file that a list of checksums names. */
export interface ListedFile {
  readonly name: string
  /** One of each kind. */
  readonly digests: readonly Digest[]
  /** Where the list names it first. */
  readonly line: number
  /** Places of the checkout where a file of that name lies: beside the list, or from the root. */
  readonly paths: readonly string[]
}

/**
 * The files that the list of `subject-checksums` names, each once, in its order.
 *
 * @throws InputError `INPUT_INVALID` where there is no such list, or nothing in it
 * @throws ParseError for a list that is none
 */
export function listedFiles({ host, settings }: RunContext): readonly ListedFile[] {
  const { subjectChecksums: list } = settings.sign
  if (list === undefined) return []
  const text = host.files.readText(list, MAX_LIST_BYTES)
  if (text === undefined) throw invalid(list, 'there is no such file in the checkout')
  const byName = Map.groupBy(parseChecksums(list, text), ({ name }) => name)
  if (byName.size === 0) throw invalid(list, 'there is no checksum in it')
  const folder = posix.dirname(posix.normalize(list))
  return [...byName].map(([name, sums]) => ({
    name,
    digests: sums.map(({ digest }) => digest),
    line: firstLineOf(sums),
    paths: [...new Set([posix.join(folder, name), name])].filter(
      (path) => !path.startsWith('../') && host.files.kindOf(path) !== undefined
    )
  }))
}

function firstLineOf([first]: readonly Checksum[]): number {
  return first?.line ?? 1
}

function invalid(list: string, why: string): InputError {
  return new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot read "${plainText(list)}" of \`subject-checksums\`: ${why}`,
    remedy: 'Give a file of the checkout that `sha256sum <files>` wrote in a step before this one'
  })
}
