import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest
} from '@jest/globals'
import type { Image } from '../../src/model/image.ts'
import { renderDigest } from '../../src/model/digest.ts'
import { type Attack, BYTES, FORGE, message } from '../support/attacks/attack.ts'
import { CERTIFICATE, SCT } from '../support/attacks/certificate.ts'
import { MESSAGE } from '../support/attacks/content.ts'
import { FORM, ROOT, TIMESTAMP } from '../support/attacks/form.ts'
import { ENTRY, PROOF } from '../support/attacks/log.ts'
import { type Ran, runCli, type Workspace, workspaceOf } from '../support/run-bundle.ts'
import { putImage } from '../support/sign-bench.ts'
import { FORGED_IDENTITY, FORGED_ISSUER } from '../support/signed/forge.ts'
import { type OciTestRegistry, startOciRegistry } from '../support/services/oci-registry.ts'
import { type EmbeddedSigstore, startSigstore } from '../support/services/sigstore/sigstore.ts'
import { attachBundle, signedImage, signImage, workflowSigner } from '../support/verify-bench.ts'

// A process per run, on machines that are busy with other tests.
jest.setTimeout(60_000)

let workspace: Workspace

afterEach(() => {
  workspace.remove()
})

function verify(subject: string, identity = FORGED_IDENTITY, issuer = FORGED_ISSUER): Promise<Ran> {
  const args = ['--identity', identity, '--issuer', issuer, '--trusted-root', 'root.json']
  return runCli(['verify', subject, ...args], {
    cwd: workspace.path,
    env: { HOME: workspace.temp }
  })
}

function put(bundle: unknown, bytes: Uint8Array = BYTES, root: unknown = FORGE.trustedRoot): void {
  workspace.remove()
  workspace = workspaceOf({
    'app.tgz': Buffer.from(bytes).toString(),
    'app.tgz.sigstore.json': JSON.stringify(bundle),
    'root.json': JSON.stringify(root)
  })
}

function nameOf({ subject }: Image): string {
  return `${subject.name}@${renderDigest(subject.digest)}`
}

function chosen(
  attacks: readonly Attack[],
  ...what: readonly string[]
): readonly (readonly [string, Attack])[] {
  return attacks.flatMap((attack) => (what.includes(attack.what) ? [[attack.what, attack]] : []))
}

const CHOSEN = [
  ...chosen(MESSAGE.attacks, 'the bytes are others', 'one bit of the signature is turned'),
  ...chosen(CERTIFICATE.attacks, 'it is self-signed', 'it is for servers', 'it is for two names'),
  ...chosen(CERTIFICATE.attacks, 'it had expired when the log took the entry'),
  ...chosen(SCT.attacks, 'there is none', 'it is for another certificate'),
  ...chosen(ENTRY.attacks, 'it is of a log that nobody knows', 'it is truly of another signature'),
  ...chosen(PROOF.attacks, 'the proof states another root', 'the checkpoint is of another log'),
  ...chosen(TIMESTAMP.attacks, 'it is of another signature'),
  ...chosen(FORM.attacks, 'a key signed, and it has a certificate, too'),
  ...chosen(ROOT.attacks, 'the verifier was given the root of another instance')
]

describe('the command line verifies a file', () => {
  beforeEach(() => {
    workspace = workspaceOf({ 'root.json': JSON.stringify(FORGE.trustedRoot) })
  })

  it('that is what was signed', async () => {
    put(message())
    const { exitCode, stdout } = await verify('app.tgz')

    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('1 of 1 subject verified')])
  })

  it('has fifteen attacks chosen for it', () => {
    expect(CHOSEN).toHaveLength(15)
  })

  it.each(CHOSEN)('and refuses it with the reason: %s', async (_what, attack) => {
    const { bundle, bytes, trust } = attack.attempt()
    put(bundle, bytes, trust?.trustedRoot)
    const { exitCode, stdout, stderr } = await verify('app.tgz')
    const said = `${stdout}${stderr}`.replace(/[0-9a-f]{64,}/g, '<id>')

    expect(exitCode).toBe(1)
    expect(said).toContain(attack.refused)
  })
})

describe('the command line verifies an image', () => {
  let sigstore: EmbeddedSigstore
  let registry: OciTestRegistry
  let image: Image
  let other: Image

  beforeAll(async () => {
    sigstore = await startSigstore()
  })
  afterAll(async () => {
    await sigstore.close()
  })
  beforeEach(async () => {
    registry = await startOciRegistry({ referrers: true })
    ;[image, other] = [putImage(registry), putImage(registry, 'o/other', '2.0')]
    workspace = workspaceOf({ 'root.json': JSON.stringify(sigstore.trustedRoot) })
  })
  afterEach(async () => {
    await registry.close()
  })

  const verifyImage = (): Promise<Ran> =>
    verify(nameOf(image), sigstore.identity(), sigstore.oidc.url)

  it('that is signed, and not with the signature of another image that was attached to it', async () => {
    const signer = await workflowSigner(sigstore)
    await attachBundle(registry, image, (await signImage(signer, other)).json)
    const refused = await verifyImage()
    await signedImage(registry, signer, [image, ...image.platforms])
    const verified = await verifyImage()

    expect(refused.exitCode).toBe(1)
    expect(refused.stdout).toMatch(
      new RegExp(`subject: expected ${renderDigest(image.subject.digest)}, found`)
    )
    expect(verified.exitCode).toBe(0)
  })

  it('and not when the registry serves another manifest in its place', async () => {
    const signer = await workflowSigner(sigstore)
    await signedImage(registry, signer, [image, ...image.platforms])
    const path = `GET /v2/o/app/manifests/${renderDigest(image.subject.digest)}`
    registry.misbehave(path, { kind: 'wrong-bytes' })
    const { exitCode, stdout, stderr } = await verifyImage()

    expect([exitCode, `${stdout}${stderr}`]).toEqual([1, expect.stringContaining('digest')])
  })
})
