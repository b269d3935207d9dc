import type { Finding } from '../model/finding.ts'
import type { PolicyWaiver } from '../model/policy.ts'
import { sequenceMatches } from './wildcard.ts'

/** Marks findings that a waiver accepts, by the first that does. An expired one accepts nothing. */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly PolicyWaiver[],
  now: Date
): readonly Finding[] {
  const holding = waivers.filter((waiver) => !isExpired(waiver, now))
  const byRule = Map.groupBy(holding, ({ rule }) => rule)
  return findings.map((finding) => {
    const waiver = byRule.get(finding.rule.id)?.find((candidate) => accepts(candidate, finding))
    if (!waiver) return finding
    return { ...finding, waiver: { reason: waiver.reason, expires: waiver.expires } }
  })
}

/** Whether a waiver is about a finding, expired or not. */
export function accepts({ rule, subject }: PolicyWaiver, finding: Finding): boolean {
  if (rule !== finding.rule.id) return false
  return subject === undefined || subjectMatches(subject, finding.subject)
}

/** `*` stands for any text; `?` is itself, because it begins the qualifiers of a purl. */
function subjectMatches(pattern: string, subject: string): boolean {
  if (!pattern.includes('*')) return pattern === subject
  return sequenceMatches(Array.from(pattern), Array.from(subject), (part, char) =>
    part === '*' ? 'any' : part === char
  )
}

/** It holds to the end of its last day, in UTC. */
export function isExpired({ expires }: PolicyWaiver, now: Date): boolean {
  return expires < now.toISOString().slice(0, 10)
}
