import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { VERSION } from '../../src/model/version.ts'
import { HOSTILE } from '../support/hostile.ts'
import { npmPackage, npmProject } from '../support/npm-project.ts'
import { type Ran, runCli, type Workspace, workspaceOf } from '../support/run-bundle.ts'
import { type PackageRegistry, startRegistry } from '../support/services/registry.ts'

const PACKAGES = [npmPackage('left-pad'), npmPackage('@scope/deep')]
const DOCUMENTS = ['report.json', 'sbom.cdx.json', 'sbom.spdx.json', 'summary.md']

// A process per run, on machines that are busy with other tests.
jest.setTimeout(60_000)

let registry: PackageRegistry
let workspace: Workspace

beforeEach(async () => {
  registry = await startRegistry({ packages: PACKAGES })
  workspace = workspaceOf(npmProject(registry, PACKAGES))
})

afterEach(async () => {
  await registry.close()
  workspace.remove()
})

/** Without what a registry on this machine cannot give: signatures. */
function assay(...args: readonly string[]): Promise<Ran> {
  return runCli([...args, '--skip', 'signatures'], { cwd: workspace.path })
}

/** The project with a policy that fails for what was not looked at. */
function strictProject(): Readonly<Record<string, string>> {
  const policy =
    'apiVersion: assay.dev/v1\nkind: Policy\nspec:\n  outcomes:\n    unavailable: high\n'
  return { ...npmProject(registry, PACKAGES), '.github/assay.yml': policy }
}

describe('a run', () => {
  it('without arguments looks at the current folder, and ends with the verdict', async () => {
    const run = await assay()

    expect(run.stdout).toBe('✓ Pass: 2 verified\n')
    expect(run.exitCode).toBe(0)
    expect(run.stderr).toContain('✓ Verify locked digests  2 files, 2 verified')
    expect(readdirSync(join(workspace.path, 'assay-report')).sort()).toEqual(DOCUMENTS)
  })

  it('looks at a path, and writes where it is told', async () => {
    const run = await runCli([workspace.path, '--out', 'there', '--offline'], {
      cwd: workspace.temp
    })

    expect(run.exitCode).toBe(0)
    expect(run.stderr).toContain(`into ${join(workspace.temp, 'there')}\n`)
    expect(readdirSync(join(workspace.temp, 'there')).sort()).toEqual(DOCUMENTS)
    expect(existsSync(join(workspace.path, 'assay-report'))).toBe(false)
  })

  it('without a network asks nobody, and does not call it verified', async () => {
    const run = await assay('--offline')

    expect(run.exitCode).toBe(0)
    expect(run.stdout).toContain(
      '! Pass: nothing was verified, 2 unavailable; no network was used;'
    )
    expect(run.stdout).toContain('the run is offline')
    expect(registry.requests).toEqual([])
  })

  it('fails on a tampered dependency, with what was seen, where, why and the next step', async () => {
    registry.misbehave('/npm/left-pad/-/left-pad-1.0.0.tgz', { kind: 'wrong-bytes' })

    const run = await assay()

    expect(run.exitCode).toBe(1)
    expect(run.stdout).toMatch(/^CRITICAL .* integrity\/digest-mismatch\n {2}left-pad 1\.0\.0 /)
    expect(run.stdout).toMatch(/\n {4}package-lock\.json:\d+\n/)
    expect(run.stdout).toMatch(/\n {2}Why: {2}\S.*\n {2}Next: \S/)
    expect(run.stdout).toMatch(/\n✗ Fail for 1 cause: 1 verified, 1 contradicted; 1 finding\n$/)
  })

  it('does only what it is asked', async () => {
    const run = await assay('--stage', 'sbom')

    expect(run.exitCode).toBe(0)
    expect(run.stderr).toContain('✓ Write the SBOMs')
    expect(run.stderr).not.toContain('Verify')
    expect(registry.requests).toEqual([])
  })
})

describe('a policy', () => {
  it('makes what was not looked at fail', async () => {
    const strict = workspaceOf(strictProject())

    const run = await runCli(['--offline', '--skip', 'signatures'], { cwd: strict.path })

    expect(run.exitCode).toBe(1)
    expect(run.stdout).toMatch(/✗ Fail for 1 cause: .*2 unavailable/)
    strict.remove()
  })

  it('is less than a flag', async () => {
    const strict = workspaceOf(strictProject())

    const run = await runCli(['--offline', '--fail-on', 'none'], { cwd: strict.path })

    expect(run.exitCode).toBe(0)
    strict.remove()
  })
})

describe('for machines', () => {
  it('prints the report and nothing else', async () => {
    const run = await assay('--json', '--offline')

    const report = JSON.parse(run.stdout) as { verdict: object; components: unknown[] }
    expect(report).toMatchObject({ schema: '1.0', verdict: { conclusion: 'pass' } })
    expect(report.components).toHaveLength(2)
    expect(run.stderr).toContain('✓ List dependencies')
  })

  it('ends quietly when nobody reads on', async () => {
    const run = await runCli(['--json', '--offline'], {
      cwd: workspace.path,
      onStart: (child) => {
        child.stdout?.destroy()
      }
    })

    expect(run.exitCode).toBe(0)
    expect(run.stderr).not.toMatch(/EPIPE|at .*\.js/)
  })
})

