import { sign } from 'node:crypto'
import { checkpointText, newMerkleLog, sha256 } from '../services/sigstore/merkle-log.ts'
import {
  grantedTimestamp,
  newTimestampAuthority,
  type TimestampAuthority,
  type TsaFault
} from '../services/sigstore/tsa.ts'
import { certificateOf, type CertificateContent, newSerial, spki, tbsOf } from './certificate.ts'
import { octets, utf8 } from './der.ts'
import type { TestKey } from './npm-registry.ts'
import { canonical, logIdOf, newPair, type Pair, pemOf, sctList } from './sigstore.ts'

/** A Sigstore whose every secret is at hand: who makes its bundles can have any part of them made wrong. */
export interface Forge {
  readonly root: Pair
  readonly intermediate: Pair
  readonly ctLog: Pair
  readonly log: ForgeLog
  readonly tsa: TimestampAuthority
  /** Intermediate, root: DER. */
  readonly chain: readonly [Buffer, Buffer]
  /** JSON, as a trusted root has it: lists that can be changed before they are used. */
  readonly trustedRoot: TrustedRootJson
}

/** A log of signatures and how it names itself. */
export interface ForgeLog extends Pair {
  readonly id: Buffer
  readonly host: string
}

/** A trusted root. */
export interface TrustedRootJson {
  readonly mediaType: string
  readonly tlogs: readonly LogJson[]
  readonly certificateAuthorities: readonly object[]
  readonly ctlogs: readonly LogJson[]
  readonly timestampAuthorities: readonly object[]
}

interface LogJson {
  readonly publicKey: {
    readonly rawBytes: string
    readonly keyDetails: string
    readonly validFor?: object
  }
  readonly [name: string]: unknown
}

/** What a log is asked to keep, or keeps. */
export interface LogEntry {
  readonly kind: string
  readonly apiVersion: string
  readonly spec: Readonly<Record<string, unknown>>
}

/** How a bundle comes about. All that follows from a change is done truly: what is signed is signed as it was changed. */
export interface Making {
  /** Of a statement; `message` in its place for bytes. */
  readonly payload?: Uint8Array
  readonly payloadType?: string
  readonly message?: Uint8Array
  /** A key in the place of a certificate. */
  readonly key?: TestKey
  /** Signs in the place of the certificate's own key. */
  readonly signedBy?: Pair
  /** The certificate for a key that was had before. */
  readonly pair?: Pair
  /** Changes what the authority certifies. */
  readonly certified?: (content: LeafContent) => LeafContent
  /** Who issues the certificate, in the place of the authority. */
  readonly issuer?: Pair
  /** A certificate that is already there. */
  readonly leaf?: Buffer
  /** What the log of certificates has to say, in the place of its promise for this one. */
  readonly sct?: (promise: Buffer) => Buffer | undefined
  readonly ctLog?: Pair
  /** When all of it happens. */
  readonly at?: Date
  readonly integratedAt?: Date
  /** Which kind of log, or none. */
  readonly rekor?: 1 | 2 | 'none'
  readonly log?: ForgeLog
  /** Changes the entry before the log takes it. */
  readonly entry?: (entry: LogEntry) => LogEntry
  /** Times of timestamps. */
  readonly stamps?: readonly Date[]
  readonly tsa?: TimestampAuthority
  readonly tsaFault?: TsaFault
}

export type LeafContent = CertificateContent & {
  readonly extensions: readonly (readonly [string, Uint8Array, boolean?])[]
}

/** The JSON of a bundle, to be changed. It has a certificate or a key, and one of the two contents. */
export interface BundleJson {
  mediaType: string
  verificationMaterial: {
    certificate: { rawBytes: string }
    publicKey?: { hint: string }
    tlogEntries: EntryJson[]
    timestampVerificationData: { rfc3161Timestamps: { signedTimestamp: string }[] }
  }
  dsseEnvelope: {
    payload: string
    payloadType: string
    signatures: { sig: string; keyid: string }[]
  }
  messageSignature: {
    messageDigest: { algorithm: string; digest: string }
    signature: string
  }
}

/** The JSON of a log entry. */
export interface EntryJson {
  logIndex: string
  logId: { keyId: string }
  kindVersion: { kind: string; version: string }
  integratedTime: string
  inclusionPromise: { signedEntryTimestamp: string }
  inclusionProof: {
    logIndex: string
    rootHash: string
    treeSize: string
    hashes: string[]
    checkpoint: { envelope: string }
  }
  canonicalizedBody: string
}

export const FORGED_AT = new Date('2026-01-01T00:00:00Z')
export const FORGED_IDENTITY =
  'https://github.com/octo/app/.github/workflows/release.yml@refs/heads/main'
export const FORGED_ISSUER = 'https://token.actions.githubusercontent.com'
const ARC = '1.3.6.1.4.1.57264.1.'
const SCT = '1.3.6.1.4.1.11129.2.4.2'
const FROM = new Date('2021-01-01T00:00:00Z')
const UNTIL = new Date('2040-01-01T00:00:00Z')
const ROOT = { organization: 'forge.example', commonName: 'root' }
const INTERMEDIATE = { organization: 'forge.example', commonName: 'intermediate' }
const IN_TOTO = 'application/vnd.in-toto+json'

