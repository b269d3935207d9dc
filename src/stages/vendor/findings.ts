import type { Location } from '../../model/component.ts'
import { type Finding, findingOf, type Rule } from '../../model/finding.ts'
import type { Check } from './examine.ts'
import type { Pack } from './packs.ts'
import { MISSING_FILE, NOT_LISTED } from './rules.ts'

/** Files of one folder that are wrong in the same way, above which they are one finding. */
const MAX_SINGLE = 20

/** How many names and places a finding over many files gives. */
const MAX_NAMED = 10

/** What was looked at in one folder. */
export interface Examined {
  readonly pack: Pack
  readonly checks: readonly Check[]
}

/** What the checks of a folder mean: one finding per wrong file, or one for all where there are many. */
export function checkFindings({ pack, checks }: Examined): readonly Finding[] {
  const wrong = checks.flatMap((check) => (check.rule ? [{ ...check, rule: check.rule }] : []))
  const groups = Map.groupBy(wrong, ({ rule }) => rule)
  return [...groups].flatMap(([rule, group]) =>
    group.length > MAX_SINGLE
      ? [manyOf(rule, pack, group)]
      : group.map(({ evidence, line }) =>
          findingOf(rule, {
            subject: evidence.source,
            message: `${titleOf(pack)}: "${evidence.file}", ${evidence.detail}`,
            locations: [{ path: pack.path, line }],
            evidence: [evidence]
          })
        )
  )
}

function manyOf(rule: Rule, pack: Pack, group: readonly Check[]): Finding {
  const named = group.slice(0, MAX_NAMED)
  const names = named.map(({ evidence }) => `"${evidence.file}"`).join(', ')
  return findingOf(rule, {
    subject: pack.path,
    message: `${titleOf(pack)}: ${group.length} files, ${names} and ${group.length - named.length} more; the first: ${group[0]?.evidence.detail}`,
    locations: named.map(({ line }): Location => ({ path: pack.path, line })),
    evidence: group.map(({ evidence }) => evidence)
  })
}

/** One finding for all that a folder has besides. */
export function unlistedFinding(pack: Pack, paths: readonly string[]): readonly Finding[] {
  if (paths.length === 0 && !pack.partial) return []
  const named = paths.slice(0, MAX_NAMED)
  const rest = paths.length - named.length
  const names = named.map((path) => `"${path}"`).join(', ')
  const more = rest > 0 ? ` and ${rest} more` : ''
  const partial = pack.partial ? '; not all of the folder was looked at' : ''
  const message = `The lock of ${titleOf(pack)} does not list ${names || 'all'}${more}${partial}`
  return [
    findingOf(NOT_LISTED, {
      subject: pack.path,
      message,
      locations: [{ path: pack.path }, ...named.map((path): Location => ({ path }))]
    })
  ]
}

/** What was asked for by a setting, the policy or the base commit, and is not there. */
export function missingFinding(subject: string, message: string, location?: Location): Finding {
  const locations = location ? [location] : []
  return findingOf(MISSING_FILE, { subject, message, locations })
}

/** `zlib 1.3.1` */
export function titleOf({ lock }: Pick<Pack, 'lock'>): string {
  return `${lock.name} ${lock.version}`
}
