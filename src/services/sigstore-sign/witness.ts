import { type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import { ServiceError } from '../../model/errors.ts'
import type { SigstoreInstance } from '../sigstore-instance.ts'
import type { SigningContext } from './context.ts'
import type { Credential } from './credential.ts'
import { enterRekorV1 } from './rekor-v1.ts'
import { enterRekorV2 } from './rekor-v2.ts'
import { nonsense } from './request.ts'
import { base64, type Signed } from './signed.ts'
import { fetchTimestamp } from './timestamp.ts'

/** A log or a timestamp authority, which vouches for a signature. */
export interface Witness {
  readonly kind: 'log' | 'timestamp'
  readonly url: string
  /** It has to be given a new signature after an error. */
  readonly anew: boolean
  /** @throws ServiceError */
  testify(signed: Signed, credential: Credential): Promise<Testimony>
}

/** What a witness says. */
export interface Testimony {
  readonly kind: Witness['kind']
  /** For messages. */
  readonly url: string
  /** As it stands in a bundle's list of log entries, or of timestamps. */
  readonly json: JsonObject
  /** The time that it states, in milliseconds since 1970. */
  readonly at?: number
}

type Services = Pick<SigstoreInstance, 'trustedRoot' | 'rekor' | 'timestampUrl' | 'further'>

/** All that a signature has to be brought to. */
export function witnessesOf(
  context: SigningContext,
  { trustedRoot, rekor, timestampUrl, further }: Services
): readonly Witness[] {
  const logs = [...(rekor ? [rekor] : []), ...(further?.rekor ?? [])]
  const authorities = [
    ...(timestampUrl === undefined ? [] : [timestampUrl]),
    ...(further?.timestampUrls ?? [])
  ]
  const known = logIdsIn(trustedRoot)
  return [
    ...logs.map(({ url, version }): Witness => {
      const enter = version === 1 ? enterRekorV1 : enterRekorV2
      return {
        kind: 'log',
        url,
        anew: version === 2,
        async testify(signed, credential) {
          const entry = await enter(context, url, { signed, credential })
          if (!known.has(idOf(entry.json))) throw unknownLog(url)
          return { kind: 'log', url, ...entry }
        }
      }
    }),
    ...authorities.map((url): Witness => ({
      kind: 'timestamp',
      url,
      anew: false,
      async testify({ signature }) {
        const { response, at } = await fetchTimestamp(context, url, signature)
        return { kind: 'timestamp', url, at, json: { signedTimestamp: base64(response) } }
      }
    }))
  ]
}

/** Of a log or an entry of one, in hex. */
function idOf(object: JsonObject): string {
  const { keyId } = jsonObjectOf(object['logId']) ?? {}
  return typeof keyId === 'string' ? Buffer.from(keyId, 'base64').toString('hex') : ''
}

function logIdsIn(trustedRoot: unknown): ReadonlySet<string> {
  const logs: unknown = jsonObjectOf(trustedRoot)?.['tlogs']
  return new Set(Array.isArray(logs) ? logs.map((log) => idOf(jsonObjectOf(log) ?? {})) : [])
}

function unknownLog(url: string): ServiceError {
  return nonsense('enter a signature in the log', url, {
    why: 'it is a log that the trusted root has not',
    remedy: 'Make trusted root and signing configuration of the same deployment'
  })
}

/** What the witnesses of a signature have said so far. */
export type Testimonies = Map<Witness, Testimony>

/**
 * Asks those witnesses that have not said anything yet, all at once.
 *
 * @param heard what was said before; what is said now is added
 * @throws ServiceError the first that will not pass, else the first
 */
export async function hearWitnesses(
  witnesses: readonly Witness[],
  heard: Testimonies,
  { signed, credential }: { readonly signed: Signed; readonly credential: Credential }
): Promise<void> {
  const asked = witnesses.filter((witness) => !heard.has(witness))
  const errors: unknown[] = []
  await Promise.all(
    asked.map(async (witness) => {
      try {
        heard.set(witness, await witness.testify(signed, credential))
      } catch (error) {
        errors.push(error)
      }
    })
  )
  if (errors.length === 0) return
  throw errors.find((error) => !mayPass(error)) ?? errors[0]
}

function mayPass(error: unknown): boolean {
  return error instanceof ServiceError && error.retryInMs !== undefined
}
