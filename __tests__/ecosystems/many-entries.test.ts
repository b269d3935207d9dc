import { expect, it } from '@jest/globals'
import { ECOSYSTEMS } from '../../src/ecosystems/index.ts'

const MANY = 150_000

const lines = (line: (index: number) => string): string =>
  Array.from({ length: MANY }, (_, index) => line(index)).join('\n')

/** More entries than a call may have arguments: each becomes a gap, and none ends the reading. */
it.each([
  {
    id: 'go',
    title: 'unknown directives',
    path: 'go.mod',
    text: `module example.com/m\ngo 1.99\n${lines((index) => `unknown${index} x`)}\n`
  },
  {
    id: 'cargo',
    title: 'unused patches',
    path: 'Cargo.lock',
    text: `version = 4\n${lines((index) => `[[patch.unused]]\nname = "a${index}"\nversion = "1.0.0"`)}\n`
  }
])('$id survives 150 000 $title', ({ id, path, text }) => {
  const ecosystem = ECOSYSTEMS.find((one) => one.id === id)
  const file = { path, text }

  const found = ecosystem?.extract(file, (name) => (name === path ? file : undefined))

  expect(found?.gaps.length).toBeGreaterThanOrEqual(MANY)
})

it('requirements survive 150 000 includes in one file', () => {
  const ecosystem = ECOSYSTEMS.find(({ id }) => id === 'requirements')
  const text = lines((index) => `-r requirements-${index}.txt`)

  const entries = ecosystem?.entryPoints?.(['requirements.txt'], (path) =>
    path === 'requirements.txt' ? { path, text } : undefined
  )

  expect(entries).toEqual(['requirements.txt'])
})

function listOf(item: string): string {
  return Array.from({ length: 20_000 }, (_, index) => `"${item}${index}"`).join(',')
}

it('pdm refuses extras that multiply to more than memory holds', () => {
  const pdm = ECOSYSTEMS.find(({ id }) => id === 'pdm')
  const text = `[metadata]\nlock_version = "4.5.0"\n[[package]]\nname = "a"\nversion = "1"\nextras = [${listOf('x')}]\ndependencies = [${listOf('b>')}]\n`

  expect(() => pdm?.extract({ path: 'pdm.lock', text }, () => undefined)).toThrow(
    expect.objectContaining({ code: 'LOCKFILE_SYNTAX' })
  )
})

it('pipenv finds an index among 5000 for each of 5000 packages', () => {
  const pipenv = ECOSYSTEMS.find(({ id }) => id === 'pipenv')
  const many = Array.from({ length: 5000 }, (_, index) => index)
  const sources = many.map((at) => ({ name: `s${at}`, url: `https://registry.example/${at}` }))
  const packages = Object.fromEntries(
    many.map((at) => [`p${at}`, { version: '==1', index: `s${at}` }])
  )
  const text = JSON.stringify({
    _meta: { 'pipfile-spec': 6, sources },
    default: packages,
    develop: {}
  })
  const started = performance.now()

  const found = pipenv?.extract({ path: 'Pipfile.lock', text }, () => undefined)

  expect(performance.now() - started).toBeLessThan(10_000)
  expect(found?.components.find(({ name }) => name === 'p4999')?.origin).toEqual({
    kind: 'registry',
    url: 'https://registry.example/4999'
  })
})
