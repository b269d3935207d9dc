import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { demonstrate } from '../../scripts/demonstration.ts'
import { assertFreshBundle } from '../support/bundle.ts'

// Three processes one after the other, on machines that are busy with other tests.
jest.setTimeout(180_000)

const ROOT = join(import.meta.dirname, '../..')
const START = join(ROOT, 'scripts/start.mjs')

/** Nobody listens there. */
const NOBODY = 'http://127.0.0.1:9'

/** So that tests ask nobody outside. */
const QUIET = { npm_config_registry: NOBODY, PIP_INDEX_URL: `${NOBODY}/simple` }

interface Shown {
  readonly status: number | null
  readonly text: string
}

let temp: string

beforeAll(() => {
  assertFreshBundle()
  temp = mkdtempSync(join(tmpdir(), 'assay-demonstration-'))
})
afterAll(() => {
  rmSync(temp, { recursive: true, force: true })
})

async function start(...args: readonly string[]): Promise<Shown> {
  const { PATH = '' } = process.env
  const env = {
    PATH,
    HOME: temp,
    TMPDIR: temp,
    ...QUIET,
    // Not for the run that is played.
    GITHUB_REPOSITORY: 'somebody/else',
    COSIGN_PASSWORD: 's3cret-of-somebody'
  }
  const child = spawn(process.execPath, [START, ...args], { cwd: ROOT, env })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  }
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { status, text }
}

describe('npm start', () => {
  let shown: Shown

  beforeAll(async () => {
    shown = await start()
  })

  it('signs an image and files, and verifies them, without anybody from outside', () => {
    expect(shown.text).toContain('index: signature, SPDX, CycloneDX, provenance, verdict')
    expect(shown.text).toContain('linux/arm64: signature, SPDX, CycloneDX, provenance, verdict')
    expect(shown.text).toMatch(/GitHub's attestations API +\d\d attestations/)
    expect(shown.text).toMatch(/Files beside the documents .*index\.js\.sigstore\.json/)
    expect(shown.text).toMatch(/Certificate authority +1 certificate/)
    expect(shown.text).toMatch(/verify 127\.0\.0\.1:\d+\/octo-org\/hello@sha256:/)
    expect(shown.text).toContain('Verify dist/index.js')
    expect(shown.text).toContain('Signed and verified')
    expect(shown.status).toBe(0)
  })

  it('says what it could not know, and does not call it checked', () => {
    expect(shown.text).toMatch(/\d+ checks of dependencies could not be made/)
    expect(shown.text).toContain('not everything could be checked')
    expect(shown.text).not.toContain('✓ Checked, signed and verified')
  })

  it('shows the log and the summary as people read them, and nothing secret', () => {
    expect(shown.text).not.toContain('::')
    expect(shown.text).not.toMatch(/<details|<!--|\| --- \|/)
    expect(shown.text).not.toContain('s3cret')
    expect(shown.text).not.toContain('ghs_')
    expect(shown.text).toContain('▾ Signatures: ')
  })

  it('leaves nothing behind', () => {
    expect(readdirSync(temp).filter((name) => name.startsWith('assay-e2e-'))).toEqual([])
    expect(existsSync(join(ROOT, '.sigstore'))).toBe(false)
  })
})

describe('the demonstration', () => {
  it('fails where nothing good was signed', async () => {
    let text = ''
    const write = (chunk: string | Uint8Array): boolean => {
      text += String(chunk)
      return true
    }
    const before = { ...process.env }
    Object.assign(process.env, QUIET)
    const status = await demonstrate({ write, isTTY: false, columns: 0 }, ({ sigstore }) => {
      sigstore.fault('fulcio', { kind: 'wrong-sct' })
    })
    process.env = before

    expect(text).toContain('✗ Failed: the step, with exit status')
    expect(text).not.toContain('Signed and verified')
    expect(status).not.toBe(0)
  })
})

describe('npm start with arguments', () => {
  it('is the command line, with its exit status', async () => {
    expect(await start('--version')).toEqual({
      status: 0,
      text: expect.stringMatching(/^\d+\.\d+/)
    })
    expect(await start('--no-such-flag')).toEqual({
      status: 2,
      text: expect.stringContaining('--no-such-flag')
    })
  })
})
