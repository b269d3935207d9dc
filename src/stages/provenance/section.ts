import type { BuildLevel, Predicates } from '../../model/predicate.ts'
import type { Block, Section } from '../../model/section.ts'
import type { StatementKind } from '../../model/settings.ts'
import type { WorkflowClaims } from '../../model/workflow-claims.ts'

const WORDS: Readonly<Record<StatementKind, string>> = {
  spdx: 'SBOM, SPDX',
  cyclonedx: 'SBOM, CycloneDX',
  provenance: 'provenance',
  'provenance-v0.2': 'provenance, old form',
  verdict: 'verdict'
}

const PERMISSIONS = `permissions:
  contents: read
  id-token: write
`

/** What the stage has to say to a person. */
export function sectionOf(predicates: Predicates): Section {
  const { list, missing, level, claims } = predicates
  return {
    title: 'Statements',
    blocks: [
      {
        kind: 'table',
        columns: [{ title: 'Statement' }, { title: 'Predicate type' }],
        rows: [
          ...list.map(({ kind, predicateType }) => [WORDS[kind], { code: predicateType }]),
          ...missing.map(({ kind }) => [WORDS[kind], 'missing'])
        ]
      },
      ...(level && claims ? levelBlocks(level, claims) : []),
      ...(list.some(({ kind }) => kind === 'spdx' || kind === 'cyclonedx')
        ? [OF_THE_CHECKOUT]
        : []),
      ...missingBlocks(predicates)
    ]
  }
}

/** An SBOM beside an image reads as if it were of the image. */
const OF_THE_CHECKOUT: Block = {
  kind: 'paragraph',
  text: 'The SBOMs describe the checkout: what its lockfiles pin. What else an image or a file holds, such as packages of a base image, is not in them.'
}

function levelBlocks(
  { level, because, higher }: BuildLevel,
  { repository, sha, workflowRef }: WorkflowClaims
): readonly Block[] {
  const more = higher === undefined ? '' : ` ${higher}.`
  return [
    {
      kind: 'paragraph',
      text: [{ strong: `SLSA Build Level ${level}` }, `: ${because}.${more}`]
    },
    {
      kind: 'paragraph',
      text: [
        'Built from ',
        { code: repository },
        ' at ',
        { code: sha },
        ' by ',
        { code: workflowRef },
        '.'
      ]
    }
  ]
}

function missingBlocks({ missing }: Predicates): readonly Block[] {
  const [first] = missing
  if (first === undefined) return []
  const text = `No provenance: ${first.reason}.`
  if (!first.reason.includes('id-token')) return [{ kind: 'paragraph', text }]
  return [
    { kind: 'paragraph', text: `${text} Add these lines to the job:` },
    { kind: 'code', language: 'yaml', text: PERMISSIONS }
  ]
}
