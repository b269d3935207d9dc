import { type GitResult, type Host, MAX_GIT_INPUT_BYTES } from '../../host/host.ts'
import { ServiceError } from '../../model/errors.ts'
import type { BaseFiles } from '../base-files.ts'
import { parseBatch, parseEntries, textOfBytes, type TreeEntry } from './output.ts'

/** Objects asked for at once: a line is an id of at most 64 characters. */
const BATCH = Math.floor(MAX_GIT_INPUT_BYTES / 65)

/** Most bytes of a list of files: a monorepo of a million. */
const MAX_LIST_BYTES = 128 * 1024 * 1024

/** So many paths are looked up without the list of all. */
const FEW = 10

/** Which files of which repository. */
interface Base {
  readonly git: Host['git']
  /** Full id. */
  readonly commit: string
  /** Where the checkout lies in its repository, or empty. */
  readonly folder: string
}

/** Reads files of a commit that the checkout's repository has. */
export function gitBaseFiles(
  { git }: Pick<Host, 'git'>,
  { commit, folder }: Pick<Base, 'commit' | 'folder'>
): BaseFiles {
  const base: Base = { git, commit, folder }
  let listing: Promise<readonly TreeEntry[]> | undefined
  const all = (): Promise<readonly TreeEntry[]> => (listing ??= listFiles(base, ['-r'], []))
  return {
    commit,
    async list() {
      const files = await all()
      return { paths: files.map(({ path }) => path).sort(), truncated: false }
    },
    async readTexts(paths, maxBytes) {
      const wanted = new Set(paths)
      const few = listing === undefined && paths.length <= FEW
      const entries = await (few ? listFiles(base, [], paths) : all())
      const files = entries.filter(({ path }) => wanted.has(path))
      return readBlobs(base, files, maxBytes)
    }
  }
}

async function listFiles(
  base: Base,
  options: readonly string[],
  paths: readonly string[]
): Promise<readonly TreeEntry[]> {
  const { git, commit, folder } = base
  const tree = folder === '' ? commit : `${commit}:${folder}`
  const listed = await git(['ls-tree', ...options, '-z', '--full-tree', tree, '--', ...paths], {
    maxBytes: MAX_LIST_BYTES
  })
  // The folder may be new: then the base has nothing in it.
  if (folder !== '' && listed.stderr.includes('Not a valid object name')) return []
  return parseEntries(succeeded(base, listed)).filter(({ mode }) => mode.startsWith('100'))
}

async function readBlobs(
  base: Base,
  files: readonly TreeEntry[],
  maxBytes: number
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>()
  let left = maxBytes
  for (let at = 0; at < files.length; at += BATCH) {
    const batch = files.slice(at, at + BATCH)
    const input = batch.map(({ oid }) => `${oid}\n`).join('')
    const output = succeeded(
      base,
      await base.git(['cat-file', '--batch'], { input, encoding: 'latin1', maxBytes: left })
    )
    left -= output.length
    const objects = parseBatch(output)
    for (const [index, { path }] of batch.entries()) {
      const object = objects[index]
      // A partial clone has the names of files whose bytes it never fetched.
      if (!object) throw unreadable(base, `it has not the bytes of "${path}"`)
      texts.set(path, textOfBytes(object.bytes))
    }
  }
  return texts
}

function succeeded(base: Base, { exitCode, stdout, stderr }: GitResult): string {
  if (exitCode === 0) return stdout
  throw unreadable(base, stderr.trim())
}

function unreadable({ commit }: Base, why: string): ServiceError {
  return new ServiceError({
    code: 'SERVICE_RESPONSE_INVALID',
    message: `Cannot read the files of base commit ${commit} with git: ${why}`,
    remedy: 'Fetch the base commit whole: `fetch-depth: 0` and no `filter` in the checkout step'
  })
}
