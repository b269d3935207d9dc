import type { Completeness, SbomFacts } from '../../formats/sbom.ts'
import { parseSpdxExpression } from '../../formats/spdx-expression.ts'
import type { Component } from '../../model/component.ts'
import type { Document } from '../../model/document.ts'
import type { Block, Inline, Section, Text } from '../../model/section.ts'

/** Licences that the summary lists; the documents have all. */
const MAX_LICENSES = 10

/** What the documents hold, for a person. */
export function sectionOf(facts: SbomFacts, documents: readonly Document[]): Section {
  return {
    title: 'Software bill of materials',
    blocks: [
      { kind: 'paragraph', text: introOf(facts, documents) },
      ...(facts.components.length === 0
        ? []
        : [countsOf(facts.components), licensesOf(facts.components)])
    ]
  }
}

const COMPLETENESS: Readonly<Record<Completeness, string>> = {
  complete: 'The list is complete: every entry of every lockfile is in it.',
  incomplete:
    'The list is incomplete, and the documents say so: something could not be resolved or read.',
  unknown: 'Nobody knows whether the list is complete: there is no lockfile.'
}

function introOf({ completeness, created }: SbomFacts, documents: readonly Document[]): Text {
  const names = documents.flatMap(({ name }, index): readonly Inline[] =>
    index === 0 ? [{ code: name }] : [' and ', { code: name }]
  )
  const undated =
    created.from === 'fallback'
      ? ` There is no commit to take a time from, so both say ${created.at}.`
      : ''
  return ['Written as ', ...names, `. ${COMPLETENESS[completeness]}${undated}`]
}

const COLUMNS = ['runtime', 'optional', 'development', 'test data', 'not stated'] as const

type Column = (typeof COLUMNS)[number]

function columnOf({ fixture, scope }: Component): Column {
  return fixture ? 'test data' : (scope ?? 'not stated')
}

/** Components by ecosystem and scope; columns that nothing is in are left out. */
function countsOf(components: readonly Component[]): Block {
  const ecosystems = Map.groupBy(components, ({ ecosystem }) => ecosystem)
  const columns = COLUMNS.filter((column) => components.some((item) => columnOf(item) === column))
  return {
    kind: 'table',
    columns: [
      { title: 'Ecosystem' },
      ...[...columns, 'all'].map((title) => ({ title, numeric: true }))
    ],
    rows: [...ecosystems]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([ecosystem, all]) => [
        ecosystem,
        ...columns.map((column) => `${all.filter((item) => columnOf(item) === column).length}`),
        `${all.length}`
      ])
  }
}

/** The most frequent licences, as stated. */
function licensesOf(components: readonly Component[]): Block {
  const counts = new Map<string, number>()
  for (const { licenses } of components) {
    const stated = licenses.map((license) => parseSpdxExpression(license)?.text ?? license)
    const label = stated.length === 0 ? 'not stated' : stated.join(', ')
    counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  const sorted = [...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
  const rest = sorted.slice(MAX_LICENSES).reduce((sum, [, count]) => sum + count, 0)
  const bars = sorted.slice(0, MAX_LICENSES).map(([label, value]) => ({ label, value }))
  return {
    kind: 'details',
    summary: `Licences as stated: ${counts.size}`,
    blocks: [
      { kind: 'chart', bars: rest === 0 ? bars : [...bars, { label: 'others', value: rest }] }
    ]
  }
}
