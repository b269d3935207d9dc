import { posix } from 'node:path'
import type { Gap } from '../../model/component.ts'
import { ParseError } from '../../model/errors.ts'
import { parseToml } from '../toml.ts'
import type { GraphRoot } from './graph.ts'
import { labelOf } from './lock-entry.ts'
import { type LockedPackage, packagesByName } from './locked-graph.ts'
import { type AskedFor, askedForBy } from './pyproject.ts'

/** What a project asks for, as far as that can be told. */
export interface Manifest {
  /** Absent: there is no `pyproject.toml` that says it. */
  readonly asks?: readonly AskedFor[]
  readonly gaps: readonly Gap[]
}

type Read = (path: string) => { readonly path: string; readonly text: string } | undefined

/** Most versions of one name that a project can mean by one line. */
const MAX_FORKS = 64

/** Reads the `pyproject.toml` beside a lock. Without one, or with a damaged one, a gap says what is not known. */
export function manifestBeside(lockfile: string, read: Read): Manifest {
  const path = posix.join(posix.dirname(lockfile), 'pyproject.toml')
  const file = read(path)
  if (!file) return { gaps: [gapOf(lockfile, 'it is not beside the lock')] }
  try {
    const document = parseToml(file, { code: 'CONFIG_SYNTAX', remedy: 'Repair pyproject.toml' })
    return { asks: askedForBy(document.value), gaps: [] }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return { gaps: [gapOf(path, 'it is no TOML')] }
  }
}

function gapOf(path: string, why: string): Gap {
  return {
    name: 'pyproject.toml',
    reason: `${why}, so what no other package needs counts as asked for by the project`,
    location: { path }
  }
}

/**
 * The packages that a project asks for.
 *
 * @param satisfies whether a version meets a constraint; nothing when nobody can say
 * @returns also those lines that no package of the lock meets
 */
export function rootsAsked(
  asks: readonly AskedFor[],
  packages: readonly LockedPackage[],
  satisfies: (version: string, constraint: string) => boolean | undefined
): { readonly roots: readonly GraphRoot[]; readonly missing: readonly AskedFor[] } {
  const byName = packagesByName(packages)
  const missing: AskedFor[] = []
  const roots = asks.flatMap((asked) => {
    const named = (byName.get(asked.name) ?? []).slice(0, MAX_FORKS)
    if (named.length === 0) missing.push(asked)
    const { extras, scope, marker } = asked
    return meeting(named, (each) => satisfies(each.version, asked.constraint)).map(({ key }) => ({
      to: key,
      extras,
      scope,
      ...(marker !== undefined && { marker })
    }))
  })
  return { roots, missing }
}

/** Without a manifest: what nothing else in the lock depends on. */
export function rootsUnasked(packages: readonly LockedPackage[]): readonly GraphRoot[] {
  const wanted = new Set<string>()
  for (const { key, node } of packages) {
    for (const { to } of [...node.edges, ...[...node.extras.values()].flat()]) {
      if (to !== key) wanted.add(to)
    }
  }
  return (
    packages
      .filter(({ key }) => !wanted.has(key))
      // An extra is in a lock only because somebody asked for it.
      .map(({ key, node }) => ({ to: key, extras: [...node.extras.keys()], scope: 'runtime' }))
  )
}

/** Of several versions those that a constraint lets in. The lock decides where there is only one, or none. */
export function meeting<Candidate>(
  candidates: readonly Candidate[],
  meets: (candidate: Candidate) => boolean | undefined
): readonly Candidate[] {
  if (candidates.length < 2) return candidates
  const met = candidates.filter((candidate) => meets(candidate) !== false)
  return met.length === 0 ? candidates : met
}

/** Gaps for what a manifest asks for and its lock does not have. */
export function gapsOfMissing(lockfile: string, missing: readonly AskedFor[]): readonly Gap[] {
  return missing.map(({ name }) => ({
    name: labelOf(name),
    reason: 'pyproject.toml asks for it, and the lock does not have it',
    location: { path: lockfile }
  }))
}
