import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { bundleToJSON } from '@sigstore/bundle'
import { TrustedRoot } from '@sigstore/protobuf-specs'
import {
  CIContextProvider,
  DSSEBundleBuilder,
  FulcioSigner,
  RekorWitness,
  TSAWitness,
  type Witness
} from '@sigstore/sign'
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'
import { bundleVerifier } from '../../../src/services/sigstore-verify.ts'
import { type EmbeddedSigstore, startSigstore } from './sigstore/sigstore.ts'

type Bundle = Awaited<ReturnType<DSSEBundleBuilder['create']>>

const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'a.txt', digest: { sha256: 'a'.repeat(64) } }],
  predicateType: 'https://example.com/predicate/v1',
  predicate: { passed: true }
}

let sigstore: EmbeddedSigstore

beforeAll(async () => {
  sigstore = await startSigstore()
  Object.assign(process.env, sigstore.env)
})
afterEach(() => {
  sigstore.behave()
})
afterAll(async () => {
  for (const name of Object.keys(sigstore.env)) Reflect.deleteProperty(process.env, name)
  await sigstore.close()
})

const log = (entryType?: 'dsse' | 'intoto'): Witness =>
  new RekorWitness({ rekorBaseURL: sigstore.rekorV1.url, ...(entryType && { entryType }) })
const timestamp = (): Witness => new TSAWitness({ tsaBaseURL: sigstore.tsa.url })

/** Signs as the library does, which nobody has changed. */
async function signed(witnesses: Witness[] = [log(), timestamp()]): Promise<Bundle> {
  const signer = new FulcioSigner({
    fulcioBaseURL: sigstore.fulcio.url,
    identityProvider: new CIContextProvider('sigstore')
  })
  const data = Buffer.from(JSON.stringify(STATEMENT))
  const builder = new DSSEBundleBuilder({ signer, witnesses })
  return builder.create({ data, type: 'application/vnd.in-toto+json' })
}

async function verifiedByUs(bundle: Bundle): Promise<unknown> {
  const { trustedRoot } = sigstore
  const verify = await bundleVerifier({ trustedRoot, keys: [], asOf: '2026-01-01' })
  return verify(bundleToJSON(bundle))
}

function verifiedByLibrary(bundle: Bundle): ReturnType<Verifier['verify']> {
  const material = toTrustMaterial(TrustedRoot.fromJSON(sigstore.trustedRoot))
  const hasTimestamp =
    bundle.verificationMaterial.timestampVerificationData?.rfc3161Timestamps.length
  const timestampThreshold = hasTimestamp ? 2 : 1
  return new Verifier(material, { timestampThreshold }).verify(toSignedEntity(bundle))
}

describe('a bundle that @sigstore/sign makes with them', () => {
  it.each([
    ['a log and a timestamp', () => [log(), timestamp()]],
    ['a log', () => [log()]],
    ['a log, as intoto', () => [log('intoto')]]
  ])('is accepted by @sigstore/verify and by us: %s', async (_what, witnesses) => {
    const bundle = await signed(witnesses())

    expect(verifiedByLibrary(bundle).identity?.subjectAlternativeName).toBe(sigstore.identity())
    expect(await verifiedByUs(bundle)).toMatchObject({
      by: 'certificate',
      statement: { predicateType: STATEMENT.predicateType },
      signer: {
        identity: sigstore.identity(),
        issuer: sigstore.oidc.url,
        repository: 'https://github.com/octo-org/octo-repo',
        runner: 'github-hosted'
      }
    })
  })
})
