import { type KeyObject, sign } from 'node:crypto'
import { certificateOf, type Name, nameOf, newSerial, tbsOf } from '../../signed/certificate.ts'
import {
  der,
  type DerValue,
  generalizedTime,
  integer,
  octets,
  oid,
  readDer,
  sequence,
  setOf
} from '../../signed/der.ts'
import { newPair, pemOf } from '../../signed/sigstore.ts'
import { sha256 } from './merkle-log.ts'
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

/** What the timestamp authority can do wrong. */
export type TsaFault =
  | ClockFault
  /** The timestamp is for other bytes. */
  | (OwnFault & { readonly kind: 'wrong-imprint' })
  /** The answer is to another question. */
  | (OwnFault & { readonly kind: 'wrong-nonce' })
  | (OwnFault & { readonly kind: 'wrong-key' })
  /** Says politely that it will not. */
  | (OwnFault & { readonly kind: 'rejected' })

/** The timestamp authority. */
export interface Tsa extends LoopbackService<TsaFault> {
  /** Signing certificate, root: DER. */
  readonly chain: readonly Buffer[]
}

const ROOT: Name = { organization: 'sigstore.test', commonName: 'sigstore-tsa' }
const SIGNER: Name = { organization: 'sigstore.test', commonName: 'sigstore-tsa-signer' }
const FROM = new Date('2021-01-01T00:00:00Z')
const UNTIL = new Date('2040-01-01T00:00:00Z')

const OID = {
  signedData: '1.2.840.113549.1.7.2',
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  ecdsaSha256: '1.2.840.10045.4.3.2',
  policy: '1.3.6.1.4.1.57264.2'
} as const

/** What is asked for. */
interface TimestampRequest {
  readonly digest: Buffer
  /** Content of its INTEGER. */
  readonly nonce?: Uint8Array
  readonly certificates: boolean
}

/** An authority without its service. */
export interface TimestampAuthority {
  readonly chain: readonly Buffer[]
  readonly serial: Buffer
  readonly secret: KeyObject
  readonly wrong: KeyObject
}

export function newTimestampAuthority(): TimestampAuthority {
  const [root, signer] = [newPair(), newPair()]
  const serial = newSerial()
  const given = { issuer: ROOT, issuerKey: root.publicKey, from: FROM, until: UNTIL }
  const chain = [
    { ...given, subject: SIGNER, key: signer.publicKey, serial, isForTimestamps: true },
    { ...given, subject: ROOT, key: root.publicKey, serial: newSerial(), isCa: true }
  ].map((content) => certificateOf(tbsOf(content), root.privateKey))
  return { chain, serial, secret: signer.privateKey, wrong: newPair().privateKey }
}

/** The answer of an authority that grants a timestamp, with a mistake in it if asked for. */
export function grantedTimestamp(
  authority: TimestampAuthority,
  asked: TimestampRequest,
  fault?: TsaFault
): Buffer {
  return sequence(sequence(integer(0)), tokenOf(authority, asked, fault))
}

export async function startTsa(seen: SeenServiceRequest[]): Promise<Tsa> {
  const authority = newTimestampAuthority()
  const { chain } = authority
  const service = await startService<TsaFault>({
    name: 'tsa',
    seen,
    answer(request, fault) {
      const asked = `${request.method} ${request.path}`
      if (asked === 'POST /api/v1/timestamp') return timestamp(authority, request, fault)
      if (asked !== 'GET /api/v1/timestamp/certchain') return NOT_FOUND
      // Version 2.1.3 panics where JSON is asked for.
      if (request.headers.accept === 'application/json') return { status: 500, body: 'panic' }
      return {
        status: 200,
        body: chain.map(pemOf).join(''),
        type: 'application/pem-certificate-chain'
      }
    }
  })
  return { ...service, chain }
}

function timestamp(
  authority: TimestampAuthority,
  { headers, body }: ServiceRequest,
  fault: TsaFault | undefined
): ServiceAnswer {
  const type = headers['content-type'] ?? ''
  const asked = type.startsWith('application/json') ? jsonRequest(body) : derRequest(body)
  const answer =
    fault?.kind === 'rejected'
      ? sequence(sequence(integer(2)))
      : grantedTimestamp(authority, asked, fault)
  return { status: 201, body: answer, type: 'application/timestamp-reply' }
}

