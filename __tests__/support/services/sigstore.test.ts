import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { bundleToJSON } from '@sigstore/bundle'
import { TransparencyLogEntry, TrustedRoot } from '@sigstore/protobuf-specs'
import {
  CIContextProvider,
  DSSEBundleBuilder,
  FulcioSigner,
  MessageSignatureBundleBuilder,
  RekorWitness,
  TSAWitness,
  type Witness
} from '@sigstore/sign'
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'
import { httpClient } from '../../../src/host/http.ts'
import {
  bundleVerifier,
  type RefusedBundle,
  sigstoreVerifier
} from '../../../src/services/sigstore-verify.ts'
import { tufTargets } from '../../../src/services/sigstore-tuf.ts'
import { der, integer, octets, oid, sequence } from '../signed/der.ts'
import { preAuthEncoding } from './sigstore/signature-check.ts'
import { type EmbeddedSigstore, startSigstore } from './sigstore/sigstore.ts'

type Bundle = Awaited<ReturnType<DSSEBundleBuilder['create']>>
type Signed = Parameters<Witness['testify']>[0]
type Material = Awaited<ReturnType<Witness['testify']>>

const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'a.txt', digest: { sha256: 'a'.repeat(64) } }],
  predicateType: 'https://example.com/predicate/v1',
  predicate: { passed: true }
}

const ISSUER_OID = '1.3.6.1.4.1.57264.1.8'
const HOUR = 3_600_000

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

const logV1 = (): Witness => new RekorWitness({ rekorBaseURL: sigstore.rekorV1.url })
const logIntoto = (): Witness =>
  new RekorWitness({ rekorBaseURL: sigstore.rekorV1.url, entryType: 'intoto' })
const stamp = (): Witness => new TSAWitness({ tsaBaseURL: sigstore.tsa.url })
const logV2 = (): Witness => ({
  testify: async (content, certificate) =>
    entryMaterial(await postV2(v2Request(content, certificate)))
})

function v2Request(content: Signed, certificate: string): object {
  if (content.$case !== 'dsseEnvelope') throw new Error('not a statement')
  const { payloadType, payload, signatures } = content.dsseEnvelope
  const digest = createHash('sha256').update(preAuthEncoding(payloadType, payload)).digest('base64')
  const rawBytes = certificate.replaceAll(/-----.*-----|\s/g, '')
  return {
    hashedRekordRequestV002: {
      digest,
      signature: {
        content: signatures[0]?.sig.toString('base64'),
        verifier: { keyDetails: 'PKIX_ECDSA_P256_SHA_256', x509Certificate: { rawBytes } }
      }
    }
  }
}

function postV2(request: object): Promise<Response> {
  const body = JSON.stringify(request)
  return fetch(`${sigstore.rekorV2.url}/api/v2/log/entries`, { method: 'POST', body })
}

async function entryMaterial(response: Response): Promise<Material> {
  const json: unknown = await response.json()
  if (!response.ok) throw new Error(`HTTP ${response.status} ${JSON.stringify(json)}`)
  return { tlogEntries: [TransparencyLogEntry.fromJSON(json)] } as Material
}

/** Signs as the library does, which nobody has changed. */
function signed(witnesses: Witness[] = [logV1(), stamp()]): Promise<Bundle> {
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
  return new Verifier(material).verify(toSignedEntity(bundle))
}

/** What the library says, and a part of our reason. */
async function refusals(bundle: Bundle): Promise<readonly [string, string]> {
  const ours = (await verifiedByUs(bundle)) as Partial<RefusedBundle>
  try {
    verifiedByLibrary(bundle)
    return ['accepted', ours.refused ?? 'accepted']
  } catch (error) {
    const code = Error.isError(error) && 'code' in error ? String(error.code) : String(error)
    return [code, ours.refused ?? 'accepted']
  }
}

const LEDGERS = [
  ['Rekor v1 and a timestamp', () => [logV1(), stamp()]],
  ['Rekor v1', () => [logV1()]],
  ['Rekor v1, as intoto', () => [logIntoto()]],
  ['Rekor v2 and a timestamp', () => [logV2(), stamp()]]
] as const

