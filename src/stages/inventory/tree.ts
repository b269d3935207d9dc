import { relative } from 'node:path'
import type { Walk } from '../../host/host.ts'
import { InputError } from '../../model/errors.ts'
import type { Policy } from '../../model/policy.ts'
import { parsePathPattern, patternFor, type PathPattern } from '../../policy/path-pattern.ts'
import type { RunContext } from '../stage.ts'

/** Largest lockfile that is read, in bytes: the largest real ones are under 20 MB. */
export const MAX_LOCKFILE_BYTES = 256 * 1024 * 1024

/** Files of the checkout that count, and what was left out. */
export interface CheckoutTree extends Walk {
  /** Folders and files that a pattern left out, sorted; what lies in such a folder was not counted. */
  readonly excluded: readonly string[]
  /** How many folders and files git ignores and does not track. */
  readonly ignored: number
}

/** The patterns of the inputs and of the policy. @throws InputError `INPUT_INVALID` for what is none */
export function excludePatterns(
  exclude: readonly string[],
  policy: Policy
): readonly PathPattern[] {
  return [...exclude, ...policy.exclude].map((text) => {
    const pattern = parsePathPattern(text)
    if (typeof pattern !== 'string') return pattern
    throw new InputError({
      code: 'INPUT_INVALID',
      message: `Cannot use the pattern "${text}" of \`exclude\`: it ${pattern}`,
      remedy: 'Write it as in `.gitignore`: `examples/`, `docs/**/package-lock.json`'
    })
  })
}

/** Walks the checkout once. */
export async function walkCheckout(
  { host, settings }: RunContext,
  patterns: readonly PathPattern[]
): Promise<CheckoutTree> {
  const ignoredPaths = await ignoredByGit(host)
  const out = `${relative(host.files.root, settings.out).replaceAll('\\', '/')}/`
  const excluded: string[] = []
  let ignored = 0
  const walk = await host.files.walk((path) => {
    if (path === out) return true
    if (ignoredPaths.has(path)) {
      ignored++
      return true
    }
    if (patternFor(path, patterns) === undefined) return false
    excluded.push(path)
    return true
  })
  return { ...walk, excluded: excluded.sort(), ignored }
}

/** Folders (with a trailing `/`) and files that git ignores and does not track; empty without git. */
async function ignoredByGit({ git }: RunContext['host']): Promise<ReadonlySet<string>> {
  const { exitCode, stdout } = await git([
    'ls-files',
    '--others',
    '--ignored',
    '--exclude-standard',
    '--directory',
    '-z'
  ])
  return new Set(exitCode === 0 ? stdout.split('\0').filter((path) => path !== '') : [])
}
