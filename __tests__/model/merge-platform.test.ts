import { describe, expect, it } from '@jest/globals'
import { type Component, mergeByPurl, type PlatformConstraint } from '../../src/model/component.ts'
import { purlOf } from '../../src/model/purl.ts'

describe('a component that two locks restrict', () => {
  it.each<{
    a?: PlatformConstraint
    b?: PlatformConstraint
    merged?: PlatformConstraint
    title: string
  }>([
    {
      title: 'keeps what both say',
      a: { os: ['linux'] },
      b: { os: ['linux'] },
      merged: { os: ['linux'] }
    },
    { title: 'is free when one lock does not restrict it', a: { marker: "os_name == 'nt'" } },
    { title: 'is free when the systems differ', a: { os: ['linux'] }, b: { os: ['darwin'] } },
    {
      title: 'is meant for either marker',
      a: { marker: "os_name == 'nt'" },
      b: { marker: "python_version < '3.9'" },
      merged: { marker: "(os_name == 'nt') or (python_version < '3.9')" }
    }
  ])('$title', ({ a, b, merged }) => {
    const all = [...mergeByPurl([componentFor(a), componentFor(b)]).values()]

    expect(all.map(({ platform }) => platform)).toEqual([merged])
  })
})

describe('a lock that describes one version many times', () => {
  it('is merged in linear time, each promise once', () => {
    const described = Array.from({ length: 50_000 }, (_, index): Component => ({
      ...componentFor({ marker: `python_version > '3.${index}'` }),
      dependsOn: [purlOf('pypi', `dep-${index}`, '1')],
      files: [{ url: `https://registry.example/${index}`, digests: [], location: { path: 'a' } }],
      locations: [{ path: 'a', line: index + 1 }]
    }))
    const started = performance.now()

    const [merged, ...others] = mergeByPurl([...described, ...described]).values()

    expect(performance.now() - started).toBeLessThan(10_000)
    expect(others).toEqual([])
    expect(merged?.files).toHaveLength(50_000)
    expect(merged?.dependsOn).toHaveLength(50_000)
    expect(merged?.locations).toHaveLength(50_000)
    expect(merged?.platform?.marker).toMatch(/^\(python_version > '3.0'\) or \(/)
  })
})

function componentFor(platform: PlatformConstraint | undefined): Component {
  return {
    purl: purlOf('pypi', 'colorama', '0.4.6'),
    ecosystem: 'PyPI',
    name: 'colorama',
    version: '0.4.6',
    direct: false,
    origin: { kind: 'registry' },
    files: [],
    licenses: [],
    ...(platform && { platform }),
    dependsOn: [],
    locations: []
  }
}
