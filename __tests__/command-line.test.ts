import { join, resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parseCommandLine } from '../src/command-line.ts'
import { helpPage } from '../src/help.ts'
import type { Settings } from '../src/model/settings.ts'
import { settingsOf } from '../src/settings.ts'
import { expectGolden } from './support/golden.ts'

function settingsWith(...args: readonly string[]): Settings {
  const around = { folder: '/work', out: '/work/assay-report', uploadArtifact: false }
  return settingsOf(parseCommandLine(args).given, around)
}

it('has the current folder and the defaults of inputs without arguments', () => {
  expect(settingsWith()).toMatchObject({
    path: resolve('/work'),
    out: resolve('/work/assay-report'),
    integrity: 'auto',
    uploadArtifact: false
  })
})

it.each<[readonly string[], Partial<Settings>]>([
  [['service'], { path: resolve('/work/service') }],
  [['--path', 'service'], { path: resolve('/work/service') }],
  [['--', '--odd'], { path: resolve('/work/--odd') }],
  [['--out', 'x'], { out: resolve('/work/x') }],
  [['--out=-x'], { out: resolve('/work/-x') }],
  [['--output-folder', 'x'], { out: resolve('/work/x') }],
  [['--offline'], { offline: true }],
  [['--no-offline'], { offline: false }],
  [['--offline=false'], { offline: false }],
  [['--no-go-checksum-database'], { goChecksumDatabase: false }],
  [['--stage', 'inventory', '--stage=upload'], { stages: ['inventory', 'upload'] }],
  [['--skip', 'upload'], { skip: ['upload'] }],
  [['--exclude', 'a/**', '--exclude', 'b c'], { exclude: ['a/**', 'b c'] }],
  [['--fail-on', 'low', '--fail-on', 'none'], { failOn: 'none' }],
  [['--config', 'p.yml', '--concurrency', '2'], { config: 'p.yml', concurrency: 2 }]
])('understands %j', (args, expected) => {
  expect(settingsWith(...args)).toMatchObject(expected)
})

it.each<[readonly string[], object]>([
  [
    ['verify', 'a.tgz', 'ghcr.io/o/app:1', '--identity', 'x', '--issuer', 'y'],
    {
      mode: 'verify',
      path: resolve('/work'),
      verify: { subjects: ['a.tgz', 'ghcr.io/o/app:1'], identities: ['x'], issuers: ['y'] }
    }
  ],
  [['--offline', 'verify'], { mode: 'verify', offline: true, verify: { subjects: [] } }],
  [['verify', 'verify'], { mode: 'verify', verify: { subjects: ['verify'] } }],
  [['./verify'], { mode: 'check', path: resolve('/work/verify') }]
])('verifies what stands behind the word: %j', (args, expected) => {
  expect(settingsWith(...args)).toMatchObject(expected)
})

it('keeps how it is shown apart from what is done', () => {
  const { given, switches } = parseCommandLine(['-q', '--json', '--no-color', '-h'])

  expect(given.size).toBe(0)
  expect([...switches]).toEqual(['quiet', 'json', 'no-color', 'help'])
})

describe('wrong usage is an error with the next step', () => {
  it.each<[readonly string[], string, RegExp]>([
    [['--ofline'], 'There is no flag "--ofline"', /^Did you mean "--offline"\? /],
    [['-x'], 'There is no flag "-x"', /^Run `assay --help`/],
    [['--__proto__'], 'There is no flag "--__proto__"', /^Run/],
    [['--upload-artifact'], 'There is no flag "--upload-artifact"', /^Run/],
    [['--out'], 'Cannot use flag "--out": found no value, expected <folder>', /--out <folder>$/],
    [['--out', '--json'], 'Cannot use flag "--out": found no value, expected <folder>', /./],
    [['--integrity='], 'Cannot use flag "--integrity": found no value, expected <mode>', / auto$/],
    [['--json=yes'], 'Cannot use flag "--json" with a value: it is on or off', /--json alone/],
    [['--no-offline=x'], 'Cannot use flag "--no-offline" with a value: it is on or off', /./],
    [['a', 'b'], 'Cannot look at two paths: found "a" and "b"', /^Run it once for each/],
    [['-q', '-v'], 'Cannot use --quiet and --verbose together', /^Leave one/],
    [['--color', '--no-color'], 'Cannot use --color and --no-color together', /^Leave one/]
  ])('%j', (args, message, remedy) => {
    expect(() => parseCommandLine(args)).toThrow(
      expect.objectContaining({
        code: expect.stringMatching(/^INPUT_/),
        message,
        remedy: expect.stringMatching(remedy)
      })
    )
  })

  it('names the flag whose value cannot be used', () => {
    expect(() => settingsWith('--integrity', 'everything')).toThrow(
      'Cannot use flag "--integrity": found "everything", expected one of'
    )
  })
})

it('has a help page', () => {
  const page = helpPage().replace(/ {2}--stage <id>[^]*?(?= {2}--integrity)/, '')
  expectGolden(join(import.meta.dirname, 'fixtures/help.txt'), page)
})

it('has a help page that fits a terminal', () => {
  const widest = Math.max(
    ...helpPage()
      .split('\n')
      .map((line) => line.length)
  )
  expect(widest).toBeLessThanOrEqual(94)
})
