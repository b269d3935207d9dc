import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
import type { RunReport } from '../../src/model/report.ts'
import {
  type ActionRun,
  runAction,
  runCli,
  type Workspace,
  workspaceOf
} from '../support/run-bundle.ts'
import { type OciTestRegistry, startOciRegistry } from '../support/services/oci-registry.ts'
import { type EmbeddedSigstore, startSigstore } from '../support/services/sigstore/sigstore.ts'
import { putImage } from '../support/sign-bench.ts'
import { signedImage, workflowSigner } from '../support/verify-bench.ts'

// A process per run, on machines that are busy with other tests.
jest.setTimeout(60_000)

const BYTES = Buffer.from('the bytes of a release')

let sigstore: EmbeddedSigstore
let registry: OciTestRegistry
let image: Image
let bundle: string
let workspace: Workspace

beforeAll(async () => {
  sigstore = await startSigstore()
  registry = await startOciRegistry({ referrers: true })
  image = putImage(registry)
  const signer = await workflowSigner(sigstore)
  await signedImage(registry, signer, [image, ...image.platforms])
  bundle = JSON.stringify((await signer.message(() => [BYTES])).json)
})

afterAll(async () => {
  await registry.close()
  await sigstore.close()
})

beforeEach(() => {
  workspace = workspaceOf({
    'app.tgz': BYTES.toString(),
    'app.tgz.sigstore.json': bundle,
    'root.json': JSON.stringify(sigstore.trustedRoot)
  })
})

afterEach(() => {
  workspace.remove()
})

/** As a step of a workflow. */
function gate(inputs: Readonly<Record<string, string>>): Promise<ActionRun> {
  return runAction({
    workspace,
    inputs: {
      mode: 'verify',
      'trusted-root': 'root.json',
      identity: sigstore.identity(),
      issuer: sigstore.oidc.url,
      'upload-artifact': 'false',
      ...inputs
    },
    env: { HOME: workspace.temp }
  })
}

function reportOf(run: ActionRun): RunReport {
  return JSON.parse(readFileSync(run.outputs['report-path'] ?? '', 'utf8')) as RunReport
}

function writePolicy(spec: string): void {
  const text = `apiVersion: assay.dev/v1\nkind: Policy\nspec:\n${spec}`
  mkdirSync(join(workspace.path, '.github'), { recursive: true })
  writeFileSync(join(workspace.path, '.github/assay.yml'), text)
}

describe('as a step', () => {
  it('verifies images and files, and nothing else', async () => {
    const run = await gate({ verify: `${image.given}\napp.tgz` })
    const report = reportOf(run)

    expect([run.exitCode, report.verdict.headline]).toEqual([
      0,
      expect.stringMatching(/^Pass: 2 of 2 subjects verified; signatures: 4 verified/)
    ])
    expect(report.stages.map(({ stage }) => stage)).toEqual([
      'checkout',
      'policy-file',
      'verify',
      'policy',
      'upload'
    ])
    expect(run.summary).toContain('Verified subjects')
    expect(run.outputs['image-digests']).toBe(
      `${image.subject.name}@sha256:${image.subject.digest.hex}`
    )
  })

  it('fails for another signer, and says which check failed', async () => {
    const run = await gate({ verify: 'app.tgz', identity: 'https://github.com/o/r' })

    expect(run.exitCode).toBe(1)
    expect(reportOf(run).verdict.headline).toMatch(/^Fail for 1 cause: 0 of 1 subject verified/)
    expect(run.stdout).toContain(
      `identity: expected "https://github.com/o/r", found "${sigstore.identity()}"`
    )
  })

  it('cannot be talked out of it by the policy', async () => {
    const inputs = { verify: 'app.tgz', identity: 'https://github.com/o/r' }
    writePolicy('  rules:\n    verify/refused: info\n')
    const changed = await gate(inputs)
    writePolicy(
      '  waivers:\n    - rule: verify/refused\n      reason: no\n      expires: 2099-01-01\n'
    )
    const waived = await gate(inputs)

    expect([changed.exitCode, waived.exitCode]).toEqual([2, 2])
    expect(changed.stdout).toContain('cannot be waived or changed')
    expect(waived.stdout).toContain('cannot be waived or changed')
  })

  it('is wrong usage without a name, and shows the lines to paste', async () => {
    const run = await gate({ verify: 'app.tgz', identity: '', issuer: '' })

    expect(run.exitCode).toBe(2)
    expect(run.stdout).toContain(`identity: '${sigstore.identity()}'`)
  })
})

describe('on a terminal', () => {
  it('verifies what stands behind the word, without network', async () => {
    const who = ['--identity', sigstore.identity(), '--issuer', sigstore.oidc.url]
    const args = [
      'verify',
      join(workspace.path, 'app.tgz'),
      '--trusted-root',
      join(workspace.path, 'root.json')
    ]
    const out = join(workspace.temp, 'out')

    const place = { cwd: workspace.temp }
    const good = await runCli([...args, ...who, '--offline', '--out', out], place)
    const nobody = await runCli([...args, '--offline', '--out', out], place)

    expect([good.exitCode, nobody.exitCode]).toEqual([0, 2])
    expect(good.stdout).toContain('1 of 1 subject verified')
    expect(nobody.stderr).toContain(
      `--identity '${sigstore.identity()}' --issuer '${sigstore.oidc.url}'`
    )
  })
})
