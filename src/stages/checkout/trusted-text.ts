import { isAbsolute, posix, relative } from 'node:path'
import type { Checkout } from '../../model/checkout.ts'
import { AssayError, InputError, messageOf, ParseError } from '../../model/errors.ts'
import type { RunContext } from '../stage.ts'
import { baseFilesOf } from './base-files.ts'

/** Most bytes of one file: the public trusted root has 7 kB. */
const MAX_BYTES = 1024 * 1024

/**
 * Reads files that say whom to trust: from the base commit on a pull request, so that no change can choose whom it
 * is verified by; else from the checkout.
 *
 * @returns a function that answers nothing when there is no such file, and throws InputError `INPUT_INVALID` for a
 * place outside of the checkout, for a file that is too large, and when the base cannot be read
 */
export function trustedText(
  context: Pick<RunContext, 'host' | 'settings'>,
  where: Checkout
): (path: string) => Promise<string | undefined> {
  const { files } = context.host
  return async (given) => {
    const path = pathInCheckout(files.root, given)
    try {
      if (where.base === undefined) return files.readText(path, MAX_BYTES)
      const base = baseFilesOf(context, where)
      if (base === undefined) throw unreadable(given, 'its commit could not be found')
      return (await base.readTexts([path], MAX_BYTES)).get(path)
    } catch (error) {
      if (error instanceof ParseError) throw invalid(given, messageOf(error), error.remedy)
      if (!(error instanceof AssayError) || error instanceof InputError) throw error
      throw unreadable(given, messageOf(error))
    }
  }
}

function pathInCheckout(root: string, given: string): string {
  const inside = isAbsolute(given) ? relative(root, given) : given
  const path = posix.normalize(inside.replaceAll('\\', '/'))
  if (path !== '..' && !path.startsWith('../') && !isAbsolute(path)) return path
  throw invalid(given, 'it lies outside of the checkout', 'Give a path relative to `path`')
}

function unreadable(given: string, why: string): InputError {
  return invalid(
    given,
    `it is read from the base commit of the pull request, and ${why}`,
    'Give the job `permissions: contents: read` and Assay its `github-token`, or check out with `fetch-depth: 0`'
  )
}

function invalid(given: string, why: string, remedy: string): InputError {
  return new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot read "${given}": ${why}`,
    remedy
  })
}
