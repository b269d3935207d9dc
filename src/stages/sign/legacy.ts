import { createHash } from 'node:crypto'
import {
  attestationLayer,
  bundleOfLegacyLayer,
  LEGACY_LAYER,
  type LegacyKind,
  type LegacyLayer,
  legacyTag,
  renderSimpleSigning,
  signatureLayer
} from '../../formats/cosign-legacy.ts'
import { type JsonObject, jsonObjectIn, jsonObjectOf } from '../../formats/json.ts'
import type { Descriptor } from '../../formats/oci/descriptor.ts'
import type { SignedBundle } from '../../services/bundle-signer.ts'
import type { OciRepository } from '../../services/oci-registry.ts'
import type { OwnBundles, Says, WantedStatement } from './signing.ts'

/** Layers under one tag that are looked into: anybody who may push can add more. */
const MAX_LOOKED_INTO = 100

/** Bytes that are read of them together, in whole layers. */
const MAX_LOOKED_INTO_BYTES = 256 * 1024 * 1024

/** What an envelope may have besides its statement, in bytes. */
const MAX_ENVELOPE_BYTES = 64 * 1024

/** What the older forms say about one image. */
export interface LegacyLooking {
  readonly repository: OciRepository
  readonly subject: Descriptor
  /** The name in the payload of a signature: where it was signed, also after it was copied elsewhere. */
  readonly signedName: string
  /** The statements, the signature among them. */
  readonly wanted: readonly WantedStatement[]
  readonly own: Pick<OwnBundles, 'sameStatement' | 'sameMessage'>
  /** What a bundle names our key by; empty for a certificate. */
  readonly hint: string
}

/**
 * Looks for our statements under the tags of the older forms.
 *
 * @returns digest of the layer, by what it says
 * @throws ServiceError when the registry cannot be asked, or refuses
 */
export async function lookForLegacy(looking: LegacyLooking): Promise<ReadonlyMap<Says, string>> {
  const { wanted } = looking
  const found = new Map<Says, string>()
  const signature = wanted.some(({ says }) => says === 'signature')
  const statements = wanted.filter(({ says }) => says !== 'signature')
  if (signature) await lookAtSignatures(looking, found)
  if (statements.length > 0) await lookAtAttestations(looking, statements, found)
  return found
}

async function lookAtSignatures(looking: LegacyLooking, found: Map<Says, string>): Promise<void> {
  const { signedName, subject, own } = looking
  const payload = renderSimpleSigning(signedName, subject.digest)
  for (const layer of await layersUnder(looking, 'sig', payload.length)) {
    const bundle = await bundleIn(looking, layer)
    if (bundle?.bytes.equals(payload) !== true) continue
    if (!(await own.sameMessage(bundle.json, () => [payload]))) continue
    found.set('signature', layer.digest)
    return
  }
}

async function lookAtAttestations(
  looking: LegacyLooking,
  statements: readonly WantedStatement[],
  found: Map<Says, string>
): Promise<void> {
  const largest = Math.max(...statements.map((one) => one.payload().length))
  const most = Math.ceil(largest / 3) * 4 + MAX_ENVELOPE_BYTES
  const types = new Set(statements.map(({ predicateType }) => predicateType))
  const layers = (await layersUnder(looking, 'att', most)).filter(({ annotations = {} }) =>
    types.has(annotations['predicateType'] ?? '')
  )
  for (const layer of layers) {
    if (statements.every(({ says }) => found.has(says))) return
    const bundle = await bundleIn(looking, layer)
    if (bundle === undefined) continue
    for (const one of statements) {
      if (found.has(one.says) || layer.annotations?.['predicateType'] !== one.predicateType)
        continue
      if (await looking.own.sameStatement(bundle.json, one)) found.set(one.says, layer.digest)
    }
  }
}

async function layersUnder(
  { repository, subject }: LegacyLooking,
  kind: LegacyKind,
  maxBytes: number
): Promise<readonly Descriptor[]> {
  const found = await repository.manifest(legacyTag(subject.digest, kind))
  if (found?.kind !== 'found' || found.manifest.kind !== 'image') return []
  let left = MAX_LOOKED_INTO_BYTES
  return found.manifest.layers
    .filter(({ mediaType, size }) => mediaType === LEGACY_LAYER[kind] && size <= maxBytes)
    .toReversed()
    .slice(0, MAX_LOOKED_INTO)
    .filter(({ size }) => (left -= size) >= 0)
}

async function bundleIn(
  { repository, hint }: LegacyLooking,
  layer: Descriptor
): Promise<{ readonly json: JsonObject; readonly bytes: Buffer } | undefined> {
  const blob = await repository.blob(layer)
  if (blob?.kind !== 'found') return undefined
  const json = bundleOfLegacyLayer({ ...layer, bytes: blob.bytes }, hint)
  return typeof json === 'string' ? undefined : { json, bytes: Buffer.from(blob.bytes) }
}

/** Makes the layer of an attestation. @returns why there can be none, as text */
export function legacyAttestation(
  signed: SignedBundle,
  wanted: WantedStatement
): LegacyLayer | string {
  const layer = attestationLayer(signed, wanted.predicateType)
  if (typeof layer === 'string') return layer
  const logged = loggedEnvelope(signed.json)
  if (logged === undefined) return 'the log entry is none of an envelope'
  // Verifiers hold the layer's own bytes against the log.
  const digest = createHash('sha256').update(layer.bytes).digest('hex')
  return logged === digest ? layer : 'the log has another form of the envelope'
}

/** Makes the layer of a signature. @returns why there can be none, as text */
export function legacySignature(
  signed: SignedBundle,
  { name, digest }: { readonly name: string; readonly digest: string }
): LegacyLayer | string {
  return signatureLayer(signed, renderSimpleSigning(name, digest))
}

/** SHA-256 of the envelope that was logged. @see https://github.com/sigstore/rekor/tree/main/pkg/types/dsse */
function loggedEnvelope(bundle: JsonObject): string | undefined {
  const entries = jsonObjectOf(bundle['verificationMaterial'])?.['tlogEntries']
  const entry = jsonObjectOf(Array.isArray(entries) ? entries[0] : undefined)
  const body = entry?.['canonicalizedBody']
  if (typeof body !== 'string') return undefined
  const spec = jsonObjectOf(jsonObjectIn(Buffer.from(body, 'base64'))?.['spec'])
  const hash = jsonObjectOf(spec?.['envelopeHash'] ?? jsonObjectOf(spec?.['content'])?.['hash'])
  const value = hash?.['value']
  return typeof value === 'string' ? value : undefined
}
