import { json } from './json.ts'
import { markdown } from './markdown.ts'
import type { ReportFormat } from './report-format.ts'

/** Every report that a run writes. One line each. */
export const REPORT_FORMATS: readonly ReportFormat[] = [json, markdown]
