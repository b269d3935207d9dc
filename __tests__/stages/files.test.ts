import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { checkoutFiles } from '../../src/host/files.ts'
import type { SignSettings } from '../../src/model/settings.ts'
import type { FileSubject } from '../../src/model/subject.ts'
import { files } from '../../src/stages/files.ts'
import type { RunContext, StageResult } from '../../src/stages/stage.ts'
import { fakeHost } from '../support/fake-host.ts'
import { runContext, SETTINGS } from '../support/run-context.ts'

let root: string

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'assay-files-')))
})

afterEach(() => rmSync(root, { recursive: true }))

function write(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), `bytes of ${path}`)
  }
}

function list(text: string, path = 'SHA256SUMS'): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

function hash(path: string, algorithm = 'sha256'): string {
  return createHash(algorithm).update(`bytes of ${path}`).digest('hex')
}

function contextWith(sign: Partial<SignSettings>, signal?: AbortSignal): RunContext {
  const settings = { path: root, out: join(root, 'report'), sign: { ...SETTINGS.sign, ...sign } }
  const context = runContext({ ...fakeHost(), files: checkoutFiles(root) }, settings)
  return signal ? { ...context, signal } : context
}

function find(sign: Partial<SignSettings>): Promise<StageResult<readonly FileSubject[]>> {
  return files.run(contextWith(sign), {})
}

async function namesOf(...subjectPaths: readonly string[]): Promise<readonly string[]> {
  const { output } = await find({ subjectPaths })
  return output.map(({ subject }) => subject.name)
}

