import type { Edges } from './edges.ts'
import type { LockEntry } from './lock-entry.ts'
import type { LockTree } from './lock-tree.ts'

/**
 * Finds the entries that come inside another package's archive. `inBundle` alone is only what the lock
 * says of them: unless a package above does bundle it, npm fetches such an entry from the registry, and an
 * entry that nobody pins must not pass for one that its parent's digest covers.
 *
 * What the project itself bundles is fetched as well, so that the project counts as no bundler.
 *
 * @see https://docs.npmjs.com/cli/v11/configuring-npm/package-json#bundledependencies
 */
export function bundledIn(tree: LockTree, edges: Edges): ReadonlySet<LockEntry> {
  const bundled = new Set<LockEntry>()
  for (const bundler of tree.packages) {
    const names = bundler.raw['bundleDependencies']
    if (bundler.holder === undefined || !Array.isArray(names)) continue
    const inside = tree.installedIn(bundler)
    const queue = names.flatMap((name) =>
      typeof name === 'string' ? (inside.get(name) ?? []) : []
    )
    for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
      if (bundled.has(entry)) continue
      bundled.add(entry)
      // What it holds itself, and what it needs from beside it; what it needs from further up is not inside.
      for (const held of tree.installedIn(entry).values()) queue.push(held)
      for (const target of edges.from(entry)) {
        if (target.holder === bundler.path) queue.push(target)
      }
    }
  }
  return bundled
}
