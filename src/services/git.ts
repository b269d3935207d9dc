import { type Host, MAX_GIT_INPUT_BYTES } from '../host/host.ts'
import type { Submodule } from '../model/checkout.ts'
import { type Changes, changesIn, readStatus } from './git/changes.ts'
import { parseBatch, parseConfig, parseEntries, textOfBytes } from './git/output.ts'
import { publicRemote } from './git/remote.ts'

export { gitBaseFiles } from './git/base.ts'
export { slugOf } from './git/remote.ts'

/** Most bytes of a commit object with its message, and of `.gitmodules`. */
const MAX_OBJECT_BYTES = 4 * 1024 * 1024

/** What git knows of the checkout. */
export interface GitFacts {
  /** Absent before the first commit. */
  readonly commit?: string
  /** ISO 8601, UTC, seconds. */
  readonly committedAt?: string
  /** Absent when no branch is checked out. */
  readonly ref?: string
  /** Of `origin`, or of the only remote; without credentials. */
  readonly repository?: string
  /** Where the checkout lies in its repository; absent when it is the whole. */
  readonly folder?: string
  readonly shallow: boolean
  readonly sparse: boolean
  readonly changes: Changes
  readonly submodules: readonly Submodule[]
  /** Whether the commit asked for is there. */
  readonly hasBase: boolean
}

/**
 * Asks git about the checkout.
 *
 * @param question `base`: a commit that may be there; `out`: a folder in the checkout that Assay itself
 *   writes, and that is no change therefore
 * @returns nothing without git or without a repository
 */
export async function readGitFacts(
  host: Pick<Host, 'git' | 'files'>,
  { base, out }: { readonly base?: string | undefined; readonly out?: string | undefined }
): Promise<GitFacts | undefined> {
  const [place, objects, config, head, status] = await Promise.all([
    host.git(['rev-parse', '--is-shallow-repository', '--show-prefix']),
    readObjects(host, ['HEAD^{commit}', 'HEAD:.gitmodules', ...(base ? [`${base}^{commit}`] : [])]),
    host.git(['config', '-z', '--list']),
    host.git(['symbolic-ref', '-q', 'HEAD']),
    readStatus(host)
  ])
  if (place.exitCode !== 0) return undefined
  const [commit, modules, baseCommit] = objects
  const [shallow = '', ...prefix] = place.stdout.replace(/\n$/, '').split('\n')
  const folder = prefix.join('\n').replace(/\/$/, '')
  const settings = parseConfig(config.stdout)
  const repository = repositoryOf(settings)
  const ref = head.exitCode === 0 ? head.stdout.trim() : ''
  return {
    ...(commit?.type === 'commit' && { commit: commit.oid, ...committedAt(commit.bytes) }),
    ...(ref !== '' && { ref }),
    ...(repository !== undefined && { repository }),
    ...(folder !== '' && { folder }),
    shallow: shallow === 'true',
    sparse: settings.findLast(([key]) => key === 'core.sparsecheckout')?.[1] === 'true',
    changes: await changesIn(status, host, { folder, out }),
    submodules: modules ? await submodulesOf(host) : [],
    hasBase: baseCommit?.type === 'commit' && baseCommit.oid === base
  }
}

async function readObjects(
  host: Pick<Host, 'git'>,
  names: readonly string[]
): Promise<ReturnType<typeof parseBatch>> {
  const { exitCode, stdout } = await host.git(['cat-file', '--batch'], {
    input: `${names.join('\n')}\n`.slice(0, MAX_GIT_INPUT_BYTES),
    maxBytes: MAX_OBJECT_BYTES,
    encoding: 'latin1'
  })
  return exitCode === 0 ? parseBatch(stdout) : []
}

/** The committer's time: the author's may be years older, and is what a rebase keeps. */
function committedAt(commit: string): { readonly committedAt?: string } {
  const header = commit.slice(0, commit.indexOf('\n\n'))
  const seconds = /^committer .*> (\d{1,11}) [+-]\d{4}$/m.exec(textOfBytes(header))?.[1]
  if (seconds === undefined) return {}
  return { committedAt: new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z') }
}

function repositoryOf(settings: readonly (readonly [string, string])[]): string | undefined {
  const remotes = new Map(
    settings
      .filter(([key]) => /^remote\..*\.url$/s.test(key))
      // git fetches from the first.
      .toReversed()
  )
  const only = remotes.size === 1 ? [...remotes.values()][0] : undefined
  const remote = remotes.get('remote.origin.url') ?? only
  return remote === undefined ? undefined : publicRemote(remote)
}

async function submodulesOf(host: Pick<Host, 'git' | 'files'>): Promise<readonly Submodule[]> {
  const { exitCode, stdout } = await host.git(['ls-files', '-s', '-z'])
  if (exitCode !== 0) return []
  return parseEntries(stdout)
    .filter(({ mode }) => mode === '160000')
    .map(({ path, oid }) => ({ path, commit: oid, missing: !host.files.isPopulated(path) }))
}
