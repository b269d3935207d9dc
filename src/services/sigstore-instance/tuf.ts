import { type SigningConfig, signingConfigOf } from '../../formats/signing-config.ts'
import { AssayError, messageOf, ServiceError } from '../../model/errors.ts'
import { SIGNING_CONFIG_TARGETS, TRUSTED_ROOT_TARGET } from '../registry-defaults.ts'
import { sigstoreSeed } from '../sigstore-seed.ts'
import { tufTargets } from '../sigstore-tuf.ts'
import type { InstanceContext, InstanceMaterial } from './context.ts'
import { conflict, jsonFile } from './files.ts'
import { embeddedSigningConfig } from './public.ts'

/** Longest time, in milliseconds, that is spent on newer material of the public-good instance, and on a private one's. */
const REFRESH_MS = 10_000
const PRIVATE_MS = 60_000

/** The newest material of the public-good instance; else what came with Assay. */
export async function fromPublicTuf(context: InstanceContext): Promise<InstanceMaterial> {
  const { host, signal } = context
  const seed = await sigstoreSeed()
  try {
    return await fetched(context, { ...seed, withinMs: REFRESH_MS })
  } catch (error) {
    if (signal.aborted) throw error
    host.log.debug(`Sigstore's TUF repository: ${messageOf(error)}`)
    return {
      trustedRoot: seed.target(TRUSTED_ROOT_TARGET),
      asOf: seed.takenAt,
      frozen: `${new URL(seed.repository).host}: ${reasonOf(error)}`,
      config: embeddedSigningConfig(context.settings.rekor)
    }
  }
}

/**
 * Material of another TUF repository.
 *
 * @throws InputError for root metadata that is not there
 * @throws ServiceError when the repository cannot be asked, or does not verify
 */
export async function fromPrivateTuf(context: InstanceContext): Promise<InstanceMaterial> {
  const { tufUrl, tufRoot } = context.settings
  if (tufUrl === undefined || tufRoot === undefined) {
    throw conflict(
      'found one of `tuf-url` and `tuf-root`, expected both',
      'Give the address of the TUF repository and a file with its root metadata, which you trust'
    )
  }
  const root = await jsonFile(context, 'tuf-root', tufRoot)
  try {
    return await fetched(context, { repository: tufUrl, root, withinMs: PRIVATE_MS })
  } catch (error) {
    if (error instanceof AssayError || context.signal.aborted) throw error
    throw new ServiceError({
      code: 'SERVICE_RESPONSE_INVALID',
      message: `Cannot use the TUF repository "${tufUrl}": ${messageOf(error)}`,
      remedy: 'Look whether `tuf-root` is of this repository and the repository is up to date',
      cause: error,
      url: tufUrl,
      reason: messageOf(error)
    })
  }
}

interface Source {
  readonly repository: string
  readonly root: unknown
  readonly withinMs: number
}

async function fetched(
  { host, signal, settings }: InstanceContext,
  { repository, root, withinMs }: Source
): Promise<InstanceMaterial> {
  const now = host.now()
  const { usual, rekorV2 } = SIGNING_CONFIG_TARGETS
  const names = settings.rekor === '2' ? [rekorV2, usual] : [usual]
  const found = await tufTargets(
    {
      http: host.http,
      repository,
      root,
      now,
      signal: AbortSignal.any([signal, AbortSignal.timeout(withinMs)])
    },
    [TRUSTED_ROOT_TARGET],
    names
  )
  const name = names.find((each) => found.has(each))
  const config = name === undefined ? undefined : configIn(found.get(name), name)
  return {
    trustedRoot: found.get(TRUSTED_ROOT_TARGET),
    asOf: now.toISOString().slice(0, 10),
    ...(config && { config })
  }
}

function configIn(value: unknown, name: string): SigningConfig {
  const config = signingConfigOf(value)
  if (typeof config === 'string') throw new Error(`${name}: ${config}`)
  return config
}

function reasonOf(error: unknown): string {
  return error instanceof ServiceError ? (error.reason ?? error.message) : messageOf(error)
}
