import type { JsonObject } from '../formats/json.ts'

/** A Sigstore bundle v0.3 as its maker has it: nobody has verified it yet. */
export interface SignedBundle {
  /** JSON form of the bundle, as it is written and read. @see https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto */
  readonly json: JsonObject
  /** Certificates above the leaf, DER as base64, for forms that carry the chain. Empty for a key. */
  readonly chain: readonly string[]
}

/** Who a {@link BundleSigner} signs as, before anything was signed. */
export type SigningIdentity =
  | {
      readonly kind: 'certificate'
      /** Name in the certificate: the address of a workflow. */
      readonly identity: string
      readonly issuer: string
    }
  | {
      readonly kind: 'key'
      /** SPKI, PEM. */
      readonly publicKey: string
      /** Base64 of the SHA-256 of the SPKI's DER. */
      readonly hint: string
    }

/**
 * Signs with one key for a whole run: an ephemeral one with one certificate, which is asked for anew only when it is
 * about to expire, or a given key. Each signature is entered in the log and timestamped as the instance wants it.
 */
export interface BundleSigner {
  /** What has signed so far, or would: asks for the certificate when there is none. @throws ServiceError */
  identity(): Promise<SigningIdentity>
  /**
   * Signs an in-toto statement.
   *
   * @param payload the statement's JSON, signed as it is
   * @returns a bundle with a DSSE envelope
   * @throws ServiceError when a service of the instance cannot be asked, or refuses
   */
  statement(payload: Uint8Array): Promise<SignedBundle>
  /**
   * Signs bytes themselves.
   *
   * @param chunks the bytes, read once; called anew when something is tried again
   * @returns a bundle with a message signature
   * @throws ServiceError
   */
  message(chunks: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<SignedBundle>
}

/** A private key that signs, wherever it is: in memory, or in somebody's key management service. */
export interface SigningKey {
  /** SPKI, PEM. */
  readonly publicKey: string
  /** ECDSA on P-256 with SHA-256. @returns the signature, ASN.1 DER */
  sign(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Uint8Array>
}
