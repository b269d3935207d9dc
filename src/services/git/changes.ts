import type { GitResult, Host } from '../../host/host.ts'
import { MAX_DIRTY } from '../../model/checkout.ts'
import { parseBatch, parseStatus, type StatusEntry } from './output.ts'

/** What differs from the commit. */
export type Changes =
  /** Relative to the checkout, sorted, at most {@link MAX_DIRTY}. */
  | { readonly paths: readonly string[]; readonly count: number }
  /** Why nobody knows. */
  | { readonly unknown: string }

/** Most changed files that are compared with what a content filter made of them. */
const MAX_COMPARED = 500

/** A Git LFS pointer is at most this long, in bytes. */
const MAX_POINTER_BYTES = 1024

/** Paths asked for at once: the longest stay within what git may be given. */
const MAX_BATCH_BYTES = 12 * 1024

/** Asks what differs from the commit: modified, added, deleted, untracked. */
export function readStatus({ git }: Pick<Host, 'git'>): Promise<GitResult> {
  return git([
    'status',
    '--porcelain=v1',
    '-z',
    '--untracked-files=normal',
    '--no-renames',
    '--ignore-submodules=dirty',
    '--',
    '.'
  ])
}

/**
 * Makes of a status what really differs.
 *
 * @param place `folder`: where the checkout lies in its repository, or empty; `out`: a folder, relative to
 *   the checkout, whose presence is no change
 */
export async function changesIn(
  { exitCode, stdout, stderr }: GitResult,
  host: Pick<Host, 'git' | 'files'>,
  { folder, out }: { readonly folder: string; readonly out?: string | undefined }
): Promise<Changes> {
  if (exitCode !== 0) return { unknown: stderr.trim() || `git status ended with ${exitCode}` }
  const prefix = folder === '' ? '' : `${folder}/`
  const entries = parseStatus(stdout)
    .filter(({ path }) => path.startsWith(prefix))
    .filter(({ path }) => out === undefined || !isWithin(path.slice(prefix.length), out))
  const unchanged = await unchangedPointers(host, { entries, prefix })
  const paths = entries
    .map(({ path }) => path.slice(prefix.length))
    .filter((path) => !unchanged.has(path))
    .sort()
  return { paths: paths.slice(0, MAX_DIRTY), count: paths.length }
}

function isWithin(path: string, folder: string): boolean {
  return path === `${folder}/` || path.startsWith(`${folder}/`)
}

/**
 * Files that Git LFS put in the place of their pointers. git compares them through a filter that is switched
 * off here, so that they look changed; their pointer holds the digest to compare instead.
 *
 * @see https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
 */
async function unchangedPointers(
  host: Pick<Host, 'git' | 'files'>,
  { entries, prefix }: { readonly entries: readonly StatusEntry[]; readonly prefix: string }
): Promise<ReadonlySet<string>> {
  const paths = entries
    .filter(({ code, path }) => code === ' M' && !path.includes('\n'))
    .map(({ path }) => path.slice(prefix.length))
    .slice(0, MAX_COMPARED)
  const unchanged = new Set<string>()
  for (const batch of batchesOf(paths)) {
    const pointers = await pointersOf(host, batch, prefix)
    for (const [path, digest] of pointers) {
      if ((await host.files.sha256(path)) === digest) unchanged.add(path)
    }
  }
  return unchanged
}

function* batchesOf(paths: readonly string[]): Generator<readonly string[]> {
  let batch: string[] = []
  let bytes = 0
  for (const path of paths) {
    const size = Buffer.byteLength(path) + 256
    if (bytes + size > MAX_BATCH_BYTES && batch.length > 0) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(path)
    bytes += size
  }
  if (batch.length > 0) yield batch
}

/** SHA-256 of the content by path, for what is a pointer in the index. */
async function pointersOf(
  host: Pick<Host, 'git'>,
  paths: readonly string[],
  prefix: string
): Promise<ReadonlyMap<string, string>> {
  // Sizes first: a changed file may be huge, a pointer is not.
  const sizes = await host.git(['cat-file', '--batch-check'], {
    input: paths.map((path) => `:${prefix}${path}\n`).join('')
  })
  const small = new Map(
    sizes.stdout.split('\n').flatMap((line, at) => {
      const [, oid, size] = /^([0-9a-f]{40,64}) blob (\d+)$/.exec(line) ?? []
      const path = paths[at]
      const fits = oid !== undefined && path !== undefined && Number(size) <= MAX_POINTER_BYTES
      return fits ? [[path, oid] as const] : []
    })
  )
  if (small.size === 0) return new Map()
  const blobs = await host.git(['cat-file', '--batch'], {
    input: [...small.values()].map((oid) => `${oid}\n`).join(''),
    encoding: 'latin1'
  })
  const objects = parseBatch(blobs.stdout)
  return new Map(
    [...small.keys()].flatMap((path, at) => {
      const digest = digestOfPointer(objects[at]?.bytes ?? '')
      return digest === undefined ? [] : [[path, digest] as const]
    })
  )
}

function digestOfPointer(text: string): string | undefined {
  if (!text.startsWith('version https://git-lfs.github.com/spec/v1\n')) return undefined
  return /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1]
}
