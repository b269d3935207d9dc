import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { parse } from 'yaml'
import { InputError } from '../../src/model/errors.ts'
import { SEVERITIES } from '../../src/model/finding.ts'
import { DEFAULT_POLICY, type Policy } from '../../src/model/policy.ts'
import { MAX_POLICY_BYTES, parsePolicy } from '../../src/policy/policy-yaml.ts'
import { testKey } from '../support/minisign.ts'

const SCHEMA = join(import.meta.dirname, '../../schema/policy-v1.schema.json')

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true })
// The package is CommonJS: its default export is the module for the compiler, and the function when it runs.
;(addFormats as unknown as (target: Ajv2020) => void)(ajv)
const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object)

const VOCABULARY = {
  rules: new Set(['integrity/digest-mismatch', 'integrity/no-digest', 'policy/expired-waiver']),
  unwaivable: new Set(['policy/expired-waiver']),
  fixed: new Set(['verify/refused'])
}

function policyOf(text: string): Promise<Omit<Policy, 'source'>> {
  return parsePolicy(text, '.github/assay.yml', VOCABULARY)
}

/** A file with this `spec`. */
function withSpec(spec: string): string {
  const lines = spec.split('\n').map((line) => `  ${line}\n`)
  return `apiVersion: assay.dev/v1\nkind: Policy\nspec:\n${lines.join('')}`
}

function waiver(over: string): string {
  return withSpec(`waivers:\n  - rule: integrity/no-digest\n    reason: known\n    ${over}`)
}

const PUBKEY = testKey('publisher').text

const GOOD: readonly (readonly [string, string])[] = [
  ['nothing in it', 'apiVersion: assay.dev/v1\nkind: Policy\nspec: {}\n'],
  ['a threshold', withSpec('fail-on: none')],
  ['outcomes', withSpec('outcomes: { contradicted: info, absent: low, unavailable: ignore }')],
  ['severities of rules', withSpec('rules:\n  integrity/no-digest: off')],
  ['a waiver', waiver('expires: 2027-01-31')],
  ['a waiver of a subject', waiver('expires: 2028-02-29\n    subject: "pkg:npm/*"')],
  ['patterns', withSpec('exclude: [examples/, "/a/**/b", "*.lock", "a b", ..., .x/]')],
  [
    'publishers',
    withSpec(
      'publishers:\n  - packages: ["pkg:npm/%40octo/*", pkg:pypi/octo]\n    repository: https://github.com/octo/lib\n    workflow: .github/workflows/release.yml\n    ref: refs/tags/v*\n    builder: https://github.com/octo/build/.github/workflows/npm.yml'
    )
  ],
  [
    'a publisher in a subgroup of GitLab',
    withSpec(
      'publishers: [{ packages: [pkg:npm/a], repository: "https://gitlab.com/a/b/c", workflow: .gitlab-ci.yml }]'
    )
  ],
  [
    'keys of vendored folders',
    withSpec(
      `vendor:\n  allow-legacy: true\n  keys:\n    - packs: [zlib, "acme/*"]\n      pubkeys: [${PUBKEY}]`
    )
  ],
  ['an empty word about vendored folders', withSpec('vendor: {}')],
  ['JSON', '{"apiVersion":"assay.dev/v1","kind":"Policy","spec":{"exclude":[]}}']
]

