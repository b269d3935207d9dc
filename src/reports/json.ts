import { type JsonNode, jsonChunks } from '../formats/json-stream.ts'
import type { Component, Lockfile } from '../model/component.ts'
import type { Finding, Rule } from '../model/finding.ts'
import type { RunReport, StageReport } from '../model/report.ts'
import { withoutSecrets } from '../model/url.ts'
import type { ReportFormat } from './report-format.ts'

/**
 * Everything that a run found, for machines; schema/report-1.0.schema.json describes it. Texts are as they were
 * found: whoever shows them has to escape them.
 */
export const json: ReportFormat = {
  id: 'json',
  render: (report) => ({
    name: 'report.json',
    mediaType: 'application/json',
    chunks: () => jsonChunks(reportNode(report))
  })
}

function reportNode(report: RunReport): JsonNode {
  const { schema, tool, startedAt, checkout, verdict, stages } = report
  const { conclusion, headline, causes } = verdict
  return {
    members: [
      ['$schema', { value: `https://assay.dev/schema/report-${schema}.schema.json` }],
      ['schema', { value: schema }],
      ['tool', { value: tool }],
      ['startedAt', { value: startedAt }],
      ['checkout', checkout && { value: checkout }],
      ['verdict', { value: { conclusion, headline, causes } }],
      ['stages', { each: stages.map(stageValue) }],
      ['rules', { each: rulesIn(verdict.findings) }],
      ['findings', { each: mapped(verdict.findings, findingValue) }],
      ['lockfiles', { nodes: mapped(report.lockfiles, lockfileNode) }],
      ['images', { each: report.images }],
      ['gaps', { each: report.gaps }],
      ['components', { each: mapped(report.components, componentValue) }],
      ['evidence', { each: evidenceOf(stages) }]
    ]
  }
}

/** Without what has an array of its own, and without the words for people. */
function stageValue(report: StageReport): object {
  const { findings, evidence, section: _section, ...rest } = report
  return { ...rest, findings: findings.length, evidence: evidence.length }
}

/** Every rule that a finding refers to, once, sorted by id. */
function rulesIn(findings: readonly Finding[]): readonly Rule[] {
  const rules = new Map(findings.map(({ rule }) => [rule.id, rule]))
  return [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function findingValue({ rule, ...rest }: Finding): object {
  return { rule: rule.id, ...rest }
}

function lockfileNode({ direct, components, ...rest }: Lockfile): JsonNode {
  return {
    members: [
      ...Object.entries(rest).map(([name, value]) => [name, { value }] as const),
      ['direct', { each: direct }],
      ['components', { each: components }]
    ]
  }
}

/** A lockfile can hold credentials by mistake, and a report is published more widely. */
function componentValue(component: Component): Component {
  const { origin, files } = component
  return {
    ...component,
    origin: 'url' in origin ? { ...origin, ...withPublicUrl(origin.url) } : origin,
    files: files.map((file) => ({ ...file, ...withPublicUrl(file.url) }))
  }
}

function withPublicUrl(url: string | undefined): { readonly url?: string } {
  if (url === undefined) return {}
  return { url: /[@?#]/.test(url) ? withoutSecrets(url) : url }
}

function* evidenceOf(stages: readonly StageReport[]): Generator<object> {
  for (const { stage, evidence } of stages) {
    for (const item of evidence) yield { stage, ...item }
  }
}

function* mapped<T, U>(items: readonly T[], makeOne: (item: T) => U): Generator<U> {
  for (const item of items) yield makeOne(item)
}
