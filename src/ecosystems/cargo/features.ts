import type { LockedPackage } from './lock.ts'
import type { Declaration, Manifest } from './manifest.ts'
import type { Project } from './workspace.ts'

/** No feature of anybody: stands for what a package needs whatever its features are. */
const ALWAYS = '\0'

/** A dependency in the lock, with all declarations that it fulfils; none when manifest and lock disagree. */
export interface Link {
  readonly target: LockedPackage
  readonly declarations: readonly Declaration[]
}

/**
 * Finds the optional dependencies of the checkout's own packages that a plain `cargo build` of it switches
 * on: by `default`, by a feature that one of them asks another for, and by what those enable.
 *
 * @see https://doc.rust-lang.org/cargo/reference/features.html
 */
export function defaultFeatures(
  project: Project,
  links: ReadonlyMap<LockedPackage, readonly Link[]>
): (declaration: Declaration) => boolean {
  const resolver = new Resolver(project, links)
  for (const member of project.members) resolver.enable(member, ['default'])
  resolver.settle()
  return (declaration) => resolver.active.has(declaration)
}

/** One of the checkout's own packages, as far as it is switched on. */
interface OwnPackage {
  readonly manifest: Manifest
  readonly byKey: ReadonlyMap<string, readonly Declaration[]>
  readonly enabled: Set<string>
}

class Resolver {
  readonly active = new Set<Declaration>()
  readonly #project: Project
  readonly #own = new Map<LockedPackage, OwnPackage>()
  readonly #targets = new Map<Declaration, LockedPackage>()
  readonly #queue: (readonly [OwnPackage, string])[] = []

  constructor(project: Project, links: ReadonlyMap<LockedPackage, readonly Link[]>) {
    this.#project = project
    for (const { target, declarations } of [...links.values()].flat()) {
      if (!project.manifests.has(target)) continue
      for (const declaration of declarations) this.#targets.set(declaration, target)
    }
  }

  enable(entry: LockedPackage, features: readonly string[]): void {
    const own = this.#own.get(entry) ?? this.#begin(entry)
    if (own) for (const feature of features) this.#enableOwn(own, feature)
  }

  settle(): void {
    for (let next = this.#queue.pop(); next !== undefined; next = this.#queue.pop()) {
      const [own, feature] = next
      if (feature === ALWAYS) {
        for (const declaration of own.manifest.declarations) {
          if (!declaration.optional && declaration.kind !== 'development') this.#use(declaration)
        }
        continue
      }
      const enables = own.manifest.features.get(feature)
      // An optional dependency is a feature of its own name, unless a feature is called so.
      if (enables === undefined) this.#useKey(own, feature)
      for (const value of enables ?? []) this.#follow(own, value)
    }
  }

  #begin(entry: LockedPackage): OwnPackage | undefined {
    const manifest = this.#project.manifests.get(entry)
    if (!manifest) return undefined
    const byKey = Map.groupBy(manifest.declarations, ({ key }) => key)
    const own = { manifest, byKey, enabled: new Set<string>() }
    this.#own.set(entry, own)
    this.#queue.push([own, ALWAYS])
    return own
  }

  /** One value of a feature: `other`, `dep:key`, `key/feature` or `key?/feature`. */
  #follow(own: OwnPackage, value: string): void {
    const slash = value.indexOf('/')
    if (value.startsWith('dep:')) this.#useKey(own, value.slice('dep:'.length))
    else if (slash === -1) this.#enableOwn(own, value)
    else {
      const isWeak = value[slash - 1] === '?'
      const key = value.slice(0, isWeak ? slash - 1 : slash)
      if (!isWeak) this.#useKey(own, key)
      for (const declaration of own.byKey.get(key) ?? []) {
        const target = this.#targets.get(declaration)
        if (target) this.enable(target, [value.slice(slash + 1)])
      }
    }
  }

  #enableOwn(own: OwnPackage, feature: string): void {
    if (own.enabled.has(feature)) return
    own.enabled.add(feature)
    this.#queue.push([own, feature])
  }

  #useKey(own: OwnPackage, key: string): void {
    for (const declaration of own.byKey.get(key) ?? []) this.#use(declaration)
  }

  #use(declaration: Declaration): void {
    if (this.active.has(declaration)) return
    this.active.add(declaration)
    const target = this.#targets.get(declaration)
    if (target) this.enable(target, declaration.features)
  }
}
