import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  type ActionCommand,
  actionCommand,
  type ActionOptions,
  type ActionRun,
  runAction,
  runCli,
  type Workspace,
  workspaceOf
} from '../../__tests__/support/run-bundle.ts'
import { type Expected, type Judgement, judgementOf, offline } from './judges.ts'
import type { Values } from './program.ts'
import { type RealSigstore, runnerEnvironment } from './real-sigstore.ts'
import type { KnownSigner, Signers } from './signers.ts'

/** What the matrix signs with, and where. */
export interface Asked {
  readonly signer: KnownSigner
  readonly forms: readonly string[]
  readonly images?: readonly string[]
  /** Signs {@link FILE} too. */
  readonly file?: true
  /** Inputs besides. */
  readonly inputs?: Values
}

/** Assay, as a runner starts the action and as a terminal does. */
export interface Assay {
  /** A checkout with {@link FILE} and what a private deployment of Sigstore needs. */
  workspace(): Workspace
  sign(workspace: Workspace, asked: Asked): Promise<ActionRun>
  /** The command of {@link Assay.sign}, to be measured. */
  signCommand(workspace: Workspace, asked: Asked): ActionCommand
  /** `assay verify <subject>` on a terminal, offline but for the registry. */
  verify(subject: string, expected: Expected, flags?: readonly string[]): Promise<Judgement>
  /** The same of a file, with a bundle beside it and no other. */
  verifyFile(
    file: string,
    bundle: string,
    expected: Expected,
    flags?: readonly string[]
  ): Promise<Judgement>
}

/** The file that is signed, in the checkout. */
export const FILE = 'dist/app.bin'

const POLICY = `apiVersion: assay.dev/v1
kind: Policy
spec:
  rules:
    inventory/no-lockfile: off
`

/** A Sigstore bundle among the documents of a run. */
export interface WrittenBundle {
  readonly path: string
  /** Absent: it signs bytes. */
  readonly predicateType?: string
  /** SHA-256 of what it is about, in hex. */
  readonly digest: string
}

export function assayFor(sigstore: RealSigstore, signers: Signers, dockerConfig: string): Assay {
  const home = join(sigstore.folder, 'nobody')
  const verifying = verifyingFolder(sigstore)
  const env = { HOME: home, DOCKER_CONFIG: dockerConfig, COSIGN_EXPERIMENTAL: '' }
  const optionsFor = (workspace: Workspace, asked: Asked): ActionOptions => ({
    workspace,
    inputs: inputsFor(asked, signers),
    env: { ...runnerEnvironment(sigstore), ...env }
  })
  const verify: Assay['verify'] = async (subject, expected, flags = []) => {
    const out = mkdtempSync(join(sigstore.folder, 'report-'))
    const shown = ['verify', subject, ...flags, ...verifyFlags(expected)]
    const args = [...shown, '--quiet', '--out', out]
    const ended = await runCli(args, { cwd: verifying, env: { ...env, ...offline() } })
    return judgementOf('assay', shown, { ...ended, exitCode: ended.exitCode ?? -1 })
  }
  return {
    workspace() {
      const workspace = workspaceOf({
        '.github/assay.yml': POLICY,
        [FILE]: `what is shipped ${Math.random()}\n`
      })
      copyTrust(sigstore, join(workspace.path, 'sigstore'))
      return workspace
    },
    sign: (workspace, asked) => runAction(optionsFor(workspace, asked)),
    signCommand: (workspace, asked) => actionCommand(optionsFor(workspace, asked)),
    verify,
    async verifyFile(file, bundle, expected, flags = []) {
      const folder = mkdtempSync(join(verifying, 'file-'))
      const name = basename(file)
      copyFileSync(file, join(folder, name))
      copyFileSync(bundle, join(folder, `${name}.sigstore.json`))
      return verify(`${basename(folder)}/${name}`, expected, flags)
    }
  }
}

/** Every bundle in the output folder of a run. */
export function bundlesOf(run: ActionRun): readonly WrittenBundle[] {
  const folder = run.outputs['output-folder'] ?? ''
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sigstore.json'))
    .toSorted()
    .map((name) => bundleAt(join(folder, name)))
}

function bundleAt(path: string): WrittenBundle {
  const bundle = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly dsseEnvelope?: { readonly payload: string }
    readonly messageSignature?: { readonly messageDigest: { readonly digest: string } }
  }
  if (bundle.dsseEnvelope === undefined) {
    const digest = bundle.messageSignature?.messageDigest.digest ?? ''
    return { path, digest: Buffer.from(digest, 'base64').toString('hex') }
  }
  const payload = Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString()
  const statement = JSON.parse(payload) as {
    readonly predicateType: string
    readonly subject: readonly { readonly digest: { readonly sha256: string } }[]
  }
  return {
    path,
    predicateType: statement.predicateType,
    digest: statement.subject[0]?.digest.sha256 ?? ''
  }
}

function inputsFor(
  { signer, forms, images = [], file, inputs = {} }: Asked,
  signers: Signers
): Values {
  const config = signer.rekor === 1 ? 'signing_config.rekor_v1.json' : 'signing_config.json'
  return {
    images: images.join('\n'),
    'subject-path': file === true ? FILE : '',
    'signature-forms': forms.join('\n'),
    sign: signer.publicKey === undefined ? 'keyless' : 'key',
    'trusted-root': 'sigstore/trusted_root.json',
    'signing-config': `sigstore/${config}`,
    'rekor-version': String(signer.rekor ?? 'none'),
    'upload-artifact': 'false',
    ...keyInputs(signer, signers),
    ...inputs
  }
}

function keyInputs(signer: KnownSigner, signers: Signers): Values {
  if (signer.publicKey === undefined) return {}
  if (signer.name.startsWith('PKCS')) return { 'signing-key': signers.pkcs8Key }
  return {
    'signing-key': signers.cosignKey,
    'signing-key-password': signers.cosignKeyPassword
  }
}

/** Where `assay verify` runs: nothing but what it has to trust. */
function verifyingFolder(sigstore: RealSigstore): string {
  const folder = join(sigstore.folder, 'verifying')
  copyTrust(sigstore, folder)
  for (const name of ['cosign.pub', 'imported.pub', 'other.pub']) {
    copyFileSync(join(sigstore.folder, name), join(folder, name))
  }
  return folder
}

function copyTrust({ folder }: RealSigstore, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const name of [
    'trusted_root.json',
    'trusted_root.jsonl',
    'signing_config.json',
    'signing_config.rekor_v1.json'
  ]) {
    copyFileSync(join(folder, name), join(to, name))
  }
}

function verifyFlags({ signer, who }: Expected): readonly string[] {
  const { publicKey, otherPublicKey, identity, otherIdentity, issuer, rekor } = signer
  const root = ['--trusted-root', 'trusted_root.json']
  const time = rekor === undefined ? ['--rekor-version', 'none'] : []
  const as =
    publicKey === undefined
      ? ['--identity', who === 'signer' ? identity : otherIdentity, '--issuer', issuer]
      : ['--public-key', basename(who === 'signer' ? publicKey : otherPublicKey)]
  return [...root, ...time, ...as]
}
