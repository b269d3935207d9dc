import { ServiceError } from '../../model/errors.ts'
import type { WorkflowClaims } from '../../model/workflow-claims.ts'
import type { BundleSigner, SigningIdentity } from '../../services/bundle-signer.ts'
import { readEventVisibility } from '../../services/github.ts'
import { workflowClaims } from '../../services/github-oidc.ts'
import { signingKeyOf } from '../../services/signing-key.ts'
import type { SigstoreInstance } from '../../services/sigstore-instance.ts'
import type { SigningContext } from '../../services/sigstore-sign/context.ts'
import { keylessSigner, keySigner } from '../../services/sigstore-sign.ts'
import type { RunContext } from '../stage.ts'
import type { Way } from './way.ts'

/** Where the code host is when the runner does not say. */
const DEFAULT_SERVER = 'https://github.com'

/** Who this run is, as far as it is known before anything is signed. */
export interface Known {
  /** Of the token, verified; absent without one. */
  readonly claims?: WorkflowClaims
  /** `public`, `private`, `internal`; absent when nobody says. */
  readonly visibility?: string
}

/** Asks the runner who this is, where it says so; else the event tells who may see the repository. */
export async function knownOf(
  { host, settings, signal }: RunContext,
  way: Way,
  before: WorkflowClaims | undefined
): Promise<Known> {
  const { idTokens } = host
  const issuer = settings.sigstore.oidcIssuer
  let claims = before
  if (claims === undefined && way === 'keyless' && idTokens !== undefined) {
    try {
      claims = await workflowClaims({ host, idTokens, signal, issuer })
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      // The authority asks again, and says what is wrong.
      host.log.debug(error.message)
    }
  }
  const visibility = claims?.repositoryVisibility ?? readEventVisibility(host)
  return { ...(claims && { claims }), ...(visibility !== undefined && { visibility }) }
}

/** A signer, and the name that it will have signed by. */
export interface WhoSigns {
  readonly signer: BundleSigner
  /** Absent when nobody can tell before the certificate is there. */
  readonly foreseen?: SigningIdentity
}

/** What a signer may use, and how patient it is to be. */
export function signingContext({ host, signal, settings }: RunContext): SigningContext {
  const { patienceSeconds } = settings.sigstore
  return {
    host,
    signal,
    ...(patienceSeconds !== undefined && { patienceMs: patienceSeconds * 1000 })
  }
}

/**
 * Makes the signer of a run. Nothing is asked yet.
 *
 * @throws InputError when the key, or the instance, cannot be used
 */
export async function whoSigns(
  context: RunContext,
  { way, instance, claims }: Known & { readonly way: Way; readonly instance: SigstoreInstance }
): Promise<WhoSigns> {
  if (way === 'key') {
    const key = await signingKeyOf(context.settings.sign)
    if (key === undefined) throw new Error('There is no key to sign with')
    const signer = keySigner(signingContext(context), instance, key)
    return { signer, foreseen: await signer.identity() }
  }
  const signer = keylessSigner(signingContext(context), instance)
  if (claims === undefined) return { signer }
  const server = context.host.env['GITHUB_SERVER_URL'] ?? DEFAULT_SERVER
  const identity = `${server.replace(/\/$/, '')}/${claims.jobWorkflowRef}`
  return { signer, foreseen: { kind: 'certificate', identity, issuer: claims.issuer } }
}
