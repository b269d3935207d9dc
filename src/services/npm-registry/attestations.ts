import { type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import type { Digest } from '../../model/digest.ts'
import { withoutSecrets } from '../../model/url.ts'
import type { SignatureObservation } from '../signature-source.ts'
import type { BundleVerifier } from '../sigstore-verify.ts'
import type { AskJson } from './answers.ts'
import { checkAttestation } from './attestation.ts'
import type { VersionQuestion } from './packument.ts'

/** Most bytes of a version's attestations: two are about 25 KB. */
const MAX_ATTESTATIONS_BYTES = 4 * 1024 * 1024

/** Most attestations of one version that are looked at; npm has two. */
const MAX_ATTESTATIONS = 10

/** What is needed to look at the attestations of a version. */
export interface AttestationContext {
  readonly askJson: AskJson
  readonly verify: BundleVerifier
  /** Of the trust material, ISO 8601 date. */
  readonly asOf: string
}

/**
 * Fetches the attestations of a version and verifies each.
 *
 * @throws ServiceError
 * @see https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md
 */
export async function checkAttestations(
  context: AttestationContext,
  question: VersionQuestion,
  digest: Digest
): Promise<readonly SignatureObservation[]> {
  const { registry, name, version, authorization } = question
  const path = `${name.replace('/', '%2f')}@${encodeURIComponent(version)}`
  const url = `${registry.href}-/npm/v1/attestations/${path}`
  const source = withoutSecrets(url)
  const answer = await context.askJson(url, { authorization, maxBytes: MAX_ATTESTATIONS_BYTES })
  const entries = attestationsIn(answer)
  if (entries.length === 0) {
    const reason = 'it says that there are attestations, and serves none'
    return [{ kind: 'attestation', outcome: 'unavailable', source, detail: reason, reason }]
  }
  return entries.map((entry) => ({
    source,
    ...checkAttestation(context, entry, { ...question, digest })
  }))
}

function attestationsIn(answer: JsonObject | undefined): readonly JsonObject[] {
  const list = answer?.['attestations']
  if (!Array.isArray(list)) return []
  return list.slice(0, MAX_ATTESTATIONS).map((entry) => jsonObjectOf(entry) ?? {})
}