const BAD: readonly (readonly [string, string, string])[] = [
  ...Object.entries({
    'without packages': ['repository: "https://github.com/o/r"', 'has no "packages"'],
    'without a repository': ['packages: [pkg:npm/a]', 'has no "repository"'],
    'of no packages': [
      'packages: [], repository: "https://github.com/o/r"',
      'expected at least one package URL'
    ],
    'of a version': [
      'packages: ["pkg:npm/a@1.0.0"], repository: "https://github.com/o/r"',
      'expected a package URL without version'
    ],
    'of any ecosystem': [
      'packages: ["*"], repository: "https://github.com/o/r"',
      'expected a package URL without version'
    ],
    'at another server': [
      'packages: [pkg:npm/a], repository: "https://github.com.example/o/r"',
      'expected the address of a repository at github.com or gitlab.com'
    ],
    'with a slash at the end': [
      'packages: [pkg:npm/a], repository: "https://github.com/o/r/"',
      'expected the address of a repository'
    ],
    'with only an owner': [
      'packages: [pkg:npm/a], repository: "https://github.com/o"',
      'expected the address of a repository'
    ],
    'with a workflow with a ref': [
      'packages: [pkg:npm/a], repository: "https://github.com/o/r", workflow: "x.yml@main"',
      'expected the path of a workflow'
    ],
    'with a branch that is no ref': [
      'packages: [pkg:npm/a], repository: "https://github.com/o/r", ref: main',
      'expected a full ref'
    ],
    'with a builder with a ref': [
      'packages: [pkg:npm/a], repository: "https://github.com/o/r", builder: "https://github.com/o/r/x.yml@v1"',
      'expected the address of a reusable workflow'
    ],
    'with an unknown key': [
      'packages: [pkg:npm/a], repository: "https://github.com/o/r", workflows: x',
      'did you mean "workflow"?'
    ]
  } as const).map(([name, [rule, fault]]) => {
    return [`a publisher ${name}`, withSpec(`publishers: [{ ${rule} }]`), fault] as const
  }),
  ...Object.entries({
    'without packs': [`pubkeys: [${PUBKEY}]`, 'has no "packs"'],
    'without keys': ['packs: [zlib]', 'has no "pubkeys"'],
    'for no packs': [`packs: [], pubkeys: [${PUBKEY}]`, 'expected at least one entry'],
    'that are none': ['packs: [zlib], pubkeys: []', 'expected at least one entry'],
    'for a name with blanks': [
      `packs: ["a b"], pubkeys: [${PUBKEY}]`,
      'expected the name of a vendored folder'
    ],
    'that are too short': [
      'packs: [zlib], pubkeys: [RWQf6LRC]',
      'is 6 bytes instead of 42, expected a public key of minisign'
    ],
    'that are secret': [
      `packs: [zlib], pubkeys: [${Buffer.alloc(158, 'Ed').toString('base64')}]`,
      'is a secret key, which nobody else should have'
    ]
  } as const).map(([name, [rule, fault]]) => {
    return [`keys ${name}`, withSpec(`vendor: { keys: [{ ${rule} }] }`), fault] as const
  }),
  ['a flag that is none', withSpec('vendor: { allow-legacy: yes }'), 'expected true or false'],
  ['an empty file', '', 'line 1: "" is nothing, expected the keys "apiVersion", "kind", "spec"'],
  ['a list', '- a', 'is a list'],
  ['no kind', 'apiVersion: assay.dev/v1\nspec: {}', 'the file has no "kind"'],
  [
    'another kind',
    'apiVersion: assay.dev/v1\nkind: policy\nspec: {}',
    'line 2: "kind" is "policy"'
  ],
  [
    'another version',
    'apiVersion: assay.dev/v2\nkind: Policy\nspec: {}',
    'expected one of assay.dev/v1'
  ],
  ['an empty spec', 'apiVersion: assay.dev/v1\nkind: Policy\nspec:', 'line 3: "spec" is nothing'],
  [
    'metadata',
    'apiVersion: assay.dev/v1\nkind: Policy\nmetadata: {}\nspec: {}',
    'line 3: unknown key'
  ],
  [
    'a misspelt key',
    withSpec('exlude: []'),
    'line 4: unknown key "exlude" in "spec", did you mean "exclude"?'
  ],
  ['a key of another case', withSpec('failOn: high'), 'did you mean "fail-on"?'],
  ['a key of the prototype', withSpec('constructor: {}'), 'unknown key "constructor"'],
  ['its prototype', withSpec('__proto__: {}'), 'unknown key "__proto__"'],
  [
    'a misspelt severity',
    withSpec('fail-on: hihg'),
    'line 4: "spec.fail-on" is "hihg", expected one of'
  ],
  ['a severity of another case', withSpec('fail-on: High'), 'did you mean "high"?'],
  ['a threshold that is a flag', withSpec('fail-on: true'), '"spec.fail-on" is true'],
  ['a threshold that is nothing', withSpec('fail-on:'), '"spec.fail-on" is nothing'],
  [
    'what is proven wrong for nothing',
    withSpec('outcomes: { contradicted: ignore }'),
    'is "ignore"'
  ],
  ['an unknown outcome', withSpec('outcomes: { verified: high }'), 'unknown key "verified"'],
  ['outcomes as a list', withSpec('outcomes: []'), '"spec.outcomes" is a list'],
  ['rules as a list', withSpec('rules: [integrity/no-digest]'), '"spec.rules" is a list'],
  ['an unknown severity of a rule', withSpec('rules: { integrity/no-digest: none }'), 'is "none"'],
  ['waivers as a map', withSpec('waivers: {}'), 'expected a list'],
  ['a waiver that is text', withSpec('waivers: [integrity/no-digest]'), '"spec.waivers[0]" is'],
  ['a waiver without an end', waiver('subject: a'), 'line 5: "spec.waivers[0]" has no "expires"'],
  [
    'a waiver to a day that never comes',
    waiver('expires: 2027-02-30'),
    '"2027-02-30", expected the last day'
  ],
  ['a waiver to a month', waiver('expires: 2027-02'), 'expected the last day'],
  ['a waiver to a year', waiver('expires: 2027'), '"spec.waivers[0].expires" is 2027'],
  ['a waiver to a time', waiver('expires: 2027-01-31T00:00:00Z'), 'expected the last day'],
  [
    'a waiver for no reason',
    waiver('expires: 2027-01-31\n    reason: " "').replace('reason: known', ''),
    'expected why'
  ],
  [
    'a waiver of no subject',
    waiver('expires: 2027-01-31\n    subject: ""'),
    'expected the subject'
  ],
  [
    'a waiver of a number',
    waiver('expires: 2027-01-31\n    subject: 7'),
    'is 7, expected the subject'
  ],
  [
    'a waiver of the policy itself',
    withSpec('waivers:\n  - { rule: policy/expired-waiver, reason: a, expires: 2027-01-31 }'),
    'expected a rule that is not about the policy itself'
  ],
  [
    'an exception from patterns',
    withSpec('exclude: ["!a"]'),
    'line 4: "spec.exclude[0]" cannot be a pattern'
  ],
  ['a pattern that leads out', withSpec('exclude: [a/../../b]'), '".."'],
  ['a pattern of nothing', withSpec('exclude: [""]'), 'empty name'],
  ['a pattern of Windows', withSpec("exclude: ['a\\b']"), 'separated by "/"'],
  ['a number as a pattern', withSpec('exclude: [1]'), 'expected a pattern']
]

