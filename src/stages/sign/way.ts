import { InputError } from '../../model/errors.ts'
import type { RunContext } from '../stage.ts'

/** With what is signed. */
export type Way = 'key' | 'keyless'

/** The lines to paste into a workflow. */
const PERMISSION_LINES = `\`permissions:\` with \`id-token: write\` (and what the job has besides, such as \`contents: read\`, \`packages: write\`)`

type Asking = Pick<RunContext, 'host' | 'settings'>

/** Whether something was asked for that cannot be had without a signature. */
export function isExplicit({ settings: { sign } }: Asking): boolean {
  return (
    sign.mode !== 'auto' ||
    sign.subjectPaths.length > 0 ||
    sign.subjectChecksums !== undefined ||
    sign.promoteTo.length > 0
  )
}

/**
 * Why nothing can be signed in this run though there are images: they alone, and nobody said how.
 *
 * @returns nothing when something can, or when it is an error that nothing can
 */
export function whyNoWay(asking: Asking): string | undefined {
  if (wayOf(asking) !== undefined || isExplicit(asking)) return undefined
  const { idTokens } = asking.host
  return idTokens === undefined && isOnRunner(asking)
    ? 'the job may not ask for a token to sign with: give it `permissions: id-token: write`, or `signing-key`'
    : 'there is no key to sign with: set `COSIGN_PRIVATE_KEY`'
}

function wayOf({ host, settings: { sign } }: Asking): Way | undefined {
  if (sign.mode !== 'keyless' && sign.key !== undefined) return 'key'
  return sign.mode !== 'key' && host.idTokens !== undefined ? 'keyless' : undefined
}

/**
 * With what this run signs.
 *
 * @throws InputError `PERMISSION_MISSING` when the job may not ask for a token, `INPUT_INVALID` without a key
 */
export function wayToSign(asking: Asking): Way {
  const way = wayOf(asking)
  if (way !== undefined) return way
  if (asking.settings.sign.mode === 'key' || !isOnRunner(asking)) {
    throw new InputError({
      code: 'INPUT_INVALID',
      message: 'Cannot sign: found no private key, expected one',
      remedy:
        'Give `signing-key` and `signing-key-password`, or set `COSIGN_PRIVATE_KEY` and `COSIGN_PASSWORD`'
    })
  }
  throw new InputError({
    code: 'PERMISSION_MISSING',
    message: 'Cannot sign: the job may not ask GitHub for a token that says which workflow it is',
    remedy: `Add to the job ${PERMISSION_LINES}; or give \`signing-key\`, or \`sign: off\``
  })
}

function isOnRunner({ host }: Asking): boolean {
  return host.env['GITHUB_ACTIONS'] === 'true'
}
