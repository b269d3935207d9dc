import { inParallel } from '../in-parallel.ts'
import { lookForLegacy } from './legacy.ts'
import { lookForBundles } from './referrers.ts'
import { type ImageSubject, imageStatements } from './subjects.ts'
import { type ImageWork, needsBundle, needsLegacy, type PlannedSubject } from './work.ts'

/** Images that are looked at at once. */
const MAX_AT_ONCE = 8

/**
 * Looks what is signed already: by exactly who signs now, about the same digest, saying the same. Nothing is changed.
 *
 * @throws ServiceError when a registry cannot be asked, or refuses
 */
export function planImages(
  work: ImageWork,
  subjects: readonly ImageSubject[]
): Promise<readonly PlannedSubject[]> {
  return inParallel(subjects, MAX_AT_ONCE, (one) => planOne(work, one))
}

async function planOne(work: ImageWork, one: ImageSubject): Promise<PlannedSubject> {
  const { own, forms, hint, predicates } = work
  const repository = work.repositoryOf(one.subject.name)
  const wanted = imageStatements(one.subject, predicates)
  const subject = one.descriptor
  const { found, notes } = forms.has('referrer')
    ? await lookForBundles({
        repository,
        subject,
        wanted,
        accepts: (bundle, statement) => own.sameStatement(bundle, statement)
      })
    : { found: new Map(), notes: [] }
  const signedName = one.subject.name
  const legacy = forms.has('legacy')
    ? await lookForLegacy({ repository, subject, signedName, wanted, own, hint })
    : new Map()
  return { one, repository, wanted, referrers: found, legacy, notes }
}

/** Whether anything has to be signed, or only to be written down. */
export function isAnythingMissing(
  planned: readonly PlannedSubject[],
  { forms }: Pick<ImageWork, 'forms'>
): boolean {
  return planned.some((subject) =>
    subject.wanted.some(
      (statement) =>
        needsBundle(subject, statement, forms) || needsLegacy(subject, statement.says, forms)
    )
  )
}
