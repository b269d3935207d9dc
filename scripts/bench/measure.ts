import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One run of a program. */
export interface Run {
  /** From start to end, in milliseconds. */
  readonly wallMs: number
  /** User and system time of it and all that it started, in milliseconds; absent without GNU time. */
  readonly cpuMs?: number
  /** Peak resident memory in bytes: of the largest process among it and all that it started. */
  readonly peakBytes?: number
  readonly exitCode: number | null
  /** Standard output, unless it was sent elsewhere, and the end of standard error. */
  readonly stdout: string
  readonly stderr: string
}

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** File that takes standard output. */
  readonly into?: string
}

/** GNU time reports `ru_maxrss` of what it started, as the kernel counts it: exact, and free. */
const GNU_TIME = '/usr/bin/time'

/** How peak memory is measured here, for the conditions of a report. */
export function memoryMethod(): string {
  return existsSync(GNU_TIME)
    ? 'peak memory is `ru_maxrss` from `/usr/bin/time`: the largest single process'
    : 'peak memory was not measured, for there is no `/usr/bin/time`'
}

/** Runs a program and measures it. Never throws for its exit code. */
export async function measured({ file, args, cwd, env, into }: Command): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  const report = join(folder, 'time')
  const timed = existsSync(GNU_TIME)
  const [program, all] = timed
    ? [GNU_TIME, ['-f', '%U %S %M', '-o', report, file, ...args]]
    : [file, args]
  const output = into === undefined ? ('pipe' as const) : openSync(into, 'w')
  const started = process.hrtime.bigint()
  const child = spawn(program, all, {
    cwd,
    env: env ?? process.env,
    stdio: ['ignore', output, 'pipe']
  })
  const seen = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (seen.stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    seen.stderr = (seen.stderr + text).slice(-20_000)
  })
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  const wallMs = Number(process.hrtime.bigint() - started) / 1e6
  if (typeof output === 'number') closeSync(output)
  const usage = timed ? usageIn(readFileSync(report, 'utf8')) : {}
  rmSync(folder, { recursive: true })
  return { wallMs, exitCode, ...seen, ...usage }
}

/** The last line: before it, GNU time says when the exit code was not 0. */
function usageIn(text: string): Pick<Run, 'cpuMs' | 'peakBytes'> {
  const [user = 0, system = 0, kilobytes = 0] = (text.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number)
  return { cpuMs: (user + system) * 1000, peakBytes: kilobytes * 1024 }
}

/** Middle value, which one slow run does not move. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** Medians over several runs of each program, taken in turn so that what else the machine does hits all. */
export async function interleaved<Name extends string>(
  commands: Readonly<Record<Name, Command>>,
  times: number
): Promise<Readonly<Record<Name, Run>>> {
  const names = Object.keys(commands) as Name[]
  const runs = new Map<Name, Run[]>(names.map((name) => [name, []]))
  for (let turn = 0; turn < times; turn++) {
    for (const name of names) runs.get(name)?.push(await measured(commands[name]))
  }
  return Object.fromEntries([...runs].map(([name, all]) => [name, middleOf(all)])) as Readonly<
    Record<Name, Run>
  >
}

function middleOf(runs: readonly Run[]): Run {
  const [first] = runs
  if (!first) throw new Error('no runs')
  const cpu = runs.map(({ cpuMs }) => cpuMs).filter((value) => value !== undefined)
  const peak = runs.map(({ peakBytes }) => peakBytes).filter((value) => value !== undefined)
  return {
    ...(runs.find(({ exitCode }) => exitCode !== 0) ?? first),
    wallMs: medianOf(runs.map(({ wallMs }) => wallMs)),
    ...(cpu.length > 0 && { cpuMs: medianOf(cpu) }),
    ...(peak.length > 0 && { peakBytes: medianOf(peak) })
  }
}
