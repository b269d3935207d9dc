import { createHash, createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** An artifact as the results service keeps it. */
export interface KeptArtifact {
  readonly id: number
  readonly name: string
  readonly mimeType: string
  readonly expiresAt?: string
  /** The archive; absent until it was uploaded. */
  data?: Buffer
  /** `sha256:` and hex; absent until it was finalized. */
  digest?: string
}

/** A loopback stand-in for the services of a workflow run: enough for the unmodified clients of the toolkit. */
export interface ActionsServices {
  /** What the runner would set. */
  readonly env: Readonly<Record<string, string>>
  /** By name. */
  readonly artifacts: ReadonlyMap<string, KeptArtifact>
  /** One line per request. */
  readonly log: readonly string[]
  close(): Promise<void>
}

export interface ActionsServicesOptions {
  /** Answers every upload with this status. */
  readonly refuseUploads?: number
}

interface State {
  base: string
  readonly runId: string
  readonly artifacts: Map<string, KeptArtifact>
  /** Blob path -> block id -> bytes. */
  readonly blocks: Map<string, Map<string, Buffer>>
  readonly token: string
  readonly options: ActionsServicesOptions
}

type Answer = readonly [status: number, body: object]

/** Starts the results service with its blob store. */
export async function startActionsServices(
  options: ActionsServicesOptions = {}
): Promise<ActionsServices> {
  const runId = randomUUID()
  const scp = `Actions.GenericRead:x Actions.Results:${runId}:${randomUUID()}`
  const state: State = {
    base: '',
    runId,
    artifacts: new Map(),
    blocks: new Map(),
    token: jwtOf({ scp, exp: Math.floor(Date.now() / 1000) + 3600 }),
    options
  }
  const log: string[] = []
  const server = createServer((request, response) => {
    void serve(state, log, request, response)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  state.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    env: {
      ACTIONS_RUNTIME_TOKEN: state.token,
      ACTIONS_RUNTIME_URL: `${state.base}/`,
      ACTIONS_RESULTS_URL: `${state.base}/`
    },
    artifacts: state.artifacts,
    log,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => void server.close(() => resolve()))
    }
  }
}

async function serve(
  state: State,
  log: string[],
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const url = new URL(request.url ?? '/', state.base)
  const body = await buffer(request)
  log.push(`${request.method ?? ''} ${url.pathname} ${body.length}B`)
  const [, method] =
    /^\/twirp\/github\.actions\.results\.api\.v1\.ArtifactService\/(\w+)$/.exec(url.pathname) ?? []
  if (method !== undefined) return json(response, rpc(state, request, method, body))
  const [, id] = /^\/account\/results\/[^/]+\/(\d+)\.zip$/.exec(url.pathname) ?? []
  const artifact = [...state.artifacts.values()].find((kept) => kept.id === Number(id))
  if (artifact === undefined || request.method !== 'PUT') {
    return json(response, [404, { message: 'no such route' }])
  }
  putBlob(state, artifact, url, body)
  response
    .writeHead(201, {
      'x-ms-request-id': randomUUID(),
      'x-ms-version': '2025-01-05',
      'x-ms-request-server-encrypted': 'true',
      etag: '"0x1"',
      'last-modified': new Date().toUTCString()
    })
    .end()
}

/** Twirp over JSON, with the names of the protocol's fields in snake case. */
function rpc(state: State, request: IncomingMessage, method: string, body: Buffer): Answer {
  if (request.headers.authorization !== `Bearer ${state.token}`) {
    return [401, { code: 'unauthenticated', msg: 'bad token' }]
  }
  const asked = JSON.parse(body.toString()) as Record<string, string>
  if (method === 'CreateArtifact') return create(state, asked)
  if (method === 'FinalizeArtifact') return finalize(state, asked)
  return [404, { code: 'bad_route', msg: method }]
}

function create(state: State, asked: Readonly<Record<string, string>>): Answer {
  const { refuseUploads } = state.options
  if (refuseUploads !== undefined) return [refuseUploads, { code: 'internal', msg: 'refused' }]
  const name = asked['name'] ?? ''
  if (state.artifacts.has(name)) {
    return [409, { code: 'already_exists', msg: 'an artifact with this name already exists' }]
  }
  const id = 1000 + state.artifacts.size
  const expiresAt = asked['expires_at']
  state.artifacts.set(name, {
    id,
    name,
    mimeType: asked['mime_type'] ?? '',
    ...(expiresAt !== undefined && { expiresAt })
  })
  // account/container/blob: the form that the storage client expects where the host is an address.
  const path = `/account/results/${state.runId}/${id}.zip`
  return [200, { ok: true, signed_upload_url: `${state.base}${path}?sig=c2lnbmF0dXJl` }]
}

function finalize(state: State, asked: Readonly<Record<string, string>>): Answer {
  const artifact = state.artifacts.get(asked['name'] ?? '')
  if (artifact?.data === undefined) return [404, { code: 'not_found', msg: 'no such artifact' }]
  const digest = `sha256:${createHash('sha256').update(artifact.data).digest('hex')}`
  if (Number(asked['size']) !== artifact.data.length || asked['hash'] !== digest) {
    return [400, { code: 'invalid_argument', msg: 'size or hash mismatch' }]
  }
  artifact.digest = digest
  return [200, { ok: true, artifact_id: String(artifact.id) }]
}

function putBlob(state: State, artifact: KeptArtifact, url: URL, body: Buffer): void {
  const blocks = state.blocks.get(url.pathname) ?? new Map<string, Buffer>()
  state.blocks.set(url.pathname, blocks)
  const kind = url.searchParams.get('comp')
  if (kind === 'block') blocks.set(url.searchParams.get('blockid') ?? '', body)
  else if (kind === 'blocklist') {
    const ids = [...body.toString().matchAll(/<Latest>([^<]+)</g)].map(([, id = '']) => id)
    artifact.data = Buffer.concat(ids.map((id) => blocks.get(id) ?? Buffer.alloc(0)))
  } else artifact.data = body
}

function json(response: ServerResponse, [status, body]: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** Only this service reads its signature. */
function jwtOf(claims: object): string {
  const text = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}`
  return `${text}.${createHmac('sha256', randomUUID()).update(text).digest('base64url')}`
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
