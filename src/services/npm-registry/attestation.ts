import { GITHUB, GITLAB } from '../../formats/fulcio-identity.ts'
import { subjectMismatch } from '../../formats/in-toto.ts'
import type { JsonObject } from '../../formats/json.ts'
import { provenanceMismatch, provenanceText, SLSA_PROVENANCE } from '../../formats/slsa.ts'
import type { Digest } from '../../model/digest.ts'
import { purlOf } from '../../model/purl.ts'
import type { Signer } from '../../model/signer.ts'
import type { SignatureObservation } from '../signature-source.ts'
import type { BundleVerifier, VerifiedStatement } from '../sigstore-verify.ts'
import type { VersionQuestion } from './packument.ts'

/** The registry's own word that it took the version. */
const PUBLISH = 'https://github.com/npm/attestation/tree/main/specs/publish/v0.1'

/** A build service's word about where the version was built. */
const PROVENANCE: readonly string[] = Object.values(SLSA_PROVENANCE)

/** Build services whose provenance npm takes: a certificate of any other issuer may be anybody's. */
const BUILD_SERVICES = [GITHUB, GITLAB]

/** Which version an attestation has to be about. */
export type AttestedVersion = Pick<VersionQuestion, 'name' | 'version'> & {
  readonly digest: Digest
}

/** Verifies one entry of `attestations`, and holds it to the version and its bytes. */
export function checkAttestation(
  { verify, asOf }: { readonly verify: BundleVerifier; readonly asOf: string },
  entry: JsonObject,
  about: AttestedVersion
): Omit<SignatureObservation, 'source'> {
  const { predicateType } = entry
  const kind = 'attestation'
  const known = typeof predicateType === 'string' ? predicateType : ''
  if (known !== PUBLISH && !PROVENANCE.includes(known)) {
    const detail = `an attestation is of the type "${known.slice(0, 100)}", which is not known`
    return { kind, outcome: 'unavailable', detail, reason: 'an attestation is of an unknown type' }
  }
  const what = known === PUBLISH ? 'publish attestation' : 'provenance'
  const result = verify(entry['bundle'])
  if ('refused' in result) {
    const detail = `the ${what} does not verify: ${result.refused}`
    if (!result.unknownAuthority) return { kind, outcome: 'contradicted', detail }
    const reason = `an attestation is signed through keys or authorities that were not known on ${asOf}`
    return { kind, outcome: 'unavailable', detail, reason }
  }
  const wrong = mismatch(result, known, about)
  if (wrong !== undefined) {
    return { kind, outcome: 'contradicted', detail: `the ${what} is genuine, but ${wrong}` }
  }
  const { signer } = result
  return { kind, outcome: 'verified', detail: detailOf(known, signer), signer }
}

/** What keeps a genuine statement from being about this version. */
function mismatch(
  { statement, by, signer }: VerifiedStatement,
  stated: string,
  { name, version, digest }: AttestedVersion
): string | undefined {
  if (statement.predicateType !== stated) {
    return `it is signed as "${statement.predicateType.slice(0, 100)}"`
  }
  // A registry's key says what was published, a certificate where it was built: neither speaks for the other.
  const wanted = stated === PUBLISH ? 'key' : 'certificate'
  if (by !== wanted) return `it is signed with a ${by}, expected a ${wanted}`
  const purl = purlOf('npm', name, version)
  const other = subjectMismatch(statement, {
    isName: (given) => given === purl,
    name: purl,
    digest
  })
  if (other !== undefined) return other
  if (stated === PUBLISH) return publishMismatch(statement.predicate, name, version)
  return signerMismatch(signer) ?? provenanceMismatch(statement.predicate, signer)
}

/** @see https://github.com/npm/attestation/tree/main/specs/publish/v0.1 */
function publishMismatch(predicate: JsonObject, name: string, version: string): string | undefined {
  if (predicate['name'] === name && predicate['version'] === version) return undefined
  const told = ['name', 'version'].map((key) => {
    const value = predicate[key]
    return typeof value === 'string' ? value.slice(0, 100) : 'something'
  })
  return `it says that ${told.join(' ')} was published`
}

/** A workflow of a build service, that says which repository it built. */
function signerMismatch({ issuer, identity, repository, builder }: Signer): string | undefined {
  const service = BUILD_SERVICES.find((one) => one.issuer === issuer)
  if (service === undefined) {
    return `its certificate was issued for ${issuer?.slice(0, 100) ?? 'nobody'}, which is no build service that npm takes`
  }
  const addresses = [identity, repository ?? service.server, builder ?? service.server]
  const elsewhere = addresses.find((address) => !address.startsWith(service.server))
  return elsewhere === undefined
    ? undefined
    : `its certificate names "${elsewhere.slice(0, 100)}", which is not at ${service.server}`
}

function detailOf(type: string, signer: Signer): string {
  if (type === PUBLISH) return `the registry attests the publication, with its ${signer.identity}`
  return provenanceText(signer)
}
