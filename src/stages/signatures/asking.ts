import type { Host } from '../../host/host.ts'
import { AssayError, CancelledError, messageOf, ServiceError } from '../../model/errors.ts'
import type {
  SignatureAnswer,
  SignatureClient,
  SignatureContext,
  SignatureSource
} from '../../services/signature-source.ts'
import { inParallel } from '../in-parallel.ts'
import type { Bases, Basis } from './basis.ts'
import type { Item } from './plan.ts'

/** Packages of one registry after which, when none of them has a signature, the others are not asked about. */
const SAMPLE = 24

/** What came of asking about one file. */
export interface Asked {
  readonly item: Item
  readonly source: SignatureSource
  /** Registry; absent when it is not known which. */
  readonly place?: string
  readonly basis?: Basis
  readonly answer?: SignatureAnswer
  readonly obstacle?: Obstacle
}

/** Why nothing is known, in words that other packages share. */
export interface Obstacle {
  readonly reason: string
  /** What to do about it, when that is more than the rule says. */
  readonly remedy?: string
  /** The whole of it, for this one package. */
  readonly detail: string
}

/** Everything that was asked, and how many were left because their registry serves nothing. */
export interface Answers {
  readonly asked: readonly Asked[]
  /** Registries that serve no signatures at all. */
  readonly silent: readonly SilentPlace[]
  /** Those that were asked, for more questions. */
  readonly clients: ReadonlyMap<SignatureSource, SignatureClient>
}

export interface SilentPlace {
  readonly source: SignatureSource
  readonly place: string
  /** Files that the registry was asked about. */
  readonly asked: readonly Asked[]
  /** Those that were not asked about any more. */
  readonly left: readonly Item[]
}

/** What asking needs. */
export interface Asker extends Bases {
  readonly host: Host
  readonly signal: AbortSignal
  readonly offline: boolean
  /** Requests that may be under way at once. */
  readonly concurrency: number
  readonly context: SignatureContext
}

/** Items of one registry. */
interface Group {
  readonly source: SignatureSource
  readonly client: SignatureClient
  readonly place: string
  readonly items: readonly Item[]
}

/** Asks the registries about all items. Never throws for what they answer. */
export async function askAll(
  asker: Asker,
  items: readonly Item[],
  sources: readonly SignatureSource[]
): Promise<Answers> {
  const { groups, refused } = groupsOf(asker, items, sources)
  const progress = asker.host.progress('Verifying signatures', items.length)
  const ask = async ({ group, item }: { group: Group; item: Item }): Promise<Asked> => {
    const asked = await askOne(asker, group, item)
    progress.advance()
    return asked
  }
  try {
    const first = await inParallel(
      groups.flatMap((group) => sampleOf(group.items).map((item) => ({ group, item }))),
      asker.concurrency,
      ask
    )
    const left = groups.flatMap((group) => {
      const sample = new Set(sampleOf(group.items))
      const rest = group.items.filter((item) => !sample.has(item))
      return isSilent(group, first) ? [] : rest.map((item) => ({ group, item }))
    })
    const rest = await inParallel(left, asker.concurrency, ask)
    const order = new Map(items.map((item, at) => [item, at]))
    const asked = [...refused, ...first, ...rest].sort(
      (a, b) => (order.get(a.item) ?? 0) - (order.get(b.item) ?? 0)
    )
    const clients = new Map(groups.map(({ source, client }) => [source, client]))
    return { asked, silent: silentPlaces(groups, asked), clients }
  } finally {
    progress.done()
  }
}

function silentPlaces(groups: readonly Group[], asked: readonly Asked[]): readonly SilentPlace[] {
  return groups
    .filter((group) => isSilent(group, asked))
    .map(({ source, place, items }) => {
      const those = asked.filter((one) => one.source === source && one.place === place)
      const known = new Set(those.map(({ item }) => item))
      return { source, place, asked: those, left: items.filter((item) => !known.has(item)) }
    })
}

/** Whether a registry mostly answered, and no answer tells of a signature on anything. */
function isSilent({ source, place }: Group, asked: readonly Asked[]): boolean {
  const those = asked.filter((one) => one.source === source && one.place === place)
  const answers = those.flatMap(({ answer }) => answer ?? [])
  if (answers.length * 2 <= those.length) return false
  return !answers.some(({ serves }) => serves.includes(source.signs))
}

/** Some items out of the whole list, so that packages of one scope do not speak for all. */
function sampleOf(items: readonly Item[]): readonly Item[] {
  const step = Math.max(1, items.length / SAMPLE)
  return items.filter((_item, at) => Math.floor(at / step) !== Math.floor((at - 1) / step))
}

interface Grouped {
  readonly groups: readonly Group[]
  readonly refused: readonly Asked[]
}

function groupsOf(
  asker: Asker,
  items: readonly Item[],
  sources: readonly SignatureSource[]
): Grouped {
  const refused: Asked[] = []
  const groups: Group[] = []
  for (const source of sources) {
    const its = items.filter(({ component }) => component.ecosystem === source.ecosystem)
    if (its.length === 0) continue
    const refuse = (item: Item, error: unknown): void => {
      refused.push({ item, source, obstacle: obstacleOf(asker, source, error) })
    }
    try {
      const client = source.connect(asker.context)
      const places = Map.groupBy(its, (item) => {
        try {
          return client.placeOf(item.component, item.file) ?? ''
        } catch (error) {
          refuse(item, error)
          return undefined
        }
      })
      for (const [place, group] of places) {
        if (place !== undefined) groups.push({ source, client, place, items: group })
      }
    } catch (error) {
      for (const item of its) refuse(item, error)
    }
  }
  return { groups, refused }
}

async function askOne(asker: Asker, { source, client, place }: Group, item: Item): Promise<Asked> {
  const basis = asker.basisOf(item, source.algorithm)
  const asked = { item, source, place, ...(basis && { basis }) }
  if (asker.signal.aborted) return { ...asked, obstacle: plain('the run was ended') }
  if (asker.offline) return { ...asked, obstacle: plain('the run is offline') }
  if (basis === undefined) {
    const wanted = source.algorithm.toUpperCase()
    return {
      ...asked,
      obstacle: plain(`no one ${wanted} digest of the file is known to hold it to`)
    }
  }
  try {
    const answer = await client.ask({ ...item, digest: basis.digest })
    if (answer) return { ...asked, answer }
    return { ...asked, obstacle: plain(`${place} knows no such package or version`) }
  } catch (error) {
    return { ...asked, obstacle: obstacleOf(asker, source, error) }
  }
}

function plain(reason: string): Obstacle {
  return { reason, detail: reason }
}

function obstacleOf({ host }: Asker, { ecosystem }: SignatureSource, error: unknown): Obstacle {
  const detail = messageOf(error)
  if (error instanceof CancelledError) return plain('the run was ended')
  if (error instanceof ServiceError) {
    const { url, reason, remedy }: ServiceError = error
    const place = url !== undefined && URL.canParse(url) ? new URL(url).host : ecosystem
    return { reason: `${place}: ${reason ?? detail}`, remedy, detail }
  }
  if (error instanceof AssayError) {
    const { remedy }: AssayError = error
    return { reason: detail, remedy, detail }
  }
  // A bug of ours must not hide what is known of the other packages.
  if (Error.isError(error)) host.log.debug(error.stack ?? '')
  const remedy = 'This is a bug in Assay; please report it with the debug log'
  return { reason: `internal error: ${detail}`, remedy, detail }
}
