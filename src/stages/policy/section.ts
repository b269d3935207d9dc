import type { Finding } from '../../model/finding.ts'
import type { Policy } from '../../model/policy.ts'
import type { Verdict } from '../../model/report.ts'
import type { Block, Section, Text } from '../../model/section.ts'

/** Most causes and waived findings that are listed. */
const MAX_LISTED = 50

/** Policy in force, what fails by it, and what it accepts. */
export function sectionOf(policy: Policy, verdict: Verdict): Section {
  const waived = verdict.findings.filter(({ waiver }) => waiver !== undefined)
  return {
    title: 'Policy',
    blocks: [
      { kind: 'paragraph', text: sourceText(policy) },
      { kind: 'list', items: termsOf(policy) },
      ...causesBlocks(verdict.causes),
      ...waivedBlocks(waived)
    ]
  }
}

function sourceText({ source }: Policy): Text {
  if (!source) return 'The built-in defaults: there is no policy file.'
  if (source.commit === undefined) return [{ code: source.path }, ' of the checkout.']
  return [{ code: source.path }, ' of the base commit ', { code: source.commit }, '.']
}

function termsOf({ failOn, outcomes, rules, waivers, exclude }: Policy): readonly Text[] {
  const costs = Object.entries(outcomes).map(([outcome, cost]) => `${outcome}: ${cost}`)
  const changed = Object.entries(rules).map(([rule, severity]) => `${rule}: ${severity}`)
  return [
    failOn === 'none' ? 'No finding fails the run.' : `Fails on: ${failOn} or worse.`,
    `Outcomes: ${costs.join(', ')}.`,
    ...(changed.length > 0 ? [`Rules: ${changed.join(', ')}.`] : []),
    ...(waivers.length > 0 ? [`Waivers: ${waivers.length}.`] : []),
    ...(exclude.length > 0 ? [`Left out: ${exclude.join(', ')}.`] : [])
  ]
}

function causesBlocks(causes: readonly string[]): readonly Block[] {
  if (causes.length === 0) return []
  const items: Text[] = causes.slice(0, MAX_LISTED)
  return [
    { kind: 'paragraph', text: { strong: 'What fails' } },
    { kind: 'list', items: withRest(items, causes.length) }
  ]
}

function waivedBlocks(waived: readonly Finding[]): readonly Block[] {
  if (waived.length === 0) return []
  const items = waived
    .slice(0, MAX_LISTED)
    .map(({ rule, subject, waiver }): Text => [
      { code: rule.id },
      ` ${subject}: ${waiver?.reason ?? ''} (until ${waiver?.expires ?? ''})`
    ])
  const summary = `${waived.length} ${waived.length === 1 ? 'finding' : 'findings'} waived`
  return [
    { kind: 'details', summary, blocks: [{ kind: 'list', items: withRest(items, waived.length) }] }
  ]
}

function withRest(items: readonly Text[], count: number): readonly Text[] {
  return count > items.length ? [...items, `and ${count - items.length} more`] : items
}
