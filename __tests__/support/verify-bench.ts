import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  attestationLayer,
  renderSimpleSigning,
  signatureLayer
} from '../../src/formats/cosign-legacy.ts'
import { renderImageSignature, renderStatement } from '../../src/formats/in-toto.ts'
import type { Descriptor } from '../../src/formats/oci/descriptor.ts'
import { TIMESTAMP_QUERY, timestampRequest } from '../../src/formats/timestamp.ts'
import type { Host } from '../../src/host/host.ts'
import { machine } from '../../src/host/machine.ts'
import type { Checkout } from '../../src/model/checkout.ts'
import { renderDigest } from '../../src/model/digest.ts'
import type { Image, PlatformImage } from '../../src/model/image.ts'
import { DEFAULT_POLICY } from '../../src/model/policy.ts'
import type { Settings, VerifySettings } from '../../src/model/settings.ts'
import type { BundleSigner, SignedBundle } from '../../src/services/bundle-signer.ts'
import { type OciRepository, openRepository } from '../../src/services/oci-registry.ts'
import { keylessSigner } from '../../src/services/sigstore-sign.ts'
import type { StageResult } from '../../src/stages/stage.ts'
import { verify } from '../../src/stages/verify.ts'
import { ociContext } from './oci-context.ts'
import { runContext, SETTINGS } from './run-context.ts'
import type { OciTestRegistry } from './services/oci-registry.ts'
import type { EmbeddedSigstore } from './services/sigstore/sigstore.ts'
import { instanceOf, signingDesk } from './signing.ts'

export const BUNDLE_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json'

/** A folder with a trusted root, and the stage that verifies over it. */
export interface VerifyBench {
  readonly path: string
  /** Writes a file of the folder. @returns its path in it */
  put(path: string, content: string | Uint8Array): string
  /** Runs the stage with the right name and issuer, unless something else is said. */
  run(
    verify: Partial<VerifySettings>,
    given?: {
      readonly settings?: Partial<Settings>
      readonly where?: Partial<Checkout>
      readonly host?: Partial<Host>
    }
  ): Promise<StageResult<unknown>>
  remove(): void
}

const WHERE: Checkout = {
  name: 'app',
  dirty: [],
  dirtyCount: 0,
  submodules: [],
  shallow: false,
  sparse: false
}

/** Makes the folder; what `sigstore` vouches for counts. */
export function verifyBench(sigstore: EmbeddedSigstore): VerifyBench {
  const path = mkdtempSync(join(tmpdir(), 'assay-verify-'))
  const put = (name: string, content: string | Uint8Array): string => {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), content)
    return name
  }
  put('root.json', JSON.stringify(sigstore.trustedRoot))
  const settings = { path, out: join(path, 'out'), offline: false, concurrency: 16 }
  const host: Host = {
    ...machine({ settings, env: {}, signal: new AbortController().signal }),
    mask() {},
    log: { debug() {}, info() {}, warning() {}, error() {} },
    progress: () => ({ advance() {}, done() {} })
  }
  return {
    path,
    put,
    run(said, given = {}) {
      const context = runContext(
        { ...host, ...given.host },
        {
          ...settings,
          mode: 'verify',
          sigstore: { rekor: 'auto', trustedRoot: 'root.json', oidcIssuer: sigstore.oidc.url },
          ...given.settings,
          verify: {
            ...SETTINGS.verify,
            identities: [sigstore.identity()],
            issuers: [sigstore.oidc.url],
            ...said
          }
        }
      )
      return verify.run(context, { checkout: { ...WHERE, ...given.where }, policy: DEFAULT_POLICY })
    },
    remove: () => {
      rmSync(path, { recursive: true, force: true })
    }
  }
}

/** Signs as the workflow that tokens are of now. */
export async function workflowSigner(
  sigstore: EmbeddedSigstore,
  rekor: '1' | '2' | 'none' = '1'
): Promise<BundleSigner> {
  return keylessSigner(signingDesk(sigstore), await instanceOf(sigstore, rekor))
}

