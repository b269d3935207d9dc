import { describe, expect, it } from '@jest/globals'
import {
  compareGoVersions,
  escapeGoPath,
  isGoModulePath,
  isGoVersion,
  moduleOfPackage
} from '../../src/formats/go-module.ts'

it('orders versions by precedence', () => {
  const ordered = [
    'no version',
    'v0.0.0-20170915032832-14c0d48ead0c',
    'v0.0.0-20180101000000-000000000000',
    'v0.0.0',
    'v0.9.0',
    'v0.10.0',
    'v1.0.0-alpha',
    'v1.0.0-alpha.1',
    'v1.0.0-alpha.beta',
    'v1.0.0-beta.2',
    'v1.0.0-beta.11',
    'v1.0.0-rc.1',
    'v1.0.0',
    'v2.0.0+incompatible',
    'v10000000000000000000000.0.0'
  ]

  expect(ordered.toReversed().sort(compareGoVersions)).toEqual(ordered)
  expect(compareGoVersions('v2.0.0', 'v2.0.0+incompatible')).toBe(0)
})

describe('versions', () => {
  it.each(['v1.0.0', 'v0.0.0-20170915032832-14c0d48ead0c', 'v4.4.0+incompatible', 'v1.0.0-a.0'])(
    'takes %s',
    (version) => expect(isGoVersion(version)).toBe(true)
  )

  it.each(['1.0.0', 'v1', 'v1.2', 'v01.0.0', 'v1.0.0+meta', 'master', '', 'v1.0.0/..', 'v1.0.0-'])(
    'refuses %j',
    (version) => expect(isGoVersion(version)).toBe(false)
  )
})

describe('module paths', () => {
  it.each([
    'rsc.io/quote',
    'github.com/BurntSushi/toml',
    'gopkg.in/yaml.v3',
    'a.example',
    'x.io/~a'
  ])('takes %s', (path) => expect(isGoModulePath(path)).toBe(true))

  it.each([
    '',
    'corp/library',
    'Example.com/a',
    '../a.b',
    'a.example/../b',
    'a.example//b',
    'a.example/b/',
    '/a.example',
    '-a.example',
    'a.example/.b',
    'a.example/b.',
    'a.example/b?c',
    'a.example/b%2e',
    'a.example/b c',
    'a.example:8080/b',
    'user@a.example/b'
  ])('refuses %j', (path) => expect(isGoModulePath(path)).toBe(false))
})

it('escapes upper case with an exclamation mark', () => {
  expect(escapeGoPath('github.com/Azure/azure-SDK')).toBe('github.com/!azure/azure-!s!d!k')
})

it('finds the module of a package by whole elements', () => {
  const modules = new Set(['a.example/b', 'a.example/b/c', 'a.example'])

  expect(moduleOfPackage('a.example/b/c/d', modules)).toBe('a.example/b/c')
  expect(moduleOfPackage('a.example/bc', modules)).toBe('a.example')
  expect(moduleOfPackage('b.example/b', modules)).toBeUndefined()
})
