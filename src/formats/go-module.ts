/** Release, pre-release and the one build tag that Go knows; no leading zeros. */
const VERSION =
  /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+incompatible)?$/

/** Longest module path, package path or version that we take, in characters; real ones are below 200 characters. */
const MAX_LENGTH = 1000

/**
 * Whether a module can have this path and be fetched: a host name first, and only characters that mean
 * the same in a URL and on every disk.
 *
 * @see https://go.dev/ref/mod#go-mod-file-ident
 */
export function isGoModulePath(path: string): boolean {
  if (path.length > MAX_LENGTH) return false
  const [host = '', ...rest] = path.split('/')
  return (
    /^[a-z0-9.-]+$/.test(host) &&
    host.includes('.') &&
    !host.startsWith('-') &&
    [host, ...rest].every((element) => /^[\w~-](?:[\w.~-]*[\w~-])?$/.test(element))
  )
}

/**
 * Whether a version is one exact version in canonical form, not a branch or a shortened one.
 *
 * @see https://go.dev/ref/mod#versions
 */
export function isGoVersion(version: string): boolean {
  return version.length <= MAX_LENGTH && VERSION.test(version)
}

/**
 * Orders versions as minimal version selection does: by semantic version, without the build tag.
 * What is no version is lower than any.
 *
 * @see https://semver.org/#spec-item-11
 */
export function compareGoVersions(a: string, b: string): number {
  const [one, other] = [VERSION.exec(a), VERSION.exec(b)]
  if (!one || !other) return Number(one !== null) - Number(other !== null)
  for (const part of [1, 2, 3]) {
    const order = compareNumbers(one[part] ?? '', other[part] ?? '')
    if (order !== 0) return order
  }
  return comparePrereleases(one[4], other[4])
}

/**
 * Writes a module path or version as proxies and checksum databases spell it, so that it survives disks
 * that do not tell upper case from lower.
 *
 * @see https://go.dev/ref/mod#goproxy-protocol
 */
export function escapeGoPath(path: string): string {
  return path.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`)
}

/** The module that holds a package: the longest of `modules` that is a prefix of its path, by whole elements. */
export function moduleOfPackage(
  path: string,
  modules: { has(path: string): boolean }
): string | undefined {
  if (path.length > MAX_LENGTH) return undefined
  for (let prefix = path; prefix !== ''; prefix = prefix.slice(0, prefix.lastIndexOf('/'))) {
    if (modules.has(prefix)) return prefix
    if (!prefix.includes('/')) return undefined
  }
  return undefined
}

/** Digits without leading zeros, of any length. */
function compareNumbers(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
}

function comparePrereleases(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  const [ones, others] = [a.split('.'), b.split('.')]
  for (const [at, one] of ones.entries()) {
    const other = others[at]
    if (other === undefined) return 1
    const order = compareIdentifiers(one, other)
    if (order !== 0) return order
  }
  return ones.length - others.length
}

function compareIdentifiers(a: string, b: string): number {
  const [one, other] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (one && other) return compareNumbers(a, b)
  if (one !== other) return one ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}
