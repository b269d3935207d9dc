import { describe, expect, it } from '@jest/globals'
import { parseGoMod, parseGoWork } from '../../src/formats/go-mod.ts'

function mod(text: string): ReturnType<typeof parseGoMod> {
  return parseGoMod({ path: 'go.mod', text })
}

describe('the lexer', () => {
  it('ends an identifier where a comment begins', () => {
    const { requirements } = mod('require example.com/a v1.0.0//indirect')

    expect(requirements).toEqual([
      { path: 'example.com/a', version: 'v1.0.0', indirect: true, line: 1 }
    ])
  })

  it.each([
    ['// indirect', true],
    ['//indirect', true],
    ['// indirect; kept for a test', true],
    ['// indirectly', false],
    ['// not indirect', false],
    ['', false]
  ])('reads the comment %j as indirect: %j', (comment, indirect) => {
    expect(mod(`require a.example/b v1.0.0 ${comment}`).requirements[0]?.indirect).toBe(indirect)
  })

  it('takes a comment above a line for no mark of it', () => {
    expect(mod('require (\n// indirect\na.example/b v1.0.0\n)').requirements[0]?.indirect).toBe(
      false
    )
  })

  it('undoes quotes of both kinds', () => {
    const { replacements } = mod(
      'replace "a.example/b" => `./c:\\d`\nreplace e.example => "./f\\\\g"'
    )

    expect(replacements.map(({ by }) => by.path)).toEqual(['./c:\\d', './f\\g'])
  })

  it('reads blocks that open without a blank, are empty, or hold blank lines', () => {
    const text = 'require(\r\n\r\na.example/b v1.0.0\r\n)\r\nexclude ( ) // none\r\ntool ()\r\n'

    const { requirements, exclusions, tools } = mod(text)

    expect([requirements.length, requirements[0]?.line]).toEqual([1, 3])
    expect([exclusions, tools]).toEqual([[], []])
  })

  it.each([
    ['module a\n/* no */', 2, '/*'],
    ['module "a', 1, 'closing "'],
    ['module `a', 1, 'closing `'],
    ['module a\u0000', 1, 'not allowed'],
    ['require (\na.example/b v1.0.0\n', 1, 'the end of the file'],
    ['require (\n) a', 2, 'behind ")"'],
    ['require a.example/b (\n)', 1, 'a block'],
    ['module "a\\n"', 1, 'escape']
  ])('refuses %j at line %j', (text, line, reason) => {
    expect(() => mod(text)).toThrow(
      expect.objectContaining({
        code: 'LOCKFILE_SYNTAX',
        line,
        path: 'go.mod',
        message: expect.stringContaining(reason)
      })
    )
  })
})

describe('directives', () => {
  it('reads every form of replace', () => {
    const { replacements } = mod(
      'replace (\na.example => b.example v1.0.0\na.example v1.2.0 => ../c\nd.example => /e\n)'
    )

    expect(replacements).toEqual([
      { path: 'a.example', line: 2, by: { kind: 'module', path: 'b.example', version: 'v1.0.0' } },
      { path: 'a.example', version: 'v1.2.0', line: 3, by: { kind: 'folder', path: '../c' } },
      { path: 'd.example', line: 4, by: { kind: 'folder', path: '/e' } }
    ])
  })

  it('reads retractions of one version and of an interval', () => {
    const { retractions } = mod('retract v1.0.0\nretract [v1.1.0, v1.2.0] // broken')

    expect(retractions).toEqual([
      { low: 'v1.0.0', high: 'v1.0.0', line: 1 },
      { low: 'v1.1.0', high: 'v1.2.0', line: 2 }
    ])
  })

  it('reads tools, ignored folders, the language and the toolchain', () => {
    const text = 'go 1.25rc1\ntoolchain go1.25.1\ntool a.example/cmd/b\nignore ./c\ngodebug x=1'

    expect(mod(text)).toMatchObject({
      go: { version: '1.25rc1', line: 1 },
      toolchain: 'go1.25.1',
      tools: [{ path: 'a.example/cmd/b', line: 3 }],
      ignored: [{ path: './c', line: 4 }],
      unknown: []
    })
  })

  it('keeps what it does not know', () => {
    expect(mod('pin a b\n').unknown).toEqual([{ verb: 'pin', line: 1 }])
  })

  it('knows in go.work only what belongs there', () => {
    const text = 'go 1.26\nuse (\n./a\n"./b"\n)\nreplace a.example => ./c\nrequire a.example v1.0.0'

    expect(parseGoWork({ path: 'go.work', text })).toMatchObject({
      uses: [
        { path: './a', line: 3 },
        { path: './b', line: 4 }
      ],
      replacements: [{ path: 'a.example' }],
      unknown: [{ verb: 'require', line: 7 }]
    })
  })

  it.each([
    ['require a.example', 'require path version'],
    ['require a.example v1.0.0 v2.0.0', 'require path version'],
    ['replace a.example b.example v1.0.0', '=>'],
    ['replace a.example => b.example', 'without a version'],
    ['replace a.example => b.example v1.0.0 c', '=>'],
    ['retract [v1.0.0', 'retract'],
    ['retract', 'retract'],
    ['module a\nmodule b', 'second module'],
    ['go 1.20\ngo 1.21', 'second go'],
    ['toolchain a\ntoolchain b', 'second toolchain'],
    ['go one', 'such as 1.24.0'],
    ['tool', 'one argument']
  ])('refuses %j', (text, reason) => {
    expect(() => mod(text)).toThrow(
      expect.objectContaining({
        code: 'LOCKFILE_SYNTAX',
        line: text.split('\n').length,
        message: expect.stringContaining(reason)
      })
    )
  })

  it('stays linear on a line of a million tokens', () => {
    expect(() => mod(`require ${'( '.repeat(1_000_000)}`)).toThrow(
      expect.objectContaining({ code: 'LOCKFILE_SYNTAX' })
    )
    expect(mod(`ignore ${'a'.repeat(4_000_000)}`).ignored).toHaveLength(1)
  })
})
