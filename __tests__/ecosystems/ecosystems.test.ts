import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type {
  Ecosystem,
  Extraction,
  ReadSibling,
  SourceFile
} from '../../src/ecosystems/ecosystem.ts'
import { ECOSYSTEMS } from '../../src/ecosystems/index.ts'
import { ParseError } from '../../src/model/errors.ts'
import { expectGolden } from '../support/golden.ts'

const SOURCES = join(import.meta.dirname, '../../src/ecosystems')
const FIXTURES = join(import.meta.dirname, '../fixtures/ecosystems')

it('registers every ecosystem module', () => {
  const modules = readdirSync(SOURCES)
    .map((name) => name.replace(/\.ts$/, ''))
    .filter((name) => !['index', 'ecosystem'].includes(name))

  expect(ECOSYSTEMS.map((ecosystem) => ecosystem.id).sort()).toEqual([...new Set(modules)].sort())
})

/**
 * One folder a case: a small checkout, and `expected.json` with what each entry point gives. A folder
 * whose name ends in `-refused` expects a ParseError instead.
 */
describe.each(ECOSYSTEMS.map((ecosystem) => [ecosystem.id, ecosystem] as const))(
  '%s',
  (id, ecosystem) => {
    const folder = join(FIXTURES, id)
    const cases = existsSync(folder) ? readdirSync(folder) : []

    it('has fixtures', () => {
      expect(cases.length).toBeGreaterThan(0)
    })

    it.each(cases)('%s', (name) => {
      expectGolden(join(folder, name, 'expected.json'), extractAll(ecosystem, join(folder, name)))
    })

    it('throws nothing but ParseError, whatever the bytes', () => {
      const lockfiles = cases.flatMap((name) => entryPointsIn(ecosystem, join(folder, name)).files)
      const anyText = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.json(),
        mutated(lockfiles.map(({ text }) => text))
      )

      fc.assert(
        fc.property(fc.constantFrom(...lockfiles), anyText, ({ path }, text) => {
          expect(disorderOf(() => ecosystem.extract({ path, text }, () => undefined))).toBe('')
        }),
        { numRuns: 300 }
      )
    })
  }
)

/** What is wrong with the answer to damaged input: another error than ParseError, duplicates, disorder. */
function disorderOf(extract: () => Extraction): string {
  try {
    const purls = extract().components.map(({ purl }) => purl)
    return purls.join() === [...new Set(purls)].sort().join() ? '' : `not sorted: ${purls.join()}`
  } catch (error) {
    return error instanceof ParseError ? '' : String(error)
  }
}

function readerOf(root: string): ReadSibling {
  const read = (path: string): SourceFile | undefined => {
    const absolute = join(root, path)
    if (path.split('/').includes('..') || !existsSync(absolute) || !statSync(absolute).isFile())
      return undefined
    return { path, text: readFileSync(absolute, 'utf8') }
  }
  const below = (folder: string): string[] =>
    filesBelow(root).filter((path) => folder === '' || path.startsWith(`${folder}/`))
  return Object.assign(read, { below })
}

function entryPointsIn(
  ecosystem: Ecosystem,
  root: string
): { files: { path: string; text: string }[]; read: ReadSibling } {
  const read = readerOf(root)
  const named = filesBelow(root).filter((path) =>
    ecosystem.recognises(path.slice(path.lastIndexOf('/') + 1))
  )
  const paths = ecosystem.entryPoints?.(named, read) ?? named
  return { files: paths.map((path) => read(path) ?? { path, text: '' }), read }
}

function filesBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => statSync(join(root, path)).isFile())
    .sort()
}

function extractAll(ecosystem: Ecosystem, root: string): unknown {
  const { files, read } = entryPointsIn(ecosystem, root)
  return Object.fromEntries(
    files.map((file) => {
      try {
        return [file.path, ecosystem.extract(file, read)]
      } catch (error) {
        if (!(error instanceof ParseError)) throw error
        return [
          file.path,
          { refused: error.code, message: error.message, remedy: error.remedy, line: error.line }
        ]
      }
    })
  )
}

/** Real lockfiles with a piece cut out, doubled or replaced. */
function mutated(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.nat(), fc.nat(200), fc.string({ unit: 'binary' }))
    .map(([text, seed, length, filler]) => {
      const at = seed % (text.length + 1)
      return text.slice(0, at) + filler + text.slice(at + length)
    })
}