describe('a bundle that @sigstore/sign makes with them', () => {
  it.each(LEDGERS)('is accepted by @sigstore/verify and by us: %s', async (_name, witnesses) => {
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

  it('may be of bytes alone', async () => {
    const signer = new FulcioSigner({
      fulcioBaseURL: sigstore.fulcio.url,
      identityProvider: new CIContextProvider('sigstore')
    })
    const builder = new MessageSignatureBundleBuilder({ signer, witnesses: [logV1(), stamp()] })
    const data = Buffer.from('some bytes')
    const bundle = await builder.create({ data })
    const { trustedRoot } = sigstore
    const ours = await sigstoreVerifier({ trustedRoot, keys: [], asOf: '2026-01-01' })
    const material = toTrustMaterial(TrustedRoot.fromJSON(trustedRoot))

    expect(await ours.verifyMessage(bundleToJSON(bundle), [data])).toMatchObject({
      signer: { identity: sigstore.identity() }
    })
    expect(new Verifier(material).verify(toSignedEntity(bundle, data)).identity).toBeDefined()
  })

  it('says about a workflow all that the real authority says', async () => {
    const { identity } = verifiedByLibrary(await signed())

    const arcs = (identity?.oids ?? []).flatMap(({ oid: id }) => {
      const dotted = id?.id.join('.') ?? ''
      return dotted.startsWith('1.3.6.1.4.1.57264.1.') ? [Number(dotted.split('.').at(-1))] : []
    })
    expect(arcs).toEqual([1, 2, 3, 4, 5, 6, 8, ...Array.from({ length: 14 }, (_, i) => i + 9), 24])
    expect(identity?.oids?.map(({ oid: id }) => id?.id.join('.'))).toContain(ISSUER_OID)
  })

  it('is accepted whatever number of entries the log has', async () => {
    for (let count = 0; count < 9; count++) {
      const bundle = await signed([logV1(), logV2(), stamp()])
      expect(verifiedByLibrary(bundle).identity).toBeDefined()
    }
  })
})

function ask(request: object): Promise<Response> {
  const body = JSON.stringify(request)
  return fetch(`${sigstore.fulcio.url}/api/v2/signingCert`, { method: 'POST', body })
}

describe('the certificate authority', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const requestOf = (signedText: string): object => ({
    publicKey: { algorithm: 'ECDSA', content: publicKey.export({ format: 'pem', type: 'spki' }) },
    proofOfPossession: sign('sha256', Buffer.from(signedText), privateKey).toString('base64')
  })

  it.each([
    ['with the proof', 'repo:octo-org/octo-repo:ref:refs/heads/main', 200],
    ['with a proof for another name', 'repo:octo-org/other:ref:refs/heads/main', 400]
  ])('answers whoever has the key: %s', async (_what, signedText, status) => {
    const oidcIdentityToken = sigstore.oidc.token('sigstore')
    const response = await ask({
      credentials: { oidcIdentityToken },
      publicKeyRequest: requestOf(signedText)
    })

    expect(response.status).toBe(status)
  })

  it('wants a token, of the issuer that it knows', async () => {
    const publicKeyRequest = requestOf('x')
    const [head, , signature] = sigstore.oidc.token('sigstore').split('.')
    const claims = Buffer.from('{"aud":"sigstore"}').toString('base64url')
    const forged = { oidcIdentityToken: `${head}.${claims}.${signature}` }

    expect((await ask({ publicKeyRequest })).status).toBe(401)
    expect((await ask({ credentials: forged, publicKeyRequest })).status).toBe(400)
  })
})

describe('claims', () => {
  afterEach(() => {
    for (const name of ['aud', 'iss', 'exp']) Reflect.deleteProperty(sigstore.claims, name)
  })

  it('can be another workflow', async () => {
    const before = sigstore.claims['job_workflow_ref']
    sigstore.claims['job_workflow_ref'] = 'other/repo/.github/workflows/x.yml@refs/tags/v1'
    const { identity } = verifiedByLibrary(await signed())
    sigstore.claims['job_workflow_ref'] = before

    expect(identity?.subjectAlternativeName).toBe(
      'https://github.com/other/repo/.github/workflows/x.yml@refs/tags/v1'
    )
  })

  it.each([
    ['for somebody else', 'aud', 'nobody'],
    ['expired', 'exp', 1]
  ])('that are %s get no certificate', async (_what, name, value) => {
    sigstore.claims[name] = value

    await expect(signed()).rejects.toMatchObject({
      code: 'CA_CREATE_SIGNING_CERTIFICATE_ERROR',
      cause: { message: expect.stringContaining('processing the identity token') }
    })
  })
})

describe('signing fails', () => {
  it.each([
    [['oidc', { kind: 'status', status: 401 }], 'IDENTITY_TOKEN_PARSE_ERROR'],
    [['oidc', { kind: 'no-token' }], 'IDENTITY_TOKEN_PARSE_ERROR'],
    [['oidc', { kind: 'wrong-key' }], 'CA_CREATE_SIGNING_CERTIFICATE_ERROR'],
    [['oidc', { kind: 'clock', offsetMs: -HOUR }], 'CA_CREATE_SIGNING_CERTIFICATE_ERROR'],
    [['oidc', { kind: 'clock', offsetMs: HOUR }], 'CA_CREATE_SIGNING_CERTIFICATE_ERROR'],
    [['fulcio', { kind: 'status', status: 500 }], 'CA_CREATE_SIGNING_CERTIFICATE_ERROR'],
    [['fulcio', { kind: 'reset' }], 'CA_CREATE_SIGNING_CERTIFICATE_ERROR'],
    [['fulcio', { kind: 'truncated' }], 'CA_CREATE_SIGNING_CERTIFICATE_ERROR'],
    [['fulcio', { kind: 'clock', offsetMs: HOUR }], 'CA_CREATE_SIGNING_CERTIFICATE_ERROR'],
    // The log sees that the certificate is not for the key that signed.
    [['fulcio', { kind: 'wrong-key' }], 'TLOG_CREATE_ENTRY_ERROR'],
    [['rekorV1', { kind: 'status', status: 503 }], 'TLOG_CREATE_ENTRY_ERROR'],
    [['rekorV1', { kind: 'reset' }], 'TLOG_CREATE_ENTRY_ERROR'],
    [['rekorV1', { kind: 'html' }], 'TLOG_CREATE_ENTRY_ERROR'],
    [['tsa', { kind: 'status', status: 429 }], 'TSA_CREATE_TIMESTAMP_ERROR'],
    [['tsa', { kind: 'lost' }], 'TSA_CREATE_TIMESTAMP_ERROR']
  ] as const)('with %j', async (order, code) => {
    sigstore.fault(...order)

    await expect(signed()).rejects.toMatchObject({ code })
  })
})

describe('what was made is refused', () => {
  it.each([
    [['fulcio', { kind: 'validity', fromMs: -HOUR, untilMs: -HOUR / 2 }], 'CERTIFICATE_ERROR'],
    [['fulcio', { kind: 'validity', fromMs: HOUR, untilMs: 2 * HOUR }], 'CERTIFICATE_ERROR'],
    [['fulcio', { kind: 'wrong-sct' }], 'CERTIFICATE_ERROR'],
    [['fulcio', { kind: 'unknown-ct-log' }], 'CERTIFICATE_ERROR'],
    [['fulcio', { kind: 'no-sct' }], 'CERTIFICATE_ERROR'],
    [['fulcio', { kind: 'foreign-authority' }], 'CERTIFICATE_ERROR'],
    [['rekorV1', { kind: 'stale-checkpoint' }], 'TLOG_INCLUSION_PROOF_ERROR'],
    [['rekorV1', { kind: 'malformed-checkpoint' }], 'TLOG_INCLUSION_PROOF_ERROR'],
    [['rekorV1', { kind: 'wrong-proof' }], 'TLOG_INCLUSION_PROOF_ERROR'],
    [['rekorV1', { kind: 'wrong-key' }], 'TLOG_INCLUSION_PROMISE_ERROR'],
    [['rekorV1', { kind: 'wrong-promise' }], 'TLOG_INCLUSION_PROMISE_ERROR'],
    [['rekorV1', { kind: 'wrong-entry' }], 'TLOG_BODY_ERROR'],
    [['rekorV1', { kind: 'clock', offsetMs: -HOUR }], 'CERTIFICATE_ERROR'],
    [['rekorV2', { kind: 'stale-checkpoint' }], 'TLOG_INCLUSION_PROOF_ERROR'],
    [['rekorV2', { kind: 'malformed-checkpoint' }], 'TLOG_INCLUSION_PROOF_ERROR'],
    [['rekorV2', { kind: 'wrong-proof' }], 'TLOG_INCLUSION_PROOF_ERROR'],
    [['rekorV2', { kind: 'wrong-key' }], 'TLOG_INCLUSION_PROOF_ERROR'],
    [['rekorV2', { kind: 'wrong-entry' }], 'TLOG_BODY_ERROR'],
    [['tsa', { kind: 'wrong-imprint' }], 'TIMESTAMP_ERROR'],
    [['tsa', { kind: 'wrong-key' }], 'TIMESTAMP_ERROR'],
    [['tsa', { kind: 'clock', offsetMs: HOUR }], 'CERTIFICATE_ERROR'],
    [['tsa', { kind: 'clock', offsetMs: -HOUR }], 'CERTIFICATE_ERROR']
  ] as const)('with %j', async (order, code) => {
    const witnesses = (): Witness[] => [order[0] === 'rekorV2' ? logV2() : logV1(), stamp()]
    // Others have entries in the log, so that there is something to mistake this one for.
    await signed(witnesses())
    sigstore.fault(...order)
    const [theirs, ours] = await refusals(await signed(witnesses()))

    expect(theirs).toBe(code)
    expect(ours).not.toBe('accepted')
  })

  it('with a timestamp authority that says no', async () => {
    sigstore.fault('tsa', { kind: 'rejected' })

    const [theirs, ours] = await refusals(await signed())
    expect(theirs).not.toBe('accepted')
    expect(ours).not.toBe('accepted')
  })

  it('unless only the name in the certificate is another: that is for the policy to see', async () => {
    sigstore.fault('fulcio', { kind: 'wrong-identity', identity: 'https://github.com/evil/x' })

    const { identity } = verifiedByLibrary(await signed())
    expect(identity?.subjectAlternativeName).toBe('https://github.com/evil/x')
  })
})

describe('an entry that is in the log already', () => {
  it('is named by Rekor v1, which has it to fetch', async () => {
    // The first answer is lost on the way.
    sigstore.fault('rekorV1', { kind: 'lost', times: 1 })
    const before = sigstore.rekorV1.tree.size
    const bundle = await signed([
      new RekorWitness({ rekorBaseURL: sigstore.rekorV1.url, retry: 1 })
    ])

    expect(sigstore.rekorV1.tree.size).toBe(before + 1)
    expect(sigstore.requests.slice(-3).map(({ method, status }) => [method, status])).toEqual([
      ['POST', 201],
      ['POST', 409],
      ['GET', 200]
    ])
    expect(verifiedByLibrary(bundle).identity).toBeDefined()
  })

  it('is not given out by Rekor v2', async () => {
    const { content, verificationMaterial } = await signed([logV2(), stamp()])
    const der64 =
      verificationMaterial.content.$case === 'certificate'
        ? verificationMaterial.content.certificate.rawBytes.toString('base64')
        : ''
    const response = await postV2(v2Request(content, der64))

    expect(response.status).toBe(409)
    expect(await response.json()).toEqual({
      code: 6,
      message: expect.stringMatching(/^an equivalent entry already exists .* with index \d+$/)
    })
  })

  it('may be there although Rekor v2 says that somebody gave up', async () => {
    sigstore.fault('rekorV2', { kind: 'cancelled', times: 1 })
    const before = sigstore.rekorV2.tree.size

    await expect(signed([logV2(), stamp()])).rejects.toThrow('HTTP 499')
    expect(sigstore.rekorV2.tree.size).toBe(before + 1)
  })
})

describe('Rekor v2', () => {
  it('takes nothing but hashes', async () => {
    const response = await postV2({ dsseRequestV002: {} })

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ message: 'invalid type, must be hashedrekord' })
  })

  it('takes no signature that is not true', async () => {
    const other: Witness = {
      async testify(content, certificate) {
        const request = v2Request(content, certificate) as {
          hashedRekordRequestV002: { digest: string }
        }
        request.hashedRekordRequestV002.digest = Buffer.alloc(32).toString('base64')
        return entryMaterial(await postV2(request))
      }
    }

    await expect(signed([other])).rejects.toThrow('HTTP 400')
  })

  it('lets everybody wait for the next checkpoint', async () => {
    const slow = await startSigstore({ checkpointEveryMs: 300 })
    const { content, verificationMaterial } = await signed([logV2(), stamp()])
    const { content: key } = verificationMaterial
    if (key.$case !== 'certificate') throw new Error('no certificate')
    const request = v2Request(content, key.certificate.rawBytes.toString('base64'))
    const body = JSON.stringify(request)
    const url = `${slow.rekorV2.url}/api/v2/log/entries`
    // Two who come at once, the second in vain: the first has not been answered yet.
    const answers = await Promise.all(
      [0, 1].map(async () => (await fetch(url, { method: 'POST', body })).status)
    )
    await slow.close()

    expect(new Set(answers)).toEqual(new Set([201, 409]))
  })
})

