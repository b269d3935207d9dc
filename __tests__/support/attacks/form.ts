import { newTimestampAuthority } from '../services/sigstore/tsa.ts'
import { type BundleJson, stamp } from '../signed/forge.ts'
import { newPair } from '../signed/sigstore.ts'
import { testKey } from '../signed/npm-registry.ts'
import {
  attack,
  type AttackGroup,
  AT,
  entryIn,
  flipped,
  FORGE,
  KEY,
  made,
  message,
  minutes,
  OTHER,
  renamed,
  rootWith,
  without
} from './attack.ts'

const v2 = { rekor: 2 } as const
const stampsIn = (bundle: BundleJson): { signedTimestamp: string }[] =>
  bundle.verificationMaterial.timestampVerificationData.rfc3161Timestamps
const IMPOSTOR = { ...FORGE.tsa, secret: newPair().privateKey }

/** When it was signed. */
export const TIMESTAMP: AttackGroup = {
  title: 'Timestamp',
  attacks: [
    attack('there is none, in a log of the second kind', 'expected 1 timestamps, got 0', {
      making: { ...v2, stamps: [] }
    }),
    attack('one bit of it is turned', 'a timestamp is not signed by the authority that it names', {
      making: v2,
      change: (bundle) => {
        const [one] = stampsIn(bundle)
        if (one) one.signedTimestamp = flipped(one.signedTimestamp)
      }
    }),
    attack('it is of another signature', 'a timestamp is of another signature', {
      making: v2,
      change: (bundle) => {
        bundle.verificationMaterial.timestampVerificationData =
          made(v2).verificationMaterial.timestampVerificationData
      }
    }),
    attack(
      'an authority gave it that nobody knows',
      'a timestamp is of an authority that the trusted root does not have',
      {
        making: { ...v2, tsa: newTimestampAuthority() }
      }
    ),
    attack(
      'somebody with another key gave it in the name of the authority',
      'a timestamp is not signed by the authority that it names',
      {
        making: { ...v2, tsa: IMPOSTOR }
      }
    ),
    attack(
      'its authority did not count any more',
      'a timestamp is from 2026-01-01T00:00:00Z, when its authority did not count',
      {
        making: v2,
        trust: rootWith({
          timestampAuthorities: FORGE.trustedRoot.timestampAuthorities.map((authority) => ({
            ...authority,
            validFor: { start: '2021-01-01T00:00:00Z', end: '2025-01-01T00:00:00Z' }
          }))
        })
      }
    ),
    attack(
      "it is from before the authority's certificate",
      'a timestamp is from 2020-12-31T00:00:00Z, when its authority did not count',
      {
        making: { ...v2, stamps: [new Date('2020-12-31T00:00:00Z')] },
        trust: rootWith({
          timestampAuthorities: FORGE.trustedRoot.timestampAuthorities.map((authority) => ({
            ...authority,
            validFor: { start: '2019-01-01T00:00:00Z' }
          }))
        })
      }
    ),
    attack(
      'it is from before the certificate',
      'its certificate counts from 2025-12-31T23:59:00Z until 2026-01-01T00:09:00Z, not at 2025-12-31T23:58:00Z',
      { making: { ...v2, stamps: [minutes(-2)] } }
    ),
    attack(
      'it is from after the certificate',
      'its certificate counts from 2025-12-31T23:59:00Z until 2026-01-01T00:09:00Z, not at 2026-01-01T00:10:00Z',
      { making: { ...v2, stamps: [minutes(10)] } }
    ),
    attack(
      'a true one stands beside one from after the certificate',
      'its certificate counts from 2025-12-31T23:59:00Z until 2026-01-01T00:09:00Z, not at 2026-01-01T00:10:00Z',
      {
        making: { ...v2, stamps: [AT, minutes(10)] }
      }
    ),
    attack('it is there twice', 'duplicate timestamp', { making: { ...v2, stamps: [AT, AT] } }),
    attack('it is a refusal', 'a timestamp cannot be read, or is a refusal to give one', {
      making: v2,
      change: (bundle) => {
        bundle.verificationMaterial.timestampVerificationData.rfc3161Timestamps = [
          { signedTimestamp: Buffer.from('30053003020102', 'hex').toString('base64') }
        ]
      }
    }),
    attack(
      'it is no timestamp',
      'a certificate or timestamp cannot be read: unsupported tag 0x00',
      {
        making: v2,
        change: (bundle) => {
          bundle.verificationMaterial.timestampVerificationData.rfc3161Timestamps = [
            { signedTimestamp: 'AAAA' }
          ]
        }
      }
    ),
    attack(
      'a true promise of the log stands beside a timestamp of another signature',
      'a timestamp is of another signature',
      {
        making: { stamps: [] },
        change: (bundle) => {
          stampsIn(bundle).push(stamp(FORGE.tsa, Buffer.from('another'), AT))
        }
      }
    )
  ]
}

