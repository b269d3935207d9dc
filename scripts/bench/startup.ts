import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { interleaved, medianOf } from './measure.ts'
import { inMilliseconds, type Table } from './table.ts'

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
  const differences: number[] = []
  const bares: number[] = []
  const actions: number[] = []
  for (let turn = 0; turn < RUNS; turn++) {
    const run = await interleaved({ bare, action }, 1)
    bares.push(run.bare.wallMs)
    actions.push(run.action.wallMs)
    differences.push(run.action.wallMs - run.bare.wallMs)
  }
  rmSync(folder, { recursive: true })
  const over = medianOf(differences)
  return {
    title: 'Start-up',
    columns: ['', `median of ${RUNS}, in turn`],
    rows: [
      ['`node -e 0`', inMilliseconds(medianOf(bares))],
      ['`node dist/index.js`, empty checkout', inMilliseconds(medianOf(actions))],
      ['over bare node', inMilliseconds(over)]
    ],
    notes: [`Goal: at most 60 ms over bare node: ${over <= 60 ? 'met' : 'missed'}.`]
  }
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
