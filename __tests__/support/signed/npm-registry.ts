import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { Component } from '../../../src/model/component.ts'
import { digestFromHex } from '../../../src/model/digest.ts'
import { purlOf } from '../../../src/model/purl.ts'
import { npmKeyId, type RegistryKey } from '../../../src/services/npm-registry/keys.ts'

/** A registry's own key, as the trust material would name it. */
export interface TestKey extends RegistryKey {
  readonly secret: KeyObject
}

/** Makes a key of a registry. */
export function testKey(usage = 'npm:signatures'): TestKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    id: npmKeyId(publicKey),
    usage,
    key: publicKey,
    secret: privateKey,
    from: '2025-01-13T00:00:00.000Z'
  }
}

/** The JSON form of keys, as Sigstore's TUF repository has it. */
export function keysTarget(keys: readonly TestKey[]): unknown {
  return {
    keys: keys.map(({ id, usage, key, from }) => ({
      keyId: id,
      keyUsage: usage,
      publicKey: {
        rawBytes: key.export({ format: 'der', type: 'spki' }).toString('base64'),
        keyDetails: 'PKIX_ECDSA_P256_SHA_256',
        validFor: { start: from }
      }
    }))
  }
}

/** `sha512-…` of some bytes. */
export function sriOf(body: string): string {
  return `sha512-${createHash('sha512').update(body).digest('base64')}`
}

/** An entry of `dist.signatures`. */
export function signatureOf(key: TestKey, text: string): { keyid: string; sig: string } {
  return { keyid: key.id, sig: sign('sha256', Buffer.from(text), key.secret).toString('base64') }
}

/** A component as npm's lock pins it. */
export function lockedPackage(name: string, version: string, body: string): Component {
  const hex = createHash('sha512').update(body).digest('hex')
  return {
    purl: purlOf('npm', name, version),
    ecosystem: 'npm',
    name,
    version,
    direct: true,
    origin: { kind: 'registry' },
    files: [
      {
        digests: [digestFromHex('sha512', hex) ?? []].flat(),
        location: { path: 'package-lock.json', line: 7 }
      }
    ],
    licenses: [],
    dependsOn: [],
    locations: [{ path: 'package-lock.json', line: 7 }]
  }
}
