import { expect, it } from '@jest/globals'
import { matchesGoPatterns } from '../../src/formats/go-path-patterns.ts'

it.each([
  ['corp.example', 'corp.example/library', true],
  ['corp.example/', 'corp.example/library', true],
  ['corp.example/lib', 'corp.example/library', false],
  ['*.corp.example', 'git.corp.example/a/b', true],
  ['*.corp.example', 'corp.example/a', false],
  ['a.example/*', 'a.example/b/c', true],
  ['a.example/*', 'a.example', false],
  ['a.example/b*d', 'a.example/bcccd/e', true],
  ['a.example/?', 'a.example/b', true],
  ['a.example/?', 'a.example/bc', false],
  ['a.example/[a-c]x', 'a.example/bx', true],
  ['a.example/[^a-c]x', 'a.example/bx', false],
  ['a.example/[\\]x]', 'a.example/x', true],
  ['a.example/\\*', 'a.example/*', true],
  ['a.example/\\*', 'a.example/b', false],
  ['a.example/[', 'a.example/[', false],
  ['a.example/[b', 'a.example/b', false],
  ['a.example/[]', 'a.example/b', false],
  ['a.example/[-x]', 'a.example/x', false],
  ['x.example, ,corp.example', 'corp.example', true],
  [',,/', 'corp.example', false],
  ['', 'corp.example', false],
  ['none', 'corp.example', false],
  ['*', 'corp.example/library', true]
])('%j matches %j: %j', (patterns, path, expected) => {
  expect(matchesGoPatterns(patterns, path)).toBe(expected)
})

it('stays quick on a glob that invites to go back', () => {
  expect(matchesGoPatterns(`${'*a'.repeat(50)}b`, 'a'.repeat(5000))).toBe(false)
})
