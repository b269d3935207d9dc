import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest
} from '@jest/globals'
import type { Image } from '../../src/model/image.ts'
import type { StageReport } from '../../src/model/report.ts'
import type { SignatureForm } from '../../src/model/settings.ts'
import { PASSWORD, USERNAME } from '../support/services/oci-authority.ts'
import {
  type OciRegistryNature,
  type OciTestRegistry,
  startOciRegistry
} from '../support/services/oci-registry.ts'
import { type EmbeddedSigstore, startSigstore } from '../support/services/sigstore/sigstore.ts'
import {
  digestOf,
  documentIn,
  type Given,
  newKeyPem,
  PREDICATES,
  putImage,
  type SignBench,
  signBench
} from '../support/sign-bench.ts'
import { predicateOf } from '../support/file-signing.ts'

jest.setTimeout(60_000)

const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json'

let sigstore: EmbeddedSigstore
let registry: OciTestRegistry
let bench: SignBench
let image: Image

/** How many requests its services had before the test. */
let before: number

beforeAll(async () => {
  sigstore = await startSigstore()
})

afterAll(() => sigstore.close())

beforeEach(async () => {
  bench = signBench(sigstore)
  before = sigstore.requests.length
  await start()
})

afterEach(async () => {
  bench.remove()
  await registry.close()
})

async function start(nature: OciRegistryNature = { referrers: true }): Promise<void> {
  registry = await startOciRegistry(nature)
  image = putImage(registry)
}

/** What changes a registry: everything but looking. */
function changes(of: OciTestRegistry = registry): readonly string[] {
  return of.requests
    .filter(({ method }) => method !== 'GET' && method !== 'HEAD')
    .map(({ method, path }) => `${method} ${path}`)
}

/** Certificates that were asked for in this test. */
function certificates(): number {
  const asked = sigstore.requests.slice(before)
  return asked.filter(({ path }) => path.includes('signingCert')).length
}

function failed(): readonly StageReport[] {
  const problem = { code: 'SERVICE_TIMEOUT', message: 'x', remedy: 'y' }
  const rest = { durationMs: 0, findings: [], evidence: [], stats: {} }
  return [{ stage: 'integrity', title: 'Verify', status: 'errored', problem, ...rest }]
}