export function newForge(): Forge {
  const [root, intermediate, ctLog, tsa] = [
    newPair(),
    newPair(),
    newPair(),
    newTimestampAuthority()
  ]
  const ca = { isCa: true, issuer: ROOT, issuerKey: root.publicKey, from: FROM, until: UNTIL }
  const chain = [
    { ...ca, subject: INTERMEDIATE, key: intermediate.publicKey, serial: newSerial() },
    { ...ca, subject: ROOT, key: root.publicKey, serial: newSerial() }
  ].map((content) => certificateOf(tbsOf(content), root.privateKey)) as [Buffer, Buffer]
  const log = newForgeLog()
  return {
    root,
    intermediate,
    ctLog,
    log,
    tsa,
    chain,
    trustedRoot: {
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: [logJson(log, `https://${log.host}`, log.id)],
      certificateAuthorities: [authorityJson('https://ca.example', chain)],
      ctlogs: [logJson(ctLog, 'https://ct.example', logIdOf(ctLog))],
      timestampAuthorities: [authorityJson('https://tsa.example', tsa.chain)]
    }
  }
}

export function newForgeLog(host = 'log.example'): ForgeLog {
  const pair = newPair()
  return { ...pair, id: logIdOf(pair), host }
}

function logJson(pair: Pick<Pair, 'publicKey'>, baseUrl: string, id: Buffer): LogJson {
  return {
    baseUrl,
    hashAlgorithm: 'SHA2_256',
    publicKey: {
      rawBytes: spki(pair.publicKey).toString('base64'),
      keyDetails: 'PKIX_ECDSA_P256_SHA_256',
      validFor: { start: FROM.toISOString() }
    },
    logId: { keyId: id.toString('base64') }
  }
}

function authorityJson(uri: string, chain: readonly Buffer[]): object {
  return {
    subject: { organization: 'forge.example', commonName: 'any' },
    uri,
    certChain: { certificates: chain.map((der) => ({ rawBytes: der.toString('base64') })) },
    validFor: { start: FROM.toISOString() }
  }
}

/** Signs, has it certified, logged and timestamped as it is told to, and makes a bundle of all. */
export function forged(forge: Forge, making: Making = {}): BundleJson {
  const { payload = Buffer.from('{}'), payloadType = IN_TOTO, message, key, rekor = 1 } = making
  const pair = making.pair ?? newPair()
  const leaf = key ? undefined : (making.leaf ?? leafOf(forge, pair, making))
  const bytes = message ?? preAuthEncoding(payloadType, payload)
  const secret = making.signedBy?.privateKey ?? key?.secret ?? pair.privateKey
  const signature = sign('sha256', bytes, secret)
  const verifier = leaf ? pemOf(leaf) : (key?.key ?? pair.publicKey).export(PEM).toString()
  const given = { making, bytes, signature, verifier, leaf }
  const stamps = (making.stamps ?? (rekor === 2 ? [making.at ?? FORGED_AT] : [])).map((at) =>
    stamp(making.tsa ?? forge.tsa, signature, at, making.tsaFault)
  )
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: {
      ...(leaf
        ? { certificate: { rawBytes: leaf.toString('base64') } }
        : { publicKey: { hint: key?.id ?? '' } }),
      tlogEntries: rekor === 'none' ? [] : [logged(forge, given)],
      timestampVerificationData: { rfc3161Timestamps: stamps }
    },
    ...(message
      ? {
          messageSignature: {
            messageDigest: { algorithm: 'SHA2_256', digest: sha256(message).toString('base64') },
            signature: signature.toString('base64')
          }
        }
      : {
          dsseEnvelope: {
            payload: Buffer.from(payload).toString('base64'),
            payloadType,
            signatures: [{ sig: signature.toString('base64'), keyid: '' }]
          }
        })
  } as BundleJson
}

const PEM = { format: 'pem', type: 'spki' } as const

