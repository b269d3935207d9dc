import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { renderDigest } from '../../src/model/digest.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Image } from '../../src/model/image.ts'
import type { VerifySettings } from '../../src/model/settings.ts'
import type { BundleSigner } from '../../src/services/bundle-signer.ts'
import type { StageResult } from '../../src/stages/stage.ts'
import { type OciTestRegistry, startOciRegistry } from '../support/services/oci-registry.ts'
import { type EmbeddedSigstore, startSigstore } from '../support/services/sigstore/sigstore.ts'
import { putImage } from '../support/sign-bench.ts'
import {
  attachBundle,
  attestImage,
  attestLegacy,
  BUNDLE_TYPE,
  signedImage,
  signImage,
  signLegacy,
  timestampOf,
  type VerifyBench,
  verifyBench,
  workflowSigner
} from '../support/verify-bench.ts'

const ANY = 'https://example.com/any/v1'
const SPDX = 'https://spdx.dev/Document'
const PROVENANCE = 'https://slsa.dev/provenance/v1'
const SUMMARY = 'https://slsa.dev/verification_summary/v1'
const BUILT = { runDetails: { builder: { id: 'https://builder.example' } } }

let sigstore: EmbeddedSigstore
let signer: BundleSigner
let bench: VerifyBench
let registry: OciTestRegistry
let image: Image

beforeAll(async () => {
  sigstore = await startSigstore()
  signer = await workflowSigner(sigstore)
  bench = verifyBench(sigstore)
})

afterAll(async () => {
  bench.remove()
  await sigstore.close()
})

beforeEach(async () => {
  registry = await startOciRegistry({ referrers: true })
  image = putImage(registry)
})

afterEach(async () => {
  await registry.close()
})

function pinned(one: Pick<Image, 'subject'> = image): string {
  return `${one.subject.name}@${renderDigest(one.subject.digest)}`
}

/** Another workflow of the same owner. */
async function stranger(): Promise<BundleSigner> {
  const name = 'job_workflow_ref'
  const before = sigstore.claims[name]
  sigstore.claims[name] = 'octo-org/other/.github/workflows/other.yml@refs/heads/main'
  const other = await workflowSigner(sigstore)
  await other.identity()
  sigstore.claims[name] = before
  return other
}

function stamp(bytes: Uint8Array): Promise<string> {
  return timestampOf(sigstore, bytes)
}

/** Rule and message of each finding, the digests left out. */
function told({ findings = [] }: StageResult<unknown>): readonly string[] {
  return findings.map(({ rule, message }: Finding) =>
    `${rule.id}: ${message}`.replaceAll(/sha256[:-][0-9a-f]{64}/g, 'DIGEST')
  )
}

