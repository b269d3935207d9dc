import { newSerial, certificateOf, tbsOf } from '../signed/certificate.ts'
import { der, utf8 } from '../signed/der.ts'
import { extension, FORGED_IDENTITY, leafOf, type LeafContent } from '../signed/forge.ts'
import { newPair } from '../signed/sigstore.ts'
import {
  attack,
  type AttackGroup,
  flipped,
  FORGE,
  made,
  minutes,
  OTHER,
  rootWith
} from './attack.ts'

const uri = (text: string): Buffer => der(0x86, Buffer.from(text, 'latin1'))
const email = (text: string): Buffer => der(0x81, Buffer.from(text))
const dns = (text: string): Buffer => der(0x82, Buffer.from(text))
const certified =
  (change: Partial<LeafContent>) =>
  (content: LeafContent): LeafContent => ({ ...content, ...change })
const more =
  (...extra: LeafContent['extensions']) =>
  (content: LeafContent): LeafContent => ({
    ...content,
    extensions: [...content.extensions, ...extra]
  })
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
const ANY_USAGE = '2.5.29.37.0'

function selfSigned(): { readonly pair: ReturnType<typeof newPair>; readonly leaf: Buffer } {
  const pair = newPair()
  const content = {
    subject: 'me',
    issuer: 'me',
    key: pair.publicKey,
    issuerKey: pair.publicKey,
    from: minutes(-1),
    until: minutes(9),
    serial: newSerial(),
    san: FORGED_IDENTITY,
    extensions: [extension(8, 'https://token.actions.githubusercontent.com')]
  }
  return { pair, leaf: certificateOf(tbsOf(content), pair.privateKey) }
}

/** Who issued the certificate, and what it is good for. */
export const CERTIFICATE: AttackGroup = {
  title: 'Certificate',
  attacks: [
    attack(
      'one bit of its signature is turned',
      'its certificate is not signed by the authority that it names',
      {
        change: ({ verificationMaterial: { certificate } }) => {
          certificate.rawBytes = flipped(certificate.rawBytes)
        }
      }
    ),
    attack(
      'the name in it is changed',
      'its certificate is not signed by the authority that it names',
      {
        change: ({ verificationMaterial: { certificate } }) => {
          const text = Buffer.from(certificate.rawBytes, 'base64').toString('latin1')
          const changed = text.replaceAll('octo/app', 'octo/apq')
          certificate.rawBytes = Buffer.from(changed, 'latin1').toString('base64')
        }
      }
    ),
    attack('it is that of another signing by the same workflow', 'signature verification failed', {
      change: (bundle) => {
        bundle.verificationMaterial.certificate = made().verificationMaterial.certificate
      }
    }),
    attack('it is self-signed', 'its certificate is self-signed', { making: selfSigned() }),
    attack(
      'another authority of the same name issued it',
      'its certificate is not signed by the authority that it names',
      {
        making: { issuer: OTHER.intermediate }
      }
    ),
    attack(
      'it was issued by somebody with an issued certificate',
      'its certificate is not signed by the authority that it names',
      {
        making: (() => {
          const [middle, pair] = [newPair(), newPair()]
          return { pair, leaf: leafOf(FORGE, pair, { issuer: middle }) }
        })()
      }
    ),
    attack("it is the authority's own", 'expected 1 SCTs, got 0', {
      making: { leaf: FORGE.chain[0], pair: FORGE.intermediate }
    }),
    attack(
      'it is one of an authority',
      'its certificate is one of an authority, expected one for signing',
      { making: { certified: certified({ isCa: true }) } }
    ),
    attack('it is for nothing in particular', 'its certificate is not for signing code', {
      making: { certified: certified({ usages: [] }) }
    }),
    attack('it is for servers', 'its certificate is not for signing code', {
      making: { certified: certified({ usages: [SERVER_AUTH] }) }
    }),
    attack('it is for any use', 'its certificate is not for signing code', {
      making: { certified: certified({ usages: [ANY_USAGE] }) }
    }),
    attack('its key may not sign', 'its certificate is for a key that may not sign', {
      making: { certified: certified({ keyUsage: 0x08 }) }
    }),
    attack(
      'it had expired when the log took the entry',
      'its certificate counts from 2025-12-31T23:59:00Z until 2026-01-01T00:09:00Z, not at 2026-01-01T00:10:00Z',
      {
        making: { integratedAt: minutes(10) }
      }
    ),
    attack(
      'it did not count yet when the log took the entry',
      'its certificate counts from 2025-12-31T23:59:00Z until 2026-01-01T00:09:00Z, not at 2025-12-31T23:58:00Z',
      {
        making: { integratedAt: minutes(-2) }
      }
    ),
    attack(
      'its authority did not count at that time',
      'its certificate was used at 2026-01-01T00:00:00Z, when its authority did not count',
      {
        trust: rootWith({
          certificateAuthorities: FORGE.trustedRoot.certificateAuthorities.map((authority) => ({
            ...authority,
            validFor: { start: '2021-01-01T00:00:00Z', end: '2025-01-01T00:00:00Z' }
          }))
        })
      }
    ),
    attack('it is for two names', 'its certificate is for 2 names, expected one', {
      making: {
        certified: certified({ names: [uri(FORGED_IDENTITY), uri('https://github.com/evil/app')] })
      }
    }),
    attack(
      'it is for a name and an e-mail address',
      'its certificate is for 2 names, expected one',
      {
        making: { certified: certified({ names: [email('a@example.com'), uri(FORGED_IDENTITY)] }) }
      }
    ),
    attack('it is for nobody', 'its certificate is for 0 names, expected one', {
      making: { certified: certified({ names: [] }) }
    }),
    attack('it is for a host', 'its certificate is for neither a URI nor an e-mail address', {
      making: { certified: certified({ names: [dns('github.com')] }) }
    }),
    attack(
      'its name becomes another when the eighth bit of each letter is lost',
      'its certificate is for a name with letters that such a name cannot have',
      {
        making: {
          certified: certified({ names: [uri(FORGED_IDENTITY.replace('octo', '\u00efcto'))] })
        }
      }
    ),
    attack(
      'it names two issuers',
      'its certificate has an extension twice: 1.3.6.1.4.1.57264.1.8',
      {
        making: { certified: more(extension(8, 'https://evil.example')) }
      }
    ),
    attack(
      'it has an extension that nobody knows and that must be known',
      'its certificate has a critical extension that is not known: 1.2.3.4',
      {
        making: { certified: more(['1.2.3.4', utf8('x'), true]) }
      }
    ),
    attack(
      'it is the one that was only meant for the log of certificates',
      'its certificate has a critical extension that is not known: 1.3.6.1.4.1.11129.2.4.3',
      {
        making: { certified: more(['1.3.6.1.4.1.11129.2.4.3', Buffer.from([5, 0]), true]) }
      }
    ),
    attack(
      'it is no certificate',
      'a certificate or timestamp cannot be read: request past end of buffer',
      {
        change: ({ verificationMaterial: { certificate } }) => {
          certificate.rawBytes = Buffer.from('no certificate').toString('base64')
        }
      }
    ),
    attack('it is empty', 'invalid bundle: verificationMaterial.content.certificate.rawBytes', {
      change: ({ verificationMaterial: { certificate } }) => void (certificate.rawBytes = '')
    })
  ]
}

