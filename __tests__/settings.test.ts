import { resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { inputsIn } from '../src/inputs.ts'
import type { Settings } from '../src/model/settings.ts'
import { settingsOf } from '../src/settings.ts'
import { SETTINGS } from './support/run-context.ts'

const AROUND = { folder: '/work', out: '/temp/assay', uploadArtifact: true }

function settingsWith(env: Readonly<Record<string, string>>): Settings {
  return settingsOf(inputsIn(env).given, AROUND)
}

it('has defaults for everything', () => {
  expect(settingsWith({})).toEqual({
    path: resolve('/work'),
    out: resolve('/temp/assay'),
    config: '.github/assay.yml',
    stages: [],
    skip: [],
    offline: false,
    integrity: 'auto',
    goChecksumDatabase: true,
    concurrency: 16,
    exclude: [],
    images: [],
    plainHttpRegistries: [],
    vendor: [],
    mode: SETTINGS.mode,
    sign: SETTINGS.sign,
    sigstore: SETTINGS.sigstore,
    verify: SETTINGS.verify,
    uploadArtifact: true
  })
})

it('is frozen', () => {
  expect(Object.isFrozen(settingsWith({}))).toBe(true)
})

it.each<[string, string, Partial<Settings>]>([
  ['INPUT_PATH', 'service', { path: resolve('/work/service') }],
  ['INPUT_OUTPUT-FOLDER', 'report', { out: resolve('/work/report') }],
  ['INPUT_CONFIG-FILE', 'policy.yml', { config: 'policy.yml' }],
  ['INPUT_STAGES', 'inventory, upload\ninventory', { stages: ['inventory', 'upload'] }],
  ['INPUT_SKIP', 'upload', { skip: ['upload'] }],
  ['INPUT_OFFLINE', 'True', { offline: true }],
  ['INPUT_INTEGRITY', 'all', { integrity: 'all' }],
  ['INPUT_GO-CHECKSUM-DATABASE', 'false', { goChecksumDatabase: false }],
  [
    'INPUT_NPM-SIGNATURES-FROM',
    'https://registry.example/npm',
    { npmSignaturesFrom: 'https://registry.example/npm' }
  ],
  ['INPUT_CONCURRENCY', ' 4 ', { concurrency: 4 }],
  ['INPUT_EXCLUDE', 'a b/**\n{c,d}/*\n', { exclude: ['a b/**', '{c,d}/*'] }],
  ['INPUT_IMAGES', 'a:1\n b@c ', { images: ['a:1', 'b@c'] }],
  ['INPUT_PLAIN-HTTP-REGISTRIES', 'r.local:5000', { plainHttpRegistries: ['r.local:5000'] }],
  ['INPUT_FAIL-ON-SEVERITY', 'low', { failOn: 'low' }],
  ['INPUT_FAIL-ON-SEVERITY', 'moderate', { failOn: 'medium' }],
  ['INPUT_UPLOAD-ARTIFACT', 'FALSE', { uploadArtifact: false }],
  ['INPUT_ARTIFACT-NAME', 'assay-linux', { artifactName: 'assay-linux' }],
  ['INPUT_UPLOAD-ARTIFACT-RETENTION', '7', { artifactRetentionDays: 7 }],
  ['INPUT_GITHUB-TOKEN', 'ghs_secret', { githubToken: 'ghs_secret' }]
])('reads %s=%j', (name, value, expected) => {
  expect(settingsWith({ [name]: value })).toMatchObject(expected)
})

describe('what cannot be used is an error that lists what can', () => {
  it.each([
    [
      'INPUT_INTEGRITY',
      'platfrom',
      'Cannot use input "integrity": found "platfrom", expected one of "auto", "changed", "platform", "all"',
      'Did you mean "platform"?'
    ],
    [
      'INPUT_OFFLINE',
      'yes',
      'Cannot use input "offline": found "yes", expected one of "true", "false"',
      'Use one of these'
    ],
    [
      'INPUT_NPM-SIGNATURES-FROM',
      'https://me:s3cret@registry.example/?token=s3cret',
      'Cannot use input "npm-signatures-from": found "https://registry.example/?…", expected an http or https address without credentials and query',
      "Give the address alone; credentials belong into the machine's .npmrc"
    ],
    [
      'INPUT_NPM-SIGNATURES-FROM',
      'registry.example',
      'Cannot use input "npm-signatures-from": found "registry.example", expected an http or https address without credentials and query',
      "Give the address alone; credentials belong into the machine's .npmrc"
    ],
    [
      'INPUT_CONCURRENCY',
      '1e3',
      'Cannot use input "concurrency": found "1e3", expected a whole number from 1 to 64',
      'Leave it out for the default, 16'
    ],
    [
      'INPUT_CONCURRENCY',
      '65',
      'Cannot use input "concurrency": found "65", expected a whole number from 1 to 64',
      'Leave it out for the default, 16'
    ],
    [
      'INPUT_FAIL-ON-SEVERITY',
      '::error::x\n',
      'Cannot use input "fail-on-severity": found "::error::x", expected one of "critical", "high", "medium", "low", "info", "none"',
      'Use one of these'
    ],
    [
      'INPUT_ARTIFACT-NAME',
      'assay/main',
      'Cannot use input "artifact-name": found "assay/main", expected at most 200 characters, and none of " : < > | * ? \\ / or line breaks',
      'Replace these characters, such as "/" in the name of a branch, with "-"'
    ]
  ])('%s=%j', (name, value, message, remedy) => {
    expect(() => settingsWith({ [name]: value })).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', message, remedy })
    )
  })

  it.each(['__proto__', 'constructor', 'hasOwnProperty'])('%s is no severity', (value) => {
    expect(() => settingsWith({ 'INPUT_FAIL-ON-SEVERITY': value })).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID' })
    )
  })
})

it('says no to subjects that the mode would pass over', () => {
  expect(() => settingsWith({ INPUT_VERIFY: 'app.tgz' })).toThrow('`mode: check`')
  expect(settingsWith({ INPUT_VERIFY: 'app.tgz', INPUT_MODE: 'verify' })).toMatchObject({
    mode: 'verify',
    verify: { subjects: ['app.tgz'] }
  })
})

it('refuses to both run and skip a stage', () => {
  expect(() => settingsWith({ INPUT_STAGES: 'upload', INPUT_SKIP: 'upload' })).toThrow(
    expect.objectContaining({ code: 'INPUT_CONFLICT' })
  )
})

it('warns of inputs that are not known, with the nearest', () => {
  const { given, warnings } = inputsIn({ 'INPUT_FAIL-ON-SEVERTY': 'low', INPUT_FORMAT: 'spdx' })

  expect(given.size).toBe(0)
  expect(warnings[0]).toBe(
    'Input "fail-on-severty" is not known and was not used: did you mean "fail-on-severity"?'
  )
  expect(warnings[1]).toMatch(/^Input "format" is not known and was not used: known are path, /)
})
