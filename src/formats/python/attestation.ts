import { IN_TOTO_PAYLOAD } from '../in-toto.ts'
import { type JsonObject, jsonObjectOf } from '../json.ts'
import { type Distribution, parseDistribution } from './distribution.ts'
import { comparePythonVersions, parsePythonVersion } from './version.ts'

/** Attestations of one publisher, as an index gives them out. */
export interface AttestationGroup {
  /** Who the index says the publisher is. */
  readonly publisher: JsonObject
  readonly attestations: readonly unknown[]
}

/** Most publishers of one file, and most attestations of each, that are looked at. */
const MAX_GROUPS = 10
const MAX_ATTESTATIONS = 10

/**
 * Reads a provenance object.
 *
 * @returns nothing when it is none
 * @see https://packaging.python.org/en/latest/specifications/index-hosted-attestations/#provenance-objects
 */
export function attestationGroupsIn(text: string): readonly AttestationGroup[] | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const { version, attestation_bundles: bundles } = jsonObjectOf(value) ?? {}
  if (version !== 1 || !Array.isArray(bundles)) return undefined
  return bundles.slice(0, MAX_GROUPS).map((bundle) => {
    const { publisher, attestations } = jsonObjectOf(bundle) ?? {}
    return {
      publisher: jsonObjectOf(publisher) ?? {},
      attestations: Array.isArray(attestations) ? attestations.slice(0, MAX_ATTESTATIONS) : []
    }
  })
}

/**
 * The Sigstore bundle that an attestation is, under other names.
 *
 * @see https://packaging.python.org/en/latest/specifications/index-hosted-attestations/#attestation-objects
 */
export function bundleOfAttestation(attestation: unknown): JsonObject {
  const { verification_material: material, envelope } = jsonObjectOf(attestation) ?? {}
  const { certificate, transparency_entries: entries } = jsonObjectOf(material) ?? {}
  const { statement, signature } = jsonObjectOf(envelope) ?? {}
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: {
      certificate: { rawBytes: unspaced(certificate) },
      tlogEntries: entries,
      timestampVerificationData: { rfc3161Timestamps: [] }
    },
    dsseEnvelope: {
      payload: unspaced(statement),
      payloadType: IN_TOTO_PAYLOAD,
      signatures: [{ sig: unspaced(signature), keyid: '' }]
    }
  }
}

/** Some writers break base64 into lines. */
function unspaced(base64: unknown): string {
  return typeof base64 === 'string' ? base64.replace(/\s/g, '') : ''
}

/**
 * Whether two names are of the same distribution: the spelling of project, version and tags may differ.
 *
 * @param project normalised name
 */
export function isSameDistribution(one: string, other: string, project: string): boolean {
  const [left, right] = [one, other].map((name) => parseDistribution(name, project))
  if (left === undefined || right === undefined) return false
  const versions = [left, right].flatMap(({ version }) => parsePythonVersion(version) ?? [])
  const [first, second] = versions
  if (!first || !second || comparePythonVersions(first, second) !== 0) return false
  return kindOf(one, left) === kindOf(other, right)
}

/** What tells the files of one version apart. */
function kindOf(name: string, { wheel }: Distribution): string {
  if (wheel) return JSON.stringify([wheel.build, wheel.tags.toSorted()])
  return /\.(?:tar\.)?[a-z0-9]+$/i.exec(name)?.[0].toLowerCase() ?? ''
}
