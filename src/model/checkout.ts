/** What the checkout is, as far as git and the workflow's event tell. */
export interface Checkout {
  /** Name that documents use: `owner/repo`, else the folder's name. */
  readonly name: string
  /** Where it lies in its repository, when it is a folder of it: `packages/web`. */
  readonly folder?: string
  /** Clone URL without credentials. */
  readonly repository?: string
  /** Full commit id. Absent without git. */
  readonly commit?: string
  /** Full ref, as in `refs/heads/main`. */
  readonly ref?: string
  /** ISO 8601, UTC: the commit's committer time. */
  readonly committedAt?: string
  /** Paths that differ from `commit`: modified, added, deleted or untracked; sorted, at most {@link MAX_DIRTY}. */
  readonly dirty: readonly string[]
  /** How many there are, should `dirty` have been cut. */
  readonly dirtyCount: number
  /** Why nobody knows what differs; `dirty` says nothing then. */
  readonly dirtyUnknown?: string
  readonly submodules: readonly Submodule[]
  /** History is cut: base commits may be missing. */
  readonly shallow: boolean
  /** Part of the tree is not on disk: lockfiles may be missing. */
  readonly sparse: boolean
  /** On a pull request: what it is compared with. */
  readonly base?: Base
}

export interface Submodule {
  readonly path: string
  readonly commit: string
  /** Not checked out: its lockfiles were not seen. */
  readonly missing: boolean
}

export interface Base {
  readonly commit: string
  readonly ref?: string
  /** Where its files were read from; absent when they could not be. */
  readonly source?: 'git' | 'api'
}

/** Most dirty paths that documents list. */
export const MAX_DIRTY = 100
