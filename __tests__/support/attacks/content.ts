import type { BundleJson } from '../signed/forge.ts'
import { newPair } from '../signed/sigstore.ts'
import {
  attack,
  type AttackGroup,
  BYTES,
  flipped,
  KEY,
  messageAttack,
  made,
  message,
  payloadOf,
  without
} from './attack.ts'

const KEYS_ALONE = { thresholds: { log: 0, timestamp: 0 } } as const
function payloadFlipped({ dsseEnvelope }: BundleJson): void {
  dsseEnvelope.payload = flipped(dsseEnvelope.payload, 3)
}

function otherDigest(bundle: BundleJson): BundleJson {
  const { messageDigest } = message({ message: OTHER_BYTES }).messageSignature
  return { ...bundle, messageSignature: { ...bundle.messageSignature, messageDigest } }
}

const OTHER_BYTES = Buffer.from('other bytes')

/** What is signed. */
export const PAYLOAD: AttackGroup = {
  title: 'Payload and signature of a statement',
  attacks: [
    attack('one bit of the payload is turned', 'DSSE payload hash mismatch', {
      change: payloadFlipped
    }),
    attack('one bit of the payload is turned, in a log of the second kind', 'digest mismatch', {
      making: { rekor: 2 },
      change: payloadFlipped
    }),
    attack(
      'one bit of the payload is turned, and nothing is logged',
      'signature verification failed',
      {
        making: { key: KEY, rekor: 'none' },
        trust: KEYS_ALONE,
        change: payloadFlipped
      }
    ),
    attack('the payload is named as another type', 'signature verification failed', {
      change: ({ dsseEnvelope }) => void (dsseEnvelope.payloadType = 'application/json')
    }),
    attack(
      'the type takes the beginning of the payload, so that both together read as before',
      'DSSE payload hash mismatch',
      {
        change: ({ dsseEnvelope }) => {
          const payload = Buffer.from(dsseEnvelope.payload, 'base64')
          const head = payload.subarray(0, 10).toString()
          dsseEnvelope.payloadType = `${dsseEnvelope.payloadType} ${payload.length} ${head}`
          dsseEnvelope.payload = payload.subarray(10).toString('base64')
        }
      }
    ),
    attack(
      'a signature over the payload alone stands in the place of one over type and payload',
      'digest mismatch',
      {
        making: { message: payloadOf() },
        change: (bundle) => {
          const { messageSignature, ...rest } = bundle
          const signatures = [{ sig: messageSignature.signature, keyid: '' }]
          const payload = payloadOf().toString('base64')
          const payloadType = 'application/vnd.in-toto+json'
          return { ...rest, dsseEnvelope: { payload, payloadType, signatures } }
        }
      }
    ),
    attack('a second signature stands beside the first', 'it has 2 signatures, expected one', {
      change: ({ dsseEnvelope: { signatures } }) => {
        signatures.push(...signatures)
      }
    }),
    attack('it has no signature', 'it has 0 signatures, expected one', {
      change: ({ dsseEnvelope }) => void (dsseEnvelope.signatures = [])
    }),
    attack('its signature is empty', 'invalid bundle: content.dsseEnvelope.signatures[0].sig', {
      change: ({ dsseEnvelope: { signatures } }) => {
        for (const one of signatures) one.sig = ''
      }
    }),
    attack('one bit of the signature is turned', 'tlog entry signature mismatch', {
      change: ({ dsseEnvelope }) => {
        for (const one of dsseEnvelope.signatures) one.sig = flipped(one.sig)
      }
    }),
    attack(
      'another key signed than that of the certificate, and the log took it',
      'signature verification failed',
      { making: { signedBy: newPair() } }
    ),
    attack(
      'what is truly signed is of another type',
      'its payload is of type "text/plain", expected an in-toto statement',
      { making: { payloadType: 'text/plain' } }
    ),
    attack('what is truly signed is no JSON', 'the payload is no JSON object', {
      making: { payload: Buffer.from('{"_type":') }
    }),
    attack('what is truly signed is not UTF-8', 'the payload is no JSON object', {
      making: { payload: Buffer.from([0x22, 0xff, 0x22]) }
    }),
    attack(
      'what is truly signed is a statement of another version',
      'the payload is of type "https://in-toto.io/Statement/v9", expected an in-toto statement',
      { making: { payload: payloadOf({ _type: 'https://in-toto.io/Statement/v9' }) } }
    ),
    attack('the statement does not say what it states', 'the statement has no predicate type', {
      making: { payload: payloadOf({ predicateType: ['x'] }) }
    }),
    attack('what it states is a list', 'the predicate is no JSON object', {
      making: { payload: payloadOf({ predicate: [] }) }
    }),
    attack('its subjects are no list', 'the statement has no list of subjects', {
      making: { payload: payloadOf({ subject: { name: 'app' } }) }
    }),
    attack(
      'it is about more subjects than anybody reads',
      'the statement has 1025 subjects, expected at most 1024',
      {
        making: {
          payload: payloadOf({ subject: Array.from({ length: 1025 }, () => ({ name: 'x' })) })
        }
      }
    )
  ]
}

