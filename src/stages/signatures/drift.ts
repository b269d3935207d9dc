import type { Component } from '../../model/component.ts'
import type { Evidence } from '../../model/evidence.ts'
import { messageOf } from '../../model/errors.ts'
import { type Finding, findingOf } from '../../model/finding.ts'
import type { Signer } from '../../model/signer.ts'
import { withoutRef } from '../../policy/publishers.ts'
import type { SignatureObservation } from '../../services/signature-source.ts'
import { inParallel } from '../in-parallel.ts'
import type { BaseInventory } from '../stage.ts'
import type { Answers, Asked, Asker } from './asking.ts'
import { baseVersionOf, type BaseVersion } from './base-version.ts'
import { nameOf } from './observed.ts'
import { PROVENANCE_LOST, PUBLISHER_CHANGED, UNAVAILABLE } from './rules.ts'

/** What became of the publishers of packages whose version a pull request changes. */
export interface Drift {
  readonly findings: readonly Finding[]
  /** Packages whose provenance was compared with that of the base's version. */
  readonly compared: number
}

/** A changed package, its version before, and what is known of that one's provenance. */
interface Pair {
  readonly asked: Asked
  readonly before: BaseVersion
  /** Provenance that verified, or why nobody knows whether there is any. */
  readonly old: Attested | { readonly unknown: string }
}

type Attested = SignatureObservation & { readonly signer: Signer }

/** Compares each changed package with the version that the base commit locks. */
export async function driftOf(
  asker: Asker,
  answers: Answers,
  base: BaseInventory | undefined
): Promise<Drift> {
  if (base === undefined || asker.offline) return { findings: [], compared: 0 }
  const byName = Map.groupBy(base.components, nameKey)
  const asked = [...new Map(answers.asked.map((one) => [one.item.component.purl, one])).values()]
  const pairs = await inParallel(asked, asker.concurrency, (one) =>
    pairOf(asker, answers, { asked: one, known: byName.get(nameKey(one.item.component)) ?? [] })
  )
  const found = pairs.flatMap((pair) => pair ?? [])
  const observedAt = asker.host
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
  return {
    findings: found.flatMap((pair) => findingOfPair(pair, observedAt) ?? []),
    compared: found.length
  }
}

function nameKey({ ecosystem, name }: Component): string {
  return `${ecosystem} ${name}`
}

/** @returns nothing when there is nothing to compare with: no version before, or one without provenance */
async function pairOf(
  asker: Asker,
  { clients }: Answers,
  { asked, known }: { readonly asked: Asked; readonly known: readonly Component[] }
): Promise<Pair | undefined> {
  const { source, item, answer } = asked
  const client = clients.get(source)
  const before = baseVersionOf(item.component, known)
  if (!client || !answer || !before || asker.signal.aborted) return undefined
  let unknown: string | undefined
  for (const file of before.component.files) {
    const basis = asker.basisOf({ component: before.component, file }, source.algorithm)
    if (basis === undefined) continue
    try {
      const { digest } = basis
      const { observations = [] } =
        (await client.ask({ component: before.component, file, digest })) ?? {}
      const old = attestedIn(observations)
      if (old) return { asked, before, old }
      unknown ??= observations.find(isUnreadable)?.detail
    } catch (error) {
      unknown ??= messageOf(error)
    }
  }
  return unknown === undefined ? undefined : { asked, before, old: { unknown } }
}

function isUnreadable({ kind, outcome }: SignatureObservation): boolean {
  return kind === 'attestation' && outcome === 'unavailable'
}

function attestedIn(observations: readonly SignatureObservation[]): Attested | undefined {
  for (const observation of observations) {
    const { outcome, signer } = observation
    // Without an issuer it is a registry's own key, which says nothing of who built it.
    if (outcome === 'verified' && signer?.issuer !== undefined) return { ...observation, signer }
  }
  return undefined
}

function findingOfPair({ asked, before, old }: Pair, observedAt: string): Finding | undefined {
  const { component, file } = asked.item
  const observations = (asked.answer?.observations ?? []).filter(
    ({ kind }) => kind === 'attestation'
  )
  const now = attestedIn(observations)
  const about = {
    subject: component.purl,
    locations: [file.location],
    confidence: before.sameLine ? ('high' as const) : ('medium' as const)
  }
  const name = nameOf(asked.item)
  const { version, purl } = before.component
  if ('unknown' in old) {
    const message = `${name} could not be compared with ${version}, its version before: ${old.unknown}`
    return findingOf(UNAVAILABLE, { ...about, message })
  }
  const was = `${version} was ${old.detail}`
  const then = evidenceOf(purl, old, observedAt)
  if (!now) {
    // What does not hold, or could not be read, has a finding of its own: it is not lost.
    if (observations.some(({ outcome }) => outcome !== 'absent')) return undefined
    const message = `${name} has no provenance; ${was}`
    return findingOf(PROVENANCE_LOST, { ...about, message, evidence: [then] })
  }
  const changes = changesBetween(old.signer, now.signer)
  if (changes.length === 0) return undefined
  const evidence = [evidenceOf(component.purl, now, observedAt), then]
  const message = `${name} has another ${changes.join(', ')}: it was ${now.detail}; ${was}`
  return findingOf(PUBLISHER_CHANGED, { ...about, message, evidence })
}

/** What identifies a publisher beyond one release: refs and commits change with each. */
const PARTS: Readonly<Record<string, (signer: Signer) => string | undefined>> = {
  issuer: ({ issuer }) => issuer,
  account: ({ repository, identity }) => (repository === undefined ? identity : undefined),
  repository: ({ repository }) => repository,
  workflow: ({ workflow }) => withoutRef(workflow),
  builder: ({ builder }) => withoutRef(builder)
}

function changesBetween(old: Signer, now: Signer): readonly string[] {
  return Object.entries(PARTS)
    .filter(([, partOf]) => partOf(old) !== partOf(now))
    .map(([name]) => name)
}

function evidenceOf(
  subject: string,
  { reason: _reason, ...observation }: Attested,
  observedAt: string
): Evidence {
  return { subject, ...observation, observedAt }
}
