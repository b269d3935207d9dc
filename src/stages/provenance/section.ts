import type { Predicates } from '../../model/predicate.ts'
import type { Section } from '../../model/section.ts'

/** What the stage has to say to a person. */
export function sectionOf({ list, missing }: Predicates): Section {
  return {
    title: 'Statements',
    blocks: [
      {
        kind: 'table',
        columns: [{ title: 'Statement' }, { title: 'Predicate type' }],
        rows: [
          ...list.map(({ kind, predicateType }) => [kind, { code: predicateType }]),
          ...missing.map(({ kind, reason }) => [kind, `missing: ${reason}`])
        ]
      }
    ]
  }
}
