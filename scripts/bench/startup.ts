import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { interleaved, type Run } from './measure.ts'
import { inMegabytes, inMilliseconds, type Table } from './table.ts'

const ROOT = join(import.meta.dirname, '../..')
const RUNS = 15

/** What the action costs before it has anything to do: an empty checkout, all inputs at their defaults. */
export async function benchStartup(): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-startup-'))
  const workspace = join(folder, 'work')
  mkdirSync(workspace)
  const env = { ...runnerEnv(folder, workspace), ...inputEnv() }
  const bare = { file: process.execPath, args: ['-e', '0'], cwd: workspace, env }
  const action = { ...bare, args: [join(ROOT, 'dist/index.js')] }
  const run = await interleaved({ bare, action }, RUNS)
  rmSync(folder, { recursive: true })
  const over = run.action.wallMs - run.bare.wallMs
  return {
    title: 'Start-up',
    columns: ['', `median of ${RUNS}, in turn`, 'CPU', 'peak'],
    rows: [
      rowOf('`node -e 0`', run.bare),
      rowOf('`node dist/index.js`, empty checkout', run.action),
      ['over bare node', inMilliseconds(over), '', '']
    ],
    notes: [`Goal: at most 60 ms over bare node: ${over <= 60 ? 'met' : 'missed'}.`]
  }
}

function rowOf(name: string, { wallMs, cpuMs, peakBytes }: Run): string[] {
  return [name, inMilliseconds(wallMs), inMilliseconds(cpuMs), inMegabytes(peakBytes)]
}

function runnerEnv(folder: string, workspace: string): Readonly<Record<string, string>> {
  const files = ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY'].map((name) => {
    const path = join(folder, name)
    writeFileSync(path, '')
    return [`GITHUB_${name}`, path] as const
  })
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_REPOSITORY: 'octo/example',
    RUNNER_TEMP: folder,
    ...Object.fromEntries(files)
  }
}

/** Defaults as the runner fills them in; nothing is uploaded, for there is nowhere to. */
function inputEnv(): Readonly<Record<string, string>> {
  const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as {
    readonly inputs: Readonly<Record<string, { readonly default?: string }>>
  }
  return Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      input.default === undefined || input.default.includes('${{') ? '' : input.default
    ])
  )
}
