import { SBOM_PREDICATES } from '../../formats/in-toto.ts'
import type { MissingPredicate, Predicate, Predicates } from '../../model/predicate.ts'
import type { Sboms } from '../sbom.ts'
import type { RunContext } from '../stage.ts'

/** Everything that was asked for, but for the verdict: the stage that signs states it. */
export function predicatesOf({ settings }: RunContext, { spdx, cyclonedx }: Sboms): Predicates {
  const list: Predicate[] = []
  const missing: MissingPredicate[] = []
  for (const kind of settings.sign.statements) {
    if (kind === 'spdx') {
      list.push({ kind, predicateType: SBOM_PREDICATES.spdx, chunks: () => spdx.chunks() })
    } else if (kind === 'cyclonedx') {
      list.push({
        kind,
        predicateType: SBOM_PREDICATES.cyclonedx,
        chunks: () => cyclonedx.chunks()
      })
    } else if (kind !== 'verdict') {
      missing.push({ kind, reason: 'this job may not ask who it is' })
    }
  }
  return { list, missing }
}
