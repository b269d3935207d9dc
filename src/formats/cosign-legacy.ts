import { createHash } from 'node:crypto'
import { type JsonObject, jsonObjectIn, jsonObjectOf } from './json.ts'
import { MEDIA_TYPE } from './oci.ts'
import type { Descriptor } from './oci/descriptor.ts'

/** Types of the layers that hold a signature, and an attestation. */
export const LEGACY_LAYER = {
  sig: 'application/vnd.dev.cosign.simplesigning.v1+json',
  att: 'application/vnd.dsse.envelope.v1+json'
} as const

/** Which of the two tags. */
export type LegacyKind = keyof typeof LEGACY_LAYER

/** Most layers that a tag may have: cosign reads no more. */
export const MAX_LEGACY_LAYERS = 1000

/** @see https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
const ANNOTATION = {
  signature: 'dev.cosignproject.cosign/signature',
  certificate: 'dev.sigstore.cosign/certificate',
  chain: 'dev.sigstore.cosign/chain',
  bundle: 'dev.sigstore.cosign/bundle',
  timestamp: 'dev.sigstore.cosign/rfc3161timestamp',
  predicateType: 'predicateType'
} as const

const SIGNATURE_TYPE = 'cosign container image signature'
const NO_TIME = '0001-01-01T00:00:00Z'

/** One signature or attestation below a tag such as `sha256-<hex>.sig`. */
export interface LegacyLayer {
  readonly mediaType: string
  /** What is signed: the payload, or the envelope exactly as the log has its digest. */
  readonly bytes: Uint8Array
  readonly annotations: Readonly<Record<string, string>>
}

/** A Sigstore bundle, and the certificates above its leaf: DER as base64. */
export interface BundleWithChain {
  readonly json: JsonObject
  readonly chain: readonly string[]
}

/** `sha256:ab…` becomes the tag `sha256-ab….sig`. */
export function legacyTag(digest: string, kind: LegacyKind): string {
  return `${digest.replace(':', '-')}.${kind}`
}

/**
 * Writes what the older signature of an image is over.
 *
 * @param name `ghcr.io/o/app`
 * @see https://github.com/containers/image/blob/main/docs/containers-signature.5.md#json-data-format
 */
export function renderSimpleSigning(name: string, digest: string): Uint8Array {
  return Buffer.from(
    JSON.stringify({
      critical: {
        identity: { 'docker-reference': name },
        image: { 'docker-manifest-digest': digest },
        type: SIGNATURE_TYPE
      },
      optional: null
    })
  )
}

/** Digest of the image that such a payload is about; nothing when it is none. */
export function digestInSimpleSigning(payload: Uint8Array): string | undefined {
  const critical = jsonObjectOf(jsonObjectIn(payload)?.['critical'])
  if (critical?.['type'] !== SIGNATURE_TYPE) return undefined
  const digest = jsonObjectOf(critical['image'])?.['docker-manifest-digest']
  return typeof digest === 'string' ? digest : undefined
}

/**
 * Makes the layer of a signature.
 *
 * @param bundle with a message signature over `payload`
 * @returns why the form cannot hold it, as text
 */
export function signatureLayer(bundle: BundleWithChain, payload: Uint8Array): LegacyLayer | string {
  const signature = jsonObjectOf(bundle.json['messageSignature'])?.['signature']
  if (typeof signature !== 'string') return 'the bundle has no message signature'
  const entry = entryAnnotation(bundle.json)
  if (typeof entry === 'string') return entry
  const annotations = {
    [ANNOTATION.signature]: signature,
    ...certificateAnnotations(bundle),
    ...entry,
    ...timestampAnnotation(bundle.json)
  }
  return { mediaType: LEGACY_LAYER.sig, bytes: payload, annotations }
}

/**
 * Makes the layer of an attestation. The bundle's timestamp stays out: it covers the signature, and readers of this
 * form hold it against the whole envelope.
 *
 * @param bundle with a DSSE envelope, which was posted to the log in the JSON form that it has there
 * @returns why the form cannot hold it, as text
 */
