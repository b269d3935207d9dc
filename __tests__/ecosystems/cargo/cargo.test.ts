import { describe, expect, it } from '@jest/globals'
import { cargo } from '../../../src/ecosystems/cargo.ts'
import type { Extraction } from '../../../src/ecosystems/ecosystem.ts'

const CRATES_IO = 'registry+https://github.com/rust-lang/crates.io-index'

type Files = Readonly<Record<string, string>>

/** What is found in a checkout of these files, whose lock lies at the root. */
function extracted(files: Files, { listed = true } = {}): Extraction {
  const read = (path: string): { path: string; text: string } | undefined =>
    Object.hasOwn(files, path) ? { path, text: files[path] ?? '' } : undefined
  const below = (folder: string): string[] =>
    Object.keys(files).filter((path) => folder === '' || path.startsWith(`${folder}/`))
  const text = files['Cargo.lock'] ?? ''
  return cargo.extract({ path: 'Cargo.lock', text }, Object.assign(read, listed ? { below } : {}))
}

function locked(name: string, dependencies: readonly string[] = [], more = ''): string {
  const source = more === '' ? '' : `${more}\n`
  return `[[package]]\nname = "${name}"\nversion = "1.0.0"\n${source}dependencies = ${JSON.stringify(dependencies)}\n`
}

function fromCratesIo(name: string, dependencies: readonly string[] = []): string {
  return locked(name, dependencies, `source = "${CRATES_IO}"`)
}

function manifest(name: string, more = ''): string {
  return `[package]\nname = "${name}"\nversion = "1.0.0"\n${more}`
}

function scopesOf(extraction: Extraction): Record<string, string | undefined> {
  return Object.fromEntries(extraction.components.map(({ name, scope }) => [name, scope]))
}

