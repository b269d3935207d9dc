import type { Host } from '../host/host.ts'
import type { Component, Gap, Lockfile } from '../model/component.ts'
import type { Document, WrittenDocument } from '../model/document.ts'
import type { Evidence } from '../model/evidence.ts'
import type { Finding, Rule } from '../model/finding.ts'
import type { StageReport } from '../model/report.ts'
import type { Section } from '../model/section.ts'
import type { Settings } from '../model/settings.ts'

/** What a stage may use. A stage that wants to tell the next one something returns it. */
export interface RunContext {
  readonly host: Host
  readonly settings: Settings
  readonly signal: AbortSignal
  /** Version of Assay, for documents. */
  readonly version: string
  /** Every rule that any stage has. */
  readonly rules: readonly Rule[]
  /** Reports of the stages before this one, in order. */
  readonly reports: readonly StageReport[]
  /**
   * Writes a document at once, for a stage that wants to read it back. It is a document of the run from then on,
   * so that a stage does not return it again.
   */
  write(document: Document): Promise<WrittenDocument>
  /**
   * Writes the run's reports as far as they are known by now.
   *
   * @returns every document of the run so far: those of stages, and the reports
   */
  publish(): Promise<readonly WrittenDocument[]>
}

export interface StageResult<Output> {
  /** Handed to the stages that list this one in `needs`. */
  readonly output: Output
  /** Why there was nothing to look at: the stage is reported as skipped, which nobody takes for a success. */
  readonly nothing?: string
  readonly findings?: readonly Finding[]
  readonly evidence?: readonly Evidence[]
  /** Files to write into the output folder. */
  readonly documents?: readonly Document[]
  /** What it has to say to a person; absent, it stays out of the summary. */
  readonly section?: Section
  /** Counts, e.g. `{ components: 412, gaps: 3 }`. */
  readonly stats?: Readonly<Record<string, number>>
  /** Action outputs of this stage, by their name in action.yml. */
  readonly outputs?: Readonly<Record<string, string>>
}

export type StageNeeds = Readonly<Record<string, Stage>>

type InputsOf<Needs extends StageNeeds> = {
  readonly [Name in keyof Needs]: Needs[Name] extends Stage<infer Output> ? Output : never
}

/**
 * One step of a run. It reads its inputs, asks the outside world through `context.host`, and returns
 * what it saw. It does not log results, set outputs or decide whether the run fails.
 */
export interface Stage<Output = unknown, Needs extends StageNeeds = StageNeeds> {
  /** Prefix of its rule ids and key of its report. */
  readonly id: string
  /** Imperative, for log and summary: `Verify locked digests`. */
  readonly title: string
  /** The stages whose outputs this one reads. */
  readonly needs: Needs
  /** Every rule that its findings can have. docs/findings.md is generated from these. */
  readonly rules: readonly Rule[]
  /** A run without it makes no sense: `--stage` and `--skip` leave it on. */
  readonly essential?: boolean
  /** Why there is nothing to do in this run; nothing when there is. */
  skipReason?(context: RunContext): string | undefined
  /** What stages that need this one are given when it had nothing to do; absent, they are skipped as well. */
  readonly idle?: Output
  run(context: RunContext, inputs: InputsOf<Needs>): Promise<StageResult<Output>>
}

/** Lets the compiler infer a stage's output and inputs. */
export function defineStage<Output, const Needs extends StageNeeds>(
  stage: Stage<Output, Needs>
): Stage<Output, Needs> {
  return stage
}

/** Output of `inventory`: what is in the checkout. Components and lockfiles are sorted. */
export interface Inventory {
  readonly components: readonly Component[]
  readonly gaps: readonly Gap[]
  readonly lockfiles: readonly Lockfile[]
  /** On a pull request whose base could be read: what it locks. */
  readonly base?: BaseInventory
}

/**
 * What the base commit's lockfiles lock. A base lockfile that could not be read is missing here, so that
 * all it locked counts as changed.
 */
export interface BaseInventory {
  readonly commit: string
  /** Sorted by purl; without those that only fixtures name. */
  readonly components: readonly Component[]
  readonly lockfiles: readonly Lockfile[]
}
