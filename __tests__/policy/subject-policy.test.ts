import { describe, expect, it } from '@jest/globals'
import type { JsonObject } from '../../src/formats/json.ts'
import { signerDemandsOf } from '../../src/policy/signer-policy.ts'
import { demandedTypes, isOfType, isVouching } from '../../src/policy/statement-policy.ts'
import {
  assessSubject,
  type Genuine,
  type Refused,
  type SubjectDemands
} from '../../src/policy/subject-policy.ts'
import { SETTINGS } from '../support/run-context.ts'

const PROVENANCE = 'https://slsa.dev/provenance/v1'
const SBOM = 'https://cyclonedx.org/bom'
const BUILT: JsonObject = { runDetails: { builder: { id: 'b' } } }
const ME = { identity: 'me@octo.example', issuer: 'https://issuer.example' }
const YOU = { ...ME, identity: 'you@octo.example' }

function demands(change: Partial<SubjectDemands> = {}): SubjectDemands {
  const identities = [ME.identity, YOU.identity]
  const settings = { ...SETTINGS.verify, identities, issuers: [ME.issuer] }
  return {
    signers: signerDemandsOf(settings, []),
    types: [],
    maxAgeDays: 0,
    least: 1,
    now: new Date('2026-01-10T00:00:00Z'),
    ...change
  }
}

function genuine(change: Partial<Genuine> = {}): Genuine {
  return {
    origin: 'here',
    source: 'here',
    by: 'certificate',
    signer: ME,
    times: ['2026-01-01T00:00:00Z'],
    ...change
  }
}

function stated(predicateType: string, predicate: JsonObject = {}): Pick<Genuine, 'statement'> {
  return { statement: { subjects: [], predicateType, predicate } }
}

const FORGED: Refused = {
  origin: 'there',
  source: 'there',
  refusal: { check: 'signature', expected: 'a', found: 'b' },
  rank: 5
}

describe('a subject', () => {
  it('is verified by one signature that counts, whatever else is attached', () => {
    const { failure, accepted, refused } = assessSubject([genuine()], [FORGED], demands())

    expect([failure, accepted.length, refused.length]).toEqual([undefined, 1, 1])
  })

  it('that nothing is attached to is unsigned', () => {
    expect(assessSubject([], [], demands()).failure).toMatchObject({ kind: 'unsigned' })
  })

  it('is refused for the nearest of what is attached', () => {
    const stranger = genuine({ origin: 'stranger', signer: { ...ME, identity: 'x' } })
    const other = genuine({ origin: 'other issuer', signer: { ...ME, issuer: 'x' } })

    expect(assessSubject([stranger, other], [FORGED], demands()).failure).toMatchObject({
      kind: 'refused',
      check: 'issuer',
      origin: 'other issuer'
    })
    expect(assessSubject([], [FORGED], demands()).failure).toMatchObject({ check: 'signature' })
  })

  it('is of so many signers, not of so many signatures', () => {
    const twice = [genuine(), genuine({ origin: 'again' })]

    expect(assessSubject(twice, [], demands({ least: 2 })).failure).toMatchObject({
      check: 'number of signers',
      found: `1: ${ME.identity}`
    })
    const both = [...twice, genuine({ signer: YOU })]
    expect(assessSubject(both, [], demands({ least: 2 })).failure).toBeUndefined()
  })

  it('is not signed twice by a bill of materials of somebody else', () => {
    const bom = genuine({
      signer: YOU,
      ...stated(SBOM, { bomFormat: 'CycloneDX', specVersion: '1.6' })
    })

    expect(assessSubject([genuine(), bom], [], demands({ least: 2 })).failure).toMatchObject({
      check: 'number of signers'
    })
    const asked = demands({ least: 2, types: [SBOM] })
    expect(assessSubject([genuine(), bom], [], asked).failure).toBeUndefined()
  })

  it('needs each statement that is asked for, from somebody who is accepted', () => {
    const asked = demands({ types: [PROVENANCE, SBOM] })
    const built = genuine(stated(PROVENANCE, BUILT))
    const theirs = genuine({
      origin: 'theirs',
      signer: { ...ME, identity: 'x' },
      ...stated(SBOM, { bomFormat: 'CycloneDX', specVersion: '1.6' })
    })

    const { failure } = assessSubject([built, theirs], [], asked)
    expect(failure).toMatchObject({ kind: 'missing', check: 'predicate type' })
    expect(failure?.found).toContain(`"${PROVENANCE}"; refused: theirs, identity: expected`)
  })

  it.each([
    [9, '2026-01-01T00:00:00Z', undefined],
    [8, '2026-01-01T00:00:00Z', 'age'],
    [1, '2027-01-01T00:00:00Z', undefined]
  ])('may be so old: %s days', (maxAgeDays, time, check) => {
    const old = genuine({ times: ['2020-01-01T00:00:00Z', time] })

    expect(assessSubject([old], [], demands({ maxAgeDays })).failure?.check).toBe(check)
  })

  it('of no proven time is too old', () => {
    const timeless = genuine({ times: [] })

    expect(assessSubject([timeless], [], demands({ maxAgeDays: 9 })).failure).toMatchObject({
      check: 'age',
      found: 'no proven time'
    })
  })
})

describe('a type of statements', () => {
  it('is an address, or a word of cosign', () => {
    expect(demandedTypes(['slsaprovenance1', 'urn:x', PROVENANCE])).toEqual([
      PROVENANCE,
      'urn:x',
      PROVENANCE
    ])
    for (const wrong of ['sbom', 'toString', '__proto__', '']) {
      expect(() => demandedTypes([wrong])).toThrow('predicate-type')
    }
  })

  it.each([
    ['https://spdx.dev/Document/v2.3', 'https://spdx.dev/Document', true],
    ['https://cyclonedx.org/bom/1.6', SBOM, true],
    [SBOM, `${SBOM}/v1.6`, false],
    ['https://cyclonedx.org/bomb', SBOM, false],
    ['https://spdx.dev/Document/evil', 'https://spdx.dev/Document', false],
    [`${PROVENANCE}/1`, PROVENANCE, false],
    [PROVENANCE, PROVENANCE, true]
  ])('%s is of %s: %s', (type, demanded, expected) => {
    expect(isOfType(type, demanded)).toBe(expected)
  })

  it('vouches or does not', () => {
    expect([PROVENANCE, 'https://sigstore.dev/cosign/sign/v1'].map(isVouching)).toEqual([
      true,
      true
    ])
    expect([SBOM, 'https://slsa.dev/verification_summary/v1', ''].map(isVouching)).toEqual([
      false,
      false,
      false
    ])
  })
})
