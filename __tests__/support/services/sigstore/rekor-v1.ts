import { sign } from 'node:crypto'
import { spki } from '../../signed/certificate.ts'
import { canonical, newPair, type Pair } from '../../signed/sigstore.ts'
import { checkpointText, leafHash, type MerkleLog, newMerkleLog, sha256 } from './merkle-log.ts'
import { type ProposedEntry, storedBody } from './rekor-v1-entries.ts'
import {
  type ClockFault,
  type LoopbackService,
  NOT_FOUND,
  type OwnFault,
  type SeenServiceRequest,
  type ServiceAnswer,
  type ServiceRequest,
  startService
} from './service.ts'

/** What either log of signatures can do wrong. */
export type LogFault =
  | ClockFault
  /** The checkpoint of the tree before the entry was in it. */
  | (OwnFault & { readonly kind: 'stale-checkpoint' })
  /** A checkpoint that is none. */
  | (OwnFault & { readonly kind: 'malformed-checkpoint' })
  /** Signs with another key than the one that everybody knows. */
  | (OwnFault & { readonly kind: 'wrong-key' })
  /** Proves that something else is in the tree. */
  | (OwnFault & { readonly kind: 'wrong-proof' })
  /** Answers with the entry of somebody else. */
  | (OwnFault & { readonly kind: 'wrong-entry' })

/** What the log of the first kind can do wrong. */
export type RekorV1Fault = LogFault | (OwnFault & { readonly kind: 'wrong-promise' })

/** A log of signatures of the first kind. */
export interface RekorV1 extends LoopbackService<RekorV1Fault> {
  readonly pair: Pick<Pair, 'publicKey'>
  /** SHA-256 of the key. */
  readonly logId: Buffer
  readonly tree: MerkleLog
}

/** Of the log, and what it begins the names of its entries with. */
const TREE_ID = 1_193_050_959_916_656_506n
const TREE_HEX = TREE_ID.toString(16).padStart(16, '0')

const HOST = '127.0.0.1'

interface Entry {
  readonly index: number
  readonly body: Buffer
  readonly integratedTime: number
  /** That it is, or will be, in the log. */
  readonly promise: Buffer
}

interface Log {
  readonly pair: Pair
  readonly wrong: Pair
  readonly logId: Buffer
  readonly tree: MerkleLog
  /** By the hash of their leaf. */
  readonly entries: Map<string, Entry>
}

export async function startRekorV1(seen: SeenServiceRequest[]): Promise<RekorV1> {
  const pair = newPair()
  const logId = sha256(spki(pair.publicKey))
  const log: Log = { pair, wrong: newPair(), logId, tree: newMerkleLog(), entries: new Map() }
  const service = await startService<RekorV1Fault>({
    name: 'rekor-v1',
    seen,
    answer: (request, fault) => route(log, request, fault)
  })
  return { ...service, pair, logId, tree: log.tree }
}

/** @see https://github.com/sigstore/rekor/blob/main/openapi.yaml */
function route(
  log: Log,
  { method, path, query, body }: ServiceRequest,
  fault: RekorV1Fault | undefined
): ServiceAnswer {
  const asked = `${method} ${path}`
  if (asked === 'POST /api/v1/log/entries') {
    return add(log, JSON.parse(body.toString()) as ProposedEntry, fault)
  }
  if (asked === 'GET /api/v1/log/publicKey') {
    const pem = log.pair.publicKey.export({ format: 'pem', type: 'spki' }).toString()
    return { status: 200, body: pem, type: 'application/x-pem-file' }
  }
  if (asked === 'GET /api/v1/log/entries') {
    const index = query.get('logIndex') ?? ''
    const [uuid] = [...log.entries].find(([, entry]) => String(entry.index) === index) ?? []
    return uuid === undefined ? NOT_FOUND : { status: 200, body: answerFor(log, uuid, fault) }
  }
  const [, uuid = ''] =
    /^GET \/api\/v1\/log\/entries\/(?:[0-9a-f]{16})?([0-9a-f]{64})$/.exec(asked) ?? []
  return log.entries.has(uuid) ? { status: 200, body: answerFor(log, uuid, fault) } : NOT_FOUND
}

function add(log: Log, proposed: ProposedEntry, fault: RekorV1Fault | undefined): ServiceAnswer {
  const body = storedBody(proposed)
  const uuid = leafHash(body).toString('hex')
  const headers = { location: `/api/v1/log/entries/${TREE_HEX}${uuid}` }
  if (log.entries.has(uuid)) {
    const message = 'an equivalent entry already exists in the transparency log with UUID '
    return { status: 409, body: { code: 409, message: `${message}${TREE_HEX}${uuid}` }, headers }
  }
  const offsetMs = fault?.kind === 'clock' ? fault.offsetMs : 0
  const integratedTime = Math.floor((Date.now() + offsetMs) / 1000)
  const isWrong = fault?.kind === 'wrong-key' || fault?.kind === 'wrong-promise'
  const entry = { index: log.tree.append(body), body, integratedTime }
  const promise = promiseOf(log, entry, isWrong ? log.wrong : log.pair)
  log.entries.set(uuid, { ...entry, promise })
  // Clients in Go find the entry in the answer by this tag.
  const etag = `${TREE_HEX}${uuid}`
  return { status: 201, body: answerFor(log, uuid, fault), headers: { ...headers, etag } }
}

function promiseOf(log: Log, entry: Omit<Entry, 'promise'>, { privateKey }: Pair): Buffer {
  const promised = canonical({
    body: entry.body.toString('base64'),
    integratedTime: entry.integratedTime,
    logID: log.logId.toString('hex'),
    logIndex: entry.index
  })
  return sign('sha256', Buffer.from(promised), privateKey)
}

/** The first entry there is, as if it had just been logged. */
function firstEntry(log: Log): Entry | undefined {
  const [first] = log.entries.values()
  if (first === undefined) return undefined
  const entry = { ...first, integratedTime: Math.floor(Date.now() / 1000) }
  return { ...entry, promise: promiseOf(log, entry, log.pair) }
}

/** An entry as it is now: proven against the whole tree. */
function answerFor(log: Log, uuid: string, fault: RekorV1Fault | undefined): object {
  const entry = fault?.kind === 'wrong-entry' ? firstEntry(log) : log.entries.get(uuid)
  if (entry === undefined) return {}
  const { index, body, integratedTime, promise } = entry
  const size = log.tree.size
  const proof = log.tree.prove(fault?.kind === 'wrong-proof' ? 0 : index, size)
  const { privateKey } = fault?.kind === 'wrong-key' ? log.wrong : log.pair
  const at = fault?.kind === 'stale-checkpoint' ? size - 1 : size
  const checkpoint = checkpointText({
    origin: `${HOST} - ${TREE_ID}`,
    signer: HOST,
    treeSize: at,
    root: log.tree.root(at),
    keyHint: log.logId.subarray(0, 4),
    sign: (text) => sign('sha256', text, privateKey)
  })
  return {
    [`${TREE_HEX}${uuid}`]: {
      body: body.toString('base64'),
      integratedTime,
      logID: log.logId.toString('hex'),
      logIndex: index,
      verification: {
        signedEntryTimestamp: promise.toString('base64'),
        inclusionProof: {
          logIndex: proof.index,
          treeSize: proof.treeSize,
          rootHash: proof.root.toString('hex'),
          hashes: proof.hashes.map((hash) => hash.toString('hex')),
          checkpoint: fault?.kind === 'malformed-checkpoint' ? 'no checkpoint\n' : checkpoint
        }
      }
    }
  }
}
