import { messageOf } from '../model/errors.ts'
import type { HelperAnswer, Host } from './host.ts'
import { findProgram, type ProgramMachine } from './program.ts'

/** Longest that a helper may take, in milliseconds: some ask a cloud. */
const TIMEOUT_MS = 60_000

/** Identity tokens are some kilobytes. */
const MAX_OUTPUT_BYTES = 256 * 1024

/** What is the runner's, ours or for signing, and no business of a helper's. */
const KEPT_BACK = /^(?:INPUT_|ACTIONS_|COSIGN_)/i

/**
 * Asks Docker's credential helpers, programs of this machine that are named `docker-credential-…`. Not through
 * `@actions/exec`, which leaves the error of the pipe to nobody: a helper that ends before it reads would end the run.
 *
 * @see Host.credentialHelper
 * @see https://github.com/docker/docker-credential-helpers
 */
export function credentialHelpers(machine: ProgramMachine): Host['credentialHelper'] {
  return async (name, serverUrl) => {
    if (!/^[a-z0-9_-]+$/i.test(name)) return failure('it has a name that no helper has')
    const program = findProgram(machine, `docker-credential-${name}`)
    if (program === undefined) return failure(`docker-credential-${name} is not on the PATH`)
    try {
      return await askProgram(program, serverUrl, environmentOf(machine.env))
    } catch (error) {
      return failure(messageOf(error))
    }
  }
}

async function askProgram(
  program: string,
  input: string,
  env: Record<string, string>
): Promise<HelperAnswer> {
  const { execFile } = await import('node:child_process')
  const options = { env, timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT_BYTES, windowsHide: true }
  return new Promise((resolve) => {
    const helper = execFile(program, ['get'], options, (error, stdout) => {
      if (error === null) resolve({ exitCode: 0, stdout })
      else if (typeof error.code === 'number') resolve({ exitCode: error.code, stdout })
      else if (error.killed === true) resolve(failure('it took too long or wrote too much'))
      else resolve(failure(error.code ?? 'it was ended'))
    })
    // It may end before it reads.
    helper.stdin?.on('error', () => {})
    helper.stdin?.end(input)
  })
}

function environmentOf(env: Host['env']): Record<string, string> {
  const passed = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || KEPT_BACK.test(name) ? [] : [[name, value] as const]
  )
  return Object.fromEntries(passed)
}

function failure(reason: string): HelperAnswer {
  return { exitCode: -1, stdout: '', reason }
}
