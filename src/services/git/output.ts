/** An object as `git cat-file --batch` prints it. */
export interface GitObject {
  readonly oid: string
  readonly type: string
  /** One character per byte. */
  readonly bytes: string
}

/**
 * Parses the output of `git cat-file --batch`, read as `latin1`.
 *
 * @returns one entry per line of input, in order; nothing for an object that is missing
 * @see https://git-scm.com/docs/git-cat-file#_batch_output
 */
export function parseBatch(output: string): readonly (GitObject | undefined)[] {
  const objects: (GitObject | undefined)[] = []
  for (let at = 0; at < output.length;) {
    const end = output.indexOf('\n', at)
    if (end < 0) break
    const match = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(output.slice(at, end))
    const [, oid = '', type = '', size = ''] = match ?? []
    objects.push(
      match ? { oid, type, bytes: output.slice(end + 1, end + 1 + Number(size)) } : undefined
    )
    at = match ? end + Number(size) + 2 : end + 1
  }
  return objects
}

/** A text that was read byte by byte. */
export function textOfBytes(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** A line of `git ls-tree -z` or `git ls-files -s -z`. */
export interface TreeEntry {
  /** As in `100644`; `160000` is a submodule. */
  readonly mode: string
  readonly oid: string
  readonly path: string
}

/** Parses `mode type oid<tab>path` and `mode oid stage<tab>path`. */
export function parseEntries(output: string): readonly TreeEntry[] {
  return output.split('\0').flatMap((line) => {
    const tab = line.indexOf('\t')
    const words = line.slice(0, Math.max(tab, 0)).split(' ')
    const oid = words.find((word) => /^[0-9a-f]{40,64}$/.test(word))
    return oid === undefined ? [] : [{ mode: words[0] ?? '', oid, path: line.slice(tab + 1) }]
  })
}

/** Parses `git config -z --list`. Keys may occur several times; the last one counts for most. */
export function parseConfig(output: string): readonly (readonly [string, string])[] {
  return output.split('\0').flatMap((entry) => {
    const end = entry.indexOf('\n')
    if (entry === '') return []
    // A key without a value is true.
    return [end < 0 ? [entry, 'true'] : [entry.slice(0, end), entry.slice(end + 1)]]
  })
}

/** What differs, as `git status --porcelain=v1 -z --no-renames` prints it. */
export interface StatusEntry {
  /** Two letters: index, work tree. */
  readonly code: string
  /** From the repository's root; a folder ends in `/`. */
  readonly path: string
}

export function parseStatus(output: string): readonly StatusEntry[] {
  return output
    .split('\0')
    .filter((line) => line.length > 3)
    .map((line) => ({ code: line.slice(0, 2), path: line.slice(3) }))
}
