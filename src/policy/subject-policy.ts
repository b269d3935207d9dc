import type { Statement } from '../formats/in-toto.ts'
import type { Signer } from '../model/signer.ts'
import { missingDemands, type Refusal, type SignerDemands, signerRefusal } from './signer-policy.ts'
import { contentRefusal, isOfType, isVouching } from './statement-policy.ts'

/** What a subject is held to. */
export interface SubjectDemands {
  readonly signers: SignerDemands
  /** Types of statements, each of which has to be there. */
  readonly types: readonly string[]
  /** 0 for any age. */
  readonly maxAgeDays: number
  /** How many different signers there have to be. */
  readonly least: number
  readonly now: Date
}

/** Something that was attached to a subject, and is what it claims to be: genuine, and about this subject. */
export interface Genuine {
  /** Where it was found, for a person. */
  readonly origin: string
  /** Address or path, without credentials. */
  readonly source: string
  /** Absent: a signature of the bytes themselves. */
  readonly statement?: Statement
  readonly by: 'key' | 'certificate'
  readonly signer: Signer
  /** ISO 8601: proven. */
  readonly times: readonly string[]
}

/** Something that was attached, and does not count. */
export interface Refused {
  readonly origin: string
  readonly source: string
  readonly refusal: Refusal
  /** Who signed it, where that is genuine. */
  readonly signer?: Signer
  /** How far it got: the one that got furthest is the one that was meant. */
  readonly rank: number
  /** Somebody whom only newer trust material may know. */
  readonly unknownAuthority?: boolean
}

/** How a subject came out. */
export interface Assessment {
  readonly accepted: readonly Genuine[]
  readonly refused: readonly Refused[]
  /** Why it is not verified; absent when it is. */
  readonly failure?: Failure
}

/** The one reason why a subject is not verified. */
export interface Failure extends Refusal {
  readonly kind: 'unsigned' | 'refused' | 'missing'
  /** Where the nearest thing to a signature was found. */
  readonly origin?: string
  /** Who signed that, where it is genuine. */
  readonly signer?: Signer
  readonly unknownAuthority?: boolean
}

/** Ranks of checks that come behind those of a bundle itself. */
const RANK = { signer: 100, age: 200, content: 300 } as const

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Judges everything that was attached to one subject. Pure: a stranger can attach anything, so that what is refused
 * never takes away from what is accepted.
 *
 * @param refused what is not genuine, or about something else
 */
export function assessSubject(
  genuine: readonly Genuine[],
  refused: readonly Refused[],
  demands: SubjectDemands
): Assessment {
  const judged = genuine.map((one) => ({ one, refusal: refusalOf(one, demands) }))
  const accepted = judged.flatMap(({ one, refusal }) => (refusal === undefined ? one : []))
  const all = [
    ...refused,
    ...judged.flatMap(({ one, refusal }): readonly Refused[] => {
      const { origin, source, signer } = one
      return refusal === undefined ? [] : [{ origin, source, signer, ...refusal }]
    })
  ]
  const failure = failureOf(accepted, all, demands)
  return { accepted, refused: all, ...(failure && { failure }) }
}

function refusalOf(
  genuine: Genuine,
  demands: SubjectDemands
): Pick<Refused, 'refusal' | 'rank'> | undefined {
  // Who nobody was named is accepted is for the caller to refuse: here it shows who there is.
  const isNamed = missingDemands(demands.signers).length === 0
  const signer = isNamed ? signerRefusal(demands.signers, genuine) : undefined
  if (signer) {
    const { passed, ...refusal } = signer
    return { refusal, rank: RANK.signer + passed }
  }
  const old = ageRefusal(genuine, demands)
  if (old) return { refusal: old, rank: RANK.age }
  const content = genuine.statement && contentRefusal(genuine.statement, genuine)
  return content && { refusal: content, rank: RANK.content }
}

function ageRefusal(
  { times }: Genuine,
  { maxAgeDays, now }: Pick<SubjectDemands, 'maxAgeDays' | 'now'>
): Refusal | undefined {
  if (maxAgeDays === 0) return undefined
  const newest = times.toSorted().at(-1)
  const isNew = newest !== undefined && now.getTime() - Date.parse(newest) <= maxAgeDays * DAY_MS
  if (isNew) return undefined
  return {
    check: 'age',
    expected: `signed at most ${maxAgeDays} ${maxAgeDays === 1 ? 'day' : 'days'} before ${now.toISOString().slice(0, 19)}Z`,
    found: newest === undefined ? 'no proven time' : `signed at ${newest}`
  }
}

function failureOf(
  accepted: readonly Genuine[],
  refused: readonly Refused[],
  demands: SubjectDemands
): Failure | undefined {
  const { types, least } = demands
  if (accepted.length === 0) return noneAccepted(refused)
  const missing = types.find((type) => !accepted.some((one) => isStated(one, type)))
  if (missing !== undefined) return missingType(missing, accepted, refused)
  const counted = accepted.filter((one) =>
    types.length === 0
      ? isSignature(one)
      : types.some((type) => isStated(one, type)) || isSignature(one)
  )
  if (counted.length === 0) {
    return {
      kind: 'missing',
      check: 'signature',
      expected: 'a signature or provenance',
      found: `only ${typesOf(accepted)}, which says nothing of that kind`
    }
  }
  const signers = new Set(
    counted.map(({ by, signer }) => JSON.stringify([by, signer.identity, signer.issuer]))
  )
  if (signers.size >= least) return undefined
  return {
    kind: 'missing',
    check: 'number of signers',
    expected: `${least} different ones`,
    found: `${signers.size}: ${[...new Set(counted.map(({ signer }) => signer.identity))].join(', ')}`
  }
}

function noneAccepted(refused: readonly Refused[]): Failure {
  const [nearest] = refused.toSorted((a, b) => b.rank - a.rank)
  if (nearest === undefined) {
    return { kind: 'unsigned', check: 'signature', expected: 'one at least', found: 'none' }
  }
  const { refusal, origin, signer, unknownAuthority } = nearest
  return {
    kind: 'refused',
    ...refusal,
    origin,
    ...(signer && { signer }),
    ...(unknownAuthority === true && { unknownAuthority })
  }
}

/** What was meant to be it may be there, and refused. */
function missingType(
  type: string,
  accepted: readonly Genuine[],
  refused: readonly Refused[]
): Failure {
  const [nearest] = refused
    .filter(({ rank }) => rank >= RANK.signer)
    .toSorted((a, b) => b.rank - a.rank)
  const besides =
    nearest === undefined
      ? ''
      : `; refused: ${nearest.origin}, ${nearest.refusal.check}: expected ${nearest.refusal.expected}, found ${nearest.refusal.found}`
  return {
    kind: 'missing',
    check: 'predicate type',
    expected: `a statement of type "${type}"`,
    found: `${typesOf(accepted)}${besides}`
  }
}

function isStated({ statement }: Genuine, type: string): boolean {
  return statement !== undefined && isOfType(statement.predicateType, type)
}

function isSignature({ statement }: Genuine): boolean {
  return statement === undefined || isVouching(statement.predicateType)
}

function typesOf(accepted: readonly Genuine[]): string {
  const types = accepted.map(({ statement }) =>
    statement === undefined ? 'a signature' : `"${statement.predicateType}"`
  )
  return [...new Set(types)].join(', ')
}
