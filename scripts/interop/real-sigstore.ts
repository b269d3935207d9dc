import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { isOnPath, type Values } from './program.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const TOOLS = resolve(ROOT, '../shared/tools/real-sigstore')

/** Where the programs are built, once; `ASSAY_SIGSTORE_BIN` names a folder that has them. */
const BIN = resolve(process.env['ASSAY_SIGSTORE_BIN'] ?? join(ROOT, '.cache/sigstore-bin'))

/** What signers talk to. */
export const SERVICES = ['fulcio', 'rekor-v1', 'rekor-tiles', 'timestamp-server'] as const

/** What stands behind them. */
const BEHIND = ['olareg', 'ctlog', 'trillian'] as const

/** What signs and verifies besides Assay. */
export const JUDGES = ['cosign', 'cosign2', 'gh'] as const

const PROGRAMS: readonly string[] = [...SERVICES, ...BEHIND, ...JUDGES]

/** Sigstore's own servers on the loopback address, and what talks to them. */
export interface RealSigstore {
  /** Working folder: keys, logs, trusted root. */
  readonly folder: string
  readonly cosign: string
  readonly cosign2: string
  readonly gh: string
  /** What `up.sh` printed. @throws when it is not there */
  told(name: string): string
  /** Ends every process that was started, and removes the folder. Can be called twice. */
  stop(): void
}

/**
 * Why there can be no real services here.
 *
 * @returns nothing when there can
 */
export function missingForSigstore(): string | undefined {
  if (!existsSync(join(TOOLS, 'up.sh')))
    return 'no ../shared/tools/real-sigstore beside this checkout'
  if (!isOnPath('openssl') || !isOnPath('curl')) return 'no openssl or no curl'
  const built = PROGRAMS.every((name) => existsSync(join(BIN, name)))
  return built || isOnPath('go') ? undefined : 'no Go to build the programs with'
}

/** Builds what is not there: minutes, once. @throws when one cannot be built */
export function buildPrograms(): void {
  mkdirSync(BIN, { recursive: true })
  const args = [join(TOOLS, 'build.sh'), BIN, ...PROGRAMS]
  const { status } = spawnSync('bash', args, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Error('not every program of Sigstore could be built')
}

/** Which version of each program is built, as the script that builds them has it. */
export function programVersions(): ReadonlyMap<string, string> {
  const script = readFileSync(join(TOOLS, 'build.sh'), 'utf8')
  const lines = script.matchAll(/^([\w-]+) +\S+ +\S+ +(v[\d.]+)$/gm)
  return new Map([...lines].map(([, name = '', version = '']) => [name, version]))
}

/** Starts them all: seconds. @throws when one does not start */
export function startSigstore(): RealSigstore {
  const folder = mkdtempSync(join(tmpdir(), 'assay-interop-'))
  const stop = (): void => {
    spawnSync('bash', [join(TOOLS, 'down.sh'), folder], { stdio: ['ignore', 'inherit', 'inherit'] })
    rmSync(folder, { recursive: true, force: true })
  }
  const up = spawnSync('bash', [join(TOOLS, 'up.sh'), folder, BIN], { encoding: 'utf8' })
  if (up.status !== 0) {
    stop()
    throw new Error(`the services did not start: ${up.stderr.trim()}`)
  }
  const env = new Map(
    readFileSync(join(folder, 'env'), 'utf8')
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
  )
  return {
    folder,
    cosign: join(BIN, 'cosign'),
    cosign2: join(BIN, 'cosign2'),
    gh: join(BIN, 'gh'),
    told(name) {
      const value = env.get(name)
      if (value === undefined || value === '') throw new Error(`up.sh told no ${name}`)
      return value
    },
    stop
  }
}

/**
 * The environment in which a runner would start the action here: a token can be asked for, and GitHub's issuer is
 * found through a proxy that knows nothing else. Whoever asks the internet is refused.
 */
export function runnerEnvironment(sigstore: RealSigstore): Values {
  const tokenUrl = sigstore.told('ACTIONS_ID_TOKEN_REQUEST_URL')
  return {
    ACTIONS_ID_TOKEN_REQUEST_URL: tokenUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: sigstore.told('ACTIONS_ID_TOKEN_REQUEST_TOKEN'),
    HTTPS_PROXY: new URL(tokenUrl).origin,
    NO_PROXY: '127.0.0.1,localhost',
    NODE_EXTRA_CA_CERTS: join(sigstore.folder, 'oidc/tls.crt'),
    GITHUB_REPOSITORY: 'octo-org/demo',
    GITHUB_REPOSITORY_OWNER: 'octo-org',
    GITHUB_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_RUN_ID: '30433642',
    GITHUB_RUN_NUMBER: '10',
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_WORKFLOW: 'release',
    GITHUB_WORKFLOW_REF: 'octo-org/demo/.github/workflows/release.yml@refs/heads/main'
  }
}