export function attestationLayer(
  bundle: BundleWithChain,
  predicateType: string
): LegacyLayer | string {
  const envelope = jsonObjectOf(bundle.json['dsseEnvelope'])
  if (envelope === undefined) return 'the bundle has no envelope'
  const entry = entryAnnotation(bundle.json)
  if (typeof entry === 'string') return entry
  const annotations = {
    [ANNOTATION.signature]: '',
    ...certificateAnnotations(bundle),
    ...entry,
    [ANNOTATION.predicateType]: predicateType
  }
  const bytes = Buffer.from(JSON.stringify(envelope))
  return { mediaType: LEGACY_LAYER.att, bytes, annotations }
}

function certificateAnnotations({ json, chain }: BundleWithChain): Record<string, string> {
  const material = jsonObjectOf(json['verificationMaterial'])
  const leaf = jsonObjectOf(material?.['certificate'])?.['rawBytes']
  if (typeof leaf !== 'string') return {}
  return {
    [ANNOTATION.certificate]: pemOf(leaf),
    [ANNOTATION.chain]: chain.map(pemOf).join('')
  }
}

/** @returns why there is none, as text */
function entryAnnotation(json: JsonObject): Record<string, string> | string {
  const material = jsonObjectOf(json['verificationMaterial'])
  const entries = material?.['tlogEntries']
  const entry = jsonObjectOf(Array.isArray(entries) ? entries[0] : undefined)
  const promise = jsonObjectOf(entry?.['inclusionPromise'])?.['signedEntryTimestamp']
  const keyId = jsonObjectOf(entry?.['logId'])?.['keyId']
  if (entry === undefined || typeof promise !== 'string' || typeof keyId !== 'string') {
    return 'the log gave no signed entry timestamp: only version 1 of Rekor does'
  }
  const Payload = {
    body: entry['canonicalizedBody'],
    integratedTime: Number(entry['integratedTime']),
    logIndex: Number(entry['logIndex']),
    logID: Buffer.from(keyId, 'base64').toString('hex')
  }
  return { [ANNOTATION.bundle]: JSON.stringify({ SignedEntryTimestamp: promise, Payload }) }
}

function timestampAnnotation(json: JsonObject): Record<string, string> {
  const material = jsonObjectOf(json['verificationMaterial'])
  const list = jsonObjectOf(material?.['timestampVerificationData'])?.['rfc3161Timestamps']
  const first = jsonObjectOf(Array.isArray(list) ? list[0] : undefined)?.['signedTimestamp']
  return typeof first === 'string'
    ? { [ANNOTATION.timestamp]: JSON.stringify({ SignedRFC3161Timestamp: first }) }
    : {}
}

/** The manifest under a tag, and the config that it names. */
export interface LegacyManifest {
  readonly config: Uint8Array
  readonly manifest: Uint8Array
}

/**
 * Adds layers to the manifest under a tag. Those of others stay as they are, in their order.
 *
 * @param before bytes of the manifest; absent when there is none yet
 * @returns nothing when `before` is nothing that could be added to
 */
export function withLegacyLayers(
  before: Uint8Array | undefined,
  added: readonly Descriptor[]
): LegacyManifest | undefined {
  const known: unknown = before === undefined ? [] : jsonObjectIn(before)?.['layers']
  if (!Array.isArray(known) || known.length + added.length > MAX_LEGACY_LAYERS) return undefined
  const layers = [...(known as readonly unknown[]), ...added]
  const config = Buffer.from(
    JSON.stringify({
      architecture: '',
      created: NO_TIME,
      history: layers.map(() => ({ created: NO_TIME })),
      os: '',
      rootfs: { type: 'layers', diff_ids: layers.map((layer) => jsonObjectOf(layer)?.['digest']) },
      config: {}
    })
  )
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MEDIA_TYPE.image,
      config: {
        mediaType: MEDIA_TYPE.imageConfig,
        digest: `sha256:${sha256(config).toString('hex')}`,
        size: config.length
      },
      layers
    })
  )
  return { config, manifest }
}

