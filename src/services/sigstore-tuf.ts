import { createHash } from 'node:crypto'
import type { Metadata, MetaFile, Root, Snapshot, TargetFile, Targets } from '@tufjs/models'
import { type JsonObject, jsonObjectOf } from '../formats/json.ts'
import type { HttpClient } from '../host/host.ts'

/** A TUF repository, and from where trust in it begins. */
export interface TufSource {
  readonly http: HttpClient
  /** Its address; metadata lies directly below, targets below `targets/`. */
  readonly repository: string
  /** JSON of root metadata that is trusted. */
  readonly root: unknown
  readonly now: Date
  readonly signal: AbortSignal
}

/** Most bytes of one file of metadata, and of a target. */
const MAX_METADATA_BYTES = 2 * 1024 * 1024
const MAX_TARGET_BYTES = 2 * 1024 * 1024

/** Most new versions of the root: the public repository makes some each year. */
const MAX_ROOT_VERSIONS = 64

/** Most roles below the top one that are asked for a target. */
const MAX_DELEGATIONS = 8

/**
 * Fetches targets of a TUF repository as its specification says. No state is kept: what is fetched is as new as
 * its expiry says, and an older one of two that are both valid is not noticed.
 *
 * @param optional paths of targets that need not be there
 * @returns parsed JSON by path
 * @throws Error, ServiceError for whatever does not verify, is too old or cannot be had
 * @see https://theupdateframework.github.io/specification/v1.0.34/#detailed-client-workflow
 */
export async function tufTargets(
  source: TufSource,
  paths: readonly string[],
  optional: readonly string[] = []
): Promise<ReadonlyMap<string, unknown>> {
  const models = await import('@tufjs/models')
  const repository = new Repository(source, models)
  const root = await repository.newestRoot()
  const snapshot = await repository.snapshot(root)
  const targets = await repository.targets({ delegator: root, snapshot, role: 'targets' })
  const found = new Map<string, unknown>()
  const wanted = [...paths, ...optional]
  const all = await Promise.all(
    wanted.map((path) => repository.target(path, { targets, snapshot }))
  )
  for (const [at, path] of wanted.entries()) {
    const target = all[at]
    if (target !== undefined) found.set(path, target)
    else if (!optional.includes(path)) throw new Error(`there is no target "${path}"`)
  }
  return found
}

type Models = typeof import('@tufjs/models')

/** Who may say which keys sign a role. */
type Delegator = Metadata<Root> | Metadata<Targets>

interface Signed {
  readonly version: number
  isExpired(at?: Date): boolean
}

class Repository {
  readonly #source: TufSource
  readonly #models: Models

  constructor(source: TufSource, models: Models) {
    this.#source = source
    this.#models = models
  }

