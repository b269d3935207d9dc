import type { Digest } from '../model/digest.ts'

/** Predicate type of a verification summary. @see https://slsa.dev/spec/v1.2/verification_summary */
export const VSA = 'https://slsa.dev/verification_summary/v1'

/** Something that a summary refers to. */
export interface SummarySource {
  readonly uri?: string
  readonly digest?: Digest
}

/** What a verification summary says. */
export interface Summary {
  /** Address of who verified: the workflow that signs it. Consumers accept pairs of signer and verifier. */
  readonly verifier: string
  /** Version of Assay. */
  readonly version: string
  readonly verifiedAt: Date
  /** Where whoever wants the subject is expected to get it: `pkg:oci/…`, `pkg:generic/…`. */
  readonly resource: string
  readonly policy: SummarySource & {
    readonly uri: string
    /** How severe a finding has to be to fail: the run may say so instead of the file. */
    readonly failOn: string
  }
  readonly conclusion: 'pass' | 'fail'
  /** All attestations that the verdict rests on, or none: some of them would be a lie. */
  readonly attestations: readonly (SummarySource & { readonly digest: Digest })[]
}

/**
 * The verdict as SLSA knows it. It says that the policy of the checkout was met, and claims no level: what Assay
 * judges is what went into the build, and a level is for verifiers of the provenance to conclude. Levels of
 * dependencies are left out for the same reason, which means that nothing is claimed about them.
 *
 * @see https://slsa.dev/spec/v1.2/verification_summary#fields
 */
export function verificationSummary(summary: Summary): object {
  const { verifier, version, verifiedAt, resource, policy, conclusion, attestations } = summary
  const passed = conclusion === 'pass'
  return {
    verifier: { id: verifier, version: { assay: version } },
    timeVerified: `${verifiedAt.toISOString().slice(0, 19)}Z`,
    resourceUri: resource,
    policy: { ...sourceOf(policy), annotations: { failOn: policy.failOn } },
    ...(attestations.length > 0 && { inputAttestations: attestations.map(sourceOf) }),
    verificationResult: passed ? 'PASSED' : 'FAILED',
    verifiedLevels: [passed ? 'SLSA_BUILD_LEVEL_UNEVALUATED' : 'FAILED'],
    slsaVersion: '1.2'
  }
}

/** @see https://github.com/in-toto/attestation/blob/main/spec/v1/resource_descriptor.md */
function sourceOf({ uri, digest }: SummarySource): object {
  return {
    ...(uri !== undefined && { uri }),
    ...(digest && { digest: { [digest.algorithm]: digest.hex } })
  }
}