describe.each([
  ['a registry with a list of referrers', true],
  ['a registry without', false]
])('in %s', (_what, referrers) => {
  beforeEach(async () => {
    await registry.close()
    registry = await startOciRegistry({ referrers })
    image = putImage(registry)
  })

  it('an image is verified with all its platforms', async () => {
    await signedImage(registry, signer, [image, ...image.platforms])

    const result = await bench.run({ subjects: [image.given] })

    expect(told(result)).toEqual([])
    expect(result.stats).toMatchObject({ subjects: 1, verified: 1, accepted: 3, refused: 0 })
    expect(result.outputs).toEqual({ 'image-digests': pinned() })
    expect(
      result.evidence?.filter(({ kind }) => kind === 'signature').map(({ outcome }) => outcome)
    ).toEqual(['verified', 'verified', 'verified'])
  })

  it('an older signature and attestation are verified', async () => {
    await signLegacy(registry, signer, image)
    await attestLegacy(registry, signer, image, { predicateType: ANY })

    const result = await bench.run({
      subjects: [pinned()],
      recursive: false,
      predicateTypes: [ANY]
    })

    expect(told(result)).toEqual([])
    expect(result.stats).toMatchObject({ verified: 1, accepted: 2 })
  })

  it('a signature of one platform only is none of the others, nor of the index', async () => {
    await signedImage(registry, signer, image.platforms.slice(0, 1))

    expect(told(await bench.run({ subjects: [pinned()] }))).toEqual([
      `verify/unsigned: ${pinned()} is not verified: index: signature: expected one at least, found none`.replaceAll(
        /sha256:[0-9a-f]{64}/g,
        'DIGEST'
      )
    ])
  })

  it('a platform that nobody signed is named, with the way out', async () => {
    await signedImage(registry, signer, [image, ...image.platforms.slice(0, 1)])

    const result = await bench.run({ subjects: [image.given] })
    const alone = await bench.run({ subjects: [image.given], recursive: false })

    expect(told(result)).toEqual([
      `verify/unsigned: ${image.given} is not verified: linux/arm64: signature: expected one at least, found none`
    ])
    expect(result.findings?.[0]?.rule.remedy).toContain('--no-recursive')
    expect(told(alone)).toEqual([])
  })

  it('a stranger takes nothing away, and gives nothing', async () => {
    await signedImage(registry, signer, [image])
    await signedImage(registry, await stranger(), [image])
    await attachBundle(registry, image, { verificationMaterial: {}, mediaType: 'nonsense' })

    const result = await bench.run({ subjects: [image.given], recursive: false })
    const theirs = await bench.run({ subjects: [image.given], recursive: false, signers: 2 })

    expect(result.stats).toMatchObject({ verified: 1, accepted: 1, refused: 2 })
    expect(told(result)).toEqual([expect.stringContaining('verify/others-refused: 2 more beside')])
    expect(told(theirs)).toEqual([expect.stringContaining('expected 2 different ones, found 1')])
    expect(result.findings?.[0]?.severity).toBe('info')
  })
})

