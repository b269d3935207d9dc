import type { KeyObject } from 'node:crypto'
import { spki } from '../../signed/certificate.ts'
import type { Fulcio } from './fulcio.ts'
import type { Oidc } from './oidc.ts'
import type { RekorV1 } from './rekor-v1.ts'
import type { RekorV2 } from './rekor-v2.ts'
import type { Tsa } from './tsa.ts'

/** All that signing takes. */
export interface Instance {
  readonly oidc: Oidc
  readonly fulcio: Fulcio
  readonly rekorV1: RekorV1
  readonly rekorV2: RekorV2
  readonly tsa: Tsa
}

// Well in the past: times of log entries and timestamps are whole seconds.
const VALID_FOR = { start: '2021-01-01T00:00:00.000Z' }

/** Whom to believe. @see https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_trustroot.proto */
export function trustedRootOf({ fulcio, rekorV1, rekorV2, tsa }: Instance): object {
  const { ctLog } = fulcio
  return {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [
      logOf(rekorV1.url, rekorV1.pair.publicKey, rekorV1.logId),
      logOf(rekorV2.url, rekorV2.pair.publicKey, rekorV2.logId)
    ],
    certificateAuthorities: [authorityOf(fulcio.url, 'sigstore', fulcio.chain)],
    ctlogs: [logOf(`${fulcio.url}/ct`, ctLog.key, ctLog.logId)],
    timestampAuthorities: [authorityOf(tsa.url, 'sigstore-tsa', tsa.chain)]
  }
}

function logOf(baseUrl: string, key: KeyObject, id: Buffer): object {
  const keyDetails =
    key.asymmetricKeyType === 'ed25519' ? 'PKIX_ED25519' : 'PKIX_ECDSA_P256_SHA_256'
  return {
    baseUrl,
    hashAlgorithm: 'SHA2_256',
    publicKey: { rawBytes: spki(key).toString('base64'), keyDetails, validFor: VALID_FOR },
    logId: { keyId: id.toString('base64') }
  }
}

function authorityOf(uri: string, commonName: string, chain: readonly Buffer[]): object {
  return {
    subject: { organization: 'sigstore.test', commonName },
    uri,
    certChain: { certificates: chain.map((der) => ({ rawBytes: der.toString('base64') })) },
    validFor: VALID_FOR
  }
}

/** Where to sign. @see https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_trustroot.proto */
export function signingConfigOf(
  { oidc, fulcio, rekorV1, rekorV2, tsa }: Instance,
  rekor: 1 | 2
): object {
  return {
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: [serviceAt(fulcio.url, 1)],
    oidcUrls: [serviceAt(oidc.url, 1)],
    rekorTlogUrls: [serviceAt(rekor === 1 ? rekorV1.url : rekorV2.url, rekor)],
    rekorTlogConfig: { selector: 'ANY' },
    tsaUrls: [serviceAt(`${tsa.url}/api/v1/timestamp`, 1)],
    tsaConfig: { selector: 'ANY' }
  }
}

function serviceAt(url: string, majorApiVersion: number): object {
  return { url, majorApiVersion, validFor: VALID_FOR, operator: 'sigstore.test' }
}
