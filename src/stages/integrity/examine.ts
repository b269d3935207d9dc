import type { Host } from '../../host/host.ts'
import type { Component, LockedFile } from '../../model/component.ts'
import {
  type Digest,
  type DigestAlgorithm,
  isCollidable,
  renderDigest,
  strongestOf
} from '../../model/digest.ts'
import type { Evidence } from '../../model/evidence.ts'
import { withoutSecrets } from '../../model/url.ts'
import type { RegistryClient, RemoteFile } from '../../services/registry.ts'
import type { ByteReader, ReadFile } from './byte-reader.ts'
import type { Observation, Obstacle } from './observation.ts'
import { obstacleOf, sourceOf } from './obstacle.ts'
import type { Item, Plan } from './plan.ts'

/** What an examination may use. */
export interface Examiner {
  readonly host: Pick<Host, 'now' | 'log'>
  readonly mode: Plan['mode']
  readonly reader: ByteReader
  /** Why nothing is looked at, or not any more. */
  stopped(): Obstacle | undefined
  /**
   * The client of an ecosystem's registries; nothing when there is none.
   *
   * @throws ParseError `CONFIG_SYNTAX` when their configuration cannot be read
   */
  clientOf(ecosystem: string): RegistryClient | undefined
}

/** A file whose lock pins its bytes, and a client that can be asked about it. */
interface Question {
  readonly examiner: Examiner
  readonly item: Item
  readonly component: Component
  readonly file: LockedFile
  readonly client: RegistryClient
}

/** Looks at one item. Never throws: what cannot be looked at is `unavailable`. */
export async function examine(examiner: Examiner, item: Item): Promise<Observation> {
  const { component, file } = item
  if (!file || file.digests.length === 0) return unpinned(examiner, item)
  const obstacle = notOnRegistries(component) ?? examiner.stopped()
  if (obstacle) return unavailable(examiner, item, obstacle)
  try {
    const client = examiner.clientOf(component.ecosystem)
    if (!client) return unavailable(examiner, item, noClient(component))
    const question = { examiner, item, component, file, client }
    const whole = examiner.mode === 'all' || (await client.selects(component, file))
    return await (whole ? examineBytes(question) : examineIndex(question))
  } catch (error) {
    const met = obstacleOf(error, component.ecosystem, examiner.host.log)
    return unavailable(examiner, item, { ...met, source: sourceOf(error) })
  }
}

/** Reads the bytes themselves. */
async function examineBytes(question: Question): Promise<Observation> {
  const { examiner, item, component, file, client } = question
  const located = await client.locate(component, file)
  if (!located) return unavailable(examiner, item, unknownTo(`the ${component.ecosystem} registry`))
  const { remote, read } = await readFrom(examiner.reader, located, algorithmsOf(component))
  const url = withoutSecrets(remote.url)
  if (!read) return unavailable(examiner, item, { ...unknownTo(hostOf(url)), source: url })
  const locked = strongestOf(file.digests)
  if (read.fault !== undefined) return notTheFile(question, url, { ...read, fault: read.fault })
  const [observed] = read.digests.filter(({ algorithm }) => algorithm === locked[0]?.algorithm)
  if (!observed) return unavailable(examiner, item, { ...notComputable(url), source: url })
  const same = locked.some(({ hex }) => hex === observed.hex)
  const evidence = evidenceOf(examiner, item, {
    kind: 'digest',
    outcome: same ? 'verified' : 'contradicted',
    source: url,
    observed,
    detail: same
      ? `the ${read.bytes} bytes read are as locked: ${renderDigest(observed)}`
      : `the lock promises ${listed(locked)}, the bytes read are ${renderDigest(observed)}`
  })
  const more = await proofs(question, read.digests)
  return { item, evidence, more, ...(same ? {} : { contentType: read.contentType }) }
}

/** Reads a file, or the same file at its other place when there is none at the first. */
async function readFrom(
  reader: ByteReader,
  remote: RemoteFile,
  algorithms: readonly DigestAlgorithm[]
): Promise<{ readonly remote: RemoteFile; readonly read: ReadFile | undefined }> {
  const read = await reader.read(remote, algorithms)
  const other = read ? undefined : await remote.elsewhere?.()
  return other ? { remote: other, read: await reader.read(other, algorithms) } : { remote, read }
}

/** The bytes cannot be hashed as the lock hashes them, because they are no such file: then they are not the locked ones. */
function notTheFile(
  { examiner, item, file }: Question,
  source: string,
  { bytes, fault, contentType }: ReadFile & { readonly fault: string }
): Observation {
  const promised = listed(strongestOf(file.digests))
  const evidence = evidenceOf(examiner, item, {
    kind: 'digest',
    outcome: 'contradicted',
    source,
    detail: `the lock promises ${promised}, the ${bytes} bytes read cannot be that: ${fault}`
  })
  return { item, evidence, more: [], contentType }
}

