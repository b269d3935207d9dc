import type { Gap } from '../../model/component.ts'
import type { Block, Section, Text } from '../../model/section.ts'
import type { BaseResult } from './base.ts'
import type { Extracted } from './lockfiles.ts'
import type { CheckoutTree } from './tree.ts'

/** Most rows of a table before the rest is folded away, and most folded ones. */
const MAX_ROWS = 20
const MAX_FOLDED_ROWS = 500

/** Most gaps and paths that are listed. */
const MAX_LISTED = 100

/** What the inventory says to a person. */
export interface Told {
  readonly found: readonly Extracted[]
  readonly gaps: readonly Gap[]
  readonly tree: CheckoutTree
  readonly base?: BaseResult
}

export function sectionOf({ found, gaps, tree, base }: Told): Section {
  const ours = found.filter(({ candidate }) => !candidate.fixture)
  const data = found.filter(({ candidate }) => candidate.fixture)
  return {
    title: 'Inventory',
    blocks: [
      ours.length > 0
        ? tableOf(ours.slice(0, MAX_ROWS))
        : { kind: 'paragraph', text: 'No lockfile was found, and so no dependency either.' },
      ...folded(`${ours.length - MAX_ROWS} more lockfiles`, ours.slice(MAX_ROWS)),
      ...folded(`${counted(data.length, 'lockfile')} among test data: listed, not checked`, data),
      ...gapsBlocks(gaps),
      ...notesBlocks(tree, base)
    ]
  }
}

function folded(summary: string, rows: readonly Extracted[]): readonly Block[] {
  if (rows.length === 0) return []
  const rest = rows.length - MAX_FOLDED_ROWS
  const blocks: Block[] = [tableOf(rows.slice(0, MAX_FOLDED_ROWS))]
  if (rest > 0) blocks.push({ kind: 'paragraph', text: `and ${rest} more` })
  return [{ kind: 'details', summary, blocks }]
}

function tableOf(rows: readonly Extracted[]): Block {
  return {
    kind: 'table',
    columns: [
      { title: 'Lockfile' },
      { title: 'Format' },
      { title: 'Components', numeric: true },
      { title: 'Direct', numeric: true },
      { title: 'Edges', numeric: true },
      { title: 'Gaps', numeric: true }
    ],
    rows: rows.map(({ candidate, extraction }): readonly Text[] => [
      { code: candidate.path },
      candidate.format,
      `${extraction.components.length}`,
      `${extraction.direct.length}`,
      `${extraction.components.reduce((sum, { dependsOn }) => sum + dependsOn.length, 0)}`,
      `${extraction.gaps.length}`
    ])
  }
}

function gapsBlocks(gaps: readonly Gap[]): readonly Block[] {
  if (gaps.length === 0) return []
  const items = gaps.slice(0, MAX_LISTED).map(({ name, reason, location }): Text => {
    const line = location.line === undefined ? '' : `:${location.line}`
    return [{ strong: name }, `: ${reason} (`, { code: `${location.path}${line}` }, ')']
  })
  const summary = `${counted(gaps.length, 'entry', 'entries')} seen and not resolved`
  return [{ kind: 'details', summary, blocks: [listOf(items, gaps.length)] }]
}

function notesBlocks(tree: CheckoutTree, base: BaseResult | undefined): readonly Block[] {
  const notes: Text[] = []
  if (tree.ignored > 0) {
    notes.push(
      `${counted(tree.ignored, 'path')} that git ignores and does not track ${tree.ignored === 1 ? 'was' : 'were'} left out.`
    )
  }
  if (base) {
    const { components, lockfiles, commit } = base.inventory
    notes.push([
      `Base commit `,
      { code: commit },
      ` locks ${counted(components.length, 'component')} in ${counted(lockfiles.length, 'lockfile')}.`
    ])
    if (base.unreadable.length > 0) {
      notes.push(
        `${counted(base.unreadable.length, 'lockfile')} of the base cannot be read: what is locked there counts as changed.`
      )
    }
    if (base.truncated)
      notes.push('The list of the base’s files is cut: new places count as changed.')
  }
  return [
    ...(notes.length > 0 ? [{ kind: 'list', items: notes } satisfies Block] : []),
    ...pathsBlock(
      tree.excluded,
      `${counted(tree.excluded.length, 'path')} left out by \`exclude\``
    ),
    ...pathsBlock(
      tree.repositories,
      `${counted(tree.repositories.length, 'repository', 'repositories')} inside the checkout`
    )
  ]
}

function pathsBlock(paths: readonly string[], summary: string): readonly Block[] {
  if (paths.length === 0) return []
  const items = paths.slice(0, MAX_LISTED).map((path): Text => ({ code: path }))
  return [{ kind: 'details', summary, blocks: [listOf(items, paths.length)] }]
}

function listOf(items: readonly Text[], count: number): Block {
  const rest = count - items.length
  return { kind: 'list', items: rest > 0 ? [...items, `and ${rest} more`] : items }
}

function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}