const digestOf = (bytes: string): string => Buffer.from(bytes, 'hex').toString('base64')

/** Signatures of bytes themselves. */
export const MESSAGE: AttackGroup = {
  title: 'Signatures of files',
  attacks: [
    messageAttack('the bytes are others', 'it is of bytes with the SHA256 <id>, found <id>', {
      bytes: OTHER_BYTES
    }),
    messageAttack('one byte was added', 'it is of bytes with the SHA256 <id>, found <id>', {
      bytes: Buffer.concat([BYTES, Buffer.from('\n')])
    }),
    messageAttack('there are no bytes', 'it is of bytes with the SHA256 <id>, found <id>', {
      bytes: Buffer.alloc(0)
    }),
    messageAttack(
      'the digest that it states is another',
      'it is of bytes with the SHA256 <id>, found <id>',
      {
        change: ({ messageSignature }) => {
          messageSignature.messageDigest.digest = digestOf('00'.repeat(32))
        }
      }
    ),
    messageAttack('bytes and stated digest are others', 'digest mismatch', {
      bytes: OTHER_BYTES,
      change: otherDigest
    }),
    messageAttack(
      'bytes and stated digest are others, and nothing is logged',
      'signature verification failed',
      {
        bytes: OTHER_BYTES,
        making: { key: KEY, rekor: 'none' },
        trust: KEYS_ALONE,
        change: otherDigest
      }
    ),
    messageAttack(
      'the digest is named as one of SHA-512',
      'it is of bytes with the SHA512 <id>, found <id>',
      {
        change: ({ messageSignature }) => {
          messageSignature.messageDigest.algorithm = 'SHA2_512'
        }
      }
    ),
    messageAttack(
      'the digest is named as one of MD5',
      'Unrecognized enum value MD5 for enum HashAlgorithm',
      {
        change: ({ messageSignature }) => void (messageSignature.messageDigest.algorithm = 'MD5')
      }
    ),
    messageAttack('the digest is named as one of SHA-3', 'its digest is of an unknown algorithm', {
      change: ({ messageSignature }) => {
        messageSignature.messageDigest.algorithm = 'SHA3_256'
      }
    }),
    messageAttack('no digest is stated', 'invalid bundle: content.messageSignature.messageDigest', {
      change: ({ messageSignature }) => {
        without(messageSignature, 'messageDigest')
      }
    }),
    messageAttack('one bit of the signature is turned', 'signature mismatch', {
      change: ({ messageSignature }) => {
        messageSignature.signature = flipped(messageSignature.signature)
      }
    }),
    messageAttack(
      'another key signed than that of the certificate',
      'signature verification failed',
      {
        making: { signedBy: newPair() }
      }
    ),
    messageAttack('it is a statement', 'it holds no signature of bytes', { change: () => made() })
  ]
}
