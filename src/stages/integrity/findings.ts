import { byLocation, type Location } from '../../model/component.ts'
import { isCollidable, strongestOf } from '../../model/digest.ts'
import type { Evidence } from '../../model/evidence.ts'
import { type Finding, findingOf, type Rule } from '../../model/finding.ts'
import { nameOf, type Observation } from './observation.ts'
import {
  DIGEST_MISMATCH,
  LOG_MISMATCH,
  NO_DIGEST,
  NOT_IN_REGISTRY,
  UNAVAILABLE,
  WEAK_DIGEST
} from './rules.ts'

/** How many names a message over many files gives. */
const MAX_NAMES = 5

/** How many lockfiles a finding over many files points at. */
const MAX_LOCATIONS = 10

/** Files unknown to a registry, above which they are one finding: then the registry is the wrong one, not the files. */
const MAX_SINGLE_UNKNOWN = 20

/** What the observations mean. One finding per wrong dependency; one per cause for what could not be looked at. */
export function findingsOf(observations: readonly Observation[]): readonly Finding[] {
  return [
    ...observations.filter(({ evidence }) => evidence.outcome === 'contradicted').map(mismatch),
    ...observations.flatMap(otherMismatches),
    ...unknowns(observations),
    ...unpinned(observations),
    ...weak(observations),
    ...obstacles(observations),
    ...missingProofs(observations)
  ]
}

function mismatch({ item, evidence, contentType = '' }: Observation): Finding {
  // A page in the place of an archive is more often a login than an attack; both are refused.
  const page = /^text\/html|^application\/(?:json|xhtml)/i.exec(contentType)?.[0]
  const hint = page === undefined ? '' : ` (sent as ${page}: perhaps a login or error page)`
  return findingOf(DIGEST_MISMATCH, {
    subject: evidence.subject,
    message: `${nameOf(item)} is not what its lock promises: ${evidence.detail}, from ${evidence.source}${hint}`,
    locations: locationsOf([item.file?.location]),
    evidence: [evidence]
  })
}

/** What an index states against the bytes at the address of the lock counts like other bytes. */
function otherMismatches({ item, more }: Observation): readonly Finding[] {
  return more
    .filter(({ outcome }) => outcome === 'contradicted')
    .map((evidence) =>
      findingOf(evidence.kind === 'index-digest' ? DIGEST_MISMATCH : LOG_MISMATCH, {
        subject: evidence.subject,
        message: `${nameOf(item)}: ${evidence.detail}, from ${evidence.source}`,
        locations: locationsOf([item.file?.location]),
        evidence: [evidence]
      })
    )
}

function unknowns(observations: readonly Observation[]): readonly Finding[] {
  const groups = groupBy(observations, ({ obstacle }) =>
    obstacle?.kind === 'unknown' ? (obstacle.place ?? '') : undefined
  )
  return [...groups].flatMap(([place, group]) => {
    if (group.length > MAX_SINGLE_UNKNOWN) {
      const message = `${place} does not know ${group.length} locked files: ${namesOf(group)}`
      return [manyOf(NOT_IN_REGISTRY, { subject: place, message, group })]
    }
    return group.map(({ item, evidence }) =>
      findingOf(NOT_IN_REGISTRY, {
        subject: evidence.subject,
        message: `${nameOf(item)} is locked, but ${place} ${evidence.detail}`,
        locations: locationsOf([item.file?.location]),
        evidence: [evidence]
      })
    )
  })
}

/** One per lockfile. What git pins by a commit has no digest to give. */
function unpinned(observations: readonly Observation[]): readonly Finding[] {
  const groups = groupBy(observations, ({ item, evidence }) =>
    evidence.outcome === 'absent' && item.component.origin.kind !== 'git'
      ? evidence.source
      : undefined
  )
  return [...groups].map(([path, group]) => {
    const message = `${path} pins no digest for ${count(group, 'dependency', 'dependencies')}: ${namesOf(group)}`
    return manyOf(NO_DIGEST, { subject: path, message, group })
  })
}

function weak(observations: readonly Observation[]): readonly Finding[] {
  const groups = groupBy(observations, ({ item: { file }, evidence }) => {
    const [best] = strongestOf(file?.digests ?? [])
    return isCollidable(best) && evidence.outcome === 'verified' ? file?.location.path : undefined
  })
  return [...groups].map(([path, group]) => {
    const message = `${path} pins ${count(group, 'file', 'files')} with MD5 or SHA-1 only: ${namesOf(group)}`
    return manyOf(WEAK_DIGEST, { subject: path, message, group })
  })
}

/** One per place and cause: a registry that is down is one fact, not a thousand. */
function obstacles(observations: readonly Observation[]): readonly Finding[] {
  const groups = groupBy(observations, ({ obstacle }) =>
    obstacle?.kind === 'failed'
      ? [obstacle.place, obstacle.reason].filter((part) => part !== undefined).join(': ')
      : undefined
  )
  return [...groups].map(([cause, group]) => {
    const remedy = group[0]?.obstacle?.remedy
    const advice = remedy === undefined ? '' : `. ${remedy}`
    const message = `${count(group, 'file', 'files')} could not be checked, ${cause} (${namesOf(group)})${advice}`
    return manyOf(UNAVAILABLE, { subject: cause, message, group })
  })
}

/** One per log or index: proofs that could not be had. */
function missingProofs(observations: readonly Observation[]): readonly Finding[] {
  const missing = observations.filter(({ more }) => more.some(isMissing))
  const groups = groupBy(missing, ({ more }) => hostOf(more.find(isMissing)?.source ?? ''))
  return [...groups].map(([place, group]) => {
    const first = group[0]?.more.find(isMissing)?.detail ?? ''
    const where = place === '' ? '' : ` at ${place}`
    const message = `${count(group, 'file', 'files')} could not be confirmed by a second source${where} (${namesOf(group)}): ${first}`
    return manyOf(UNAVAILABLE, { subject: `second source: ${place}`, message, group })
  })
}

function isMissing({ outcome }: Evidence): boolean {
  return outcome === 'unavailable'
}

function manyOf(
  rule: Rule,
  {
    group,
    ...given
  }: { readonly subject: string; readonly message: string; readonly group: readonly Observation[] }
): Finding {
  return findingOf(rule, {
    ...given,
    locations: locationsOf(
      group.map(({ item }) => item.file?.location ?? item.component.locations[0])
    )
  })
}

/** One place per lockfile: the first. */
function locationsOf(all: readonly (Location | undefined)[]): readonly Location[] {
  const first = new Map<string, Location>()
  for (const location of all.filter((given) => given !== undefined).sort(byLocation)) {
    if (!first.has(location.path)) first.set(location.path, location)
  }
  return [...first.values()].slice(0, MAX_LOCATIONS)
}

function namesOf(group: readonly Observation[]): string {
  const names = [...new Set(group.map(({ item }) => nameOf(item)))]
  const rest = names.length - MAX_NAMES
  return `${names.slice(0, MAX_NAMES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

function count(group: readonly unknown[], one: string, many: string): string {
  return `${group.length} ${group.length === 1 ? one : many}`
}

function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}
