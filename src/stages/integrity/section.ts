import type { Block, Section, Text } from '../../model/section.ts'
import { countByIndex, countOf, nameOf, type Observation, OUTCOMES } from './observation.ts'
import type { Plan } from './plan.ts'

/** What the section says about the work itself. */
export interface Effort {
  readonly requests: number
  readonly bytesRead: number
  /** Wall time in milliseconds. */
  readonly durationMs: number
}

/** How many of the files that are not in order the section names; findings name all. */
const MAX_NAMED = 10

/** What the stage has to say to a person. */
export function sectionOf(
  plan: Plan,
  observations: readonly Observation[],
  effort: Effort
): Section {
  return {
    title: 'Locked digests against the registries',
    blocks: [
      { kind: 'paragraph', text: modeText(plan) },
      { kind: 'paragraph', text: effortText(observations, effort) },
      ...outcomeBlocks(observations),
      ...namedBlocks(observations),
      ...skippedBlocks(plan)
    ]
  }
}

function modeText({ mode, base, items }: Plan): Text {
  const files = `${items.length} locked ${items.length === 1 ? 'file' : 'files'}`
  const texts: Readonly<Record<Plan['mode'], string>> = {
    all: `${files}, of which every one was to be read.`,
    platform: `of ${files}, those that this platform installs were to be read, the others compared with the registry's index.`,
    changed:
      base === undefined
        ? `no base commit could be read, so that all ${files} count as changed.`
        : `${files} that the base commit ${base} does not lock in the same way.`
  }
  return [{ strong: `Mode ${mode}` }, `: ${texts[mode]}`]
}

function effortText(observations: readonly Observation[], effort: Effort): Text {
  const read = observations.filter(
    ({ evidence: { kind, observed } }) => kind === 'digest' && observed
  )
  const megabytes = (effort.bytesRead / 1e6).toFixed(1)
  const seconds = (effort.durationMs / 1000).toFixed(1)
  return `The bytes of ${read.length} were read and hashed: ${megabytes} MB in ${effort.requests} requests and ${seconds} s.`
}

function outcomeBlocks(observations: readonly Observation[]): readonly Block[] {
  if (observations.length === 0) return []
  const ecosystems = [...new Set(observations.map(({ item }) => item.component.ecosystem))].sort()
  return [
    {
      kind: 'chart',
      bars: OUTCOMES.map((label) => ({ label, value: countOf(observations, label) }))
    },
    {
      kind: 'table',
      columns: [
        { title: 'Ecosystem' },
        ...['Files', 'Verified', 'by index only', 'Contradicted', 'Absent', 'Unavailable'].map(
          (title) => ({ title, numeric: true })
        )
      ],
      rows: ecosystems.map((ecosystem) => {
        const of = observations.filter(({ item }) => item.component.ecosystem === ecosystem)
        const [verified = 0, ...others] = OUTCOMES.map((outcome) => countOf(of, outcome))
        return [ecosystem, ...[of.length, verified, countByIndex(of), ...others].map(String)]
      })
    }
  ]
}

function namedBlocks(observations: readonly Observation[]): readonly Block[] {
  return (['contradicted', 'unavailable'] as const).flatMap((outcome): readonly Block[] => {
    const all = observations.filter(({ evidence }) => evidence.outcome === outcome)
    if (all.length === 0) return []
    const items = all
      .slice(0, MAX_NAMED)
      .map(({ item, evidence }): Text => [{ code: nameOf(item) }, `: ${evidence.detail}`])
    const rest = all.length - items.length
    return [
      {
        kind: 'paragraph',
        text: { strong: outcome === 'contradicted' ? 'Contradicted' : 'Unavailable' }
      },
      { kind: 'list', items: rest > 0 ? [...items, `and ${rest} more`] : items }
    ]
  })
}

function skippedBlocks({ skipped, base }: Plan): readonly Block[] {
  const { unchanged, local, bundled, fixture } = skipped
  const items = [
    [unchanged, `locked as in the base commit ${base ?? ''}`.trimEnd()],
    [local, 'part of the checkout itself'],
    [bundled, 'inside the archive of another dependency, which was looked at'],
    [fixture, 'named by test data only']
  ] as const
  const shown = items.filter(([many]) => many > 0).map(([many, why]) => `${many}: ${why}`)
  if (shown.length === 0) return []
  return [
    { kind: 'paragraph', text: { strong: 'Dependencies not looked at' } },
    { kind: 'list', items: shown }
  ]
}
