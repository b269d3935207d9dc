import { type Digest, digestFromHex } from '../model/digest.ts'
import type { Subject } from '../model/subject.ts'
import { jsonInUtf8, type JsonObject, jsonObjectOf } from './json.ts'

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

const STATEMENT_V1 = 'https://in-toto.io/Statement/v1'

/** Pieces are gathered up to this many UTF-16 units before they become bytes. */
const BATCH_UNITS = 256 * 1024

const STATEMENT_TYPES = ['https://in-toto.io/Statement/v0.1', STATEMENT_V1]

/** Most subjects of one statement: GitHub's own limit. */
export const MAX_SUBJECTS = 1024

/**
 * Reads an in-toto statement.
 *
 * @returns what is wrong with it, as text, when it is none
 * @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
 */
export function statementIn(payload: Uint8Array): Statement | string {
  const value = jsonObjectOf(jsonInUtf8(payload))
  if (value === undefined) return 'the payload is no JSON object'
  const { _type: type, subject, predicateType, predicate } = value
  if (typeof type !== 'string' || !STATEMENT_TYPES.includes(type)) {
    return `the payload is of type ${shown(type)}, expected an in-toto statement`
  }
  if (typeof predicateType !== 'string') return 'the statement has no predicate type'
  // PyPI's publish attestation has none.
  const body = jsonObjectOf(predicate ?? {})
  if (body === undefined) return 'the predicate is no JSON object'
  if (!Array.isArray(subject)) return 'the statement has no list of subjects'
  if (subject.length > MAX_SUBJECTS) {
    return `the statement has ${subject.length} subjects, expected at most ${MAX_SUBJECTS}`
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

/**
 * Predicate types of SBOMs, without a version of their formats: cosign's verifiers accept only these.
 *
 * @see https://github.com/in-toto/attestation/blob/main/spec/predicates/spdx.md
 * @see https://github.com/in-toto/attestation/blob/main/spec/predicates/cyclonedx.md
 */
export const SBOM_PREDICATES = {
  spdx: 'https://spdx.dev/Document',
  cyclonedx: 'https://cyclonedx.org/bom'
} as const

/** Predicate type of an image's signature, as cosign 3 writes it. */
export const COSIGN_SIGN = 'https://sigstore.dev/cosign/sign/v1'

/**
 * Writes an in-toto statement as it is signed. Its length is what the caller holds against the limits of places that
 * it is brought to.
 *
 * @param subjects at least one, at most {@link MAX_SUBJECTS}
 * @param predicate JSON text of an object, in pieces; it is not parsed
 * @returns JSON, UTF-8
 * @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
 */
export function renderStatement(
  subjects: readonly Subject[],
  predicateType: string,
  predicate: Iterable<string>
): Uint8Array {
  if (subjects.length === 0 || subjects.length > MAX_SUBJECTS) {
    throw new Error(`A statement about ${subjects.length} subjects`)
  }
  const subject = subjects.map(({ name, digest }) => ({ name, digest: digestSetOf(digest) }))
  return rendered({ subject, predicateType }, predicate)
}

/**
 * Writes the statement that is the signature of an image: as cosign 3 writes it, its subject has no name.
 *
 * @returns JSON, UTF-8
 * @see https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md
 */
export function renderImageSignature(image: Digest): Uint8Array {
  const subject = [{ digest: digestSetOf(image) }]
  return rendered({ subject, predicateType: COSIGN_SIGN }, ['{}'])
}

function rendered(head: object, predicate: Iterable<string>): Uint8Array {
  const start = JSON.stringify({ _type: STATEMENT_V1, ...head }).slice(0, -1)
  const parts: Buffer[] = []
  let text = `${start},"predicate":`
  for (const chunk of predicate) {
    text += chunk
    if (text.length < BATCH_UNITS) continue
    // The two halves of a character must not be encoded apart.
    const end = /[\ud800-\udbff]$/.test(text) ? text.length - 1 : text.length
    parts.push(Buffer.from(text.slice(0, end)))
    text = text.slice(end)
  }
  parts.push(Buffer.from(`${text}}`))
  return Buffer.concat(parts)
}

/** @see https://github.com/in-toto/attestation/blob/main/spec/v1/digest_set.md */
function digestSetOf({ algorithm, hex }: Digest): Readonly<Record<string, string>> {
  return { [algorithm]: hex }
}
