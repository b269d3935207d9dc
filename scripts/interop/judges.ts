import { readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Ended, runProgram, type Values } from './program.ts'
import type { RealSigstore } from './real-sigstore.ts'
import type { KnownSigner } from './signers.ts'

/** What a verifier said. */
export interface Judgement {
  readonly accepted: boolean
  /** It did not understand the question: no refusal either. */
  readonly misused?: true
  /** As one would type it, without paths. */
  readonly command: string
  /** Why not, in its own words. */
  readonly reason: string
}

/** Whom to accept: who signed, or somebody else who did not. */
export interface Expected {
  readonly signer: KnownSigner
  readonly who: 'signer' | 'other'
}

/** Other people's verifiers. None of them can reach the internet. */
export interface Judges {
  /** Path of the trusted root. */
  readonly root: string
  cosign(args: readonly string[], expected: Expected): Promise<Judgement>
  /** cosign 2, for what cosign 2 wrote. */
  cosign2(args: readonly string[], expected: Expected): Promise<Judgement>
  gh(args: readonly string[], expected: Expected): Promise<Judgement>
  /** A line for a shell that begins with the name of one of them, in a folder. */
  line(line: string, cwd: string): Promise<Judgement>
}

/** @param dockerConfig folder with the logins */
export function judgesFor(sigstore: RealSigstore, dockerConfig: string): Judges {
  const env: Values = {
    PATH: process.env['PATH'] ?? '',
    HOME: join(sigstore.folder, 'nobody'),
    DOCKER_CONFIG: dockerConfig,
    ...offline()
  }
  const root = sigstore.told('TRUSTED_ROOT')
  const roots = writeRootsForGh(sigstore)
  return {
    root,
    async cosign(args, expected) {
      const all = [...args, '--trusted-root', root, ...timeFlags(expected), ...who(expected)]
      return judgementOf('cosign', all, await runProgram(sigstore.cosign, all, { env }))
    },
    async cosign2(args, expected) {
      const log = expected.signer.rekor === 1 ? ['--rekor-url', sigstore.told('REKOR_V1_URL')] : []
      const chain = ['--timestamp-certificate-chain', sigstore.told('TSA_CHAIN')]
      const time = expected.signer.rekor === undefined ? chain : []
      const all = [...args, ...log, ...time, ...timeFlags(expected), ...who(expected)]
      const trust = {
        SIGSTORE_ROOT_FILE: sigstore.told('FULCIO_CHAIN'),
        SIGSTORE_CT_LOG_PUBLIC_KEY_FILE: sigstore.told('CTLOG_PUBLIC_KEY'),
        SIGSTORE_REKOR_PUBLIC_KEY: sigstore.told('REKOR_V1_PUBLIC_KEY')
      }
      const ended = await runProgram(sigstore.cosign2, all, { env: { ...env, ...trust } })
      return judgementOf('cosign2', all, ended)
    },
    async gh(args, { signer, who: whom }) {
      const trust = signer.rekor === undefined ? roots.withoutLogs : roots.all
      const identity = whom === 'signer' ? signer.identity : signer.otherIdentity
      const all = [
        'attestation',
        'verify',
        ...args,
        '--custom-trusted-root',
        trust,
        '--owner',
        'octo-org',
        '--cert-identity',
        identity,
        '--cert-oidc-issuer',
        signer.issuer
      ]
      // It wants a login as soon as a registry is involved; anything is one.
      const ended = await runProgram(sigstore.gh, all, { env: { ...env, GH_TOKEN: 'unused' } })
      return judgementOf('gh', all, ended)
    },
    async line(line, cwd) {
      const path = `${dirname(sigstore.cosign)}:${env['PATH'] ?? ''}`
      const own = { ...env, PATH: path, GH_TOKEN: 'unused' }
      const ended = await runProgram('sh', ['-c', line], { env: own, cwd })
      const [program = '', ...words] = line.split(' ')
      return judgementOf(program, words, ended)
    }
  }
}

/** An environment in which everything but the loopback address is refused. */
export function offline(): Values {
  return {
    HTTPS_PROXY: 'http://127.0.0.1:9',
    HTTP_PROXY: 'http://127.0.0.1:9',
    NO_PROXY: '127.0.0.1,localhost'
  }
}

/** How cosign, gh and Assay begin to complain about their command line. */
const MISUSED = /unknown (?:flag|command|shorthand)|required flag|INPUT_(?:INVALID|CONFLICT)/

/** A program's answer as a judgement. */
export function judgementOf(program: string, args: readonly string[], ended: Ended): Judgement {
  const words = args.map((word) => (word.startsWith('/') ? basename(word) : word))
  const lines = `${ended.stderr}\n${ended.stdout}`.split('\n').map((line) => line.trim())
  const reason =
    lines.find((line) => / is not verified: /.test(line)) ??
    lines.find((line) => /error|fail|refus|not |no /i.test(line)) ??
    ''
  return {
    accepted: ended.exitCode === 0,
    command: [program, ...words].join(' '),
    reason: ended.exitCode === 0 ? '' : reason.slice(0, 400),
    ...((ended.exitCode < 0 || MISUSED.test(ended.stderr)) && { misused: true as const })
  }
}

function who({ signer, who: whom }: Expected): readonly string[] {
  const { publicKey, otherPublicKey, identity, otherIdentity, issuer } = signer
  if (publicKey !== undefined) return ['--key', whom === 'signer' ? publicKey : otherPublicKey]
  const name = whom === 'signer' ? identity : otherIdentity
  return ['--certificate-identity', name, '--certificate-oidc-issuer', issuer]
}

/** Where there is no log, the timestamp has to do. */
function timeFlags({ signer: { rekor } }: Expected): readonly string[] {
  return rekor === undefined ? ['--insecure-ignore-tlog', '--use-signed-timestamps'] : []
}

/**
 * gh wants an entry of every log's kind that its root lists, and a root whose lines end.
 *
 * @returns paths of a root with, and one without logs
 */
function writeRootsForGh(sigstore: RealSigstore): {
  readonly all: string
  readonly withoutLogs: string
} {
  const all = sigstore.told('TRUSTED_ROOT_JSONL')
  const withoutLogs = join(sigstore.folder, 'trusted_root.no-logs.jsonl')
  const root = JSON.parse(readFileSync(all, 'utf8')) as object
  writeFileSync(withoutLogs, `${JSON.stringify({ ...root, tlogs: [] })}\n`)
  return { all, withoutLogs }
}
