import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { cpuMs } from '../../support/cpu-time.ts'
import { parseRequirementsFile } from '../../../src/formats/python/requirements-file.ts'

it('tells requirements, includes and options apart', () => {
  const { requirements, includes, options } = parseRequirementsFile(
    [
      '-rbase.txt',
      '--requirement "with space.txt"',
      '-c=limits.txt',
      '--index-url=https://a.example/simple # ours',
      '-f ./wheels',
      '-e .[dev]',
      'demo==1.0 --global-option="-x" --config-settings a=b',
      'url @ https://a.example/x#y # comment'
    ].join('\n')
  )

  expect(includes).toEqual([
    { kind: 'requirement', path: 'base.txt', line: 1 },
    { kind: 'requirement', path: 'with space.txt', line: 2 },
    { kind: 'constraint', path: 'limits.txt', line: 3 }
  ])
  expect(options).toEqual([
    { name: 'index-url', value: 'https://a.example/simple', line: 4 },
    { name: 'find-links', value: './wheels', line: 5 }
  ])
  expect(requirements.map(({ text, editable, line }) => [text, editable, line])).toEqual([
    ['.[dev]', true, 6],
    ['demo==1.0', false, 7],
    ['url @ https://a.example/x#y', false, 8]
  ])
})

it('joins continued lines, and knows the line of every hash', () => {
  const { requirements } = parseRequirementsFile(
    'demo==1.0 \\\n    --hash=sha256:aa \\\n    --hash sha256:bb\nnext==1 \\\n# a comment ends it\nlast==1 \\'
  )

  expect(requirements).toEqual([
    {
      text: 'demo==1.0',
      editable: false,
      line: 1,
      via: [],
      hashes: [
        { hash: 'sha256:aa', line: 2 },
        { hash: 'sha256:bb', line: 3 }
      ]
    },
    expect.objectContaining({ text: 'next==1', line: 4 }),
    expect.objectContaining({ text: 'last==1', line: 6 })
  ])
})

it('reads who needs a package out of the comments of pip-compile and uv', () => {
  const { requirements } = parseRequirementsFile(
    [
      'a==1',
      '    # via b',
      'c==1    # via -r app.in, d',
      'e==1 \\',
      '    --hash=sha256:aa',
      '    # via',
      '    #   -r app.in',
      '    #   app (pyproject.toml)',
      '',
      '# via nobody',
      'f==1',
      '# no list'
    ].join('\n')
  )

  expect(requirements.map(({ text, via }) => [text, via])).toEqual([
    ['a==1', ['b']],
    ['c==1', ['-r app.in', 'd']],
    ['e==1', ['-r app.in', 'app (pyproject.toml)']],
    ['f==1', []]
  ])
})

it('takes any text, in time that does not run away', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
      parseRequirementsFile(text)
    })
  )
  const texts = [
    'x \\\n'.repeat(200_000),
    `x ${' --hash'.repeat(200_000)}`,
    `x${' '.repeat(500_000)}#`,
    '#'.repeat(1_000_000),
    `x # via ${','.repeat(500_000)}`
  ]

  expect(cpuMs(() => texts.forEach(parseRequirementsFile))).toBeLessThan(3000)
})
