import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'

const ROOT = join(import.meta.dirname, '..')
const PAGES = globSync(['*.md', 'docs/**/*.md', '.github/**/*.md'], { cwd: ROOT }).map((path) =>
  path.replaceAll('\\', '/')
)

function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

it('sees the pages', () => {
  expect(PAGES).toEqual(expect.arrayContaining(['README.md', 'docs/policy.md']))
})

describe.each(PAGES)('%s', (page) => {
  it('links to files and headings that exist', () => {
    const targets = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
    const broken = targets.filter((target) => {
      if (/^(https?|mailto):/.test(target)) return false
      const [file = '', anchor] = target.split('#')
      const path = file === '' ? page : join(dirname(page), file)
      if (!existsSync(join(ROOT, path))) return true
      return anchor !== undefined && !anchorsOf(textOf(path)).includes(anchor)
    })
    expect(broken).toEqual([])
  })
})

/** As GitHub makes them of headings. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-')
  )
}

it('numbers decisions once, and the title has the number', () => {
  const names = globSync('docs/decisions/[0-9]*.md', { cwd: ROOT }).map((path) => basename(path))
  const numbers = names.map((name) => name.slice(0, 4)).sort()

  expect(numbers).toEqual([...new Set(numbers)])
  expect(numbers.length).toBeGreaterThan(10)
  expect(
    names.filter((name) => !textOf(`docs/decisions/${name}`).startsWith(`# ${name.slice(0, 4)}: `))
  ).toEqual([])
})

it('keeps the architecture to a page that is read', () => {
  expect(textOf('ARCHITECTURE.md').split('\n').length).toBeLessThanOrEqual(200)
})
