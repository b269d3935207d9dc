/** A version in the parts that order it. @see https://packaging.python.org/en/latest/specifications/version-specifiers/ */
export interface PythonVersion {
  readonly epoch: number
  readonly release: readonly number[]
  /** `['a' | 'b' | 'rc', number]`. */
  readonly pre?: readonly [string, number]
  readonly post?: number
  readonly dev?: number
  readonly local: readonly (string | number)[]
}

/** Longest text that is looked at: the longest version on PyPI has under 60 characters. */
const MAX_LENGTH = 256

const VERSION =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/

const PRE_LETTERS: Readonly<Record<string, string>> = {
  alpha: 'a',
  a: 'a',
  beta: 'b',
  b: 'b',
  c: 'rc',
  rc: 'rc',
  pre: 'rc',
  preview: 'rc'
}

/**
 * Reads a version in any spelling that is allowed.
 *
 * @returns nothing when it is none
 * @see https://packaging.python.org/en/latest/specifications/version-specifiers/#appendix-parsing-version-strings-with-regular-expressions
 */
export function parsePythonVersion(text: string): PythonVersion | undefined {
  const match = text.length <= MAX_LENGTH ? VERSION.exec(text.trim().toLowerCase()) : null
  if (!match) return undefined
  const [
    ,
    epoch,
    release = '',
    preLetter,
    preNumber,
    dash,
    postLetter,
    post,
    dev,
    devNumber,
    local
  ] = match
  const pre = preLetter === undefined ? undefined : PRE_LETTERS[preLetter]
  return {
    epoch: Number(epoch ?? 0),
    release: release.split('.').map(Number),
    ...(pre !== undefined && { pre: [pre, Number(preNumber)] as const }),
    ...(dash !== undefined && { post: Number(dash) }),
    ...(postLetter !== undefined && { post: Number(post) }),
    ...(dev !== undefined && { dev: Number(devNumber) }),
    local:
      local === undefined ? [] : local.split(/[-_.]/).map((p) => (/^\d+$/.test(p) ? Number(p) : p))
  }
}

/**
 * The one spelling of a version, as indexes and purls use it: `1.0-Beta2` is `1.0b2`.
 *
 * @returns the text itself when it is no version
 */
export function normalPythonVersion(text: string): string {
  if (/^(?:0|[1-9]\d{0,14})(?:\.(?:0|[1-9]\d{0,14}))*$/.test(text)) return text
  const version = parsePythonVersion(text)
  if (!version) return text
  const { epoch, release, pre, post, dev, local } = version
  return [
    epoch === 0 ? '' : `${epoch}!`,
    release.join('.'),
    pre ? pre.join('') : '',
    post === undefined ? '' : `.post${post}`,
    dev === undefined ? '' : `.dev${dev}`,
    local.length === 0 ? '' : `+${local.join('.')}`
  ].join('')
}

/** Negative when `a` comes before `b`, 0 when they are equal. */
export function comparePythonVersions(a: PythonVersion, b: PythonVersion): number {
  return (
    a.epoch - b.epoch ||
    compareReleases(a.release, b.release) ||
    compareKeys(phaseOf(a), phaseOf(b)) ||
    compareLocals(a.local, b.local)
  )
}

/**
 * Whether a version is among those that a specifier such as `>=1.2,<2` or `~=1.4` allows. Pre-releases
 * count like any other: whoever asks has a version that is already chosen.
 *
 * @returns nothing when version or specifier cannot be read
 * @see https://packaging.python.org/en/latest/specifications/version-specifiers/#version-specifiers
 */
export function satisfiesPython(version: string, specifier: string): boolean | undefined {
  const parsed = parsePythonVersion(version)
  for (const clause of specifier.split(',')) {
    if (clause.trim() === '') continue
    const answer = satisfiesClause(version, parsed, clause.trim())
    if (answer !== true) return answer
  }
  return true
}

