import type { Severity } from './finding.ts'

/** How much of the locked bytes `integrity` reads. */
export const INTEGRITY_MODES = ['auto', 'changed', 'platform', 'all'] as const

export type IntegrityMode = (typeof INTEGRITY_MODES)[number]

/** What this run was asked to do: the inputs of action.yml or the flags, checked once and frozen. */
export interface Settings {
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
  readonly uploadArtifact: boolean
  /** Absent: made from the job's name, and from the run's other artifacts. */
  readonly artifactName?: string
  readonly artifactRetentionDays?: number
  /** For GitHub's REST API; never sent elsewhere. */
  readonly githubToken?: string
}
