import { type Component, lockedAlike, type LockedFile, VENDORED } from '../../model/component.ts'
import type { IntegrityMode } from '../../model/settings.ts'
import type { Inventory } from '../stage.ts'

/** One thing to check: a locked file, or a component whose lock pins none. */
export interface Item {
  readonly component: Component
  readonly file?: LockedFile
}

/** What is to be looked at, and how much is not. */
export interface Plan {
  readonly mode: Exclude<IntegrityMode, 'auto'>
  readonly items: readonly Item[]
  /** The base commit that `changed` compares with, where there is one. */
  readonly base?: string
  readonly skipped: Skipped
}

/** Components that are not looked at, by reason. */
export interface Skipped {
  /** Locked in the same way by the base commit. */
  readonly unchanged: number
  /** Part of the checkout itself. */
  readonly local: number
  /** Inside the archive of another component, which is looked at. */
  readonly bundled: number
  /** Named by test data only. */
  readonly fixture: number
}

/** Decides what there is to check. `auto` is `changed` when a base is known, else `platform`. */
export function planOf(inventory: Inventory, wanted: IntegrityMode): Plan {
  const { base } = inventory
  const mode = wanted === 'auto' ? (base ? 'changed' : 'platform') : wanted
  const before =
    mode === 'changed' ? new Map(base?.components.map((known) => [known.purl, known])) : undefined
  const skipped = { unchanged: 0, local: 0, bundled: 0, fixture: 0 }
  const items: Item[] = []
  for (const component of inventory.components) {
    const known = before?.get(component.purl)
    if (component.fixture) skipped.fixture++
    // `vendor` reads these, where they lie.
    else if (component.ecosystem === VENDORED) skipped.local++
    else if (known && lockedAlike(known, component)) skipped.unchanged++
    else if (component.files.length > 0) {
      for (const file of component.files) items.push({ component, file })
    } else if (component.origin.kind === 'local') skipped.local++
    else if (isBundled(component)) skipped.bundled++
    else items.push({ component })
  }
  return { mode, items, skipped, ...(mode === 'changed' && base && { base: base.commit }) }
}

/** npm's lock describes what lies inside a tarball too; the tarball's digest covers it. */
function isBundled({ ecosystem, origin }: Component): boolean {
  return ecosystem === 'npm' && origin.kind !== 'git'
}

/** Why there is nothing to look at where the inventory is empty. */
export const NO_DEPENDENCY = 'no dependency was found'

/** Why there is nothing to look at; nothing when there is something. */
export function whyEmpty({ items, skipped, base }: Plan): string | undefined {
  if (items.length > 0) return undefined
  const { unchanged, local, bundled, fixture } = skipped
  const reasons = [
    [unchanged, `locked as in the base commit ${base ?? ''}`.trimEnd()],
    [local, 'part of the checkout itself'],
    [bundled, 'inside the archive of another dependency'],
    [fixture, 'named by test data only']
  ] as const
  const told = reasons.filter(([many]) => many > 0).map(([many, why]) => `${many} ${why}`)
  return told.length === 0 ? NO_DEPENDENCY : `nothing to look at: ${told.join(', ')}`
}
