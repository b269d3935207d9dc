import type { HttpAnswer } from '../../host/host.ts'
import { ServiceError } from '../../model/errors.ts'

/** A file in a commit. */
export interface TreeFile {
  readonly path: string
  /** Of its blob. */
  readonly oid: string
}

/** @throws ServiceError `SERVICE_RESPONSE_INVALID` when the body is no JSON */
export function jsonOf(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(Buffer.from(answer.body).toString('utf8'))
  } catch (cause) {
    throw new ServiceError({
      code: 'SERVICE_RESPONSE_INVALID',
      message: `Cannot read the answer of ${answer.url}: found no JSON`,
      remedy: 'Check that `GITHUB_API_URL` is the address of a REST API of GitHub',
      url: answer.url,
      reason: 'an answer without JSON',
      cause
    })
  }
}

export function stringAt(value: unknown, key: string): string | undefined {
  const found = at(value, key)
  return typeof found === 'string' ? found : undefined
}

/**
 * Regular files of a recursive tree.
 *
 * @returns truncated, too, when the answer is no tree: nothing is known of what is not listed
 * @see https://docs.github.com/en/rest/git/trees#get-a-tree
 */
export function treeOf(value: unknown): {
  readonly files: readonly TreeFile[]
  readonly truncated: boolean
} {
  const tree = at(value, 'tree')
  if (!Array.isArray(tree)) return { files: [], truncated: true }
  const files = tree.flatMap((entry: unknown): TreeFile[] => {
    const path = stringAt(entry, 'path')
    const oid = stringAt(entry, 'sha') ?? ''
    // 120000 is a link, 160000 a submodule.
    const regular = stringAt(entry, 'mode')?.startsWith('100') === true
    return path !== undefined && regular && /^[0-9a-f]{40}$/.test(oid) ? [{ path, oid }] : []
  })
  return { files, truncated: at(value, 'truncated') !== false }
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined
}