/** What is known of the same bytes elsewhere. Its failure is no statement about the bytes that were read. */
async function proofs(
  { examiner, item, component, file, client }: Question,
  observed: readonly Digest[]
): Promise<readonly Evidence[]> {
  try {
    return (await client.prove?.(component, file, observed)) ?? []
  } catch (error) {
    const { detail } = obstacleOf(error, component.ecosystem, examiner.host.log)
    const source = sourceOf(error)
    const outcome = 'unavailable'
    return [evidenceOf(examiner, item, { kind: 'index-digest', outcome, source, detail })]
  }
}

/** Compares with what the registry's index states. */
async function examineIndex(question: Question): Promise<Observation> {
  const { examiner, item, component, file, client } = question
  const entry = await client.indexEntry(component, file)
  if (!entry) return unavailable(examiner, item, unknownTo(`the ${component.ecosystem} index`))
  const stated = new Set(entry.digests.map(({ algorithm }) => algorithm))
  const comparable = strongestOf(file.digests.filter(({ algorithm }) => stated.has(algorithm)))
  const [promised] = strongestOf(file.digests)
  // A collidable digest beside a strong one proves nothing: it must not be able to save a mismatch.
  const isWeaker = comparable[0]?.algorithm !== promised?.algorithm && isCollidable(comparable[0])
  const locked = isWeaker ? [] : comparable
  const source = withoutSecrets(entry.source)
  if (locked.length === 0) {
    return unavailable(examiner, item, { ...notComparable(source), source })
  }
  const there = entry.digests.filter(({ algorithm }) => algorithm === locked[0]?.algorithm)
  const match = there.find((digest) => locked.some(({ hex }) => hex === digest.hex))
  const [only] = there
  const observed = match ?? (there.length === 1 ? only : undefined)
  const evidence = evidenceOf(examiner, item, {
    kind: 'index-digest',
    outcome: match ? 'verified' : 'contradicted',
    source,
    ...(observed && { observed }),
    detail: match
      ? `the index states what is locked: ${renderDigest(match)}`
      : `the lock promises ${listed(locked)}, the index states ${listed(there)}`
  })
  return { item, evidence, more: [] }
}

function unpinned(examiner: Examiner, item: Item): Observation {
  const { origin, locations } = item.component
  const detail =
    origin.kind === 'git'
      ? `pinned by commit ${origin.commit ?? '(none)'}, which no registry can confirm`
      : 'the lock pins no digest'
  const source = (item.file?.location ?? locations[0])?.path ?? ''
  const evidence = evidenceOf(examiner, item, { kind: 'digest', outcome: 'absent', source, detail })
  return { item, evidence, more: [] }
}

function unavailable(
  examiner: Examiner,
  item: Item,
  { source = '', detail, ...obstacle }: Obstacle & { source?: string; detail?: string }
): Observation {
  const evidence = evidenceOf(examiner, item, {
    kind: 'digest',
    outcome: 'unavailable',
    source,
    detail: detail ?? obstacle.reason
  })
  return { item, evidence, more: [], obstacle }
}

function evidenceOf(
  { host }: Examiner,
  { component, file }: Item,
  given: Omit<Evidence, 'subject' | 'file' | 'observedAt'>
): Evidence {
  return {
    subject: component.purl,
    ...given,
    ...(file?.name !== undefined && { file: file.name }),
    observedAt: `${host.now().toISOString().slice(0, 19)}Z`
  }
}

/** Bytes that a lock pins, and that are on no registry. */
function notOnRegistries({ origin }: Component): Obstacle | undefined {
  if (origin.kind === 'git') {
    const reason = 'the package manager packs it from git, so that nobody serves these bytes'
    return { kind: 'failed', reason }
  }
  if (origin.kind === 'local') {
    return { kind: 'failed', reason: 'it lies in the checkout, whose archives are not read' }
  }
  return undefined
}

function noClient({ ecosystem }: Component): Obstacle {
  return { kind: 'failed', reason: `registries of ${ecosystem} cannot be asked yet` }
}

function unknownTo(place: string): Obstacle {
  return { kind: 'unknown', place, reason: 'knows no such file: unpublished, private or elsewhere' }
}

function notComputable(url: string): Obstacle {
  const reason = 'the locked kind of digest cannot be computed from what is served'
  return { kind: 'failed', place: hostOf(url), reason }
}

function notComparable(url: string): Obstacle {
  const reason = 'the index states no digest of the locked kind'
  return { kind: 'failed', place: hostOf(url), reason }
}

/** All that any lock needs of these bytes, so that they are read once. */
function algorithmsOf({ files }: Component): readonly DigestAlgorithm[] {
  const needed = files.flatMap(({ digests }) => strongestOf(digests)[0]?.algorithm ?? [])
  return [...new Set(needed)]
}

const MAX_LISTED = 3

function listed(digests: readonly Digest[]): string {
  const shown = digests.slice(0, MAX_LISTED).map(renderDigest).join(' or ')
  const rest = digests.length - MAX_LISTED
  return rest > 0 ? `${shown} or one of ${rest} more` : shown
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
