import type { Outcome } from '../../model/evidence.ts'
import type { Block, Section, Text } from '../../model/section.ts'
import { countOf, nameOf, type Observed, type Silence } from './observed.ts'
import type { Plan } from './plan.ts'

/** In the order in which people read them. */
const OUTCOMES: readonly Outcome[] = ['verified', 'contradicted', 'absent', 'unavailable']

/** How many of what is not in order the section names; findings name all. */
const MAX_NAMED = 10

/** What the stage has to say to a person. */
export function sectionOf(
  plan: Plan,
  observed: readonly Observed[],
  silences: readonly Silence[]
): Section {
  return {
    title: 'Signatures of dependencies',
    blocks: [
      { kind: 'paragraph', text: planText(plan) },
      ...trustBlocks(observed),
      ...silences.map(silenceBlock),
      ...outcomeBlocks(observed),
      ...namedBlocks(observed)
    ]
  }
}

function planText({ items, unchanged }: Plan): Text {
  const files = `${items.length} locked ${items.length === 1 ? 'file' : 'files'} of registries whose packages can be signed`
  const rest = unchanged === 0 ? '' : `; ${unchanged} packages are locked as in the base commit`
  return `${files}${rest}.`
}

/** Trust material ages: keys and authorities that are newer are not known. */
function trustBlocks(observed: readonly Observed[]): readonly Block[] {
  const answers = observed.flatMap(({ asked }) => asked.answer ?? [])
  const [oldest] = answers.flatMap(({ trustAsOf }) => trustAsOf ?? []).sort()
  if (oldest === undefined) return []
  const [why] = answers.flatMap(({ trustFrozen }) => trustFrozen ?? [])
  const from =
    why === undefined
      ? ', as Sigstore publishes them'
      : `, which came with Assay; newer ones could not be had (${why})`
  return [{ kind: 'paragraph', text: `Held to the keys and authorities of ${oldest}${from}.` }]
}

function silenceBlock({ silent, evidence }: Silence): Block {
  const text: Text = [
    { strong: 'No signatures' },
    ' at ',
    { code: silent.place },
    `: ${evidence.detail}.`
  ]
  return { kind: 'paragraph', text }
}

function outcomeBlocks(observed: readonly Observed[]): readonly Block[] {
  const kinds = [
    ...new Set(observed.map(({ asked, evidence }) => `${asked.source.ecosystem} ${evidence.kind}`))
  ]
  if (kinds.length === 0) return []
  return [
    {
      kind: 'table',
      columns: [
        { title: 'What' },
        ...['Verified', 'Contradicted', 'Absent', 'Unavailable'].map((title) => ({
          title,
          numeric: true
        }))
      ],
      rows: kinds.sort().map((kind) => {
        const of = observed.filter(
          ({ asked, evidence }) => `${asked.source.ecosystem} ${evidence.kind}` === kind
        )
        return [kind, ...OUTCOMES.map((outcome) => `${countOf(of, outcome)}`)]
      })
    }
  ]
}

function namedBlocks(observed: readonly Observed[]): readonly Block[] {
  return (['contradicted', 'absent', 'unavailable'] as const).flatMap(
    (outcome): readonly Block[] => {
      const all = observed.filter(({ evidence }) => evidence.outcome === outcome)
      if (all.length === 0) return []
      const items = all
        .slice(0, MAX_NAMED)
        .map(({ asked, evidence }): Text => [{ code: nameOf(asked.item) }, `: ${evidence.detail}`])
      const rest = all.length - items.length
      const title = `${outcome.charAt(0).toUpperCase()}${outcome.slice(1)}`
      return [
        { kind: 'paragraph', text: { strong: title } },
        { kind: 'list', items: rest > 0 ? [...items, `and ${rest} more`] : items }
      ]
    }
  )
}
