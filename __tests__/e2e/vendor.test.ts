import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { type GitRepository, gitIn } from '../support/git-repository.ts'
import { minisig, testKey } from '../support/minisign.ts'
import {
  type ActionRun,
  runAction,
  runCli,
  type Workspace,
  workspaceOf
} from '../support/run-bundle.ts'

const SLUG = 'octo-org/octo-repo'
const KEY = testKey('publisher')
const OTHER = testKey('somebody else')
const FOLDER = 'third_party/zlib'

// A process per run, on machines that are busy with other tests.
jest.setTimeout(60_000)

type Files = Readonly<Record<string, string>>

let workspace: Workspace

afterEach(() => workspace.remove())

/** A vendored folder, signed with a key, that its lock names. */
function vendored(bytes: string, key = KEY): Files {
  const digest = createHash('sha256').update(bytes).digest('hex')
  return {
    [`${FOLDER}/vendor.lock.yaml`]: `name: zlib\nversion: "1.3.1"\nfile: zlib.tar.gz\nsha256: ${digest}\npubkey: ${key.text}\n`,
    [`${FOLDER}/zlib.tar.gz`]: bytes,
    [`${FOLDER}/zlib.tar.gz.minisig`]: minisig(key, bytes, { name: 'zlib.tar.gz' })
  }
}

const PINNED = {
  '.github/assay.yml': `apiVersion: assay.dev/v1\nkind: Policy\nspec:\n  vendor:\n    keys: [{ packs: [zlib], pubkeys: [${KEY.text}] }]\n`
}

function runOn(env: Files = {}): Promise<ActionRun> {
  const inputs = { 'upload-artifact': 'false', offline: 'true' }
  return runAction({ workspace, inputs, env })
}

describe('vendored files', () => {
  it('that are signed pass, and are components of the SBOM', async () => {
    workspace = workspaceOf(vendored('the archive'))

    const run = await runOn()

    expect(run.exitCode).toBe(0)
    expect(run.outputs).toMatchObject({
      verdict: 'pass',
      components: '1',
      verified: '2',
      'vendor-exit-code': '0'
    })
    expect(run.summary).toContain('Vendored files')
    expect(run.summary).toContain('minisign:')
    const sbom = readFileSync(run.outputs['cyclonedx-path'] ?? '', 'utf8')
    const digest = createHash('sha256').update('the archive').digest('hex')
    expect(sbom).toContain(`pkg:generic/zlib@1.3.1?checksum=sha256:${digest}`)
    expect(sbom).toContain(digest)
  })

  it('that were changed fail on a terminal, with the file and what to do', async () => {
    workspace = workspaceOf({
      ...vendored('the archive'),
      [`${FOLDER}/zlib.tar.gz`]: 'something else'
    })

    const run = await runCli(['--offline'], { cwd: workspace.path })

    expect(run.exitCode).toBe(1)
    expect(run.stdout).toContain('vendor/digest-mismatch')
    expect(run.stdout).toContain('vendor/bad-signature')
    expect(run.stdout).toContain(`${FOLDER}/vendor.lock.yaml`)
  })

  it('without a readable lock are no pass', async () => {
    workspace = workspaceOf({ [`${FOLDER}/vendor.lock.yaml`]: 'name: ../x\n' })

    const run = await runOn()

    expect(run.exitCode).toBe(1)
    expect(run.outputs['vendor-exit-code']).toBe('2')
    expect(run.log).toContain('inventory/unreadable-lockfile')
  })

  it('that are asked for must be there', async () => {
    workspace = workspaceOf({})

    const run = await runCli(['--offline', '--vendor', 'third_party/*'], { cwd: workspace.path })

    expect(run.exitCode).toBe(1)
    expect(run.stdout).toContain('vendor/missing-file')
  })
})

describe('a pull request', () => {
  let repository: GitRepository

  /** Runs on a change of a base; what becomes empty is removed. */
  async function proposed(base: Files, change: Files): Promise<ActionRun> {
    workspace = workspaceOf(base)
    repository = gitIn(workspace.path)
    repository.git('init', '-q', '-b', 'main')
    repository.git('remote', 'add', 'origin', `https://github.com/${SLUG}`)
    const sha = repository.commit('base')
    for (const [path, text] of Object.entries(change)) {
      if (text === '') rmSync(join(workspace.path, path))
      else repository.write(path, text)
    }
    repository.commit('head')
    const event = join(workspace.temp, 'event.json')
    const repo = { full_name: SLUG }
    const payload = {
      repository: repo,
      pull_request: { base: { sha, ref: 'main', repo }, head: { repo } }
    }
    writeFileSync(event, JSON.stringify(payload))
    return runOn({
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: event,
      GITHUB_REF: 'refs/pull/7/merge'
    })
  }

  it('that replaces files and key fails, and shows both keys', async () => {
    const run = await proposed(vendored('the archive'), vendored('something else', OTHER))

    expect(run.exitCode).toBe(1)
    expect(run.outputs['vendor-exit-code']).toBe('4')
    expect(run.log).toContain('vendor/key-changed')
    expect(run.log).toContain(KEY.text)
    expect(run.log).toContain(OTHER.text)
  })

  it('that replaces a pinned key, and the pin with it, fails twice', async () => {
    const unpinned = {
      '.github/assay.yml': PINNED['.github/assay.yml'].replace(KEY.text, OTHER.text)
    }

    const run = await proposed(
      { ...vendored('the archive'), ...PINNED },
      { ...vendored('something else', OTHER), ...unpinned }
    )

    expect(run.exitCode).toBe(1)
    expect(run.outputs['vendor-exit-code']).toBe('4')
    expect(run.log).toContain('the policy pins')
    expect(run.log).toContain('vendor/bad-signature')
  })

  it('that takes a new version with the same key passes', async () => {
    const run = await proposed(
      { ...vendored('the archive'), ...PINNED },
      vendored('the next archive')
    )

    expect(run.outputs).toMatchObject({ verdict: 'pass', 'vendor-exit-code': '0' })
  })

  it('that leaves the files without their lock fails', async () => {
    const run = await proposed(vendored('the archive'), { [`${FOLDER}/vendor.lock.yaml`]: '' })

    expect(run.exitCode).toBe(1)
    expect(run.outputs['vendor-exit-code']).toBe('2')
    expect(run.log).toContain(`is gone since base commit`)
  })
})
