import { type Dirent, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { messageOf } from '../model/errors.ts'
import { MAX_IRREGULAR, MAX_UNSEEN, type Unseen, type Walk } from './host.ts'

/** Most files and folders that one walk looks at: ten times the largest monorepos. */
const MAX_ENTRIES = 2_000_000

/** Most characters of paths that are kept. */
const MAX_PATH_CHARACTERS = 256 * 1024 * 1024

/** Deepest folder that is entered. Real trees stay below 30. */
const MAX_DEPTH = 128

/** After so many folders other work gets its turn. */
const FOLDERS_PER_TURN = 256

/** What a walk asks about. */
export interface WalkOptions {
  /** Asked for each folder (with a trailing `/`) and file. */
  skip(path: string): boolean
  /** Whether a link leads to a regular file that may be read. */
  isFile(link: string): boolean
  /** Most files and folders; for tests. */
  readonly maxEntries?: number
}

interface Folder {
  /** Empty, or with a trailing `/`. */
  readonly path: string
  readonly depth: number
}

/**
 * Lists the files below `root`. A list of folders yet to be seen instead of recursion, so that no depth
 * overflows the stack; reading a folder at a time, because that is faster than asking for many at once.
 *
 * @see CheckoutFiles.walk
 */
export async function walk(root: string, options: WalkOptions): Promise<Walk> {
  const state: WalkState = {
    paths: [],
    unseen: [],
    unseenCount: 0,
    repositories: [],
    irregular: [],
    entries: 0
  }
  const queue: Folder[] = [{ path: '', depth: 0 }]
  let folders = 0
  let characters = 0
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    if (++folders % FOLDERS_PER_TURN === 0) await setImmediate()
    const kept = state.paths.length
    for (const found of foldersIn(root, folder, { state, options })) queue.push(found)
    for (let at = kept; at < state.paths.length; at++) characters += state.paths[at]?.length ?? 0
    const tooMany = state.entries > (options.maxEntries ?? MAX_ENTRIES)
    if (tooMany || characters > MAX_PATH_CHARACTERS) {
      const limit = tooMany ? `${state.entries} entries` : `${characters} characters of paths`
      for (const { path } of queue.splice(0)) miss(state, path, `the walk ended after ${limit}`)
    }
  }
  const { paths, unseen, unseenCount, repositories, irregular } = state
  return { paths: paths.sort(), unseen, unseenCount, repositories: repositories.sort(), irregular }
}

interface WalkState {
  readonly paths: string[]
  readonly unseen: Unseen[]
  unseenCount: number
  readonly repositories: string[]
  readonly irregular: string[]
  entries: number
}

/** Notes the files of a folder. @returns the folders in it that are to be walked */
function foldersIn(
  root: string,
  folder: Folder,
  { state, options }: { readonly state: WalkState; readonly options: WalkOptions }
): readonly Folder[] {
  const found: Folder[] = []
  for (const entry of entriesOf(root, folder, state)) {
    state.entries++
    const path = folder.path + entry.name
    if (entry.name.toLowerCase() === '.git') {
      if (folder.path !== '') state.repositories.push(folder.path.slice(0, -1))
    } else if (entry.isDirectory()) {
      if (entry.name === 'node_modules' || options.skip(`${path}/`)) continue
      if (folder.depth < MAX_DEPTH) found.push({ path: `${path}/`, depth: folder.depth + 1 })
      else miss(state, `${path}/`, `more than ${MAX_DEPTH} folders deep`)
    } else if (!options.skip(path)) {
      note(entry, path, { root, state, options })
    }
  }
  return found
}

function entriesOf(root: string, { path }: Folder, state: WalkState): readonly Dirent[] {
  try {
    return readdirSync(`${root}/${path}`, { withFileTypes: true })
  } catch (error) {
    const reason = isNameable(root, path) ? messageOf(error).split(',', 1)[0] : undefined
    miss(state, path, reason ?? 'its name is not UTF-8')
    return []
  }
}

function note(
  entry: Dirent,
  path: string,
  {
    root,
    state,
    options
  }: { readonly root: string; readonly state: WalkState; readonly options: WalkOptions }
): void {
  const readable = entry.isFile() || (entry.isSymbolicLink() && options.isFile(path))
  if (!readable) {
    if (state.irregular.length < MAX_IRREGULAR) state.irregular.push(path)
  } else if (isNameable(root, path)) {
    state.paths.push(path)
  } else {
    miss(state, path, 'its name is not UTF-8')
  }
}

/** Node shows bytes that are not UTF-8 as U+FFFD; the name it shows then leads nowhere. */
function isNameable(root: string, path: string): boolean {
  return (
    !path.includes('\uFFFD') || lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined
  )
}

function miss(state: WalkState, path: string, reason: string): void {
  state.unseenCount++
  if (state.unseen.length < MAX_UNSEEN)
    state.unseen.push({ path: path === '' ? '.' : path, reason })
}
