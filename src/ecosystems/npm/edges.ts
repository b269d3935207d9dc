import type { Gap } from '../../model/component.ts'
import { asksOf } from './asks.ts'
import { gapAt, labelOf, type LockEntry } from './lock-entry.ts'
import { findIn, type LockTree } from './lock-tree.ts'
import { isUrlSpec } from './spec.ts'

const NONE: readonly LockEntry[] = []

/** Who depends on whom, as npm and Node resolve it. */
export interface Edges {
  /** Entries that an entry depends on, links followed. */
  from(entry: LockEntry): readonly LockEntry[]
  /** Entries that something depends on. */
  wanted(): ReadonlySet<LockEntry>
  /** Whether a part of the project depends on the project. */
  readonly rootIsWanted: boolean
  /** Entries that something depends on by the address of an archive. */
  readonly askedByUrl: ReadonlySet<LockEntry>
  readonly gaps: readonly Gap[]
}

/**
 * Resolves every dependency of every entry by walking up the folders from the dependent, as Node does:
 * two entries that ask for the same name may get different packages.
 *
 * @param path of the lock, for gaps
 */
export function edgesOf(tree: LockTree, path: string): Edges {
  const edges = new Map<LockEntry, readonly LockEntry[]>()
  let rootIsWanted = false
  const askedByUrl = new Set<LockEntry>()
  const gaps: Gap[] = []
  for (const entry of tree.packages) {
    const { asks, faults } = asksOf(entry)
    for (const fault of faults) gaps.push(gapAt(path, entry, fault))
    if (asks.length === 0) continue
    const reach = tree.reachFrom(entry)
    const found: LockEntry[] = []
    for (const { name, spec, field, optional } of asks) {
      const installed = findIn(reach, name)
      const target = installed && tree.targetOf(installed)
      if (target !== undefined) {
        found.push(target)
        rootIsWanted ||= target === tree.root
        if (isUrlSpec(spec)) askedByUrl.add(target)
      } else if (installed === undefined && !optional) {
        const reason = `"${labelOf(entry.path)}" has it in its ${field}, and the lock has it nowhere in reach`
        gaps.push(gapAt(path, { path: name, line: entry.line }, reason))
      }
    }
    edges.set(entry, found)
  }
  for (const link of tree.links) {
    if (tree.targetOf(link) === undefined) gaps.push(gapAt(path, link, 'it is a link to nothing'))
  }
  return {
    from: (entry) => edges.get(entry) ?? NONE,
    wanted: () => new Set([...edges.values()].flat()),
    rootIsWanted,
    askedByUrl,
    gaps
  }
}