describe('a policy', () => {
  it.each(GOOD)('may have %s', async (_what, text) => {
    await expect(policyOf(text)).resolves.toBeDefined()
    expect(validate(parse(text))).toBe(true)
  })

  it.each(BAD)('may not have %s', async (_what, text, message) => {
    await expect(policyOf(text)).rejects.toMatchObject({
      code: 'POLICY_INVALID',
      message: expect.stringContaining(message)
    })
    expect(validate(parse(text))).toBe(false)
  })

  it('is read with its lines and defaults', async () => {
    const text = withSpec(
      [
        'fail-on: low',
        'outcomes:',
        '  absent: medium',
        'rules:',
        '  integrity/no-digest: off',
        'waivers:',
        '  - rule: integrity/digest-mismatch',
        '    subject: pkg:npm/left-pad@*',
        '    reason: rebuilt upstream',
        '    expires: 2027-01-31',
        'exclude: [examples/]'
      ].join('\n')
    )

    expect(await policyOf(text)).toEqual({
      failOn: 'low',
      outcomes: { contradicted: 'critical', absent: 'medium', unavailable: 'ignore' },
      rules: { 'integrity/no-digest': 'off' },
      waivers: [
        {
          rule: 'integrity/digest-mismatch',
          subject: 'pkg:npm/left-pad@*',
          reason: 'rebuilt upstream',
          expires: '2027-01-31',
          line: 10
        }
      ],
      exclude: ['examples/'],
      publishers: [],
      vendor: { allowLegacy: false, keys: [] }
    })
  })

  it('without a word is the default', async () => {
    const { source: _source, ...defaults } = DEFAULT_POLICY

    expect(await policyOf(GOOD[0]?.[1] ?? '')).toEqual(defaults)
  })
})

describe('a message', () => {
  it('names a rule that was probably meant', async () => {
    await expect(policyOf(withSpec('rules: { integrity/no-digets: low }'))).rejects.toMatchObject({
      message: expect.stringContaining(
        'line 4: there is no rule "integrity/no-digets", did you mean "integrity/no-digest"?'
      )
    })
    await expect(
      policyOf(withSpec('waivers: [{ rule: a/b, reason: x, expires: 2027-01-31 }]'))
    ).rejects.toMatchObject({ message: expect.stringContaining('docs/findings.md lists them') })
  })

  it('names everything that is wrong, in order, but no more than ten of it', async () => {
    const many = Array.from({ length: 15 }, (_, at) => `key-${at}: 1`).join('\n')

    const error = await policyOf(withSpec(`fail-on: x\n${many}`)).catch((thrown: unknown) => thrown)

    expect(error).toMatchObject({
      message: expect.stringMatching(
        /^Cannot use policy "\.github\/assay\.yml": line 4: .*; line 13: .*; and 6 more$/
      )
    })
  })
})

