import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Evidence, EvidenceKind, Outcome } from '../../src/model/evidence.ts'
import { type Finding, type Rule, SEVERITIES, type Severity } from '../../src/model/finding.ts'
import { DEFAULT_POLICY, type Policy, type PolicyWaiver } from '../../src/model/policy.ts'
import { purlOf } from '../../src/model/purl.ts'
import type { StageReport, Verdict } from '../../src/model/report.ts'
import { judge } from '../../src/policy/judge.ts'
import { finding, RULE, stage } from '../support/report.ts'

const NOW = new Date('2026-06-30T12:00:00Z')

const SUBJECT = purlOf('npm', 'left-pad', '1.3.0')

function evidence(outcome: Outcome, kind: EvidenceKind = 'digest'): Evidence {
  return {
    subject: SUBJECT,
    kind,
    outcome,
    source: 'https://registry.example/left-pad.tgz',
    observedAt: '2026-06-30T12:00:00Z',
    detail: outcome
  }
}

function many(count: number, outcome: Outcome, kind?: EvidenceKind): readonly Evidence[] {
  return Array.from({ length: count }, () => evidence(outcome, kind))
}

function ruleOf(id: string, severity: Severity): Rule {
  return { ...RULE, id, severity }
}

function found(severity: Severity, given: Partial<Finding> = {}): Finding {
  return finding({ rule: ruleOf(`integrity/${severity}`, severity), severity, ...given })
}

/** With the finding that proves it, as stages make them. */
function contradiction(): Pick<StageReport, 'evidence' | 'findings'> {
  const proof = evidence('contradicted')
  return { evidence: [proof], findings: [finding({ severity: 'critical', evidence: [proof] })] }
}

function verdictOf(
  reports: readonly Partial<StageReport>[],
  policy: Partial<Policy> = {},
  offline = false
): Verdict {
  const stages = reports.map((report) => stage({ stage: 'integrity', ...report }))
  return judge(stages, { ...DEFAULT_POLICY, ...policy }, { now: NOW, offline })
}

describe('the conclusion', () => {
  it.each([
    ['nothing', [{}], 'pass'],
    ['verified', [{ evidence: many(3, 'verified') }], 'pass'],
    ['absent', [{ evidence: many(3, 'absent') }], 'pass'],
    ['unavailable', [{ evidence: many(3, 'unavailable') }], 'pass'],
    ['contradicted', [contradiction()], 'fail'],
    ['contradicted, without a finding', [{ evidence: many(1, 'contradicted') }], 'fail'],
    ['a critical finding', [{ findings: [found('critical')] }], 'fail'],
    ['a high finding', [{ findings: [found('high')] }], 'fail'],
    ['a medium finding', [{ findings: [found('medium')] }], 'pass'],
    [
      'a stage that errored',
      [{ status: 'errored', problem: { code: 'INTERNAL', message: 'x', remedy: 'y' } }],
      'fail'
    ],
    ['a stage that was skipped', [{ status: 'skipped', reason: 'not asked for' }], 'pass']
  ] as const)('of %s is by default %3$s', (_what, reports, conclusion) => {
    expect(verdictOf(reports).conclusion).toBe(conclusion)
  })

  it.each(
    SEVERITIES.flatMap((failOn, at) =>
      SEVERITIES.map(
        (severity, other) => [failOn, severity, other <= at ? 'fail' : 'pass'] as const
      )
    )
  )('with fail-on %s of a finding that is %s is %s', (failOn, severity, conclusion) => {
    expect(verdictOf([{ findings: [found(severity)] }], { failOn }).conclusion).toBe(conclusion)
  })

  it('with fail-on none is pass but for errors', () => {
    const problem = { code: 'INTERNAL', message: 'x', remedy: 'y' }

    expect(verdictOf([contradiction()], { failOn: 'none' }).conclusion).toBe('pass')
    expect(verdictOf([{ problem }], { failOn: 'none' }).conclusion).toBe('fail')
  })

  it.each(['absent', 'unavailable'] as const)('follows what %s costs', (outcome) => {
    const reports = [{ evidence: many(2, outcome) }]
    const costing = (cost: Severity | 'ignore'): Verdict =>
      verdictOf(reports, { outcomes: { ...DEFAULT_POLICY.outcomes, [outcome]: cost } })

    expect(costing('ignore').conclusion).toBe('pass')
    expect(costing('medium').conclusion).toBe('pass')
    expect(costing('high').causes).toEqual([`integrity: 2 of 2 checks ${outcome}`])
  })
})

