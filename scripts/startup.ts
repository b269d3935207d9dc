/**
 * What the action costs before it has anything to do: wall time of `node dist/index.js` on an empty checkout
 * over that of `node -e 0`, medians of interleaved runs, and the same as processor time, which other work on
 * the machine disturbs less.
 *
 * Usage: node scripts/startup.ts [runs, default 15]
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const FILES = ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY']

/** The child says itself how much processor time it used, in milliseconds. */
const METER = `process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  require('node:fs').writeSync(2, '\\ncpu ' + (user + system) / 1000)
})`

interface Sample {
  readonly wallMs: number
  readonly cpuMs: number
}

function main(): void {
  const runs = Number(process.argv[2] ?? 15)
  const folder = mkdtempSync(join(tmpdir(), 'assay-startup-'))
  const meter = join(folder, 'meter.cjs')
  writeFileSync(meter, METER)
  mkdirSync(join(folder, 'work'))
  const bundle = join(import.meta.dirname, '../dist/index.js')
  const bare: Sample[] = []
  const assay: Sample[] = []
  for (let at = 0; at < runs + 2; at++) {
    const pair = [measure(folder, ['-r', meter, '-e', '0']), measure(folder, ['-r', meter, bundle])]
    // The first two fill the disk's cache.
    if (at >= 2) {
      bare.push(...pair.slice(0, 1))
      assay.push(...pair.slice(1))
    }
  }
  rmSync(folder, { recursive: true })
  const wall = median(assay, 'wallMs') - median(bare, 'wallMs')
  const cpu = median(assay, 'cpuMs') - median(bare, 'cpuMs')
  process.stdout.write(
    `start-up over node -e 0: ${wall.toFixed(1)} ms wall, ${cpu.toFixed(1)} ms processor (${runs} runs)\n`
  )
}

function measure(folder: string, args: readonly string[]): Sample {
  const env: Record<string, string> = {
    PATH: process.env['PATH'] ?? '',
    RUNNER_TEMP: folder,
    GITHUB_WORKSPACE: join(folder, 'work')
  }
  for (const name of FILES) {
    env[`GITHUB_${name}`] = join(folder, name)
    writeFileSync(join(folder, name), '')
  }
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { env, cwd: join(folder, 'work') })
  const wallMs = performance.now() - start
  const cpu = /cpu ([\d.]+)/.exec(stderr.toString())?.[1]
  if (status !== 0 || cpu === undefined) throw new Error(`${args.join(' ')}: ${stderr.toString()}`)
  return { wallMs, cpuMs: Number(cpu) }
}

function median(samples: readonly Sample[], of: keyof Sample): number {
  const values = samples.map((sample) => sample[of]).sort((a, b) => a - b)
  return values[values.length >> 1] ?? Number.NaN
}

main()
