import { describe, expect, it } from '@jest/globals'
import { parseToml, tableOf } from '../../src/formats/toml.ts'

const FAULT = { code: 'LOCKFILE_SYNTAX', remedy: 'Run it again' } as const

function parsed(text: string): ReturnType<typeof parseToml> {
  return parseToml({ path: 'a.toml', text }, FAULT)
}

describe('parseToml', () => {
  it('gives tables in which no key is special', () => {
    const { value } = parsed('[__proto__]\npolluted = 1\n[constructor]\n')

    expect(Object.keys(value)).toEqual(['__proto__', 'constructor'])
    expect(tableOf(value['__proto__'])?.['polluted']).toBe(1)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(value['toString']).toBeUndefined()
  })

  it('names file, reason and line of a fault, without a piece of the file', () => {
    expect(() => parsed('a = 1\nb = "::error::\nc = 3')).toThrow(
      expect.objectContaining({
        code: 'LOCKFILE_SYNTAX',
        message: expect.stringMatching(/^Cannot parse "a\.toml" as TOML: [a-z ]+$/),
        remedy: 'Run it again',
        line: 2
      })
    )
  })

  it.each(['<<<<<<< HEAD', '>>>>>>> topic'])('names the conflict marker %s as such', (marker) => {
    expect(() => parsed(`a = 1\n${marker}\nb = 2\n`)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('conflict markers of an unfinished merge'),
        line: 2
      })
    )
  })
})

describe('a file whose keys make more tables than memory holds', () => {
  it.each([
    ['in one key', `a${'.a'.repeat(2_000_000)} = 1`],
    [
      'in many headers',
      Array.from({ length: 2000 }, (_, at) => `[c${at}${'.a'.repeat(1000)}]`).join('\n')
    ],
    ['in quoted keys', `"=#"${'."=#"'.repeat(1_500_000)} = 1`]
  ])('is refused, %s', (_where, text) => {
    expect(() => parsed(text)).toThrow(
      expect.objectContaining({ message: expect.stringContaining('1000000 dots in keys') })
    )
  })

  it('is not one that has dots in strings and comments', () => {
    const dots = '.'.repeat(700_000)

    const { value } = parsed(`a = "${dots}" # ${dots}\nb = """${dots}\n"""\nc = '${dots}'\n`)

    expect(Object.keys(value)).toEqual(['a', 'b', 'c'])
  })
})

describe('lineOf', () => {
  it('counts headers of one key through the file', () => {
    const { lineOf } = parsed(
      '# c\n[[package]]\na = 1\r\n\n  [[ package ]]\n[package . source]\n[[package]] # last\n[metadata]'
    )

    expect([0, 1, 2, 3].map((index) => lineOf('package', index))).toEqual([2, 5, 7, undefined])
    expect(lineOf('package.source')).toBe(6)
    expect(lineOf('metadata')).toBe(8)
    expect(lineOf('toString')).toBeUndefined()
  })

  it.each([
    ['a multi-line string', 'x = """\n[[package]]\n\\"""\n[[package]]"""""\n'],
    ['a multi-line literal', "x = '''\n[[package]]\n'' \"\"\"\n[[package]]'''\n"],
    ['a string behind an escaped quote', 'x = "\\\\\\" \'\'\'" # """\ny = """\n\n[[package]]"""\n'],
    ['a comment', '# """\n#[[package]]\n# [[package]]\nx = 1\n'],
    ['an array', 'x = [\n[["package"]],\n[[1]],\n]\n']
  ])('is not fooled by %s', (_name, text) => {
    const { lineOf } = parsed(`${text}[[package]]\n`)

    expect(lineOf('package', 0)).toBe(5)
    expect(lineOf('package', 1)).toBeUndefined()
  })

  it('takes time linear in the file', () => {
    const text = `x = """${'\\\\"'.repeat(200_000)}\n"""\n${'[[package]]\n'.repeat(100_000)}`

    expect(parsed(text).lineOf('package', 99_999)).toBe(100_002)
  })
})
