import { describe, expect, it } from '@jest/globals'
import type { Extraction } from '../../../src/ecosystems/ecosystem.ts'
import { npm } from '../../../src/ecosystems/npm.ts'

function extract(lock: unknown, siblings: Readonly<Record<string, string>> = {}): Extraction {
  const text = typeof lock === 'string' ? lock : JSON.stringify(lock)
  return npm.extract({ path: 'web/package-lock.json', text }, (path) => {
    const sibling = siblings[path]
    return sibling === undefined ? undefined : { path, text: sibling }
  })
}

function version3(packages: Readonly<Record<string, unknown>>): unknown {
  return { lockfileVersion: 3, packages }
}

/** How many files each package has. */
function filesIn(packages: Readonly<Record<string, unknown>>): Record<string, number> {
  const { components } = extract(version3(packages))
  return Object.fromEntries(components.map(({ name, files }) => [name, files.length]))
}

it('takes the shrinkwrap where both locks are in one folder', () => {
  const paths = [
    'a/npm-shrinkwrap.json',
    'a/package-lock.json',
    'b/package-lock.json',
    'npm-shrinkwrap.json'
  ]

  expect(npm.entryPoints?.(paths, () => undefined)).toEqual([
    'a/npm-shrinkwrap.json',
    'b/package-lock.json',
    'npm-shrinkwrap.json'
  ])
})

describe('a lock', () => {
  it.each([
    ['null', 'found null, expected an object'],
    ['[]', 'found a list, expected an object'],
    ['{}', 'found no "lockfileVersion", expected 1, 2 or 3'],
    ['{"lockfileVersion":3,"packages":null}', '"packages" is null, expected an object'],
    ['{"lockfileVersion":1,"dependencies":7}', '"dependencies" is a number, expected an object'],
    ['{"lockfileVersion":"3"}', 'lockfileVersion is "3", expected 1, 2 or 3']
  ])('that is %s is refused', (text, reason) => {
    expect(() => extract(text)).toThrow(`Cannot read "web/package-lock.json": ${reason}`)
  })

  it.each([1, 2, 3])('of version %d without packages is empty', (lockfileVersion) => {
    expect(extract({ lockfileVersion })).toEqual({ components: [], direct: [], gaps: [] })
  })

  it('of version 2 without `packages` is read by its `dependencies`, as npm does', () => {
    const lock = { lockfileVersion: 2, requires: true, dependencies: { a: { version: '1.0.0' } } }

    expect(extract(lock).components.map(({ purl }) => purl)).toEqual(['pkg:npm/a@1.0.0'])
  })

  it('may be minified and begin with a byte order mark', () => {
    const text = `\uFEFF${JSON.stringify(version3({ 'node_modules/a': { version: '1.0.0' } }))}`

    expect(extract(text).components[0]?.locations).toEqual([
      { path: 'web/package-lock.json', line: 1 }
    ])
  })

  it('has paths of local packages as the checkout sees them', () => {
    const { components } = extract(
      version3({
        'node_modules/a': { link: true, resolved: 'packages/a/' },
        'packages/a': { version: '1.0.0' },
        '../shared': { version: '1.0.0' },
        'node_modules/tar': { version: '1.0.0', resolved: 'file:../tar.tgz' }
      })
    )

    expect(components.map(({ origin }) => origin)).toEqual([
      { kind: 'local', path: 'web/packages/a' },
      { kind: 'local', path: 'shared' },
      { kind: 'local', path: 'tar.tgz' }
    ])
  })
})

describe('a version 1 lock', () => {
  const lock = {
    lockfileVersion: 1,
    requires: true,
    dependencies: {
      a: { version: '1.0.0', requires: { b: '1.0.0' } },
      b: { version: '1.0.0' },
      c: { version: '1.0.0' }
    }
  }

  it('has its direct dependencies from package.json', () => {
    const manifest = { dependencies: { b: '1.0.0' }, peerDependencies: { never: '1.0.0' } }

    const { direct, gaps } = extract(lock, { 'web/package.json': JSON.stringify(manifest) })

    expect(direct).toEqual(['pkg:npm/b@1.0.0'])
    expect(gaps).toEqual([])
  })

  it.each([[{}], [{ 'web/package.json': '{' }], [{ 'web/package.json': '[]' }]])(
    'without a readable package.json has what nothing else asks for: %j',
    (siblings) => {
      expect(extract(lock, siblings).direct).toEqual(['pkg:npm/a@1.0.0', 'pkg:npm/c@1.0.0'])
    }
  )
})

