import { MEDIA_TYPE } from '../../formats/oci.ts'
import type { Descriptor } from '../../formats/oci/descriptor.ts'
import { EMPTY_CONFIG, renderReferrer, withReferrers } from '../../formats/oci/referrer.ts'
import type { ServiceError } from '../../model/errors.ts'
import { nonsenseError, rewritingError } from './faults.ts'
import { fallbackIndex, fallbackTag, listReferrers } from './lists.ts'
import { nameOf } from './reading.ts'
import type { Referrer, Session } from './session.ts'
import { putBlob, putManifest } from './writing.ts'

/** What is attached to a manifest: one blob. */
export interface Attachment {
  /** The manifest that it is about. */
  readonly subject: Descriptor
  readonly bytes: Uint8Array
  /** Of the blob, and of the whole. */
  readonly artifactType: string
  /** The same annotations on the same bytes are the same attachment. */
  readonly annotations: Readonly<Record<string, string>>
  /** It has just been made, so that nobody can have it: it is not looked for. */
  readonly isNew?: true
  /** Called each time that it has to be put again because the registry does not list it. */
  onLost?(): void
}

/** Times that a list, or a tag, is read again before we give up. */
export const MAX_ROUNDS = 12

/** Wait before a list is read again, in milliseconds; it grows by {@link MORE_DELAY_MS} with every round. */
const LEAST_DELAY_MS = 20
const MORE_DELAY_MS = 60

/**
 * Attaches a blob to a manifest so that it stays: what is attached is read back from the registry's list, and put
 * again while it is missing there. Registries lose some of several parallel attachments, those with a list of
 * their own too. To attach the same again changes nothing.
 *
 * @returns the descriptor of the attached manifest
 * @throws ServiceError when it cannot be attached, or does not stay
 */
export async function attach(session: Session, attachment: Attachment): Promise<Descriptor> {
  const { subject, bytes, artifactType, annotations, onLost, isNew } = attachment
  const [layer] = await Promise.all([
    putBlob(session, { bytes, mediaType: artifactType, ...(isNew && { isNew }) }),
    // The same for all: one after the other finds that it is there.
    session.inTurn(MEDIA_TYPE.empty, () =>
      putBlob(session, { bytes: EMPTY_CONFIG, mediaType: MEDIA_TYPE.empty })
    )
  ])
  const manifest = renderReferrer({ subject, artifactType, layers: [layer], annotations })
  return putReferrer(session, manifest, {
    mediaType: MEDIA_TYPE.image,
    subject: subject.digest,
    artifactType,
    annotations,
    ...(onLost && { onLost })
  })
}

interface About {
  readonly mediaType: string
  readonly subject: string
  readonly artifactType: string
  readonly annotations: Readonly<Record<string, string>>
  onLost?(): void
}

/** Puts a manifest that refers to another one, so that it stays in the list. @throws ServiceError */
export async function putReferrer(
  session: Session,
  bytes: Uint8Array,
  { mediaType, subject, artifactType, annotations, onLost }: About
): Promise<Descriptor> {
  const put = await putManifest(session, { bytes, mediaType })
  const descriptor = { ...put.descriptor, artifactType, annotations }
  const referrer = { bytes, descriptor, subject, ...(onLost && { onLost }) }
  if (put.noted) await keepInList(session, referrer)
  else await keepUnderTag(session, referrer)
  return descriptor
}

/** The registry keeps the list: it is enough to look, and to say it again. */
function keepInList(session: Session, referrer: Referrer): Promise<void> {
  return together(session, { key: `list ${referrer.subject}`, referrer }, async (take) => {
    await pause(session, { round: 0, tookMs: 0 })
    let missing = take()
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      const { entries, from } = await listReferrers(session, referrer.subject)
      missing = notAmong(entries, missing)
      if (missing.length === 0) return
      // It has said that it would note it, and has no list.
      if (from === 'tag') {
        await Promise.all(missing.map((one) => keepUnderTag(session, one)))
        return
      }
      for (const { bytes, descriptor, onLost } of missing) {
        onLost?.()
        await putManifest(session, { bytes, mediaType: descriptor.mediaType })
      }
      await pause(session, { round, tookMs: 0 })
    }
    throw lost(session, missing)
  })
}

/**
 * Writers keep the list: read, add, put, and look whether somebody else has put theirs over it meanwhile. Where the
 * registry compares `If-Match`, it is refused instead of lost.
 */
function keepUnderTag(session: Session, referrer: Referrer): Promise<void> {
  const { timing, signal } = session
  const { subject } = referrer
  const tag = fallbackTag(subject)
  return together(session, { key: tag, referrer }, async (take) => {
    // Others of this run are about to add theirs.
    await timing.sleep(LEAST_DELAY_MS, signal)
    let missing = take()
    for (let round = 0; round <= MAX_ROUNDS; round++) {
      const startedAt = timing.now()
      const index = await fallbackIndex(session, subject)
      missing = notAmong(index?.entries ?? [], missing)
      if (missing.length === 0) return
      const bytes = withReferrers(
        index?.bytes,
        missing.map(({ descriptor }) => descriptor)
      )
      if (bytes === undefined) {
        throw nonsenseError(`attach to "${nameOf(session, subject)}"`, tag, 'the tag is no index')
      }
      if (round > 0) for (const { onLost } of missing) onLost?.()
      const ifMatch = index?.etag === undefined ? {} : { ifMatch: index.etag }
      const put = { bytes, mediaType: MEDIA_TYPE.index, tag, ...ifMatch }
      await putManifest(session, put).catch((error: unknown) => {
        throw index === undefined
          ? error
          : rewritingError(error, 'or use a registry that keeps lists')
      })
      await pause(session, { round, tookMs: timing.now() - startedAt })
    }
    throw lost(session, missing)
  })
}

function notAmong(
  entries: readonly Descriptor[],
  wanted: readonly Referrer[]
): readonly Referrer[] {
  const there = new Set(entries.map(({ digest }) => digest))
  return wanted.filter(({ descriptor }) => !there.has(descriptor.digest))
}

/** Ends the gathering. @returns all that have come */
type Take = () => readonly Referrer[]

/**
 * Keeps what comes for one list while others are on their way together: one after the other they would cost a list
 * each, and wait for each other.
 */
function together(
  session: Session,
  { key, referrer }: { readonly key: string; readonly referrer: Referrer },
  keep: (take: Take) => Promise<void>
): Promise<void> {
  const { gathering } = session
  const gathered = gathering.get(key)
  if (gathered !== undefined) {
    gathered.referrers.push(referrer)
    return gathered.kept
  }
  const referrers = [referrer]
  const take: Take = () => {
    gathering.delete(key)
    return referrers
  }
  const kept = session.inTurn(key, () => keep(take).finally(take))
  gathering.set(key, { referrers, kept })
  return kept
}

/**
 * A while that nobody else waits, so that writers who met do not meet again; and longer than another one may take
 * from reading to putting.
 */
export async function pause(
  { timing, signal }: Session,
  { round, tookMs }: { readonly round: number; readonly tookMs: number }
): Promise<void> {
  const ms = LEAST_DELAY_MS + 2 * tookMs + timing.random() * MORE_DELAY_MS * (round + 1)
  await timing.sleep(ms, signal)
}

function lost(session: Session, missing: readonly Referrer[]): ServiceError {
  const [first] = missing
  const what = `attach ${first?.descriptor.digest ?? ''} to "${nameOf(session, first?.subject ?? '')}"`
  return nonsenseError(
    what,
    session.registry,
    `it does not stay in the list after ${MAX_ROUNDS} rounds`
  )
}