describe('the lock', () => {
  it.each([
    ['a path', '../../etc'],
    ['a URL', 'a/b?c#d'],
    ['nothing', ''],
    ['very long', 'a'.repeat(1000)],
    ['a command', '\\n::error::x']
  ])('refuses a name that is %s', (_what, name) => {
    const { components, gaps } = extracted({ 'Cargo.lock': fromCratesIo(name) })

    expect(components).toEqual([])
    expect(gaps[0]?.reason).toBe('name or version is not one that Cargo allows')
  })

  it('takes names that JavaScript has a meaning for', () => {
    const { components } = extracted({
      'Cargo.lock': ['__proto__', 'constructor', 'toString']
        .map((name) => fromCratesIo(name, ['constructor']))
        .join('\n')
    })

    expect(components.map(({ name, dependsOn }) => [name, dependsOn])).toEqual([
      ['__proto__', ['pkg:cargo/constructor@1.0.0']],
      ['constructor', []],
      ['toString', ['pkg:cargo/constructor@1.0.0']]
    ])
  })

  it.each([
    ['a dependency that is not listed', ['gone'], 'gone'],
    ['a dependency that two packages could be', ['twice'], 'twice'],
    ['a dependency in a version that is not listed', ['a 2.0.0'], 'a 2.0.0']
  ])('leaves a gap for %s', (_what, dependencies, name) => {
    const lock = [
      fromCratesIo('a', dependencies),
      fromCratesIo('twice'),
      locked('twice', [], 'source = "sparse+https://registry.example/"')
    ].join('\n')

    const { gaps } = extracted({ 'Cargo.lock': lock })

    expect(gaps.filter((gap) => gap.name === name)).toEqual([
      {
        name,
        reason: 'dependency of a 1.0.0 that the lock does not list',
        location: { path: 'Cargo.lock', line: 1 }
      }
    ])
  })

  it.each([
    ['directory+file:///vendor'],
    ['registry+no-address'],
    ['git+'],
    ['nonsense'],
    ['registry+https://']
  ])('leaves a gap for the source %s', (source) => {
    const { components, gaps } = extracted({
      'Cargo.lock': locked('a', [], `source = "${source}"`)
    })

    expect(components).toEqual([])
    expect(gaps[0]?.reason).toContain(`its source is of no kind that a lock can hold: ${source}`)
  })

  it('keeps credentials of sources to itself', () => {
    const { components } = extracted({
      'Cargo.lock': [
        locked('a', [], 'source = "sparse+https://user:p@ss@registry.example/i/"'),
        locked('b', [], `source = "git+ssh://git:pass@git.example/b#${'a'.repeat(40)}"`)
      ].join('\n')
    })

    expect(JSON.stringify(components)).not.toMatch(/pass|p@ss|user/)
    expect(components.map(({ origin }) => origin)).toEqual([
      { kind: 'registry', url: 'sparse+https://registry.example/i/' },
      { kind: 'git', url: 'ssh://git@git.example/b', commit: 'a'.repeat(40) }
    ])
  })

  it('keeps a registry package without a checksum as a file that nothing pins', () => {
    const { components } = extracted({ 'Cargo.lock': fromCratesIo('a') })

    expect(components[0]?.files).toEqual([
      { name: 'a-1.0.0.crate', digests: [], location: { path: 'Cargo.lock', line: 1 } }
    ])
  })

  it('reads locks of the time when the root had a table of its own', () => {
    const { components, gaps } = extracted({
      'Cargo.lock': `[root]\nname = "app"\nversion = "1.0.0"\ndependencies = ["a 1.0.0 (${CRATES_IO})"]\n\n${fromCratesIo('a')}`,
      'Cargo.toml': manifest('app', '[dependencies]\na = "1"')
    })

    expect(gaps).toEqual([])
    expect(components.map(({ name, direct, scope }) => [name, direct, scope])).toEqual([
      ['a', true, 'runtime']
    ])
  })

  it('says when a checksum is none', () => {
    const { components, gaps } = extracted({
      'Cargo.lock': locked('a', [], `source = "${CRATES_IO}"\nchecksum = "abc"`)
    })

    expect(components[0]?.files[0]?.digests).toEqual([])
    expect(gaps[0]?.reason).toContain('no SHA-256')
  })

  it.each([
    ['package is no array', 'package = 1', 'LOCKFILE_SYNTAX'],
    ['version is text', 'version = "4"', 'LOCKFILE_VERSION_UNSUPPORTED'],
    ['version is 0', 'version = 0', 'LOCKFILE_VERSION_UNSUPPORTED']
  ])('is refused when %s', (_what, text, code) => {
    expect(() => extracted({ 'Cargo.lock': text })).toThrow(expect.objectContaining({ code }))
  })

  it('is read in time linear in its length', () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `p${index}`)
    const lock = names.map((name, index) =>
      fromCratesIo(name, [...names.slice(index + 1, index + 4), 'missing'])
    )

    const { components, gaps } = extracted({ 'Cargo.lock': lock.join('\n') })

    expect(components.length).toBe(50_000)
    expect(gaps.length).toBe(50_001)
  }, 20_000)
})

describe('members', () => {
  const lock = [locked('inner', ['x']), fromCratesIo('x'), locked('root', ['inner'])].join('\n')
  const asked = '[dev-dependencies]\nx = "1"\n'

  it.each([
    ['by name', '["libs/inner"]', 'libs/inner', true],
    ['by a pattern', '["libs/*"]', 'libs/other-name', true],
    ['by a pattern over several levels', '["**"]', 'a/b/c', true],
    ['by a pattern with a class', '["lib[a-z]/?*r"]', 'libs/inner', true],
    ['by its name, where no tree can be listed', '["libs/*"]', 'libs/inner', false]
  ])('are found %s', (_how, members, folder, listed) => {
    const files = {
      'Cargo.lock': lock,
      'Cargo.toml': `[workspace]\nmembers = ${members}\n${manifest('root', '[dependencies]\ninner = "1"')}`,
      [`${folder}/Cargo.toml`]: manifest('inner', asked)
    }

    const { components, gaps } = extracted(files, { listed })

    expect(gaps).toEqual([])
    expect(components.map(({ name, origin }) => [name, origin])).toEqual([
      ['inner', { kind: 'local', path: folder }],
      ['root', { kind: 'local', path: '.' }],
      ['x', { kind: 'registry' }]
    ])
    expect(scopesOf({ components, direct: [], gaps })).toEqual({
      inner: 'runtime',
      root: 'runtime',
      x: 'development'
    })
  })

  it('are not looked for outside of the checkout', () => {
    const { gaps } = extracted({
      'Cargo.lock': lock,
      'Cargo.toml': `[workspace]\nmembers = ["../../inner"]\n${manifest('root', '[dependencies]\ninner = { path = "/inner" }')}`,
      'inner/Cargo.toml': manifest('inner', asked)
    })

    expect(gaps.map(({ name }) => name)).toEqual(['inner 1.0.0'])
  })

  it('do not take forever to match a pattern', () => {
    const { components } = extracted({
      'Cargo.lock': lock,
      'Cargo.toml': `[workspace]\nmembers = ["${'**/'.repeat(200)}b", "${'a*'.repeat(400)}b"]\n`,
      [`${'a/'.repeat(500)}Cargo.toml`]: manifest('inner'),
      [`${'a'.repeat(5000)}/Cargo.toml`]: manifest('inner')
    })

    expect(components.length).toBe(3)
  })
})

