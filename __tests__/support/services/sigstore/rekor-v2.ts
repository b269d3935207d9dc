import {
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  X509Certificate
} from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { spki } from '../../signed/certificate.ts'
import { canonical, type Pair } from '../../signed/sigstore.ts'
import { checkpointText, leafHash, type MerkleLog, newMerkleLog, sha256 } from './merkle-log.ts'
import type { LogFault } from './rekor-v1.ts'
import {
  type LoopbackService,
  NOT_FOUND,
  type OwnFault,
  type SeenServiceRequest,
  type ServiceAnswer,
  startService
} from './service.ts'
import { isSignedDigest } from './signature-check.ts'

/** What the log of the second kind can do wrong. */
export type RekorV2Fault =
  | Exclude<LogFault, { readonly kind: 'clock' }>
  /** Somebody else who waited gave up: the entry is in the log, and the answer is 499. */
  | (OwnFault & { readonly kind: 'cancelled' })

/** A log of signatures of the second kind. */
export interface RekorV2 extends LoopbackService<RekorV2Fault> {
  readonly pair: Pick<Pair, 'publicKey'>
  /** SHA-256 of its name and key. */
  readonly logId: Buffer
  readonly tree: MerkleLog
}

export interface RekorV2Options {
  /** An answer waits for the next checkpoint, and there is one that often. Default: at once. */
  readonly checkpointEveryMs?: number
}

const ORIGIN = '127.0.0.1'

interface Log {
  readonly pair: Pair
  readonly wrong: Pair
  readonly logId: Buffer
  readonly tree: MerkleLog
  /** Hash of the leaf to its index. */
  readonly known: Map<string, number>
  readonly bodies: Buffer[]
  readonly checkpointEveryMs: number
}

export async function startRekorV2(
  seen: SeenServiceRequest[],
  { checkpointEveryMs = 0 }: RekorV2Options = {}
): Promise<RekorV2> {
  const [pair, wrong] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')]
  const raw = spki(pair.publicKey).subarray(-32)
  // As a note names its signer. @see https://c2sp.org/signed-note
  const logId = sha256(Buffer.from(`${ORIGIN}\n`), Buffer.from([1]), raw)
  const tree = newMerkleLog()
  const log: Log = { pair, wrong, logId, tree, known: new Map(), bodies: [], checkpointEveryMs }
  const service = await startService<RekorV2Fault>({
    name: 'rekor-v2',
    seen,
    answer: ({ method, path, body }, fault) =>
      `${method} ${path}` === 'POST /api/v2/log/entries'
        ? add(log, JSON.parse(body.toString()) as CreateEntryRequest, fault)
        : NOT_FOUND
  })
  return { ...service, pair, logId, tree }
}

/** @see https://github.com/sigstore/rekor-tiles/blob/main/api/proto/rekor/v2/hashedrekord.proto */
interface CreateEntryRequest {
  readonly hashedRekordRequestV002?: {
    readonly digest: string
    readonly signature: { readonly content: string; readonly verifier: LogVerifier }
  }
}

interface LogVerifier {
  readonly keyDetails: string
  readonly x509Certificate?: { readonly rawBytes: string }
  readonly publicKey?: { readonly rawBytes: string }
}

async function add(
  log: Log,
  { hashedRekordRequestV002: request }: CreateEntryRequest,
  fault: RekorV2Fault | undefined
): Promise<ServiceAnswer> {
  if (request === undefined) {
    return { status: 400, body: { code: 3, message: 'invalid type, must be hashedrekord' } }
  }
  const { digest, signature } = request
  const [hash, content] = [digest, signature.content].map((text) => Buffer.from(text, 'base64'))
  if (!hash || !content || !isSignedDigest(keyOf(signature.verifier), hash, content)) {
    return { status: 400, body: { code: 3, message: 'verifying signature: invalid signature' } }
  }
  const spec = { hashedRekordV002: { data: { algorithm: 'SHA2_256', digest }, signature } }
  const body = Buffer.from(canonical({ apiVersion: '0.0.2', kind: 'hashedrekord', spec }))
  const leaf = leafHash(body).toString('hex')
  const known = log.known.get(leaf)
  if (known !== undefined) {
    const message = `an equivalent entry already exists in the transparency log with index ${known}`
    return { status: 409, body: { code: 6, message } }
  }
  const index = log.tree.append(body)
  log.known.set(leaf, index)
  log.bodies.push(body)
  await nextCheckpoint(log.checkpointEveryMs)
  if (fault?.kind === 'cancelled') {
    return { status: 499, body: { code: 1, message: 'add entry: await: context canceled' } }
  }
  return { status: 201, body: entryAt(log, fault?.kind === 'wrong-entry' ? 0 : index, fault) }
}

/** @throws Error for what is no key */
function keyOf({ x509Certificate, publicKey }: LogVerifier): KeyObject {
  if (x509Certificate) {
    return new X509Certificate(Buffer.from(x509Certificate.rawBytes, 'base64')).publicKey
  }
  const key = Buffer.from(publicKey?.rawBytes ?? '', 'base64')
  return createPublicKey({ key, format: 'der', type: 'spki' })
}

/** Checkpoints come at their own pace, whoever waits for them. */
async function nextCheckpoint(everyMs: number): Promise<void> {
  if (everyMs === 0) return
  await setTimeout(everyMs - (Date.now() % everyMs), undefined, { ref: false })
}

/** An entry as it is now: proven against the whole tree. */
function entryAt(log: Log, index: number, fault: RekorV2Fault | undefined): object {
  const size = log.tree.size
  const proof = log.tree.prove(fault?.kind === 'wrong-proof' ? 0 : index, size)
  const { privateKey } = fault?.kind === 'wrong-key' ? log.wrong : log.pair
  const at = fault?.kind === 'stale-checkpoint' ? size - 1 : size
  const envelope = checkpointText({
    origin: ORIGIN,
    signer: ORIGIN,
    treeSize: at,
    root: log.tree.root(at),
    keyHint: log.logId.subarray(0, 4),
    sign: (text) => sign(null, text, privateKey)
  })
  return {
    logIndex: String(index),
    logId: { keyId: log.logId.toString('base64') },
    kindVersion: { kind: 'hashedrekord', version: '0.0.2' },
    integratedTime: '0',
    inclusionPromise: null,
    inclusionProof: {
      logIndex: String(proof.index),
      treeSize: String(proof.treeSize),
      rootHash: proof.root.toString('base64'),
      hashes: proof.hashes.map((hash) => hash.toString('base64')),
      checkpoint: {
        envelope: fault?.kind === 'malformed-checkpoint' ? 'no checkpoint\n' : envelope
      }
    },
    canonicalizedBody: log.bodies[index]?.toString('base64')
  }
}
