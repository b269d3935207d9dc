import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { HOSTILE } from '../support/hostile.ts'
import { npmPackage, npmProject } from '../support/npm-project.ts'
import { type ActionRun, runAction, type Workspace, workspaceOf } from '../support/run-bundle.ts'
import { type ActionsServices, startActionsServices } from '../support/services/actions.ts'
import { type PackageRegistry, startRegistry } from '../support/services/registry.ts'
import { zipEntries } from '../support/zip.ts'

const PACKAGES = [npmPackage('left-pad'), npmPackage('is-odd'), npmPackage('@scope/deep')]

// A process per run, on machines that are busy with other tests.
jest.setTimeout(60_000)

let services: ActionsServices
let registry: PackageRegistry
let workspace: Workspace

beforeEach(async () => {
  services = await startActionsServices()
  registry = await startRegistry({ packages: PACKAGES })
  workspace = workspaceOf(npmProject(registry, PACKAGES))
})

afterEach(async () => {
  await services.close()
  await registry.close()
  workspace.remove()
})

/** Lines that the runner would obey. */
function commandsIn({ log }: ActionRun): readonly string[] {
  return log.split(/\r\n|\n|\r/).filter((line) => /^\s*::/.test(line) || line.includes('##['))
}

function annotationsIn(run: ActionRun): readonly string[] {
  return commandsIn(run).filter((line) => /^::(error|warning|notice)/.test(line))
}

