import { VSA, verificationSummary } from '../../formats/vsa.ts'
import type { Checkout } from '../../model/checkout.ts'
import { digestFromHex } from '../../model/digest.ts'
import type { Policy } from '../../model/policy.ts'
import type { Predicate } from '../../model/predicate.ts'
import { purlOf } from '../../model/purl.ts'
import type { Verdict } from '../../model/report.ts'
import type { SigningIdentity } from '../../services/bundle-signer.ts'
import type { RunContext } from '../stage.ts'

/** What a verdict is stated with. */
export interface Judged {
  readonly conclusion: Verdict['conclusion']
  readonly policy: Policy
  readonly checkout: Checkout
  /** Who states it. */
  readonly identity: SigningIdentity
}

/**
 * The verdict as a statement. The resource that it is about is the repository, the same for all that is shipped from
 * it, so that a consumer knows what to expect; which image or file is meant, the statement's subject says.
 */
export function verdictPredicate(
  { host, version }: RunContext,
  { conclusion, policy, checkout, identity }: Judged
): Predicate {
  const repository = repositoryUri(checkout)
  const predicate = verificationSummary({
    verifier: verifierOf(identity),
    version,
    verifiedAt: host.now(),
    resource: repository,
    policy: { ...policySource(policy, { checkout, repository, version }), failOn: policy.failOn },
    conclusion,
    attestations: []
  })
  const text = JSON.stringify(predicate)
  return { kind: 'verdict', predicateType: VSA, chunks: () => [text] }
}

/** A key has no address: it is named by its hash. @see https://www.rfc-editor.org/rfc/rfc6920#section-3 */
function verifierOf(identity: SigningIdentity): string {
  if (identity.kind === 'certificate') return identity.identity
  return `ni:///sha-256;${Buffer.from(identity.hint, 'base64').toString('base64url')}`
}

/** A checkout that nobody knows the repository of has only its name. */
function repositoryUri({ repository, name }: Checkout): string {
  if (repository === undefined || !URL.canParse(repository)) return purlOf('generic', name, '')
  const url = new URL(repository)
  return `git+${url.origin === 'null' ? url.href : `${url.origin}${url.pathname}`}`.replace(
    /\.git$/,
    ''
  )
}

/** @see https://slsa.dev/spec/v1.2/verification_summary#policy */
function policySource(
  { source }: Policy,
  {
    checkout,
    repository,
    version
  }: { readonly checkout: Checkout; readonly repository: string; readonly version: string }
): { readonly uri: string; readonly digest?: NonNullable<ReturnType<typeof digestFromHex>> } {
  if (source === undefined) return { uri: `${purlOf('generic', 'assay', version)}#default-policy` }
  const digest = digestFromHex('sha256', source.sha256)
  const commit = source.commit ?? checkout.commit
  const at = commit === undefined ? '' : `@${commit}`
  const path = source.path.split('/').map(encodeURIComponent).join('/')
  return { uri: `${repository}${at}#${path}`, ...(digest && { digest }) }
}
