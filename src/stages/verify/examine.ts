import { digestInSimpleSigning } from '../../formats/cosign-legacy.ts'
import type { Statement } from '../../formats/in-toto.ts'
import { type Digest, isCollidable, renderDigest } from '../../model/digest.ts'
import type { Refusal } from '../../policy/signer-policy.ts'
import type { Genuine, Refused } from '../../policy/subject-policy.ts'
import type {
  BundleCheck,
  RefusedBundle,
  SigstoreVerifier,
  VerifiedSigner
} from '../../services/sigstore-verify.ts'
import type { Candidate, Target } from './candidates.ts'

/** What each check of a bundle wants. */
const EXPECTED: Readonly<Record<BundleCheck, string>> = {
  form: 'a Sigstore bundle',
  signature: 'a signature by the key or certificate that it names',
  certificate: 'a certificate that an authority of the trusted root issued, valid when it signed',
  'public key': 'a public key that was given',
  'log entry': 'an entry of this very signature that a log of the trusted root proves',
  time: 'a time that a log or a timestamp authority of the trusted root proves',
  statement: 'an in-toto statement'
}

/** How far a candidate got: in the order of the checks. */
const RANKS: Readonly<Record<BundleCheck, number>> = {
  form: 0,
  'public key': 1,
  certificate: 2,
  time: 3,
  'log entry': 4,
  signature: 5,
  statement: 6
}

const SUBJECT_RANK = 10

/** Verifies one candidate with cryptography, and holds it to the target. Whom it is from is judged elsewhere. */
export async function examine(
  { verifyStatement, verifyMessage }: SigstoreVerifier,
  candidate: Candidate,
  target: Target
): Promise<Genuine | Refused> {
  const { bundle, origin, source, payload, stamped } = candidate
  const about = { origin, source }
  if (typeof bundle === 'string') {
    return { ...about, refusal: { check: 'form', expected: EXPECTED.form, found: bundle }, rank: 0 }
  }
  if (bundle['messageSignature'] === undefined) {
    const result = verifyStatement(bundle, stamped)
    if ('refused' in result) return { ...about, ...refusedAs(result) }
    const { statement } = result
    const other = subjectRefusal(statement, target.digests)
    return other ? misplaced(about, other, result) : { ...about, ...signedBy(result), statement }
  }
  const chunks = payload === undefined ? target.chunks?.() : [payload]
  if (chunks === undefined) {
    const found = 'a signature of bytes that are not here: only their digest is known'
    const refusal = { check: 'subject', expected: 'a statement about the digest', found }
    return { ...about, refusal, rank: 0 }
  }
  const result = await verifyMessage(bundle, chunks)
  if ('refused' in result) return { ...about, ...refusedAs(result) }
  const other = payload && payloadRefusal(payload, target.digests)
  return other ? misplaced(about, other, result) : { ...about, ...signedBy(result) }
}

type About = Pick<Candidate, 'origin' | 'source'>

function signedBy({ by, signer, times }: VerifiedSigner): VerifiedSigner {
  return { by, signer, times }
}

function misplaced(about: About, refusal: Refusal, { signer }: VerifiedSigner): Refused {
  return { ...about, refusal, signer, rank: SUBJECT_RANK }
}

function refusedAs({
  check,
  refused,
  unknownAuthority
}: RefusedBundle): Pick<Refused, 'refusal' | 'rank' | 'unknownAuthority'> {
  return {
    refusal: { check, expected: EXPECTED[check], found: refused },
    rank: RANKS[check],
    // Keys are given by whoever asks: no trust material brings more of them.
    ...(unknownAuthority && check !== 'public key' && { unknownAuthority })
  }
}

/** A statement may be about several; one of them has to be the target, in every digest that both know. */
function subjectRefusal({ subjects }: Statement, digests: readonly Digest[]): Refusal | undefined {
  if (digests.length === 0 || subjects.some((subject) => isAbout(subject.digests, digests))) {
    return undefined
  }
  const stated = subjects.flatMap((subject) => subject.digests).slice(0, 3)
  const more = subjects.length > 3 ? `, and more of ${subjects.length} subjects` : ''
  return {
    check: 'subject',
    expected: digests.slice(0, 1).map(renderDigest).join(),
    found: stated.length === 0 ? 'no digest' : `${stated.map(renderDigest).join(', ')}${more}`
  }
}

function isAbout(stated: readonly Digest[], digests: readonly Digest[]): boolean {
  const pairs = stated.flatMap((one) => {
    const same = digests.find(({ algorithm }) => algorithm === one.algorithm)
    return same === undefined ? [] : [{ one, same }]
  })
  const proves = pairs.some(({ one }) => !isCollidable(one))
  return proves && pairs.every(({ one, same }) => one.hex === same.hex)
}

/** @see https://github.com/containers/image/blob/main/docs/containers-signature.5.md */
function payloadRefusal(payload: Uint8Array, digests: readonly Digest[]): Refusal | undefined {
  const stated = digestInSimpleSigning(payload)
  const expected = digests.map(renderDigest)
  if (stated !== undefined && expected.includes(stated)) return undefined
  return {
    check: 'subject',
    expected: expected.join(' or '),
    found: stated === undefined ? 'a payload that is about no image' : stated.slice(0, 200)
  }
}
