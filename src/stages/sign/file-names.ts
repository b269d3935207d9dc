import { createHash } from 'node:crypto'
import { posix } from 'node:path'

/** Longest name of a document before its ending, in characters. */
const MAX_NAME = 120

/** Ending of a bundle, as cosign and everybody after it have it. */
export const BUNDLE_ENDING = '.sigstore.json'

/** Ending of a signature of minisign. */
export const MINISIG_ENDING = '.minisig'

/** All attestations of files, one bundle a line. */
export const ATTESTATIONS = 'attestations.sigstore.jsonl'

/** Names that mean something else: documents with attestations, devices of Windows, documents about images, those that we make up. */
const RESERVED =
  /^attestation(?:s|-)|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|-[0-9a-f]{12}(?:\.|$)|-[0-9a-f]{16}$/i

/**
 * Names the documents about files: all of them lie in one folder, and are named after their file. Two files of the
 * same name in different folders are told apart by their folders, and what cannot be a name everywhere by a hash.
 * The names depend on the files alone, not on their order.
 *
 * @param paths each once
 * @returns names without ending, by path
 */
export function documentNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const candidates = [
    (path: string) => plainName(posix.basename(path)),
    (path: string) => plainName(path.replaceAll('/', '-')),
    (path: string) => hashedName(path)
  ]
  const names = new Map<string, string>()
  let rest = [...new Set(paths)]
  for (const candidate of candidates) {
    const taken = new Set([...names.values()].map(folded))
    const counts = countsOf(rest.map((path) => folded(candidate(path) ?? '')))
    for (const path of rest) {
      const name = candidate(path)
      if (name === undefined || taken.has(folded(name)) || counts.get(folded(name)) !== 1) continue
      names.set(path, name)
    }
    rest = rest.filter((path) => !names.has(path))
  }
  return names
}

/** The text as it is where it can be a file name on every system. */
function plainName(text: string): string | undefined {
  const plain = /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(text) && text.length <= MAX_NAME
  return plain && !RESERVED.test(text) ? text : undefined
}

function hashedName(path: string): string {
  const readable = posix
    .basename(path)
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .slice(0, MAX_NAME - 30)
  return `file-${readable}-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`
}

/** Some file systems take `A` and `a` for the same name. */
function folded(name: string): string {
  return name.toLowerCase()
}

function countsOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
