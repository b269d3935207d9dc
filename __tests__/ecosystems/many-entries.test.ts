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
