/** Who made a signature or attestation, as far as verified material says it. Values may be anything: escape them. */
export interface Signer {
  /** Name that the certificate is for: a workflow's address, an e-mail address. For a key, its id. */
  readonly identity: string
  /** Who vouched for the identity: `https://token.actions.githubusercontent.com`. Absent for a key. */
  readonly issuer?: string
  /** Address of the source repository: `https://github.com/o/r`. */
  readonly repository?: string
  /** Commit that was built. */
  readonly commit?: string
  /** `refs/tags/v1.0.0` */
  readonly ref?: string
  /** The workflow that was started, with its ref: `https://github.com/o/r/.github/workflows/release.yml@refs/heads/main`. */
  readonly workflow?: string
  /** The workflow that signed, where it is another: a reusable one. */
  readonly builder?: string
  /** `github-hosted` or `self-hosted`. */
  readonly runner?: string
}
