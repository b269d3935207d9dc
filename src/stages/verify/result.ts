import type { Evidence } from '../../model/evidence.ts'
import type { Image } from '../../model/image.ts'
import type { Assessment, Genuine } from '../../policy/subject-policy.ts'
import type { Obstacle } from '../images/looked.ts'
import type { BlindSpot, Target } from './candidates.ts'

/** What came of one manifest or file. */
export interface PartResult {
  readonly target: Target
  /** Genuine, and about the target: whoever signed it. */
  readonly genuine: readonly Genuine[]
  readonly assessment: Assessment
  readonly blind: readonly BlindSpot[]
  readonly notes: readonly string[]
}

/** What came of one subject. */
export interface SubjectResult {
  readonly given: string
  readonly image?: Image
  /** The subject itself first. Empty when it could not be looked at. */
  readonly parts: readonly PartResult[]
  /** Why it could not be looked at as a whole. */
  readonly trouble?: Trouble
  /** Of what was read to find the parts. */
  readonly evidence: readonly Evidence[]
}

/** What is wrong before any signature was looked at. */
export interface Trouble extends Obstacle {
  readonly kind: 'contradicted' | 'not-found' | 'unavailable'
}

/** Whether all of it is verified. */
export function isVerified({ trouble, parts }: SubjectResult): boolean {
  return (
    trouble === undefined &&
    parts.length > 0 &&
    parts.every(({ assessment }) => assessment.failure === undefined)
  )
}

/** The first part that is not verified. */
export function failedPart({ parts }: SubjectResult): PartResult | undefined {
  return parts.find(({ assessment }) => assessment.failure !== undefined)
}
