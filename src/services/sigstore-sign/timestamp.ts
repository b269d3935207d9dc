import { createHash, randomBytes } from 'node:crypto'
import {
  TIMESTAMP_QUERY,
  TIMESTAMP_REPLY,
  timestampRequest,
  timestampTime
} from '../../formats/timestamp.ts'
import type { SigningContext } from './context.ts'
import { ask, nonsense } from './request.ts'

const WHAT = 'get a timestamp'
const MAX_BYTES = 64 * 1024

/** Longest time for one attempt, in milliseconds. */
const TOTAL_MS = 30_000

const NONCE_BYTES = 16

/** A timestamp as a bundle has it. */
export interface Timestamp {
  /** DER of a TimeStampResp. */
  readonly response: Uint8Array
  /** What it states, in milliseconds since 1970. */
  readonly at: number
}

/**
 * Gets a timestamp over a signature.
 *
 * @throws ServiceError
 * @see https://www.rfc-editor.org/rfc/rfc3161
 */
export async function fetchTimestamp(
  context: SigningContext,
  url: string,
  signature: Uint8Array
): Promise<Timestamp> {
  const digest = createHash('sha256').update(signature).digest()
  const question = { digest, nonce: randomBytes(NONCE_BYTES) }
  const { body: response } = await ask(context, {
    what: WHAT,
    url,
    type: TIMESTAMP_QUERY,
    accept: TIMESTAMP_REPLY,
    body: timestampRequest(question),
    maxBytes: MAX_BYTES,
    totalMs: TOTAL_MS
  })
  const time = timestampTime(response, question)
  if (typeof time === 'string') throw nonsense(WHAT, url, time)
  return { response, at: time.getTime() }
}