const endedCtLog = FORGE.trustedRoot.ctlogs.map((log) => ({
  ...log,
  publicKey: {
    ...log.publicKey,
    validFor: { start: '2021-01-01T00:00:00Z', end: '2025-01-01T00:00:00Z' }
  }
}))

/** A list of promises with another beside the first. */
function twice(list: Buffer): Buffer {
  const one = list.subarray(2)
  const both = Buffer.concat([Buffer.alloc(2), one, one])
  both.writeUInt16BE(both.length - 2)
  return both
}

/** What the log of certificates has to say about it. */
export const SCT: AttackGroup = {
  title: 'Promise of the log of certificates (SCT)',
  attacks: [
    attack('there is none', 'expected 1 SCTs, got 0', { making: { sct: () => undefined } }),
    attack('the list of them is empty', 'expected 1 SCTs, got 0', {
      making: { sct: () => Buffer.alloc(2) }
    }),
    attack(
      'it is for another certificate',
      'its SCT is not of this certificate, or not signed by its log',
      {
        making: {
          sct: () => {
            let promised: Buffer = Buffer.alloc(0)
            leafOf(FORGE, newPair(), { sct: (promise) => (promised = promise) })
            return promised
          }
        }
      }
    ),
    attack(
      'one bit of it is turned',
      'its SCT is not of this certificate, or not signed by its log',
      {
        making: { sct: (promise) => Buffer.from(flipped(promise.toString('base64')), 'base64') }
      }
    ),
    attack(
      'a log gave it that nobody knows',
      'its SCT is of a log of certificates that the trusted root does not have',
      { making: { ctLog: OTHER.ctLog } }
    ),
    attack(
      'its log did not count any more',
      'its SCT is from 2026-01-01T00:00:00Z, when its log did not count',
      { trust: rootWith({ ctlogs: endedCtLog }) }
    ),
    attack('it is there twice', 'duplicate SCT', { making: { sct: twice } }),
    attack('the list of them ends too early', 'its SCT cannot be read', {
      making: { sct: (promise) => promise.subarray(0, 20) }
    })
  ]
}
