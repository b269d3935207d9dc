/** An envelope with one signature, in the order in which it is written. */
export interface DsseEnvelope {
  /** Base64. */
  readonly payload: string
  readonly payloadType: string
  readonly signatures: readonly [{ readonly sig: string; readonly keyid: string }]
}

/**
 * What is signed of a payload: the pre-authentication encoding.
 *
 * @returns its pieces, in order: payloads may be large
 * @see https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
 */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): readonly Uint8Array[] {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `
  return [Buffer.from(head), payload]
}

/** Puts a payload and its signature together. */
export function dsseEnvelope(
  payloadType: string,
  payload: Uint8Array,
  signature: Uint8Array
): DsseEnvelope {
  return {
    payload: Buffer.from(payload).toString('base64'),
    payloadType,
    signatures: [{ sig: Buffer.from(signature).toString('base64'), keyid: '' }]
  }
}
