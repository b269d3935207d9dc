import { type Component, lockedAlike, type LockedFile } from '../../model/component.ts'
import type { IntegrityMode } from '../../model/settings.ts'
import type { SignatureSource } from '../../services/signature-source.ts'
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

/** What decides over a plan, besides the inventory. */
export interface PlanOptions {
  readonly mode: IntegrityMode
  readonly sources: readonly SignatureSource[]
  /** Whether the bytes of a file were read in this run. */
  isRead(item: Item): boolean
}

/**
 * Decides what there is to ask about: what `integrity` looks at too, as far as it comes from a registry of
 * an ecosystem with signatures.
 */
export function planOf({ base, components }: Inventory, options: PlanOptions): Plan {
  const { mode, sources } = options
  const changedOnly = base !== undefined && (mode === 'auto' || mode === 'changed')
  const before = new Map(changedOnly ? base.components.map((known) => [known.purl, known]) : [])
  const sourceOf = new Map(sources.map((source) => [source.ecosystem, source]))
  const signable = components.filter(
    ({ ecosystem, origin, fixture, files }) =>
      sourceOf.has(ecosystem) &&
      origin.kind === 'registry' &&
      fixture === undefined &&
      files.length > 0
  )
  const asked = signable.filter((component) => {
    const known = before.get(component.purl)
    return known === undefined || !lockedAlike(known, component)
  })
  const items = asked.flatMap((component) => {
    const all = component.files.map((file) => ({ component, file }))
    const alternatives = sourceOf.get(component.ecosystem)?.listsAlternatives ?? false
    if (!alternatives || all.length === 1) return all
    const read = all.filter((item) => options.isRead(item))
    return read.length > 0 ? read : all.slice(0, 1)
  })
  return { items, unchanged: signable.length - asked.length }
}

/** Why an empty plan is empty. */
export function whyEmpty(
  { unchanged }: Plan,
  { components }: Inventory,
  sources: PlanOptions['sources']
): string {
  if (components.length === 0) return 'no dependency was found'
  if (unchanged > 0) return `${unchanged} signable packages are locked as in the base commit`
  const names = sources.map(({ ecosystem }) => ecosystem).join(', ')
  return `no dependency is a locked file of a registry with signatures (${names})`
}
