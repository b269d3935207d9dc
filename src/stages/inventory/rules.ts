import type { Rule } from '../../model/finding.ts'

/** Its subject is the path of the lockfile. */
export const UNREADABLE: Rule = {
  id: 'inventory/unreadable-lockfile',
  title: 'A lockfile cannot be read',
  severity: 'high',
  why: 'Nothing that this file locks was inventoried or checked.',
  remedy: 'Regenerate the lockfile with the package manager that wrote it, and commit the result.'
}

export const UNREADABLE_FIXTURE: Rule = {
  id: 'inventory/unreadable-fixture',
  title: 'A lockfile among test data cannot be read',
  severity: 'info',
  why: 'Nothing that it locks was listed. Test data is often damaged on purpose.',
  remedy: 'Nothing, if it is meant to be so; else regenerate it with its package manager.'
}

export const NO_LOCKFILE: Rule = {
  id: 'inventory/no-lockfile',
  title: 'No lockfile was found',
  severity: 'medium',
  why: 'Without a lockfile nothing pins what will be installed, and there is nothing to check.',
  remedy: 'Commit the lockfile of your package manager, or point `path` at the folder that has it.'
}

/** Its subject is the path of the manifest. */
export const MISSING_LOCKFILE: Rule = {
  id: 'inventory/missing-lockfile',
  title: 'Dependencies are declared, but not locked',
  severity: 'medium',
  why: 'What will be installed is decided anew each time, and none of it is listed or checked here.',
  remedy: 'Write the lockfile with your package manager, and commit it beside the manifest.'
}

/** Its subject is the path of the lockfile. */
export const UNSUPPORTED: Rule = {
  id: 'inventory/unsupported-lockfile',
  title: 'A lockfile is of a package manager that Assay does not read',
  severity: 'medium',
  why: 'Nothing that this file locks was inventoried or checked.',
  remedy: 'Check it by other means; `exclude` it once you do.'
}

/** Its subject is the path. */
export const UNSEEN: Rule = {
  id: 'inventory/unseen',
  title: 'A part of the checkout could not be looked at',
  severity: 'medium',
  why: 'Lockfiles in it were not seen, so that what they lock is neither listed nor checked.',
  remedy:
    'Put a file of the checkout in the place of a link that leads out of it; give the user that runs Assay the right to read it; or leave it out with `exclude`.'
}

export const BASE_UNREADABLE: Rule = {
  id: 'inventory/base-unreadable',
  title: 'Lockfiles of the base commit cannot be read',
  severity: 'medium',
  why: 'What the pull request changes cannot be told from what was there before: all of it counts as changed.',
  remedy: 'Check out with `fetch-depth: 0`, or give Assay its `github-token` and `contents: read`.'
}

/** The findings whose subjects are paths that hold, or may hold, what the inventory does not list. */
export const INCOMPLETE: readonly Rule[] = [UNREADABLE, UNSUPPORTED, UNSEEN, MISSING_LOCKFILE]
