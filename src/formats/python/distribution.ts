import { isPythonName, normalPythonName } from './name.ts'
import { normalPythonVersion, parsePythonVersion } from './version.ts'

/** What the name of a distribution file says. @see https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-name-convention */
export interface Distribution {
  /** Normalised. */
  readonly version: string
  /** Absent for a source distribution. */
  readonly wheel?: Wheel
}

export interface Wheel {
  /** Leading number of the build tag; decides between wheels that are equal otherwise. */
  readonly build: number
  /** Every tag that it carries: `cp312-cp312-manylinux_2_17_x86_64`. */
  readonly tags: readonly string[]
}

/** More combinations than this are nobody's wheel. */
const MAX_TAGS = 512

const SOURCE = /\.(?:tar\.gz|zip|tar\.bz2|tgz|tar\.xz|tar)$/i

/**
 * Reads the name of a wheel or source distribution.
 *
 * @param project normalised name of the project: in old names nothing else tells where the version begins
 * @returns nothing when it is neither, or of another project
 */
export function parseDistribution(file: string, project: string): Distribution | undefined {
  if (file.length > 512) return undefined
  if (/\.whl$/i.test(file)) return parseWheel(file.slice(0, -4), project)
  const stem = file.replace(SOURCE, '')
  if (stem === file) return undefined
  for (let dash = stem.indexOf('-'); dash > 0; dash = stem.indexOf('-', dash + 1)) {
    const version = stem.slice(dash + 1)
    if (normalPythonName(stem.slice(0, dash)) === project && parsePythonVersion(version)) {
      return { version: normalPythonVersion(version) }
    }
  }
  return undefined
}

/** Whether a file of this name is one that a Python package manager would install. */
export function isDistributionName(file: string): boolean {
  return /\.whl$/i.test(file) || SOURCE.test(file)
}

/**
 * Reads the name of a wheel or source distribution of which nobody says what project it is of.
 *
 * @returns normalised name and version
 */
export function guessDistribution(
  file: string
): { readonly name: string; readonly version: string } | undefined {
  const stem = file.replace(SOURCE, '')
  const isSource = stem !== file
  const [, written = ''] =
    (isSource ? /^(.{1,256})-v?\d[^-]*$/ : /^([^-]{1,256})-[^-]+-.*\.whl$/i).exec(stem) ?? []
  if (!isPythonName(written)) return undefined
  const name = normalPythonName(written)
  const version = parseDistribution(file, name)?.version
  return version === undefined ? undefined : { name, version }
}

function parseWheel(stem: string, project: string): Distribution | undefined {
  const parts = stem.split('-')
  if (parts.length !== 5 && parts.length !== 6) return undefined
  const [name = '', version = ''] = parts
  if (normalPythonName(name) !== project) return undefined
  const [interpreters = [], abis = [], platforms = []] = parts
    .slice(-3)
    .map((part) => part.split('.'))
  if (interpreters.length * abis.length * platforms.length > MAX_TAGS) return undefined
  const tags = interpreters.flatMap((interpreter) =>
    abis.flatMap((abi) =>
      platforms.map((platform) => `${interpreter}-${abi}-${platform}`.toLowerCase())
    )
  )
  const build = parts.length === 6 ? Number.parseInt(parts[2] ?? '', 10) : 0
  // Underscores stand for the dashes that a version may have: `1.0_1`.
  return {
    version: normalPythonVersion(version.replaceAll('_', '-')),
    wheel: { build: Number.isNaN(build) ? 0 : build, tags }
  }
}
