import type { InstanceContext, InstanceMaterial } from './sigstore-instance/context.ts'
import { fromFiles } from './sigstore-instance/files.ts'
import { isPublicInstance } from './sigstore-instance/public.ts'
import { type ChosenServices, servicesOf } from './sigstore-instance/services.ts'
import { fromPrivateTuf, fromPublicTuf } from './sigstore-instance/tuf.ts'

/** Whom signatures are made with and held to: a deployment of Sigstore. */
export interface SigstoreInstance extends ChosenServices {
  /** JSON of its trusted root. */
  readonly trustedRoot: unknown
  /** When it was the newest there was, ISO 8601 date. */
  readonly asOf: string
  /** Why it is the one that came with Assay; absent when it was asked for or given in this run. */
  readonly frozen?: string
  /** What is signed leaves names behind that anybody can read. In doubt it is so. */
  readonly isPublic: boolean
}

/**
 * Finds out which Sigstore this run signs and verifies with: the public-good instance, unless files or another TUF
 * repository were given.
 *
 * @throws InputError `INPUT_INVALID`, `INPUT_CONFLICT` for what was given and cannot be used
 * @throws ServiceError when the TUF repository that was given cannot be used
 */
export async function sigstoreInstance(context: InstanceContext): Promise<SigstoreInstance> {
  const { settings, host } = context
  const { config, ...material } = await materialOf(context)
  const chosen = config ? servicesOf(config, settings.rekor, host.now()) : {}
  const isPublic = await isPublicInstance(material.trustedRoot, chosen)
  return { ...material, ...chosen, isPublic }
}

function materialOf(context: InstanceContext): Promise<InstanceMaterial> {
  const { trustedRoot, signingConfig, tufUrl, tufRoot } = context.settings
  if (trustedRoot !== undefined || signingConfig !== undefined) return fromFiles(context)
  if (tufUrl !== undefined || tufRoot !== undefined) return fromPrivateTuf(context)
  return fromPublicTuf(context)
}
