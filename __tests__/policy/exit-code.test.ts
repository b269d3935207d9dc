import { expect, it } from '@jest/globals'
import { exitCodeOf, exitCodeOfProblem } from '../../src/policy/exit-code.ts'
import { runReport, stage } from '../support/report.ts'

const problem = (code: string) => ({ code, message: 'm', remedy: 'r' })

it('is 0 for a pass and 1 for a fail', () => {
  expect(exitCodeOf(runReport())).toBe(0)
  expect(exitCodeOf(runReport({ verdict: { conclusion: 'fail' } }))).toBe(1)
})

it.each([
  ['INPUT_INVALID', 2],
  ['INPUT_CONFLICT', 2],
  ['POLICY_INVALID', 2],
  ['PERMISSION_MISSING', 2],
  ['SERVICE_UNREACHABLE', 1],
  ['CANCELLED', 1],
  ['LOCKFILE_SYNTAX', 1],
  ['INTERNAL', 1]
])('a stage that ends in %s makes it %d', (code, exitCode) => {
  const stages = [stage({ status: 'errored', problem: problem(code) })]

  expect(exitCodeOf(runReport({ stages, verdict: { conclusion: 'fail' } }))).toBe(exitCode)
  expect(exitCodeOfProblem(problem(code))).toBe(exitCode)
})
