import { createHash, randomUUID } from 'node:crypto'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { misbehave, type Misbehaviour } from './misbehaviour.ts'
import { ociAuthority, type OciAuthority } from './oci-authority.ts'

export const INDEX_TYPE = 'application/vnd.oci.image.index.v1+json'
export const IMAGE_TYPE = 'application/vnd.oci.image.manifest.v1+json'

/** How a registry of images is. */
export interface OciRegistryNature {
  /** Who is let in. Default: everybody. */
  readonly auth?: 'basic' | 'bearer'
  /** Whether it has the referrers API. */
  readonly referrers?: boolean
  /** Entries on a page of lists. */
  readonly pageSize?: number
  /** Offers `ETag` for tags, and takes `If-Match`. */
  readonly etags?: boolean
  /** Takes uploads in one `POST`, and mounts. */
  readonly mounts?: boolean
}

export interface SeenOciRequest {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly bytes: number
}

/** What it did wrong on purpose, besides what every server can. */
export type OciMisbehaviour = Misbehaviour | { readonly kind: 'wrong-digest-header' }

/** A registry of images on the loopback address. */
export interface OciTestRegistry {
  /** As references name it: `127.0.0.1:41234`. */
  readonly name: string
  readonly url: string
  readonly requests: readonly SeenOciRequest[]
  readonly authority: OciAuthority
  /** Puts a blob there. @returns its descriptor */
  blob(repository: string, bytes: string | Uint8Array, mediaType?: string): TestDescriptor
  /** Puts a manifest there. @returns its descriptor */
  manifest(repository: string, json: object, tag?: string): TestDescriptor
  /** What it has under a tag or digest. */
  read(repository: string, reference: string): Buffer | undefined
  readBlob(repository: string, digest: string): Buffer | undefined
  /** Has requests misbehave whose method and path begin like this: `GET /v2/o/app/manifests/`. */
  misbehave(start: string, how: OciMisbehaviour): void
  /** Forgets that many of the next attachments, after it has said that it has them. */
  loseReferrers(count: number): void
  close(): Promise<void>
}

export interface TestDescriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
}

interface Stored {
  readonly mediaType: string
  readonly bytes: Buffer
}

interface Repository {
  readonly blobs: Map<string, Buffer>
  readonly manifests: Map<string, Stored>
  readonly tags: Map<string, string>
  readonly uploads: Map<string, Buffer>
  /** By the digest of the subject. */
  readonly referrers: Map<string, object[]>
}

interface State {
  readonly nature: OciRegistryNature
  readonly repositories: Map<string, Repository>
  readonly bad: { start: string; how: OciMisbehaviour; times: number }[]
  readonly requests: SeenOciRequest[]
  toLose: number
}

