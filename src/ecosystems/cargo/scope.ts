import type { Scope } from '../../model/component.ts'
import { defaultFeatures, type Link } from './features.ts'
import type { LockedPackage } from './lock.ts'
import type { Declaration, Manifest } from './manifest.ts'
import { parseSource } from './source.ts'
import { satisfies } from './version-req.ts'
import type { Project } from './workspace.ts'

/** Who asks for what, and for which purpose. */
export interface Purposes {
  /** The members, and what they depend on. */
  readonly direct: ReadonlySet<LockedPackage>
  readonly scopes: ReadonlyMap<LockedPackage, Scope>
  /** What members ask for and the lock does not list. */
  readonly unlocked: readonly { readonly declaration: Declaration; readonly manifest: Manifest }[]
}

/**
 * Sorts packages by what they are needed for. Build dependencies count as `runtime`: they run on the
 * machine that builds. So does an optional dependency that the default features switch on. Of packages
 * outside of the checkout the lock does not say which dependency is optional, or for whom: all count as
 * needed, even those that Cargo locks and never builds (behind a feature that nobody can switch on).
 */
export function purposesOf(packages: readonly LockedPackage[], project: Project): Purposes {
  const links = new Map<LockedPackage, Link[]>()
  for (const [entry, manifest] of project.manifests) links.set(entry, linksOf(entry, manifest))
  const isDefault = defaultFeatures(project, links)
  const edgesOf = (entry: LockedPackage): readonly Edge[] => {
    const known = links.get(entry)
    if (!known) return [...entry.dependencies].map((target) => ({ target, scope: 'runtime' }))
    return known.map((link) => ({ target: link.target, scope: scopeOf(link, isDefault) }))
  }
  return {
    direct: new Set([...project.members].flatMap((member) => [member, ...member.dependencies])),
    scopes: spread(packages, project.members, edgesOf),
    unlocked: [...project.members].flatMap((member) => {
      const manifest = project.manifests.get(member)
      return manifest ? unlockedOf(manifest, links.get(member) ?? []) : []
    })
  }
}

interface Edge {
  readonly target: LockedPackage
  readonly scope: Scope
}

function linksOf(entry: LockedPackage, manifest: Manifest): Link[] {
  const byName = Map.groupBy(manifest.declarations, ({ name }) => name)
  return [...entry.dependencies].map((target) => ({
    target,
    declarations: fulfilled(target, byName.get(target.name) ?? [])
  }))
}

/** Of several declarations of one name, those that can mean this version from this source. */
function fulfilled(
  target: LockedPackage,
  declarations: readonly Declaration[]
): readonly Declaration[] {
  const source = target.source === undefined ? undefined : parseSource(target.source)
  const elsewhere = source?.url === undefined ? 'crates.io' : source.kind
  const from = target.source === undefined ? 'path' : elsewhere
  // A patch may replace the source, so that no declaration names it: then any does.
  const sameSource = narrowed(declarations, (declaration) => declaration.from === from)
  return narrowed(
    sameSource,
    ({ requirement }) =>
      requirement === undefined || satisfies(target.version, requirement) !== false
  )
}

function narrowed<T>(items: readonly T[], fits: (item: T) => boolean): readonly T[] {
  const fitting = items.filter(fits)
  return fitting.length === 0 ? items : fitting
}

function scopeOf(link: Link, isDefault: (declaration: Declaration) => boolean): Scope {
  const needed = link.declarations.filter(({ kind }) => kind !== 'development')
  if (link.declarations.length === 0) return 'runtime'
  if (needed.length === 0) return 'development'
  const isOptional = needed.every((declaration) => declaration.optional && !isDefault(declaration))
  return isOptional ? 'optional' : 'runtime'
}

/** Everything gets the best scope by which a member reaches it; what no member reaches is not judged. */
function spread(
  packages: readonly LockedPackage[],
  members: ReadonlySet<LockedPackage>,
  edgesOf: (entry: LockedPackage) => readonly Edge[]
): ReadonlyMap<LockedPackage, Scope> {
  const scopes = new Map<LockedPackage, Scope>()
  const later: Record<Scope, LockedPackage[]> = {
    runtime: [...members],
    optional: [],
    development: []
  }
  for (const scope of ['runtime', 'optional', 'development'] as const) {
    const queue = later[scope]
    for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
      if (scopes.has(entry)) continue
      scopes.set(entry, scope)
      for (const edge of edgesOf(entry)) later[widest(scope, edge.scope)].push(edge.target)
    }
  }
  for (const entry of packages) if (!scopes.has(entry)) scopes.set(entry, 'runtime')
  return scopes
}

/** What is needed by something that is not always needed is not always needed either. */
function widest(a: Scope, b: Scope): Scope {
  if (a === 'development' || b === 'development') return 'development'
  return a === 'optional' ? a : b
}

function unlockedOf(manifest: Manifest, links: readonly Link[]): Purposes['unlocked'] {
  const locked = new Set(links.map(({ target }) => target.name))
  return manifest.declarations
    .filter(({ name }) => !locked.has(name) && name !== manifest.package?.name)
    .map((declaration) => ({ declaration, manifest }))
}
