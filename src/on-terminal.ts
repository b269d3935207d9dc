import { resolve } from 'node:path'
import { type CommandLine, parseCommandLine } from './command-line.ts'
import { helpPage } from './help.ts'
import { assertFolder } from './host/folder.ts'
import { keepSecretsOutOfReports } from './host/reports.ts'
import { endOnSignals } from './host/signals.ts'
import {
  columnsOf,
  type Stream,
  type Terminal,
  terminalHost,
  type TerminalHost,
  wantsColor
} from './host/terminal.ts'
import { problemOf, traceOf } from './model/errors.ts'
import { plainLines, withoutCommands } from './model/plain-text.ts'
import { secretsOf, type Settings } from './model/settings.ts'
import { VERSION } from './model/version.ts'
import { exitCodeOf, exitCodeOfProblem, type ExitCode } from './policy/exit-code.ts'
import { REPORT_FORMATS } from './reports/index.ts'
import {
  PLAIN_STYLE,
  renderOutcome,
  renderProblem,
  renderStage,
  type TerminalStyle
} from './reports/terminal.ts'
import { run, type RunResult } from './run.ts'
import { settingsOf } from './settings.ts'

/** Longest trace of a bug, in UTF-16 units. */
const MAX_TRACE = 4000

/** A run that a person started. @returns the exit status */
export async function onTerminal(
  terminal: Terminal,
  args: readonly string[],
  folder: string
): Promise<ExitCode> {
  keepSecretsOutOfReports()
  // `assay | head`: nobody reads any more, which is no reason to stop.
  for (const stream of [terminal.out, terminal.err]) stream.on?.('error', () => {})
  try {
    const commandLine = parseCommandLine(args)
    const { switches } = commandLine
    if (switches.has('help')) return printed(terminal, helpPage())
    if (switches.has('version')) return printed(terminal, `${VERSION}\n`)
    return await runAs(commandLine, terminal, folder)
  } catch (error) {
    return failed(terminal, error)
  }
}

function failed({ err }: Terminal, error: unknown): ExitCode {
  const problem = problemOf(error)
  const trace = plainLines(traceOf(error), MAX_TRACE)
  err.write(
    withoutCommands(`assay: ${renderProblem(problem, PLAIN_STYLE)}${trace && `${trace}\n`}`)
  )
  return exitCodeOfProblem(problem)
}

function printed({ out }: Terminal, text: string): ExitCode {
  out.write(text)
  return 0
}

async function runAs(
  { given, switches }: CommandLine,
  terminal: Terminal,
  folder: string
): Promise<ExitCode> {
  const { GITHUB_TOKEN, GH_TOKEN, COSIGN_PRIVATE_KEY, COSIGN_PASSWORD } = terminal.env
  const githubToken = GITHUB_TOKEN ?? GH_TOKEN
  const settings = settingsOf(given, {
    folder,
    out: resolve(folder, 'assay-report'),
    uploadArtifact: false,
    ...(githubToken !== undefined && { githubToken }),
    ...(COSIGN_PRIVATE_KEY !== undefined && { signingKey: COSIGN_PRIVATE_KEY }),
    ...(COSIGN_PASSWORD !== undefined && { signingKeyPassword: COSIGN_PASSWORD })
  })
  assertFolder(settings.path)
  const volume = switches.has('quiet') ? 'quiet' : switches.has('verbose') ? 'verbose' : 'normal'
  const ending = endOnSignals({
    asked: (name) => {
      terminal.err.write(`Got ${name}: ending with what is known so far; once more ends at once\n`)
    },
    crashed: (error) => failed(terminal, error)
  })
  const { signal } = ending
  try {
    const host = terminalHost({ terminal, settings, signal, volume })
    for (const secret of secretsOf(settings)) host.mask(secret)
    return await runWith(host, settings, { signal, terminal, switches })
  } finally {
    ending.release()
  }
}

interface Shown {
  readonly signal: AbortSignal
  readonly terminal: Terminal
  readonly switches: ReadonlySet<string>
}

async function runWith(
  host: TerminalHost,
  settings: Settings,
  { signal, terminal, switches }: Shown
): Promise<ExitCode> {
  const style = styleOf(terminal, switches)
  const json = switches.has('json')
  const result = await run({
    host,
    settings,
    signal,
    version: VERSION,
    render: (report) => REPORT_FORMATS.map((format) => format.render(report)),
    onStageDone(report) {
      if (!switches.has('quiet')) host.remark(renderStage(report, style.err))
      return Promise.resolve()
    }
  })
  if (json) {
    printJson(host, result)
    return exitCodeOf(result.report)
  }
  const { documents, report } = result
  if (!switches.has('quiet')) {
    const names = documents.map(({ name }) => name).join(', ')
    host.remark(`\nWrote ${names} into ${settings.out}\n\n`)
  }
  host.print(renderOutcome(report, style.out))
  return exitCodeOf(report)
}

/** The document as it was written, in pieces: it may be larger than one string. */
function printJson(host: TerminalHost, { report }: RunResult): void {
  for (const format of REPORT_FORMATS) {
    const document = format.render(report)
    if (document.name !== 'report.json') continue
    for (const chunk of document.chunks()) host.printDocument(chunk)
  }
}

function styleOf(
  { out, err, env }: Terminal,
  switches: ReadonlySet<string>
): { readonly out: TerminalStyle; readonly err: TerminalStyle } {
  const said = switches.has('color') ? 'color' : switches.has('no-color') ? 'no-color' : undefined
  const detail = switches.has('verbose') ? 'all' : 'normal'
  const of = (stream: Stream): TerminalStyle => ({
    colours: wantsColor(stream, env, said) ? 'on' : 'off',
    detail,
    ...columnsFor(stream)
  })
  return { out: of(out), err: of(err) }
}

function columnsFor(stream: Stream): Pick<TerminalStyle, 'columns'> {
  const columns = columnsOf(stream)
  return columns === undefined ? {} : { columns }
}