const BUNDLE = 'application/vnd.dev.sigstore.bundle'

function parsed(text: string): unknown {
  return JSON.parse(text)
}

/** How a bundle is written down. */
export const FORM: AttackGroup = {
  title: 'Form of the bundle',
  attacks: [
    ...[
      `${BUNDLE}.v0.4+json`,
      `${BUNDLE}.v9.9+json`,
      `${BUNDLE}+json;version=0.9`,
      `${BUNDLE}.v0.3+json; charset=utf-8`,
      ''
    ].map((mediaType) =>
      attack(
        mediaType === '' ? 'it does not say what it is' : `it says that it is \`${mediaType}\``,
        `it says that it is "${mediaType}", expected a Sigstore bundle of version 0.1, 0.2 or 0.3`,
        { change: (bundle) => renamed(bundle, mediaType) }
      )
    ),
    attack(
      'it has a promise and no proof, as version 0.1 may',
      'invalid bundle: verificationMaterial.tlogEntries[0].inclusionProof',
      {
        change: (bundle) => {
          without(entryIn(bundle), 'inclusionProof')
        }
      }
    ),
    attack(
      'it is of version 0.1, with a proof and no promise',
      'invalid v0.1 bundle: verificationMaterial.tlogEntries[0].inclusionPromise',
      {
        making: { stamps: [AT] },
        change: (bundle) => {
          without(entryIn(bundle), 'inclusionPromise')
          return renamed(bundle, `${BUNDLE}+json;version=0.1`)
        }
      }
    ),
    attack(
      'it is of version 0.2, with a promise and no proof',
      'invalid v0.2 bundle: verificationMaterial.tlogEntries[0].inclusionProof',
      {
        change: (bundle) => {
          without(entryIn(bundle), 'inclusionProof')
          return renamed(bundle, `${BUNDLE}+json;version=0.2`)
        }
      }
    ),
    attack(
      'it has a chain of certificates, as version 0.1 may',
      'invalid bundle: verificationMaterial.content.$case',
      {
        change: (bundle) => {
          const { certificate, ...rest } = bundle.verificationMaterial
          const x509CertificateChain = { certificates: [certificate] }
          return { ...bundle, verificationMaterial: { ...rest, x509CertificateChain } }
        }
      }
    ),
    attack(
      'it holds a statement and a signature of bytes',
      'it holds both a statement and a signature of bytes',
      {
        change: (bundle) => ({ ...bundle, messageSignature: message().messageSignature })
      }
    ),
    attack('it holds neither', 'it holds neither a statement nor a signature', {
      change: (bundle) => {
        without(bundle, 'dsseEnvelope')
      }
    }),
    attack(
      'it has a certificate and names a key',
      'it says more than once with what it is signed',
      {
        change: (bundle) => {
          bundle.verificationMaterial.publicKey = { hint: KEY.id }
        }
      }
    ),
    attack(
      'a key signed, and it has a certificate, too',
      'it says more than once with what it is signed',
      {
        making: { key: KEY },
        change: (bundle) => {
          bundle.verificationMaterial.certificate = made().verificationMaterial.certificate
        }
      }
    ),
    attack(
      'it has neither certificate nor key',
      'it has neither a certificate nor the name of a key',
      {
        change: ({ verificationMaterial }) => {
          without(verificationMaterial, 'certificate')
        }
      }
    ),
    attack(
      'it has nothing to verify it with',
      'it has neither a certificate nor the name of a key',
      {
        change: (bundle) => {
          without(bundle, 'verificationMaterial')
        }
      }
    ),
    attack('it is a list', 'it is no JSON object', { change: () => [] }),
    attack('it is text', 'it is no JSON object', { change: () => 'bundle' }),
    attack('it signs bytes, where a statement is expected', 'it holds no statement', {
      change: () => message()
    }),
    attack(
      'its content is only in what it inherits',
      'it holds neither a statement nor a signature',
      {
        change: (bundle) =>
          parsed(`{"__proto__":${JSON.stringify(bundle)},"mediaType":"${BUNDLE}.v0.3+json"}`)
      }
    ),
    attack('its lists are objects', 'expected 1 timestamps, got 0', {
      change: (bundle) => {
        Reflect.set(bundle.verificationMaterial, 'tlogEntries', { length: 1 })
      }
    }),
    attack('what should be text is nested a hundred thousand times', 'its payload is no text', {
      change: (bundle) => {
        const depth = 100_000
        const deep = JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown
        Reflect.set(bundle.dsseEnvelope, 'payload', deep)
      }
    })
  ]
}

