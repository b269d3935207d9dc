import { type GitResult, type Host, MAX_GIT_INPUT_BYTES } from '../../host/host.ts'
import { ServiceError } from '../../model/errors.ts'
import type { BaseFiles } from '../base-files.ts'
import { parseBatch, parseEntries, textOfBytes, type TreeEntry } from './output.ts'

/** Objects asked for at once: a line is an id of at most 64 characters. */
const BATCH = Math.floor(MAX_GIT_INPUT_BYTES / 65)

/**
 * Reads files of a commit that the checkout's repository has.
 *
 * @param commit full id
 * @param folder where the checkout lies in its repository, or empty
 */
export function gitBaseFiles(
  { git }: Pick<Host, 'git'>,
  { commit, folder }: { readonly commit: string; readonly folder: string }
): BaseFiles {
  const tree = folder === '' ? commit : `${commit}:${folder}`
  const options = { maxBytes: 256 * 1024 * 1024 }

  async function filesOf(
    paths: readonly string[],
    recursive: readonly string[]
  ): Promise<TreeEntry[]> {
    const listed = await git(
      ['ls-tree', ...recursive, '-z', '--full-tree', tree, '--', ...paths],
      options
    )
    // The folder may be new: then the base has nothing in it.
    if (folder !== '' && listed.stderr.includes('Not a valid object name')) return []
    return [...parseEntries(succeeded(listed).stdout)].filter(({ mode }) => mode.startsWith('100'))
  }

  let listing: Promise<readonly TreeEntry[]> | undefined
  const all = (): Promise<readonly TreeEntry[]> => (listing ??= filesOf([], ['-r']))
  return {
    commit,
    async list() {
      const files = await all()
      return { paths: files.map(({ path }) => path).sort(), truncated: false }
    },
    async readTexts(paths, maxBytes) {
      const wanted = new Set(paths)
      const few = listing === undefined && paths.length <= 10
      const entries = await (few ? filesOf(paths, []) : all())
      const files = entries.filter(({ path }) => wanted.has(path))
      const texts = new Map<string, string>()
      let left = maxBytes
      for (let at = 0; at < files.length; at += BATCH) {
        const batch = files.slice(at, at + BATCH)
        const input = batch.map(({ oid }) => `${oid}\n`).join('')
        const { stdout } = succeeded(
          await git(['cat-file', '--batch'], { input, encoding: 'latin1', maxBytes: left })
        )
        left -= stdout.length
        for (const [index, object] of parseBatch(stdout).entries()) {
          const path = batch[index]?.path
          if (path !== undefined && object) texts.set(path, textOfBytes(object.bytes))
        }
      }
      return texts
    }
  }

  function succeeded(result: GitResult): GitResult {
    if (result.exitCode === 0) return result
    throw new ServiceError({
      code: 'SERVICE_RESPONSE_INVALID',
      message: `Cannot read the files of base commit ${commit} with git: ${result.stderr.trim()}`,
      remedy: 'Fetch the base commit whole: `fetch-depth: 0` in the checkout step'
    })
  }
}
