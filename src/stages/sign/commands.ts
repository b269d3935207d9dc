import { jsonObjectOf } from '../../formats/json.ts'
import { renderDigest } from '../../model/digest.ts'
import type { SigstoreSettings } from '../../model/settings.ts'
import type { SigningIdentity } from '../../services/bundle-signer.ts'
import type { SigstoreInstance } from '../../services/sigstore-instance.ts'
import type { CheckCommand, SignedSubject } from './signing.ts'

/** Name of the document with our public key, which whoever verifies has to get from us, not from the registry. */
export const PUBLIC_KEY_DOCUMENT = 'cosign.pub'

/** What the lines are made of. */
export interface CommandsQuestion {
  readonly identity: SigningIdentity
  readonly settings: SigstoreSettings
  readonly instance: Pick<SigstoreInstance, 'rekor' | 'timestampUrl' | 'trustedRoot'>
  /** `octo-org/octo-repo`, for GitHub's own program; absent where it is unknown. */
  readonly repository?: string
}

/** Predicate types that the other program looks for when nobody says which. */
const GH_DEFAULT = 'https://slsa.dev/provenance/v1'

/** Whom it believes to vouch for identities when nobody says whom. */
const GH_ISSUER = 'https://token.actions.githubusercontent.com'

/** Lines for a shell with which anybody can check an image: with cosign, and with GitHub's own program. */
export function imageCommands(
  { subject, given, kept }: SignedSubject,
  question: CommandsQuestion
): readonly CheckCommand[] {
  const reference = `${subject.name}@${renderDigest(subject.digest)}`
  const forms = new Set(
    kept.filter(({ outcome }) => outcome === 'verified').map(({ form }) => form)
  )
  const attested = kept.filter(
    ({ form, says, outcome }) =>
      form === 'referrer' && says !== 'signature' && outcome === 'verified'
  )
  const lines = [
    ...(forms.has('referrer') || forms.has('legacy')
      ? [['cosign', 'verify', quoted(reference), ...cosignFlags(question)].join(' ')]
      : []),
    ...ghLine(
      reference,
      attested.map(({ predicateType = '' }) => predicateType),
      question
    )
  ]
  return lines.map((line) => ({ given, line }))
}

/** Flags of cosign that name exactly who signed, and with which deployment. */
export function cosignFlags({ identity, settings, instance }: CommandsQuestion): readonly string[] {
  const who =
    identity.kind === 'key'
      ? ['--key', PUBLIC_KEY_DOCUMENT]
      : [
          '--certificate-identity',
          quoted(identity.identity),
          '--certificate-oidc-issuer',
          quoted(identity.issuer)
        ]
  const withoutLog = instance.rekor === undefined ? ['--insecure-ignore-tlog=true'] : []
  const timestamps = instance.rekor === undefined && instance.timestampUrl !== undefined
  return [
    ...who,
    ...trustedRootOf(settings).flatMap((path) => ['--trusted-root', quoted(path)]),
    ...withoutLog,
    ...(timestamps ? ['--use-signed-timestamps'] : [])
  ]
}

/** A private deployment's material has to be told to verifiers: they know the public one. */
function trustedRootOf({ trustedRoot, tufUrl }: SigstoreSettings): readonly string[] {
  if (trustedRoot !== undefined) return [trustedRoot]
  return tufUrl === undefined ? [] : ['trusted_root.json']
}

function ghLine(
  reference: string,
  predicateTypes: readonly string[],
  question: CommandsQuestion
): readonly string[] {
  const flags = ghFlags(predicateTypes, question)
  if (flags === undefined) return []
  const oci = quoted(`oci://${reference}`)
  return [['gh', 'attestation', 'verify', oci, '--bundle-from-oci', ...flags].join(' ')]
}

/**
 * Flags of GitHub's own program that name exactly who signed, and with which deployment.
 *
 * @returns nothing where it can verify nothing: it knows no keys, and no identities but those of GitHub's repositories
 */
export function ghFlags(
  predicateTypes: readonly string[],
  { identity, settings, repository, instance }: CommandsQuestion
): readonly string[] | undefined {
  const [first] = predicateTypes
  if (identity.kind === 'key' || first === undefined || repository === undefined) return undefined
  if (instance.rekor === undefined && listsLogs(instance.trustedRoot)) return undefined
  const type = predicateTypes.includes(GH_DEFAULT) ? [] : ['--predicate-type', quoted(first)]
  const root = trustedRootOf(settings).flatMap((path) => [
    '--custom-trusted-root',
    quoted(`${path}l`)
  ])
  const issuer =
    identity.issuer === GH_ISSUER ? [] : ['--cert-oidc-issuer', quoted(identity.issuer)]
  const who = ['--repo', quoted(repository), '--cert-identity', quoted(identity.identity)]
  return [...who, ...issuer, ...type, ...root]
}

/** Where a trusted root lists logs, it wants an entry of one: a timestamp alone is refused. */
function listsLogs(trustedRoot: unknown): boolean {
  const logs = jsonObjectOf(trustedRoot)?.['tlogs']
  return Array.isArray(logs) && logs.length > 0
}

/** A word of a shell's line: names come from elsewhere. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