type Signed = Pick<Image | PlatformImage, 'subject' | 'mediaType' | 'size'>

/** The repository of an image. */
export function repositoryOf(registry: OciTestRegistry, repository = 'o/app'): OciRepository {
  return openRepository(ociContext(), { registry: registry.name, repository })
}

/** The signature of an image as cosign 3 makes it. */
export function signImage(signer: BundleSigner, { subject }: Signed): Promise<SignedBundle> {
  return signer.statement(renderImageSignature(subject.digest))
}

/** A statement about an image. */
export function attestImage(
  signer: BundleSigner,
  { subject }: Signed,
  predicateType: string,
  predicate: unknown = {}
): Promise<SignedBundle> {
  return signer.statement(renderStatement([subject], predicateType, [JSON.stringify(predicate)]))
}

/** Attaches a bundle beside an image. */
export function attachBundle(
  registry: OciTestRegistry,
  { subject, mediaType, size }: Signed,
  bundle: unknown
): Promise<Descriptor> {
  return repositoryOf(registry).attach({
    subject: { mediaType, size, digest: renderDigest(subject.digest) },
    bytes: Buffer.from(JSON.stringify(bundle)),
    artifactType: BUNDLE_TYPE,
    annotations: {}
  })
}

/** Signs an image, or all of it, and attaches the signatures. */
export async function signedImage(
  registry: OciTestRegistry,
  signer: BundleSigner,
  images: readonly Signed[]
): Promise<void> {
  for (const one of images) {
    await attachBundle(registry, one, (await signImage(signer, one)).json)
  }
}

/** Signs an image as cosign 2 does, under the tag `sha256-….sig`. */
export async function signLegacy(
  registry: OciTestRegistry,
  signer: BundleSigner,
  { subject }: Signed,
  about = renderDigest(subject.digest)
): Promise<void> {
  const payload = renderSimpleSigning(subject.name, about)
  const layer = signatureLayer(await signer.message(() => [payload]), payload)
  if (typeof layer === 'string') throw new Error(layer)
  const tag = `${renderDigest(subject.digest).replace(':', '-')}.sig`
  await repositoryOf(registry).appendLegacy(tag, [layer])
}

/**
 * States something about an image as cosign 2 does, under the tag `sha256-….att`.
 *
 * @param stamp makes a timestamp, base64, of the layer's bytes
 */
export async function attestLegacy(
  registry: OciTestRegistry,
  signer: BundleSigner,
  { subject }: Signed,
  given: {
    readonly predicateType: string
    readonly stamp?: (layer: Uint8Array) => Promise<string>
  }
): Promise<void> {
  const { predicateType, stamp } = given
  const payload = renderStatement([subject], predicateType, ['{}'])
  const layer = attestationLayer(await signer.statement(payload), predicateType)
  if (typeof layer === 'string') throw new Error(layer)
  const SignedRFC3161Timestamp = await stamp?.(layer.bytes)
  const stamped = SignedRFC3161Timestamp && {
    'dev.sigstore.cosign/rfc3161timestamp': JSON.stringify({ SignedRFC3161Timestamp })
  }
  const annotations = { ...layer.annotations, ...stamped }
  const tag = `${renderDigest(subject.digest).replace(':', '-')}.att`
  await repositoryOf(registry).appendLegacy(tag, [{ ...layer, annotations }])
}

/** A timestamp of some bytes, base64. */
export async function timestampOf(sigstore: EmbeddedSigstore, bytes: Uint8Array): Promise<string> {
  const digest = createHash('sha256').update(bytes).digest()
  const body = timestampRequest({ digest, nonce: randomBytes(8) })
  const answer = await fetch(`${sigstore.tsa.url}/api/v1/timestamp`, {
    method: 'POST',
    headers: { 'content-type': TIMESTAMP_QUERY },
    body
  })
  return Buffer.from(await answer.arrayBuffer()).toString('base64')
}
