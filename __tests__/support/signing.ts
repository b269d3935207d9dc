import { createHash, createPublicKey, createSign, generateKeyPairSync } from 'node:crypto'
import type { HttpClient } from '../../src/host/host.ts'
import { httpClient } from '../../src/host/http.ts'
import type { Timing } from '../../src/host/http/timing.ts'
import { idTokens } from '../../src/host/id-tokens.ts'
import type { SigstoreSettings } from '../../src/model/settings.ts'
import type { SigningKey } from '../../src/services/bundle-signer.ts'
import { sigstoreInstance, type SigstoreInstance } from '../../src/services/sigstore-instance.ts'
import type { SigningContext } from '../../src/services/sigstore-sign/context.ts'
import { fakeHost } from './fake-host.ts'
import type { EmbeddedSigstore } from './services/sigstore/sigstore.ts'

/** Who signs in a test, and what can be seen of it. */
export interface SigningDesk extends SigningContext {
  readonly host: SigningContext['host'] & { now(): Date }
  /** Lines of the log. */
  readonly lines: readonly string[]
  readonly masked: readonly string[]
  /** How long was waited, in milliseconds, each time. Nobody waits for it. */
  readonly slept: readonly number[]
  /** Sets the clock of this machine ahead, for all that comes. */
  ahead(ms: number): void
}

export interface DeskOptions {
  readonly patienceMs?: number
  readonly signal?: AbortSignal
  /** Without them the job may not ask for tokens. */
  readonly env?: Readonly<Record<string, string>>
  /** Called at each wait. */
  readonly onSleep?: (ms: number) => void
  /** Gives up each request after this long, in milliseconds, so that silence takes no time. */
  readonly totalMs?: number
}

/** A signer's surroundings: the real HTTP client, a clock that can be set, and waiting that takes no time. */
export function signingDesk(sigstore: EmbeddedSigstore, options: DeskOptions = {}): SigningDesk {
  const { patienceMs, signal = new AbortController().signal, env = sigstore.env } = options
  const [lines, masked, slept] = [[] as string[], [] as string[], [] as number[]]
  let offset = 0
  const timing: Timing = {
    now: () => performance.now() + offset,
    random: () => 0.5,
    sleep(ms) {
      slept.push(ms)
      offset += ms
      options.onSleep?.(ms)
      return Promise.resolve()
    }
  }
  const note = (message: string): void => void lines.push(message)
  const client = httpClient({ env: {}, version: '0.0.0', concurrency: 32, timing, signal })
  const { totalMs } = options
  const http: HttpClient = {
    fetch: (request) =>
      client.fetch(totalMs === undefined ? request : { ...request, totalMs, idleMs: totalMs })
  }
  const mask = (secret: string): void => void masked.push(secret)
  return {
    host: {
      ...fakeHost(),
      http,
      log: { debug: note, info: note, warning: note, error: note },
      now: () => new Date(Date.now() + offset),
      ...idTokens({ env, http, mask })
    },
    signal,
    timing,
    ...(patienceMs !== undefined && { patienceMs }),
    lines,
    masked,
    slept,
    ahead: (ms) => void (offset += ms)
  }
}

/** The embedded instance, as a run finds it from files. */
export function instanceOf(
  sigstore: EmbeddedSigstore,
  rekor: SigstoreSettings['rekor']
): Promise<SigstoreInstance> {
  const files: Readonly<Record<string, unknown>> = {
    'root.json': sigstore.trustedRoot,
    'config.json': sigstore.signingConfig(rekor === '2' ? 2 : 1)
  }
  return sigstoreInstance({
    host: fakeHost(),
    signal: new AbortController().signal,
    settings: {
      rekor,
      trustedRoot: 'root.json',
      signingConfig: 'config.json',
      oidcIssuer: sigstore.oidc.url
    },
    readText: (path) => Promise.resolve(JSON.stringify(files[path]))
  })
}

/** A key pair of somebody's. */
export function newSigningKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    publicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    async sign(chunks) {
      const sign = createSign('sha256')
      for await (const chunk of chunks) sign.update(chunk)
      return sign.sign(privateKey)
    }
  }
}

/** What bundles of a key name it by. */
export function hintOf({ publicKey }: SigningKey): string {
  const der = createPublicKey(publicKey).export({ format: 'der', type: 'spki' })
  return createHash('sha256').update(der).digest('base64')
}

/** A statement about some bytes. */
export function statementAbout(bytes: Uint8Array): Uint8Array {
  return Buffer.from(
    JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [
        { name: 'file', digest: { sha256: createHash('sha256').update(bytes).digest('hex') } }
      ],
      predicateType: 'https://example.com/predicate/v1',
      predicate: { hello: 'world' }
    })
  )
}