/** Keys in the place of certificates. */
export const PUBLIC_KEY: AttackGroup = {
  title: 'Signed with a key',
  attacks: [
    attack('it names a key that nobody knows', 'no known key has the id "SHA256:other"', {
      making: { key: { ...testKey(), id: 'SHA256:other' } }
    }),
    attack('no key is trusted', 'it is signed with a key, "SHA256:ours", and no key is trusted', {
      making: { key: { ...testKey(), id: 'SHA256:ours' } },
      trust: { keys: [] }
    }),
    attack('another key signed in the name of a known one', 'signature verification failed', {
      making: { key: { ...testKey(), id: KEY.id } }
    }),
    attack(
      'the key did not count any more',
      'Public key is not valid for timestamp: 2026-01-01T00:00:00.000Z',
      {
        making: { key: KEY },
        trust: { keys: [{ ...KEY, until: '2025-12-31T00:00:00Z' }] }
      }
    ),
    attack(
      'the key did not count yet',
      'Public key is not valid for timestamp: 2026-01-01T00:00:00.000Z',
      {
        making: { key: KEY },
        trust: { keys: [{ ...KEY, from: '2026-01-02T00:00:00Z' }] }
      }
    ),
    attack('nothing is logged', 'expected 1 timestamps, got 0', {
      making: { key: KEY, rekor: 'none' }
    }),
    attack(
      'the key counts for some time, and no time is proven',
      'its key counts for some time only, and no time is proven',
      {
        making: { key: KEY, rekor: 'none' },
        trust: {
          keys: [{ ...KEY, until: '2025-12-31T00:00:00Z' }],
          thresholds: { log: 0, timestamp: 0 }
        }
      }
    ),
    attack(
      'a workflow signed without log and time, where keys may do without',
      'expected 1 timestamps, got 0',
      { making: { rekor: 'none' }, trust: { thresholds: { log: 0, timestamp: 0 } } }
    )
  ]
}

/** Whom the verifier trusts. */
export const ROOT: AttackGroup = {
  title: 'Another instance of Sigstore',
  attacks: [
    attack(
      'all of it was made by another instance',
      'its certificate is not signed by the authority that it names',
      {
        change: () => made({}, OTHER)
      }
    ),
    attack(
      'the verifier was given the root of another instance',
      'its certificate is not signed by the authority that it names',
      {
        trust: { trustedRoot: OTHER.trustedRoot }
      }
    ),
    attack(
      'certificate and promise are true, and the log is of another instance',
      'a log entry is of a log that the trusted root does not have: <id>',
      {
        making: { log: OTHER.log }
      }
    ),
    attack(
      'the trusted root has no authority',
      'its certificate is of an authority that the trusted root does not have',
      { trust: rootWith({ certificateAuthorities: [] }) }
    ),
    attack(
      'the trusted root is a signing configuration',
      'its certificate is of an authority that the trusted root does not have',
      {
        trust: {
          trustedRoot: { mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json' }
        }
      }
    )
  ]
}
