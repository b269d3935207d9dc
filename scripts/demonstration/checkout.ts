import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** What the demonstration looks at. */
export interface CheckedOut {
  readonly files: number
  /** Absent where there is no git, or no repository. */
  readonly commit?: string
  /** Files that differ from the commit. */
  readonly changed: number
}

/** Folder with what a project that has a Sigstore of its own would have in its checkout. */
export const SIGSTORE_FOLDER = '.sigstore'

/** What the demonstration adds, and what need not have been committed: no change to what is looked at. */
const PLAYED = [SIGSTORE_FOLDER, 'dist']

/** What never is in a checkout. */
const LEFT_OUT = new Set(['node_modules', '.git', 'coverage', '.cache', 'assay-report'])

/**
 * Puts the files of a repository into a folder as a runner's checkout has them: with its commit where there is one,
 * and without what is installed or built beside them. Files that were changed are as they are now.
 */
export async function checkOut(root: string, folder: string): Promise<CheckedOut> {
  const commit = isRepository(root) ? git(root, 'rev-parse', '--verify', 'HEAD') : undefined
  const isCloned = commit !== undefined && isCloneOf(root, folder)
  const files = [...new Set(commit === undefined ? walked(root) : tracked(root))]
  for (const parent of new Set(files.map((path) => dirname(path)))) {
    mkdirSync(join(folder, parent), { recursive: true })
  }
  // Many small files: waiting for each of them takes longer.
  await Promise.all(files.map((path) => copyFile(join(root, path), join(folder, path))))
  if (!isCloned) return { files: files.length, changed: 0 }
  git(folder, 'reset', '--quiet')
  appendFileSync(join(folder, '.git/info/exclude'), PLAYED.map((path) => `/${path}\n`).join(''))
  const changed = git(folder, 'status', '--porcelain')
  return { files: files.length, commit, changed: changed === '' ? 0 : changed.split('\n').length }
}

/** Whether it is the top of one, not a folder somewhere in another. */
function isRepository(root: string): boolean {
  try {
    return realpathSync(git(root, 'rev-parse', '--show-toplevel')) === realpathSync(root)
  } catch {
    return false
  }
}

function isCloneOf(root: string, folder: string): boolean {
  try {
    git(root, 'clone', '--quiet', '--shared', '--no-checkout', root, folder)
    return true
  } catch {
    return false
  }
}

function tracked(root: string): string[] {
  const names = git(root, 'ls-files', '--cached', '--others', '--exclude-standard', '-z')
  // The bundle, too, where it is built and not yet committed.
  const paths = [...names.split('\0').filter((name) => name !== ''), ...walked(root, 'dist')]
  return paths.filter((path) => statSync(join(root, path), { throwIfNoEntry: false })?.isFile())
}

function walked(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : walked(root, path)
    return entry.isFile() ? [path] : []
  })
}

/** Asks git in a folder, which says nothing on the screen. @throws when it is not there, or says no */
export function git(folder: string, ...args: readonly string[]): string {
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const
  return execFileSync('git', args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] }).trimEnd()
}