it('lets signatures that nobody made cost nothing of what absent digests cost', () => {
  const outcomes = { contradicted: 'critical', absent: 'high', unavailable: 'high' } as const
  const conclusionOf = (outcome: Outcome, kind: EvidenceKind): string =>
    verdictOf([{ evidence: many(1, outcome, kind) }], { outcomes }).conclusion

  expect(conclusionOf('absent', 'digest')).toBe('fail')
  expect(conclusionOf('absent', 'index-digest')).toBe('fail')
  expect(conclusionOf('absent', 'signature')).toBe('pass')
  expect(conclusionOf('absent', 'attestation')).toBe('pass')
  expect(conclusionOf('unavailable', 'signature')).toBe('fail')
})

describe('severities of rules', () => {
  const { id } = RULE

  it('replace those of findings', () => {
    const lowered = verdictOf([{ findings: [found('high')] }], {
      rules: { 'integrity/high': 'low' }
    })
    const raised = verdictOf([{ findings: [found('low')] }], { rules: { 'integrity/low': 'high' } })

    expect(lowered).toMatchObject({ conclusion: 'pass', findings: [{ severity: 'low' }] })
    expect(raised).toMatchObject({ conclusion: 'fail', findings: [{ severity: 'high' }] })
  })

  it('drop findings, but not what is proven wrong', () => {
    const off = { rules: { [id]: 'off', 'integrity/high': 'off' } } as const

    expect(verdictOf([{ findings: [found('high')] }], off).findings).toEqual([])
    expect(verdictOf([contradiction()], off)).toMatchObject({
      conclusion: 'fail',
      findings: [{ severity: 'critical' }]
    })
  })

  it('count before what contradicted costs', () => {
    const outcomes = { ...DEFAULT_POLICY.outcomes, contradicted: 'low' } as const

    expect(verdictOf([contradiction()], { outcomes }).conclusion).toBe('pass')
    expect(verdictOf([contradiction()], { outcomes, rules: { [id]: 'high' } }).conclusion).toBe(
      'fail'
    )
  })

  it('are not those of a prototype', () => {
    const given = found('high', { rule: ruleOf('constructor', 'high') })

    expect(verdictOf([{ findings: [given] }]).findings).toEqual([given])
  })
})

describe('waivers', () => {
  const { id } = RULE
  const waiver: PolicyWaiver = { rule: id, reason: 'rebuilt', expires: '2026-06-30' }

  it.each([
    ['of the rule', {}, true],
    ['of the subject', { subject: SUBJECT }, true],
    ['of a pattern', { subject: 'pkg:npm/left-*' }, true],
    ['on its last day', { expires: '2026-06-30' }, true],
    ['after its last day', { expires: '2026-06-29' }, false],
    ['of another rule', { rule: 'integrity/high' }, false],
    ['of another subject', { subject: 'pkg:npm/right-pad@1.3.0' }, false],
    ['of a part of the subject', { subject: 'left-pad' }, false],
    ['of a pattern that is longer', { subject: `${SUBJECT}*x` }, false],
    ['of a question mark', { subject: 'pkg:npm/left?pad@1.3.0' }, false]
  ])('%s: %j', (_what, given, accepted) => {
    const verdict = verdictOf([contradiction()], { waivers: [{ ...waiver, ...given }] })

    expect(verdict.conclusion).toBe(accepted ? 'pass' : 'fail')
    expect(verdict.findings[0]?.waiver !== undefined).toBe(accepted)
  })

  it('take a question mark of a purl for itself', () => {
    const subject = 'pkg:npm/a@1?vcs_url=x'
    const judged = (pattern: string): string =>
      verdictOf([{ findings: [finding({ subject })] }], {
        waivers: [{ ...waiver, subject: pattern }]
      }).conclusion

    expect(judged('pkg:npm/a@1?*')).toBe('pass')
    expect(judged('pkg:npm/?@1*')).toBe('fail')
  })

  it('hold to the end of the day in UTC', () => {
    const reports = [stage({ findings: [finding()] })]
    const policy = { ...DEFAULT_POLICY, waivers: [waiver] }
    const at = (time: string): string =>
      judge(reports, policy, { now: new Date(time), offline: false }).conclusion

    expect(at('2026-06-30T23:59:59Z')).toBe('pass')
    expect(at('2026-07-01T00:00:00Z')).toBe('fail')
    expect(at('2026-07-01T01:00:00+02:00')).toBe('pass')
  })

  it('stay visible in what they accept', () => {
    const [first] = verdictOf([contradiction()], { waivers: [waiver] }).findings

    expect(first?.waiver).toEqual({ reason: 'rebuilt', expires: '2026-06-30' })
  })
})

