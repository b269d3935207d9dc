import { SBOM_PREDICATES } from '../../formats/in-toto.ts'
import { SLSA_PROVENANCE } from '../../formats/slsa.ts'
import { slsaProvenance, slsaProvenance02 } from '../../formats/slsa-provenance.ts'
import type { Checkout } from '../../model/checkout.ts'
import type { Document } from '../../model/document.ts'
import { type Finding, findingOf } from '../../model/finding.ts'
import type { MissingPredicate, Predicate, Predicates } from '../../model/predicate.ts'
import type { StatementKind } from '../../model/settings.ts'
import type { Sboms } from '../sbom.ts'
import type { RunContext } from '../stage.ts'
import { type Build, buildOf } from './build.ts'
import { MISSING } from './rules.ts'

/** UTF-16 units of a piece of an SBOM that is kept. */
const PIECE_UNITS = 64 * 1024

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
    return { kind, predicateType: SBOM_PREDICATES[kind], chunks: renderedOnce(document) }
  }
  if (build === undefined) return undefined
  return kind === 'provenance'
    ? inOnePiece(kind, SLSA_PROVENANCE.v1, slsaProvenance(build.facts))
    : inOnePiece(kind, SLSA_PROVENANCE.v02, slsaProvenance02(build.facts))
}

/**
 * An SBOM goes into the statements about every subject, and each of these is written again for whatever it is compared
 * with: rendering it each time took a third of the time that signing takes.
 */
function renderedOnce(document: Document): Predicate['chunks'] {
  let kept: readonly string[] | undefined
  return () => (kept ??= piecesOf(document.chunks()))
}

/** In few pieces: what is done for each of them adds up. */
function piecesOf(chunks: Iterable<string>): readonly string[] {
  const pieces: string[] = []
  let batch: string[] = []
  let units = 0
  for (const chunk of chunks) {
    batch.push(chunk)
    units += chunk.length
    if (units < PIECE_UNITS) continue
    pieces.push(batch.join(''))
    batch = []
    units = 0
  }
  return [...pieces, batch.join('')]
}

function inOnePiece(kind: StatementKind, predicateType: string, predicate: object): Predicate {
  const text = JSON.stringify(predicate)
  return { kind, predicateType, chunks: () => [text] }
}

function missingFinding({ kind, reason }: MissingPredicate): Finding {
  return findingOf(MISSING, { subject: kind, message: `"${kind}" cannot be stated: ${reason}` })
}
