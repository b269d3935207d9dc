import { spawn, spawnSync } from 'node:child_process'

export type Values = Readonly<Record<string, string>>

/** How a program ended. */
export interface Ended {
  /** -1 when it could not be started or was killed. */
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Longest that any program is waited for, in milliseconds. */
const PATIENCE_MS = 120_000

/** Runs a program with exactly this environment. Never throws for how it ends. */
export function runProgram(
  file: string,
  args: readonly string[],
  options: { readonly env: Values; readonly cwd?: string }
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: PATIENCE_MS
    })
    const seen = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (seen.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (seen.stderr += text))
    child.on('error', (error) => {
      resolve({ exitCode: -1, stdout: seen.stdout, stderr: seen.stderr + error.message })
    })
    child.on('close', (code) => {
      resolve({ exitCode: code ?? -1, ...seen })
    })
  })
}

/** Whether a program is on the path. */
export function isOnPath(name: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' }).status === 0
}
