import { COSIGN_SIGN, type Statement } from '../formats/in-toto.ts'
import { type JsonObject, jsonKindOf, jsonObjectOf } from '../formats/json.ts'
import { provenanceMismatch, SLSA_PROVENANCE } from '../formats/slsa.ts'
import { VSA } from '../formats/vsa.ts'
import { InputError } from '../model/errors.ts'
import { plainText } from '../model/plain-text.ts'
import type { Refusal, Signed } from './signer-policy.ts'

const SPDX = 'https://spdx.dev/Document'
const CYCLONEDX = 'https://cyclonedx.org/bom'

const PROVENANCE: readonly string[] = Object.values(SLSA_PROVENANCE)

/**
 * Statements that say by themselves "this is mine": a bill of materials or the result of a scan does not, also when
 * the right person signed it.
 */
const VOUCHING: readonly string[] = [
  COSIGN_SIGN,
  ...PROVENANCE,
  'https://github.com/npm/attestation/tree/main/specs/publish/v0.1',
  'https://docs.pypi.org/attestations/publish/v1',
  'https://in-toto.io/attestation/release/v0.1'
]

/** Words of cosign for types. @see https://github.com/sigstore/cosign/blob/main/pkg/cosign/attestation/attestation.go */
const WORDS: Readonly<Record<string, string>> = {
  slsaprovenance: SLSA_PROVENANCE.v02,
  slsaprovenance02: SLSA_PROVENANCE.v02,
  slsaprovenance1: SLSA_PROVENANCE.v1,
  spdx: SPDX,
  spdxjson: SPDX,
  cyclonedx: CYCLONEDX,
  link: 'https://in-toto.io/Link/v1',
  vuln: 'https://cosign.sigstore.dev/attestation/vuln/v1',
  openvex: 'https://openvex.dev/ns'
}

/** Whether a statement of this type counts as a signature of what it is about. */
export function isVouching(predicateType: string): boolean {
  return VOUCHING.includes(predicateType)
}

/**
 * Reads the types of statements that have to be there: addresses, or cosign's words for them.
 *
 * @throws InputError `INPUT_INVALID` for what is neither
 */
export function demandedTypes(given: readonly string[]): readonly string[] {
  return given.map((text) => {
    const known = Object.hasOwn(WORDS, text) ? WORDS[text] : undefined
    if (known !== undefined) return known
    if (/^[a-z][a-z0-9+.-]*:./i.test(text)) return text
    throw new InputError({
      code: 'INPUT_INVALID',
      message: `Cannot use "${plainText(text)}" of \`predicate-type\`: it is neither an address nor one of ${Object.keys(WORDS).join(', ')}`,
      remedy: `Write the whole type, such as "${SLSA_PROVENANCE.v1}"`
    })
  })
}

/** Whether a statement is of a type. Bills of materials are the same with the version of their format behind it. */
export function isOfType(predicateType: string, demanded: string): boolean {
  if (predicateType === demanded) return true
  if (demanded !== SPDX && demanded !== CYCLONEDX) return false
  return (
    predicateType.startsWith(demanded) &&
    /^\/v?\d[\d.]*$/.test(predicateType.slice(demanded.length))
  )
}

/** Looks into a statement that a check relies on. @returns what it does not say, or says wrongly */
export function contentRefusal(
  { predicateType, predicate }: Statement,
  { by, signer }: Signed
): Refusal | undefined {
  if (PROVENANCE.includes(predicateType)) {
    if (builderIn(predicate) === undefined) {
      return { check: 'provenance', expected: 'the id of a builder', found: 'none' }
    }
    const found = by === 'key' ? undefined : provenanceMismatch(predicate, signer)
    return found === undefined
      ? undefined
      : { check: 'provenance', expected: 'the source that its certificate names', found }
  }
  if (isOfType(predicateType, SPDX)) return spdxRefusal(predicate)
  if (isOfType(predicateType, CYCLONEDX)) return cyclonedxRefusal(predicate)
  return predicateType === VSA ? summaryRefusal(predicate) : undefined
}

/** @see https://slsa.dev/spec/v1.2/provenance @see https://slsa.dev/spec/v0.2/provenance */
function builderIn(predicate: JsonObject): string | undefined {
  const details = jsonObjectOf(predicate['runDetails']) ?? predicate
  const id = jsonObjectOf(details['builder'])?.['id']
  return typeof id === 'string' && id !== '' ? id : undefined
}

/** @see https://spdx.github.io/spdx-spec/v2.3/document-creation-information/ */
function spdxRefusal(predicate: JsonObject): Refusal | undefined {
  const { spdxVersion, packages, '@graph': graph } = predicate
  if (Array.isArray(graph) && predicate['@context'] !== undefined) return undefined
  const expected = 'a document in SPDX 2 or 3'
  if (typeof spdxVersion !== 'string' || !/^SPDX-2\.\d$/.test(spdxVersion)) {
    return sbom(expected, `spdxVersion ${shown(spdxVersion)}`)
  }
  if (typeof predicate['SPDXID'] !== 'string') return sbom(expected, 'no SPDXID')
  return packages === undefined || Array.isArray(packages)
    ? undefined
    : sbom('a list of packages', jsonKindOf(packages))
}

/** @see https://cyclonedx.org/docs/1.6/json/ */
function cyclonedxRefusal(predicate: JsonObject): Refusal | undefined {
  const { bomFormat, specVersion, components } = predicate
  const expected = 'a document in CycloneDX'
  if (bomFormat !== 'CycloneDX') return sbom(expected, `bomFormat ${shown(bomFormat)}`)
  if (typeof specVersion !== 'string' || !/^1\.\d$/.test(specVersion)) {
    return sbom(expected, `specVersion ${shown(specVersion)}`)
  }
  return components === undefined || Array.isArray(components)
    ? undefined
    : sbom('a list of components', jsonKindOf(components))
}

function sbom(expected: string, found: string): Refusal {
  return { check: 'SBOM', expected, found }
}

/** @see https://slsa.dev/spec/v1.2/verification_summary */
function summaryRefusal({ verificationResult }: JsonObject): Refusal | undefined {
  return verificationResult === 'PASSED'
    ? undefined
    : { check: 'verdict', expected: '"PASSED"', found: shown(verificationResult) }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `"${plainText(value, 100)}"` : jsonKindOf(value)
}
