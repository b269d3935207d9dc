import { legacyTag } from '../../formats/cosign-legacy.ts'
import { inParallel } from '../in-parallel.ts'
import {
  keepStatement,
  keptAs,
  notKept,
  observedOf,
  placed,
  type Task,
  type TaskDone
} from './keeping.ts'
import { lookForLegacy } from './legacy.ts'
import { obstacleOf } from './obstacle.ts'
import { BUNDLE_TYPE } from './file-work.ts'
import type { Kept, SignedSubject } from './signing.ts'
import type { ImageWork, PlannedSubject } from './work.ts'

/** Signatures that are on their way at once: a log of version 2 answers all of them at the same moment. */
const MAX_AT_ONCE = 16

/** Bytes that statements on their way may have together, in all the forms that they have on it. */
const MAX_BYTES_AT_ONCE = 384 * 1024 * 1024

/** How often a statement lies in memory while it is signed: as it is, in base64, as JSON, as bytes to send. */
const COPIES = 8

/** What came of all images. */
export interface ImagesSigned {
  readonly subjects: readonly SignedSubject[]
  /** In sentences: what was passed over, what was put again. */
  readonly notes: readonly string[]
}

/** Signs what is not signed yet, and reads everything back. Never throws for a service. */
export async function signImages(
  work: ImageWork,
  planned: readonly PlannedSubject[]
): Promise<ImagesSigned> {
  const tasks = planned.flatMap((subject) =>
    subject.wanted.map((wanted): Task => ({ work, planned: subject, wanted }))
  )
  const progress = work.context.host.progress('Signing images', tasks.length)
  const listed = listedOnce()
  const done = await inParallel(tasks, atOnce(work), async (task) => {
    const result = await keepStatement(task)
    progress.advance()
    return result
  })
  const stayed = await Promise.all(done.map((one) => keptForGood(one, listed)))
  progress.done()
  const bySubject = Map.groupBy(stayed, ({ task }) => task.planned)
  const subjects = await inParallel(planned, MAX_AT_ONCE, async (subject) => {
    const own = bySubject.get(subject) ?? []
    const kept = [...own.flatMap((one) => one.kept), ...(await keepLegacy(work, subject, own))]
    return signedSubject(subject, kept)
  })
  return { subjects, notes: [...planned.flatMap(({ notes }) => notes), ...lostNotes(stayed)] }
}

/** Digests of what is attached to an image when everything is. */
type Listed = (planned: PlannedSubject) => Promise<ReadonlySet<string>>

function listedOnce(): Listed {
  const lists = new Map<PlannedSubject, ReturnType<Listed>>()
  return (planned) => {
    const list = lists.get(planned) ?? listOf(planned)
    lists.set(planned, list)
    return list
  }
}

async function listOf({ repository, one }: PlannedSubject): ReturnType<Listed> {
  const { entries } = await repository.referrers(one.descriptor.digest, BUNDLE_TYPE)
  return new Set(entries.map(({ digest }) => digest))
}

/** A writer who was slower may have put an older list over ours since: then it is signed and attached once more. */
async function keptForGood(done: TaskDone, listed: Listed): Promise<TaskDone> {
  const { task } = done
  const attached = done.kept.find(
    ({ form, before, outcome }) => form === 'referrer' && !before && outcome === 'verified'
  )
  if (attached === undefined) return done
  const digest = attached.source.slice(attached.source.lastIndexOf('@') + 1)
  try {
    if ((await listed(task.planned)).has(digest)) return done
  } catch (error) {
    const { reason, ...rest } = obstacleOf(task.work.context, error)
    const unread = { ...attached, outcome: 'unavailable', detail: reason, ...rest } as const
    return { ...done, kept: done.kept.map((one) => (one === attached ? unread : one)) }
  }
  const forms = new Set(['referrer'] as const)
  const again = await keepStatement({ ...task, work: { ...task.work, forms } })
  return {
    ...done,
    kept: [...done.kept.filter((one) => one !== attached), ...again.kept],
    lost: done.lost + again.lost + 1
  }
}

function atOnce({ context, predicates }: ImageWork): number {
  const sizes = predicates.map(({ chunks }) =>
    [...chunks()].reduce((sum, chunk) => sum + chunk.length, 0)
  )
  const fitting = Math.floor(MAX_BYTES_AT_ONCE / COPIES / Math.max(1, ...sizes))
  return Math.max(1, Math.min(MAX_AT_ONCE, context.settings.concurrency, fitting))
}

function signedSubject({ one }: PlannedSubject, kept: readonly Kept[]): SignedSubject {
  return { subject: one.subject, given: one.image.given, what: one.what, kept }
}

/** Writes the older tags of an image once, with all that is new under them, and reads them back. */
async function keepLegacy(
  work: ImageWork,
  planned: PlannedSubject,
  done: readonly TaskDone[]
): Promise<readonly Kept[]> {
  const fresh = done.filter(({ layer }) => layer !== undefined)
  if (fresh.length === 0) return []
  const { repository, one } = planned
  const { digest } = one.descriptor
  try {
    for (const kind of ['sig', 'att'] as const) {
      const isSignature = kind === 'sig'
      const layers = fresh
        .filter(({ task }) => (task.wanted.says === 'signature') === isSignature)
        .flatMap(({ layer }) => layer ?? [])
      if (layers.length > 0) await repository.appendLegacy(legacyTag(digest, kind), layers)
    }
    const found = await lookForLegacy({
      repository,
      subject: one.descriptor,
      signedName: one.subject.name,
      wanted: fresh.map(({ task }) => task.wanted),
      own: work.own,
      hint: work.hint
    })
    return fresh.map(({ task }) => {
      const as = keptAs(task, 'legacy')
      const layer = found.get(task.wanted.says)
      if (layer === undefined) {
        return { ...notKept(as, 'what is under the tag does not verify'), source: repository.name }
      }
      const place = { ...placed(repository.name, layer), ...observedOf(layer) }
      const detail = 'put under the tag, read back and verified'
      return { ...as, ...place, outcome: 'verified', before: false, detail }
    })
  } catch (error) {
    const { reason, ...rest } = obstacleOf(work.context, error)
    const source = repository.name
    return fresh.map(({ task }) => {
      return { ...notKept(keptAs(task, 'legacy'), reason), source, ...rest }
    })
  }
}

function lostNotes(done: readonly TaskDone[]): readonly string[] {
  const lost = Map.groupBy(
    done.filter((one) => one.lost > 0),
    ({ task }) => task.planned.repository.name
  )
  return [...lost].map(([name, those]) => {
    const times = those.reduce((sum, one) => sum + one.lost, 0)
    return `The registry lost what it had taken for ${name}: it was put again ${times} ${times === 1 ? 'time' : 'times'}`
  })
}
