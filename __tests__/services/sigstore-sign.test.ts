import { createPublicKey } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { bundleFromJSON } from '@sigstore/bundle'
import { TrustedRoot } from '@sigstore/protobuf-specs'
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'
import { preAuthEncoding } from '../../src/formats/dsse.ts'
import { type JsonObject, jsonObjectOf } from '../../src/formats/json.ts'
import type { BundleSigner, SignedBundle } from '../../src/services/bundle-signer.ts'
import type { SigstoreInstance } from '../../src/services/sigstore-instance.ts'
import { keylessSigner, keySigner } from '../../src/services/sigstore-sign.ts'
import { sigstoreVerifier } from '../../src/services/sigstore-verify.ts'
import { type EmbeddedSigstore, startSigstore } from '../support/services/sigstore/sigstore.ts'
import {
  hintOf,
  instanceOf,
  newSigningKey,
  signingDesk,
  statementAbout
} from '../support/signing.ts'

const BYTES = Buffer.from('what is shipped')
const STATEMENT = statementAbout(BYTES)
const KEY = newSigningKey()

let sigstore: EmbeddedSigstore

beforeAll(async () => {
  sigstore = await startSigstore()
})

afterEach(() => {
  sigstore.behave()
})

afterAll(() => sigstore.close())

const V2 = { kind: 'hashedrekord', version: '0.0.2' }
const REKOR = ['1', '2', 'none'] as const
const WHO = ['keyless', 'key'] as const

function signerOf(who: (typeof WHO)[number], instance: SigstoreInstance): BundleSigner {
  const desk = signingDesk(sigstore)
  return who === 'key' ? keySigner(desk, instance, KEY) : keylessSigner(desk, instance)
}

/** The library that nobody has changed. */
function verifiedByLibrary(
  { json }: SignedBundle,
  rekor: (typeof REKOR)[number],
  artifact?: Buffer
): ReturnType<Verifier['verify']> {
  const key = createPublicKey(KEY.publicKey)
  const material = toTrustMaterial(TrustedRoot.fromJSON(sigstore.trustedRoot), (hint) => {
    if (hint !== hintOf(KEY)) throw new Error(`no key ${hint}`)
    return { publicKey: key, validFor: () => true }
  })
  const verifier = new Verifier(material, { tlogThreshold: rekor === 'none' ? 0 : 1 })
  return verifier.verify(toSignedEntity(bundleFromJSON(json), artifact))
}

function partOf({ json }: SignedBundle, ...path: readonly string[]): JsonObject {
  let part: JsonObject = json
  for (const name of path) part = jsonObjectOf(part[name]) ?? {}
  return part
}

function entryOf(bundle: SignedBundle): JsonObject {
  const entries = partOf(bundle, 'verificationMaterial')['tlogEntries'] as readonly JsonObject[]
  return entries[0] ?? {}
}

describe.each(WHO)('%s signing', (who) => {
  describe.each(REKOR)('with a log of version %s and a timestamp', (rekor) => {
    const expected =
      who === 'key'
        ? { by: 'key', signer: { identity: `key ${hintOf(KEY)}` } }
        : { by: 'certificate', signer: { repository: 'https://github.com/octo-org/octo-repo' } }

    it('makes a statement that the library and we accept', async () => {
      const instance = await instanceOf(sigstore, rekor)
      const bundle = await signerOf(who, instance).statement(STATEMENT)

      expect(verifiedByLibrary(bundle, rekor).key).toBeDefined()
      const { verifyStatement } = await verifierFor(instance)
      expect(verifyStatement(bundle.json)).toMatchObject({
        ...expected,
        statement: { predicateType: 'https://example.com/predicate/v1' }
      })
      expect(entryOf(bundle)['kindVersion']).toEqual(
        { '1': { kind: 'dsse', version: '0.0.1' }, '2': V2, none: undefined }[rekor]
      )
    })

    it('makes a signature of bytes that the library and we accept', async () => {
      const instance = await instanceOf(sigstore, rekor)
      const bundle = await signerOf(who, instance).message(() => [BYTES])

      expect(verifiedByLibrary(bundle, rekor, BYTES).key).toBeDefined()
      expect(() => verifiedByLibrary(bundle, rekor, Buffer.from('else'))).toThrow(
        'signature verification failed'
      )
      const { verifyMessage } = await verifierFor(instance)
      expect(await verifyMessage(bundle.json, [BYTES])).toMatchObject(expected)
      expect(entryOf(bundle)['kindVersion']).toEqual(
        { '1': { kind: 'hashedrekord', version: '0.0.1' }, '2': V2, none: undefined }[rekor]
      )
    })
  })
})

function verifierFor(instance: SigstoreInstance): ReturnType<typeof sigstoreVerifier> {
  const keys = [{ id: hintOf(KEY), key: createPublicKey(KEY.publicKey) }]
  const log = instance.rekor === undefined ? 0 : 1
  return sigstoreVerifier({
    ...instance,
    keys,
    timestampOnly: log === 0,
    thresholds: { log, timestamp: 1 }
  })
}