/** The authority's own form of a request. @see https://github.com/sigstore/timestamp-authority/blob/main/openapi.yaml */
function jsonRequest(body: Buffer): TimestampRequest {
  const {
    artifactHash,
    hashAlgorithm,
    nonce,
    certificates = false
  } = JSON.parse(body.toString()) as {
    readonly artifactHash: string
    readonly hashAlgorithm: string
    readonly nonce?: number
    readonly certificates?: boolean
  }
  if (hashAlgorithm !== 'sha256') throw new Error('unsupported hash algorithm')
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(nonce ?? 0))
  return {
    digest: Buffer.from(artifactHash, 'base64'),
    ...(nonce !== undefined && { nonce: shortest(bytes) }),
    certificates
  }
}

/** Without the zeros in front that an INTEGER must not have. */
function shortest(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte, at) => byte !== 0 || (bytes[at + 1] ?? 0x80) >= 0x80)
  return bytes.subarray(first)
}

/** @see https://www.rfc-editor.org/rfc/rfc3161#section-2.4.1 */
function derRequest(body: Buffer): TimestampRequest {
  const [request] = readDer(body)
  const [, imprint, ...options] = readDer(request?.content ?? Buffer.alloc(0))
  const [algorithm, digest] = readDer(imprint?.content ?? Buffer.alloc(0))
  const [id] = readDer(algorithm?.content ?? Buffer.alloc(0))
  const wanted = readDer(oid(OID.sha256))[0]?.content
  if (!digest || !wanted || !id?.content.equals(wanted)) throw new Error('unsupported request')
  const optional = (tag: number): DerValue | undefined => options.find((value) => value.tag === tag)
  const nonce = optional(0x02)?.content
  return {
    digest: digest.content,
    ...(nonce && { nonce }),
    certificates: optional(0x01)?.content[0] === 0xff
  }
}

/** The signed timestamp. @see https://www.rfc-editor.org/rfc/rfc3161#section-2.4.2 */
function tokenOf(
  { chain, serial, secret, wrong }: TimestampAuthority,
  asked: TimestampRequest,
  fault: TsaFault | undefined
): Buffer {
  const info = infoOf(asked, fault)
  const [leaf = Buffer.alloc(0)] = chain
  const attributes = [
    attribute(OID.contentType, oid(OID.timestampInfo)),
    attribute(OID.messageDigest, octets(sha256(info))),
    // Its default for the algorithm is SHA-256.
    attribute(OID.signingCertificate, sequence(sequence(sequence(octets(sha256(leaf))))))
  ]
  const signed = setOf(...attributes)
  const key = fault?.kind === 'wrong-key' ? wrong : secret
  const signerInfo = sequence(
    integer(1),
    sequence(nameOf(ROOT), der(0x02, serial)),
    sequence(oid(OID.sha256)),
    Buffer.concat([Buffer.from([0xa0]), signed.subarray(1)]),
    sequence(oid(OID.ecdsaSha256)),
    octets(sign('sha256', signed, key))
  )
  const signedData = sequence(
    integer(3),
    setOf(sequence(oid(OID.sha256))),
    sequence(oid(OID.timestampInfo), der(0xa0, octets(info))),
    ...(asked.certificates ? [der(0xa0, leaf)] : []),
    setOf(signerInfo)
  )
  return sequence(oid(OID.signedData), der(0xa0, signedData))
}

function attribute(id: string, value: Uint8Array): Buffer {
  return sequence(oid(id), setOf(value))
}

/** What is signed: TSTInfo. */
function infoOf({ digest, nonce }: TimestampRequest, fault: TsaFault | undefined): Buffer {
  const offsetMs = fault?.kind === 'clock' ? fault.offsetMs : 0
  const imprint = fault?.kind === 'wrong-imprint' ? sha256(digest) : digest
  const answered = fault?.kind === 'wrong-nonce' ? Buffer.from([0x2a]) : nonce
  return sequence(
    integer(1),
    oid(OID.policy),
    sequence(sequence(oid(OID.sha256)), octets(imprint)),
    der(0x02, newSerial()),
    generalizedTime(new Date(Date.now() + offsetMs)),
    sequence(integer(1)),
    ...(answered ? [der(0x02, answered)] : [])
  )
}