describe('an image', () => {
  it('is signed with every platform of it, and all of it is read back', async () => {
    const result = await bench.run({ images: [image] })

    const [signature, ...more] = result.evidence ?? []
    expect(result.findings).toEqual([])
    expect(result.stats).toMatchObject({ subjects: 3, kept: 24, thereBefore: 0, notKept: 0 })
    expect(result.outputs?.['signed-subjects']?.split('\n')).toEqual(
      [image, ...image.platforms].map((one) => `${image.subject.name}@${digestOf(one)}`)
    )
    expect(signature).toMatchObject({
      kind: 'signature',
      outcome: 'verified',
      signer: { identity: sigstore.identity() },
      predicateType: 'https://sigstore.dev/cosign/sign/v1'
    })
    expect(more.every(({ outcome }) => outcome === 'verified')).toBe(true)
  })

  it('is signed with one certificate', async () => {
    await bench.run({ images: [image] })

    expect(certificates()).toBe(1)
  })

  it('has attachments as cosign 3 writes them', async () => {
    await bench.run({ images: [image] })

    const list = await fetch(`${registry.url}/v2/o/app/referrers/${digestOf(image)}`)
    const { manifests } = (await list.json()) as {
      manifests: { artifactType: string; digest: string; annotations: Record<string, string> }[]
    }
    const [first] = manifests
    const manifest: unknown = JSON.parse(
      registry.read('o/app', first?.digest ?? '')?.toString() ?? ''
    )
    expect(manifests).toHaveLength(4)
    expect(
      manifests
        .map(({ annotations }) => annotations['dev.sigstore.bundle.predicateType'] ?? '')
        .sort()
    ).toEqual([
      'https://sigstore.dev/cosign/sign/v1',
      'https://slsa.dev/provenance/v1',
      'https://slsa.dev/verification_summary/v1',
      'https://spdx.dev/Document'
    ])
    expect(manifest).toMatchObject({
      artifactType: BUNDLE,
      config: { mediaType: 'application/vnd.oci.empty.v1+json', size: 2 },
      layers: [{ mediaType: BUNDLE }],
      subject: { digest: digestOf(image), mediaType: image.mediaType, size: image.size },
      annotations: {
        'dev.sigstore.bundle.content': 'dsse-envelope',
        'org.opencontainers.image.created': expect.stringMatching(/^\d{4}-.*Z$/)
      }
    })
  })

  it('is checked by lines that name exactly who signed', async () => {
    const result = await bench.run({ images: [image] })

    const reference = `${image.subject.name}@${digestOf(image)}`
    expect(result.outputs?.['verify-commands']?.split('\n')).toEqual([
      `cosign verify ${reference} --certificate-identity ${sigstore.identity()} --certificate-oidc-issuer ${sigstore.oidc.url} --trusted-root root.json`,
      `gh attestation verify oci://${reference} --bundle-from-oci --repo ${String(sigstore.claims['repository'])} --cert-identity ${sigstore.identity()} --cert-oidc-issuer ${sigstore.oidc.url} --custom-trusted-root root.jsonl`
    ])
  })

  it('is nothing that is signed when it is none', async () => {
    await bench.run({ images: [image] })

    const [other] = image.others
    const list = await fetch(`${registry.url}/v2/o/app/referrers/${other?.digest ?? ''}`)
    expect(await list.json()).toMatchObject({ manifests: [] })
  })

  it.each<[string, OciRegistryNature, readonly SignatureForm[]]>([
    ['a registry that keeps no list', {}, ['referrer']],
    ['the older tags', {}, ['legacy']],
    ['all forms at once', { referrers: true }, ['referrer', 'legacy', 'file']]
  ])('is signed and read back in %s', async (_what, nature, forms) => {
    await registry.close()
    await start(nature)

    const result = await bench.run({ images: [image], sign: { forms } })

    expect(result.findings).toEqual([])
    expect(result.stats).toMatchObject({ subjects: 3, kept: 12 * forms.length, notKept: 0 })
  })

  it('is signed with a key', async () => {
    const result = await bench.run({
      images: [image],
      sign: { key: newKeyPem(), forms: ['referrer', 'legacy'] },
      host: { idTokens: undefined } as unknown as NonNullable<Given['host']>
    })

    expect(result.findings).toEqual([])
    expect(result.stats).toMatchObject({ subjects: 3, kept: 24, notKept: 0 })
    expect(certificates()).toBe(0)
    expect(result.outputs?.['verify-commands']).toBe(
      `cosign verify ${image.subject.name}@${digestOf(image)} --key cosign.pub --trusted-root root.json`
    )
    expect(result.documents?.map(({ name }) => name)).toEqual(['cosign.pub'])
  })

  it('is put again where the registry loses it, and that is said', async () => {
    registry.loseReferrers(3)

    const result = await bench.run({ images: [image], sign: { forms: ['referrer'] } })

    expect(result.stats).toMatchObject({ subjects: 3, kept: 12, notKept: 0 })
    expect(JSON.stringify(result.section)).toContain('was put again')
  })

  it('is put again where another writer loses it after it was seen there', async () => {
    await registry.close()
    await start({})
    const { http } = bench.host
    const tag = digestOf(image).replace(':', '-')
    let isLost = false
    const fetchAndLose: typeof http.fetch = async (request) => {
      const answer = await http.fetch(request)
      // Ours was read back: now the older list of somebody slower arrives.
      if (!isLost && request.method === undefined && /\/blobs\/sha256:/.test(request.url)) {
        isLost = true
        const none = { schemaVersion: 2, mediaType: image.mediaType, manifests: [] }
        registry.manifest('o/app', none, tag)
      }
      return answer
    }

    const result = await bench.run({
      images: [{ ...image, platforms: [] }],
      sign: { forms: ['referrer'] },
      host: { http: { fetch: fetchAndLose } }
    })

    const index = JSON.parse(registry.read('o/app', tag)?.toString() ?? '') as { manifests: [] }
    expect(isLost).toBe(true)
    expect(index.manifests).toHaveLength(4)
    expect(result.stats).toMatchObject({ kept: 4, notKept: 0 })
    expect(JSON.stringify(result.section)).toContain('was put again')
  })

  it('is not signed where the registry does not take it: that is a finding, and the rest goes on', async () => {
    const [first] = image.platforms
    const second = putImage(registry, 'o/other')
    registry.misbehave('PUT /v2/o/app/manifests/', { kind: 'status', status: 403 })

    const result = await bench.run({ images: [image, second], sign: { forms: ['referrer'] } })

    expect(first).toBeDefined()
    expect(result.findings?.[0]).toMatchObject({ rule: { id: 'sign/not-kept', severity: 'high' } })
    expect(result.stats).toMatchObject({ subjects: 3, kept: 12, notKept: 12 })
  })

  it('is not called signed when something else is read back', async () => {
    registry.misbehave('GET /v2/o/app/blobs/', { kind: 'wrong-bytes' })

    const result = await bench.run({ images: [image], sign: { forms: ['referrer'] } })

    expect(result.stats).toMatchObject({ subjects: 0 })
    expect(result.findings?.length).toBeGreaterThan(0)
  })
})

