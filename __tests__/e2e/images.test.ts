import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { type ActionRun, runAction, type Workspace, workspaceOf } from '../support/run-bundle.ts'
import { PASSWORD, USERNAME } from '../support/services/oci-authority.ts'
import {
  IMAGE_TYPE,
  INDEX_TYPE,
  type OciTestRegistry,
  startOciRegistry,
  type TestDescriptor
} from '../support/services/oci-registry.ts'

// A process per run, on machines that are busy with other tests.
jest.setTimeout(60_000)

const POLICY = `apiVersion: assay.dev/v1
kind: Policy
spec:
  rules:
    inventory/no-lockfile: off
`

const PAIR = Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64')

let registry: OciTestRegistry
let workspace: Workspace
let image: TestDescriptor
let index: TestDescriptor

beforeEach(async () => {
  registry = await startOciRegistry({ auth: 'bearer' })
  const config = registry.blob('o/app', '{"os":"linux","architecture":"amd64"}')
  const json = { schemaVersion: 2, mediaType: IMAGE_TYPE, config, layers: [] }
  image = registry.manifest('o/app', json)
  const entry = { ...image, platform: { os: 'linux', architecture: 'amd64' } }
  index = registry.manifest(
    'o/app',
    { schemaVersion: 2, mediaType: INDEX_TYPE, manifests: [entry] },
    '1.0'
  )
  workspace = workspaceOf({ '.github/assay.yml': POLICY })
})

afterEach(async () => {
  await registry.close()
  workspace.remove()
})

function runFor(
  reference: string,
  over: { readonly inputs?: Record<string, string>; readonly env?: Record<string, string> } = {}
): Promise<ActionRun> {
  const login = { 'registry-username': USERNAME, 'registry-password': PASSWORD }
  const images = `${registry.name}/o/app${reference}`
  const inputs = { images, 'upload-artifact': 'false', ...(over.inputs ?? login) }
  return runAction({ workspace, inputs, env: { HOME: workspace.temp, ...over.env } })
}

/** Everything that a run leaves behind, but for the lines with which it asks the runner to hide something. */
function leftBy(run: ActionRun): string {
  const log = run.log.replace(/^::add-mask::.*$/gm, '')
  const folder = run.outputs['output-folder'] ?? ''
  const documents = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  return [log, run.summary, JSON.stringify(run.outputs), ...documents].join('\n')
}

describe('a workflow with images', () => {
  it('gives their digests to the steps after it, and shows every platform', async () => {
    const run = await runFor(':1.0')

    expect(run.exitCode).toBe(0)
    expect(run.outputs).toMatchObject({
      verdict: 'pass',
      verified: '1',
      absent: '1',
      'image-digests': `${registry.name}/o/app@${index.digest}`
    })
    const report: unknown = JSON.parse(readFileSync(run.outputs['report-path'] ?? '', 'utf8'))
    expect(report).toMatchObject({
      images: [
        {
          subject: { digest: { hex: index.digest.slice(7) } },
          platforms: [{ platform: 'linux/amd64' }]
        }
      ]
    })
    expect(run.summary).toContain(`| linux/amd64 | \`${image.digest}\` |`)
  })

  it.each([
    ['passes', () => undefined, 0],
    [
      'is contradicted',
      () => {
        registry.misbehave(`GET /v2/o/app/manifests/${image.digest}`, { kind: 'wrong-bytes' })
      },
      1
    ],
    [
      'is refused',
      () => {
        registry.misbehave('GET /v2/o/app/manifests/', { kind: 'status', status: 403 })
      },
      0
    ]
  ])('leaves no secret anywhere when it %s', async (_what, prepare, exitCode) => {
    prepare()
    const run = await runFor(`@${index.digest}`)
    const left = leftBy(run)

    expect(run.exitCode).toBe(exitCode)
    expect(run.log).toContain(`::add-mask::${PASSWORD}`)
    expect(run.log).toContain(`::add-mask::${PAIR}`)
    expect(left).not.toContain(PASSWORD)
    expect(left).not.toContain(PAIR)
    expect(left).not.toMatch(/token-\d+-/)
  })

  it('without a login says which one it needs', async () => {
    const run = await runFor(':1.0', { inputs: {} })

    expect(run.exitCode).toBe(0)
    expect(run.outputs).toMatchObject({ unavailable: '1', 'image-digests': '' })
    expect(run.log).toContain('docker/login-action')
  })

  it('never asks a helper that the checkout names', async () => {
    const config = JSON.stringify({ credsStore: 'evil' })
    workspace.remove()
    workspace = workspaceOf({
      '.github/assay.yml': POLICY,
      'home/.docker/config.json': config,
      'home/docker-credential-evil': '#!/bin/sh\ntouch "$0.ran"\n'
    })
    const home = join(workspace.path, 'home')
    await runFor(':1.0', {
      inputs: {},
      env: { HOME: home, PATH: `${home}:${process.env['PATH'] ?? ''}` }
    })

    expect(readdirSync(home).toSorted()).toEqual(['.docker', 'docker-credential-evil'])
  })

  it.each([
    [{ images: 'Not An Image' }, 'INPUT_INVALID'],
    [{ 'registry-password': PASSWORD }, 'INPUT_CONFLICT']
  ])('with %j is wrong usage', async (inputs, code) => {
    const run = await runFor(':1.0', { inputs })

    expect(run.exitCode).toBe(2)
    expect(run.log).toContain(code)
  })

  it('by the name that others use for the input is told the right one', async () => {
    const run = await runFor(':1.0', { inputs: { image: 'alpine' } })

    expect(run.log).toContain('did you mean "images"?')
  })
})
