import { expect, it } from '@jest/globals'
import type { Finding, Severity } from '../../src/model/finding.ts'
import { annotationsOf } from '../../src/reports/annotations.ts'
import { finding, runReport, stage } from '../support/report.ts'

it('puts a finding beside its line, with why and what to do', () => {
  const locations = [
    { path: 'package-lock.json', line: 12 },
    { path: 'other.json', line: 3 }
  ]
  const report = runReport({ verdict: { findings: [finding({ locations })] } })

  expect(annotationsOf(report, 'web/')).toEqual({
    shown: [
      {
        level: 'error',
        title: 'Bytes are not the locked ones (integrity/contradicted, critical)',
        message:
          'left-pad 1.3.0 has sha512:aa, locked is sha512:bb. Somebody changed what the registry serves, or the lock. Do not install it; compare with another copy. Also at other.json:3',
        path: 'web/package-lock.json',
        line: 12
      }
    ]
  })
})

it('has no place when the checkout is not in the workspace, or the finding has none', () => {
  const there = runReport({ verdict: { findings: [finding()] } })
  const nowhere = runReport({ verdict: { findings: [finding({ locations: [] })] } })

  expect(annotationsOf(there, undefined).shown[0]).not.toHaveProperty('path')
  expect(annotationsOf(nowhere, '').shown[0]).not.toHaveProperty('path')
})

it.each<[Severity, string]>([
  ['critical', 'error'],
  ['high', 'error'],
  ['medium', 'warning'],
  ['low', 'warning'],
  ['info', 'notice']
])('shows %s as %s', (severity, level) => {
  const report = runReport({ verdict: { findings: [finding({ severity })] } })
  expect(annotationsOf(report, '').shown[0]?.level).toBe(level)
})

it('leaves out what was waived', () => {
  const waived = finding({ waiver: { reason: 'r', expires: '2026-12-31' } })
  expect(annotationsOf(runReport({ verdict: { findings: [waived] } }), '')).toEqual({ shown: [] })
})

it('shows the worst that there is room for, problems first, and counts the rest', () => {
  const problem = { code: 'SERVICE_STATUS', message: 'Cannot ask', remedy: 'Wait' }
  const report = runReport({
    stages: [stage({ status: 'errored', problem })],
    verdict: { findings: [...many('critical', 20), ...many('low', 20), ...many('info', 2)] }
  })

  const { shown, rest } = annotationsOf(report, '')

  const levels = shown.map(({ level }) => level)
  expect(levels.filter((level) => level === 'error')).toHaveLength(9)
  expect(levels.filter((level) => level === 'warning')).toHaveLength(10)
  expect(levels.filter((level) => level === 'notice')).toHaveLength(2)
  expect(shown[0]?.message).toBe('Cannot ask. Wait (SERVICE_STATUS)')
  expect(shown[1]?.message).toMatch(/^critical 0/)
  expect(rest).toBe(
    '22 more findings had no room beside the code: see the job summary and report.json'
  )
})

function many(severity: Severity, count: number): readonly Finding[] {
  return Array.from({ length: count }, (_, at) =>
    finding({ severity, message: `${severity} ${at}` })
  )
}
