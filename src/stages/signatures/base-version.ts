import type { Component } from '../../model/component.ts'

/** The version of a package before a pull request. */
export interface BaseVersion {
  readonly component: Component
  /** Of the same major line: what is compared is one project at two times, not two lines of it. */
  readonly sameLine: boolean
}

/**
 * The version that a changed one took the place of: the highest of the same major line, else the highest at
 * all when the change leads upwards. A maintenance line beside a newer one has its own ways to publish.
 *
 * @param known what the base commit locks under the same name
 */
export function baseVersionOf(
  component: Component,
  known: readonly Component[]
): BaseVersion | undefined {
  const others = known
    .filter(({ version }) => version !== component.version)
    .toSorted((a, b) => compareVersions(b.version, a.version))
  const same = others.find(({ version }) => lineOf(version) === lineOf(component.version))
  if (same) return { component: same, sameLine: true }
  const [highest] = others
  return highest && compareVersions(component.version, highest.version) > 0
    ? { component: highest, sameLine: false }
    : undefined
}

/** Before 1.0 the second number is what the first is after. */
function lineOf(version: string): string {
  const [major = 0, minor = 0] = numbersIn(version)
  return major === 0 ? `0.${minor}` : `${major}`
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersIn(a), numbersIn(b)]
  const length = Math.max(left.length, right.length)
  for (let at = 0; at < length; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return a < b ? -1 : a > b ? 1 : 0
}

/** The numbers that a version begins with; enough to tell lines apart, in every ecosystem. */
function numbersIn(version: string): readonly number[] {
  const plain = /^v?(\d{1,15}(?:\.\d{1,15}){0,9})/.exec(version)?.[1] ?? ''
  return plain === '' ? [] : plain.split('.').map(Number)
}
