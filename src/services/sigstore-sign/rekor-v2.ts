import { jsonInUtf8, type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import { ServiceError } from '../../model/errors.ts'
import type { SigningContext } from './context.ts'
import type { Credential } from './credential.ts'
import { digitsAt, type LogEntry, textAt, proofIn } from './log-entry.ts'
import { ask, nonsense } from './request.ts'
import { base64, type Signed } from './signed.ts'

const WHAT = 'enter a signature in the log'
const MAX_BYTES = 1024 * 1024

/** Longest time for one attempt, in milliseconds: the answer waits for the log's next checkpoint, 10 s and more. */
const TOTAL_MS = 45_000

/** After this long, in milliseconds, a log that somebody gave up on has come to itself. */
const ANEW_MS = 1000

/** Of what is signed with. */
const KEY_DETAILS = 'PKIX_ECDSA_P256_SHA_256'

const KIND_VERSION = { kind: 'hashedrekord', version: '0.0.2' } as const

/** An equal entry is there, which the log does not hand out. */
const CONFLICT = 409

/**
 * Enters a signature in a log of version 2. It cannot be entered twice, and what was entered cannot be fetched: after
 * an error only a new signature gets an answer.
 *
 * @throws ServiceError
 * @see https://github.com/sigstore/rekor-tiles/blob/main/api/proto/rekor/v2/hashedrekord.proto
 */
export async function enterRekorV2(
  context: SigningContext,
  url: string,
  { signed, credential }: { readonly signed: Signed; readonly credential: Credential }
): Promise<LogEntry> {
  const entries = `${url}/api/v2/log/entries`
  const answer = await ask(context, {
    what: WHAT,
    url: entries,
    type: 'application/json',
    body: JSON.stringify({ hashedRekordRequestV002: requestOf(signed, credential) }),
    maxBytes: MAX_BYTES,
    totalMs: TOTAL_MS,
    answers: [CONFLICT]
  }).catch((error: unknown) => {
    throw withWait(error)
  })
  if (answer.status === CONFLICT) {
    throw new ServiceError({
      code: 'SERVICE_STATUS',
      message: `Cannot ${WHAT} at "${entries}": it has the entry already, and does not hand it out`,
      remedy: 'Run the job again',
      url: entries,
      reason: `status ${CONFLICT}`,
      retryInMs: ANEW_MS
    })
  }
  const entry = entryIn(jsonObjectOf(jsonInUtf8(answer.body)) ?? {}, signed)
  if (typeof entry === 'string') throw nonsense(WHAT, entries, entry)
  return entry
}

function requestOf({ digest, signature }: Signed, { der, identity }: Credential): JsonObject {
  const verifier =
    identity.kind === 'certificate'
      ? { x509Certificate: { rawBytes: base64(der) } }
      : { publicKey: { rawBytes: base64(der) } }
  return {
    digest: base64(digest),
    signature: { content: base64(signature), verifier: { keyDetails: KEY_DETAILS, ...verifier } }
  }
}

/** Never at once: others wait for the same checkpoint. */
function withWait(error: unknown): unknown {
  if (!(error instanceof ServiceError) || error.retryInMs === undefined) return error
  const { code, message, remedy, url, reason, retryInMs } = error
  return new ServiceError({
    code,
    message,
    remedy,
    cause: error,
    ...(url !== undefined && { url }),
    ...(reason !== undefined && { reason }),
    retryInMs: Math.max(retryInMs, ANEW_MS)
  })
}

/** Reads the answer; a text says what is wrong with it. */
function entryIn(entry: JsonObject, signed: Signed): LogEntry | string {
  const keyId = textAt(jsonObjectOf(entry['logId']), 'keyId')
  const body = textAt(entry, 'canonicalizedBody')
  const logIndex = digitsAt(entry, 'logIndex')
  const given = jsonObjectOf(entry['inclusionProof']) ?? {}
  const proof = proofIn(
    given,
    textAt(jsonObjectOf(given['checkpoint']), 'envelope'),
    (hash) => hash
  )
  if (!keyId || !body || !logIndex || !proof) return 'found an entry without its proof'
  const stored = jsonObjectOf(jsonInUtf8(Buffer.from(body, 'base64')))
  const record = jsonObjectOf(jsonObjectOf(stored?.['spec'])?.['hashedRekordV002'])
  if (textAt(jsonObjectOf(record?.['signature']), 'content') !== base64(signed.signature)) {
    return 'found an entry of another signature'
  }
  return {
    json: {
      logIndex,
      logId: { keyId },
      kindVersion: KIND_VERSION,
      integratedTime: '0',
      inclusionProof: proof,
      canonicalizedBody: body
    }
  }
}
