import { expect, it } from '@jest/globals'
import type { Component } from '../../src/model/component.ts'
import type { Evidence, Outcome } from '../../src/model/evidence.ts'
import { purlOf } from '../../src/model/purl.ts'
import { durationWords, moodOf, placeOf, statsWords, wrapped } from '../../src/reports/wording.ts'
import { runReport, stage } from '../support/report.ts'

it.each([
  [{}, ''],
  [{ components: 412, gaps: 3 }, '412 components, 3 gaps'],
  [{ components: 0, gaps: 0 }, '0 components'],
  [{ lockfiles: 1, entries: 1, indexEntries: 2 }, '1 lockfile, 1 entry, 2 index entries'],
  [{ files: 2, bytesRead: 1, bytes: 999 }, '2 files, 1 byte read, 999 bytes'],
  [{ bytesRead: 1000 }, '1.0 kB read'],
  [{ bytesRead: 612_345_678 }, '612.3 MB read'],
  [{ bytesRead: 2e15 }, '2000.0 TB read']
])('says %j as %j', (stats, words) => {
  expect(statsWords(stats)).toBe(words)
})

it.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1000, '1.0 s'],
  [61_500, '1 min 2 s']
])('says %d ms as %s', (milliseconds, words) => {
  expect(durationWords(milliseconds)).toBe(words)
})

it('names a place with its line, where there is one', () => {
  expect(placeOf({ path: 'a/b', line: 3 })).toBe('a/b:3')
  expect(placeOf({ path: 'a/b' })).toBe('a/b')
})

it('breaks lines between words, never within', () => {
  expect(wrapped('aa bb cc', 5)).toEqual(['aa bb', 'cc'])
  expect(wrapped('aaaaaaaa b', 3)).toEqual(['aaaaaaaa', 'b'])
  expect(wrapped('', 3)).toEqual([''])
})

const COMPONENT: Component = {
  purl: purlOf('npm', 'a', '1'),
  ecosystem: 'npm',
  name: 'a',
  version: '1',
  direct: true,
  origin: { kind: 'registry' },
  files: [],
  licenses: [],
  dependsOn: [],
  locations: []
}

function evidence(outcome: Outcome): Evidence {
  const { purl: subject } = COMPONENT
  return { subject, kind: 'digest', outcome, source: '', observedAt: '', detail: '' }
}

it.each<[string, readonly Outcome[], readonly Component[], string]>([
  ['all was verified', ['verified'], [COMPONENT], 'pass'],
  ['something was not looked at', ['verified', 'unavailable'], [COMPONENT], 'unsure'],
  ['nothing was looked at', [], [COMPONENT], 'unsure'],
  ['nothing pins the bytes', ['absent'], [COMPONENT], 'unsure'],
  ['there is nothing', [], [], 'unsure']
])('a pass in which %s is said as such', (_what, outcomes, components, mood) => {
  const stages = [stage({ evidence: outcomes.map(evidence), stats: { components: 1, gaps: 0 } })]
  expect(moodOf(runReport({ stages, report: { components } }))).toBe(mood)
})

it.each([{ gaps: 1 }, { unread: 1 }])('a pass with %j is said as such', (stats) => {
  const stages = [stage({ evidence: [evidence('verified')], stats })]
  expect(moodOf(runReport({ stages }))).toBe('unsure')
})

it('a fail is a fail', () => {
  expect(moodOf(runReport({ verdict: { conclusion: 'fail' } }))).toBe('fail')
})
