import { type Digest, digestFromHex } from '../model/digest.ts'
import { type JsonObject, jsonObjectOf } from './json.ts'

/** Payload type of a DSSE envelope that holds a statement. */
export const IN_TOTO_PAYLOAD = 'application/vnd.in-toto+json'

/** What somebody says about files. */
export interface Statement {
  readonly subjects: readonly StatementSubject[]
  readonly predicateType: string
  readonly predicate: JsonObject
}

export interface StatementSubject {
  readonly name: string
  readonly digests: readonly Digest[]
}

const STATEMENT_TYPES = ['https://in-toto.io/Statement/v0.1', 'https://in-toto.io/Statement/v1']

/** Most subjects that are read: GitHub's own limit. */
const MAX_SUBJECTS = 1024

/**
 * Reads an in-toto statement.
 *
 * @returns what is wrong with it, as text, when it is none
 * @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
 */
export function statementIn(payload: Uint8Array): Statement | string {
  const value = jsonObjectOf(parsed(payload))
  if (value === undefined) return 'the payload is no JSON object'
  const { _type: type, subject, predicateType, predicate } = value
  if (typeof type !== 'string' || !STATEMENT_TYPES.includes(type)) {
    return `the payload is of type ${shown(type)}, expected an in-toto statement`
  }
  if (typeof predicateType !== 'string') return 'the statement has no predicate type'
  // PyPI's publish attestation has none.
  const body = jsonObjectOf(predicate ?? {})
  if (body === undefined) return 'the predicate is no JSON object'
  if (!Array.isArray(subject) || subject.length > MAX_SUBJECTS) {
    return 'the statement has no list of subjects'
  }
  return { subjects: subject.map(subjectIn), predicateType, predicate: body }
}

function subjectIn(value: unknown): StatementSubject {
  const { name, digest } = jsonObjectOf(value) ?? {}
  const digests = Object.entries(jsonObjectOf(digest) ?? {}).flatMap(([algorithm, hex]) =>
    typeof hex === 'string' ? (digestFromHex(algorithm, hex) ?? []) : []
  )
  return { name: typeof name === 'string' ? name : '', digests }
}

function parsed(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) as unknown
  } catch {
    return undefined
  }
}

/** A value of somebody else's in a message, short. */
function shown(value: unknown): string {
  return typeof value === 'string' ? `"${value.slice(0, 100)}"` : 'unknown'
}

/**
 * Holds a statement to one file.
 *
 * @returns what differs, as text; nothing when the statement is about this file and no other
 */
export function subjectMismatch(
  { subjects }: Statement,
  {
    isName,
    name,
    digest
  }: {
    /** Whether a subject's name means the file. */
    isName(name: string): boolean
    /** For the message. */
    readonly name: string
    readonly digest: Digest
  }
): string | undefined {
  const [subject, ...more] = subjects
  if (subject === undefined || more.length > 0) {
    return `it is about ${subjects.length} subjects, expected one`
  }
  if (!isName(subject.name)) return `it is about ${shown(subject.name)}, expected "${name}"`
  const same = subject.digests.filter(({ algorithm }) => algorithm === digest.algorithm)
  const [only] = same
  if (only === undefined) return `it states no ${digest.algorithm.toUpperCase()} of its subject`
  if (only.hex === digest.hex) return undefined
  return `it is about the bytes ${digest.algorithm}:${only.hex}, expected ${digest.algorithm}:${digest.hex}`
}
