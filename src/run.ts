import type { Checkout } from './model/checkout.ts'
import type { Document } from './model/document.ts'
import { problemOf } from './model/errors.ts'
import { DEFAULT_POLICY, type Policy } from './model/policy.ts'
import type { RunReport, StageReport } from './model/report.ts'
import { judge } from './policy/judge.ts'
import { checkout } from './stages/checkout.ts'
import { STAGES } from './stages/index.ts'
import { inventory } from './stages/inventory.ts'
import { policyFile } from './stages/policy-file.ts'
import type { Inventory, RunContext, Stage } from './stages/stage.ts'

/** What the entries give besides the context, and what they hear of. */
export interface RunOptions extends Omit<RunContext, 'reports' | 'documents'> {
  /** Turns what is known so far into the run's own documents. */
  render(report: RunReport): readonly Document[]
  onStageStart?(stage: Stage): void
  /** Called as soon as a stage is done, in order. */
  onStageDone?(report: StageReport, outputs: Readonly<Record<string, string>>): Promise<void>
}

/** Runs the pipeline. Never throws for what a stage does: that is in the report. */
export async function run(options: RunOptions): Promise<RunReport> {
  const state = new RunState(options)
  const wanted = stagesWanted(options)
  for (const stage of STAGES) {
    await state.runStage(stage, wanted)
  }
  const report = state.report()
  for (const document of options.render(report)) {
    await options.host.write(document.name, document.chunks())
  }
  return report
}

/** The stages asked for, with all that they need. */
function stagesWanted({ settings }: RunOptions): ReadonlySet<Stage> {
  const wanted = new Set<Stage>()
  const want = (stage: Stage): void => {
    wanted.add(stage)
    Object.values(stage.needs).forEach(want)
  }
  for (const stage of STAGES) {
    const asked = settings.stages.length === 0 || settings.stages.includes(stage.id)
    if (stage.essential === true || (asked && !settings.skip.includes(stage.id))) want(stage)
  }
  return wanted
}

class RunState {
  readonly #options: RunOptions
  readonly #outputs = new Map<Stage, unknown>()
  readonly #reports: StageReport[] = []
  readonly #documents: Document[] = []
  readonly #startedAt: string

  constructor(options: RunOptions) {
    this.#options = options
    this.#startedAt = options.host.now().toISOString()
  }

  async runStage(stage: Stage, wanted: ReadonlySet<Stage>): Promise<void> {
    const { host } = this.#options
    const context: RunContext = {
      ...this.#options,
      reports: this.#reports,
      documents: () => [...this.#documents, ...this.#options.render(this.report())]
    }
    const reason = this.#skipReason(stage, wanted, context)
    if (reason !== undefined) {
      return this.#done({ ...nothingOf(stage), status: 'skipped', reason })
    }
    this.#options.onStageStart?.(stage)
    const startedAt = host.now().getTime()
    const durationMs = (): number => host.now().getTime() - startedAt
    try {
      const inputs = Object.fromEntries(
        Object.entries(stage.needs).map(([name, needed]) => [name, this.#outputs.get(needed)])
      )
      const result = await stage.run(context, inputs)
      for (const document of result.documents ?? []) {
        await host.write(document.name, document.chunks())
        this.#documents.push(document)
      }
      this.#outputs.set(stage, result.output)
      const { findings = [], evidence = [], stats = {}, section } = result
      const done: StageReport = {
        ...nothingOf(stage),
        status: 'completed',
        durationMs: durationMs(),
        findings,
        evidence,
        stats,
        ...(section && { section })
      }
      await this.#done(done, result.outputs)
    } catch (error) {
      const problem = problemOf(error)
      if (problem.code === 'INTERNAL' && Error.isError(error)) host.log.debug(error.stack ?? '')
      await this.#done({
        ...nothingOf(stage),
        status: 'errored',
        durationMs: durationMs(),
        problem
      })
    }
  }

  #skipReason(stage: Stage, wanted: ReadonlySet<Stage>, context: RunContext): string | undefined {
    if (!wanted.has(stage)) return 'not asked for'
    if (context.signal.aborted) return 'the run was ended'
    const missing = Object.values(stage.needs).find((needed) => !this.#outputs.has(needed))
    if (missing) return `needs "${missing.id}", which did not complete`
    return stage.skipReason?.(context)
  }

  async #done(report: StageReport, outputs: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#reports.push(report)
    await this.#options.onStageDone?.(report, outputs)
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
      components: found?.components ?? [],
      gaps: found?.gaps ?? [],
      stages: [...this.#reports],
      verdict: judge(this.#reports, policy, this.#options.host.now())
    }
  }
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
