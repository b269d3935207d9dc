import {
  chooseServices,
  type ServiceSelector,
  type SigningConfig,
  type SigningService
} from '../../formats/signing-config.ts'
import { InputError } from '../../model/errors.ts'
import type { RekorVersion } from '../../model/settings.ts'

/** A log that signatures enter. */
export interface RekorLog {
  /** Without a trailing slash. */
  readonly url: string
  readonly version: 1 | 2
}

/** The services of an instance that sign. What is absent is not used. */
export interface ChosenServices {
  readonly fulcioUrl?: string
  readonly rekor?: RekorLog
  /** The whole address, path included. */
  readonly timestampUrl?: string
  /** What a signature needs besides, where the signing configuration demands several. */
  readonly further?: {
    readonly rekor: readonly RekorLog[]
    readonly timestampUrls: readonly string[]
  }
}

/** Major API versions that we speak. */
const FULCIO_VERSIONS = [1]
const TIMESTAMP_VERSIONS = [1]
const REKOR_VERSIONS: Readonly<Record<Exclude<RekorVersion, 'none'>, readonly number[]>> = {
  auto: [1, 2],
  '1': [1],
  '2': [2]
}

const ANY: ServiceSelector = { kind: 'any' }

/**
 * Chooses the services to sign with.
 *
 * @throws InputError `INPUT_INVALID` when the configuration has not what is asked for
 */
export function servicesOf(
  config: SigningConfig,
  rekorVersion: RekorVersion,
  at: Date
): ChosenServices {
  const now = at.getTime()
  const choose = (
    services: readonly SigningService[],
    what: string,
    by: { readonly selector: ServiceSelector; readonly versions: readonly number[] }
  ): readonly SigningService[] => {
    const chosen = chooseServices(services, { ...by, now })
    if (typeof chosen === 'string') throw unusable(`${what}: ${chosen}`)
    return chosen
  }
  const [authority] = choose(config.authorities, 'certificate authorities', {
    selector: ANY,
    versions: FULCIO_VERSIONS
  })
  const logs =
    rekorVersion === 'none'
      ? []
      : choose(config.logs, 'logs', {
          selector: config.logSelector,
          versions: REKOR_VERSIONS[rekorVersion]
        }).map(logOf)
  const [rekor, ...moreLogs] = logs
  const [timestampUrl, ...timestampUrls] = choose(
    config.timestampAuthorities,
    'timestamp authorities',
    { selector: config.timestampSelector, versions: TIMESTAMP_VERSIONS }
  ).map(({ url }) => url)
  if (rekor === undefined && (rekorVersion === '1' || rekorVersion === '2')) {
    throw unusable(`it has no log of version ${rekorVersion} that can be used now`)
  }
  return {
    ...(authority && { fulcioUrl: authority.url }),
    ...(rekor && { rekor }),
    ...(timestampUrl !== undefined && { timestampUrl }),
    ...(moreLogs.length + timestampUrls.length > 0 && {
      further: { rekor: moreLogs, timestampUrls }
    })
  }
}

function logOf({ url, majorApiVersion }: SigningService): RekorLog {
  return { url, version: majorApiVersion === 2 ? 2 : 1 }
}

function unusable(why: string): InputError {
  return new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot sign as the signing configuration says: ${why}`,
    remedy:
      'Change `rekor-version`, or make the signing configuration anew with `cosign signing-config create`'
  })
}
