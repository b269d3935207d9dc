import { createHash } from 'node:crypto'
import type { LegacyLayer } from '../../formats/cosign-legacy.ts'
import { renderSimpleSigning } from '../../formats/cosign-legacy.ts'
import { type JsonObject, jsonObjectIn, jsonObjectOf } from '../../formats/json.ts'
import { type Digest, digestFromHex } from '../../model/digest.ts'
import type { GithubAttestations } from '../../services/github-attestations.ts'
import type { SignedBundle } from '../../services/bundle-signer.ts'
import { BUNDLE_TYPE } from './file-work.ts'
import { githubAs, keepOnGithub, keptOnGithubBefore } from './github.ts'
import { legacyAttestation, legacySignature } from './legacy.ts'
import { obstacleOf } from './obstacle.ts'
import { attachAndReadBack } from './referrers.ts'
import type { Kept, WantedStatement } from './signing.ts'
import {
  bundleBefore,
  type ImageWork,
  isForGithub,
  needsBundle,
  needsLegacy,
  type PlannedSubject
} from './work.ts'

/** One statement about one image on its way. */
export interface Task {
  readonly work: ImageWork
  readonly planned: PlannedSubject
  readonly wanted: WantedStatement
}

/** What came of it, but for the older tags, which are written once for all of an image. */
export interface TaskDone {
  readonly task: Task
  readonly kept: readonly Kept[]
  /** For the older tag. */
  readonly layer?: LegacyLayer
  /** Times that the registry had lost it. */
  readonly lost: number
}

type KeptAs = Pick<Kept, 'says' | 'form' | 'predicateType'>

/** Signs a statement where it is not signed yet, brings it to its places and reads it back. Never throws for a service. */
export async function keepStatement(task: Task): Promise<TaskDone> {
  const { work, planned, wanted } = task
  const made = await bundleFor(task)
  const losses = { count: 0 }
  const kept: Kept[] = []
  if (work.forms.has('referrer')) kept.push(await keepReferrer(task, made, losses))
  if (work.forms.has('file')) kept.push(await keepDocument(task, made))
  if (work.github && isForGithub(wanted.says, work.forms)) {
    kept.push(await keepWithGithub(task, { made, github: work.github }))
  }
  const done = { task, lost: losses.count }
  if (!needsLegacy(planned, wanted.says, work.forms)) {
    return { ...done, kept: [...kept, ...keptLegacyBefore(task)] }
  }
  const layer = await legacyLayerFor(task, made)
  if ('outcome' in layer) return { ...done, kept: [...kept, layer] }
  return { ...done, kept, layer }
}

/** A bundle with the statement, or why there is none. */
type Made =
  | { readonly kind: 'signed'; readonly signed: SignedBundle; readonly at?: string }
  | { readonly kind: 'before'; readonly bundle: JsonObject }
  | {
      readonly kind: 'failed'
      readonly outcome: Kept['outcome']
      readonly detail: string
      readonly remedy?: string
    }

async function bundleFor({ work, planned, wanted }: Task): Promise<Made> {
  if (!needsBundle(planned, wanted, work.forms)) {
    return { kind: 'before', bundle: jsonObjectOf(bundleBefore(planned, wanted.says)) ?? {} }
  }
  try {
    const payload = wanted.payload()
    const signed = await work.signer.statement(payload)
    // What nobody could verify is brought nowhere.
    const held = await work.own.hold(signed.json, payload)
    if (typeof held === 'string') {
      return {
        kind: 'failed',
        outcome: 'contradicted',
        detail: `what was signed does not verify: ${held}`
      }
    }
    const [at] = held.times
    return { kind: 'signed', signed, ...(at !== undefined && { at }) }
  } catch (error) {
    const { reason, ...rest } = obstacleOf(work.context, error)
    return {
      kind: 'failed',
      outcome: 'unavailable',
      detail: `could not be signed: ${reason}`,
      ...rest
    }
  }
}

async function keepReferrer(task: Task, made: Made, losses: { count: number }): Promise<Kept> {
  const { work, planned, wanted } = task
  const { repository, one } = planned
  const as = keptAs(task, 'referrer')
  const before = planned.referrers.get(wanted.says)
  if (before !== undefined) {
    return {
      ...as,
      ...placed(repository.name, before.descriptor.digest),
      outcome: 'verified',
      before: true,
      ...observedOf(before.blob.digest),
      detail: `was attached before, and was read and verified`
    }
  }
  if (made.kind === 'failed') return notMade(as, made)
  try {
    const text = JSON.stringify(bundleOf(made))
    const back = await attachAndReadBack({
      repository,
      subject: one.descriptor,
      wanted,
      text,
      ...('at' in made && { at: made.at }),
      onLost: () => void losses.count++
    })
    if (back.kind === 'lost') {
      return {
        ...notKept(as, `the registry does not keep it: ${back.reason}`),
        source: repository.name
      }
    }
    const { bundle, blob, descriptor } = back.read
    const fault = await faultOf(task, made, bundle)
    return {
      ...as,
      ...placed(repository.name, descriptor.digest),
      before: false,
      ...observedOf(blob.digest),
      ...(fault === undefined
        ? { outcome: 'verified', detail: 'attached, read back and verified' }
        : { outcome: 'contradicted', detail: `was read back, and does not verify: ${fault}` })
    }
  } catch (error) {
    const { reason, ...rest } = obstacleOf(work.context, error)
    return { ...notKept(as, reason), source: repository.name, ...rest }
  }
}

