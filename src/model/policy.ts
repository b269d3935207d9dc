import type { Severity } from './finding.ts'

/** `spec` of `.github/assay.yml`, checked and with defaults filled in. */
export interface Policy {
  /** Where it was read: path and, on a pull request, the base commit. Absent: built-in defaults. */
  readonly source?: {
    readonly path: string
    readonly commit?: string
    /** Of its text, in hex. */
    readonly sha256: string
  }
  /** Findings at least this severe fail the run. */
  readonly failOn: Severity | 'none'
  /** What an outcome of a check costs: a severity, or nothing. */
  readonly outcomes: {
    /** Of findings whose rule has no severity here. What is proven wrong is never nothing. */
    readonly contradicted: Severity
    /** Of digests only: signatures that nobody made have rules of their own. */
    readonly absent: Severity | 'ignore'
    readonly unavailable: Severity | 'ignore'
  }
  /** Rule id to severity; `off` drops the finding, unless its evidence is `contradicted`. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>
  readonly waivers: readonly PolicyWaiver[]
  /** Glob patterns of checkout paths that the inventory leaves out. */
  readonly exclude: readonly string[]
  /** Who may publish which packages. Packages that none of these names may be of anybody. */
  readonly publishers: readonly PublisherRule[]
  /** What vendored folders have to be signed with. */
  readonly vendor: VendorPolicy
}

export interface VendorPolicy {
  /** Accept signatures over the file itself instead of its hash, as minisign made them before 2021. */
  readonly allowLegacy: boolean
  readonly keys: readonly VendorKeyRule[]
}

/** Folders that have to be signed with one of some keys. Several rules for a folder: any of them. */
export interface VendorKeyRule {
  /** Names in locks; `*` stands for any characters. */
  readonly packs: readonly string[]
  /** Public keys of minisign, as one line of base64 each. */
  readonly pubkeys: readonly string[]
}

/** Packages that have to be built from one repository. Several rules for a package: any of them. */
export interface PublisherRule {
  /** Purls without version; `*` stands for any characters: `pkg:npm/%40octo/*`. */
  readonly packages: readonly string[]
  /** Exact address of the source repository: `https://github.com/octo/lib`. */
  readonly repository: string
  /** Exact path of the workflow that is started, in that repository: `.github/workflows/release.yml`. Absent: any. */
  readonly workflow?: string
  /** Ref that is built, exact or with `*` for any characters: `refs/tags/v*`. Absent: any. */
  readonly ref?: string
  /** Exact address, without its ref, of the reusable workflow that signs. Absent: any that the workflow uses. */
  readonly builder?: string
}

/** Accepts findings that match all that is given. */
export interface PolicyWaiver {
  /** Rule id. */
  readonly rule: string
  /** Exact subject, or with `*` for any characters. Absent: any. */
  readonly subject?: string
  readonly reason: string
  /** Last day it holds, ISO 8601 date. */
  readonly expires: string
  /** Line in the policy file. */
  readonly line?: number
}

/** Where the policy file is looked for when nobody says otherwise. */
export const DEFAULT_POLICY_PATH = '.github/assay.yml'

/** Without a policy file: only what is proven wrong fails a run; the verdict says what was not looked at. */
export const DEFAULT_POLICY: Policy = {
  failOn: 'high',
  outcomes: { contradicted: 'critical', absent: 'ignore', unavailable: 'ignore' },
  rules: {},
  waivers: [],
  exclude: [],
  publishers: [],
  vendor: { allowLegacy: false, keys: [] }
}