describe('a bundle', () => {
  it('is of version 0.3, with the leaf alone and the rest of the chain beside it', async () => {
    const bundle = await signerOf('keyless', await instanceOf(sigstore, '1')).statement(STATEMENT)

    expect(bundle.json['mediaType']).toBe('application/vnd.dev.sigstore.bundle.v0.3+json')
    expect(Object.keys(partOf(bundle, 'verificationMaterial', 'certificate'))).toEqual(['rawBytes'])
    expect(bundle.chain).toEqual(sigstore.fulcio.chain.map((der) => der.toString('base64')))
  })

  it('has the envelope exactly as the log got it, so that its digest is in the log', async () => {
    const bundle = await signerOf('key', await instanceOf(sigstore, '1')).statement(STATEMENT)
    const posted = sigstore.requests.findLast(({ service }) => service === 'rekor-v1')
    const { spec } = JSON.parse(posted?.body ?? '{}') as {
      readonly spec: { readonly proposedContent: { readonly envelope: string } }
    }
    const parsedAgain = JSON.parse(JSON.stringify(bundle.json)) as JsonObject

    expect(JSON.stringify(parsedAgain['dsseEnvelope'])).toBe(spec.proposedContent.envelope)
  })

  it('of a key has no chain and names the key as cosign does', async () => {
    const signer = signerOf('key', await instanceOf(sigstore, '2'))
    const bundle = await signer.message(() => [BYTES])

    expect(bundle.chain).toEqual([])
    expect(partOf(bundle, 'verificationMaterial', 'publicKey')).toEqual({ hint: hintOf(KEY) })
    expect(await signer.identity()).toEqual({
      kind: 'key',
      publicKey: KEY.publicKey,
      hint: hintOf(KEY)
    })
  })

  it('of a key needs neither log nor time', async () => {
    const { trustedRoot } = sigstore
    const instance = { trustedRoot, asOf: '2026-01-01', isPublic: false }
    const bundle = await keySigner(signingDesk(sigstore), instance, KEY).message(() => [BYTES])

    expect(partOf(bundle, 'verificationMaterial')).toEqual({
      publicKey: { hint: hintOf(KEY) },
      tlogEntries: []
    })
  })

  it('has every log that the signing configuration demands', async () => {
    const one = await instanceOf(sigstore, '1')
    const second = { url: sigstore.rekorV2.url, version: 2 } as const
    const further = { rekor: [second], timestampUrls: [] }
    const bundle = await signerOf('keyless', { ...one, further }).statement(STATEMENT)

    expect(partOf(bundle, 'verificationMaterial')['tlogEntries']).toHaveLength(2)
    expect(verifiedByLibrary(bundle, '1').key).toBeDefined()
  })

  it('has every timestamp that the signing configuration demands', async () => {
    const one = await instanceOf(sigstore, '1')
    const further = { rekor: [], timestampUrls: [one.timestampUrl ?? ''] }
    const bundle = await signerOf('keyless', { ...one, further }).statement(STATEMENT)

    const { rfc3161Timestamps } = partOf(
      bundle,
      'verificationMaterial',
      'timestampVerificationData'
    )
    expect(rfc3161Timestamps).toHaveLength(2)
  })

  it('is of bytes that are read piece by piece, more than memory would like', async () => {
    const piece = Buffer.alloc(1024 * 1024, 7)
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (let count = 0; count < 64; count++) yield await Promise.resolve(piece)
    }
    const instance = await instanceOf(sigstore, '1')
    const bundle = await signerOf('keyless', instance).message(pieces)

    const { verifyMessage } = await verifierFor(instance)
    expect(await verifyMessage(bundle.json, pieces())).toMatchObject({ by: 'certificate' })
  })
})

describe('a log', () => {
  it.each(['1', '2'] as const)(
    'of version %s that nobody can verify by is of no use',
    async (rekor) => {
      const { tlogs, ...rest } = sigstore.trustedRoot as Readonly<Record<string, unknown[]>>
      const others = tlogs?.toSpliced(Number(rekor) - 1, 1)
      const instance = await instanceOf(sigstore, rekor)
      const signer = signerOf('key', { ...instance, trustedRoot: { ...rest, tlogs: others } })

      await expect(signer.statement(STATEMENT)).rejects.toMatchObject({
        code: 'SERVICE_RESPONSE_INVALID',
        message: expect.stringContaining('a log that the trusted root has not'),
        remedy: expect.stringContaining('same deployment')
      })
    }
  )
})

describe('whoever signs', () => {
  it('is said by the certificate', async () => {
    const signer = signerOf('keyless', await instanceOf(sigstore, '1'))

    expect(await signer.identity()).toEqual({
      kind: 'certificate',
      identity: sigstore.identity(),
      issuer: sigstore.oidc.url
    })
  })

  it.each([
    ['no authority', { fulcioUrl: undefined }, 'no certificate authority'],
    ['nothing that proves the time', { rekor: undefined, timestampUrl: undefined }, 'proves when'],
    ['a log that states no time', { timestampUrl: undefined }, 'proves when']
  ])('needs an instance: not one with %s', async (_what, less, message) => {
    const whole = await instanceOf(sigstore, '2')
    const given = Object.entries({ ...whole, ...less }).filter(([, value]) => value !== undefined)
    const instance = Object.fromEntries(given) as unknown as SigstoreInstance

    expect(() => signerOf('keyless', instance)).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringContaining(message) })
    )
  })

  it('is told what permission the job lacks', async () => {
    const desk = signingDesk(sigstore, { env: {} })
    const signer = keylessSigner(desk, await instanceOf(sigstore, '1'))

    await expect(signer.statement(STATEMENT)).rejects.toMatchObject({
      code: 'PERMISSION_MISSING',
      remedy: expect.stringContaining('id-token: write')
    })
  })
})

it('encodes what is signed as the specification of DSSE has it', () => {
  const encoded = preAuthEncoding('http://example.com/HelloWorld', Buffer.from('hello world'))

  expect(Buffer.concat(encoded).toString()).toBe(
    'DSSEv1 29 http://example.com/HelloWorld 11 hello world'
  )
})
