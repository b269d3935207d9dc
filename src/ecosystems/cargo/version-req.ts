/** A version, or as much of one as a requirement names. */
interface Numbers {
  readonly major: number
  readonly minor?: number
  readonly patch?: number
  /** Dot-separated identifiers; empty for a release. */
  readonly pre: string
}

interface Comparator extends Numbers {
  readonly op: string
}

const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([\w.-]+))?(?:\+[\w.-]+)?$/
const COMPARATOR =
  /^(=|>=|>|<=|<|~|\^)? *(\d+|[*xX])(?:\.(\d+|[*xX])(?:\.(\d+|[*xX])(?:-([\w.-]+))?)?)?(?:\+[\w.-]+)?$/

/** Longest requirement that is read; real ones are under 40 characters. */
const MAX_LENGTH = 256

/**
 * Whether a version is one that a manifest's requirement allows, as Cargo reads it: without an operator,
 * a requirement is a caret requirement.
 *
 * @returns nothing when either cannot be read
 * @see https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html
 */
export function satisfies(version: string, requirement: string): boolean | undefined {
  const found = VERSION.exec(version)
  if (!found || requirement.length > MAX_LENGTH) return undefined
  const [, major, minor, patch, pre = ''] = found
  const numbers = { major: Number(major), minor: Number(minor), patch: Number(patch), pre }
  const comparators = requirement.split(',').map((part) => parseComparator(part.trim()))
  if (comparators.includes(undefined)) return undefined
  const known = comparators.filter((comparator) => comparator !== undefined)
  return known.every((comparator) => allows(comparator, numbers)) && allowsPre(known, numbers)
}

function parseComparator(text: string): Comparator | undefined {
  const found = COMPARATOR.exec(text)
  if (!found) return undefined
  const [, op = '', major, minor, patch, pre = ''] = found
  // `*`, `1.*` and `1.2.*` allow any number in their place, as `=` does for what is left out.
  if (!isNumber(major)) return { op: '*', major: 0, pre: '' }
  const wildcard = [minor, patch].some((part) => part !== undefined && !isNumber(part))
  return {
    op: op === '' ? (wildcard ? '=' : '^') : op,
    major: Number(major),
    ...(isNumber(minor) && { minor: Number(minor) }),
    ...(isNumber(minor) && isNumber(patch) && { patch: Number(patch) }),
    pre
  }
}

function isNumber(text: string | undefined): boolean {
  return text !== undefined && /^\d+$/.test(text)
}

function allows(comparator: Comparator, version: Required<Numbers>): boolean {
  switch (comparator.op) {
    case '*':
      return true
    case '=':
      return isExact(comparator, version)
    case '>':
      return order(comparator, version) > 0
    case '>=':
      return isExact(comparator, version) || order(comparator, version) > 0
    case '<':
      return order(comparator, version) < 0
    case '<=':
      return isExact(comparator, version) || order(comparator, version) < 0
    case '~':
      return isTilde(comparator, version)
    default:
      return isCaret(comparator, version)
  }
}

function isExact(comparator: Comparator, version: Required<Numbers>): boolean {
  const { major, minor, patch, pre } = comparator
  if (major !== version.major || (minor ?? version.minor) !== version.minor) return false
  return patch === undefined || (patch === version.patch && pre === version.pre)
}

function isTilde(comparator: Comparator, version: Required<Numbers>): boolean {
  const { major, minor, patch } = comparator
  if (major !== version.major || (minor ?? version.minor) !== version.minor) return false
  return patch === undefined || order(comparator, version) >= 0
}

function isCaret(comparator: Comparator, version: Required<Numbers>): boolean {
  const { major, minor, patch } = comparator
  if (major !== version.major) return false
  if (minor === undefined) return true
  // The leftmost number that is not 0 must stay.
  if (major === 0 && minor !== version.minor) return false
  if (patch === undefined) return version.minor >= minor
  if (major === 0 && minor === 0 && patch !== version.patch) return false
  return order(comparator, version) >= 0
}

/** Where a version stands: above what the comparator names (1), below it (-1), or inside it (0). */
function order(comparator: Comparator, version: Required<Numbers>): number {
  const { major, minor, patch } = comparator
  if (major !== version.major) return Math.sign(version.major - major)
  if (minor === undefined) return 0
  if (minor !== version.minor) return Math.sign(version.minor - minor)
  if (patch === undefined) return 0
  if (patch !== version.patch) return Math.sign(version.patch - patch)
  return comparePre(version.pre, comparator.pre)
}

/** A release is above its pre-releases; numbers are below words. @see https://semver.org/#spec-item-11 */
function comparePre(a: string, b: string): number {
  if (a === b) return 0
  if (a === '' || b === '') return a === '' ? 1 : -1
  const [left, right] = [a.split('.'), b.split('.')]
  for (const [index, one] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    if (one === other) continue
    if (isNumber(one) && isNumber(other)) return Math.sign(Number(one) - Number(other))
    if (isNumber(one) !== isNumber(other)) return isNumber(one) ? -1 : 1
    return one < other ? -1 : 1
  }
  return -1
}

/** A pre-release is allowed only by a comparator that names one of the very same version. */
function allowsPre(comparators: readonly Comparator[], version: Required<Numbers>): boolean {
  if (version.pre === '') return true
  return comparators.some(
    ({ major, minor, patch, pre }) =>
      pre !== '' && major === version.major && minor === version.minor && patch === version.patch
  )
}
