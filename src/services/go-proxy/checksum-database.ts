import { parseChecksumAnswer, parseTreeHead } from '../../formats/go-checksum-record.ts'
import { escapeGoPath } from '../../formats/go-module.ts'
import { type GoSumLine, parseGoSum } from '../../formats/go-sum.ts'
import { isIncluded, isPrefix, leafHash, type TreeHead } from '../../formats/merkle-tiles.ts'
import { openNote } from '../../formats/signed-note.ts'
import { AssayError, ParseError } from '../../model/errors.ts'
import type { RegistryContext } from '../registry.ts'
import { type DatabaseServer, databaseServer } from './database-server.ts'
import type { GoChecksumDatabase, GoProxyEntry } from './settings.ts'

/** What the checksum database says about one version of a module. */
export type ChecksumRecord =
  /** Signed, in the log, and consistent with every other answer of this run. */
  | {
      readonly kind: 'proven'
      readonly source: string
      /** Number of the record. */
      readonly index: number
      readonly lines: readonly GoSumLine[]
      /** Records in the tree that holds it. */
      readonly treeSize: number
    }
  /** An answer that its own signature or proof contradicts, or another answer. */
  | { readonly kind: 'refuted'; readonly source: string; readonly reason: string }
  /** No answer, or none about this module. */
  | { readonly kind: 'unavailable'; readonly source: string; readonly reason: string }

/** A Go checksum database, of which nothing is believed that is not proven. */
export interface ChecksumDatabase {
  /** As its key spells it: a host name. */
  readonly name: string
  /** What it says about a version; it is asked once. Never throws. */
  recordOf(path: string, version: string): Promise<ChecksumRecord>
}

type Context = Pick<RegistryContext, 'host' | 'signal'>

/** An answer is false: not to be confused with none. */
class Refutation extends Error {}

/** @param proxies those of GOPROXY, through which the database is asked if they can do that */
export function checksumDatabase(
  context: Context,
  settings: GoChecksumDatabase,
  proxies: readonly GoProxyEntry[]
): ChecksumDatabase {
  const server = databaseServer(context, settings, proxies)
  const heads = new Heads(server)
  const known = new Map<string, Promise<ChecksumRecord>>()
  const { name } = settings.key
  return {
    name,
    recordOf(path, version) {
      const key = `${path}@${version}`
      const record = known.get(key) ?? recordOf({ path, version }, { server, heads, settings })
      known.set(key, record)
      return record
    }
  }
}

interface Module {
  readonly path: string
  readonly version: string
}

interface Parts {
  readonly server: DatabaseServer
  readonly heads: Heads
  readonly settings: GoChecksumDatabase
}

async function recordOf(module: Module, parts: Parts): Promise<ChecksumRecord> {
  const { name } = parts.settings.key
  let source = ''
  try {
    const lookup = `lookup/${escapeGoPath(module.path)}@${escapeGoPath(module.version)}`
    source = await parts.server.urlOf(lookup)
    const text = await parts.server.text(lookup)
    if (text === undefined) {
      const reason = `${name} has no record of ${module.path} ${module.version}`
      return { kind: 'unavailable', source, reason }
    }
    const answer = parseChecksumAnswer(text)
    if (!answer) return { kind: 'unavailable', source, reason: notARecord(name) }
    const head = headOf(answer.note, parts.settings)
    if (!head) return { kind: 'unavailable', source, reason: notARecord(name) }
    const { index, record } = answer
    const treeSize = await parts.heads.prove({ index, record, head })
    return { kind: 'proven', source, index, treeSize, lines: linesOf(record, module) }
  } catch (error) {
    if (error instanceof Refutation) {
      return { kind: 'refuted', source, reason: `${name}: ${error.message}` }
    }
    if (error instanceof AssayError) return { kind: 'unavailable', source, reason: error.message }
    throw error
  }
}

/** @returns nothing when there is no note at all */
function headOf(note: string, { key }: GoChecksumDatabase): TreeHead | undefined {
  const opened = openNote(note, key)
  if (opened.kind === 'malformed') return undefined
  if (opened.kind === 'refused') {
    throw new Refutation(`the signed tree head is refused: ${opened.reason}`)
  }
  const head = parseTreeHead(opened.text)
  if (!head) throw new Refutation('what it signed is no tree head')
  return head
}

/** A record of another module, rightly signed, must not speak for this one. */
function linesOf(record: string, { path, version }: Module): readonly GoSumLine[] {
  try {
    const lines = parseGoSum({ path: 'record', text: record })
    const own = lines.filter((line) => line.path === path && line.version === version)
    if (own.length > 0) return own
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
  }
  const [first = ''] = record.split('\n', 1)
  const shown = JSON.stringify(first.slice(0, 200))
  throw new Refutation(
    `the answer for ${path} ${version} is the record of something else: ${shown}`
  )
}

function notARecord(name: string): string {
  return `the answer of ${name} is no record with a signed tree head`
}

/** All tree heads of a run have to be of one log that only grows; caches answer with old ones, in any order. */
class Heads {
  readonly #server: DatabaseServer
  /** Roots of the heads that fit the others, by size. */
  readonly #fitting = new Map<number, string>()
  #latest: TreeHead = { size: 0, root: '' }
  #turn: Promise<unknown> = Promise.resolve()

  constructor(server: DatabaseServer) {
    this.#server = server
  }

  /**
   * Proves that a record is in the log.
   *
   * @returns the size of the tree in which it is
   * @throws Refutation
   */
  async prove(given: {
    readonly index: number
    readonly record: string
    readonly head: TreeHead
  }): Promise<number> {
    const { index, record, head } = given
    if (index >= head.size) {
      throw new Refutation(`record ${index} lies behind the end of the signed tree of ${head.size}`)
    }
    const latest = await this.#merged(head)
    // The largest tree contains all that the older ones do, and its tiles are already here.
    if (await isIncluded(leafHash(record), index, latest, this.#server.tile)) return latest.size
    throw new Refutation(
      `record ${index} is not in the signed tree of ${latest.size}, by the tiles that are served`
    )
  }

  /** One head after the other, so that each meets all before it. */
  async #merged(head: TreeHead): Promise<TreeHead> {
    if (this.#fitting.get(head.size) === head.root) return this.#latest
    const turn = this.#turn.then(() => this.#merge(head))
    this.#turn = turn.catch(() => undefined)
    await turn
    return this.#latest
  }

  async #merge(head: TreeHead): Promise<void> {
    const latest = this.#latest
    const [older, newer] = head.size < latest.size ? [head, latest] : [latest, head]
    if (!(await isPrefix(older, newer, this.#server.tile))) {
      throw new Refutation(
        `signed tree heads of ${older.size} and ${newer.size} records contradict each other: the log was forked, or its tiles are not served as they are`
      )
    }
    this.#fitting.set(head.size, head.root)
    this.#latest = newer
  }
}
