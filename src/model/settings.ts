/** How much of the locked bytes `integrity` reads. */
export const INTEGRITY_MODES = ['auto', 'changed', 'platform', 'all'] as const

export type IntegrityMode = (typeof INTEGRITY_MODES)[number]

/** What this run was asked to do: the inputs of action.yml or the flags, checked once and frozen. */
export interface Settings {
  /** The checkout to inspect, as given; absolute once the host has it. */
  readonly path: string
  /** Folder for the documents. */
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
  /** Requests in flight at once, over all hosts. */
  readonly concurrency: number
  readonly exclude: readonly string[]
  readonly failOn?: string
  readonly uploadArtifact: boolean
  readonly artifactName: string
  readonly artifactRetentionDays?: number
  /** For GitHub's REST API; never sent elsewhere. */
  readonly githubToken?: string
}
