import { type Distribution, parseDistribution } from './distribution.ts'
import type { MarkerEnvironment } from './marker.ts'

/** The interpreter and machine that files are chosen for: always CPython. */
export interface PythonTarget {
  /** `[3, 14]`. */
  readonly version: readonly [number, number]
  /** In Node's words: `linux`, `darwin`, `win32`. */
  readonly os: string
  /** In Node's words: `x64`, `arm64`. */
  readonly cpu: string
  readonly libc?: 'glibc' | 'musl'
}

/** Nobody says how old the system is: glibc as on ubuntu-24.04, the newest musl and macOS. */
const GLIBC_MINOR = 39
const MUSL_MINOR = 2
const NEWEST_MACOS: number = 26
const NEWEST_MACOS_10: number = 16

/** glibc minor version -> the name that it had before PEP 600. */
const OLD_MANYLINUX: ReadonlyMap<number, string> = new Map([
  [17, 'manylinux2014'],
  [12, 'manylinux2010'],
  [5, 'manylinux1']
])

const MACHINES: Readonly<Record<string, string>> = {
  x64: 'x86_64',
  arm64: 'aarch64',
  ia32: 'i686',
  arm: 'armv7l',
  ppc64: 'ppc64le',
  s390x: 's390x',
  riscv64: 'riscv64',
  loong64: 'loongarch64'
}

/**
 * The tags of every wheel that a target can install, best first, each with its rank.
 *
 * @see https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
 */
export function wheelTagsOf(target: PythonTarget): ReadonlyMap<string, number> {
  const [major, minor] = target.version
  const platforms = platformsOf(target)
  const own = `cp${major}${minor}`
  const ranks = new Map<string, number>()
  const add = (interpreter: string, abi: string, on: readonly string[]): void => {
    for (const platform of on) {
      const tag = `${interpreter}-${abi}-${platform}`
      if (!ranks.has(tag)) ranks.set(tag, ranks.size)
    }
  }
  const hasStableAbi = major > 3 || (major === 3 && minor >= 2)
  add(own, `${own}${major === 3 && minor < 8 ? 'm' : ''}`, platforms)
  if (hasStableAbi) add(own, 'abi3', platforms)
  add(own, 'none', platforms)
  if (hasStableAbi)
    for (let old = minor - 1; old >= 2; old--) add(`cp${major}${old}`, 'abi3', platforms)
  const generic = [`py${major}${minor}`, `py${major}`]
  for (let old = minor - 1; old >= 0; old--) generic.push(`py${major}${old}`)
  for (const interpreter of generic) add(interpreter, 'none', platforms)
  for (const interpreter of [own, ...generic]) add(interpreter, 'none', ['any'])
  return ranks
}

/**
 * Which one of a version's files an installer takes: the wheel with the best tag, else the source.
 *
 * @param files names of the files to choose from
 * @param tags of the target, from {@link wheelTagsOf}
 * @param project normalised name
 * @returns nothing when there is neither a wheel for the target nor a source distribution
 */
export function chooseDistribution(
  files: readonly string[],
  tags: ReadonlyMap<string, number>,
  project: string
): string | undefined {
  let best: { readonly file: string; readonly order: readonly number[] } | undefined
  for (const file of [...files].sort()) {
    const order = orderOf(file, parseDistribution(file, project), tags)
    if (order && (!best || isBefore(order, best.order))) best = { file, order }
  }
  return best?.file
}

/** Wheels by tag, then the higher build; then sources, `.tar.gz` before the others. */
function orderOf(
  file: string,
  distribution: Distribution | undefined,
  tags: ReadonlyMap<string, number>
): readonly number[] | undefined {
  if (!distribution) return undefined
  if (!distribution.wheel) return [1, file.endsWith('.tar.gz') ? 0 : 1, 0]
  const ranks = distribution.wheel.tags
    .map((tag) => tags.get(tag))
    .filter((rank) => rank !== undefined)
  return ranks.length === 0 ? undefined : [0, Math.min(...ranks), -distribution.wheel.build]
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  for (const [at, value] of a.entries()) {
    const other = b[at] ?? 0
    if (value !== other) return value < other
  }
  return false
}

/** What markers are evaluated against. A kernel's release and version are nobody's business: unknown. */
export function markerEnvironmentOf(target: PythonTarget): MarkerEnvironment {
  const [major, minor] = target.version
  const system = { linux: 'Linux', darwin: 'Darwin', win32: 'Windows' }[target.os] ?? target.os
  return new Map([
    ['os_name', target.os === 'win32' ? 'nt' : 'posix'],
    ['sys_platform', target.os],
    ['platform_system', system],
    ['platform_machine', machineOf(target)],
    ['platform_python_implementation', 'CPython'],
    ['implementation_name', 'cpython'],
    ['python_version', `${major}.${minor}`],
    ['python_full_version', `${major}.${minor}.0`],
    ['implementation_version', `${major}.${minor}.0`]
  ])
}

/** As `platform.machine()` spells it on that system. */
function machineOf({ os, cpu }: PythonTarget): string {
  if (os === 'win32') return { x64: 'AMD64', arm64: 'ARM64', ia32: 'x86' }[cpu] ?? cpu
  if (os === 'darwin' && cpu === 'arm64') return 'arm64'
  return MACHINES[cpu] ?? cpu
}

function platformsOf(target: PythonTarget): readonly string[] {
  switch (target.os) {
    case 'linux':
      return linuxPlatforms(target)
    case 'darwin':
      return macPlatforms(target.cpu)
    case 'win32':
      return [{ x64: 'win_amd64', arm64: 'win_arm64', ia32: 'win32' }[target.cpu] ?? target.cpu]
    default:
      return []
  }
}

function linuxPlatforms(target: PythonTarget): readonly string[] {
  const machine = machineOf(target)
  const platforms: string[] = []
  if (target.libc === 'musl') {
    for (let minor = MUSL_MINOR; minor >= 0; minor--)
      platforms.push(`musllinux_1_${minor}_${machine}`)
  } else {
    const oldest = machine === 'x86_64' || machine === 'i686' ? 5 : 17
    for (let minor = GLIBC_MINOR; minor >= oldest; minor--) {
      platforms.push(`manylinux_2_${minor}_${machine}`)
      const old = OLD_MANYLINUX.get(minor)
      if (old !== undefined) platforms.push(`${old}_${machine}`)
    }
  }
  return [...platforms, `linux_${machine}`]
}

function macPlatforms(cpu: string): readonly string[] {
  const intel = cpu !== 'arm64'
  const formats = intel
    ? ['x86_64', 'intel', 'fat64', 'fat3', 'universal2', 'universal']
    : ['arm64', 'universal2']
  const platforms: string[] = []
  for (let major = NEWEST_MACOS; major >= 11; major--) {
    for (const format of formats) platforms.push(`macosx_${major}_0_${format}`)
  }
  for (let minor = NEWEST_MACOS_10; minor >= 4; minor--) {
    // Apple's own processors came after 10.16: only universal files can be that old.
    for (const format of intel ? formats : ['universal2'])
      platforms.push(`macosx_10_${minor}_${format}`)
  }
  return platforms
}
