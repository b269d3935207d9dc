import { parseImageReference } from '../../formats/oci/reference.ts'
import { InputError } from '../../model/errors.ts'
import type { Image } from '../../model/image.ts'
import { plainText } from '../../model/plain-text.ts'
import { openRepository } from '../../services/oci-registry.ts'
import { SHORT_IMAGE_NAMES } from '../../services/registry-defaults.ts'
import { inParallel } from '../in-parallel.ts'
import type { RunContext, StageResult } from '../stage.ts'
import { evidenceOf, findingsOf } from './findings.ts'
import { type Looked, obstacleOf, type Wanted } from './looked.ts'
import { registryAccess } from './registry.ts'
import { resolveImage } from './resolve.ts'
import { sectionOf } from './section.ts'

/**
 * Resolves the images of the settings, each once.
 *
 * @throws InputError `INPUT_INVALID` for what is no reference, `INPUT_CONFLICT` when it is not clear whom a password is for
 */
export async function lookAtImages(context: RunContext): Promise<StageResult<readonly Image[]>> {
  const { host, settings } = context
  const wanted = settings.images.map(wantedOf)
  const registry = registryAccess(
    context,
    wanted.map(({ reference }) => reference)
  )
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