describe('hostile text', () => {
  it.each([
    ['an alias', 'a: &a [x]\nb: *a', 'line 2: found the alias "*a"'],
    ['a tag', 'a: !!js/function x', 'line 1: Unresolved tag'],
    [
      'a key twice',
      'kind: Policy\nkind: Policy',
      'line 2: found the key "kind" for the second time'
    ],
    ['two documents', 'kind: a\n---\nkind: b', 'found a second document'],
    ['damaged text', 'kind: "Policy', 'Missing closing "quote'],
    ['a key that is no text', '? [a]\n: b', 'found a key that is no text'],
    ['depth', '['.repeat(50) + ']'.repeat(50), 'levels deep'],
    ['great depth', '['.repeat(60_000), 'Cannot use policy'],
    ['size', ' '.repeat(MAX_POLICY_BYTES + 1), 'more than'],
    ['a control character', 'kind: \u0001', 'Cannot use policy']
  ])('with %s is an error', async (_what, text, message) => {
    await expect(policyOf(text)).rejects.toMatchObject({
      code: 'POLICY_INVALID',
      message: expect.stringContaining(message)
    })
  })

  it('takes no longer than its size', async () => {
    const started = performance.now()
    const keys = Array.from({ length: 12_000 }, (_, at) => `k${at}: 1`).join('\n')

    await expect(policyOf(keys)).rejects.toBeInstanceOf(InputError)

    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('is an InputError or a policy, whatever the text', async () => {
    const words = 'apiVersion,kind,spec,fail-on,waivers,exclude,rules,Policy,assay.dev/v1,high,off'
    const marks = [
      ': ',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      '*a',
      '&a ',
      '!x ',
      '|',
      '#',
      '?',
      '\t'
    ]
    const piece = fc.constantFrom(...words.split(','), ...marks)
    const text = fc.oneof(
      fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary', maxLength: 200 })
    )
    await fc.assert(
      fc.asyncProperty(text, async (given) => {
        const outcome = await policyOf(given).catch((error: unknown) => error)
        expect(Error.isError(outcome) && !(outcome instanceof InputError)).toBe(false)
      }),
      { numRuns: 300 }
    )
  })
})

it('agrees with its schema on policies made of parts', async () => {
  const word = fc.constantFrom(
    ...SEVERITIES,
    'none',
    'off',
    'ignore',
    'HIGH',
    '',
    null,
    3,
    true,
    []
  )
  const date = fc.constantFrom('2027-01-31', '2027-13-01', '2026-02-29', '2028-02-29', 'x', 5, null)
  const text = fc.constantFrom('a', ' ', '', 'integrity/no-digest', null, 1)
  const rule = fc.constantFrom('integrity/no-digest', 'policy/expired-waiver', 7)
  const spec = fc.record(
    {
      'fail-on': word,
      outcomes: fc.record({ contradicted: word, absent: word }, { requiredKeys: [] }),
      rules: fc.dictionary(fc.constant('integrity/no-digest'), word),
      waivers: fc.array(
        fc.record({ rule, subject: text, reason: text, expires: date }, { requiredKeys: ['rule'] }),
        { maxLength: 2 }
      ),
      exclude: fc.array(
        fc.constantFrom(
          'a',
          '/a',
          'a/',
          'a//b',
          './a',
          'a/..',
          '..a',
          '!a',
          '/!a',
          '/',
          '',
          '*',
          '**',
          5
        ),
        { maxLength: 2 }
      ),
      vendor: fc.record(
        {
          'allow-legacy': fc.constantFrom(true, false, 'yes'),
          keys: fc.array(
            fc.record({
              packs: fc.array(fc.constantFrom('zlib', '*', 'a b', '', 5), { maxLength: 2 }),
              pubkeys: fc.array(fc.constantFrom(PUBKEY, `${PUBKEY}A`, `x${PUBKEY.slice(1)}`, 5), {
                maxLength: 2
              })
            }),
            { maxLength: 2 }
          )
        },
        { requiredKeys: [] }
      )
    },
    { requiredKeys: [] }
  )

  await fc.assert(
    fc.asyncProperty(spec, async (given) => {
      const file = { apiVersion: 'assay.dev/v1', kind: 'Policy', spec: given }
      const accepted = await policyOf(JSON.stringify(file)).then(
        () => true,
        () => false
      )
      expect({ given, valid: validate(file) }).toEqual({ given, valid: accepted })
    }),
    { numRuns: 500 }
  )
})