it('names each bundle of several files once', async () => {
  const files = ['a', 'b'].map((name) => ({
    subject: { name, digest: { algorithm: 'sha256' as const, hex: name.repeat(64) } }
  }))

  const result = await bench.run({ files })

  const paths = result.outputs?.['bundle-paths']?.split('\n') ?? []
  expect(paths.length).toBeGreaterThan(1)
  expect(paths).toEqual([...new Set(paths)])
})

describe('the same again', () => {
  it.each<[string, OciRegistryNature]>([
    ['with a list of referrers', { referrers: true }],
    ['without', {}]
  ])('changes nothing in a registry %s, and asks for no certificate', async (_what, nature) => {
    await registry.close()
    await start(nature)
    const given: Given = { images: [image], sign: { forms: ['referrer', 'legacy'] } }
    await bench.run(given)
    const done = { changes: changes().length, asked: sigstore.requests.length }

    const result = await bench.run(given)

    expect(changes()).toHaveLength(done.changes)
    expect(
      sigstore.requests
        .slice(done.asked)
        .filter(({ method, path }) => method === 'POST' || path.includes('/api/'))
    ).toEqual([])
    expect(result.findings).toEqual([])
    expect(result.stats).toMatchObject({ subjects: 3, kept: 24, thereBefore: 24, notKept: 0 })
  })

  it('signs what says something else now, and nothing besides', async () => {
    const given: Given = { images: [image], sign: { forms: ['referrer'] } }
    await bench.run(given)
    const [, provenance] = PREDICATES.list
    const spdx = predicateOf('spdx', 'https://spdx.dev/Document', { spdxVersion: 'SPDX-2.4' })

    const list = [spdx, ...(provenance ? [provenance] : [])]
    const result = await bench.run({ ...given, provenance: { ...PREDICATES, list } })

    expect(result.stats).toMatchObject({ kept: 12, thereBefore: 9 })
  })

  it('takes nothing of another signer for its own', async () => {
    const given: Given = { images: [image], sign: { forms: ['referrer'] } }
    await bench.run({ ...given, sign: { ...given.sign, key: newKeyPem() } })

    const result = await bench.run(given)

    expect(result.stats).toMatchObject({ kept: 12, thereBefore: 0 })
  })

  it('passes over what others have attached', async () => {
    const [bytes, json] = ['no bundle', '{"dsseEnvelope":{"payload":"e30="}}']
    for (const text of [bytes, json]) {
      const layer = registry.blob('o/app', text, BUNDLE)
      registry.manifest('o/app', {
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        artifactType: BUNDLE,
        config: registry.blob('o/app', '{}', 'application/vnd.oci.empty.v1+json'),
        layers: [layer],
        subject: { mediaType: image.mediaType, digest: digestOf(image), size: image.size }
      })
    }

    const result = await bench.run({ images: [image], sign: { forms: ['referrer'] } })

    expect(result.stats).toMatchObject({ subjects: 3, kept: 12, notKept: 0 })
    expect(JSON.stringify(result.section)).toContain('was passed over')
  })
})