describe('the timestamp authority', () => {
  it('answers requests in DER, with their nonce and its certificate', async () => {
    const nonce = Buffer.from('00deadbeef', 'hex')
    const inDer: Witness = {
      async testify(content) {
        if (content.$case !== 'dsseEnvelope') throw new Error('not a statement')
        const [signature] = content.dsseEnvelope.signatures
        const digest = createHash('sha256')
          .update(signature?.sig ?? '')
          .digest()
        const imprint = sequence(sequence(oid('2.16.840.1.101.3.4.2.1')), octets(digest))
        const certificates = der(0x01, Buffer.from([0xff]))
        const body = sequence(integer(1), imprint, der(0x02, nonce), certificates)
        const headers = { 'content-type': 'application/timestamp-query' }
        const url = `${sigstore.tsa.url}/api/v1/timestamp`
        const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(body) })
        const signedTimestamp = Buffer.from(await response.arrayBuffer())
        return { rfc3161Timestamps: [{ signedTimestamp }] }
      }
    }
    const bundle = await signed([logV2(), inDer])
    const { timestampVerificationData } = bundle.verificationMaterial
    const [{ signedTimestamp } = { signedTimestamp: Buffer.alloc(0) }] =
      timestampVerificationData?.rfc3161Timestamps ?? []

    expect(verifiedByLibrary(bundle).identity).toBeDefined()
    expect(signedTimestamp.includes(der(0x02, nonce))).toBe(true)
    expect(signedTimestamp.includes(sigstore.tsa.chain[0] ?? '')).toBe(true)
  })
})

