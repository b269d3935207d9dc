import type { Edges } from './edges.ts'
import type { LockEntry } from './lock-entry.ts'
import type { LockTree } from './lock-tree.ts'
import { membersOf } from './workspaces.ts'

/**
 * What the project itself asks for: all kinds of dependencies of its root and of its workspace members,
 * and the members.
 */
export function directOf(tree: LockTree, edges: Edges): ReadonlySet<LockEntry> {
  const { root } = tree
  if (root === undefined) return new Set(unasked(tree, edges))
  const isMember = membersOf(root.raw)
  const direct = new Set(edges.from(root))
  for (const folder of tree.packages) {
    if (folder === root || folder.holder !== undefined || !isMember(folder.path)) continue
    direct.add(folder)
    for (const target of edges.from(folder)) direct.add(target)
  }
  return direct
}

/** Without a root: what nothing else asks for, at the top of the tree. */
function unasked(tree: LockTree, edges: Edges): readonly LockEntry[] {
  const wanted = edges.wanted()
  return [...tree.packages, ...tree.links]
    .filter(({ holder }) => holder === '')
    .flatMap((entry) => tree.targetOf(entry) ?? [])
    .filter((entry) => !wanted.has(entry))
}