describe('before the first signature', () => {
  it('a failed verdict signs nothing, and asks nobody', async () => {
    const result = await bench.run({ images: [image], reports: failed() })

    expect(result.nothing).toContain('verdict')
    expect(registry.requests).toEqual([])
    expect(sigstore.requests).toHaveLength(before)
    expect(JSON.stringify(result.section)).toContain('Nothing was signed')
  })

  it('a failed verdict is signed when it is asked for, and says that it failed', async () => {
    const result = await bench.run({
      images: [image],
      reports: failed(),
      sign: { on: 'always', forms: ['file'] }
    })

    const name = bench.documents().find((one) => one.includes('.verdict.')) ?? ''
    const { dsseEnvelope } = JSON.parse(documentIn(bench, name)) as {
      dsseEnvelope: { payload: string }
    }
    expect(result.stats).toMatchObject({ subjects: 3 })
    expect(Buffer.from(dsseEnvelope.payload, 'base64').toString()).toContain(
      '"verificationResult":"FAILED"'
    )
  })

  it('names all that is in the way at once, and changes nothing', async () => {
    bench.remove()
    bench = signBench(sigstore, { rekor: 2 })
    registry.misbehave('POST /v2/o/app/blobs/uploads/', { kind: 'status', status: 403 })
    const run = bench.run({
      images: [image],
      sign: {
        forms: ['referrer', 'legacy'],
        promoteTo: [`${registry.name}/UPPER:1`, `${registry.name}/o/x`]
      }
    })

    await expect(run).rejects.toMatchObject({
      code: 'INPUT_CONFLICT',
      message: expect.stringMatching(
        /Nothing was signed: .*UPPER.*no tag.*`legacy` needs.*version 2.*push to/s
      )
    })
    expect(changes().filter((one) => one.startsWith('PUT'))).toEqual([])
    expect(certificates()).toBe(0)
  })

  it('the log that does not answer is in the way', async () => {
    const broken = await startSigstore()
    await broken.rekorV1.close()
    bench.remove()
    bench = signBench(broken)
    const run = bench.run({ images: [image] })

    await expect(run).rejects.toMatchObject({
      code: 'SERVICE_UNREACHABLE',
      message: expect.stringContaining('the log does not answer')
    })
    await broken.close()
    expect(changes().filter((one) => one.startsWith('PUT'))).toEqual([])
  })

  it.each<[string, Given, string]>([
    ['asked for by name', { sign: { mode: 'keyless' } }, 'PERMISSION_MISSING'],
    ['for files', { sign: { subjectPaths: ['dist/*'] } }, 'PERMISSION_MISSING'],
    ['with a key that is not there', { sign: { mode: 'key' } }, 'INPUT_INVALID']
  ])('what cannot be signed is an error: %s', async (_what, given, code) => {
    const host = { idTokens: undefined } as unknown as NonNullable<Given['host']>
    const asked = { images: [image], host, ...given }

    expect(bench.skipReason(asked)).toBeUndefined()
    await expect(bench.run(asked)).rejects.toMatchObject({ code })
  })

  it('images alone without permission are skipped, with what to add', () => {
    const host = { idTokens: undefined } as unknown as NonNullable<Given['host']>

    expect(bench.skipReason({ images: [image], host })).toContain('id-token: write')
  })

  it.each<[string, Given]>([
    ['nothing to sign', {}],
    ['`off`', { sign: { mode: 'off', subjectPaths: ['dist/*'] } }]
  ])('%s is not asked for', (_what, given) => {
    expect(bench.skipReason(given)).toBe('not asked for')
  })
})

