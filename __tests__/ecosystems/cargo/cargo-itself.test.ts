import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { cargo } from '../../../src/ecosystems/cargo.ts'
import type { Component } from '../../../src/model/component.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures/ecosystems/cargo')

/** What `scripts/cargo-oracle.ts` wrote. */
interface Oracle {
  readonly members: readonly string[]
  readonly packages: Readonly<Record<string, readonly string[]>>
  readonly plainBuild: readonly string[]
  readonly allFeatures: readonly string[]
}

describe.each([
  { name: 'workspace', itself: undefined },
  { name: 'registries', itself: 'registries 0.1.0' },
  { name: 'version-1', itself: 'single 0.1.0' },
  { name: 'version-2', itself: 'single 0.1.0' },
  { name: 'version-3', itself: 'single 0.1.0' },
  { name: 'replace', lock: 'rust/Cargo.lock', itself: 'replacing 0.1.0' }
])('$name, compared with what Cargo says of it', ({ name, itself, lock = 'Cargo.lock' }) => {
  const oracle = JSON.parse(readFileSync(join(FIXTURES, name, 'cargo.json'), 'utf8')) as Oracle
  const { components, direct } = extracted(name, lock)
  const byPurl = new Map(components.map((component) => [component.purl, component]))

  it('has the same packages and edges', () => {
    const edges = components.map((component): [string, string[]] => [
      idOf(component),
      component.dependsOn.map((purl) => idOf(byPurl.get(purl))).sort()
    ])
    const expected = Object.entries(oracle.packages)
      .filter(([id]) => id !== itself)
      .map(([id, targets]): [string, string[]] => [
        shortened(id),
        // No component depends on itself, which a test may do.
        targets
          .filter((target) => target !== id && target !== itself)
          .map(shortened)
          .sort()
      ])

    expect(Object.fromEntries(edges)).toEqual(Object.fromEntries(expected))
  })

  it('has the same direct dependencies', () => {
    const asked = oracle.members.flatMap((member) => [member, ...(oracle.packages[member] ?? [])])
    const expected = new Set(asked.filter((id) => id !== itself).map(shortened))

    expect(direct.map((purl) => idOf(byPurl.get(purl))).sort()).toEqual([...expected].sort())
  })

  it('needs the same packages for a plain build, for all features, and for development', () => {
    const expected = components.map(({ name: crate, version }) => {
      const id = `${crate} ${version}`
      if (oracle.plainBuild.includes(id)) return `${id} runtime`
      return `${id} ${oracle.allFeatures.includes(id) ? 'optional' : 'development'}`
    })

    expect(
      components.map(({ name: crate, version, scope }) => `${crate} ${version} ${scope ?? ''}`)
    ).toEqual(expected)
  })
})

function extracted(name: string, lock: string): ReturnType<typeof cargo.extract> {
  const read = (path: string): { path: string; text: string } | undefined => {
    const absolute = join(FIXTURES, name, path)
    return existsSync(absolute) ? { path, text: readFileSync(absolute, 'utf8') } : undefined
  }
  const folders = ['crates/app', 'crates/second', 'crates/scratch', 'tools/xtask']
  const below = (folder: string): string[] =>
    folders.filter((one) => one.startsWith(folder)).map((one) => `${one}/Cargo.toml`)
  return cargo.extract(read(lock) ?? { path: lock, text: '' }, Object.assign(read, { below }))
}

/** Name, version and, but for crates.io and the checkout, where from. */
function idOf(component: Component | undefined): string {
  if (!component) return '?'
  const { name, version, origin } = component
  if (origin.kind === 'git') return `${name} ${version} ${origin.url} ${origin.commit ?? ''}`
  return `${name} ${version}${origin.kind === 'registry' && origin.url ? ` ${origin.url}` : ''}`
}

/** The same of `name version (source)`. */
function shortened(id: string): string {
  const [, package_ = id, source = ''] = /^(\S+ \S+) \((.*)\)$/.exec(id) ?? []
  const git = /^git\+([^?#]+).*#([0-9a-f]+)$/.exec(source)
  if (git) return `${package_} ${git[1] ?? ''} ${git[2] ?? ''}`
  if (source === '' || source.endsWith('/crates.io-index')) return package_
  return `${package_} ${source.replace(/^registry\+/, '')}`
}
