import type { Checkout } from './model/checkout.ts'
import type { Document, WrittenDocument } from './model/document.ts'
import { problemOf, traceOf } from './model/errors.ts'
import type { Image } from './model/image.ts'
import { DEFAULT_POLICY, type Policy } from './model/policy.ts'
import { NOT_ASKED_FOR, type Problem, type RunReport, type StageReport } from './model/report.ts'
import { judge } from './policy/judge.ts'
import { checkout } from './stages/checkout.ts'
import { images } from './stages/images.ts'
import { STAGES, stagesOf } from './stages/index.ts'
import { inventory } from './stages/inventory.ts'
import { policyFile } from './stages/policy-file.ts'
import type { Inventory, RunContext, Stage } from './stages/stage.ts'

/** What the entries give besides the context, and what they hear of. */
export interface RunOptions extends Omit<RunContext, 'reports' | 'rules' | 'write' | 'publish'> {
  /** Turns what is known so far into the run's own documents. */
  render(report: RunReport): readonly Document[]
  onStageStart?(stage: Stage): void
  /** Called as soon as a stage is done, in order. */
  onStageDone?(report: StageReport, outputs: Readonly<Record<string, string>>): Promise<void>
}

export interface RunResult {
  readonly report: RunReport
  /** Everything that was written, in order. */
  readonly documents: readonly WrittenDocument[]
}

/** Runs the pipeline. Never throws for what a stage does: that is in the report. */
export async function run(options: RunOptions): Promise<RunResult> {
  const state = new RunState(options)
  const wanted = stagesWanted(options)
  for (const stage of stagesOf(options.settings.mode)) {
    await state.runStage(stage, wanted)
  }
  return { report: state.report(), documents: await state.publish() }
}

/** The stages asked for, with all that they need. */
function stagesWanted({ settings }: RunOptions): ReadonlySet<Stage> {
  const wanted = new Set<Stage>()
  const want = (stage: Stage): void => {
    wanted.add(stage)
    Object.values(stage.needs).forEach(want)
  }
  for (const stage of stagesOf(settings.mode)) {
    const asked = settings.stages.length === 0 || settings.stages.includes(stage.id)
    if (stage.essential === true || (asked && !settings.skip.includes(stage.id))) want(stage)
  }
  return wanted
}

class RunState {
  readonly #options: RunOptions
  readonly #outputs = new Map<Stage, unknown>()
  readonly #reports: StageReport[] = []
  readonly #written = new Map<string, WrittenDocument>()
  readonly #startedAt: string

  constructor(options: RunOptions) {
    this.#options = options
    this.#startedAt = options.host.now().toISOString()
  }

  async runStage(stage: Stage, wanted: ReadonlySet<Stage>): Promise<void> {
    const { host } = this.#options
    const context: RunContext = {
      ...this.#options,
      rules: STAGES.flatMap(({ rules }) => rules),
      reports: this.#reports,
      write: (document) => this.#writeOne(document),
      publish: () => this.publish()
    }
    const reason = this.#skipReason(stage, wanted, context)
    if (reason !== undefined) {
      return this.#done({ ...nothingOf(stage), status: 'skipped', reason })
    }
    if (context.signal.aborted) {
      return this.#done({ ...nothingOf(stage), status: 'errored', problem: ENDED })
    }
    this.#options.onStageStart?.(stage)
    const startedAt = host.now().getTime()
    const durationMs = (): number => host.now().getTime() - startedAt
    try {
      const inputs = Object.fromEntries(
        Object.entries(stage.needs).map(([name, needed]) => [name, this.#outputs.get(needed)])
      )
      const result = await stage.run(context, inputs)
      await this.#write(result.documents ?? [])
      this.#outputs.set(stage, result.output)
      const { findings = [], evidence = [], stats = {}, section, nothing } = result
      const done: StageReport = {
        ...nothingOf(stage),
        ...(nothing === undefined
          ? { status: 'completed' }
          : { status: 'skipped', reason: nothing }),
        durationMs: durationMs(),
        findings,
        evidence,
        stats,
        ...(section && { section })
      }
      await this.#done(done, result.outputs)
    } catch (error) {
      const problem = problemOf(error)
      const trace = traceOf(error)
      if (trace !== '') host.log.debug(trace)
      await this.#done({
        ...nothingOf(stage),
        status: 'errored',
        durationMs: durationMs(),
        problem
      })
    }
  }

  #skipReason(stage: Stage, wanted: ReadonlySet<Stage>, context: RunContext): string | undefined {
    if (!wanted.has(stage)) return NOT_ASKED_FOR
    const missing = Object.values(stage.needs).find((needed) => !this.#outputs.has(needed))
    if (missing) return `needs "${missing.id}", which did not complete`
    const reason = stage.skipReason?.(context)
    if (reason !== undefined && stage.idle !== undefined) this.#outputs.set(stage, stage.idle)
    return reason
  }

  async #done(report: StageReport, outputs: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#reports.push(report)
    await this.#options.onStageDone?.(report, outputs)
  }

  /** Writes the reports of the run as far as it is known. */
  async publish(): Promise<readonly WrittenDocument[]> {
    await this.#write(this.#options.render(this.report()))
    return [...this.#written.values()]
  }

  async #write(documents: readonly Document[]): Promise<void> {
    for (const document of documents) await this.#writeOne(document)
  }

  async #writeOne(document: Document): Promise<WrittenDocument> {
    const { name, mediaType } = document
    const path = await this.#options.host.write(name, document.chunks())
    const written = { name, mediaType, path }
    this.#written.set(name, written)
    return written
  }

  /** The run as far as it is known. */
  report(): RunReport {
    const found = this.#outputs.get(inventory) as Inventory | undefined
    const where = this.#outputs.get(checkout) as Checkout | undefined
    const policy = (this.#outputs.get(policyFile) as Policy | undefined) ?? DEFAULT_POLICY
    return {
      schema: '1.0',
      tool: { name: 'assay', version: this.#options.version },
      startedAt: this.#startedAt,
      ...(where && { checkout: where }),
      lockfiles: found?.lockfiles ?? [],
      images: (this.#outputs.get(images) as readonly Image[] | undefined) ?? [],
      components: found?.components ?? [],
      gaps: found?.gaps ?? [],
      stages: [...this.#reports],
      verdict: judge(this.#reports, policy, {
        now: this.#options.host.now(),
        offline: this.#options.settings.offline
      })
    }
  }
}

/** Not a skipped stage: a run that was cut short must not pass for what it did not look at. */
const ENDED: Problem = {
  code: 'CANCELLED',
  message: 'The run was ended before this stage began',
  remedy: 'Run it again, and let it finish'
}

function nothingOf(stage: Stage): Omit<StageReport, 'status'> {
  return {
    stage: stage.id,
    title: stage.title,
    durationMs: 0,
    findings: [],
    evidence: [],
    stats: {}
  }
}