describe('how much is shown', () => {
  it('quiet: the verdict and its findings', async () => {
    const run = await assay('--quiet', '--offline')

    expect(run.stderr).toBe('')
    expect(run.stdout).toContain(
      '! Pass: nothing was verified, 2 unavailable; no network was used;'
    )
  })

  it('verbose: what every stage has to say', async () => {
    const short = await assay('--offline')
    const long = await assay('--offline', '--verbose')

    expect(long.stderr.length).toBeGreaterThan(short.stderr.length)
  })

  it('has colours when asked, and only then where nobody watches', async () => {
    const plain = await assay('--offline')
    const coloured = await assay('--offline', '--color')
    const forced = await runCli(['--offline', '--skip', 'signatures'], {
      cwd: workspace.path,
      env: { FORCE_COLOR: '1' }
    })
    const refused = await runCli(['--offline', '--no-color', '--skip', 'signatures'], {
      cwd: workspace.path,
      env: { FORCE_COLOR: '1' }
    })

    expect(plain.stdout).not.toContain('\u001b[')
    expect(refused.stdout).toBe(plain.stdout)
    expect(forced.stdout).toBe(coloured.stdout)
    expect(coloured.stdout).toContain('\u001b[33m! Pass')
    expect(stripVTControlCharacters(coloured.stdout)).toBe(plain.stdout)
  })
})

describe('usage', () => {
  it.each([['--help'], ['-h']])('%s prints the page', async (flag) => {
    const run = await assay(flag)

    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    expect(run.stdout).toContain('Usage: assay [<path>] [flags]')
  })

  it('--version prints the version', async () => {
    expect(await assay('--version')).toEqual({ exitCode: 0, stderr: '', stdout: `${VERSION}\n` })
  })

  it.each([
    [
      ['--ofline'],
      'assay: There is no flag "--ofline" [INPUT_INVALID]\nNext: Did you mean "--offline"?'
    ],
    [
      ['--stage', 'sbmo'],
      'assay: Cannot use flag "--stage": found "sbmo", expected one of "checkout"'
    ],
    [['nowhere'], 'found nothing, expected a folder [INPUT_INVALID]\nNext: Give the folder'],
    [
      ['package.json'],
      'found a file, expected a folder [INPUT_INVALID]\nNext: Give the folder that'
    ],
    [['--out', 'package.json'], 'package.json']
  ])('%j is told, with 2', async (args, message) => {
    const run = await assay(...args)

    expect(run.exitCode).toBe(2)
    expect(run.stderr + run.stdout).toContain(message)
  })

  it('a damaged policy is wrong configuration, with 2', async () => {
    const damaged = workspaceOf({ '.github/assay.yml': 'apiVersion: 1\nkind: Polcy\n' })

    const run = await runCli(['--offline'], { cwd: damaged.path })

    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain('POLICY_INVALID')
    damaged.remove()
  })
})

describe('ended by the user', () => {
  it('writes what is known, and does not pass', async () => {
    registry.misbehave('/npm/left-pad/-/left-pad-1.0.0.tgz', { kind: 'silent' })

    const run = await runCli([], {
      cwd: workspace.path,
      onStart: (child) => {
        child.stderr?.on('data', (text: string) => {
          if (text.includes('List dependencies')) setTimeout(() => child.kill('SIGINT'), 500)
        })
      }
    })

    expect(run.exitCode).toBe(1)
    expect(run.stderr).toContain('Got SIGINT: ending with what is known so far')
    expect(run.stdout).toMatch(/✗ Fail/)
    const report = readFileSync(join(workspace.path, 'assay-report/report.json'), 'utf8')
    expect(JSON.parse(report)).toMatchObject({ verdict: { conclusion: 'fail' } })
  })
})

it('keeps a token of the environment out of all that it shows and writes', async () => {
  const token = 'ghp_0123456789abcdef'

  const run = await runCli(['--verbose', '--offline'], {
    cwd: workspace.path,
    env: { GITHUB_TOKEN: token }
  })

  expect(run.stdout + run.stderr).not.toContain(token)
  for (const name of DOCUMENTS) {
    const text = readFileSync(join(workspace.path, 'assay-report', name), 'utf8')
    expect(text).not.toContain(token)
  }
})

it('shows nothing of hostile names that a terminal or a log would obey', async () => {
  const names = HOSTILE.map(([, name]) => name.slice(0, 5000))
  const packages = Object.fromEntries(
    names.map((name) => [
      `node_modules/${name}`,
      { version: name, resolved: name, integrity: name }
    ])
  )
  const hostile = workspaceOf({
    'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } }),
    'requirements.txt': names.join('\n')
  })

  const { stdout, stderr } = await runCli(['--offline', '--verbose'], { cwd: hostile.path })

  const shown = stdout + stderr
  expect(shown).not.toMatch(/[^\P{C}\n]/u)
  expect(shown.split('\n').filter((line) => /^\s*::/.test(line) || line.includes('##['))).toEqual(
    []
  )
  hostile.remove()
})
