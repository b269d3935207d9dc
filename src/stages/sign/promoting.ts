import type { OciRepository } from '../../services/oci-registry.ts'
import { inParallel } from '../in-parallel.ts'
import { lookForLegacy } from './legacy.ts'
import { obstacleOf } from './obstacle.ts'
import type { Promotion } from './promotions.ts'
import { lookForBundles } from './referrers.ts'
import type { Says, SignedSubject } from './signing.ts'
import type { ImageWork, PlannedSubject } from './work.ts'

/** Targets that are copied to at once. */
const MAX_AT_ONCE = 4

/** Ends of the older tags, which come along. */
const SUFFIXES = ['.sig', '.att']

/** What came of one target. */
export interface Promoted {
  readonly promotion: Promotion
  /** Digest that the tag has; absent when it was left as it was. */
  readonly tagged?: string
  /** It had that digest before. */
  readonly before?: true
  /** Why the tag was left alone, without a final period. */
  readonly reason?: string
  readonly remedy?: string
}

/** What is known of the images when they are to be promoted. */
export interface Promoting {
  readonly work: ImageWork
  readonly planned: readonly PlannedSubject[]
  readonly signed: readonly SignedSubject[]
}

/**
 * Copies signed images with all that is attached to them to every target, reads them back and verifies them there. Only
 * when that is done for all targets are tags set, and only at those where all of it holds: one that fails keeps its tag
 * as it is, and does not keep the others from theirs. Never throws for a service.
 */
export async function promote(
  promoting: Promoting,
  promotions: readonly Promotion[]
): Promise<readonly Promoted[]> {
  const { context } = promoting.work
  const progress = context.host.progress('Promoting images', promotions.length)
  const copied = await inParallel(promotions, MAX_AT_ONCE, async (promotion): Promise<Promoted> => {
    try {
      const reason = await copyAndVerify(promoting, promotion)
      return { promotion, ...(reason !== undefined && { reason }) }
    } catch (error) {
      return { promotion, ...obstacleOf(context, error) }
    } finally {
      progress.advance()
    }
  })
  progress.done()
  return inParallel(copied, MAX_AT_ONCE, async (one) => {
    if (one.reason !== undefined) return one
    try {
      return { ...one, ...(await putTag(promoting, one.promotion)) }
    } catch (error) {
      return { ...one, ...obstacleOf(context, error) }
    }
  })
}

/** @returns why it must not be tagged, as text */
async function copyAndVerify(
  { work, planned, signed }: Promoting,
  { image, name }: Promotion
): Promise<string | undefined> {
  const own = signed.filter((one) => one.given === image.given)
  const missing = own.flatMap(({ kept }) => kept).filter(({ outcome }) => outcome !== 'verified')
  if (missing.length > 0) {
    return `${missing.length} of its signatures and attestations are not where it was signed`
  }
  const source = work.repositoryOf(image.subject.name)
  const target = work.repositoryOf(name)
  const digest = `${image.subject.digest.algorithm}:${image.subject.digest.hex}`
  const subjects = planned.filter(({ one }) => one.image.given === image.given)
  // What was copied before, and holds, is not copied again.
  if ((await faultsAt(work, target, subjects)) === undefined) return undefined
  if (target !== source) await target.copyFrom(source, digest, SUFFIXES)
  return faultsAt(work, target, subjects)
}

async function faultsAt(
  work: ImageWork,
  repository: OciRepository,
  subjects: readonly PlannedSubject[]
): Promise<string | undefined> {
  for (const subject of subjects) {
    const fault = await faultAt(work, repository, subject)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** Reads back what was copied: the manifest, and every signature that it is to have. */
async function faultAt(
  work: ImageWork,
  repository: OciRepository,
  { one, wanted }: PlannedSubject
): Promise<string | undefined> {
  const { digest } = one.descriptor
  const there = await repository.manifest(digest)
  if (there?.kind !== 'found') return `${repository.name}@${digest} is not there after copying`
  const { own, forms, hint } = work
  const subject = one.descriptor
  if (forms.has('referrer')) {
    const { found } = await lookForBundles({
      repository,
      subject,
      wanted,
      accepts: (bundle, statement) => own.sameStatement(bundle, statement)
    })
    const fault = missingOf(wanted, found, `attached to ${repository.name}@${digest}`)
    if (fault !== undefined) return fault
  }
  if (!forms.has('legacy')) return undefined
  const signedName = one.subject.name
  const found = await lookForLegacy({ repository, subject, signedName, wanted, own, hint })
  return missingOf(wanted, found, `under the older tags of ${repository.name}@${digest}`)
}

function missingOf(
  wanted: readonly { readonly says: Says }[],
  found: ReadonlyMap<Says, unknown>,
  where: string
): string | undefined {
  const missing = wanted.filter(({ says }) => !found.has(says)).map(({ says }) => says)
  return missing.length === 0 ? undefined : `${missing.join(', ')} did not verify ${where}`
}

/** Sets the tag, unless it is set, and reads it back. */
async function putTag(
  { work }: Promoting,
  { image, name, tag }: Promotion
): Promise<Pick<Promoted, 'tagged' | 'before' | 'reason'>> {
  const { algorithm, hex } = image.subject.digest
  const digest = `${algorithm}:${hex}`
  const target = work.repositoryOf(name)
  const before = await target.head(tag)
  if (before?.digest === digest) return { tagged: digest, before: true }
  const found = await target.manifest(digest)
  if (found?.kind !== 'found') return { reason: `${name}@${digest} is not there any more` }
  await target.putManifest(found.bytes, found.descriptor.mediaType, tag)
  const after = await target.manifest(tag)
  if (after?.kind === 'found' && after.descriptor.digest === digest) return { tagged: digest }
  const is = after?.kind === 'found' ? after.descriptor.digest : 'nothing'
  return { reason: `the tag "${tag}" of ${name} is ${is} after it was set to ${digest}` }
}
