import { jsonInUtf8, type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import type { HttpAnswer } from '../../host/host.ts'
import type { SigningContext } from './context.ts'
import type { Credential } from './credential.ts'
import { digitsAt, type LogEntry, textAt, proofIn } from './log-entry.ts'
import { ask, nonsense } from './request.ts'
import { base64, type Signed } from './signed.ts'

const WHAT = 'enter a signature in the log'

/** An answer repeats the entry, without the payload. */
const MAX_BYTES = 4 * 1024 * 1024

/** Longest time for one attempt, in milliseconds: large payloads take seconds. */
const TOTAL_MS = 60_000

/** An equal entry is there already. */
const CONFLICT = 409

/**
 * Enters a signature in a log of version 1.
 *
 * @throws ServiceError
 * @see https://github.com/sigstore/rekor/blob/main/openapi.yaml
 */
export async function enterRekorV1(
  context: SigningContext,
  url: string,
  given: { readonly signed: Signed; readonly credential: Credential }
): Promise<LogEntry> {
  const proposal = proposalOf(given.signed, given.credential)
  const entries = `${url}/api/v1/log/entries`
  const answer = await ask(context, {
    what: WHAT,
    url: entries,
    type: 'application/json',
    body: JSON.stringify(proposal),
    maxBytes: MAX_BYTES,
    totalMs: TOTAL_MS,
    answers: [CONFLICT],
    remedyOf
  })
  const found = answer.status === CONFLICT ? await existing(context, entries, answer) : answer
  const entry = entryIn(jsonInUtf8(found.body), given.signed, proposal)
  if (typeof entry === 'string') throw nonsense(WHAT, entries, entry)
  return entry
}

interface Proposal extends JsonObject {
  readonly kind: 'dsse' | 'hashedrekord'
  readonly apiVersion: '0.0.1'
}

/** @see https://github.com/sigstore/rekor/tree/main/pkg/types */
function proposalOf({ envelope, digest, signature }: Signed, { pem }: Credential): Proposal {
  const verifier = base64(Buffer.from(pem))
  if (envelope !== undefined) {
    // Exactly the bytes that older forms keep: the log has their digest.
    const proposedContent = { envelope: JSON.stringify(envelope), verifiers: [verifier] }
    return { kind: 'dsse', apiVersion: '0.0.1', spec: { proposedContent } }
  }
  const data = { hash: { algorithm: 'sha256', value: Buffer.from(digest).toString('hex') } }
  return {
    kind: 'hashedrekord',
    apiVersion: '0.0.1',
    spec: {
      data,
      signature: { content: base64(signature), publicKey: { content: verifier } }
    }
  }
}

function remedyOf(status: number): string | undefined {
  return status === 413
    ? 'The log takes no payload of this size: set `rekor-version: 2`, which is sent the digest only, or leave statements out with `attest`'
    : undefined
}

/** What is there already is as good: somebody's answer was lost on its way. */
async function existing(
  context: SigningContext,
  entries: string,
  { headers }: HttpAnswer
): Promise<HttpAnswer> {
  const url = URL.parse(headers['location'] ?? '', entries)
  if (url === null || url.origin !== new URL(entries).origin) {
    throw nonsense(WHAT, entries, 'it has an equal entry, and does not say where')
  }
  const answer = await ask(context, {
    what: WHAT,
    url: url.href,
    maxBytes: MAX_BYTES,
    totalMs: TOTAL_MS
  })
  return answer
}

/** Reads the answer; a text says what is wrong with it. */
function entryIn(
  value: unknown,
  signed: Signed,
  { kind, apiVersion }: Proposal
): LogEntry | string {
  const [entry, ...more] = Object.values(jsonObjectOf(value) ?? {}).map(jsonObjectOf)
  if (entry === undefined || more.length > 0) return 'found no entry'
  const verification = jsonObjectOf(entry['verification'])
  const body = textAt(entry, 'body')
  const logId = textAt(entry, 'logID')
  const promise = textAt(verification, 'signedEntryTimestamp')
  const given = jsonObjectOf(verification?.['inclusionProof']) ?? {}
  const proof = proofIn(given, textAt(given, 'checkpoint'), hexToBase64)
  const logIndex = digitsAt(entry, 'logIndex')
  const integratedTime = digitsAt(entry, 'integratedTime')
  if (!body || !logId || !promise || !proof || !logIndex || !integratedTime) {
    return 'found an entry without its proof'
  }
  if (signatureIn(jsonInUtf8(Buffer.from(body, 'base64'))) !== base64(signed.signature)) {
    return 'found an entry of another signature'
  }
  return {
    at: Number(integratedTime) * 1000,
    json: {
      logIndex,
      logId: { keyId: hexToBase64(logId) },
      kindVersion: { kind, version: apiVersion },
      integratedTime,
      inclusionPromise: { signedEntryTimestamp: promise },
      inclusionProof: proof,
      canonicalizedBody: body
    }
  }
}

/** Of either kind of body. */
function signatureIn(body: unknown): string | undefined {
  const spec = jsonObjectOf(jsonObjectOf(body)?.['spec'])
  const list: unknown = spec?.['signatures']
  if (Array.isArray(list)) return textAt(jsonObjectOf(list[0]), 'signature')
  return textAt(jsonObjectOf(spec?.['signature']), 'content')
}

function hexToBase64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64')
}
