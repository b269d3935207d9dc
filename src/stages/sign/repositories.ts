import {
  imageNameOf,
  type ImageReference,
  parseImageReference
} from '../../formats/oci/reference.ts'
import type { Image } from '../../model/image.ts'
import { type OciRepository, openRepository } from '../../services/oci-registry.ts'
import { SHORT_IMAGE_NAMES } from '../../services/registry-defaults.ts'
import { registryAccess } from '../images/registry.ts'
import type { RunContext } from '../stage.ts'

/**
 * Opens each repository once in a run: what is known of logins and blobs there serves all that is signed.
 *
 * @param images whose registry the login of the inputs is for
 * @returns finds the repository of a name such as `ghcr.io/o/app`
 */
export function repositoriesOf(
  context: RunContext,
  images: readonly Image[]
): (name: string) => OciRepository {
  const access = registryAccess(
    context,
    images.map(({ subject }) => referenceOf(subject.name))
  )
  const open = new Map<string, OciRepository>()
  return (name) => {
    const reference = referenceOf(name)
    const key = imageNameOf(reference)
    const repository = open.get(key) ?? openRepository(access, reference)
    open.set(key, repository)
    return repository
  }
}

function referenceOf(name: string): ImageReference {
  const reference = parseImageReference(name, SHORT_IMAGE_NAMES)
  if (typeof reference === 'string') throw new Error(`"${name}" was taken for an image's name`)
  return reference
}
