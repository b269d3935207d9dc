import { type Finding, findingOf } from '../../model/finding.ts'
import type { PublisherRule } from '../../model/policy.ts'
import { publisherMismatch, publishersOf } from '../../policy/publishers.ts'
import type { Asked, SilentPlace } from './asking.ts'
import { nameOf, type Observed } from './observed.ts'
import type { Item } from './plan.ts'
import { PUBLISHER_MISMATCH, PUBLISHER_UNPROVEN } from './rules.ts'

/** What was observed, held to the publishers that the policy names. */
export interface Published {
  /** With `contradicted` for provenance of somebody else. */
  readonly observed: readonly Observed[]
  readonly findings: readonly Finding[]
}

/** Holds every package that a rule names to its rules. Without rules there is nothing to hold it to. */
export function heldToPublishers(
  observed: readonly Observed[],
  asked: readonly Asked[],
  rules: readonly PublisherRule[]
): Published {
  if (rules.length === 0) return { observed, findings: [] }
  const judged = observed.map((one) => mismatched(one, rules))
  const byItem = Map.groupBy(judged, (one) => one.asked.item)
  const findings = asked.flatMap((one) => findingAbout(one.item, byItem.get(one.item) ?? [], rules))
  return { observed: judged, findings }
}

/** Packages that a rule names, at registries that were not asked about them: they serve nothing. */
export function unprovenAt(
  silent: readonly SilentPlace[],
  rules: readonly PublisherRule[]
): readonly Finding[] {
  return silent.flatMap(({ left }) => left.flatMap((item) => findingAbout(item, [], rules)))
}

function mismatched(one: Observed, rules: readonly PublisherRule[]): Observed {
  const { evidence } = one
  const { signer } = evidence
  // A registry's own key says that it took the version, not whose it is.
  if (signer?.issuer === undefined || evidence.outcome !== 'verified') return one
  const wanted = publishersOf(rules, evidence.subject)
  const wrong = wanted.map((rule) => publisherMismatch(rule, signer))
  const [first] = wrong
  if (first === undefined || wrong.includes(undefined)) return one
  const detail = `${evidence.detail}; ${first}`
  return { ...one, publisher: 'other', evidence: { ...evidence, outcome: 'contradicted', detail } }
}

function findingAbout(
  item: Item,
  observed: readonly Observed[],
  rules: readonly PublisherRule[]
): readonly Finding[] {
  const [rule] = publishersOf(rules, item.component.purl)
  if (rule === undefined) return []
  const about = { subject: item.component.purl, locations: [item.file.location] }
  const others = observed.filter(({ publisher }) => publisher === 'other')
  const [other] = others
  if (other) {
    const evidence = others.map((one) => one.evidence)
    const message = `${nameOf(item)} is not of its publisher: ${other.evidence.detail}`
    return [findingOf(PUBLISHER_MISMATCH, { ...about, message, evidence })]
  }
  const proven = observed.some(
    ({ evidence }) => evidence.outcome === 'verified' && evidence.signer?.issuer !== undefined
  )
  if (proven) return []
  const message = `${nameOf(item)} has to be of ${rule.repository}, and nothing proves that it is`
  return [findingOf(PUBLISHER_UNPROVEN, { ...about, message })]
}
