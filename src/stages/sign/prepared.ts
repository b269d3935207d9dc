import { renderDigest } from '../../model/digest.ts'
import type { Image } from '../../model/image.ts'
import type { Predicate } from '../../model/predicate.ts'
import type { WorkflowClaims } from '../../model/workflow-claims.ts'
import type { SigningIdentity } from '../../services/bundle-signer.ts'
import type { OciRepository } from '../../services/oci-registry.ts'
import type { SigstoreInstance } from '../../services/sigstore-instance.ts'
import type { RunContext } from '../stage.ts'
import { githubOf } from './github.ts'
import { ownBundles } from './own-bundles.ts'
import { isAnythingMissing, planImages } from './planning.ts'
import { assertUnhindered, hindranceOf, hindrancesOf } from './preflight.ts'
import { privacyHindrance } from './privacy.ts'
import { type Promotion, promotionsOf } from './promotions.ts'
import { repositoriesOf } from './repositories.ts'
import type { Hindrance } from './signing.ts'
import { subjectsOf } from './subjects.ts'
import { isExplicit, type Way } from './way.ts'
import { knownOf, type WhoSigns, whoSigns } from './who.ts'
import type { ImageWork, PlannedSubject } from './work.ts'

/** What is known when nothing is in the way any more. */
export interface Prepared {
  readonly way: Way
  readonly instance: SigstoreInstance
  readonly work: ImageWork
  readonly planned: readonly PlannedSubject[]
  readonly promotions: readonly Promotion[]
  readonly claims?: WorkflowClaims
}

/** What the run is about to sign. */
export interface ToSign {
  readonly way: Way
  readonly instance: SigstoreInstance
  readonly images: readonly Image[]
  /** There are files besides. */
  readonly files: number
  /** Of the token that the provenance was made of. */
  readonly claims?: WorkflowClaims
  /** What is stated about every subject. The verdict, which is among it, says who states it. */
  predicatesOf(identity: SigningIdentity): readonly Predicate[]
  /** What is in the way of the files alone. */
  fileHindrances(work: ImageWork): Promise<readonly Hindrance[]>
}

/**
 * Finds out what is signed already, and all that is in the way of the rest, before anything is signed.
 *
 * @returns why nothing is to be signed, as text, where only images are there and nobody insisted
 * @throws InputError for all that is in the way, together
 * @throws ServiceError for what may pass by itself
 */
export async function prepare(context: RunContext, toSign: ToSign): Promise<Prepared | string> {
  const { way, instance, images } = toSign
  const known = await knownOf(context, way, toSign.claims)
  const { publishPrivateNames: allowed, forms, promoteTo } = context.settings.sign
  const privacy = privacyHindrance({ ...known, way, instance, allowed })
  if (privacy !== undefined && !isExplicit(context)) return `${privacy.message}. ${privacy.remedy}`
  // Not even who signs is asked when it must not be.
  assertUnhindered(privacy === undefined ? [] : [privacy])
  const who = await whoSigns(context, { ...known, way, instance })
  // Nobody could tell: then the authority does.
  const foreseen = who.foreseen ?? (await who.signer.identity())
  const work = await workOf(context, { ...toSign, ...who, foreseen, forms: new Set(forms) })
  const subjects = subjectsOf(images)
  const plan = await attempt(() => planImages(work, subjects))
  const { promotions, hindrances } = promotionsOf(promoteTo, images)
  const planned = 'message' in plan ? [] : plan
  const files = toSign.files > 0 ? await toSign.fileHindrances(work) : []
  const isNeeded = toSign.files > 0 || isAnythingMissing(planned, work)
  const writes = await writtenTo(work, planned, promotions)
  const found =
    isNeeded || writes.length > 0
      ? await hindrancesOf({
          context,
          way,
          instance,
          forms: work.forms,
          ...(work.github && { github: work.github }),
          predicates: work.predicates,
          repositories: writes,
          isSigning: isNeeded
        })
      : []
  assertUnhindered([...hindrances, ...('message' in plan ? [plan] : []), ...found, ...files])
  const prepared = { way, instance, promotions, ...(known.claims && { claims: known.claims }) }
  if (!isNeeded) return { ...prepared, work, planned }
  const actual = await work.own.signedBy()
  if (isSameIdentity(foreseen, actual)) return { ...prepared, work, planned }
  // What was looked for was another's, and the verdict is stated by another.
  const ours = { ...work, predicates: toSign.predicatesOf(actual) }
  return { ...prepared, work: ours, planned: await planImages(ours, subjects) }
}

/** What was foreseen may differ from what the authority certifies. */
function isSameIdentity(one: SigningIdentity, other: SigningIdentity): boolean {
  if (one.kind === 'key' || other.kind === 'key') return one.kind === other.kind
  return one.identity === other.identity && one.issuer === other.issuer
}

interface WorkGiven extends ToSign, WhoSigns {
  readonly foreseen: SigningIdentity
  readonly forms: ImageWork['forms']
}

async function workOf(context: RunContext, given: WorkGiven): Promise<ImageWork> {
  const { instance, images, signer, foreseen, forms, predicatesOf } = given
  const identity = (): Promise<SigningIdentity> => signer.identity()
  return {
    context,
    signer,
    own: await ownBundles({ instance, foreseen, identity }),
    predicates: predicatesOf(foreseen),
    forms,
    hint: foreseen.kind === 'key' ? foreseen.hint : '',
    ...githubOf(context),
    repositoryOf: repositoriesOf(context, images)
  }
}

/** Repositories that something is missing in: those of images, and those that they are promoted to. */
async function writtenTo(
  work: ImageWork,
  planned: readonly PlannedSubject[],
  promotions: readonly Promotion[]
): Promise<readonly OciRepository[]> {
  const { forms } = work
  const inRegistry = new Set([...forms].filter((form) => form === 'referrer' || form === 'legacy'))
  const sources = planned
    .filter((subject) => isAnythingMissing([subject], { forms: inRegistry }))
    .map(({ repository }) => repository)
  const targets = await Promise.all(
    promotions.map(async ({ image, name, tag }) => {
      const repository = work.repositoryOf(name)
      return (await isTagged(repository, tag, renderDigest(image.subject.digest)))
        ? []
        : [repository]
    })
  )
  return [...new Set([...sources, ...targets.flat()])]
}

/** Whether a tag is what it is to become. A registry that cannot say is asked whether it may be written to. */
async function isTagged(repository: OciRepository, tag: string, digest: string): Promise<boolean> {
  const head = await attempt(() => repository.head(tag))
  return head !== undefined && 'digest' in head && head.digest === digest
}

/** What stops us is data here: all of it is told together. */
async function attempt<Value>(task: () => Promise<Value>): Promise<Value | Hindrance> {
  try {
    return await task()
  } catch (error) {
    return hindranceOf(error)
  }
}
