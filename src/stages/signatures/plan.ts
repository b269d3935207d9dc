import { type Component, lockedAlike, type LockedFile } from '../../model/component.ts'
import type { IntegrityMode } from '../../model/settings.ts'
import type { Inventory } from '../stage.ts'

/** One locked file of a component that comes from a registry. */
export interface Item {
  readonly component: Component
  readonly file: LockedFile
}

/** What is to be asked about. */
export interface Plan {
  readonly items: readonly Item[]
  /** Components that are locked in the same way by the base commit, and not asked about. */
  readonly unchanged: number
}

/**
 * Decides what there is to ask about: what `integrity` looks at too, as far as it comes from a registry of
 * an ecosystem with signatures.
 */
export function planOf(
  { base, components }: Inventory,
  mode: IntegrityMode,
  ecosystems: readonly string[]
): Plan {
  const changedOnly = base !== undefined && (mode === 'auto' || mode === 'changed')
  const before = new Map(changedOnly ? base.components.map((known) => [known.purl, known]) : [])
  const signable = components.filter(
    ({ ecosystem, origin, fixture, files }) =>
      ecosystems.includes(ecosystem) &&
      origin.kind === 'registry' &&
      fixture === undefined &&
      files.length > 0
  )
  const asked = signable.filter((component) => {
    const known = before.get(component.purl)
    return known === undefined || !lockedAlike(known, component)
  })
  return {
    items: asked.flatMap((component) => component.files.map((file) => ({ component, file }))),
    unchanged: signable.length - asked.length
  }
}