/** A layer as it was read. */
export type ReadLegacyLayer = Pick<Descriptor, 'mediaType' | 'annotations'> & {
  readonly bytes: Uint8Array
}

/**
 * Makes a Sigstore bundle of a layer, of the first version, which is what the form has. What the payload says of the
 * image is for the caller to compare: {@link digestInSimpleSigning}, or the statement's subject.
 *
 * @param hint what a bundle names the key by that signs without a certificate
 * @returns what is wrong with the layer, as text
 */
export function bundleOfLegacyLayer(layer: ReadLegacyLayer, hint = ''): JsonObject | string {
  const { mediaType, annotations = {}, bytes } = layer
  const text = (name: string): string | undefined =>
    Object.hasOwn(annotations, name) ? annotations[name] : undefined
  const entry = entryOf(text(ANNOTATION.bundle))
  if (typeof entry === 'string') return entry
  const certificate = text(ANNOTATION.certificate)
  const material = {
    ...(certificate === undefined
      ? { publicKey: { hint } }
      : { x509CertificateChain: { certificates: [{ rawBytes: base64In(certificate) }] } }),
    tlogEntries: entry
  }
  const type = 'application/vnd.dev.sigstore.bundle+json;version=0.1'
  if (mediaType === LEGACY_LAYER.att) {
    const dsseEnvelope = jsonObjectIn(bytes)
    if (dsseEnvelope === undefined) return 'its envelope is no JSON object'
    return { mediaType: type, verificationMaterial: material, dsseEnvelope }
  }
  if (mediaType !== LEGACY_LAYER.sig) return `it is of type "${mediaType.slice(0, 100)}"`
  const timestamp = timestampOf(text(ANNOTATION.timestamp))
  const timestampVerificationData = { rfc3161Timestamps: timestamp }
  return {
    mediaType: type,
    verificationMaterial: {
      ...material,
      ...(timestamp.length > 0 && { timestampVerificationData })
    },
    messageSignature: {
      messageDigest: { algorithm: 'SHA2_256', digest: sha256(bytes).toString('base64') },
      signature: text(ANNOTATION.signature) ?? ''
    }
  }
}

/** @returns no entry where there is no annotation; what is wrong with it, as text */
function entryOf(annotation: string | undefined): readonly JsonObject[] | string {
  if (annotation === undefined) return []
  const json = jsonObjectIn(Buffer.from(annotation))
  const { body, integratedTime, logIndex, logID } = jsonObjectOf(json?.['Payload']) ?? {}
  const promise = json?.['SignedEntryTimestamp']
  if (typeof body !== 'string' || typeof logID !== 'string' || typeof promise !== 'string') {
    return 'its annotation with the log entry is damaged'
  }
  const { kind, apiVersion } = jsonObjectIn(Buffer.from(body, 'base64')) ?? {}
  return [
    {
      logIndex: String(logIndex),
      logId: { keyId: Buffer.from(logID, 'hex').toString('base64') },
      kindVersion: { kind, version: apiVersion },
      integratedTime: String(integratedTime),
      inclusionPromise: { signedEntryTimestamp: promise },
      canonicalizedBody: body
    }
  ]
}

/**
 * The timestamps of an attestation's layer, as a bundle lists them. They are of the layer's bytes, where those of a
 * bundle are of its signature: whoever puts them into one has to say so to the verifier.
 */
export function timestampsOfLegacyLayer({
  annotations = {}
}: Pick<ReadLegacyLayer, 'annotations'>): readonly JsonObject[] {
  const name = ANNOTATION.timestamp
  return timestampOf(Object.hasOwn(annotations, name) ? annotations[name] : undefined)
}

function timestampOf(annotation: string | undefined): readonly JsonObject[] {
  if (annotation === undefined) return []
  const signed = jsonObjectIn(Buffer.from(annotation))?.['SignedRFC3161Timestamp']
  return typeof signed === 'string' ? [{ signedTimestamp: signed }] : []
}

function pemOf(derBase64: string): string {
  const lines = derBase64.match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

function base64In(pem: string): string {
  return pem.replace(/-----[^-\n]{0,60}-----|\s/g, '')
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