describe('promotion', () => {
  let target: OciTestRegistry

  beforeEach(async () => {
    target = await startOciRegistry({})
  })

  afterEach(() => target.close())

  it('copies the image with all its signatures, and sets the tag last', async () => {
    const promoteTo = [`${target.name}/prod/app:1.0`]
    const sign = { forms: ['referrer', 'legacy'] as const, promoteTo }

    const result = await bench.run({ images: [image], sign })

    const puts = changes(target).filter((one) => one.startsWith('PUT'))
    expect(result.findings).toEqual([])
    expect(result.stats).toMatchObject({ promoted: 1 })
    expect(puts.at(-1)).toBe('PUT /v2/prod/app/manifests/1.0')
    expect(target.read('prod/app', '1.0')).toEqual(registry.read('o/app', digestOf(image)))
    expect(target.read('prod/app', `${digestOf(image).replace(':', '-')}.sig`)).toBeDefined()
    expect(result.outputs?.['verify-commands']).toContain(
      `cosign verify ${target.name}/prod/app@${digestOf(image)}`
    )
  })

  it('changes nothing the second time', async () => {
    const given: Given = {
      images: [image],
      sign: { forms: ['referrer'], promoteTo: [`${target.name}/prod/app:1.0`] }
    }
    await bench.run(given)
    const done = changes(target).length

    const result = await bench.run(given)

    expect(changes(target)).toHaveLength(done)
    expect(result.stats).toMatchObject({ promoted: 1, thereBefore: 12 })
  })

  it('leaves the tag of a target that fails, and goes on with the others', async () => {
    target.manifest('bad/app', { schemaVersion: 2, layers: [], config: {} }, '1.0')
    const old = target.read('bad/app', '1.0')
    target.misbehave('PUT /v2/bad/app/manifests/sha256', { kind: 'status', status: 500 })
    const promoteTo = [`${target.name}/bad/app:1.0`, `${target.name}/good/app:1.0`]

    const result = await bench.run({ images: [image], sign: { forms: ['referrer'], promoteTo } })

    expect(target.read('bad/app', '1.0')).toEqual(old)
    expect(target.read('good/app', '1.0')).toBeDefined()
    expect(result.findings).toMatchObject([{ rule: { id: 'sign/not-promoted', severity: 'high' } }])
    expect(result.stats).toMatchObject({ promoted: 1 })
  })

  it('does not promote what is not signed where it was staged', async () => {
    registry.misbehave('PUT /v2/o/app/manifests/', { kind: 'status', status: 403 })
    const promoteTo = [`${target.name}/prod/app:1.0`]

    const result = await bench.run({ images: [image], sign: { forms: ['referrer'], promoteTo } })

    expect(target.read('prod/app', '1.0')).toBeUndefined()
    expect(result.findings?.map(({ rule }) => rule.id)).toContain('sign/not-promoted')
  })

  it('never sends the login of the inputs to another registry', async () => {
    await Promise.all([registry.close(), target.close()])
    await start({ referrers: true, auth: 'basic' })
    target = await startOciRegistry({ auth: 'basic' })
    const promoteTo = [`${target.name}/prod/app:1.0`]

    const run = bench.run({
      images: [image],
      sign: { forms: ['referrer'], promoteTo },
      settings: { registryUsername: USERNAME, registryPassword: PASSWORD }
    })

    await expect(run).rejects.toMatchObject({ message: expect.stringContaining('401') })
    expect(target.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true)
  })
})
