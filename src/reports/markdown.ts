import type { RunReport } from '../model/report.ts'
import type { ReportFormat } from './report-format.ts'

/** The job summary as a file. */
export const markdown: ReportFormat = {
  id: 'markdown',
  render: (report) => ({
    name: 'summary.md',
    mediaType: 'text/markdown',
    chunks: () => [render(report)]
  })
}

function render(report: RunReport): string {
  const rows = report.stages.map(
    (stage) => `| ${stage.stage} | ${stage.status} | ${stage.findings.length} |`
  )
  return [
    `## Assay: ${report.verdict.headline}`,
    '',
    '| Stage | Status | Findings |',
    '| --- | --- | ---: |',
    ...rows,
    ''
  ].join('\n')
}
