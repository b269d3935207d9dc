import { createPublicKey, X509Certificate } from 'node:crypto'
import { certificateExtensions, SCT_OID, subjectNameOf } from '../../formats/certificate.ts'
import { type CertificateExtension, fulcioIdentity } from '../../formats/fulcio-identity.ts'
import { jsonInUtf8, type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import { InputError } from '../../model/errors.ts'
import type { SigningIdentity, SigningKey } from '../bundle-signer.ts'
import type { SigningContext } from './context.ts'
import type { Credential } from './credential.ts'
import { ask, type Fault, nonsense } from './request.ts'
import { claimsIn, type TokenClaims } from './token-claims.ts'

/** For whom Fulcio takes tokens. */
const AUDIENCE = 'sigstore'

const WHAT = 'get a signing certificate'
const MAX_BYTES = 256 * 1024

/** Longest time for one attempt, in milliseconds: it waits for a certificate log. */
const TOTAL_MS = 60_000

/** How far this machine's clock may be off before it is in the way, in milliseconds. */
const MAX_SKEW_MS = 300_000

/** Most certificates of a chain. */
const MAX_CHAIN = 8

/** What is asked for a certificate with. */
export interface CertificateRequest {
  readonly fulcioUrl: string
  readonly key: SigningKey
  readonly trustedRoot: unknown
}

/**
 * Asks for a certificate for a key, with a new token of this job, and looks at it before it is used.
 *
 * @throws InputError `PERMISSION_MISSING` when the job may not ask for a token
 * @throws ServiceError when runner or authority cannot be asked, refuse, or answer with what is not for us
 * @see https://github.com/sigstore/fulcio/blob/main/fulcio.proto
 */
export async function fetchCertificate(
  context: SigningContext,
  { fulcioUrl, key, trustedRoot }: CertificateRequest
): Promise<Credential> {
  const { host } = context
  if (!host.idTokens) throw permissionMissing()
  const token = await host.idTokens.token(AUDIENCE)
  const claims = claimsIn(token)
  const subject = claims.subject ?? ''
  const proof = await key.sign([Buffer.from(subject)])
  const url = `${fulcioUrl}/api/v2/signingCert`
  const answer = await ask(context, {
    what: WHAT,
    url,
    type: 'application/json',
    maxBytes: MAX_BYTES,
    totalMs: TOTAL_MS,
    remedyOf: (status) => (status === 404 ? undefined : tokenRemedy(claims, host.now())),
    body: JSON.stringify({
      credentials: { oidcIdentityToken: token },
      publicKeyRequest: {
        publicKey: { algorithm: 'ECDSA', content: key.publicKey },
        proofOfPossession: Buffer.from(proof).toString('base64')
      }
    })
  })
  const credential = credentialIn(jsonObjectOf(jsonInUtf8(answer.body)), {
    key,
    trustedRoot,
    claims,
    now: host.now()
  })
  if ('why' in credential) throw nonsense(WHAT, url, credential)
  return credential
}

/** A job that may not ask for a token. */
export function permissionMissing(): InputError {
  return new InputError({
    code: 'PERMISSION_MISSING',
    message: 'Cannot sign without a key: this job may not ask for a token that says who it is',
    remedy:
      'Add to the job: `permissions:` with the lines `contents: read` and `id-token: write`; elsewhere than in a workflow sign with `signing-key`'
  })
}

/** Why an authority refuses a token. It says little itself, and the token tells. */
function tokenRemedy({ issuer, expiresAt, issuedAt }: TokenClaims, now: Date): string {
  const time = now.getTime()
  const expired = expiresAt !== undefined && expiresAt < time
  const early = issuedAt !== undefined && issuedAt > time + MAX_SKEW_MS
  if (expired || early) {
    return `Set the clock of this machine, which says ${now.toISOString()}: the token is ${expired ? 'no longer' : 'not yet'} valid then`
  }
  return `Let the authority accept tokens of "${issuer ?? 'this runner'}" for the audience "${AUDIENCE}", or name another in the signing configuration`
}

interface Expected {
  readonly key: SigningKey
  readonly trustedRoot: unknown
  readonly claims: TokenClaims
  readonly now: Date
}

/** Reads the answer. */
function credentialIn(answer: JsonObject | undefined, expected: Expected): Credential | Fault {
  const embedded = jsonObjectOf(answer?.['signedCertificateEmbeddedSct'])
  const detached = jsonObjectOf(answer?.['signedCertificateDetachedSct'])
  const list = jsonObjectOf((embedded ?? detached)?.['chain'])?.['certificates']
  if (!Array.isArray(list) || list.length > MAX_CHAIN) {
    return { why: 'found no chain of certificates' }
  }
  const chain = list.map(certificateOf)
  const [leaf, ...above] = chain.filter((certificate) => certificate !== undefined)
  if (leaf === undefined || above.length + 1 < list.length) {
    return { why: 'found a certificate that is none' }
  }
  const fault = faultOf(leaf, expected)
  if (fault !== undefined) return fault
  const extensions = certificateExtensions(leaf.raw) ?? []
  const scts = extensions.some(({ oid }) => oid === SCT_OID)
  if (!scts && logsIn(expected.trustedRoot) > 0) {
    return { why: 'the certificate has no timestamp of a certificate log' }
  }
  const identity = identityIn(extensions, expected.claims)
  if ('why' in identity) return identity
  return {
    identity,
    material: { certificate: { rawBytes: leaf.raw.toString('base64') } },
    chain: above.map(({ raw }) => raw.toString('base64')),
    pem: leaf.toString(),
    der: leaf.raw,
    validity: { from: leaf.validFromDate.getTime(), until: leaf.validToDate.getTime() }
  }
}

/** For whom the certificate is, which has to be whom the token is for. */
function identityIn(
  extensions: readonly CertificateExtension[],
  claims: TokenClaims
): SigningIdentity | Fault {
  const identity = subjectNameOf(extensions)
  const { issuer } = fulcioIdentity('', extensions)
  if (identity === undefined || issuer === undefined) {
    return { why: 'the certificate names nobody' }
  }
  if (issuer !== claims.issuer) {
    const why = `the certificate names the issuer "${issuer}", and the token is of "${claims.issuer ?? ''}"`
    return { why }
  }
  if (claims.workflow !== undefined && !identity.endsWith(`/${claims.workflow}`)) {
    return {
      why: `the certificate is for "${identity}", and the token for "${claims.workflow}"`
    }
  }
  return { kind: 'certificate', identity, issuer }
}

function certificateOf(pem: unknown): X509Certificate | undefined {
  try {
    return typeof pem === 'string' ? new X509Certificate(pem) : undefined
  } catch {
    return undefined
  }
}

function faultOf(leaf: X509Certificate, { key, trustedRoot, now }: Expected): Fault | undefined {
  if (!leaf.publicKey.equals(createPublicKey(key.publicKey))) {
    return { why: 'the certificate is for another key' }
  }
  const time = now.getTime()
  const [from, until] = [leaf.validFromDate, leaf.validToDate]
  if (time < from.getTime() - MAX_SKEW_MS || time > until.getTime()) {
    const window = `${from.toISOString()} to ${until.toISOString()}`
    return {
      why: `the certificate holds from ${window}, and the clock of this machine says ${now.toISOString()}`,
      remedy: 'Set the clock of this machine, or that of the certificate authority'
    }
  }
  const known = authoritiesIn(trustedRoot).some(
    (authority) => leaf.checkIssued(authority) && leaf.verify(authority.publicKey)
  )
  if (known) return undefined
  return {
    why: 'the certificate is of an authority that the trusted root has not',
    remedy: 'Make trusted root and signing configuration of the same deployment'
  }
}

function logsIn(trustedRoot: unknown): number {
  const logs = jsonObjectOf(trustedRoot)?.['ctlogs']
  return Array.isArray(logs) ? logs.length : 0
}

/** The certificate of each authority that issues. */
function authoritiesIn(trustedRoot: unknown): readonly X509Certificate[] {
  const list: unknown = jsonObjectOf(trustedRoot)?.['certificateAuthorities']
  if (!Array.isArray(list)) return []
  return list.map(issuingCertificate).filter((certificate) => certificate !== undefined)
}

function issuingCertificate(authority: unknown): X509Certificate | undefined {
  const chain = jsonObjectOf(jsonObjectOf(authority)?.['certChain'])?.['certificates']
  const first = Array.isArray(chain) ? jsonObjectOf(chain[0])?.['rawBytes'] : undefined
  if (typeof first !== 'string') return undefined
  try {
    return new X509Certificate(Buffer.from(first, 'base64'))
  } catch {
    return undefined
  }
}
