import { describe, expect, it } from '@jest/globals'
import { parseDistribution } from '../../../src/formats/python/distribution.ts'
import {
  chooseDistribution,
  type PythonTarget,
  wheelTagsOf
} from '../../../src/formats/python/target.ts'

// Order and number of tags are those of the Python library `packaging` 26.3 for the same machines.

const linux: PythonTarget = { version: [3, 12], os: 'linux', cpu: 'x64', libc: 'glibc' }

describe('the tags that a target installs', () => {
  it.each<[string, PythonTarget, number, string]>([
    ['Linux', linux, 1068, 'cp312-cp312-manylinux_2_39_x86_64'],
    ['Linux on ARM', { ...linux, cpu: 'arm64' }, 690, 'cp312-cp312-manylinux_2_39_aarch64'],
    ['Alpine', { ...linux, libc: 'musl' }, 123, 'cp312-cp312-musllinux_1_2_x86_64'],
    [
      'macOS',
      { version: [3, 14], os: 'darwin', cpu: 'arm64' },
      1412,
      'cp314-cp314-macosx_26_0_arm64'
    ],
    [
      'macOS on Intel',
      { version: [3, 7], os: 'darwin', cpu: 'x64' },
      2968,
      'cp37-cp37m-macosx_26_0_x86_64'
    ],
    ['Windows', { version: [3, 12], os: 'win32', cpu: 'x64' }, 42, 'cp312-cp312-win_amd64']
  ])('on %s', (_name, target, count, first) => {
    const tags = [...wheelTagsOf(target).keys()]

    expect(tags).toHaveLength(count)
    expect(tags[0]).toBe(first)
    expect(tags.at(-1)).toBe('py30-none-any')
  })
})

describe('the file that is installed', () => {
  const wheels = {
    own: 'x-1.0-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    newer: 'x-1.0-cp312-cp312-manylinux_2_28_x86_64.whl',
    stable: 'x-1.0-cp39-abi3-manylinux_2_17_x86_64.whl',
    other: 'x-1.0-cp312-cp312-win_amd64.whl',
    pure: 'x-1.0-py3-none-any.whl',
    build: 'x-1.0-2-py3-none-any.whl',
    free: 'x-1.0-cp313-cp313t-manylinux_2_17_x86_64.whl'
  }

  it.each([
    ['the wheel for this interpreter', [wheels.pure, wheels.stable, wheels.own], wheels.own],
    ['the wheel for the newer system', [wheels.own, wheels.newer], wheels.newer],
    ['a stable one of an older interpreter', [wheels.pure, wheels.stable], wheels.stable],
    ['the higher build', [wheels.pure, wheels.build], wheels.build],
    ['the source, when no wheel fits', [wheels.other, wheels.free, 'x-1.0.tar.gz'], 'x-1.0.tar.gz'],
    ['the .tar.gz of two sources', ['x-1.0.zip', 'x-1.0.tar.gz'], 'x-1.0.tar.gz'],
    ['nothing, when nothing fits', [wheels.other, 'x-1.0.exe'], undefined],
    ['no file of another project', ['y-1.0-py3-none-any.whl'], undefined]
  ])('is %s', (_title, files, chosen) => {
    expect(chooseDistribution(files, wheelTagsOf(linux), 'x')).toBe(chosen)
  })
})

describe('a file name', () => {
  it.each([
    ['zope.interface-5.0.tar.gz', 'zope-interface', '5.0'],
    ['python-dateutil-2.8.2.tar.gz', 'python-dateutil', '2.8.2'],
    ['Foo_Bar-1.0-1.tar.gz', 'foo-bar', '1.0.post1'],
    ['foo-1.0.post1.zip', 'foo', '1.0.post1'],
    ['foo-1.0+local_1-py3-none-any.whl', 'foo', '1.0+local.1'],
    ['foo-2.0.0rc1-1-py2.py3-none-any.whl', 'foo', '2.0.0rc1'],
    ['foo-1.0.tar.gz', 'bar', undefined],
    ['foo-1.0.exe', 'foo', undefined],
    ['foo-1.0.whl', 'foo', undefined]
  ])('%s of %s is version %s', (file, project, version) => {
    expect(parseDistribution(file, project)?.version).toBe(version)
  })
})
