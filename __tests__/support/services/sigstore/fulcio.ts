import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import {
  certificateOf,
  type CertificateContent,
  type Name,
  newSerial,
  tbsOf
} from '../../signed/certificate.ts'
import { utf8 } from '../../signed/der.ts'
import { newPair, type Pair, pemOf } from '../../signed/sigstore.ts'
import { type CtLog, newCtLog } from './ct-log.ts'
import { type Claims, type Oidc, openToken } from './oidc.ts'
import {
  type ClockFault,
  type LoopbackService,
  NOT_FOUND,
  type OwnFault,
  type SeenServiceRequest,
  type ServiceAnswer,
  type ServiceRequest,
  startService
} from './service.ts'

/** What the certificate authority can do wrong. */
export type FulcioFault =
  | ClockFault
  /** Certificates begin and end that long from now: late ones, expired ones, short ones. */
  | (OwnFault & { readonly kind: 'validity'; readonly fromMs: number; readonly untilMs: number })
  /** The promise of the log of certificates is signed with another key. */
  | (OwnFault & { readonly kind: 'wrong-sct' })
  /** It is from a log that nobody knows. */
  | (OwnFault & { readonly kind: 'unknown-ct-log' })
  | (OwnFault & { readonly kind: 'no-sct' })
  /** Another authority of the same name signs. */
  | (OwnFault & { readonly kind: 'foreign-authority' })
  /** The certificate is for a key that nobody has. */
  | (OwnFault & { readonly kind: 'wrong-key' })
  /** The certificate is for somebody else. */
  | (OwnFault & { readonly kind: 'wrong-identity'; readonly identity: string })

/** The certificate authority. */
export interface Fulcio extends LoopbackService<FulcioFault> {
  /** Intermediate, root: DER. */
  readonly chain: readonly Buffer[]
  readonly ctLog: CtLog
}

/** Whose tokens it takes. */
type TokenIssuer = Pick<Oidc, 'issuer' | 'keys'>

const ORGANIZATION = 'sigstore.test'
const ROOT: Name = { organization: ORGANIZATION, commonName: 'sigstore' }
const INTERMEDIATE: Name = { organization: ORGANIZATION, commonName: 'sigstore-intermediate' }
const FROM = new Date('2021-01-01T00:00:00Z')
const UNTIL = new Date('2040-01-01T00:00:00Z')
const LIFETIME_MS = 10 * 60_000
const ARC = '1.3.6.1.4.1.57264.1.'
const SCT = '1.3.6.1.4.1.11129.2.4.2'
const SERVER = 'https://github.com'

interface Authority {
  readonly intermediate: Pair
  readonly foreign: Pair
  readonly chain: readonly Buffer[]
  readonly ctLog: CtLog
  readonly trusted: TokenIssuer
}

export async function startFulcio(
  seen: SeenServiceRequest[],
  trusted: TokenIssuer
): Promise<Fulcio> {
  const [root, intermediate] = [newPair(), newPair()]
  const ca = { isCa: true, issuer: ROOT, issuerKey: root.publicKey, from: FROM, until: UNTIL }
  const chain = [
    { ...ca, subject: INTERMEDIATE, key: intermediate.publicKey, serial: newSerial() },
    { ...ca, subject: ROOT, key: root.publicKey, serial: newSerial() }
  ].map((content) => certificateOf(tbsOf(content), root.privateKey))
  const ctLog = newCtLog()
  const authority = { intermediate, foreign: newPair(), chain, ctLog, trusted }
  const service = await startService<FulcioFault>({
    name: 'fulcio',
    seen,
    answer(request, fault) {
      const asked = `${request.method} ${request.path}`
      if (asked === 'POST /api/v2/signingCert') return signingCert(authority, request, fault)
      if (asked !== 'GET /api/v2/trustBundle') return NOT_FOUND
      return { status: 200, body: { chains: [{ certificates: chain.map(pemOf) }] } }
    }
  })
  return { ...service, chain, ctLog }
}

/** @see https://github.com/sigstore/fulcio/blob/main/fulcio.proto CreateSigningCertificateRequest */
interface SigningCertRequest {
  readonly credentials?: { readonly oidcIdentityToken?: string }
  readonly publicKeyRequest?: {
    readonly publicKey?: { readonly content?: string }
    readonly proofOfPossession?: string
  }
}