describe('causes', () => {
  it('are all there, errors first, then worst first', () => {
    const verdict = verdictOf(
      [
        { findings: [found('high'), found('low')], evidence: many(2, 'unavailable') },
        { stage: 'inventory', findings: [found('critical')] },
        { stage: 'sbom', problem: { code: 'INTERNAL', message: 'no luck', remedy: 'x' } }
      ],
      { outcomes: { ...DEFAULT_POLICY.outcomes, unavailable: 'critical' } }
    )

    expect(verdict.causes.map((cause) => cause.split(':', 1)[0])).toEqual([
      'sbom',
      'integrity/critical',
      'integrity',
      'integrity/high'
    ])
  })
})

function inventory(components: number): Partial<StageReport> {
  return { stage: 'inventory', stats: { components } }
}

/** One file, read and found in the index as well. */
const bothWays = (['digest', 'index-digest'] as const).flatMap((kind) =>
  many(1, 'verified', kind).map((item) => ({
    ...item,
    observed: { algorithm: 'sha256' as const, hex: 'ab'.repeat(32) }
  }))
)

describe('the headline', () => {
  it.each<[readonly Partial<StageReport>[], string]>([
    [[{ evidence: many(412, 'verified') }], 'Pass: 412 verified'],
    [
      [{ evidence: [...many(3, 'verified'), ...many(2, 'absent'), ...many(1, 'unavailable')] }],
      'Pass: 3 verified, 2 absent, 1 unavailable'
    ],
    [
      [{ evidence: [...many(3, 'verified'), ...many(2, 'verified', 'index-digest')] }],
      'Pass: 5 verified (2 by the index only)'
    ],
    [[{ evidence: many(2, 'verified', 'index-digest') }], 'Pass: 2 verified by the index only'],
    [[{ evidence: bothWays }], 'Pass: 1 verified'],
    [
      [{ evidence: [...many(2, 'verified', 'signature'), ...many(1, 'absent', 'attestation')] }],
      'Pass: nothing was verified; signatures: 2 verified, 1 absent'
    ],
    [
      [{ evidence: [...many(2, 'verified'), ...many(1, 'unavailable', 'inclusion-proof')] }],
      'Pass: 2 verified; public logs: 1 unavailable'
    ],
    [[{ evidence: many(2, 'unavailable') }], 'Pass: nothing was verified, 2 unavailable'],
    [[], 'Pass: nothing was verified'],
    [[inventory(0)], 'Pass: nothing was verified, no dependency was found'],
    [
      [{ stage: 'inventory', stats: { components: 0, unread: 1 } }],
      'Pass: nothing was verified, no dependency was found; 1 place could not be inventoried'
    ],
    [
      [
        { stage: 'inventory', stats: { components: 2, gaps: 1 } },
        { evidence: many(2, 'verified') }
      ],
      'Pass: 2 verified; 1 gap in the inventory'
    ],
    [
      [inventory(5), { status: 'skipped', reason: 'not asked for' }],
      'Pass: nothing was verified, integrity was skipped'
    ],
    [
      [inventory(5), { status: 'skipped', reason: 'x', stats: { unchanged: 5 } }],
      'Pass: nothing was verified, 5 locked as in the base commit'
    ],
    [
      [inventory(5), { stats: { unchanged: 5 } }],
      'Pass: nothing was verified, 5 locked as in the base commit'
    ],
    [[contradiction()], 'Fail for 1 cause: nothing was verified, 1 contradicted; 1 finding'],
    [
      [
        {
          evidence: many(1, 'verified'),
          findings: [found('high'), found('critical'), found('low')]
        }
      ],
      'Fail for 2 causes: 1 verified; 3 findings'
    ],
    [
      [
        inventory(5),
        { problem: { code: 'CANCELLED', message: 'x', remedy: 'y' }, status: 'errored' }
      ],
      'Fail for 1 cause: nothing was verified, integrity was errored; the run was ended early'
    ]
  ])('of %j is %s', (reports, headline) => {
    expect(verdictOf(reports).headline).toBe(headline)
  })

  it('says what was waived, that nothing fails, and that no network was used', () => {
    const waivers = [{ rule: RULE.id, reason: 'x', expires: '2027-01-01' }]

    expect(verdictOf([contradiction()], { waivers }).headline).toBe(
      'Pass: nothing was verified, 1 contradicted; 1 finding, 1 waived'
    )
    expect(verdictOf([contradiction()], { failOn: 'none' }).headline).toBe(
      'Pass: nothing was verified, 1 contradicted; 1 finding; no finding fails under this policy'
    )
    expect(verdictOf([{ evidence: many(1, 'unavailable') }], {}, true).headline).toBe(
      'Pass: nothing was verified, 1 unavailable; no network was used'
    )
  })
})