/** Among the documents: as it was signed now, or as it was found. */
async function keepDocument(task: Task, made: Made): Promise<Kept> {
  const { work } = task
  const as = keptAs(task, 'file')
  if (made.kind === 'failed') return notMade(as, made)
  const { context } = work
  const name = documentName(task)
  try {
    const text = `${JSON.stringify(bundleOf(made))}\n`
    await context.write({ name, mediaType: BUNDLE_TYPE, chunks: () => [text] })
    const read = context.host.readBack(name, Buffer.byteLength(text))
    const json = read === undefined ? undefined : jsonObjectIn(Buffer.from(read))
    const fault = await faultOf(task, made, json)
    return {
      ...as,
      source: name,
      before: false,
      ...observedOf(
        `sha256:${createHash('sha256')
          .update(read ?? '')
          .digest('hex')}`
      ),
      ...(fault === undefined
        ? { outcome: 'verified', detail: 'written, read back and verified' }
        : { outcome: 'contradicted', detail: `was read back, and does not verify: ${fault}` })
    }
  } catch (error) {
    const { reason, ...rest } = obstacleOf(context, error)
    return { ...notKept(as, reason), source: name, ...rest }
  }
}

async function keepWithGithub(
  { work, planned, wanted }: Task,
  { made, github }: { readonly made: Made; readonly github: GithubAttestations }
): Promise<Kept> {
  const { context, own } = work
  const { digest } = wanted.subject
  const as = githubAs({ github }, wanted, digest)
  const before = planned.github.get(wanted.says)
  if (before !== undefined) return keptOnGithubBefore(as, before)
  if (made.kind === 'failed') return { ...notMade(as, made), ...as }
  return keepOnGithub({ context, own, github }, bundleOf(made), { wanted, digest })
}

function bundleOf(made: Exclude<Made, { readonly kind: 'failed' }>): JsonObject {
  return made.kind === 'signed' ? made.signed.json : made.bundle
}

/** Holds what was read back to what was signed; what is of another run may word its time differently. */
async function faultOf(
  { work, wanted }: Task,
  made: Made,
  bundle: unknown
): Promise<string | undefined> {
  if (made.kind === 'signed') return work.own.statementFault(bundle, wanted.payload())
  const isSame = await work.own.sameStatement(bundle, wanted)
  return isSame ? undefined : 'it is not what was there before'
}

/** `app-0123456789ab.spdx.sigstore.json` */
function documentName({ planned, wanted }: Task): string {
  const { name, digest } = planned.one.subject
  const last = name.slice(name.lastIndexOf('/') + 1).replace(/[^A-Za-z0-9._-]/g, '_')
  return `${last}-${digest.hex.slice(0, 12)}.${wanted.says}.sigstore.json`
}

function keptLegacyBefore(task: Task): readonly Kept[] {
  const { planned, wanted } = task
  const digest = planned.legacy.get(wanted.says)
  if (digest === undefined) return []
  return [
    {
      ...keptAs(task, 'legacy'),
      ...placed(planned.repository.name, digest),
      outcome: 'verified',
      before: true,
      ...observedOf(digest),
      detail: 'was under the tag before, and was read and verified'
    }
  ]
}

async function legacyLayerFor(task: Task, made: Made): Promise<LegacyLayer | Kept> {
  const { work, planned, wanted } = task
  const as = keptAs(task, 'legacy')
  if (wanted.says !== 'signature') {
    if (made.kind !== 'signed') return notMade(as, made)
    const layer = legacyAttestation(made.signed, wanted)
    return typeof layer === 'string' ? notKept(as, layer) : layer
  }
  try {
    const about = { name: planned.one.subject.name, digest: planned.one.descriptor.digest }
    const payload = renderSimpleSigning(about.name, about.digest)
    const signed = await work.signer.message(() => [payload])
    const fault = await work.own.messageFault(signed.json, () => [payload])
    if (fault !== undefined) {
      return {
        ...notKept(as, `what was signed does not verify: ${fault}`),
        outcome: 'contradicted'
      }
    }
    const layer = legacySignature(signed, about)
    return typeof layer === 'string' ? notKept(as, layer) : layer
  } catch (error) {
    const { reason, ...rest } = obstacleOf(work.context, error)
    return { ...notKept(as, `could not be signed: ${reason}`), ...rest }
  }
}

/** What is the same of everything that is kept of a statement in a form. */
export function keptAs({ wanted }: Pick<Task, 'wanted'>, form: Kept['form']): KeptAs {
  return { says: wanted.says, form, predicateType: wanted.predicateType }
}

function notMade(as: KeptAs, made: Made): Kept {
  if (made.kind !== 'failed') throw new Error('There is nothing to keep, and no reason why')
  const { outcome, detail, remedy } = made
  return { ...notKept(as, detail), outcome, ...(remedy !== undefined && { remedy }) }
}

/** @param detail why, without a final period */
export function notKept(as: KeptAs, detail: string): Kept {
  return { ...as, outcome: 'unavailable', before: false, source: '', detail }
}

/** Where it is, as references name it. */
export function placed(repository: string, digest: string): Pick<Kept, 'source'> {
  return { source: `${repository}@${digest}` }
}

/** @param digest as descriptors have it */
export function observedOf(digest: string): { readonly observed?: Digest } {
  const [algorithm = '', hex = ''] = digest.split(':')
  const observed = digestFromHex(algorithm, hex)
  return observed === undefined ? {} : { observed }
}