export function preAuthEncoding(type: string, payload: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `),
    payload
  ])
}

export function stamp(
  tsa: TimestampAuthority,
  signature: Uint8Array,
  at: Date,
  fault?: TsaFault
): { readonly signedTimestamp: string } {
  const clock = { kind: 'clock', offsetMs: at.getTime() - Date.now() } as const
  const answer = grantedTimestamp(
    tsa,
    { digest: sha256(signature), certificates: false },
    fault ?? clock
  )
  return { signedTimestamp: answer.toString('base64') }
}

/** As Fulcio certifies a workflow: signed once without, once with the promise of the log of certificates. */
export function leafOf(forge: Forge, pair: Pair, making: Making = {}): Buffer {
  const { at = FORGED_AT, issuer = forge.intermediate, certified, sct } = making
  const content: LeafContent = {
    subject: '',
    key: pair.publicKey,
    issuer: INTERMEDIATE,
    issuerKey: issuer.publicKey,
    from: new Date(at.getTime() - 60_000),
    until: new Date(at.getTime() + 540_000),
    serial: newSerial(),
    san: FORGED_IDENTITY,
    extensions: [
      extension(8, FORGED_ISSUER),
      extension(9, FORGED_IDENTITY),
      extension(11, 'github-hosted'),
      extension(12, 'https://github.com/octo/app'),
      extension(13, 'c'.repeat(40)),
      extension(14, 'refs/heads/main'),
      extension(18, FORGED_IDENTITY)
    ]
  }
  const changed = certified?.(content) ?? content
  const tbs = tbsOf(changed)
  const promise = sctList(making.ctLog ?? forge.ctLog, issuer, { tbs, at })
  const carried = sct ? sct(promise) : promise
  if (carried === undefined) return certificateOf(tbs, issuer.privateKey)
  const extensions = [...changed.extensions, [SCT, octets(carried)] as const]
  return certificateOf(tbsOf({ ...changed, extensions }), issuer.privateKey)
}

/** An extension of Fulcio's, by its last arc. */
export function extension(arc: number, text: string): readonly [string, Uint8Array] {
  return [`${ARC}${arc}`, utf8(text)]
}

interface Signed {
  readonly making: Making
  readonly bytes: Uint8Array
  readonly signature: Buffer
  readonly verifier: string
  readonly leaf: Buffer | undefined
}

function logged(forge: Forge, signed: Signed): EntryJson {
  const { making } = signed
  const { log = forge.log, at = FORGED_AT, integratedAt = at, entry = (same) => same } = making
  return logEntry(log, entry(entryOf(signed)), making.rekor === 2 ? undefined : integratedAt)
}

function entryOf({ making, bytes, signature, verifier, leaf }: Signed): LogEntry {
  const content = signature.toString('base64')
  const pem = Buffer.from(verifier).toString('base64')
  if (making.rekor === 2) {
    const der = leaf ?? spki(making.key?.key ?? newPair().publicKey)
    const named = { rawBytes: der.toString('base64') }
    const by = leaf ? { x509Certificate: named } : { publicKey: named }
    const who = { keyDetails: 'PKIX_ECDSA_P256_SHA_256', ...by }
    const data = { algorithm: 'SHA2_256', digest: sha256(bytes).toString('base64') }
    const spec = { hashedRekordV002: { data, signature: { content, verifier: who } } }
    return { kind: 'hashedrekord', apiVersion: '0.0.2', spec }
  }
  if (making.message) {
    const hash = { algorithm: 'sha256', value: sha256(making.message).toString('hex') }
    const spec = { data: { hash }, signature: { content, publicKey: { content: pem } } }
    return { kind: 'hashedrekord', apiVersion: '0.0.1', spec }
  }
  const payload = making.payload ?? Buffer.from('{}')
  const spec = {
    envelopeHash: { algorithm: 'sha256', value: '0'.repeat(64) },
    payloadHash: { algorithm: 'sha256', value: sha256(payload).toString('hex') },
    signatures: [{ signature: content, verifier: pem }]
  }
  return { kind: 'dsse', apiVersion: '0.0.1', spec }
}

/** An entry as the third of five, with its proof and checkpoint; with a promise where it has a time. */
export function logEntry(log: ForgeLog, entry: LogEntry, integratedAt?: Date): EntryJson {
  const body = Buffer.from(canonical(entry))
  const tree = newMerkleLog()
  for (const other of ['one', 'two']) tree.append(Buffer.from(other))
  const index = tree.append(body)
  for (const other of ['four', 'five']) tree.append(Buffer.from(other))
  const proof = tree.prove(index, tree.size)
  const integratedTime = Math.floor((integratedAt?.getTime() ?? 0) / 1000)
  return {
    logIndex: String(index),
    logId: { keyId: log.id.toString('base64') },
    kindVersion: { kind: entry.kind, version: entry.apiVersion },
    integratedTime: String(integratedTime),
    ...(integratedAt && {
      inclusionPromise: {
        signedEntryTimestamp: promised(log, body, { index, integratedTime }).toString('base64')
      }
    }),
    inclusionProof: {
      logIndex: String(index),
      rootHash: proof.root.toString('base64'),
      treeSize: String(proof.treeSize),
      hashes: proof.hashes.map((hash) => hash.toString('base64')),
      checkpoint: { envelope: checkpointOf(log, proof.treeSize, proof.root) }
    },
    canonicalizedBody: body.toString('base64')
  } as EntryJson
}

/** What a log of the first kind signs when it takes an entry. */
export function promised(
  log: ForgeLog,
  body: Buffer,
  { index, integratedTime }: { readonly index: number; readonly integratedTime: number }
): Buffer {
  const text = canonical({
    body: body.toString('base64'),
    integratedTime,
    logID: log.id.toString('hex'),
    logIndex: index
  })
  return sign('sha256', Buffer.from(text), log.privateKey)
}

export function checkpointOf(
  log: ForgeLog,
  treeSize: number,
  root: Buffer,
  origin = `${log.host} - 1`
): string {
  return checkpointText({
    origin,
    signer: log.host,
    treeSize,
    root,
    keyHint: log.id.subarray(0, 4),
    sign: (text) => sign('sha256', text, log.privateKey)
  })
}
