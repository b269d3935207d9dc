import type { Severity } from './finding.ts'

/** How much of the locked bytes `integrity` reads. */
export const INTEGRITY_MODES = ['auto', 'changed', 'platform', 'all'] as const

export type IntegrityMode = (typeof INTEGRITY_MODES)[number]

/** `check`: what is in a checkout, and sign what is shipped. `verify`: is what somebody shipped what it says? */
export const MODES = ['check', 'verify'] as const

export type Mode = (typeof MODES)[number]

/** With what is signed. `auto`: a key where one is given, else keyless where the job may ask for a token. */
export const SIGN_MODES = ['auto', 'keyless', 'key', 'off'] as const

export type SignMode = (typeof SIGN_MODES)[number]

/** What is said about every subject, besides the signature of an image or file itself. */
export const STATEMENTS = ['spdx', 'cyclonedx', 'provenance', 'provenance-v0.2', 'verdict'] as const

export type StatementKind = (typeof STATEMENTS)[number]

/**
 * Where signatures go.
 *
 * - `referrer`: Sigstore bundles beside the image, as cosign 3 reads them
 * - `legacy`: the tags `.sig` and `.att`, as cosign 2 reads them
 * - `github`: GitHub's attestations API
 * - `file`: `*.sigstore.json` among the documents
 */
export const SIGNATURE_FORMS = ['referrer', 'legacy', 'github', 'file'] as const

export type SignatureForm = (typeof SIGNATURE_FORMS)[number]

/** Which log keyless signatures are entered in; `none` leaves a timestamp as the only proof of time. */
export const REKOR_VERSIONS = ['auto', '1', '2', 'none'] as const

export type RekorVersion = (typeof REKOR_VERSIONS)[number]

/** What is signed, with what, and where to. */
export interface SignSettings {
  readonly mode: SignMode
  /** `always` signs what a failed verdict is about, too. */
  readonly on: 'pass' | 'always'
  /** Glob patterns of files in the checkout. */
  readonly subjectPaths: readonly string[]
  /** A file of the checkout as `sha256sum` writes it. */
  readonly subjectChecksums?: string
  readonly statements: readonly StatementKind[]
  readonly forms: readonly SignatureForm[]
  /** `registry/repository:tag` that a signed image is copied to; with several images `image=registry/repository:tag`. */
  readonly promoteTo: readonly string[]
  /** The names of a private repository may enter a public log. */
  readonly publishPrivateNames: boolean
  /** PEM of a private key: cosign's own form, or PKCS #8. */
  readonly key?: string
  readonly keyPassword?: string
  /** Text of a minisign secret key, for files. */
  readonly minisignKey?: string
  readonly minisignPassword?: string
}

/** Which Sigstore: the public-good instance, unless something here says otherwise. Paths are of the checkout. */
export interface SigstoreSettings {
  readonly rekor: RekorVersion
  /** Path of a trusted root, as `cosign trusted-root create` writes it. */
  readonly trustedRoot?: string
  /** Path of a signing configuration, as `cosign signing-config create` writes it. */
  readonly signingConfig?: string
  /** Address of a TUF repository that has both, and path of its root metadata. */
  readonly tufUrl?: string
  readonly tufRoot?: string
  /** Who issues the tokens of this runner. */
  readonly oidcIssuer: string
  /** How long outages of its services are waited for over the whole run; some minutes when absent. */
  readonly patienceSeconds?: number
}

/** What `mode: verify` holds subjects to. Everything that is given has to be met. */
export interface VerifySettings {
  /** Images, files, bundles. */
  readonly subjects: readonly string[]
  /** Exact names of signers, or patterns between slashes that begin with `^` and end with `$`. Any of them. */
  readonly identities: readonly string[]
  readonly issuers: readonly string[]
  /** Paths or PEM texts of public keys; any of them, instead of an identity. */
  readonly publicKeys: readonly string[]
  readonly repository?: string
  readonly ref?: string
  readonly commit?: string
  readonly workflow?: string
  readonly builder?: string
  readonly runner?: string
  /** Each has to be there, from an accepted signer. */
  readonly predicateTypes: readonly string[]
  /** Days; 0 for any age. */
  readonly maxAgeDays: number
  /** How many different accepted signers there have to be. */
  readonly signers: number
  /** An index counts as verified when every platform of it is, too. */
  readonly recursive: boolean
}

/** What this run was asked to do: the inputs of action.yml or the flags, checked once and frozen. */
export interface Settings {
  readonly mode: Mode
  /** The checkout to inspect; absolute. */
  readonly path: string
  /** Folder for the documents; absolute. */
  readonly out: string
  /** Path of the policy file inside the checkout. */
  readonly config: string
  /** Stages to run, with all they need; empty means all. */
  readonly stages: readonly string[]
  readonly skip: readonly string[]
  /** No network: what would have been looked at is `unavailable`. */
  readonly offline: boolean
  readonly integrity: IntegrityMode
  /** Ask Go's checksum database for its signed record of every module. */
  readonly goChecksumDatabase: boolean
  /** npm registry that is asked for signatures that the configured one does not serve. */
  readonly npmSignaturesFrom?: string
  /** Requests in flight at once, over all hosts. */
  readonly concurrency: number
  /** Glob patterns of checkout paths, besides those of the policy. */
  readonly exclude: readonly string[]
  /** References of container images to look at, as they were given. */
  readonly images: readonly string[]
  /** For the registry of the images; both or none. */
  readonly registryUsername?: string
  readonly registryPassword?: string
  /** Registries that are spoken to without TLS, besides those on this machine. */
  readonly plainHttpRegistries: readonly string[]
  /** Folders and glob patterns of folders that must be vendored ones, and are all that count; empty means those that are found. */
  readonly vendor: readonly string[]
  /** Instead of the policy's. */
  readonly failOn?: Severity | 'none'
  readonly sign: SignSettings
  readonly sigstore: SigstoreSettings
  readonly verify: VerifySettings
  readonly uploadArtifact: boolean
  /** Absent: made from the job's name, and from the run's other artifacts. */
  readonly artifactName?: string
  readonly artifactRetentionDays?: number
  /** For GitHub's REST API; never sent elsewhere. */
  readonly githubToken?: string
}

/** What of the settings must never be shown. */
export function secretsOf({ githubToken, registryPassword, sign }: Settings): readonly string[] {
  const { key, keyPassword, minisignKey, minisignPassword } = sign
  const secrets = [githubToken, registryPassword, key, keyPassword, minisignKey, minisignPassword]
  return secrets.filter((secret) => secret !== undefined)
}
