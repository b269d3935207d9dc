import type { Platform } from '../../host/host.ts'
import type { PlatformConstraint } from '../../model/component.ts'

/**
 * Whether npm installs a package on a machine.
 *
 * @see https://docs.npmjs.com/cli/v11/configuring-npm/package-json#os
 */
export function runsOn(constraint: PlatformConstraint, { os, cpu, libc }: Platform): boolean {
  return fits(constraint.os, os) && fits(constraint.cpu, cpu) && fits(constraint.libc, libc)
}

/** None of the excluded, and one of the others if there are any. */
function fits(list: readonly string[] | undefined, value: string | undefined): boolean {
  if (list === undefined) return true
  // A list of C libraries is for Linux, where there is one.
  if (value === undefined) return false
  if (list.length === 1 && list[0] === 'any') return true
  if (list.includes(`!${value}`)) return false
  return list.includes(value) || list.every((entry) => entry.startsWith('!'))
}
