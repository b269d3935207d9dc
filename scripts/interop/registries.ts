import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PASSWORD, USERNAME } from '../../__tests__/support/services/oci-authority.ts'
import { type Gate, startGate } from './gate.ts'
import { isOnPath } from './program.ts'
import type { RealSigstore } from './real-sigstore.ts'
import { type TokenAuthority, tokenAuthority } from './token-authority.ts'

export const AUTHENTICATIONS = ['anonymous', 'Basic', 'Bearer'] as const

export type Authentication = (typeof AUTHENTICATIONS)[number]

/** A real registry on the loopback address. */
export interface RealRegistry {
  /** As references name it: `127.0.0.1:41234`. */
  readonly name: string
  readonly program: 'olareg' | 'docker-registry'
  /** Whether it has the referrers API. */
  readonly referrers: boolean
  readonly auth: Authentication
  /** What stands before it and counts. */
  readonly gate: Gate
  /** Origin that images are put to, uncounted. */
  readonly origin: string
  /** Value of the header `Authorization` with which that is done. */
  authorization(repository: string): string | undefined
  stop(): void
}

/** {@link PASSWORD} of {@link USERNAME}, as `htpasswd -nbB` writes it. */
const HTPASSWD = 'bot:$2y$05$GKzbiQL67NnGU5fycru8ueyuWjacFC5h/JnkzKdhq/0vUAOZJMkTe\n'

const PAIR = Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64')

/** Whether the registry without the referrers API is here. It is a package of Debian's. */
export function hasDockerRegistry(): boolean {
  return isOnPath('docker-registry')
}

/**
 * Starts each program with each authentication.
 *
 * @param stops takes what ends each of them, as soon as it runs
 * @throws when one does not start
 */
export async function startRegistries(
  sigstore: RealSigstore,
  stops: (() => void)[],
  authentications: readonly Authentication[] = AUTHENTICATIONS
): Promise<readonly RealRegistry[]> {
  const registries: RealRegistry[] = []
  const programs = hasDockerRegistry() ? [startOlareg, startDistribution] : [startOlareg]
  for (const start of programs) {
    for (const auth of authentications) {
      const registry = await start(sigstore, auth)
      stops.push(registry.stop)
      registries.push(registry)
    }
  }
  return registries
}

/**
 * Writes a Docker configuration with the logins to all of them.
 *
 * @returns its folder, for `DOCKER_CONFIG`
 */
export function writeDockerConfig(folder: string, registries: readonly RealRegistry[]): string {
  const known = registries.filter(({ auth }) => auth !== 'anonymous')
  const auths = Object.fromEntries(known.map(({ name }) => [name, { auth: PAIR }]))
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths }))
  return folder
}

/** olareg lets everybody in, so the gate does not. */
async function startOlareg(sigstore: RealSigstore, auth: Authentication): Promise<RealRegistry> {
  const target = `http://${sigstore.told('REGISTRY')}`
  const kind = ({ anonymous: undefined, Basic: 'basic', Bearer: 'bearer' } as const)[auth]
  const gate = await startGate({ target, ...(kind && { auth: kind }) })
  return {
    name: gate.name,
    program: 'olareg',
    referrers: true,
    auth,
    gate,
    origin: target,
    authorization: () => undefined,
    stop: gate.stop
  }
}

/** distribution has both kinds of authentication itself; only its token server is ours. */
async function startDistribution(
  sigstore: RealSigstore,
  auth: Authentication
): Promise<RealRegistry> {
  const folder = join(sigstore.folder, `registry-${auth}`)
  mkdirSync(folder)
  const tokens = auth === 'Bearer' ? tokenAuthority(folder) : undefined
  const port = await freePort()
  const target = `http://127.0.0.1:${port}`
  const gate = await startGate({ target, ...(tokens && { tokens }) })
  const path = writeConfig(folder, { port, auth, gate, tokens })
  const child = spawn('docker-registry', ['serve', path], { stdio: 'ignore' })
  const stop = (): void => {
    child.kill()
    gate.stop()
  }
  await answering(`${target}/v2/`, child).catch((error: unknown) => {
    stop()
    throw error
  })
  return {
    name: gate.name,
    program: 'docker-registry',
    referrers: false,
    auth,
    gate,
    origin: target,
    authorization(repository) {
      if (auth === 'anonymous') return undefined
      if (tokens === undefined) return `Basic ${PAIR}`
      return `Bearer ${tokens.tokenFor([`repository:${repository}:pull,push`])}`
    },
    stop
  }
}

/** @returns its path */
function writeConfig(
  folder: string,
  given: {
    readonly port: number
    readonly auth: Authentication
    readonly gate: Gate
    readonly tokens: TokenAuthority | undefined
  }
): string {
  const { port, auth, gate, tokens } = given
  const htpasswd = join(folder, 'htpasswd')
  writeFileSync(htpasswd, HTPASSWD)
  const basic = { auth: { htpasswd: { realm: 'interop', path: htpasswd } } }
  const config = {
    version: '0.1',
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: { inmemory: {}, delete: { enabled: true } },
    http: { addr: `127.0.0.1:${port}` },
    ...(auth === 'Basic' && basic),
    ...(tokens && {
      auth: {
        token: {
          // The registry's own address: cosign 3 asks no other one on this machine.
          realm: `http://${gate.name}/token`,
          service: tokens.service,
          issuer: tokens.issuer,
          rootcertbundle: tokens.certificate
        }
      }
    })
  }
  const path = join(folder, 'config.yml')
  writeFileSync(path, JSON.stringify(config)) // which is YAML
  return path
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => {
        resolve(port)
      })
    })
  })
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let turn = 0; turn < 100; turn++) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer !== undefined) return
    if (child.exitCode !== null) break
    await sleep(50)
  }
  throw new Error('docker-registry did not start')
}
