import { byLocation, type Location } from '../../model/component.ts'
import { type Finding, findingOf, type Rule } from '../../model/finding.ts'
import { nameOf, type Observed, type Silence } from './observed.ts'
import { INVALID, SERVES_NONE, UNAVAILABLE, UNSIGNED } from './rules.ts'

/** How many names a message over many packages gives. */
const MAX_NAMES = 5

/** How many lockfiles a finding over many packages points at. */
const MAX_LOCATIONS = 10

/** Packages without a signature, above which they are one finding for each registry. */
const MAX_SINGLE_UNSIGNED = 20

/** What the observations mean: one finding per wrong package, one per cause for what could not be looked at. */
export function findingsOf(
  observed: readonly Observed[],
  silences: readonly Silence[]
): readonly Finding[] {
  return [
    ...observed
      .filter(({ evidence, publisher }) => evidence.outcome === 'contradicted' && !publisher)
      .map(invalid),
    ...unsigned(observed.filter(({ evidence }) => evidence.outcome === 'absent')),
    ...silences.map(servesNone),
    ...obstacles(observed)
  ]
}

function invalid({ asked, evidence }: Observed): Finding {
  return findingOf(INVALID, {
    subject: evidence.subject,
    message: `The ${evidence.kind} of ${nameOf(asked.item)} does not hold: ${evidence.detail}, from ${evidence.source}`,
    locations: [asked.item.file.location],
    evidence: [evidence]
  })
}

function unsigned(absent: readonly Observed[]): readonly Finding[] {
  const places = Map.groupBy(absent, ({ asked }) => asked.place ?? '')
  return [...places].flatMap(([place, group]) => {
    if (group.length > MAX_SINGLE_UNSIGNED) {
      const message = `${place} signs packages, but not ${group.length} of the locked ones: ${namesOf(group)}`
      return [manyOf(UNSIGNED, group, { subject: place, message })]
    }
    return group.map(({ asked, evidence }) =>
      findingOf(UNSIGNED, {
        subject: evidence.subject,
        message: `${nameOf(asked.item)} has no signature: ${evidence.detail}, from ${evidence.source}`,
        locations: [asked.item.file.location],
        evidence: [evidence]
      })
    )
  })
}

function servesNone({ silent, evidence }: Silence): Finding {
  const files = silent.asked.map(({ item }) => item.file.location)
  return findingOf(SERVES_NONE, {
    subject: silent.place,
    message: `${silent.place}: ${evidence.detail}`,
    locations: locationsOf([...files, ...silent.left.map(({ file }) => file.location)]),
    evidence: [evidence]
  })
}

/** One per cause: a registry that is down is one fact, not a thousand. */
function obstacles(observed: readonly Observed[]): readonly Finding[] {
  const obstructed = observed.filter(({ obstacle }) => obstacle !== undefined)
  const groups = Map.groupBy(obstructed, ({ obstacle }) => obstacle?.reason ?? '')
  return [...groups].map(([reason, group]) => {
    const remedy = group[0]?.obstacle?.remedy
    const advice = remedy === undefined ? '' : `. ${remedy}`
    const files = group.length === 1 ? '1 file' : `${group.length} files`
    const message = `The signatures of ${files} could not be checked, ${reason} (${namesOf(group)})${advice}`
    return manyOf(UNAVAILABLE, group, { subject: reason, message })
  })
}

function manyOf(
  rule: Rule,
  group: readonly Observed[],
  given: { readonly subject: string; readonly message: string }
): Finding {
  return findingOf(rule, {
    ...given,
    locations: locationsOf(group.map(({ asked }) => asked.item.file.location))
  })
}

/** One place per lockfile: the first. */
function locationsOf(all: readonly Location[]): readonly Location[] {
  const first = new Map<string, Location>()
  for (const location of all.toSorted(byLocation)) {
    if (!first.has(location.path)) first.set(location.path, location)
  }
  return [...first.values()].slice(0, MAX_LOCATIONS)
}

function namesOf(group: readonly Observed[]): string {
  const names = [...new Set(group.map(({ asked }) => nameOf(asked.item)))]
  const rest = names.length - MAX_NAMES
  return `${names.slice(0, MAX_NAMES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}
