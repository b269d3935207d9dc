import type { Evidence } from '../../model/evidence.ts'
import type { SignatureObservation } from '../../services/signature-source.ts'
import type { Item } from './plan.ts'
import type { Answers, Asked, Obstacle, SilentPlace } from './asking.ts'
import { basisText } from './basis.ts'

/** One statement about one file, with the evidence that the report has of it. */
export interface Observed {
  readonly asked: Asked
  readonly evidence: Evidence
  /** Why it is `unavailable`. */
  readonly obstacle?: Obstacle
  /** Genuine, and of somebody else than the policy names. */
  readonly publisher?: 'other'
}

/** A registry that serves nothing, with the one evidence for it. */
export interface Silence {
  readonly silent: SilentPlace
  readonly evidence: Evidence
}

/** What the answers are evidence of. A package of a registry that serves no signatures lacks none. */
export function observedIn({ asked, silent }: Answers, now: Date): readonly Observed[] {
  const places = new Set(silent.map(({ source, place }) => `${source.ecosystem} ${place}`))
  const isQuiet = ({ source, place }: Asked): boolean =>
    places.has(`${source.ecosystem} ${place ?? ''}`)
  return asked.flatMap((one): readonly Observed[] => {
    if (one.obstacle) return isQuiet(one) ? [] : [obstructed(one, one.obstacle, now)]
    const { observations } = one.answer ?? { observations: [] }
    return (
      observations
        .filter(({ outcome }) => outcome !== 'absent' || !isQuiet(one))
        // Most packages have no attestation; a registry that signs, signs all.
        .filter(({ kind, outcome }) => outcome !== 'absent' || kind === 'signature')
        .map((observation) => observedOf(one, observation, now))
    )
  })
}

/** One evidence for each registry that serves nothing. */
export function silencesIn({ silent }: Answers, now: Date): readonly Silence[] {
  return silent.map((one) => ({
    silent: one,
    evidence: {
      subject: one.place,
      kind: one.source.signs,
      outcome: 'unavailable',
      source: one.place,
      observedAt: inSeconds(now),
      detail: silenceText(one)
    }
  }))
}

function silenceText({ source, asked, left }: SilentPlace): string {
  const packages = new Set(asked.map(({ item }) => item.component.name)).size
  const noun = packages === 1 ? 'package' : 'packages'
  const what = source.signs === 'signature' ? 'a signature' : 'an attestation'
  const rest = left.length === 0 ? '' : `; the other ${left.length} files were not asked about`
  return `no version of ${packages} ${source.ecosystem} ${noun} has ${what} here${rest}`
}

function obstructed(asked: Asked, obstacle: Obstacle, now: Date): Observed {
  const evidence: Evidence = {
    ...identityOf(asked, now),
    kind: asked.source.signs,
    outcome: 'unavailable',
    source: asked.place ?? '',
    detail: obstacle.detail
  }
  return { asked, evidence, obstacle }
}

function observedOf(
  asked: Asked,
  { reason, detail, ...observation }: SignatureObservation,
  now: Date
): Observed {
  const { basis } = asked
  const over = basis && observation.outcome !== 'absent' ? `, ${basisText(basis)}` : ''
  const evidence: Evidence = {
    ...identityOf(asked, now),
    ...observation,
    ...(basis && basis.of !== 'lock' && { observed: basis.digest }),
    detail: `${detail}${over}`
  }
  if (observation.outcome !== 'unavailable') return { asked, evidence }
  const shared = `${asked.place ?? asked.source.ecosystem}: ${reason ?? detail}`
  return { asked, evidence, obstacle: { reason: shared, detail } }
}

function identityOf(
  { item: { component, file } }: Asked,
  now: Date
): Pick<Evidence, 'subject' | 'file' | 'observedAt'> {
  return {
    subject: component.purl,
    ...(file.name !== undefined && { file: file.name }),
    observedAt: inSeconds(now)
  }
}

function inSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z')
}

/** How messages name an item: `left-pad 1.3.0`, with the file where there are several. */
export function nameOf({ component: { name, version, files }, file }: Item): string {
  const which = files.length > 1 && file.name !== undefined ? ` (${file.name})` : ''
  return `${name} ${version}${which}`
}

/** How many observations came out so. */
export function countOf(observed: readonly Observed[], outcome: Evidence['outcome']): number {
  return observed.filter(({ evidence }) => evidence.outcome === outcome).length
}
