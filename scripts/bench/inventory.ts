import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { type Command, interleaved, type Run } from './measure.ts'
import { writeSyntheticCheckout } from './synthetic-lock.ts'
import { inMegabytes, inSeconds, ratio, type Table } from './table.ts'

const CLI = join(import.meta.dirname, '../../dist/cli.js')

/** Components of the generated locks. */
const SIZES = [10_000, 100_000] as const

/** Runs of each program on each checkout; the largest takes a minute and is no less sure for fewer. */
const RUNS = 5
const RUNS_OF_LARGE = 3

export interface InventoryOptions {
  /** Real checkouts. */
  readonly checkouts: readonly string[]
  /** Path or name of syft; absent, it was not found. */
  readonly syft: string | undefined
}

interface Subject {
  readonly name: string
  readonly folder: string
  readonly runs: number
  readonly lockBytes?: number
}

/** `inventory` and `sbom` without network, beside syft on the same folders. */
export async function benchInventory({ checkouts, syft }: InventoryOptions): Promise<Table> {
  const temp = mkdtempSync(join(tmpdir(), 'assay-inventory-'))
  const synthetic = SIZES.map((size): Subject => {
    const folder = join(temp, String(size))
    const lockBytes = writeSyntheticCheckout(folder, size)
    const name = `synthetic, ${size} components, ${inMegabytes(lockBytes)} lock`
    return { name, folder, runs: size > 50_000 ? RUNS_OF_LARGE : RUNS, lockBytes }
  })
  const real = checkouts.map((path): Subject => ({
    name: nameOf(path),
    folder: resolve(path),
    runs: RUNS
  }))
  const rows: string[][] = []
  const peaks: { readonly lockBytes: number; readonly peakBytes: number }[] = []
  for (const subject of [...synthetic, ...real]) {
    process.stderr.write(`  ${subject.name} …\n`)
    const { assay, other, found } = await compared(subject, { temp, syft })
    rows.push(rowOf(subject, assay, other, found))
    if (subject.lockBytes !== undefined && assay.peakBytes !== undefined) {
      peaks.push({ lockBytes: subject.lockBytes, peakBytes: assay.peakBytes })
    }
  }
  rmSync(temp, { recursive: true })
  return {
    title: 'Inventory and SBOMs, offline',
    columns: [
      'Checkout',
      'Assay',
      'CPU',
      'peak',
      'found',
      'syft',
      'CPU',
      'peak',
      'found',
      'time',
      'memory'
    ],
    rows,
    notes: [
      `Medians of ${RUNS} runs in turn (${RUNS_OF_LARGE} of the largest). Assay: \`--stage inventory --stage sbom --offline\`, which writes SPDX, CycloneDX and two reports; syft: \`dir:<path> -o spdx-json\`, development dependencies included.`,
      'Goal on real checkouts: at most a quarter of the time of syft, and less memory. The last two columns are Assay over syft.',
      '"found" counts components of all kinds. syft also looks for what Assay leaves to later stages (binaries, installed packages, workflows), and once per lockfile for the same package: the numbers differ for that reason too.',
      ...steepness(peaks),
      ...(checkouts.length === 0
        ? ['Real checkouts were not measured: none were given with `--checkouts`.']
        : []),
      ...(syft === undefined
        ? ['syft was not measured: it is not on the path, and `SYFT` names none.']
        : [])
    ]
  }
}

async function compared(
  { folder, runs }: Subject,
  { temp, syft }: { readonly temp: string; readonly syft: string | undefined }
): Promise<{
  readonly assay: Run
  readonly other: Run | undefined
  readonly found: readonly [number, number]
}> {
  const out = join(temp, 'out')
  const file = join(temp, 'syft.json')
  const assay: Command = {
    file: process.execPath,
    args: [CLI, folder, '--stage', 'inventory', '--stage', 'sbom', '--offline', '--out', out]
  }
  const asked = {
    file: syft ?? '',
    args: [`dir:${folder}`, '-o', 'spdx-json', '-q'],
    env: {
      ...process.env,
      SYFT_CHECK_FOR_APP_UPDATE: 'false',
      SYFT_JAVASCRIPT_INCLUDE_DEV_DEPENDENCIES: 'true'
    },
    into: file
  }
  if (syft === undefined) {
    const run = await interleaved({ assay }, runs)
    return {
      assay: run.assay,
      other: undefined,
      found: [countIn(join(out, 'report.json'), 'components'), 0]
    }
  }
  const run = await interleaved({ assay, other: asked }, runs)
  if (run.other.exitCode !== 0) throw new Error(`syft failed on ${folder}: ${run.other.stderr}`)
  return {
    ...run,
    found: [countIn(join(out, 'report.json'), 'components'), countIn(file, 'packages')]
  }
}

function countIn(path: string, key: string): number {
  const list = (JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, unknown>>)[key]
  return Array.isArray(list) ? list.length : 0
}

function rowOf(
  { name }: Subject,
  assay: Run,
  other: Run | undefined,
  [ours, theirs]: readonly [number, number]
): string[] {
  return [
    name,
    ...cellsOf(assay, ours),
    ...(other ? cellsOf(other, theirs) : ['not measured', '', '', '']),
    ratio(assay.wallMs, other?.wallMs),
    ratio(assay.peakBytes, other?.peakBytes)
  ]
}

function cellsOf(run: Run, found: number): string[] {
  return [inSeconds(run.wallMs), inSeconds(run.cpuMs), inMegabytes(run.peakBytes), String(found)]
}

/** How memory grows from the small lock to the large one, over how the lock grows. */
function steepness(
  peaks: readonly { readonly lockBytes: number; readonly peakBytes: number }[]
): readonly string[] {
  const [small, large] = peaks
  if (!small || !large) return []
  const locks = large.lockBytes / small.lockBytes
  const memory = large.peakBytes / small.peakBytes
  const per = (large.peakBytes - small.peakBytes) / (large.lockBytes - small.lockBytes)
  return [
    `From the small lock to the large one, the lock grows ${locks.toFixed(1)}×, peak memory ${memory.toFixed(1)}× (${per.toFixed(1)} bytes for each further byte of lock). Goal: no steeper than the lock: ${memory <= locks ? 'met' : 'missed'}.`
  ]
}

/** Name, commit and number of files of a checkout. */
function nameOf(path: string): string {
  const folder = resolve(path)
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !/[\\/]\.git(?:[\\/]|$)/.test(entry.parentPath)
  )
  return `${basename(folder)}${commitOf(folder)}, ${files.length} files`
}

function commitOf(folder: string): string {
  try {
    const args = ['-C', folder, 'rev-parse', '--short=10', 'HEAD']
    const text = execFileSync('git', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore']
    })
    return ` at ${text.trim()}`
  } catch {
    return ''
  }
}
