/**
 * Runs `.github/workflows/self.yml` for real on this machine: Assay as a `uses: ./` step, from the
 * committed `dist/`, with the unmodified artifact client. Then checks outputs, summary and artifact.
 *
 * Usage: node scripts/run-workflow.ts
 *
 * Needs the workflow runner of `../shared/tools/act-run` and Go to build it (a minute, once).
 */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
const RUNNER = resolve(ROOT, '../shared/tools/act-run')
const BIN = join(ROOT, '.cache/bin')
const OUT = join(ROOT, '.cache/workflow-run')
const DOCUMENTS = ['sbom.spdx.json', 'sbom.cdx.json', 'report.json', 'summary.md']

function main(): void {
  succeed('bash', [join(RUNNER, 'build.sh'), BIN])
  const act = join(BIN, 'act')
  const run = start('node', [join(RUNNER, 'act-run.mjs'), '--act', act, '--out', OUT, 'self.yml'])
  const problems = run.status === 0 ? problemsOf() : [`the workflow ended with ${run.status}`]
  if (problems.length === 0) {
    process.stdout.write('The workflow passed; outputs, summary and artifact are there\n')
    return
  }
  process.stderr.write(`${run.stdout}${run.stderr}\n${problems.join('\n')}\n`)
  process.exitCode = 1
}

/** What a user of the workflow would miss. */
function problemsOf(): readonly string[] {
  const outputs = JSON.parse(readFileSync(join(OUT, 'outputs.json'), 'utf8')) as OutputsByJob
  const step = Object.values(outputs)
    .map((steps) => steps['assay'])
    .find((found) => found !== undefined)
  const summaries = readdirSync(join(OUT, 'summaries'))
  const summary = summaries
    .map((name) => readFileSync(join(OUT, 'summaries', name), 'utf8'))
    .join('\n')
  const artifacts = readdirSync(join(OUT, 'artifacts'))
  const archive = artifacts
    .map((name) => readFileSync(join(OUT, 'artifacts', name), 'latin1'))
    .join('')
  return [
    ...expectThat(
      step?.['verdict'] === 'pass',
      `output "verdict" is ${step?.['verdict'] ?? 'missing'}`
    ),
    ...expectThat(
      Number(step?.['components']) > 300,
      `output "components" is ${step?.['components'] ?? 'missing'}`
    ),
    ...expectThat(
      Number(step?.['verified']) > 300,
      `output "verified" is ${step?.['verified'] ?? 'missing'}`
    ),
    ...expectThat(
      step?.['contradicted'] === '0',
      `output "contradicted" is ${step?.['contradicted'] ?? 'missing'}`
    ),
    ...expectThat(/^\d+$/.test(step?.['artifact-id'] ?? ''), 'output "artifact-id" is no number'),
    ...expectThat(
      summary.includes('Assay') && summary.includes('verified'),
      'the summary lacks the verdict'
    ),
    ...DOCUMENTS.flatMap((name) => expectThat(archive.includes(name), `the artifact lacks ${name}`))
  ]
}

type OutputsByJob = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>
>

function expectThat(holds: boolean, otherwise: string): readonly string[] {
  return holds ? [] : [otherwise]
}

function succeed(command: string, args: readonly string[]): void {
  const { status, stdout, stderr } = start(command, args)
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`)
}

function start(command: string, args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 28 })
}

main()