describe('the issuer of tokens', () => {
  it('is found at its address, with its keys', async () => {
    const { url } = sigstore.oidc
    const found = await fetch(`${url}/.well-known/openid-configuration`)
    const { issuer, jwks_uri: keys } = (await found.json()) as Record<string, string>

    expect(issuer).toBe(url)
    expect(await (await fetch(keys ?? '')).json()).toEqual(sigstore.oidc.keys())
  })

  it('gives no token to who has none', async () => {
    const response = await fetch(`${sigstore.oidc.url}/token?audience=sigstore`)

    expect(response.status).toBe(401)
  })
})

describe('the mirror', () => {
  it('has the trusted root and both signing configurations', async () => {
    const targets = await tufTargets(
      {
        http: httpClient({ env: {}, version: '0.0.0', concurrency: 4 }),
        repository: sigstore.tuf.url,
        root: sigstore.tuf.root,
        now: new Date(),
        signal: AbortSignal.timeout(5000)
      },
      ['trusted_root.json', 'signing_config.v0.2.json', 'signing_config_rekor_v2.v0.2.json']
    )

    expect([...targets.values()]).toEqual([
      sigstore.trustedRoot,
      sigstore.signingConfig(1),
      sigstore.signingConfig(2)
    ])
  })
})

describe('a fault', () => {
  it('can be of one kind of request, for a time, and says when to come again', async () => {
    sigstore.fault(
      'fulcio',
      { kind: 'status', status: 429, retryAfter: '7', times: 1 },
      'GET /api/v2/trustBundle'
    )
    const url = `${sigstore.fulcio.url}/api/v2/trustBundle`
    const [first, second] = [await fetch(url), await fetch(url)]

    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7'])
    expect(second.status).toBe(200)
  })

  it('can be slowness', async () => {
    sigstore.fault('tsa', { kind: 'late', ms: 200 })
    const before = Date.now()
    await signed()

    expect(Date.now() - before).toBeGreaterThanOrEqual(190)
  })
})
