import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { credentialHelpers } from '../../src/host/credential-helper.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-helper-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** A helper that tells what it was given. */
function helperIn(place: string, name: string, script: string): void {
  mkdirSync(place, { recursive: true })
  const path = join(place, `docker-credential-${name}`)
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
}

function ask(name: string, path: string, env: Record<string, string> = {}): Promise<unknown> {
  const machine = { root: join(folder, 'checkout'), env: { PATH: path, ...env }, os: 'linux' }
  return credentialHelpers(machine)(name, 'https://r.example')
}

const onPosix = process.platform === 'win32' ? describe.skip : describe

onPosix('a credential helper', () => {
  it('is told the server, and what to do', async () => {
    const bin = join(folder, 'bin')
    helperIn(bin, 'test', 'printf "%s %s" "$1" "$(cat)"')

    expect(await ask('test', `${bin}:/usr/bin:/bin`)).toEqual({
      exitCode: 0,
      stdout: 'get https://r.example'
    })
  })

  it("gets the machine's environment, and nothing of the runner's", async () => {
    const bin = join(folder, 'bin')
    helperIn(
      bin,
      'test',
      'printf "%s/%s/%s/%s" "$AWS_PROFILE" "$INPUT_SECRET" "$ACTIONS_RUNTIME_TOKEN" "$COSIGN_PASSWORD"'
    )
    const env = {
      AWS_PROFILE: 'a',
      INPUT_SECRET: 'b',
      ACTIONS_RUNTIME_TOKEN: 'c',
      COSIGN_PASSWORD: 'd'
    }

    expect(await ask('test', `${bin}:/usr/bin:/bin`, env)).toMatchObject({ stdout: 'a///' })
  })

  it('may fail', async () => {
    const bin = join(folder, 'bin')
    helperIn(bin, 'test', 'echo "credentials not found"; exit 1')

    expect(await ask('test', `${bin}:/usr/bin:/bin`)).toEqual({
      exitCode: 1,
      stdout: 'credentials not found\n'
    })
  })

  it('may write without end', async () => {
    const bin = join(folder, 'bin')
    helperIn(bin, 'test', 'yes')

    expect(await ask('test', `${bin}:/usr/bin:/bin`)).toMatchObject({ exitCode: -1, stdout: '' })
  })

  it.each(['../evil', 'a b', '', 'a;b', 'a/b'])('is never called %j', async (name) => {
    expect(await ask(name, join(folder, 'bin'))).toMatchObject({ exitCode: -1, stdout: '' })
  })

  it('of the checkout is not run', async () => {
    helperIn(join(folder, 'checkout/bin'), 'test', 'echo run')

    expect(await ask('test', join(folder, 'checkout/bin'))).toMatchObject({
      exitCode: -1,
      reason: 'docker-credential-test is not on the PATH'
    })
  })
})
