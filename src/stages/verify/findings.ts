import { COSIGN_SIGN } from '../../formats/in-toto.ts'
import { renderDigest } from '../../model/digest.ts'
import type { Host } from '../../host/host.ts'
import type { Evidence } from '../../model/evidence.ts'
import { type Finding, findingOf, type Rule } from '../../model/finding.ts'
import { plainText } from '../../model/plain-text.ts'
import type { Failure, Genuine, Refused } from '../../policy/subject-policy.ts'
import { ruleOf } from './remedies.ts'
import { failedPart, type PartResult, type SubjectResult } from './result.ts'
import * as rules from './rules.ts'

/** What was observed of a subject: each signature that counts; of a part that fails, that it does. */
export function evidenceOf(result: SubjectResult, now: Date): readonly Evidence[] {
  const observedAt = `${now.toISOString().slice(0, 19)}Z`
  const ofParts = result.parts.flatMap((part) => {
    const { accepted, failure } = part.assessment
    const failed = failure && {
      subject: part.target.name,
      kind: 'signature' as const,
      outcome: outcomeOf(part, failure),
      source: '',
      observedAt,
      detail: failureText(part, failure)
    }
    return [
      ...(failed ? [failed] : []),
      ...accepted.map((one) => ({ ...acceptedEvidence(part, one), observedAt }))
    ]
  })
  const { trouble, given } = result
  const whole =
    trouble === undefined
      ? []
      : [
          {
            subject: given,
            kind: 'signature' as const,
            outcome:
              trouble.kind === 'contradicted'
                ? ('contradicted' as const)
                : ('unavailable' as const),
            source: '',
            observedAt,
            detail: trouble.reason
          }
        ]
  return [...whole, ...ofParts, ...result.evidence]
}

function acceptedEvidence({ target }: PartResult, one: Genuine): Omit<Evidence, 'observedAt'> {
  const { statement, signer, source, times } = one
  const [digest] = target.digests
  const isSignature = statement === undefined || statement.predicateType === COSIGN_SIGN
  const said = isSignature ? 'signed' : `stated ${statement.predicateType}`
  const at = times.length === 0 ? 'at no proven time' : `at ${times.join(' and ')}`
  return {
    subject: target.name,
    kind: isSignature ? 'signature' : 'attestation',
    outcome: 'verified',
    source,
    ...(digest && { observed: digest }),
    signer,
    detail: `${said} by ${plainText(signer.identity)} ${at}`
  }
}

function outcomeOf(
  { blind }: PartResult,
  { kind, unknownAuthority }: Failure
): Evidence['outcome'] {
  // What is missing may be where nobody could look, or be signed by somebody who is newer than the trust material.
  if (blind.length > 0 || unknownAuthority === true) return 'unavailable'
  return kind === 'refused' ? 'contradicted' : 'absent'
}

/** What it means: one finding for a subject that is not verified, and what a person may want to know besides. */
export function findingsOf(
  host: Pick<Host, 'env'>,
  result: SubjectResult,
  evidence: readonly Evidence[]
): readonly Finding[] {
  const subject = result.given
  const failing = evidence.filter(({ outcome }) => outcome !== 'verified')
  const { trouble } = result
  if (trouble) {
    const rule = TROUBLE[trouble.kind]
    const told = trouble.remedy === undefined ? rule : { ...rule, remedy: trouble.remedy }
    return [
      findingOf(told, {
        subject,
        message: `${subject} is not verified: ${trouble.reason}`,
        evidence: failing
      })
    ]
  }
  const part = failedPart(result)
  const failure = part?.assessment.failure
  if (part && failure) {
    const message = `${subject} is not verified: ${failureText(part, failure)}`
    const rule = ruleOf(host, result, part)
    return [findingOf(rule, { subject, message, evidence: failing })]
  }
  const others = result.parts.flatMap(({ assessment }) => assessment.refused)
  if (others.length === 0) return []
  const message = `${others.length} more beside ${subject} ${others.length === 1 ? 'is' : 'are'} not accepted: ${refusedText(others[0])}`
  return [findingOf(rules.OTHERS_REFUSED, { subject, message })]
}

const TROUBLE: Readonly<Record<'contradicted' | 'not-found' | 'unavailable', Rule>> = {
  contradicted: rules.CONTRADICTED,
  'not-found': rules.NOT_FOUND,
  unavailable: rules.UNAVAILABLE
}

/** Check, expected, found. */
export function failureText({ target, blind }: PartResult, failure: Failure): string {
  const { check, expected, found, origin } = failure
  const where = target.what === 'file' || target.what === 'bundle' ? '' : `${target.what}: `
  const from = origin === undefined ? '' : ` (${origin})`
  const unseen = blind.map(({ place, reason }) => `; ${place} could not be looked at: ${reason}`)
  return `${where}${check}: expected ${expected}, found ${found}${from}${unseen.join('')}`
}

/** One refused thing, in a line. */
export function refusedText(refused: Refused | undefined): string {
  if (refused === undefined) return ''
  const { origin, refusal } = refused
  return `${origin}: ${refusal.check}: expected ${refusal.expected}, found ${refusal.found}`
}

/** `sha256:…` of a part. */
export function digestText({ target }: PartResult): string {
  const [digest] = target.digests
  return digest === undefined ? '' : renderDigest(digest)
}
