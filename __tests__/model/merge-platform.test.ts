import { describe, expect, it } from '@jest/globals'
import {
  type Component,
  mergeComponents,
  type PlatformConstraint
} from '../../src/model/component.ts'
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
    const { platform } = mergeComponents(componentFor(a), componentFor(b))

    expect(platform).toEqual(merged)
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