describe('danger', () => {
  const severity = fc.constantFrom(...SEVERITIES)
  const outcome = fc.constantFrom<Outcome>('verified', 'contradicted', 'absent', 'unavailable')

  /** Evidence with the finding that names it, a bare finding, or an error: what a stage may bring. */
  const piece = fc.oneof(
    outcome.map((given): Partial<StageReport> =>
      given === 'contradicted' ? contradiction() : { evidence: [evidence(given)] }
    ),
    fc
      .tuple(severity, fc.constantFrom('left', 'right'))
      .map(([given, subject]): Partial<StageReport> => ({ findings: [found(given, { subject })] })),
    fc.constant<Partial<StageReport>>({
      status: 'errored',
      problem: { code: 'SERVICE_TIMEOUT', message: 'x', remedy: 'y' }
    }),
    fc.constant<Partial<StageReport>>({ status: 'skipped', reason: 'x' })
  )
  const policy = fc.record({
    failOn: fc.constantFrom(...SEVERITIES, 'none' as const),
    outcomes: fc.record({
      contradicted: severity,
      absent: fc.constantFrom(...SEVERITIES, 'ignore' as const),
      unavailable: fc.constantFrom(...SEVERITIES, 'ignore' as const)
    }),
    rules: fc.dictionary(
      fc.constantFrom(RULE.id, 'integrity/high', 'integrity/low'),
      fc.constantFrom(...SEVERITIES, 'off' as const)
    ),
    waivers: fc.array(
      fc.record({
        rule: fc.constantFrom(RULE.id, 'integrity/high'),
        reason: fc.constant('x'),
        expires: fc.constantFrom('2026-01-01', '2027-01-01')
      }),
      { maxLength: 2 }
    )
  })

  it('that is found besides never turns a fail into a pass', () => {
    fc.assert(
      fc.property(
        fc.array(piece),
        fc.array(piece),
        policy,
        fc.boolean(),
        (less, more, given, offline) => {
          const before = verdictOf(less, given, offline)
          const after = verdictOf([...less, ...more], given, offline)

          expect(before.conclusion === 'fail' && after.conclusion === 'pass').toBe(false)
          for (const cause of before.causes) expect(after.causes).toContain(cause)
        }
      )
    )
  })

  it('that is more severe never passes where less fails', () => {
    fc.assert(
      fc.property(severity, severity, policy, (one, other, { failOn }) => {
        const worse = SEVERITIES.indexOf(one) <= SEVERITIES.indexOf(other)
        const [mild, grave] = worse ? [other, one] : [one, other]
        const conclusion = (given: Severity): string =>
          verdictOf([{ findings: [found(given)] }], { failOn }).conclusion

        expect(conclusion(mild) === 'fail' && conclusion(grave) === 'pass').toBe(false)
      })
    )
  })

  it('that is proven passes by a waiver, a severity or fail-on only, never by silence', () => {
    fc.assert(
      fc.property(fc.array(piece), policy, (pieces, given) => {
        const verdict = verdictOf([...pieces, contradiction()], given)

        expect(verdict.findings.some(({ rule }) => rule.id === RULE.id)).toBe(true)
        expect(verdict.headline).toContain('contradicted')
      })
    )
  })

  it('does not depend on the order of stages', () => {
    fc.assert(
      fc.property(fc.array(piece), policy, (pieces, given) => {
        expect(verdictOf(pieces.toReversed(), given).conclusion).toBe(
          verdictOf(pieces, given).conclusion
        )
      })
    )
  })
})
