import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { certificateOf, spki, tbsOf } from './certificate.ts'
import { octets, utf8 } from './der.ts'
import type { TestKey } from './npm-registry.ts'

/** A key pair on P-256. */
export interface Pair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

export function newPair(): Pair {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

/** A certificate authority, a certificate log and a signature log of our own, with real cryptography. */
export interface Sigstore {
  readonly ca: Pair
  readonly ctLog: Pair
  readonly log: Pair
  /** JSON of the trusted root of all three. */
  readonly trustedRoot: unknown
}

/** Whose certificate is issued: SAN, and values of extensions by the last arc of their OID. */
export interface Identity {
  readonly san: string
  readonly extensions: Readonly<Record<number, string>>
}

/** What a bundle is made of, and what may be wrong with it. */
export interface Signing {
  readonly statement: unknown
  readonly payloadType?: string
  /** A certificate for it, or a key. */
  readonly signer: Identity | TestKey
  /** When it is logged; the certificate begins a minute before, and holds for ten. */
  readonly at?: Date
  /** When it is logged, where that is not within the certificate's time. */
  readonly loggedAt?: Date
  /** In the place of the true ones: a foreign authority, or a log that nobody knows. */
  readonly ca?: Pair
  readonly ctLog?: Pair
  readonly log?: Pair
  /** Signs in the place of the key that the certificate is for. */
  readonly wrongKey?: KeyObject
  /** What the log entry names as the signer, PEM, in the place of who signed. */
  readonly loggedSigner?: string
  /** Nobody logs it. */
  readonly unlogged?: boolean
}

const ARC = '1.3.6.1.4.1.57264.1.'
const SCT = '1.3.6.1.4.1.11129.2.4.2'
const START = new Date('2021-01-01T00:00:00Z')
const END = new Date('2040-01-01T00:00:00Z')
const AT = new Date('2026-01-01T00:00:00Z')
const CA_NAME = 'sigstore-intermediate'

export function newSigstore(): Sigstore {
  const [ca, ctLog, log] = [newPair(), newPair(), newPair()]
  const validFor = { start: START.toISOString() }
  const logOf = (pair: Pair, baseUrl: string): unknown => ({
    baseUrl,
    hashAlgorithm: 'SHA2_256',
    publicKey: {
      rawBytes: spki(pair.publicKey).toString('base64'),
      keyDetails: 'PKIX_ECDSA_P256_SHA_256',
      validFor
    },
    logId: { keyId: logIdOf(pair).toString('base64') }
  })
  return {
    ca,
    ctLog,
    log,
    trustedRoot: {
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: [logOf(log, 'https://log.example')],
      certificateAuthorities: [
        {
          subject: { organization: 'test', commonName: CA_NAME },
          uri: 'https://ca.example',
          certChain: { certificates: [{ rawBytes: caCertificate(ca).toString('base64') }] },
          validFor
        }
      ],
      ctlogs: [logOf(ctLog, 'https://ct.example')],
      timestampAuthorities: []
    }
  }
}

/** Signs a statement, has it logged, and makes a bundle v0.3 of all. */
export function bundleOf(sigstore: Sigstore, signing: Signing): Record<string, unknown> {
  const { statement, payloadType = 'application/vnd.in-toto+json' } = signing
  const payload = Buffer.from(JSON.stringify(statement))
  const text = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `
  const signed = signedAs(sigstore, signing, Buffer.concat([Buffer.from(text), payload]))
  const { signature, verifier, material } = signed
  const entry = {
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      envelopeHash: { algorithm: 'sha256', value: '0'.repeat(64) },
      payloadHash: { algorithm: 'sha256', value: sha256(payload).toString('hex') },
      signatures: [{ signature, verifier: Buffer.from(verifier).toString('base64') }]
    }
  }
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { ...material, ...witnessesOf(sigstore, signing, entry) },
    dsseEnvelope: {
      payload: payload.toString('base64'),
      payloadType,
      signatures: [{ sig: signature, keyid: '' }]
    }
  }
}

/** The same for bytes themselves. */
export function messageBundleOf(
  sigstore: Sigstore,
  signing: Omit<Signing, 'statement' | 'payloadType'>,
  message: Uint8Array
): Record<string, unknown> {
  const { signature, verifier, material } = signedAs(sigstore, signing, message)
  const entry = {
    apiVersion: '0.0.1',
    kind: 'hashedrekord',
    spec: {
      data: { hash: { algorithm: 'sha256', value: sha256(message).toString('hex') } },
      signature: {
        content: signature,
        publicKey: { content: Buffer.from(verifier).toString('base64') }
      }
    }
  }
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { ...material, ...witnessesOf(sigstore, signing, entry) },
    messageSignature: {
      messageDigest: { algorithm: 'SHA2_256', digest: sha256(message).toString('base64') },
      signature
    }
  }
}

type Signed = Omit<Signing, 'statement' | 'payloadType'>

interface SignedBytes {
  readonly signature: string
  /** PEM: what a log entry names. */
  readonly verifier: string
  readonly material: Record<string, unknown>
}

function signedAs(sigstore: Sigstore, signing: Signed, bytes: Uint8Array): SignedBytes {
  const { signer, at = AT } = signing
  const pair = 'san' in signer ? newPair() : { publicKey: signer.key, privateKey: signer.secret }
  const certificate = 'san' in signer ? leafOf(sigstore, signing, { pair, signer, at }) : undefined
  const signature = sign('sha256', bytes, signing.wrongKey ?? pair.privateKey)
  const key = pair.publicKey.export({ format: 'pem', type: 'spki' }).toString()
  return {
    signature: signature.toString('base64'),
    verifier: signing.loggedSigner ?? (certificate === undefined ? key : pemOf(certificate)),
    material: certificate
      ? { certificate: { rawBytes: certificate.toString('base64') } }
      : { publicKey: { hint: 'id' in signer ? signer.id : '' } }
  }
}

function witnessesOf(sigstore: Sigstore, signing: Signed, entry: LogEntry): object {
  const { log = sigstore.log, at = AT, loggedAt = at, unlogged } = signing
  return {
    tlogEntries: unlogged === true ? [] : [logged(log, entry, loggedAt)],
    timestampVerificationData: { rfc3161Timestamps: [] }
  }
}

function caCertificate(ca: Pair): Buffer {
  const content = {
    subject: CA_NAME,
    key: ca.publicKey,
    issuer: CA_NAME,
    issuerKey: ca.publicKey,
    from: START,
    until: END,
    isCa: true
  }
  return certificateOf(tbsOf(content), ca.privateKey)
}

/** As Fulcio issues it: signed once without, once with the log's timestamp. */
function leafOf(
  sigstore: Sigstore,
  { ca = sigstore.ca, ctLog = sigstore.ctLog }: Signed,
  { pair, signer, at }: { readonly pair: Pair; readonly signer: Identity; readonly at: Date }
): Buffer {
  const content = {
    subject: '',
    key: pair.publicKey,
    issuer: CA_NAME,
    issuerKey: ca.publicKey,
    from: new Date(at.getTime() - 60_000),
    until: new Date(at.getTime() + 540_000),
    san: signer.san,
    extensions: Object.entries(signer.extensions).map(([arc, value]) => {
      return [`${ARC}${arc}`, Number(arc) < 8 ? Buffer.from(value) : utf8(value)] as const
    })
  }
  const sct = octets(sctList(ctLog, ca, { tbs: tbsOf(content), at }))
  const extensions = [...content.extensions, [SCT, sct] as const]
  return certificateOf(tbsOf({ ...content, extensions }), ca.privateKey)
}

/**
 * What a log of certificates promises, as a certificate carries it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6962#section-3.2
 */
export function sctList(
  ctLog: Pair,
  ca: Pick<Pair, 'publicKey'>,
  { tbs, at }: { readonly tbs: Buffer; readonly at: Date }
): Buffer {
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(at.getTime()))
  const head = Buffer.concat([Buffer.from([0, 0]), time, Buffer.from([0, 1])])
  const entry = Buffer.concat([sha256(spki(ca.publicKey)), lengthed(tbs, 3)])
  const signed = Buffer.concat([head, entry, Buffer.from([0, 0])])
  const sct = Buffer.concat([
    Buffer.from([0]),
    logIdOf(ctLog),
    time,
    Buffer.from([0, 0, 4, 3]),
    lengthed(sign('sha256', signed, ctLog.privateKey), 2)
  ])
  return lengthed(lengthed(sct, 2), 2)
}

function lengthed(bytes: Buffer, size: number): Buffer {
  const length = Buffer.alloc(size)
  length.writeUIntBE(bytes.length, 0, size)
  return Buffer.concat([length, bytes])
}

interface LogEntry {
  readonly kind: string
  readonly apiVersion: string
  readonly spec: unknown
}

/** An entry beside one other, with its proof, a signed checkpoint and a signed promise. */
function logged(log: Pair, entry: LogEntry, at: Date): unknown {
  const { kind, apiVersion } = entry
  const body = canonical(entry)
  const signText = (text: string): Buffer => sign('sha256', Buffer.from(text), log.privateKey)
  const sibling = leafHash('another entry')
  const root = sha256(Buffer.concat([Buffer.from([1]), sibling, leafHash(body)]))
  const note = `log.example - 1\n2\n${root.toString('base64')}\n`
  const hinted = Buffer.concat([logIdOf(log).subarray(0, 4), signText(note)])
  const base64 = Buffer.from(body).toString('base64')
  const integratedTime = Math.floor(at.getTime() / 1000)
  const logID = logIdOf(log).toString('hex')
  const promise = canonical({ body: base64, integratedTime, logID, logIndex: 1 })
  return {
    logIndex: '1',
    logId: { keyId: logIdOf(log).toString('base64') },
    kindVersion: { kind, version: apiVersion },
    integratedTime: `${integratedTime}`,
    inclusionPromise: { signedEntryTimestamp: signText(promise).toString('base64') },
    inclusionProof: {
      logIndex: '1',
      rootHash: root.toString('base64'),
      treeSize: '2',
      hashes: [sibling.toString('base64')],
      checkpoint: { envelope: `${note}\n\u2014 log.example ${hinted.toString('base64')}\n` }
    },
    canonicalizedBody: base64
  }
}

function leafHash(body: string): Buffer {
  return sha256(Buffer.concat([Buffer.from([0]), Buffer.from(body)]))
}

/** SHA-256 of the key. */
export function logIdOf(pair: Pick<Pair, 'publicKey'>): Buffer {
  return sha256(spki(pair.publicKey))
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

/** JSON with sorted keys: all values here are plain. @see https://www.rfc-editor.org/rfc/rfc8785 */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part
  )
}

export function pemOf(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