describe('scopes', () => {
  const names = ['always', 'build', 'tests', 'extra', 'default-on', 'below-extra', 'both']
  const lock = [
    locked('root', [...names].filter((name) => name !== 'below-extra').concat('local')),
    locked('local', ['local-extra']),
    fromCratesIo('local-extra'),
    ...names.map((name) => fromCratesIo(name, name === 'extra' ? ['below-extra', 'always'] : []))
  ].join('\n')
  const sections = [
    '[dependencies]',
    'always = "1"',
    'extra = { version = "1", optional = true }',
    'renamed = { package = "default-on", version = "1", optional = true }',
    'local = { path = "local", default-features = false }',
    '[build-dependencies]',
    'build = "1"',
    '[target."cfg(unix)".dev_dependencies]',
    'tests = "1"',
    'both = "1"',
    '[target."cfg(unix)".dependencies]',
    'both = { version = "1", optional = true }'
  ].join('\n')
  const local = manifest(
    'local',
    '[features]\nmore = ["dep:local-extra"]\n[dependencies]\nlocal-extra = { version = "1", optional = true }'
  )

  it.each([
    ['no features', '', { 'default-on': 'optional', 'local-extra': 'optional' }],
    ['default with its name', 'default = ["renamed"]', { 'default-on': 'runtime' }],
    ['default with dep:', 'default = ["dep:renamed"]', { 'default-on': 'runtime' }],
    [
      'default through another feature',
      'default = ["a"]\na = ["b", "default"]\nb = ["renamed/x"]',
      { 'default-on': 'runtime' }
    ],
    ['a weak feature', 'default = ["renamed?/x"]', { 'default-on': 'optional' }],
    ['another feature', 'other = ["dep:renamed"]', { 'default-on': 'optional' }],
    [
      'a feature of a local dependency',
      'default = ["local/more"]',
      { 'local-extra': 'runtime', 'default-on': 'optional' }
    ]
  ])('follow %s', (_what, features, expected) => {
    const extraction = extracted({
      'Cargo.lock': lock,
      'Cargo.toml': manifest('root', `${sections}\n[features]\n${features}`),
      'local/Cargo.toml': local
    })

    expect(extraction.gaps).toEqual([])
    expect(scopesOf(extraction)).toMatchObject({
      always: 'runtime',
      build: 'runtime',
      tests: 'development',
      extra: 'optional',
      'below-extra': 'optional',
      both: 'optional',
      ...expected
    })
  })

  it('survive a chain of local packages of any length', () => {
    const count = 9_000
    const files: Record<string, string> = {
      'Cargo.lock': Array.from({ length: count }, (_, index) =>
        locked(`p${index}`, index + 1 < count ? [`p${index + 1}`] : [])
      ).join('\n')
    }
    for (let index = 0; index < count; index++) {
      files[index === 0 ? 'Cargo.toml' : `p${index}/Cargo.toml`] = manifest(
        `p${index}`,
        `[dependencies]\np${index + 1} = { path = "${index === 0 ? '' : '../'}p${index + 1}" }`
      )
    }

    const { components } = extracted(files)

    expect(components.length).toBe(count - 1)
    expect(new Set(components.map(({ scope }) => scope))).toEqual(new Set(['runtime']))
  }, 20_000)
})
