import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { attestedPackages } from './attested-packages.ts'
import { measured, medianOf, type Run } from './measure.ts'
import { inMegabytes, inMilliseconds, type Table } from './table.ts'

const PROGRAM = join(import.meta.dirname, '../verify-attested.ts')

const SIZES = [20, 200] as const
const ROUNDS = 5

/** Size of each package: that of a middling one, in bytes. */
const BYTES = 100_000

/** How long bundles alone are verified, in milliseconds. */
const LOOP_MS = 3000

/** Signatures and attestations of dependencies. */
export async function benchVerifying(): Promise<Table> {
  const rows: string[][] = []
  for (const count of SIZES) rows.push(await rowOf(count))
  return {
    title: 'Attestations of dependencies',
    columns: [
      'Packages',
      'verified',
      'requests',
      'stage',
      'of that',
      'whole process',
      'CPU',
      'peak',
      'bundles alone'
    ],
    rows,
    notes: [
      `A registry on the loopback address serves packages of ${BYTES / 1000} kB as npm's does: bytes, a signature, provenance and a publish attestation each, signed by authorities of the bench's own. The process reads the bytes (stage \`integrity\`), then asks for and verifies the rest (stage \`signatures\`), from the source rather than from the bundle, which trusts the public authorities alone. Medians of ${ROUNDS}.`,
      '"of that": attestations verified in a second of the stage, fetching included; "bundles alone": in a second of one thread that fetches nothing. Each is a certificate chain or a key, a signed certificate timestamp, a log entry with its proof, and two signatures.'
    ]
  }
}

async function rowOf(count: number): Promise<string[]> {
  process.stderr.write(`  ${count} packages …\n`)
  const folder = mkdtempSync(join(tmpdir(), 'assay-verifying-'))
  const { registry, ...rest } = await attestedPackages(count, BYTES)
  try {
    const run = async (loopMs: number): Promise<Run> => {
      const path = join(folder, 'given.json')
      writeFileSync(path, JSON.stringify({ url: registry.url, ...rest, loopMs }))
      const ran = await measured({ file: process.execPath, args: [PROGRAM, path], cwd: folder })
      if (ran.exitCode !== 0) throw new Error(`nothing was verified: ${ran.stderr}`)
      return ran
    }
    const runs: Run[] = []
    for (let turn = 0; turn < ROUNDS; turn++) runs.push(await run(0))
    const results = runs.map(({ stdout }) => JSON.parse(stdout) as Staged)
    const alone = JSON.parse((await run(LOOP_MS)).stdout) as { readonly perSecond: number }
    const stageMs = medianOf(results.map((result) => result.stageMs))
    const [{ verified, attested } = { verified: 0, attested: 0 }] = results
    const middle = (valueOf: (run: Run) => number | undefined): number =>
      medianOf(runs.map((one) => valueOf(one) ?? Number.NaN))
    return [
      String(count),
      `${verified} of ${count * 3}`,
      String(registry.requests.length / ROUNDS),
      inMilliseconds(stageMs),
      `${((attested * 1000) / stageMs).toFixed(0)} a second`,
      inMilliseconds(middle(({ wallMs }) => wallMs)),
      inMilliseconds(middle(({ cpuMs }) => cpuMs)),
      inMegabytes(middle(({ peakBytes }) => peakBytes)),
      `${alone.perSecond.toFixed(0)} a second`
    ]
  } finally {
    await registry.close()
    rmSync(folder, { recursive: true })
  }
}

interface Staged {
  readonly stageMs: number
  readonly verified: number
  readonly attested: number
}
