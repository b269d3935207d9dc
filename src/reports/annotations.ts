import type { Annotation } from '../model/annotation.ts'
import type { Finding, Severity } from '../model/finding.ts'
import type { RunReport } from '../model/report.ts'
import { counted, placeOf } from './wording.ts'

/** A runner shows ten of each level for a step. One error is left for the verdict. */
const MOST = { error: 9, warning: 10, notice: 10 } as const

const LEVELS: Readonly<Record<Severity, Annotation['level']>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'warning',
  info: 'notice'
}

export interface Annotations {
  readonly shown: readonly Annotation[]
  /** One line about what there was no room for; absent when everything is shown. */
  readonly rest?: string
}

/**
 * The remarks beside lockfile lines: stages that could not be done, then findings that nobody waived, worst first.
 *
 * @param prefix folder of the checkout within the workspace, with a trailing `/`; empty when it is the workspace.
 *   Absent when it lies elsewhere: then remarks have no place
 */
export function annotationsOf(report: RunReport, prefix: string | undefined): Annotations {
  const all = [
    ...problemsOf(report),
    ...report.verdict.findings
      .filter((finding) => finding.waiver === undefined)
      .map((finding) => annotationOf(finding, prefix))
  ]
  const count = { error: 0, warning: 0, notice: 0 }
  const shown = all.filter(({ level }) => ++count[level] <= MOST[level])
  const more = all.length - shown.length
  if (more === 0) return { shown }
  return {
    shown,
    rest: `${counted(more, 'more finding')} had no room beside the code: see the job summary and report.json`
  }
}

function problemsOf(report: RunReport): readonly Annotation[] {
  return report.stages.flatMap(({ title, problem }): readonly Annotation[] =>
    problem === undefined
      ? []
      : [
          {
            level: 'error',
            title: `${title}: not done`,
            message: `${problem.message}. ${problem.remedy} (${problem.code})`
          }
        ]
  )
}

function annotationOf(finding: Finding, prefix: string | undefined): Annotation {
  const { rule, severity, message, locations } = finding
  const [primary] = locations
  const others = locations.slice(1, 4).map(placeOf).join(', ')
  const annotation: Annotation = {
    level: LEVELS[severity],
    title: `${rule.title} (${rule.id}, ${severity})`,
    message: `${message}. ${rule.why} ${rule.remedy}${others === '' ? '' : ` Also at ${others}`}`
  }
  if (primary === undefined || prefix === undefined) return annotation
  const { path, line } = primary
  return { ...annotation, path: prefix + path, ...(line !== undefined && { line }) }
}