  /** TUF 5.3: from root to root, each signed by the keys of both. */
  async newestRoot(): Promise<Metadata<Root>> {
    const { Metadata, MetadataKind } = this.#models
    let root = Metadata.fromJSON(MetadataKind.Root, asJson(this.#source.root, 'root.json'))
    root.verifyDelegate('root', root)
    for (let count = 0; ; count++) {
      if (count > MAX_ROOT_VERSIONS) throw new Error('there are too many versions of the root')
      const name = `${root.signed.version + 1}.root.json`
      const bytes = await this.#fetch(name, MAX_METADATA_BYTES)
      if (bytes === undefined) break
      const next = Metadata.fromJSON(MetadataKind.Root, parsed(bytes, name))
      root.verifyDelegate('root', next)
      next.verifyDelegate('root', next)
      if (next.signed.version !== root.signed.version + 1) {
        throw new Error(`${name} is of version ${next.signed.version}`)
      }
      root = next
    }
    this.#assertFresh('root.json', root.signed)
    return root
  }

  /** TUF 5.4 and 5.5. */
  async snapshot(root: Metadata<Root>): Promise<Metadata<Snapshot>> {
    const { Metadata, MetadataKind } = this.#models
    const bytes = await this.#needed('timestamp.json', MAX_METADATA_BYTES)
    const timestamp = Metadata.fromJSON(MetadataKind.Timestamp, parsed(bytes, 'timestamp.json'))
    root.verifyDelegate('timestamp', timestamp)
    this.#assertFresh('timestamp.json', timestamp.signed)
    const meta = timestamp.signed.snapshotMeta
    const { name, json } = await this.#listed('snapshot', meta)
    const snapshot = Metadata.fromJSON(MetadataKind.Snapshot, json)
    root.verifyDelegate('snapshot', snapshot)
    this.#assertListed(name, snapshot.signed, meta)
    return snapshot
  }

  /** TUF 5.6. */
  async targets(given: {
    readonly delegator: Delegator
    readonly snapshot: Metadata<Snapshot>
    readonly role: string
  }): Promise<Metadata<Targets>> {
    const { Metadata, MetadataKind } = this.#models
    const { delegator, snapshot, role } = given
    const { meta: all } = snapshot.signed
    const meta = Object.hasOwn(all, `${role}.json`) ? all[`${role}.json`] : undefined
    if (meta === undefined) throw new Error(`the snapshot has no role "${role}"`)
    const { name, json } = await this.#listed(role, meta)
    const targets = Metadata.fromJSON(MetadataKind.Targets, json)
    delegator.verifyDelegate(role, targets)
    this.#assertListed(name, targets.signed, meta)
    return targets
  }

  /** TUF 5.6.7 and 5.7: in the role that the delegations lead to first; nothing when none of them has it. */
  async target(
    path: string,
    given: { readonly targets: Metadata<Targets>; readonly snapshot: Metadata<Snapshot> }
  ): Promise<unknown> {
    const queue = [given.targets]
    for (let asked = 0; asked <= MAX_DELEGATIONS; asked++) {
      const role = queue.shift()
      if (role === undefined) break
      const { targets, delegations } = role.signed
      const file = Object.hasOwn(targets, path) ? targets[path] : undefined
      if (file !== undefined) return this.#fileAt(path, file)
      const below: Metadata<Targets>[] = []
      for (const { role: name, terminating } of delegations?.rolesForTarget(path) ?? []) {
        below.push(await this.targets({ delegator: role, snapshot: given.snapshot, role: name }))
        if (terminating) queue.length = 0
        if (terminating || below.length >= MAX_DELEGATIONS) break
      }
      queue.unshift(...below)
    }
    return undefined
  }

  async #fileAt(path: string, { hashes, length }: TargetFile): Promise<unknown> {
    const { sha256 } = hashes
    if (sha256 === undefined || length > MAX_TARGET_BYTES) {
      throw new Error(`the target "${path}" has no SHA-256, or is too long`)
    }
    const slash = path.lastIndexOf('/') + 1
    const name = `targets/${path.slice(0, slash)}${sha256}.${path.slice(slash)}`
    const bytes = await this.#needed(name, MAX_TARGET_BYTES)
    const found = createHash('sha256').update(bytes).digest('hex')
    if (found !== sha256 || bytes.length !== length) {
      throw new Error(`the target "${path}" has other bytes than those that are signed`)
    }
    return parsed(bytes, path)
  }

  /** A file of metadata of the version, and with the hashes, that another states. */
  async #listed(
    role: string,
    meta: MetaFile
  ): Promise<{ readonly name: string; readonly json: Json }> {
    const name = `${meta.version}.${encodeURIComponent(role)}.json`
    const bytes = await this.#needed(name, MAX_METADATA_BYTES)
    meta.verify(Buffer.from(bytes))
    return { name, json: parsed(bytes, name) }
  }

  #assertListed(name: string, signed: Signed, { version }: MetaFile): void {
    if (signed.version !== version) throw new Error(`${name} is of version ${signed.version}`)
    this.#assertFresh(name, signed)
  }

  #assertFresh(name: string, signed: Signed): void {
    if (signed.isExpired(this.#source.now)) throw new Error(`${name} has expired`)
  }

  async #needed(name: string, maxBytes: number): Promise<Uint8Array> {
    const bytes = await this.#fetch(name, maxBytes)
    if (bytes === undefined) throw new Error(`the repository has no ${name}`)
    return bytes
  }

  async #fetch(name: string, maxBytes: number): Promise<Uint8Array | undefined> {
    const { http, repository, signal } = this.#source
    const url = `${repository.replace(/\/$/, '')}/${name}`
    const answer = await http.fetch({ url, maxBytes, signal })
    return answer.status === 200 ? answer.body : undefined
  }
}

type Json = Parameters<typeof Metadata.fromJSON>[1]

function parsed(bytes: Uint8Array, name: string): Json {
  return asJson(JSON.parse(new TextDecoder().decode(bytes)), name)
}

/** What was parsed as JSON is JSON. */
function asJson(value: unknown, name: string): Json {
  const object: JsonObject | undefined = jsonObjectOf(value)
  if (object === undefined) throw new Error(`${name} is no JSON object`)
  return object as Json
}
