import { realTiming } from '../../host/http/timing.ts'
import type { ImageReference } from '../../formats/oci/reference.ts'
import { InputError } from '../../model/errors.ts'
import { dockerCredentials, maskLogin } from '../../services/docker-credentials.ts'
import type { openRepository } from '../../services/oci-registry.ts'
import type { LoginSource, RegistryLogin } from '../../services/registry-login.ts'
import type { RunContext } from '../stage.ts'

/** With what registries of images are spoken to. */
export type RegistryAccess = Parameters<typeof openRepository>[0]

/**
 * How the registries of some images are spoken to in this run.
 *
 * @throws InputError `INPUT_CONFLICT` when it is not clear whom a password is for
 */
export function registryAccess(
  context: RunContext,
  references: readonly ImageReference[]
): RegistryAccess {
  const { host, settings, signal } = context
  return {
    host,
    signal,
    timing: realTiming,
    loginOf: loginsOf(context, references),
    plainHttp: settings.plainHttpRegistries
  }
}

/** The login of the inputs for the one registry that it is for; those of this machine for all others. */
function loginsOf(
  { host, settings }: RunContext,
  references: readonly ImageReference[]
): LoginSource {
  const { registryUsername: username, registryPassword: password } = settings
  const machine = dockerCredentials(host)
  if (username === undefined || password === undefined) return machine
  const registries = [...new Set(references.map(({ registry }) => registry))]
  const [owner] = registries
  if (registries.length > 1) {
    throw new InputError({
      code: 'INPUT_CONFLICT',
      message: `Cannot tell which registry \`registry-password\` is for: images are in ${registries.join(' and ')}`,
      remedy:
        'Log in to each with `docker/login-action` before this step, and leave the two inputs out'
    })
  }
  const login: RegistryLogin = { kind: 'password', username, password }
  maskLogin(login, host.mask)
  // Other registries, such as those that an image is copied to, must never see it.
  return (registry, repository) =>
    registry === owner ? Promise.resolve(login) : machine(registry, repository)
}