function satisfiesClause(
  text: string,
  version: PythonVersion | undefined,
  clause: string
): boolean | undefined {
  const [, operator = '', wanted = ''] = /^(===|[=!<>~]=|[<>])\s*(\S+)$/.exec(clause) ?? []
  if (operator === '===') return text.trim().toLowerCase() === wanted.toLowerCase()
  if (!version) return undefined
  if (wanted.endsWith('.*')) {
    const prefix = parsePythonVersion(wanted.slice(0, -2))
    if (!prefix || (operator !== '==' && operator !== '!=')) return undefined
    return startsWith(version, prefix) === (operator === '==')
  }
  const bound = parsePythonVersion(wanted)
  return bound && compareWith(operator, version, bound)
}

function compareWith(
  operator: string,
  version: PythonVersion,
  bound: PythonVersion
): boolean | undefined {
  // A local part counts only where the specifier has one itself.
  const plain = bound.local.length === 0 ? { ...version, local: [] } : version
  const order = comparePythonVersions(plain, bound)
  switch (operator) {
    case '==':
      return order === 0
    case '!=':
      return order !== 0
    case '<=':
      return comparePythonVersions({ ...version, local: [] }, bound) <= 0
    case '>=':
      return comparePythonVersions({ ...version, local: [] }, bound) >= 0
    case '<':
      return order < 0 && !isEarlyOf(version, bound)
    case '>':
      return isAbove(version, bound)
    case '~=':
      return bound.release.length < 2
        ? undefined
        : comparePythonVersions({ ...version, local: [] }, bound) >= 0 &&
            startsWith(version, {
              epoch: bound.epoch,
              release: bound.release.slice(0, -1),
              local: []
            })
    default:
      return undefined
  }
}

/** `>1` lets in neither `1.post1` (unless the bound is a post-release) nor `1+local`. */
function isAbove(version: PythonVersion, bound: PythonVersion): boolean {
  if (comparePythonVersions(version, bound) <= 0) return false
  if (comparePythonVersions({ ...version, local: [] }, bound) === 0) return false
  if (version.post === undefined || bound.post !== undefined) return true
  const { post: _post, dev: _dev, ...base } = version
  return comparePythonVersions({ ...base, local: [] }, bound) !== 0
}

/** `<2` does not let in `2rc1`, unless the bound is a pre-release itself. */
function isEarlyOf(version: PythonVersion, bound: PythonVersion): boolean {
  if (bound.pre || bound.dev !== undefined || !sameRelease(version, bound)) return false
  if (bound.post === undefined) return version.pre !== undefined || version.dev !== undefined
  return !version.pre && version.post === bound.post && version.dev !== undefined
}

function sameRelease(a: PythonVersion, b: PythonVersion): boolean {
  return a.epoch === b.epoch && compareReleases(a.release, b.release) === 0
}

function startsWith(version: PythonVersion, prefix: PythonVersion): boolean {
  if (version.epoch !== prefix.epoch) return false
  return prefix.release.every((part, at) => part === (version.release[at] ?? 0))
}

function compareReleases(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = (a[at] ?? 0) - (b[at] ?? 0)
    if (order !== 0) return order
  }
  return 0
}

/** What comes after the release, as numbers that compare: dev before a, b, rc before none before post. */
function phaseOf({ pre, post, dev }: PythonVersion): readonly number[] {
  const letter = pre ? 'ab'.indexOf(pre[0]) : -1
  const bare = pre === undefined && post === undefined && dev !== undefined
  const phase = bare ? -1 : pre === undefined ? 3 : letter < 0 ? 2 : letter
  return [phase, pre?.[1] ?? 0, post ?? -1, dev ?? Number.POSITIVE_INFINITY]
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (const [at, key] of a.entries()) {
    const other = b[at] ?? 0
    if (key !== other) return key < other ? -1 : 1
  }
  return 0
}

/** Numbers come after words, and a longer local version after its own beginning. */
function compareLocals(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [at, part] of a.entries()) {
    const other = b[at]
    if (other === undefined) return 1
    if (part === other) continue
    if (typeof part !== typeof other) return typeof part === 'number' ? 1 : -1
    return part < other ? -1 : 1
  }
  return a.length - b.length
}
