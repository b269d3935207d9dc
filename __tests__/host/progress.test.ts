import { afterEach, beforeEach, expect, it, jest } from '@jest/globals'
import {
  type ProgressDisplay,
  progressOn,
  type ProgressState,
  renderProgressBar,
  renderProgressLine
} from '../../src/host/progress.ts'

let now = 0
let shown: ProgressState[] = []
let cleared = 0

function displayOf(kind: ProgressDisplay['kind']): ProgressDisplay {
  return { kind, now: () => now, show: (state) => shown.push(state), clear: () => cleared++ }
}

function pass(milliseconds: number): void {
  for (let at = 0; at < milliseconds; at += 100) {
    now += 100
    jest.advanceTimersByTime(100)
  }
}

beforeEach(() => {
  jest.useFakeTimers()
  now = 0
  shown = []
  cleared = 0
})

afterEach(() => {
  jest.useRealTimers()
})

it('says nothing of what takes less than two seconds, as lines', () => {
  const progress = progressOn(displayOf('lines'), 'x', 10)

  for (let at = 0; at < 10; at++) {
    pass(100)
    progress.advance()
  }
  progress.done()

  expect(shown).toEqual([])
})

it('says a line every five seconds, also when nothing moves', () => {
  const progress = progressOn(displayOf('lines'), 'x', 10)

  progress.advance(3)
  pass(13_000)
  progress.done()
  pass(10_000)

  expect(shown.map(({ elapsedMs, done }) => [Math.floor(elapsedMs / 1000), done])).toEqual([
    [2, 3],
    [7, 3],
    [12, 3]
  ])
})

it('draws a bar at once and at most ten times a second, and takes it away', () => {
  const progress = progressOn(displayOf('bar'), 'x', 1000)

  for (let at = 0; at < 1000; at++) progress.advance()
  pass(1000)
  progress.done()

  expect(shown.length).toBeLessThanOrEqual(11)
  expect(shown.at(-1)).toMatchObject({ done: 1000 })
  expect(cleared).toBe(1)
})

it.each<[ProgressState, string]>([
  [{ title: 'Verify', done: 120, total: 412, elapsedMs: 5200 }, 'Verify: 120 of 412 (29 %), 5 s'],
  [{ title: 'Walk', done: 7, total: 0, elapsedMs: 0 }, 'Walk: 7, 0 s'],
  [{ title: 'Over', done: 3, total: 2, elapsedMs: 0 }, 'Over: 3 of 2 (100 %), 0 s']
])('renders %j as a line', (state, line) => {
  expect(renderProgressLine(state)).toBe(line)
})

it('renders a bar that never wraps', () => {
  const state = { title: 'Verify', done: 1, total: 2, elapsedMs: 5200 }

  expect(renderProgressBar(state, 80)).toBe(`Verify  ${'█'.repeat(12)}${'░'.repeat(12)} 1/2  5 s`)
  expect(renderProgressBar(state, 20)).toHaveLength(19)
  expect(renderProgressBar(state, 0)).toBe('')
})
