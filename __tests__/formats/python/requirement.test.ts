import { expect, it } from '@jest/globals'
import { parseRequirement, pinnedVersion } from '../../../src/formats/python/requirement.ts'

it.each([
  ['requests', { name: 'requests', extras: [], specifier: '' }],
  ['Zope.Interface >=5, <6', { name: 'zope-interface', extras: [], specifier: '>=5, <6' }],
  ['name(>=1)', { name: 'name', extras: [], specifier: '>=1' }],
  [
    'requests[SOCKS, use_chardet]>=2.8.1 ; python_version < "2.7"',
    {
      name: 'requests',
      extras: ['socks', 'use-chardet'],
      specifier: '>=2.8.1',
      marker: 'python_version < "2.7"'
    }
  ],
  [
    "pip @ https://files.registry.example/pip-1.zip#sha1=da9234ee;x ; os_name == 'nt'",
    {
      name: 'pip',
      extras: [],
      specifier: '',
      url: 'https://files.registry.example/pip-1.zip#sha1=da9234ee;x',
      marker: "os_name == 'nt'"
    }
  ]
])('reads %s', (text, requirement) => {
  expect(parseRequirement(text)).toEqual(requirement)
})

it.each([
  '',
  '-e .',
  './local',
  'name >= ',
  'name 1.0',
  'name @',
  '[extra]',
  'na me',
  '_name',
  'a/b'
])('does not read %j', (text) => {
  expect(parseRequirement(text)).toBeUndefined()
})

it.each([
  ['==1.0', '1.0'],
  ['== 1.0-beta1', '1.0b1'],
  ['===1.0.X', '1.0.X'],
  ['==1.*', undefined],
  ['>=1.0', undefined],
  ['==1.0,<2', undefined],
  ['==nonsense', undefined],
  ['', undefined]
])('%j pins %s', (specifier, version) => {
  expect(pinnedVersion(specifier)).toBe(version)
})
