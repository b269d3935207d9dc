import type { Descriptor } from '../formats/oci/descriptor.ts'
import { type ImageReference, imageNameOf } from '../formats/oci/reference.ts'
import {
  type Contradiction,
  type FoundBlob,
  type FoundManifest,
  headManifest,
  readBlob,
  readManifest
} from './oci-registry/reading.ts'
import type { OciContext } from './oci-registry/context.ts'
import { openSession } from './oci-registry/session.ts'

/** One repository of a registry of images. Every byte that it gives out has been compared with its digest. */
export interface OciRepository {
  /** `ghcr.io/o/app` */
  readonly name: string
  /**
   * Reads a manifest.
   *
   * @param reference tag or digest
   * @returns nothing when there is none
   * @throws ServiceError when the registry cannot be asked, refuses, or answers with what is no manifest
   */
  manifest(reference: string): Promise<FoundManifest | Contradiction | undefined>
  /**
   * What the registry says of a manifest, without reading it.
   *
   * @returns nothing when there is none
   * @throws ServiceError when the registry cannot be asked, or refuses
   */
  head(reference: string): Promise<Descriptor | undefined>
  /**
   * Reads a blob of at most the descriptor's size; piece by piece with a sink, which is called anew at each attempt.
   *
   * @returns nothing when there is none
   * @throws ServiceError when the registry cannot be asked, refuses, or sends more than it should
   */
  blob(
    descriptor: Pick<Descriptor, 'digest' | 'size'>,
    sink?: () => (chunk: Uint8Array) => void
  ): Promise<FoundBlob | Contradiction | undefined>
}

/**
 * Opens a repository; nothing is asked before the first question.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md
 */
export function openRepository(
  context: OciContext,
  reference: Pick<ImageReference, 'registry' | 'repository'>
): OciRepository {
  const session = openSession(context, reference)
  return {
    name: imageNameOf(reference),
    manifest: (wanted) => readManifest(session, wanted),
    head: (wanted) => headManifest(session, wanted),
    blob: (descriptor, sink) => readBlob(session, descriptor, sink)
  }
}
