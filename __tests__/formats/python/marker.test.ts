import { describe, expect, it } from '@jest/globals'
import {
  allMarkers,
  anyMarker,
  evaluateMarker,
  parseMarker
} from '../../../src/formats/python/marker.ts'
import { markerEnvironmentOf } from '../../../src/formats/python/target.ts'

const environment = markerEnvironmentOf({
  version: [3, 12],
  os: 'linux',
  cpu: 'x64',
  libc: 'glibc'
})

describe('on CPython 3.12 and Linux', () => {
  it.each([
    ["python_version < '3.13'", true],
    ["python_version < '3.9'", false],
    ["'3.9' <= python_version", true],
    ["python_version ~= '3.10'", true],
    ["python_full_version >= '3.12.0rc1'", true],
    ["python_version in '3.11, 3.12'", true],
    ["python_version not in '3.11'", true],
    ["sys_platform == 'linux' and platform_machine == 'x86_64'", true],
    ["sys_platform == 'win32' or os_name == 'posix'", true],
    ["sys_platform == 'win32' or os_name == 'nt'", false],
    ["(sys_platform == 'win32' or os_name == 'posix') and python_version < '3'", false],
    ['platform_python_implementation != "PyPy"', true],
    ["platform_system == 'Linux'", true],
    ["implementation_name == 'cpython'", true],
    ["sys.platform == 'linux2'", false],
    ["os.name == 'posix'", true]
  ])('%s is %s', (text, answer) => {
    const marker = parseMarker(text)

    expect(marker && evaluateMarker(marker, environment)).toBe(answer)
  })

  it.each([
    ["extra == 'socks'", undefined],
    ["'dev' in dependency_groups", undefined],
    ["platform_release >= '6'", undefined],
    ["extra == 'socks' and sys_platform == 'win32'", false],
    ["extra == 'socks' or sys_platform == 'linux'", true],
    ["extra == 'socks' or sys_platform == 'win32'", undefined]
  ])('%s is %s, for extras and kernels are not known', (text, answer) => {
    const marker = parseMarker(text)

    expect(marker && evaluateMarker(marker, environment)).toBe(answer)
  })
})

it.each([
  'python_version',
  "python_version < '3",
  "(python_version < '3'",
  "python_version < '3')",
  "python_version < '3' and",
  "python_version '3'",
  "python_version < '3'; rm",
  '',
  '('.repeat(200)
])('does not read %j as a marker', (text) => {
  expect(parseMarker(text)).toBeUndefined()
})

it('joins markers so that each keeps its meaning', () => {
  const either = anyMarker(["os_name == 'nt'", "python_version < '3'"])

  expect(either).toBe("os_name == 'nt' or python_version < '3'")
  expect(allMarkers([either, "extra == 'x'"])).toBe(
    "(os_name == 'nt' or python_version < '3') and extra == 'x'"
  )
  expect(allMarkers([either])).toBe(either)
  expect(allMarkers([])).toBe('')
})
