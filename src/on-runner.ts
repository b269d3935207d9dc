import { isAbsolute, join, relative } from 'node:path'
import { assertFolder } from './host/folder.ts'
import { keepSecretsOutOfReports } from './host/reports.ts'
import { type RunnerConsole, runnerConsole, type RunnerHost, runnerHost } from './host/runner.ts'
import { endOnSignals } from './host/signals.ts'
import { inputsIn } from './inputs.ts'
import { problemOf, traceOf } from './model/errors.ts'
import type { RunReport, StageReport } from './model/report.ts'
import { secretsOf, type Settings } from './model/settings.ts'
import { VERSION } from './model/version.ts'
import { exitCodeOf, exitCodeOfProblem, type ExitCode } from './policy/exit-code.ts'
import { outputsOf } from './outputs.ts'
import { annotationsOf } from './reports/annotations.ts'
import { REPORT_FORMATS } from './reports/index.ts'
import { type PageLimit, renderSummary, renderUnfinished } from './reports/markdown.ts'
import { PLAIN_STYLE, renderOutcome, renderStage } from './reports/terminal.ts'
import { run } from './run.ts'
import { settingsOf } from './settings.ts'

type Env = Readonly<Record<string, string | undefined>>

/**
 * Most bytes of a step's job summary. The runner's limit is 1 MiB, above which it drops all of it, and it
 * counts after it has masked secrets, which makes text longer.
 */
const MAX_SUMMARY_BYTES = 1_000_000

/** A run as a step of a workflow. @returns the exit status */
export async function onRunner(env: Env): Promise<ExitCode> {
  keepSecretsOutOfReports()
  const console = runnerConsole(env)
  const failed = (error: unknown): ExitCode => {
    const problem = problemOf(error)
    const { code, message, remedy } = problem
    const trace = traceOf(error)
    if (trace !== '') console.log.debug(trace)
    console.annotate({ level: 'error', title: `Assay: ${code}`, message: `${message}. ${remedy}` })
    return exitCodeOfProblem(problem)
  }
  const ending = endOnSignals({
    asked: (name) => {
      console.log.warning(`Got ${name}: ending with what is known so far`)
    },
    crashed: failed
  })
  try {
    const settings = settingsFrom(env, console)
    const host = runnerHost({ console, env, settings, signal: ending.signal })
    return await runWith(host, settings, ending.signal)
  } catch (error) {
    return failed(error)
  } finally {
    ending.release()
  }
}

function settingsFrom(env: Env, console: RunnerConsole): Settings {
  const { given, warnings } = inputsIn(env)
  const settings = settingsOf(given, {
    folder: env['GITHUB_WORKSPACE'] ?? '.',
    out: join(env['RUNNER_TEMP'] ?? '.', 'assay', safeName(env['GITHUB_ACTION'] ?? 'run')),
    uploadArtifact: true,
    ...keyIn(env)
  })
  for (const secret of secretsOf(settings)) console.mask(secret)
  for (const message of warnings) {
    console.annotate({ level: 'warning', title: 'Assay: unknown input', message })
  }
  assertFolder(settings.path)
  return settings
}

/** cosign's own variables. */
function keyIn({ COSIGN_PRIVATE_KEY: key, COSIGN_PASSWORD: password }: Env): {
  readonly signingKey?: string
  readonly signingKeyPassword?: string
} {
  return {
    ...(key !== undefined && { signingKey: key }),
    ...(password !== undefined && { signingKeyPassword: password })
  }
}

/** The id of a step is text from the workflow. */
function safeName(text: string): string {
  return text.replace(/[^A-Za-z0-9_-]/g, '_')
}

async function runWith(
  host: RunnerHost,
  settings: Settings,
  signal: AbortSignal
): Promise<ExitCode> {
  const done: StageReport[] = []
  const outputs = new Map<string, string>()
  let grouped = false
  const limit = (): PageLimit => limitOf(outputs)
  const result = await run({
    host,
    settings,
    signal,
    version: VERSION,
    render: (report) => REPORT_FORMATS.map((format) => format.render(report)),
    onStageStart: ({ title }) => {
      host.group(title)
      grouped = true
    },
    onStageDone(report, given) {
      for (const line of renderStage(report, PLAIN_STYLE).split('\n')) {
        if (line !== '') host.log.info(line)
      }
      if (grouped) host.endGroup()
      grouped = false
      for (const [name, value] of Object.entries(given)) outputs.set(name, value)
      done.push(report)
      host.writeSummary(renderUnfinished(done, limit()))
      return Promise.resolve()
    }
  })
  host.writeSummary(renderSummary(result.report, limit()))
  showOutcome(host, settings, result.report)
  for (const [name, value] of [...outputs, ...outputsOf(result, settings.out)]) {
    host.setOutput(name, value)
  }
  return exitCodeOf(result.report)
}

function limitOf(outputs: ReadonlyMap<string, string>): PageLimit {
  const url = outputs.get('artifact-url')
  const rest =
    url === undefined
      ? 'summary.md has all of it.'
      : ['All of it is in summary.md of the ', { link: { text: 'artifact', url } }]
  return { maxBytes: MAX_SUMMARY_BYTES, rest }
}

function showOutcome(host: RunnerHost, settings: Settings, report: RunReport): void {
  for (const line of renderOutcome(report, PLAIN_STYLE).split('\n')) {
    host.log.info(line)
  }
  const { shown, rest } = annotationsOf(report, prefixOf(host.env, settings.path))
  for (const annotation of shown) host.annotate(annotation)
  if (rest !== undefined) host.log.info(rest)
  const { conclusion, headline } = report.verdict
  if (conclusion === 'fail') host.annotate({ level: 'error', title: 'Assay', message: headline })
}

/** Annotations name files as they lie in the workspace, which may hold several checkouts. */
function prefixOf(env: Env, path: string): string | undefined {
  const way = relative(env['GITHUB_WORKSPACE'] ?? path, path).replaceAll('\\', '/')
  if (way === '') return ''
  return way.startsWith('..') || isAbsolute(way) ? undefined : `${way}/`
}
