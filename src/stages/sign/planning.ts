import { inParallel } from '../in-parallel.ts'
import { lookOnGithub } from './github.ts'
import { lookForLegacy } from './legacy.ts'
import { lookForBundles } from './referrers.ts'
import type { Says, WantedStatement } from './signing.ts'
import { type ImageSubject, imageStatements } from './subjects.ts'
import {
  type ImageWork,
  isForGithub,
  needsBundle,
  needsPlace,
  type PlannedSubject
} from './work.ts'

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
  const github = await lookAtGithub(work, wanted)
  return { one, repository, wanted, referrers: found, github, legacy, notes }
}

async function lookAtGithub(
  { context, own, github, forms }: ImageWork,
  wanted: readonly WantedStatement[]
): Promise<ReadonlyMap<Says, unknown>> {
  const found = new Map<Says, unknown>()
  if (github === undefined) return found
  for (const one of wanted.filter(({ says }) => isForGithub(says, forms))) {
    const bundle = await lookOnGithub({ context, own, github }, one)
    if (bundle !== undefined) found.set(one.says, bundle)
  }
  return found
}

/** Whether anything has to be signed, or only to be written down. */
export function isAnythingMissing(
  planned: readonly PlannedSubject[],
  { forms }: Pick<ImageWork, 'forms'>
): boolean {
  return planned.some((subject) =>
    subject.wanted.some(
      (statement) => needsBundle(subject, statement, forms) || needsPlace(subject, statement, forms)
    )
  )
}
