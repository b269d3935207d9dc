import type { Problem, RunReport } from '../model/report.ts'

/**
 * What a process says when it ends.
 *
 * - 0: the verdict is pass
 * - 1: the verdict is fail, or there is none
 * - 2: wrong usage or configuration: nothing was decided
 */
export type ExitCode = 0 | 1 | 2

/** Codes of what the author of a command line, a workflow or a policy has to change. */
const USAGE = /^(INPUT|POLICY|PERMISSION)_/

/** The exit status of a run that was made. The only place that decides it. */
export function exitCodeOf(report: Pick<RunReport, 'stages' | 'verdict'>): ExitCode {
  const problems = report.stages.flatMap(({ problem }) => problem ?? [])
  if (problems.some((problem) => exitCodeOfProblem(problem) === 2)) return 2
  return report.verdict.conclusion === 'pass' ? 0 : 1
}

/** The exit status of a run that could not be made. */
export function exitCodeOfProblem(problem: Problem): ExitCode {
  return USAGE.test(problem.code) ? 2 : 1
}
