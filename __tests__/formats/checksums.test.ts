import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseChecksums } from '../../src/formats/checksums.ts'
import { cpuMs } from '../support/cpu-time.ts'

const A = 'ab'.repeat(32)
const B = 'cd'.repeat(32)
const LONG = 'ef'.repeat(64)

function read(text: string): ReturnType<typeof parseChecksums> {
  return parseChecksums('SHA256SUMS', text)
}

function failureOf(text: string): { readonly message: string; readonly line: number } {
  try {
    read(text)
  } catch (error) {
    return error as { readonly message: string; readonly line: number }
  }
  throw new Error('It was read')
}

function codeOf(text: string): unknown {
  try {
    read(text)
    return 'read'
  } catch (error) {
    return (error as { readonly code: unknown }).code
  }
}

describe('parseChecksums', () => {
  it.each([
    ['text', `${A}  app.tgz\n`, 'app.tgz'],
    ['binary', `${A} *app.tgz\n`, 'app.tgz'],
    ['no line end', `${A}  app.tgz`, 'app.tgz'],
    ['line ends of Windows', `${A}  app.tgz\r\n`, 'app.tgz'],
    ['a byte order mark', `\uFEFF${A}  app.tgz\n`, 'app.tgz'],
    ['upper case', `${A.toUpperCase()}  app.tgz\n`, 'app.tgz'],
    ['blanks in a name', `${A}   two  blanks \n`, ' two  blanks '],
    ['a star that belongs to the name', `${A}  *app\n`, '*app'],
    ['the folder itself in front', `${A}  ./dist/./app\n`, 'dist/app'],
    ['an escaped line break', `\\${A}  a\\nb\n`, 'a\nb'],
    ['an escaped backslash before an n', `\\${A}  a\\\\nb\n`, String.raw`a\nb`],
    ['an escaped carriage return', `\\${A}  a\\rb\n`, 'a\rb'],
    ['backslashes that are not escaped', `${A}  a\\nb\n`, String.raw`a\nb`],
    ['BSD', `SHA256 (app.tgz) = ${A}\n`, 'app.tgz'],
    ['BSD, brackets in a name', `SHA256 (a) = (b) = ${A}\n`, 'a) = (b'],
    ['BSD, escaped', `\\SHA256 (a\\nb) = ${A}\n`, 'a\nb'],
    ['a name of prototypes', `${A}  __proto__\n`, '__proto__'],
    ['another script', `${A}  файл-文件-😀\n`, 'файл-文件-😀']
  ])('reads a line with %s', (_, text, name) => {
    expect(read(text)).toEqual([{ name, digest: { algorithm: 'sha256', hex: A }, line: 1 }])
  })

  it('knows SHA-384 and SHA-512 by their length, or by their name', () => {
    const text = `${'12'.repeat(48)}  a\n${LONG}  b\nSHA512 (c) = ${LONG}\nSHA384 (d) = ${'34'.repeat(48)}\n`

    expect(read(text).map(({ name, digest }) => `${name} ${digest.algorithm}`)).toEqual([
      'a sha384',
      'b sha512',
      'c sha512',
      'd sha384'
    ])
  })

  it('passes over comments and empty lines, and counts them', () => {
    expect(read(`# made by hand\n\n${A}  a\n \n${B}  b\n`).map(({ line }) => line)).toEqual([3, 5])
  })

  it('takes a line twice as once, and several kinds of digests for one name', () => {
    const text = `${A}  a\n${A} *./a\n${LONG}  a\n`

    expect(read(text)).toEqual([
      { name: 'a', digest: { algorithm: 'sha256', hex: A }, line: 1 },
      { name: 'a', digest: { algorithm: 'sha512', hex: LONG }, line: 3 }
    ])
  })

  it.each([
    [
      'two checksums for one name',
      `${A}  a\n${B}  ./a\n`,
      2,
      'another checksum for "a" than in line 1'
    ],
    ['an absolute name', `${A}  /etc/passwd\n`, 1, 'the absolute name "/etc/passwd"'],
    ['a drive', `${A}  C:\\app.exe\n`, 1, 'the absolute name "C:\\app.exe"'],
    ['a share', `${A}  \\\\server\\app.exe\n`, 1, 'the absolute name "\\\\server\\app.exe"'],
    ['a name that leads out', `${A}  ../app\n`, 1, 'the name "../app"'],
    ['a name that leads out later', `${A}  a/../../app\n`, 1, 'the name "a/../../app"'],
    ['a name that leads out, escaped', `\\${A}  ..\\\\/../a\n`, 1, 'without empty parts'],
    ['an empty part', `${A}  a//b\n`, 1, 'the name "a//b"'],
    ['a folder', `${A}  dist/\n`, 1, 'the name "dist/"'],
    ['the folder itself', `${A}  .\n`, 1, 'a checksum without a name'],
    ['a pipe', `${A}  -\n`, 1, 'what came through a pipe'],
    ['no name', `${A}  \n`, 1, 'a checksum without a name'],
    ['one blank', `${A} app\n`, 1, 'no checksum'],
    ['words', `${A}  a\nhello\n`, 2, 'no checksum'],
    ['MD5', `${'ab'.repeat(16)}  a\n`, 1, '32 hex digits'],
    ['SHA-1', `${'ab'.repeat(20)}  a\n`, 1, '40 hex digits'],
    ['a digit too few', `${A.slice(1)}  a\n`, 1, '63 hex digits'],
    ['what is no hex', `${'xy'.repeat(32)}  a\n`, 1, 'no checksum'],
    ['BSD with MD5', `MD5 (a) = ${'ab'.repeat(16)}\n`, 1, 'of the kind "MD5"'],
    ['BSD with too much', `SHA256 (a) = ${A}0\n`, 1, 'no SHA256 in hex'],
    ['an escape that nobody writes', `\\${A}  a\\tb\n`, 1, 'escaped in a way nobody writes'],
    ['a lone escape at the end', `\\${A}  a\\\n`, 1, 'escaped in a way nobody writes'],
    ['zero-ended lines', `${A}  a\0${B}  b\0`, 1, '--zero'],
    ['bytes that are no text', `${A}  a\uFFFD\n`, 1, 'not UTF-8'],
    ['a line without end', `${A}  ${'a'.repeat(9000)}\n`, 1, 'more than 8192 characters']
  ])('refuses %s, and says where', (_, text, line, message) => {
    const failure = failureOf(text)

    expect(failure).toMatchObject({ code: 'CONFIG_SYNTAX', line })
    expect(failure.message).toContain(`Cannot parse "SHA256SUMS": line ${line}: `)
    expect(failure.message).toContain(message)
  })

  it('reads what sha256sum writes for any name', () => {
    const names = fc
      .array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), {
        minLength: 1,
        maxLength: 3
      })
      .map((parts) => parts.map((part) => part.replace(/[/\0]/g, '_')).join('/'))
      .filter(
        (name) => !/(?:^|\/)\.{0,2}(?:\/|$)/.test(name) && !/^(?:-$|[A-Za-z]:|\\\\)/.test(name)
      )
    fc.assert(
      fc.property(names, (name) => {
        expect(read(`${lineOf(name)}\n`)).toMatchObject([{ name }])
      })
    )
  })

  it('throws nothing but its own error, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(codeOf(text)).toMatch(/^(?:read|CONFIG_SYNTAX)$/)
      })
    )
  })

  it('takes no longer for lines that were made to', () => {
    const hostile = [`SHA256 (${') = '.repeat(500_000)}`, `\\${A}  ${'\\\\'.repeat(500_000)}`]
    const long = Array.from({ length: 100_000 }, (_, at) => `${A}  f${at}`).join('\n')

    const spent = cpuMs(() => {
      expect(hostile.map(codeOf)).toEqual(['CONFIG_SYNTAX', 'CONFIG_SYNTAX'])
      expect(read(long)).toHaveLength(100_000)
    })

    expect(spent).toBeLessThan(2000)
  })
})

/** As coreutils do it. */
function lineOf(name: string): string {
  if (!/[\\\n\r]/.test(name)) return `${A}  ${name}`
  return `\\${A}  ${name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}`
}
