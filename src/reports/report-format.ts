import type { Document } from '../model/document.ts'
import type { RunReport } from '../model/report.ts'

/** One way to write a run down. Rendering is pure and stable: same report, same bytes. */
export interface ReportFormat {
  readonly id: string
  render(report: RunReport): Document
}