describe('a workflow with nothing but `uses:`', () => {
  it('passes, and says so in outputs, summary, log and artifact', async () => {
    const run = await runAction({ workspace, env: services.env })

    expect(run.log).toMatch(/^[✓!] Pass: 3 verified/m)
    expect(run.exitCode).toBe(0)
    expect(run.outputs).toMatchObject({
      verdict: 'pass',
      lockfiles: '1',
      components: '3',
      gaps: '0',
      verified: '3',
      contradicted: '0',
      absent: '0',
      'artifact-name': 'assay-build',
      'artifact-id': '1000',
      'artifact-url': 'https://github.com/octo-org/octo-repo/actions/runs/123456/artifacts/1000',
      'artifact-digest': services.artifacts.get('assay-build')?.digest
    })
    expect(run.summary).toMatch(/^## \S+ Assay: Pass: 3 verified/)
    expect(annotationsIn(run).filter((line) => line.startsWith('::error'))).toEqual([])
  })

  it('writes the documents outside the checkout, and uploads all of them', async () => {
    const { outputs } = await runAction({ workspace, env: services.env })

    const stored = zipEntries(services.artifacts.get('assay-build')?.data ?? Buffer.alloc(0))
    expect([...stored.keys()].sort()).toEqual([
      'report.json',
      'sbom.cdx.json',
      'sbom.spdx.json',
      'summary.md'
    ])
    expect(outputs['output-folder']).toBe(join(workspace.temp, 'assay/__self'))
    for (const [name, output] of [
      ['sbom.spdx.json', 'spdx-path'],
      ['sbom.cdx.json', 'cyclonedx-path']
    ] as const) {
      expect(stored.get(name)).toBe(readFileSync(outputs[output] ?? '', 'utf8'))
    }
    expect(existsSync(outputs['report-path'] ?? '')).toBe(true)
    expect(existsSync(outputs['summary-path'] ?? '')).toBe(true)
    expect(existsSync(join(workspace.path, 'assay-report'))).toBe(false)
  })

  it('masks its token, and groups the log by stage', async () => {
    const run = await runAction({ workspace, env: services.env })

    const lines = run.log.split('\n')
    expect(lines).toContain('::add-mask::ghs_token0123456789')
    expect(lines.filter((line) => line.includes('ghs_token0123456789'))).toHaveLength(1)
    const opened = lines.filter((line) => line.startsWith('::group::'))
    expect(opened).toContain('::group::Verify locked digests')
    expect(lines.filter((line) => line === '::endgroup::')).toHaveLength(opened.length)
  })
})

describe('a tampered dependency', () => {
  it('fails the step, beside its line, and the documents are there all the same', async () => {
    const path = '/npm/left-pad/-/left-pad-1.0.0.tgz'
    registry.misbehave(path, { kind: 'wrong-bytes' })

    const run = await runAction({ workspace, env: services.env })

    expect(run.exitCode).toBe(1)
    expect(run.outputs).toMatchObject({ verdict: 'fail', contradicted: '1', verified: '2' })
    const lock = readFileSync(join(workspace.path, 'package-lock.json'), 'utf8').split('\n')
    const annotations = annotationsIn(run)
    const [, line] =
      /^::error title=[^:]*,file=package-lock.json,line=(\d+)::/.exec(annotations[0] ?? '') ?? []
    expect(lock.slice(Number(line) - 2, Number(line) + 4).join('\n')).toContain('left-pad')
    expect(annotations.at(-1)).toMatch(/^::error title=Assay::Fail/)
    expect(run.summary).toMatch(/^## ❌ Assay: Fail/)
    expect(run.summary).toContain('left-pad')
    expect(services.artifacts.get('assay-build')?.digest).toMatch(/^sha256:/)
  })
})

describe('wrong usage ends with 2, before anything is looked at', () => {
  it('lists the values that an input has', async () => {
    const run = await runAction({
      workspace,
      inputs: { integrity: 'evrything' },
      env: services.env
    })

    expect(run.exitCode).toBe(2)
    expect(annotationsIn(run)).toEqual([
      '::error title=Assay%3A INPUT_INVALID::Cannot use input "integrity": found "evrything", expected one of "auto", "changed", "platform", "all". Use one of these'
    ])
    expect(registry.requests).toEqual([])
  })

  it('names a path that is not there', async () => {
    const run = await runAction({ workspace, inputs: { path: 'nowhere' } })

    expect(run.exitCode).toBe(2)
    expect(run.log).toMatch(/::error .*found nothing, expected a folder\. .*check it out in a step/)
  })

  it('warns of an input that is not known, and goes on', async () => {
    const run = await runAction({ workspace, inputs: { 'fail-on-severty': 'low' } })

    expect(run.exitCode).toBe(0)
    expect(run.log).toContain('did you mean "fail-on-severity"?')
  })
})

it('passes on an empty checkout, and warns that there is no lockfile', async () => {
  const empty = workspaceOf()

  const run = await runAction({ workspace: empty, env: services.env })

  expect(run.exitCode).toBe(0)
  expect(run.outputs).toMatchObject({ verdict: 'pass', components: '0', findings: '1' })
  expect(annotationsIn(run)).toEqual([expect.stringMatching(/^::warning title=No lockfile/)])
  expect(run.log).toContain('- Verify locked digests: skipped, no dependency was found\n')
  expect(run.log.match(/^::group::/gm)).toHaveLength(run.log.match(/^::endgroup::/gm)?.length ?? 0)
  expect(run.summary).toMatch(/^## ⚠️ Assay: Pass: nothing was verified, no dependency was found/)
  empty.remove()
})

describe('without an artifact store', () => {
  it.each([
    ['no runtime token', {}, 'the runner gave no ACTIONS_RUNTIME_TOKEN'],
    [
      'GitHub Enterprise Server',
      { GITHUB_SERVER_URL: 'https://ghes.example' },
      'GitHub Enterprise Server has no artifact service for this client'
    ]
  ])('(%s) it says why, and the documents are on disk', async (_what, env, reason) => {
    const given = 'GITHUB_SERVER_URL' in env ? { ...services.env, ...env } : env

    const run = await runAction({ workspace, env: given })

    expect(run.exitCode).toBe(0)
    expect(run.log).toContain(`- Upload the documents: skipped, ${reason}`)
    expect(run.outputs).not.toHaveProperty('artifact-id')
    expect(existsSync(run.outputs['spdx-path'] ?? '')).toBe(true)
  })

  it('is no matter when nobody wants one', async () => {
    const run = await runAction({
      workspace,
      inputs: { 'upload-artifact': 'false' },
      env: services.env
    })

    expect(run.exitCode).toBe(0)
    expect(run.log).not.toContain('Upload')
    expect(services.log).toEqual([])
  })
})

it('fails when the service refuses the artifact, with the folder to find the documents in', async () => {
  await services.close()
  services = await startActionsServices({ refuseUploads: 400 })

  const run = await runAction({ workspace, env: services.env })

  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ verdict: 'fail', verified: '3' })
  expect(run.log).toContain(`or set \`upload-artifact: false\` and use the files in`)
  expect(existsSync(run.outputs['spdx-path'] ?? '')).toBe(true)
})

it('keeps the artifact for as long as it is told', async () => {
  const inputs = { 'upload-artifact-retention': '7' }

  await runAction({ workspace, inputs, env: services.env })

  const expires = Date.parse(services.artifacts.get('assay-build')?.expiresAt ?? '')
  expect((expires - Date.now()) / 86_400_000).toBeCloseTo(7, 1)
})

it('gives artifacts of the same job names of their own', async () => {
  await runAction({ workspace, env: services.env })
  const second = await runAction({ workspace, env: services.env })
  const third = await runAction({
    workspace,
    inputs: { 'artifact-name': 'assay-build' },
    env: services.env
  })

  expect(second.outputs['artifact-name']).toBe('assay-build-2')
  expect(third.exitCode).toBe(2)
  expect(third.log).toContain('this workflow run has an artifact "assay-build" already')
})

it('annotates files of a checkout within the workspace by their place in the workspace', async () => {
  const nested = workspaceOf({ 'side/package-lock.json': '{' })

  const run = await runAction({ workspace: nested, inputs: { path: 'side' } })

  expect(run.exitCode).toBe(1)
  expect(annotationsIn(run)[0]).toContain('file=side/package-lock.json')
  nested.remove()
})

it('goes on without a place for the summary', async () => {
  const run = await runAction({
    workspace,
    env: { GITHUB_STEP_SUMMARY: join(workspace.temp, 'no/file') }
  })

  expect(run.exitCode).toBe(0)
  expect(run.log).toContain('Warning: Cannot write the job summary')
})

describe('ended from outside', () => {
  it('writes what is known, and does not pass', async () => {
    registry.misbehave('/npm/left-pad/-/left-pad-1.0.0.tgz', { kind: 'silent' })

    const run = await runAction({
      workspace,
      env: services.env,
      onStart: (child) => {
        child.stdout?.on('data', (text: string) => {
          if (text.includes('Verify locked digests')) setTimeout(() => child.kill('SIGTERM'), 300)
        })
      }
    })

    expect(run.exitCode).toBe(1)
    expect(run.log).toContain('Got SIGTERM: ending with what is known so far')
    expect(run.outputs).toMatchObject({ verdict: 'fail', components: '3' })
    expect(run.summary).toMatch(/^## ❌ Assay: Fail/)
    expect(run.summary).toContain('The run was ended before this stage began')
    expect(existsSync(run.outputs['report-path'] ?? '')).toBe(true)
  })
})

it('stays within what a runner shows, however much there is to say', async () => {
  const folders = Array.from({ length: 150 }, (_, at) => `${at}${'|`'.repeat(110)}`)
  const damaged = workspaceOf(
    Object.fromEntries(folders.map((folder) => [`${folder}/package-lock.json`, '{']))
  )

  const run = await runAction({ workspace: damaged, env: services.env })

  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ verdict: 'fail', findings: '150' })
  expect(Buffer.byteLength(run.summary)).toBeLessThanOrEqual(1_000_000)
  expect(run.summary).toContain('And 100 more: report.json has all of them.')
  const errors = annotationsIn(run)
  expect(errors).toHaveLength(10)
  expect(errors.at(-1)).toMatch(/^::error title=Assay::Fail for 150 causes/)
  expect(run.log).toContain('141 more findings had no room beside the code')
  damaged.remove()
})

it('obeys nothing that a checkout says', async () => {
  const names = HOSTILE.map(([, name]) => name.slice(0, 5000))
  const packages = Object.fromEntries(
    names.map((name) => [
      `node_modules/${name}`,
      { version: name, resolved: name, integrity: name }
    ])
  )
  const hostile = workspaceOf({
    'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } }),
    '::error title=x::gone/requirements.txt': names.join('\n'),
    'a\u202eb/Cargo.lock': names.join('\n')
  })

  const run = await runAction({ workspace: hostile, inputs: { offline: 'true' } })

  const own = /^::(group|endgroup|add-mask|error title=|warning title=|notice title=)/
  expect(commandsIn(run).filter((line) => !own.test(line))).toEqual([])
  expect(run.log).not.toMatch(/[^\P{C}\n]/u)
  expect(run.summary).not.toMatch(/[^\P{C}\n]|<img|\n\s*::|@octocat|(?<!\\)\]\(javascript/u)
  expect(Object.keys(run.outputs)).not.toContain('a')
  hostile.remove()
})
