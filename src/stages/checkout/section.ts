import type { Checkout } from '../../model/checkout.ts'
import type { Block, Section, Text } from '../../model/section.ts'

/** Most changed paths and missing submodules that are named. */
const MAX_NAMED = 20

/** What a person wants to know of the checkout before anything else. */
export function sectionOf(
  checkout: Checkout,
  { git, unrelated }: { readonly git: boolean; readonly unrelated: boolean }
): Section {
  const { name, folder, repository, commit, ref, committedAt, base } = checkout
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Checkout of', name],
    ['Repository', repository],
    ['Folder in it', folder],
    ['Commit', commit],
    ['Ref', ref],
    ['Committed', committedAt],
    ['Compared with', base && [base.commit, base.ref].filter(Boolean).join(' of ')]
  ]
  const items = facts.flatMap(([title, value]): Text[] =>
    value === undefined ? [] : [[`${title}: `, { code: value }]]
  )
  const notes = [
    ...(git ? [] : ['No git, or no repository: commit and changes are unknown.']),
    ...(unrelated
      ? ['This is not the repository of the pull request: there is no base to compare with.']
      : []),
    ...(base?.source === 'api' ? ["The base was read through GitHub's API."] : []),
    ...(checkout.shallow ? ['The clone is shallow.'] : [])
  ]
  return {
    title: 'Checkout',
    blocks: [
      { kind: 'list', items: [...items, ...notes] },
      ...changesOf(checkout),
      ...submodulesOf(checkout)
    ]
  }
}

function changesOf({ dirty, dirtyCount, commit }: Checkout): readonly Block[] {
  if (dirtyCount === 0 || commit === undefined) return []
  const summary = `${dirtyCount} ${dirtyCount === 1 ? 'path differs' : 'paths differ'} from the commit`
  return [named(summary, dirty, dirtyCount)]
}

function submodulesOf({ submodules }: Checkout): readonly Block[] {
  const missing = submodules.filter((submodule) => submodule.missing).map(({ path }) => path)
  if (missing.length === 0) return []
  const summary = `${missing.length} of ${submodules.length} submodules not checked out`
  return [named(summary, missing, missing.length)]
}

function named(summary: string, paths: readonly string[], count: number): Block {
  const items: Text[] = paths.slice(0, MAX_NAMED).map((path) => ({ code: path }))
  if (count > items.length) items.push(`and ${count - items.length} more`)
  return { kind: 'details', summary, blocks: [{ kind: 'list', items }] }
}