describe('an image that is signed', () => {
  beforeEach(async () => {
    await signedImage(registry, signer, [image])
  })

  it.each<[keyof VerifySettings, () => unknown, string]>([
    ['identities', () => [`${sigstore.identity()}x`], 'identity'],
    ['issuers', () => ['https://issuer.example'], 'issuer'],
    ['repository', () => 'https://github.com/octo-org/other', 'source repository'],
    ['ref', () => 'refs/heads/other', 'source ref'],
    ['commit', () => 'd'.repeat(40), 'source commit'],
    [
      'workflow',
      () => 'https://github.com/o/r/.github/workflows/other.yml@refs/heads/main',
      'workflow'
    ],
    [
      'builder',
      () => 'https://github.com/o/r/.github/workflows/other.yml@refs/heads/main',
      'builder'
    ],
    ['runner', () => 'self-hosted', 'runner environment']
  ])('is refused for another of %s', async (name, value, check) => {
    const result = await bench.run({ subjects: [pinned()], recursive: false, [name]: value() })
    const [message = ''] = told(result)

    expect(message).toContain('verify/refused: ')
    expect(message).toContain(`index: ${check}: expected "`)
    expect(message).toMatch(/, found "[^"]+" \(the referrer DIGEST\)$/)
    expect(result.evidence?.map(({ outcome }) => outcome)).toContain('contradicted')
    const flags = `ask for --identity '${sigstore.identity()}' --issuer '${sigstore.oidc.url}'`
    const isWho = check === 'identity' || check === 'issuer'
    expect(result.findings?.[0]?.rule.remedy.includes(flags)).toBe(isWho)
  })

  it('is refused when it takes two to sign', async () => {
    const asked = { subjects: [pinned()], recursive: false, signers: 2 }
    expect(told(await bench.run(asked))).toEqual([
      expect.stringContaining(
        `number of signers: expected 2 different ones, found 1: ${sigstore.identity()}`
      )
    ])

    const first = sigstore.identity()
    const before = { ...sigstore.claims }
    sigstore.claims['job_workflow_ref'] =
      'octo-org/demo/.github/workflows/second.yml@refs/heads/main'
    const second = sigstore.identity()
    await signedImage(registry, await workflowSigner(sigstore), [image])
    Object.assign(sigstore.claims, before)

    expect(second).not.toBe(first)
    expect(told(await bench.run({ ...asked, identities: [first, second] }))).toEqual([])
  })

  it('is refused when it is too old, or its time is not proven', async () => {
    const asked = { subjects: [pinned()], recursive: false, maxAgeDays: 1 }
    const later = { now: () => new Date(Date.now() + 25 * 60 * 60 * 1000) }

    expect(told(await bench.run(asked))).toEqual([])
    expect(told(await bench.run(asked, { host: later }))).toEqual([
      expect.stringMatching(/age: expected signed at most 1 day before .*, found signed at 20/)
    ])
  })

  it('is refused without the statements that are asked for', async () => {
    const asked = { subjects: [pinned()], recursive: false, predicateTypes: ['spdx', PROVENANCE] }
    expect(told(await bench.run(asked))).toEqual([
      expect.stringContaining(
        `predicate type: expected a statement of type "${SPDX}", found "https://sigstore.dev/cosign/sign/v1"`
      )
    ])

    const spdx = { spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT', packages: [] }
    await attachBundle(
      registry,
      image,
      (await attestImage(signer, image, `${SPDX}/v2.3`, spdx)).json
    )
    await attachBundle(registry, image, (await attestImage(signer, image, PROVENANCE, BUILT)).json)

    expect(told(await bench.run(asked))).toEqual([])
  })

  it.each([
    [
      SPDX,
      { spdxVersion: 'SPDX-9' },
      'SBOM: expected a document in SPDX 2 or 3, found spdxVersion "SPDX-9"'
    ],
    [
      'https://cyclonedx.org/bom',
      {},
      'SBOM: expected a document in CycloneDX, found bomFormat nothing'
    ],
    [SUMMARY, { verificationResult: 'FAILED' }, 'verdict: expected "PASSED", found "FAILED"'],
    [PROVENANCE, {}, 'provenance: expected the id of a builder, found none'],
    [
      PROVENANCE,
      {
        ...BUILT,
        buildDefinition: {
          externalParameters: { workflow: { repository: 'https://github.com/o/evil' } }
        }
      },
      'provenance: expected the source that its certificate names, found it says that https://github.com/o/evil was built'
    ]
  ])('is refused for a statement that does not say it: %s', async (type, predicate, why) => {
    await attachBundle(registry, image, (await attestImage(signer, image, type, predicate)).json)

    const result = await bench.run({
      subjects: [pinned()],
      recursive: false,
      predicateTypes: [type]
    })

    expect(told(result)).toEqual([expect.stringContaining(why)])
    expect(told(result)[0]).toContain(`verify/missing`)
  })
})

describe('what is attached to an image', () => {
  it('is no signature of it when it is a bill of materials', async () => {
    const spdx = { spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT' }
    await attachBundle(registry, image, (await attestImage(signer, image, SPDX, spdx)).json)

    expect(told(await bench.run({ subjects: [pinned()], recursive: false }))).toEqual([
      expect.stringContaining(
        `signature: expected a signature or provenance, found only "${SPDX}", which says nothing of that kind`
      )
    ])
  })

  it('is no signature of it when it is of another image', async () => {
    const other = putImage(registry, 'o/app', 'other')
    const { json } = await signImage(signer, other)
    await attachBundle(registry, image, json)
    await signLegacy(registry, signer, image, renderDigest(other.subject.digest))

    const result = await bench.run({ subjects: [pinned()], recursive: false })

    expect(result.stats).toMatchObject({ verified: 0, refused: 2 })
    expect(told(result)).toEqual([
      expect.stringContaining('index: subject: expected DIGEST, found DIGEST')
    ])
  })

  it('is looked into where a list does not say what it is, and held to what it refers to', async () => {
    await registry.close()
    registry = await startOciRegistry({ referrers: false })
    image = putImage(registry)
    const digest = renderDigest(image.subject.digest)
    const { json } = await signImage(signer, image)
    const layer = registry.blob('o/app', JSON.stringify(json), BUNDLE_TYPE)
    const manifestOf = (subject: string): object => ({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactType: BUNDLE_TYPE,
      config: registry.blob('o/app', '{}', 'application/vnd.oci.empty.v1+json'),
      layers: [layer],
      subject: { mediaType: image.mediaType, digest: subject, size: image.size }
    })
    const list = (entries: readonly object[]): unknown =>
      registry.manifest(
        'o/app',
        {
          schemaVersion: 2,
          mediaType: 'application/vnd.oci.image.index.v1+json',
          manifests: entries
        },
        digest.replace(':', '-')
      )
    const asked = { subjects: [pinned()], recursive: false }

    // As cosign wrote it before 3.1.3: the type of the config, or none.
    const good = registry.manifest('o/app', manifestOf(digest))
    list([{ ...good, artifactType: 'application/vnd.oci.empty.v1+json' }])
    expect(told(await bench.run(asked))).toEqual([])
    list([good])
    expect(told(await bench.run(asked))).toEqual([])

    list([registry.manifest('o/app', manifestOf(`sha256:${'0'.repeat(64)}`))])
    expect(told(await bench.run(asked))).toEqual([
      expect.stringContaining('found its manifest refers to DIGEST, expected DIGEST')
    ])
  })

  it('has timestamps of the whole layer, where it is an older attestation', async () => {
    const asked = { subjects: [pinned()], recursive: false, predicateTypes: [ANY] }
    await attestLegacy(registry, signer, image, { predicateType: ANY, stamp })

    const result = await bench.run(asked)
    expect(told(result)).toEqual([])
    // The log's, and the authority's.
    expect(result.evidence?.[0]?.detail).toMatch(/ at \S+Z and \S+Z$/)

    const other = putImage(registry, 'o/app', 'other')
    await attestLegacy(registry, signer, other, {
      predicateType: ANY,
      stamp: () => stamp(Buffer.from('something else'))
    })
    expect(told(await bench.run({ ...asked, subjects: [pinned(other)] }))).toEqual([
      expect.stringContaining('time: expected a time')
    ])
  })

  it('of BuildKit is told, and counts for nothing', async () => {
    const text = registry.read('o/app', '1.0')?.toString() ?? ''
    const index = JSON.parse(text) as { manifests: { annotations?: object }[] }
    const last = index.manifests.at(-1)
    if (last) last.annotations = { 'vnd.docker.reference.type': 'attestation-manifest' }
    registry.manifest('o/app', index, 'built')

    const result = await bench.run({ subjects: [`${image.subject.name}:built`], recursive: false })

    expect(told(result)[0]).toContain('verify/unsigned')
    expect(JSON.stringify(result.section)).toContain('the index has attestations of BuildKit (1)')
  })
})

describe('an image that cannot be looked at', () => {
  it.each([
    ['the list of referrers', '/v2/o/app/referrers/'],
    ['the tag', '/v2/o/app/manifests/sha256-']
  ])('in one place is not taken for unsigned: %s', async (_what, path) => {
    registry.misbehave(`GET ${path}`, { kind: 'status', status: 403 })

    const result = await bench.run({ subjects: [pinned()], recursive: false })

    expect(told(result)).toEqual([
      expect.stringMatching(/^verify\/unavailable: .* could not be looked at/)
    ])
    expect(result.findings?.[0]?.severity).toBe('critical')
  })

  it('is not verified when there is none, or other bytes', async () => {
    const none = await bench.run({ subjects: [`${registry.name}/o/app:none`] })
    const missing = await bench.run({
      subjects: [`${image.subject.name}@sha256:${'0'.repeat(64)}`]
    })

    expect(told(none)).toEqual([expect.stringContaining('verify/not-found')])
    expect(told(missing)).toEqual([expect.stringContaining('verify/not-found')])
  })

  it('is not verified when nobody answers', async () => {
    const result = await bench.run(
      { subjects: ['127.0.0.1:1/o/app:1'] },
      { settings: { offline: true } }
    )

    expect(told(result)).toEqual([expect.stringContaining('verify/unavailable')])
  })
})
