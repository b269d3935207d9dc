import { describe, expect, it } from '@jest/globals'
import type { StatementKind } from '../../../src/model/settings.ts'
import { saysTheSame } from '../../../src/stages/sign/same-statement.ts'

const SUBJECT = [{ name: 'app', digest: { sha256: 'a'.repeat(64) } }]

function statement(predicate: object, subject: unknown = SUBJECT): Uint8Array {
  return Buffer.from(JSON.stringify({ subject, predicate }))
}

function provenance(startedOn: string, invocationId = 'run/1/attempts/1'): object {
  return { runDetails: { metadata: { invocationId, startedOn } }, buildDefinition: { a: 1 } }
}

function verdict(timeVerified: string, verificationResult = 'PASSED'): object {
  return { verificationResult, timeVerified }
}

describe('two statements of one kind', () => {
  it.each<[string, StatementKind, object, object]>([
    ['of the same run', 'provenance', provenance('10:00'), provenance('10:05')],
    [
      'with the verdict of an hour ago',
      'verdict',
      verdict('2026-01-01T10:00:00Z'),
      verdict('2026-01-01T11:00:00Z')
    ],
    [
      'with their members in another order',
      'verdict',
      { timeVerified: '2026-01-01T10:00:00Z', verificationResult: 'PASSED' },
      verdict('2026-01-01T10:00:00Z')
    ]
  ])('say the same %s', (_what, kind, before, now) => {
    expect(saysTheSame(kind, statement(before), statement(now))).toBe(true)
  })

  it.each<[string, StatementKind, object, object]>([
    ['of another attempt', 'provenance', provenance('x'), provenance('x', 'run/1/attempts/2')],
    [
      'with another verdict',
      'verdict',
      verdict('2026-01-01T10:00:00Z'),
      verdict('2026-01-01T10:00:00Z', 'FAILED')
    ],
    [
      'with the verdict of the day before yesterday',
      'verdict',
      verdict('2026-01-01T10:00:00Z'),
      verdict('2026-01-03T10:00:00Z')
    ],
    ['without a time', 'verdict', {}, {}],
    ['of what has no time of its own', 'spdx', { created: '1' }, { created: '2' }]
  ])('do not %s', (_what, kind, before, now) => {
    expect(saysTheSame(kind, statement(before), statement(now))).toBe(false)
  })

  it('do not about two subjects', () => {
    const [one, other] = [statement(provenance('x')), statement(provenance('x'), [])]

    expect(saysTheSame('provenance', one, other)).toBe(false)
  })
})
