import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Host } from '../../src/host/host.ts'
import { idTokens } from '../../src/host/id-tokens.ts'
import { machine } from '../../src/host/machine.ts'
import type { Predicate } from '../../src/model/predicate.ts'
import type { Settings, StatementKind } from '../../src/model/settings.ts'
import type { FileSubject } from '../../src/model/subject.ts'
import type { BundleSigner } from '../../src/services/bundle-signer.ts'
import type { SigstoreInstance } from '../../src/services/sigstore-instance.ts'
import { keylessSigner, keySigner } from '../../src/services/sigstore-sign.ts'
import { sigstoreVerifier } from '../../src/services/sigstore-verify.ts'
import { signingKeyOf } from '../../src/services/signing-key.ts'
import type { FileWork } from '../../src/stages/sign/files.ts'
import type { OwnBundles } from '../../src/stages/sign/signing.ts'
import { runContext } from './run-context.ts'
import type { EmbeddedSigstore } from './services/sigstore/sigstore.ts'

/** A folder with files, a folder for documents, and all that files are signed with. */
export interface FileBench {
  readonly checkout: string
  readonly out: string
  readonly host: Host
  /** Writes a file of the checkout. @returns what the stage before says about it */
  put(path: string, bytes: string | Uint8Array): FileSubject
  /** Names of the documents, sorted. */
  documents(): readonly string[]
  /** Text of a document. */
  read(name: string): string
  /** Everything to sign these files with. */
  work(files: readonly FileSubject[], given?: Partial<FileWork>): Promise<FileWork>
  remove(): void
}

export interface BenchOptions {
  readonly rekor?: 1 | 2
  /** Signs with a key of its own instead of as a workflow. */
  readonly key?: true
  readonly settings?: Partial<Settings>
}

/** Makes both folders. */
export function fileBench(sigstore: EmbeddedSigstore, options: BenchOptions = {}): FileBench {
  const root = mkdtempSync(join(tmpdir(), 'assay-files-'))
  const [checkout, out] = [join(root, 'checkout'), join(root, 'out')]
  mkdirSync(checkout)
  const host = hostOver(checkout, out, sigstore.env)
  const context = runContext(host, { path: checkout, out, ...options.settings })
  return {
    checkout,
    out,
    host,
    put(path, bytes) {
      mkdirSync(dirname(join(checkout, path)), { recursive: true })
      writeFileSync(join(checkout, path), bytes)
      const hex = createHash('sha256').update(bytes).digest('hex')
      return { subject: { name: path, digest: { algorithm: 'sha256', hex } }, path }
    },
    documents: () => readdirSync(out).sort(),
    read: (name) => readFileSync(join(out, name), 'utf8'),
    async work(files, given = {}) {
      const instance = instanceOf(sigstore, options.rekor ?? 2)
      const { signal } = context
      const signer = options.key
        ? keySigner({ host, signal }, instance, await newKey())
        : keylessSigner({ host, signal }, instance)
      return {
        context,
        signer,
        own: await ownOf(signer, instance, sigstore),
        forms: new Set(['file']),
        predicates: [],
        files,
        ...given
      }
    },
    remove: () => {
      rmSync(root, { recursive: true, force: true })
    }
  }
}

function hostOver(path: string, out: string, env: Host['env']): Host {
  const settings = { path, out, offline: false, concurrency: 16 }
  const own = {
    ...machine({ settings, env, signal: new AbortController().signal }),
    mask() {}
  }
  return {
    ...own,
    ...idTokens(own),
    log: { debug() {}, info() {}, warning() {}, error() {} },
    progress: () => ({ advance() {}, done() {} })
  }
}

async function newKey(): Promise<Exclude<Awaited<ReturnType<typeof signingKeyOf>>, undefined>> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const key = await signingKeyOf({ mode: 'key', key: pem })
  if (key === undefined) throw new Error('No key')
  return key
}

/** An instance that signs with one of the two logs. */
export function instanceOf(sigstore: EmbeddedSigstore, rekor: 1 | 2): SigstoreInstance {
  const { fulcio, rekorV1, rekorV2, tsa, trustedRoot } = sigstore
  return {
    trustedRoot,
    asOf: '2026-01-01',
    isPublic: false,
    fulcioUrl: fulcio.url,
    rekor: { url: rekor === 1 ? rekorV1.url : rekorV2.url, version: rekor },
    timestampUrl: `${tsa.url}/api/v1/timestamp`
  }
}

/** Holds bundles to who signs, as the stage does. */
async function ownOf(
  signer: BundleSigner,
  { trustedRoot, asOf }: SigstoreInstance,
  sigstore: EmbeddedSigstore
): Promise<OwnBundles> {
  const who = await signer.identity()
  const keys = who.kind === 'key' ? [{ id: who.hint, key: createPublicKey(who.publicKey) }] : []
  const { verifyStatement, verifyMessage } = await sigstoreVerifier({ trustedRoot, asOf, keys })
  const name = who.kind === 'key' ? `key ${who.hint}` : sigstore.identity()
  const faultOf = (
    answer: ReturnType<typeof verifyStatement> | Awaited<ReturnType<typeof verifyMessage>>
  ): string | undefined => {
    if ('refused' in answer) return answer.refused
    return answer.signer.identity === name ? undefined : `it is by ${answer.signer.identity}`
  }
  const statementFault: OwnBundles['statementFault'] = async (bundle, payload) => {
    const other = payloadIn(bundle) === Buffer.from(payload).toString('base64')
    return faultOf(verifyStatement(bundle)) ?? (other ? undefined : 'it is another statement')
  }
  return {
    statementFault,
    sameStatement: async (bundle, wanted) =>
      (await statementFault(bundle, wanted.payload())) === undefined,
    messageFault: async (bundle, chunks) => faultOf(await verifyMessage(bundle, chunks())),
    sameMessage: () => Promise.resolve(false)
  }
}

function payloadIn(bundle: unknown): string {
  const { dsseEnvelope } = (bundle ?? {}) as {
    readonly dsseEnvelope?: { readonly payload: string }
  }
  return dsseEnvelope?.payload ?? ''
}

/** A predicate with this value. */
export function predicateOf(kind: StatementKind, predicateType: string, value: object): Predicate {
  return { kind, predicateType, chunks: () => [JSON.stringify(value)] }
}