describe('a bundled package', () => {
  const bundled = { version: '1.0.0', inBundle: true }
  const parent = { version: '1.0.0', dependencies: { b: '1' }, bundleDependencies: ['b'] }

  it('has no file of its own, nor has what it brings along', () => {
    const files = filesIn({
      'node_modules/a': parent,
      'node_modules/a/node_modules/b': { ...bundled, dependencies: { c: '1', e: '1' } },
      'node_modules/a/node_modules/b/node_modules/c': { ...bundled, dependencies: { d: '1' } },
      'node_modules/a/node_modules/d': bundled,
      'node_modules/e': { version: '1.0.0' }
    })

    expect(files).toEqual({ a: 1, b: 0, c: 0, d: 0, e: 1 })
  })

  it.each([
    ['no package above bundles anything', { version: '1.0.0', dependencies: { b: '1' } }, bundled],
    ['the package above bundles another', { ...parent, bundleDependencies: ['c'] }, bundled],
    ['it has a digest of its own', parent, { ...bundled, integrity: 'sha512-AAAA' }],
    ['it has an address of its own', parent, { ...bundled, resolved: 'https://a.example/b.tgz' }]
  ])('is none when %s', (_why, above, entry) => {
    expect(
      filesIn({ 'node_modules/a': above, 'node_modules/a/node_modules/b': entry })
    ).toMatchObject({ b: 1 })
  })

  it('is none when the project itself bundles it', () => {
    const files = filesIn({
      '': { dependencies: { b: '1' }, bundleDependencies: ['b'] },
      'node_modules/b': bundled
    })

    expect(files).toEqual({ b: 1 })
  })
})

describe('edges', () => {
  it('go to the nearest package on the way up, at each place', () => {
    const { components } = extract(
      version3({
        'node_modules/a': { version: '1.0.0', dependencies: { b: '*' } },
        'node_modules/a/node_modules/b': { version: '2.0.0', dependencies: { c: '*' } },
        'node_modules/a/node_modules/c': { version: '2.0.0' },
        'node_modules/b': { version: '1.0.0', dependencies: { c: '*' } },
        'node_modules/c': { version: '1.0.0' }
      })
    )

    expect(Object.fromEntries(components.map((c) => [c.purl, c.dependsOn]))).toEqual({
      'pkg:npm/a@1.0.0': ['pkg:npm/b@2.0.0'],
      'pkg:npm/b@1.0.0': ['pkg:npm/c@1.0.0'],
      'pkg:npm/b@2.0.0': ['pkg:npm/c@2.0.0'],
      'pkg:npm/c@1.0.0': [],
      'pkg:npm/c@2.0.0': []
    })
  })

  it('join what one version has at several places', () => {
    const { components } = extract(
      version3({
        'node_modules/a': { version: '1.0.0', dependencies: { b: '*' }, dev: true },
        'node_modules/b': { version: '1.0.0' },
        'node_modules/x/node_modules/a': { version: '1.0.0', dependencies: { b: '*' } },
        'node_modules/x/node_modules/b': { version: '2.0.0' }
      })
    )

    expect(components[0]).toMatchObject({
      purl: 'pkg:npm/a@1.0.0',
      scope: 'runtime',
      dependsOn: ['pkg:npm/b@1.0.0', 'pkg:npm/b@2.0.0']
    })
  })

  it('leave out development dependencies of what is installed', () => {
    const { gaps } = extract(
      version3({ 'node_modules/a': { version: '1.0.0', devDependencies: { b: '*' } } })
    )

    expect(gaps).toEqual([])
  })

  it('never lead out of a folder beside the project into it', () => {
    const { gaps } = extract(
      version3({
        '../beside': { version: '1.0.0', dependencies: { a: '*' } },
        'node_modules/a': { version: '1.0.0' }
      })
    )

    expect(gaps).toHaveLength(1)
  })

  it('survive links that lead to each other', () => {
    const { components, gaps } = extract(
      version3({
        'node_modules/a': { link: true, resolved: 'node_modules/b' },
        'node_modules/b': { link: true, resolved: 'node_modules/a' }
      })
    )

    expect(components).toEqual([])
    expect(gaps.map(({ reason }) => reason)).toEqual(Array(2).fill('it is a link to nothing'))
  })
})

describe('hostile sizes', () => {
  it('one version in 30 000 places is one component, in linear time', () => {
    const places: Record<string, unknown> = {}
    for (let at = 0; at < 30_000; at++) {
      places[`node_modules/p${at}/node_modules/a`] = { version: '1.0.0', license: 'MIT' }
    }

    const { components } = extract(version3(places))

    expect(components).toHaveLength(1)
    expect(components[0]?.locations).toHaveLength(1)
  })

  it('nesting without end is a gap', () => {
    const levels = 50_000
    const text = `{"lockfileVersion":1,"requires":true${',"dependencies":{"a":{"version":"1.0.0"'.repeat(levels)}${'}}'.repeat(levels)}}`

    const { components, gaps } = extract(text)

    expect(components).toHaveLength(1)
    expect(gaps.map(({ reason }) => reason)).toContain(
      'its dependencies are nested deeper than npm can'
    )
  })

  it.each([
    [`node_modules/${'a'.repeat(3000)}`, 'its path is longer than a path can be'],
    [`${'a/'.repeat(200)}b`, 'its path is longer than a path can be'],
    [`node_modules/${'a'.repeat(1100)}`, 'its name is longer than a name can be']
  ])('a path such as %.30s… is a gap with a short name', (path, reason) => {
    const { gaps } = extract(version3({ [path]: { version: '1.0.0' } }))

    expect(gaps).toEqual([expect.objectContaining({ reason })])
    expect(gaps[0]?.name.length).toBeLessThanOrEqual(200)
  })

  it('a version of a megabyte is a gap', () => {
    const { gaps } = extract(version3({ 'node_modules/a': { version: '1'.repeat(1e6) } }))

    expect(gaps[0]?.reason).toBe('its version is longer than a version can be')
  })
})