/** One request on its way. */
interface Call {
  readonly state: State
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** Starts a registry that behaves as the specification says, but for what it is told. */
export async function startOciRegistry(nature: OciRegistryNature = {}): Promise<OciTestRegistry> {
  const state: State = { nature, repositories: new Map(), bad: [], requests: [], toLose: 0 }
  const authority = ociAuthority(nature.auth)
  const server = createServer((request, response) => {
    void serve(state, authority, request, response)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const repositoryAt = (name: string): Repository => repositoryIn(state, name)
  return {
    name: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    requests: state.requests,
    authority,
    blob(repository, text, mediaType = 'application/octet-stream') {
      const bytes = Buffer.from(text)
      const digest = sha256(bytes)
      repositoryAt(repository).blobs.set(digest, bytes)
      return { mediaType, digest, size: bytes.length }
    },
    manifest(repository, json, tag) {
      const bytes = Buffer.from(JSON.stringify(json))
      const mediaType = 'mediaType' in json ? String(json.mediaType) : IMAGE_TYPE
      const digest = store(state, repositoryAt(repository), { mediaType, bytes }, tag)
      return { mediaType, digest, size: bytes.length }
    },
    read(repository, reference) {
      const { tags: named, manifests: known } = repositoryAt(repository)
      return known.get(named.get(reference) ?? reference)?.bytes
    },
    readBlob: (repository, digest) => repositoryAt(repository).blobs.get(digest),
    misbehave: (start, how) => void state.bad.push({ start, how, times: 0 }),
    loseReferrers: (count) => void (state.toLose = count),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      })
  }
}

async function serve(
  state: State,
  authority: OciAuthority,
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const { method = '', headers } = request
  const url = new URL(request.url ?? '/', `http://${headers.host ?? 'none'}`)
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const path = `${url.pathname}${url.search}`
  state.requests.push({ method, path, headers, bytes: body.length })
  const call: Call = { state, method, url, headers, body, request, response }
  if (url.pathname === '/token') {
    authority.serveToken({ method, url, headers, body: body.toString() }, response)
    return
  }
  const bad = state.bad.find(
    ({ start, how, times }) =>
      `${method} ${path}`.startsWith(start) &&
      times < ('times' in how ? (how.times ?? Infinity) : Infinity)
  )
  if (bad) {
    bad.times++
    if (bad.how.kind !== 'wrong-digest-header') {
      misbehave(bad.how, { body: fileAt(call), type: typeAt(call) }, { request, response })
      return
    }
    response.setHeader('docker-content-digest', `sha256:${'0'.repeat(64)}`)
  }
  if (!authority.lets(call, response)) return
  route(call)
}

const ROUTE = /^\/v2\/(.+?)\/(manifests|blobs\/uploads|blobs|referrers|tags)\/(.*)$/

function route(call: Call): void {
  const [, name = '', kind = '', rest = ''] = ROUTE.exec(call.url.pathname) ?? []
  const repository = repositoryIn(call.state, name)
  if (kind === 'manifests') manifests(call, repository, rest)
  else if (kind === 'blobs') blobs(call, repository, rest)
  else if (kind === 'blobs/uploads') uploads(call, { repository, name, id: rest })
  else if (kind === 'referrers' && call.state.nature.referrers) referrers(call, repository, rest)
  else if (kind === 'tags') tags(call, repository)
  else answer(call, 404, {}, fault('NOT_FOUND'))
}

function manifests(call: Call, repository: Repository, reference: string): void {
  const { method, headers, state } = call
  const digest = repository.tags.get(reference) ?? reference
  const stored = repository.manifests.get(digest)
  if (method === 'PUT') {
    putManifest(call, repository, reference)
  } else if (method === 'DELETE' && stored !== undefined) {
    repository.manifests.delete(digest)
    answer(call, 202)
  } else if (stored === undefined || !(headers.accept ?? '').includes(stored.mediaType)) {
    answer(call, 404, {}, fault('MANIFEST_UNKNOWN'))
  } else {
    const etag = state.nature.etags === true ? { etag: `"${digest}"` } : {}
    const type = { 'content-type': stored.mediaType, 'docker-content-digest': digest }
    answer(call, 200, { ...type, ...etag }, stored.bytes)
  }
}

function putManifest(call: Call, repository: Repository, reference: string): void {
  const { state, body, headers } = call
  const before = repository.tags.get(reference)
  const wanted = headers['if-match']
  const isNew = headers['if-none-match'] === '*'
  if (state.nature.etags === true) {
    const isStale = wanted !== undefined && wanted !== `"${before ?? ''}"`
    if (isStale || (isNew && before !== undefined)) {
      answer(call, 412, {}, fault('PRECONDITION_FAILED'))
      return
    }
  }
  const mediaType = headers['content-type'] ?? ''
  const tag = reference.startsWith('sha256:') ? undefined : reference
  const digest = store(state, repository, { mediaType, bytes: body }, tag)
  if (tag === undefined && digest !== reference) {
    answer(call, 400, {}, fault('DIGEST_INVALID'))
    return
  }
  const json = JSON.parse(body.toString()) as { subject?: { digest: string } }
  const said = state.nature.referrers === true && json.subject !== undefined
  const subject = said ? { 'oci-subject': json.subject?.digest ?? '' } : {}
  answer(call, 201, { 'docker-content-digest': digest, ...subject })
}

interface SomeManifest {
  readonly artifactType?: string
  readonly annotations?: object
  readonly config?: { readonly mediaType: string }
  readonly subject?: { readonly digest: string }
}

function store(state: State, repository: Repository, stored: Stored, tag?: string): string {
  const digest = sha256(stored.bytes)
  repository.manifests.set(digest, stored)
  if (tag !== undefined) repository.tags.set(tag, digest)
  const json = JSON.parse(stored.bytes.toString()) as SomeManifest
  if (json.subject && state.toLose > 0) {
    state.toLose--
  } else if (json.subject) {
    const list = repository.referrers.get(json.subject.digest) ?? []
    const entry = {
      mediaType: stored.mediaType,
      digest,
      size: stored.bytes.length,
      artifactType: json.artifactType ?? json.config?.mediaType,
      annotations: json.annotations
    }
    const others = list.filter((one) => 'digest' in one && one.digest !== digest)
    repository.referrers.set(json.subject.digest, [...others, entry])
  }
  return digest
}

function blobs(call: Call, repository: Repository, digest: string): void {
  const bytes = repository.blobs.get(digest)
  const range = /^bytes=(\d+)-(\d+)$/.exec(call.headers.range ?? '')
  if (bytes === undefined) {
    answer(call, 404, {}, fault('BLOB_UNKNOWN'))
  } else if (range) {
    const [, from, to] = range
    const part = bytes.subarray(Number(from), Number(to) + 1)
    answer(call, 206, { 'docker-content-digest': digest }, part)
  } else {
    answer(call, 200, { 'docker-content-digest': digest }, bytes)
  }
}

interface Upload {
  readonly repository: Repository
  readonly name: string
  readonly id: string
}

function uploads(call: Call, { repository, name, id }: Upload): void {
  const { method, url, body, state } = call
  const before = repository.uploads.get(id)
  // As distribution does it: absolute, with a query to keep.
  const at = (session: string): string =>
    `http://${call.headers.host ?? ''}/v2/${name}/blobs/uploads/${session}?_state=x`
  if (method === 'POST') {
    const mounted = url.searchParams.get('mount') ?? ''
    const from = repositoryIn(state, url.searchParams.get('from') ?? '').blobs.get(mounted)
    if (from && state.nature.mounts === true) {
      repository.blobs.set(mounted, from)
      answer(call, 201, { location: `/v2/${name}/blobs/${mounted}` })
      return
    }
    const session = randomUUID()
    repository.uploads.set(session, Buffer.alloc(0))
    answer(call, 202, { location: at(session) })
  } else if (before === undefined || url.searchParams.get('_state') !== 'x') {
    answer(call, 404, {}, fault('BLOB_UPLOAD_UNKNOWN'))
  } else if (method === 'GET') {
    answer(call, 204, { location: at(id), range: `0-${before.length - 1}` })
  } else if (method === 'PATCH') {
    const [start] = (call.headers['content-range'] ?? '').split('-')
    if (Number(start) !== before.length) {
      answer(call, 416, { location: at(id), range: `0-${before.length - 1}` })
      return
    }
    const now = Buffer.concat([before, body])
    repository.uploads.set(id, now)
    answer(call, 202, { location: at(id), range: `0-${now.length - 1}` })
  } else if (method === 'PUT') {
    const bytes = Buffer.concat([before, body])
    const digest = url.searchParams.get('digest') ?? ''
    repository.uploads.delete(id)
    if (sha256(bytes) !== digest) {
      answer(call, 400, {}, fault('DIGEST_INVALID'))
      return
    }
    repository.blobs.set(digest, bytes)
    answer(call, 201, { location: `/v2/${name}/blobs/${digest}`, 'docker-content-digest': digest })
  } else {
    repository.uploads.delete(id)
    answer(call, 204)
  }
}

function referrers(call: Call, repository: Repository, digest: string): void {
  const type = call.url.searchParams.get('artifactType')
  const all = (repository.referrers.get(digest) ?? []).filter(
    (one) => type === null || ('artifactType' in one && one.artifactType === type)
  )
  const { page, headers } = paged(call, all)
  const filtered = type === null ? {} : { 'oci-filters-applied': 'artifactType' }
  const index = { schemaVersion: 2, mediaType: INDEX_TYPE, manifests: page }
  const body = Buffer.from(JSON.stringify(index))
  answer(call, 200, { 'content-type': INDEX_TYPE, ...headers, ...filtered }, body)
}

function tags(call: Call, repository: Repository): void {
  const { page, headers } = paged(call, [...repository.tags.keys()].sort())
  const body = Buffer.from(JSON.stringify({ name: 'x', tags: page }))
  answer(call, 200, { 'content-type': 'application/json', ...headers }, body)
}

function paged<T>(
  { url, state }: Call,
  all: readonly T[]
): { readonly page: readonly T[]; readonly headers: Record<string, string> } {
  const size = state.nature.pageSize ?? 1000
  const from = Number(url.searchParams.get('from') ?? 0)
  const next = new URL(url)
  next.searchParams.set('from', String(from + size))
  const link = `<${next.pathname}${next.search}>; rel="next"`
  return { page: all.slice(from, from + size), headers: from + size < all.length ? { link } : {} }
}

function answer(
  { response, method }: Call,
  status: number,
  headers: Record<string, string> = {},
  body: Buffer = Buffer.alloc(0)
): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!response.hasHeader(name)) response.setHeader(name, value)
  }
  response.writeHead(status, { 'content-length': body.length })
  response.end(method === 'HEAD' ? undefined : body)
}

function fileAt({ state, url }: Call): Buffer {
  const [, name = '', kind, rest = ''] = ROUTE.exec(url.pathname) ?? []
  const { blobs: held, manifests: known, tags: named } = repositoryIn(state, name)
  if (kind === 'blobs') return held.get(rest) ?? Buffer.alloc(0)
  return known.get(named.get(rest) ?? rest)?.bytes ?? Buffer.alloc(0)
}

function typeAt({ state, url }: Call): string {
  const [, name = '', , rest = ''] = ROUTE.exec(url.pathname) ?? []
  const { manifests: known, tags: named } = repositoryIn(state, name)
  return known.get(named.get(rest) ?? rest)?.mediaType ?? 'application/octet-stream'
}

function repositoryIn({ repositories }: State, name: string): Repository {
  const known = repositories.get(name)
  if (known) return known
  const made: Repository = {
    blobs: new Map(),
    manifests: new Map(),
    tags: new Map(),
    uploads: new Map(),
    referrers: new Map()
  }
  repositories.set(name, made)
  return made
}

function fault(code: string): Buffer {
  return Buffer.from(JSON.stringify({ errors: [{ code, message: 'no such thing' }] }))
}

function sha256(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
