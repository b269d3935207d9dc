import { realTiming } from '../../host/http/timing.ts'
import { parseImageReference } from '../../formats/oci/reference.ts'
import { AssayError, CancelledError, InputError, messageOf } from '../../model/errors.ts'
import type { Image } from '../../model/image.ts'
import { plainText } from '../../model/plain-text.ts'
import { dockerCredentials, maskLogin } from '../../services/docker-credentials.ts'
import { openRepository } from '../../services/oci-registry.ts'
import { SHORT_IMAGE_NAMES } from '../../services/registry-defaults.ts'
import type { LoginSource, RegistryLogin } from '../../services/registry-login.ts'
import { inParallel } from '../in-parallel.ts'
import type { RunContext, StageResult } from '../stage.ts'
import { evidenceOf, findingsOf } from './findings.ts'
import type { Looked, Obstacle, Wanted } from './looked.ts'
import { resolveImage } from './resolve.ts'
import { sectionOf } from './section.ts'

/**
 * Resolves the images of the settings, each once.
 *
 * @throws InputError `INPUT_INVALID` for what is no reference, `INPUT_CONFLICT` when it is not clear whom a password is for
 */
export async function lookAtImages(context: RunContext): Promise<StageResult<readonly Image[]>> {
  const { host, settings, signal } = context
  const wanted = settings.images.map(wantedOf)
  const registry = {
    host,
    signal,
    timing: realTiming,
    loginOf: loginsOf(context, wanted),
    plainHttp: settings.plainHttpRegistries
  }
  const progress = host.progress('Resolving images', wanted.length)
  const looked = await inParallel(wanted, settings.concurrency, async (one): Promise<Looked> => {
    try {
      return await resolveImage(openRepository(registry, one.reference), one.given, one.reference)
    } catch (error) {
      return { ...one, obstacle: obstacleOf(context, error) }
    } finally {
      progress.advance()
    }
  })
  progress.done()
  const images = looked.flatMap((one) => ('obstacle' in one ? [] : (one.image ?? [])))
  const evidence = looked.map((one) => evidenceOf(one, host.now()))
  return {
    output: images,
    findings: looked.flatMap((one, at) => findingsOf(one, evidence[at] ?? [])),
    evidence: evidence.flat(),
    section: sectionOf(looked),
    stats: {
      images: images.length,
      platforms: images.reduce((sum, { platforms }) => sum + platforms.length, 0),
      otherEntries: images.reduce((sum, { others }) => sum + others.length, 0),
      unresolved: looked.length - images.length
    },
    outputs: {
      'image-digests': images
        .map(({ subject: { name, digest } }) => `${name}@${digest.algorithm}:${digest.hex}`)
        .join('\n')
    }
  }
}

function wantedOf(given: string): Wanted {
  const reference = parseImageReference(given, SHORT_IMAGE_NAMES)
  if (typeof reference !== 'string') return { given, reference }
  throw new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot use "${plainText(given)}" of \`images\`: ${reference}`,
    remedy: 'Write it as `registry/repository:tag` or `registry/repository@sha256:…`'
  })
}

/** The login of the inputs where there is one, else those of this machine. */
function loginsOf({ host, settings }: RunContext, wanted: readonly Wanted[]): LoginSource {
  const { registryUsername: username, registryPassword: password } = settings
  const machine = dockerCredentials(host)
  if (username === undefined || password === undefined) return machine
  const registries = [...new Set(wanted.map(({ reference }) => reference.registry))]
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
  return () => Promise.resolve(login)
}

function obstacleOf({ host }: RunContext, error: unknown): Obstacle {
  if (error instanceof CancelledError) {
    return { reason: error.code === 'OFFLINE' ? 'the run is offline' : 'the run was ended' }
  }
  if (error instanceof AssayError) {
    const { message, remedy }: AssayError = error
    return { reason: message, remedy }
  }
  // A bug of ours must not hide what is known of the other images.
  if (Error.isError(error)) host.log.debug(error.stack ?? '')
  return {
    reason: `internal error: ${messageOf(error)}`,
    remedy: 'This is a bug in Assay; please report it with the debug log'
  }
}