function signingCert(
  authority: Authority,
  request: ServiceRequest,
  fault: FulcioFault | undefined
): ServiceAnswer {
  const { credentials, publicKeyRequest } = JSON.parse(
    request.body.toString()
  ) as SigningCertRequest
  // Some clients put the token into the body, some into the header.
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  const token = credentials?.oidcIdentityToken ?? bearer
  if (token === undefined) return refused(401, 16, 'no identity token')
  const now = new Date(Date.now() + (fault?.kind === 'clock' ? fault.offsetMs : 0))
  const claims = claimsOf(token, authority.trusted, now)
  if (claims === undefined) {
    return refused(400, 3, 'There was an error processing the identity token')
  }
  const { publicKey, proofOfPossession = '' } = publicKeyRequest ?? {}
  const key = createPublicKey(publicKey?.content ?? '')
  const proof = Buffer.from(proofOfPossession, 'base64')
  if (!verify('sha256', Buffer.from(textOf(claims, 'sub')), key, proof)) {
    return refused(400, 3, 'The signature supplied in the request could not be verified')
  }
  const leaf = leafOf(authority, { claims, key, now }, fault)
  const certificates = [leaf, ...authority.chain].map(pemOf)
  return { status: 200, body: { signedCertificateEmbeddedSct: { chain: { certificates } } } }
}

/** The claims of a token that may be believed now. */
function claimsOf(token: string, trusted: TokenIssuer, now: Date): Claims | undefined {
  const claims = openToken(token, trusted.keys())
  const seconds = now.getTime() / 1000
  const isGood =
    claims?.['iss'] === trusted.issuer() &&
    claims['aud'] === 'sigstore' &&
    Number(claims['exp']) > seconds &&
    Number(claims['nbf']) <= seconds
  return isGood ? claims : undefined
}

interface Applicant {
  readonly claims: Claims
  readonly key: KeyObject
  readonly now: Date
}

/** Signed twice: once for the log of certificates, once with what that log says. */
function leafOf(
  { intermediate, foreign, ctLog }: Authority,
  { claims, key, now }: Applicant,
  fault: FulcioFault | undefined
): Buffer {
  const { fromMs, untilMs } =
    fault?.kind === 'validity' ? fault : { fromMs: 0, untilMs: LIFETIME_MS }
  const signer = fault?.kind === 'foreign-authority' ? foreign : intermediate
  const content: CertificateContent & { readonly extensions: readonly Extension[] } = {
    subject: '',
    key: fault?.kind === 'wrong-key' ? foreign.publicKey : key,
    issuer: INTERMEDIATE,
    issuerKey: signer.publicKey,
    from: new Date(now.getTime() + fromMs),
    until: new Date(now.getTime() + untilMs),
    serial: newSerial(),
    san: fault?.kind === 'wrong-identity' ? fault.identity : identityOf(claims),
    extensions: extensionsOf(claims)
  }
  const tbs = tbsOf(content)
  if (fault?.kind === 'no-sct') return certificateOf(tbs, signer.privateKey)
  const sct = ctLog.promise(
    { tbs, issuerKey: signer.publicKey, at: now },
    fault?.kind === 'unknown-ct-log' ? 'unknown-log' : wrongSct(fault)
  )
  const extensions = [...content.extensions, [SCT, sct] as const]
  return certificateOf(tbsOf({ ...content, extensions }), signer.privateKey)
}

function wrongSct(fault: FulcioFault | undefined): 'wrong-sct' | undefined {
  return fault?.kind === 'wrong-sct' ? fault.kind : undefined
}

type Extension = readonly [string, Uint8Array]

function identityOf(claims: Claims): string {
  return `${SERVER}/${textOf(claims, 'job_workflow_ref')}`
}

/** What is said about a workflow of GitHub. @see https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md */
function extensionsOf(claims: Claims): Extension[] {
  const of = (name: string): string => textOf(claims, name)
  const repository = `${SERVER}/${of('repository')}`
  const values: readonly (readonly [arc: number, value: string])[] = [
    [1, of('iss')],
    [2, of('event_name')],
    [3, of('sha')],
    [4, of('workflow')],
    [5, of('repository')],
    [6, of('ref')],
    [8, of('iss')],
    [9, identityOf(claims)],
    [10, of('job_workflow_sha')],
    [11, of('runner_environment')],
    [12, repository],
    [13, of('sha')],
    [14, of('ref')],
    [15, of('repository_id')],
    [16, `${SERVER}/${of('repository_owner')}`],
    [17, of('repository_owner_id')],
    [18, `${SERVER}/${of('workflow_ref')}`],
    [19, of('workflow_sha')],
    [20, of('event_name')],
    [21, `${repository}/actions/runs/${of('run_id')}/attempts/${of('run_attempt')}`],
    [22, of('repository_visibility')],
    [23, of('environment')],
    [24, of('sub')]
  ]
  return values.flatMap(([arc, value]) =>
    // The first six are of the time before their values were DER.
    value === '' ? [] : [[`${ARC}${arc}`, arc < 8 ? Buffer.from(value) : utf8(value)] as const]
  )
}

function textOf(claims: Claims, name: string): string {
  const value = claims[name]
  return typeof value === 'string' ? value : ''
}

function refused(status: number, code: number, message: string): ServiceAnswer {
  return { status, body: { code, message, details: [] } }
}
