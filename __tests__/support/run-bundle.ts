import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { assertFreshBundle, bundled } from './bundle.ts'

type Values = Readonly<Record<string, string>>

/** Files that the runner gives a step to write into. */
const COMMAND_FILES = ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY'] as const

/** A folder for one test, with the files given. */
export interface Workspace {
  readonly path: string
  /** Outside the workspace, as a runner's is. */
  readonly temp: string
  remove(): void
}

export interface Ran {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface ActionRun extends Ran {
  /** stdout and stderr, as a log shows them. */
  readonly log: string
  readonly outputs: Values
  readonly summary: string
}

export interface ActionOptions {
  readonly workspace: Workspace
  /** As in `with:`. Defaults of action.yml are filled in, as the runner does. */
  readonly inputs?: Values
  readonly env?: Values
  /** Sees the process as soon as it runs. */
  readonly onStart?: (child: ChildProcess) => void
}

/** Makes a folder with files in it. */
export function workspaceOf(files: Values = {}): Workspace {
  const root = mkdtempSync(join(tmpdir(), 'assay-e2e-'))
  const path = join(root, 'work')
  const temp = join(root, 'temp')
  mkdirSync(temp)
  mkdirSync(path)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), text)
  }
  return { path, temp, remove: () => rmSync(root, { recursive: true, force: true }) }
}

/** How the runner starts a program. */
export interface ActionCommand {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Values
}

/** How the runner starts the action: `node dist/index.js` in the workspace, inputs as variables, files for answers. */
export function actionCommand({ workspace, inputs = {}, env = {} }: ActionOptions): ActionCommand {
  assertFreshBundle()
  const files = COMMAND_FILES.map((name) => [name, join(workspace.temp, name)] as const)
  for (const [, path] of files) writeFileSync(path, '')
  return {
    file: process.execPath,
    args: [bundled('index.js')],
    cwd: workspace.path,
    env: {
      ...runnerEnv(workspace),
      ...Object.fromEntries(files.map(([name, path]) => [`GITHUB_${name}`, path])),
      ...inputEnv(inputs),
      ...env
    }
  }
}

/** What the action answered in the files that it was given. */
export function answersIn({ temp }: Workspace): Pick<ActionRun, 'outputs' | 'summary'> {
  const textOf = (name: string): string => readFileSync(join(temp, name), 'utf8')
  return { outputs: parseFileCommand(textOf('OUTPUT')), summary: textOf('STEP_SUMMARY') }
}

/** Runs the action as the runner does. */
export async function runAction(options: ActionOptions): Promise<ActionRun> {
  const { cwd, env, args } = actionCommand(options)
  const { workspace, onStart } = options
  const ran = await run(args, { cwd, env, ...(onStart && { onStart }) })
  return { ...ran, log: ran.stdout + ran.stderr, ...answersIn(workspace) }
}

/** Runs the command line in a folder. */
export function runCli(
  args: readonly string[],
  { cwd, env = {}, onStart }: { cwd: string; env?: Values; onStart?: ActionOptions['onStart'] }
): Promise<Ran> {
  assertFreshBundle()
  const { PATH = '', HOME = '' } = process.env
  return run([bundled('cli.js'), ...args], {
    cwd,
    env: { PATH, HOME, ...env },
    ...(onStart && { onStart })
  })
}

async function run(
  args: readonly string[],
  options: { cwd: string; env: Values; onStart?: ActionOptions['onStart'] }
): Promise<Ran> {
  const { cwd, env, onStart } = options
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const seen = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (seen.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (seen.stderr += text))
  onStart?.(child)
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { exitCode, ...seen }
}

function inputEnv(inputs: Values): Values {
  const action = parse(readFileSync(join(import.meta.dirname, '../../action.yml'), 'utf8')) as {
    readonly inputs: Readonly<Record<string, { readonly default: string }>>
  }
  const defaults = Object.entries(action.inputs).map(([name, input]) => [
    name,
    input.default === '${{ github.token }}' ? 'ghs_token0123456789' : input.default
  ])
  const all: Values = { ...(Object.fromEntries(defaults) as Values), ...inputs }
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      value
    ])
  )
}

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
function runnerEnv({ path, temp }: Workspace): Values {
  const { PATH = '', HOME = '' } = process.env
  return {
    PATH,
    HOME,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'http://127.0.0.1:9/api',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_JOB: 'build',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_REPOSITORY_OWNER: 'octo-org',
    GITHUB_RUN_ID: '123456',
    GITHUB_RUN_NUMBER: '7',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_SHA: '0'.repeat(40),
    GITHUB_WORKFLOW: 'CI',
    GITHUB_WORKSPACE: path,
    GITHUB_RETENTION_DAYS: '90',
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: 'X64',
    RUNNER_TEMP: temp
  }
}

/** `name=value`, or `name<<delimiter`, lines, delimiter; with the runner's rules. */
function parseFileCommand(text: string): Values {
  const values: Record<string, string> = {}
  const lines = text.split(/\r\n|\n|\r/)
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const [, name, delimiter] = /^([^=]+?)<<(.+)$/.exec(line) ?? []
    if (name === undefined || delimiter === undefined) {
      const equals = line.indexOf('=')
      if (equals > 0) values[line.slice(0, equals)] = line.slice(equals + 1)
      continue
    }
    const end = lines.indexOf(delimiter, at + 1)
    if (end < 0) throw new Error(`Matching delimiter not found '${delimiter}'`)
    values[name] = lines.slice(at + 1, end).join('\n')
    at = end
  }
  return values
}
