import { resolve } from 'node:path'
import { terminalHost } from './host/terminal.ts'
import { REPORT_FORMATS } from './reports/index.ts'
import { run } from './run.ts'

/** Entry on a terminal. */
async function main(): Promise<void> {
  const path = resolve(process.argv[2] ?? '.')
  const out = resolve('assay-report')
  const host = terminalHost({ root: path, out })
  const { report } = await run({
    host,
    settings: {
      path,
      out,
      config: '.github/assay.yml',
      stages: [],
      skip: [],
      offline: false,
      integrity: 'auto',
      goChecksumDatabase: true,
      concurrency: 16,
      exclude: [],
      uploadArtifact: false,
      artifactName: 'assay'
    },
    signal: new AbortController().signal,
    version: '0.1.0',
    render: (known) => REPORT_FORMATS.map((format) => format.render(known))
  })
  for (const stage of report.stages) {
    process.stdout.write(`${stage.stage} ${stage.status} ${JSON.stringify(stage.stats)}\n`)
  }
  process.stdout.write(`${report.verdict.headline}\n`)
  process.exitCode = report.verdict.conclusion === 'pass' ? 0 : 1
}

void main()