describe('subject-path', () => {
  it('gives each file with the SHA-256 of its bytes, sorted, once', async () => {
    write('dist/b.tgz', 'dist/a.tgz', 'README.md')

    const { output, findings, evidence, stats } = await find({
      subjectPaths: ['dist/*', 'dist/b.tgz', './dist/a.tgz']
    })

    expect(output).toEqual(
      ['dist/a.tgz', 'dist/b.tgz'].map((path) => ({
        subject: { name: path, digest: { algorithm: 'sha256', hex: hash(path) } },
        path
      }))
    )
    expect(findings).toEqual([])
    expect(evidence).toEqual([])
    expect(stats).toEqual({ files: 2, compared: 0, mismatched: 0 })
  })

  it.each([
    [['dist/*'], ['dist/a.js', 'dist/a.js.map']],
    [['dist/**'], ['dist/a.js', 'dist/a.js.map', 'dist/deep/b.js']],
    [['dist/'], ['dist/a.js', 'dist/a.js.map', 'dist/deep/b.js']],
    [['**/*.js'], ['dist/a.js', 'dist/deep/b.js', 'top.js']],
    [['*.js'], ['top.js']],
    [['top.js'], ['top.js']],
    [['dist/?.js'], ['dist/a.js']],
    [
      ['dist/**', '!**/*.map'],
      ['dist/a.js', 'dist/deep/b.js']
    ],
    [
      ['!**/*.map', 'dist/**'],
      ['dist/a.js', 'dist/deep/b.js']
    ],
    [
      ['dist/**', '!dist/deep/'],
      ['dist/a.js', 'dist/a.js.map']
    ],
    [['d*/**/b.js'], ['dist/deep/b.js']],
    [['node_modules/p/*.js'], ['node_modules/p/x.js']],
    [['dist/a.js', '!nothing/*'], ['dist/a.js']]
  ])('%j means %j', async (patterns, expected) => {
    write('dist/a.js', 'dist/a.js.map', 'dist/deep/b.js', 'top.js', 'node_modules/p/x.js')
    write('.git/x.js', 'report/old.js')

    expect(await namesOf(...patterns)).toEqual(expected)
  })

  it('takes an absolute pattern below the checkout', async () => {
    write('dist/a.js')

    expect(await namesOf(`${root}/dist/*.js`)).toEqual(['dist/a.js'])
  })

  it.each([
    ['/etc/passwd', 'leads out of the checkout'],
    ['../x', 'has an empty name, "." or ".."'],
    ['dist/../../x', 'has an empty name, "." or ".."'],
    ['dist//x', 'has an empty name, "." or ".."'],
    ['dist/[ab].js', 'has a set of characters'],
    ['dist/*.{js,map}', 'has a set of characters'],
    [String.raw`dist\x`, 'folders are separated by "/"'],
    ['!dist/*', 'only takes away'],
    ['a'.repeat(2000), 'is longer than 1024 characters']
  ])('refuses %s', async (pattern, why) => {
    write('dist/a.js')

    await expect(find({ subjectPaths: [pattern] })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining(why) as unknown
    })
  })

  it.each([['dist/*.zip'], ['nothing'], ['.git/config'], ['report/*'], ['**/x.js']])(
    'ends the run where %s matches nothing, other patterns or not',
    async (pattern) => {
      write('dist/a.js', '.git/config', 'report/old.js', 'node_modules/p/x.js')

      await expect(find({ subjectPaths: ['dist/*', pattern] })).rejects.toMatchObject({
        code: 'INPUT_INVALID',
        message: `Cannot sign "${pattern}" of \`subject-path\`: found no file of the checkout that it matches`
      })
    }
  )

  it('ends the run where all that matches is taken away again', async () => {
    write('dist/a.js')

    await expect(find({ subjectPaths: ['dist/*', '!**/*.js'] })).rejects.toThrow('found no file')
  })

  it('says how to mean the files of a folder', async () => {
    write('dist/a.js')

    await expect(find({ subjectPaths: ['dist'] })).rejects.toMatchObject({
      remedy: 'Write `dist/*` for the files in this folder'
    })
  })

  it('follows no link out of the checkout, and says what it passed over', async () => {
    write('dist/a.js', 'other/b.js')
    symlinkSync('/etc/passwd', join(root, 'dist/out'))
    symlinkSync('../other', join(root, 'dist/folder'))
    symlinkSync('a.js', join(root, 'dist/inside'))

    const { output, section } = await find({ subjectPaths: ['dist/**'] })

    expect(output.map(({ subject }) => subject)).toEqual([
      { name: 'dist/a.js', digest: { algorithm: 'sha256', hex: hash('dist/a.js') } },
      { name: 'dist/inside', digest: { algorithm: 'sha256', hex: hash('dist/a.js') } }
    ])
    expect(section?.blocks).toContainEqual({
      kind: 'list',
      items: [{ code: 'dist/folder' }, { code: 'dist/out' }]
    })
  })

  it('signs at most 1024 files', async () => {
    write(...Array.from({ length: 1025 }, (_, at) => `dist/${at}`))

    await expect(find({ subjectPaths: ['dist/*'] })).rejects.toThrow(
      'Cannot sign 1025 files: a statement is about at most 1024'
    )
  })

  it('stops when the run is ended', async () => {
    write('dist/a.js')
    const context = contextWith({ subjectPaths: ['dist/*'] }, AbortSignal.abort())

    await expect(files.run(context, {})).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})

describe('subject-checksums', () => {
  it('holds files to the list: those that lie beside it, and those from the root', async () => {
    write('dist/app', 'dist/deep/lib')
    list(`${hash('dist/app')}  app\n${hash('dist/deep/lib')}  dist/deep/lib\n`, 'dist/SHA256SUMS')

    const { output, evidence, stats } = await find({ subjectChecksums: 'dist/SHA256SUMS' })

    expect(output.map(({ path }) => path)).toEqual(['dist/app', 'dist/deep/lib'])
    expect(evidence).toEqual([
      expect.objectContaining({
        subject: 'dist/app',
        kind: 'digest',
        outcome: 'verified',
        detail: `"dist/app" has sha256:${hash('dist/app')}, as line 1 of the list of checksums says`
      }),
      expect.objectContaining({ subject: 'dist/deep/lib', outcome: 'verified' })
    ])
    expect(stats).toEqual({ files: 2, compared: 2, mismatched: 0 })
  })

  it('knows a file by the name that the list has for it, or by its path where two have that name', async () => {
    write('dist/app', 'dist/lib', 'app')
    list(`${hash('dist/app')}  app\n${hash('dist/lib')}  lib\n`, 'dist/SHA256SUMS')

    const { output } = await find({ subjectPaths: ['app'], subjectChecksums: 'dist/SHA256SUMS' })

    expect(output.map(({ subject, path }) => [subject.name, path])).toEqual([
      ['app', 'app'],
      ['dist/app', 'dist/app'],
      ['lib', 'dist/lib']
    ])
  })

  it('names a file that was compared by its SHA-256, whatever the list has', async () => {
    write('app')
    list(`${hash('app', 'sha512')}  app\n`)

    const { output } = await find({ subjectChecksums: 'SHA256SUMS' })

    expect(output).toEqual([
      { subject: { name: 'app', digest: { algorithm: 'sha256', hex: hash('app') } }, path: 'app' }
    ])
  })

  it('takes the word of the list for what is not in the checkout, and says so', async () => {
    list(`${'ab'.repeat(32)}  elsewhere/app\n${'cd'.repeat(64)}  elsewhere/lib\n`)

    const { output, evidence, section } = await find({ subjectChecksums: 'SHA256SUMS' })

    expect(output).toEqual([
      { subject: { name: 'elsewhere/app', digest: { algorithm: 'sha256', hex: 'ab'.repeat(32) } } },
      { subject: { name: 'elsewhere/lib', digest: { algorithm: 'sha512', hex: 'cd'.repeat(64) } } }
    ])
    expect(evidence).toEqual([])
    expect(JSON.stringify(section)).toContain('2 files of the list are not in the checkout')
  })

  it('leaves out what has other bytes, even where a pattern means it, and finds so', async () => {
    write('dist/app', 'dist/lib')
    list(`# made before\n${'ab'.repeat(32)}  dist/app\n`)

    const { output, findings, evidence } = await find({
      subjectPaths: ['dist/*'],
      subjectChecksums: 'SHA256SUMS'
    })

    expect(output.map(({ path }) => path)).toEqual(['dist/lib'])
    expect(findings).toEqual([
      expect.objectContaining({
        rule: expect.objectContaining({ id: 'files/checksum-mismatch' }) as unknown,
        severity: 'critical',
        subject: 'dist/app',
        message: `"dist/app" has sha256:${hash('dist/app')}, expected sha256:${'ab'.repeat(32)}, as line 2 of the list of checksums says`,
        locations: [{ path: 'SHA256SUMS', line: 2 }],
        evidence
      })
    ])
    expect(evidence).toEqual([expect.objectContaining({ outcome: 'contradicted' })])
  })

  it('is not content with one digest of two that matches', async () => {
    write('app')
    list(`${hash('app')}  app\n${'cd'.repeat(64)}  app\n`)

    const { output, findings } = await find({ subjectChecksums: 'SHA256SUMS' })

    expect(output).toEqual([])
    expect(findings).toHaveLength(1)
  })

  it('takes the one of two files of a name that matches', async () => {
    write('dist/app', 'app')
    list(`${hash('app')}  app\n`, 'dist/SHA256SUMS')

    const { output, findings } = await find({ subjectChecksums: 'dist/SHA256SUMS' })

    expect(output.map(({ path }) => path)).toEqual(['app'])
    expect(findings).toEqual([])
  })

  it('does not take the word of the list for a link that leads out', async () => {
    symlinkSync('/etc/passwd', join(root, 'app'))
    list(`${hash('app')}  app\n`)

    await expect(find({ subjectChecksums: 'SHA256SUMS' })).rejects.toMatchObject({
      code: 'FILE_UNREADABLE'
    })
  })

  it.each([
    ['that is not there', undefined, 'there is no such file in the checkout'],
    ['with nothing in it', '# nothing\n', 'there is no checksum in it']
  ])('ends the run over a list %s', async (_, text, why) => {
    if (text !== undefined) list(text)

    await expect(find({ subjectChecksums: 'SHA256SUMS' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: `Cannot read "SHA256SUMS" of \`subject-checksums\`: ${why}`
    })
  })

  it.each([['../SHA256SUMS'], ['/etc/passwd'], ['.git/config']])(
    'reads no list at %s',
    async (path) => {
      write('.git/config')

      await expect(find({ subjectChecksums: path })).rejects.toThrow('no such file in the checkout')
    }
  )
})

it('has nothing to do when no file is named, and then hands over none', () => {
  expect(files.skipReason?.(contextWith({}))).toBe('not asked for')
  expect(files.skipReason?.(contextWith({ subjectPaths: ['x'] }))).toBeUndefined()
  expect(files.skipReason?.(contextWith({ subjectChecksums: 'x' }))).toBeUndefined()
  expect(files.idle).toEqual([])
})
