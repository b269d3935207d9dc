import { SBOM_PREDICATES } from '../../formats/in-toto.ts'
import { SLSA_PROVENANCE } from '../../formats/slsa.ts'
import { slsaProvenance, slsaProvenance02 } from '../../formats/slsa-provenance.ts'
import type { Checkout } from '../../model/checkout.ts'
import { type Finding, findingOf } from '../../model/finding.ts'
import type { MissingPredicate, Predicate, Predicates } from '../../model/predicate.ts'
import type { StatementKind } from '../../model/settings.ts'
import type { Sboms } from '../sbom.ts'
import type { RunContext } from '../stage.ts'
import { type Build, buildOf } from './build.ts'
import { MISSING } from './rules.ts'

/** What was made, and what is to be said about it. */
export interface Made {
  readonly predicates: Predicates
  readonly findings: readonly Finding[]
}

/**
 * Makes everything that was asked for, but for the verdict: nobody knows it yet.
 *
 * @throws ServiceError when the token of the job cannot be verified
 */
export async function makePredicates(
  context: RunContext,
  { checkout, sboms }: { readonly checkout: Checkout; readonly sboms: Sboms }
): Promise<Made> {
  const kinds = context.settings.sign.statements
  const asksForBuild = kinds.some((kind) => kind.startsWith('provenance'))
  const build = asksForBuild ? await buildOf(context, checkout) : undefined
  const known = typeof build === 'string' ? undefined : build
  const list: Predicate[] = []
  const missing: MissingPredicate[] = []
  for (const kind of kinds) {
    const made = kind === 'verdict' ? undefined : predicateOf(kind, sboms, known)
    if (made) list.push(made)
    else if (kind !== 'verdict' && typeof build === 'string') missing.push({ kind, reason: build })
  }
  return {
    predicates: {
      list,
      missing,
      ...(known && { level: known.level, claims: known.facts.claims })
    },
    findings: [...missing.map(missingFinding), ...(known?.findings ?? [])]
  }
}

/** @returns nothing for what a token is needed for, where there is none */
function predicateOf(
  kind: Exclude<StatementKind, 'verdict'>,
  { spdx, cyclonedx }: Sboms,
  build: Build | undefined
): Predicate | undefined {
  if (kind === 'spdx' || kind === 'cyclonedx') {
    const document = kind === 'spdx' ? spdx : cyclonedx
    return { kind, predicateType: SBOM_PREDICATES[kind], chunks: () => document.chunks() }
  }
  if (build === undefined) return undefined
  return kind === 'provenance'
    ? inOnePiece(kind, SLSA_PROVENANCE.v1, slsaProvenance(build.facts))
    : inOnePiece(kind, SLSA_PROVENANCE.v02, slsaProvenance02(build.facts))
}

function inOnePiece(kind: StatementKind, predicateType: string, predicate: object): Predicate {
  const text = JSON.stringify(predicate)
  return { kind, predicateType, chunks: () => [text] }
}

function missingFinding({ kind, reason }: MissingPredicate): Finding {
  return findingOf(MISSING, { subject: kind, message: `"${kind}" cannot be stated: ${reason}` })
}
