import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { parseVendorLock, vendorPurl } from '../../src/formats/vendor-lock.ts'
import { testKey } from '../support/minisign.ts'

const SCHEMA = join(import.meta.dirname, '../../schema/vendor-lock-v1.schema.json')
const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile(
  JSON.parse(readFileSync(SCHEMA, 'utf8')) as object
)

const SHA = 'ab'.repeat(32)
const KEY = testKey('publisher').text
const HEAD = 'name: zlib\nversion: "1"\n'

function faultsOf(text: string): string {
  const lock = parseVendorLock(text)
  if ('name' in lock) return ''
  return lock.map(({ line, message }) => `${line}: ${message}`).join('\n')
}

it('names one file, or the place where its lock lies, by what is locked', () => {
  const one = parseVendorLock(`${HEAD}sha256: ${SHA}\n`)
  const two = parseVendorLock(
    `${HEAD}files:\n  - { path: b, sha256: ${SHA} }\n  - { path: a, sha256: ${SHA} }\n`
  )

  expect('name' in one && vendorPurl(one)).toBe(`pkg:generic/zlib@1?checksum=sha256:${SHA}`)
  expect('name' in two && vendorPurl(two)).toBe('pkg:generic/zlib@1')
  expect('name' in two && two.files.map(({ path }) => path)).toEqual(['a', 'b'])
})

describe('a lock', () => {
  it.each([
    ['an empty file', '', '1: "" is nothing'],
    ['a list', '- a', 'is a list'],
    [
      'a number as version',
      `name: a\nversion: 1.10\nsha256: ${SHA}`,
      '2: "version" is 1.1, expected a version in quotes'
    ],
    ['no digest', HEAD, '1: the file has neither "sha256" nor "files"'],
    [
      'a short digest',
      `${HEAD}sha256: abc`,
      '3: "sha256" is "abc", expected a SHA-256 in hex, in quotes'
    ],
    [
      'a digest that YAML takes for a number',
      `${HEAD}sha256: ${'1'.repeat(64)}`,
      'expected a SHA-256 in hex, in quotes'
    ],
    ['another digest', `${HEAD}sha256: ${'ab'.repeat(64)}`, 'expected a SHA-256 in hex, in quotes'],
    ['no files', `${HEAD}files: []`, '3: "files" is a list, expected at least one file'],
    [
      'too many files',
      `${HEAD}files:\n${`- { path: a, sha256: ${SHA} }\n`.repeat(2001)}`,
      'has 2001 entries, expected at most 2000'
    ],
    [
      'files and a file',
      `${HEAD}sha256: ${SHA}\nfiles: [{ path: a, sha256: ${SHA} }]`,
      '3: "sha256" is'
    ],
    [
      'a file twice',
      `${HEAD}files: [{ path: a, sha256: ${SHA} }, { path: a, sha256: ${SHA} }]`,
      'expected each file once'
    ],
    [
      'a misspelt key',
      `${HEAD}sha256: ${SHA}\npubkeys: x`,
      '4: unknown key "pubkeys", did you mean "pubkey"?'
    ],
    [
      'a secret key',
      `${HEAD}sha256: ${SHA}\npubkey: ${Buffer.alloc(158).toString('base64')}`,
      '4: "pubkey" is a secret key, which nobody else should have'
    ],
    [
      'a build key in capitals',
      `${HEAD}sha256: ${SHA}\nbuild_Image: x`,
      '4: unknown key "build_Image"'
    ],
    [
      '101 build keys',
      `${HEAD}sha256: ${SHA}\n${Array.from({ length: 101 }, (_, at) => `build_${at}: x\n`).join('')}`,
      'there are 101 keys that begin with "build_"'
    ],
    ['an alias', `${HEAD}sha256: &a ${SHA}\nlicense: *a`, 'found the alias "*a"'],
    ['a tag', `${HEAD}sha256: !hex ${SHA}`, 'Unresolved tag'],
    [
      'a key twice',
      `${HEAD}name: b\nsha256: ${SHA}`,
      '3: found the key "name" for the second time'
    ],
    ['two documents', `${HEAD}sha256: ${SHA}\n---\nname: b`, 'found a second document'],
    ['depth', '['.repeat(50) + ']'.repeat(50), 'levels deep'],
    ['a prototype', `${HEAD}sha256: ${SHA}\n__proto__: { a: b }`, '4: unknown key "__proto__"'],
    ['a constructor', `${HEAD}sha256: ${SHA}\nconstructor: x`, '4: unknown key "constructor"']
  ])('is not read with %s', (_, text, message) => {
    expect(faultsOf(text)).toContain(message)
  })

  it.each([
    '../a',
    'a/../../b',
    '/etc/passwd',
    './a',
    'a//b',
    'a/',
    '..',
    '.',
    'a\\b',
    'C:a',
    'a\u0000b',
    'a\nb',
    '.git/config',
    'x/.GIT/y',
    'vendor.lock.yaml',
    ''
  ])('names no file outside, or none: %j', (path) => {
    const files = JSON.stringify([{ path, sha256: SHA }])
    const signatures = JSON.stringify([{ path: 'a', sha256: SHA, signature: path }])

    expect(faultsOf(`${HEAD}files: ${files}`)).toContain('a path inside of the folder')
    expect(faultsOf(`${HEAD}files: ${signatures}`)).toContain('a path inside of the folder')
    expect(validate({ name: 'a', version: '1', files: [{ path, sha256: SHA }] })).toBe(false)
  })
})

it('agrees with its schema on locks made of parts', () => {
  const path = fc.constantFrom(
    'a',
    'a/b.c',
    ' a',
    '..a',
    '../a',
    '.git',
    '.gitignore',
    'a/',
    '',
    ' ',
    5
  )
  const sha256 = fc.constantFrom(SHA, SHA.toUpperCase(), 'ab', 5)
  const entry = fc.record({ path, sha256, signature: path }, { requiredKeys: ['path'] })
  const lock = fc.record(
    {
      name: fc.constantFrom('zlib', 'a/b', '@a/b', '../a', 'a b', '', 5),
      version: fc.constantFrom('1.0', '1:2~3', 'a b', '', 1),
      pubkey: fc.constantFrom(KEY, `untrusted comment: x\n${KEY}\n`, `${KEY} `, `${KEY}A`, '', 5),
      license: fc.constantFrom('MIT', ' ', 5),
      file: path,
      sha256,
      signature: path,
      files: fc.uniqueArray(entry, { maxLength: 2, selector: (one) => one.path }),
      build_image: fc.constantFrom('x', '', 5),
      build_Image: fc.constant('x')
    },
    { requiredKeys: ['name', 'version'] }
  )

  fc.assert(
    fc.property(lock, (given) => {
      const accepted = 'name' in parseVendorLock(JSON.stringify(given))
      expect({ given, valid: validate(given) }).toEqual({ given, valid: accepted })
    }),
    { numRuns: 3000 }
  )
})

it('reads the examples of its page', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/vendor-lock.md'), 'utf8')
  const examples = [...page.matchAll(/^```yaml\n(name:.*?)^```$/gms)].map((match) => match[1] ?? '')

  expect(examples).toHaveLength(2)
  expect(examples.map(faultsOf)).toEqual(['', ''])
})
