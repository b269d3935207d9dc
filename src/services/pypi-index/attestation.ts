import { GITHUB, GITLAB } from '../../formats/fulcio-identity.ts'
import { subjectMismatch } from '../../formats/in-toto.ts'
import type { JsonObject } from '../../formats/json.ts'
import { bundleOfAttestation, isSameDistribution } from '../../formats/python/attestation.ts'
import { provenanceMismatch, provenanceText, SLSA_PROVENANCE } from '../../formats/slsa.ts'
import type { Digest } from '../../model/digest.ts'
import type { Signer } from '../../model/signer.ts'
import { PYPI_PUBLISH_PREDICATE } from '../registry-defaults.ts'
import type { SignatureObservation } from '../signature-source.ts'
import type { BundleVerifier } from '../sigstore-verify.ts'

/** Which file an attestation has to be about. */
export interface AttestedFile {
  /** Normalised. */
  readonly project: string
  readonly name: string
  readonly digest: Digest
}

/** Issuer of Google's service accounts. */
const GOOGLE = 'https://accounts.google.com'

const TYPES: readonly string[] = [PYPI_PUBLISH_PREDICATE, SLSA_PROVENANCE.v1]

/** Verifies one attestation, and holds it to the file and to the publisher that the index names. */
export function checkPythonAttestation(
  { verify, asOf }: { readonly verify: BundleVerifier; readonly asOf: string },
  given: { readonly publisher: JsonObject; readonly attestation: unknown },
  file: AttestedFile
): Omit<SignatureObservation, 'source'> {
  const kind = 'attestation'
  const result = verify(bundleOfAttestation(given.attestation))
  if ('refused' in result) {
    const detail = `the attestation does not verify: ${result.refused}`
    if (!result.unknownAuthority) return { kind, outcome: 'contradicted', detail }
    const reason = `an attestation is signed through authorities that were not known on ${asOf}`
    return { kind, outcome: 'unavailable', detail, reason }
  }
  const { statement, signer } = result
  const { name, project, digest } = file
  const isName = (subject: string): boolean => isSameDistribution(subject, name, project)
  const wrong = TYPES.includes(statement.predicateType)
    ? (subjectMismatch(statement, { isName, name, digest }) ??
      provenanceMismatch(statement.predicate, signer))
    : `it is of the type "${statement.predicateType.slice(0, 100)}", which no index takes`
  if (wrong !== undefined) {
    return { kind, outcome: 'contradicted', detail: `the attestation is genuine, but ${wrong}` }
  }
  const publisher = publisherOf(given.publisher)
  if (publisher === undefined) {
    const detail = `the index names a publisher of the kind "${textOf(given.publisher['kind']).slice(0, 100)}", which is not known`
    return { kind, outcome: 'unavailable', detail, reason: 'the kind of a publisher is not known' }
  }
  const other = publisher(signer)
  if (other !== undefined) {
    const detail = `the attestation is genuine, but not of the publisher that the index names: ${other}`
    return { kind, outcome: 'contradicted', detail }
  }
  const what = statement.predicateType === PYPI_PUBLISH_PREDICATE ? 'published, and ' : ''
  const told = signer.repository === undefined ? `by ${signer.identity}` : provenanceText(signer)
  return { kind, outcome: 'verified', detail: `${what}${told}`, signer }
}

/** Says what of a signer is not the publisher's. */
type Publisher = (signer: Signer) => string | undefined

/**
 * The environment of a publisher is in no certificate: nobody can check it.
 *
 * @see https://docs.pypi.org/trusted-publishers/
 */
function publisherOf(publisher: JsonObject): Publisher | undefined {
  const kind = textOf(publisher['kind'])
  const repository = textOf(publisher['repository'])
  if (kind === 'GitHub') {
    const home = `${GITHUB.server}${repository}`
    const path = `${home}/.github/workflows/${textOf(publisher['workflow'])}`
    return (signer) => workflowMismatch(signer, { issuer: GITHUB.issuer, home, path })
  }
  if (kind === 'GitLab') {
    const home = `${GITLAB.server}${repository}`
    const path = `${home}//${textOf(publisher['workflow_filepath'])}`
    return (signer) => workflowMismatch(signer, { issuer: GITLAB.issuer, home, path })
  }
  if (kind === 'Google') {
    const email = textOf(publisher['email'])
    return ({ issuer, identity }) =>
      issuer === GOOGLE && identity === email && email !== ''
        ? undefined
        : `it is ${identity}, expected ${email}`
  }
  return undefined
}

function workflowMismatch(
  { issuer, repository, workflow, ref, commit }: Signer,
  wanted: { readonly issuer: string; readonly home: string; readonly path: string }
): string | undefined {
  if (issuer !== wanted.issuer)
    return `its issuer is ${issuer ?? 'not stated'}, expected ${wanted.issuer}`
  if (repository !== wanted.home) {
    return `its repository is ${repository ?? 'not stated'}, expected ${wanted.home}`
  }
  const known = [ref, commit].some((at) => at !== undefined && workflow === `${wanted.path}@${at}`)
  return known ? undefined : `its workflow is ${workflow ?? 'not stated'}, expected ${wanted.path}`
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
