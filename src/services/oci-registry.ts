import type { Descriptor } from '../formats/oci/descriptor.ts'
import type { LegacyLayer } from '../formats/cosign-legacy.ts'
import { type ImageReference, imageNameOf } from '../formats/oci/reference.ts'
import {
  type Contradiction,
  type FoundBlob,
  type FoundManifest,
  headManifest,
  readBlob,
  readManifest
} from './oci-registry/reading.ts'
import { type Attachment, attach } from './oci-registry/attaching.ts'
import { copyManifest } from './oci-registry/copying.ts'
import type { OciContext } from './oci-registry/context.ts'
import { listReferrers, listTags, type Referrers } from './oci-registry/lists.ts'
import { openSession, type Session } from './oci-registry/session.ts'
import { appendLegacyLayers } from './oci-registry/appending.ts'
import { deleteManifest, probePush, putBlob, putManifest } from './oci-registry/writing.ts'

/** One repository of a registry of images. Every byte that it gives out has been compared with its digest. */
export interface OciRepository {
  /** `ghcr.io/o/app` */
  readonly name: string
  /** For {@link OciRepository.copyFrom} of another one. */
  readonly session: Session
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
  /** Lists the tags, as the registry orders them. @throws ServiceError */
  tags(): Promise<readonly string[]>
  /** Lists what refers to a manifest: of one type, or all. @throws ServiceError */
  referrers(digest: string, artifactType?: string): Promise<Referrers>
  /** Puts a blob, unless it is there. @throws ServiceError */
  putBlob(bytes: Uint8Array, mediaType: string): Promise<Descriptor>
  /** Puts a manifest under its digest, or a tag. @throws ServiceError */
  putManifest(bytes: Uint8Array, mediaType: string, tag?: string): Promise<Descriptor>
  /** Deletes a manifest; what is not there counts as deleted. @throws ServiceError */
  deleteManifest(reference: string): Promise<void>
  /** Sees whether this login may push, and leaves nothing behind. @throws ServiceError when it may not */
  probePush(): Promise<void>
  /** Attaches a blob to a manifest so that it stays. @throws ServiceError */
  attach(attachment: Attachment): Promise<Descriptor>
  /** Adds layers to what lies under a tag such as `sha256-<hex>.sig` so that they stay. @throws ServiceError */
  appendLegacy(tag: string, layers: readonly LegacyLayer[]): Promise<void>
  /**
   * Takes over a manifest of another repository with all that is below it, and all that refers to it. No tag of an
   * image is set.
   *
   * @param suffixes ends of tags such as `sha256-<hex>.sig` that come along
   * @returns digests of the manifests that are here now
   * @throws ServiceError
   */
  copyFrom(
    source: OciRepository,
    digest: string,
    suffixes?: readonly string[]
  ): Promise<readonly string[]>
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
    session,
    manifest: (wanted) => readManifest(session, wanted),
    head: (wanted) => headManifest(session, wanted),
    blob: (descriptor, sink) => readBlob(session, descriptor, sink),
    tags: () => listTags(session),
    referrers: (digest, artifactType) => listReferrers(session, digest, artifactType),
    putBlob: (bytes, mediaType) => putBlob(session, { bytes, mediaType }),
    async putManifest(bytes, mediaType, tag) {
      const put = { bytes, mediaType, ...(tag !== undefined && { tag }) }
      const { descriptor } = await putManifest(session, put)
      return descriptor
    },
    deleteManifest: (wanted) => deleteManifest(session, wanted),
    probePush: () => probePush(session),
    attach: (attachment) => attach(session, attachment),
    appendLegacy: (tag, layers) => appendLegacyLayers(session, tag, layers),
    copyFrom: (source, digest, suffixes = []) =>
      copyManifest({ source: source.session, target: session, suffixes }, digest)
  }
}
