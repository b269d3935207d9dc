import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assayCommand, IN_FLIGHT, integrityResult } from '../replay/assay.ts'
import { pointAtServer } from '../replay/checkout.ts'
import { clientCommand, environmentFor } from '../replay/clients.ts'
import { type RecordingInfo, recordingsIn } from '../replay/info.ts'
import { CERTIFICATE, type ReplayServer, startServer } from '../replay/server.ts'
import { measured, medianOf, type Run } from './measure.ts'
import { inMegabytes, inSeconds, type Table } from './table.ts'

/** Milliseconds that each answer is held back. */
const DELAYS = [0, 30] as const

const ROUNDS = 3

/** A client that takes longer, in milliseconds, is not run again. */
const MAX_REPEATED_MS = 10_000

const PLAIN = join(import.meta.dirname, '../plain-download.ts')

/** One round: everything once, in turn. */
interface Round {
  readonly assay: Run
  /** Of the integrity stage, in milliseconds. */
  readonly stageMs: number
  readonly stats: Readonly<Record<string, number>>
  readonly plain: PlainDownload
  /** Absent where the client is not here, or failed. */
  readonly client?: Run
  readonly requests: number
  /** Requests of Assay, and of the client, that the recording has no answer for. */
  readonly unrecorded: readonly [number, number]
}

/** `integrity: platform` on recordings of real registries, beside a plain download and the own client. */
export async function benchIntegrity(folder: string): Promise<Table> {
  const recordings = recordingsIn(folder)
  const rows: string[][] = []
  const notes: string[] = []
  for (const [path, info] of recordings) {
    for (const delayMs of DELAYS) {
      process.stderr.write(`  ${info.name} (${info.ecosystem}), ${delayMs} ms …\n`)
      const rounds = await roundsOf(path, info, delayMs)
      rows.push(rowOf(info, delayMs, rounds))
      notes.push(...peculiarities(info, delayMs, rounds))
    }
    notes.push(aboutOf(info))
  }
  return {
    title: 'Integrity, on recordings of real registries',
    columns: [
      'Recording',
      'delay',
      'verified',
      'read',
      'requests',
      'stage',
      'plain',
      'of its speed',
      'whole run',
      'CPU',
      'plain CPU',
      'peak',
      'own client',
      'CPU',
      'peak',
      'faster'
    ],
    rows,
    notes: [
      `A server in a process of its own replays recorded answers over TLS on the loopback address, with HTTP/1.1 and HTTP/2, each held back by the delay; ${IN_FLIGHT} requests in flight; medians of ${ROUNDS} rounds in turn (own clients that take over ${MAX_REPEATED_MS / 1000} s: one). Client and server share the machine: read it as a comparison, not as throughput.`,
      'plain: a Node program that fetches the addresses that Assay asked for, index pages included, with as many in flight, and hashes what comes; its loop is compared with the `integrity` stage. For Go this leaves out what the stage does besides: unpacking, the hash over all files, and the proofs of the checksum database.',
      'own client, each with an empty cache: `npm ci --ignore-scripts`, `uv sync --frozen --no-install-workspace` with all packages, extras and groups, but for packages that would have to be built, `cargo fetch --locked`, `go mod download` of the modules that the proxy has. They also unpack, uv and npm install; compared with the whole run of Assay.',
      'Goals: at least 90 % of the speed of the plain download, at least 3 times as fast as the own client.',
      ...notes,
      ...(recordings.length === 0
        ? ['Nothing was measured: there is no recording. `node scripts/record.ts` makes one.']
        : [])
    ]
  }
}

async function roundsOf(
  path: string,
  info: RecordingInfo,
  delayMs: number
): Promise<readonly Round[]> {
  const server = await startServer(path, { delayMs })
  try {
    const rounds: Round[] = []
    for (let turn = 0; turn < ROUNDS; turn++) {
      const known = rounds[0]?.client
      const again = known === undefined || known.wallMs <= MAX_REPEATED_MS
      const round = await roundOf(path, info, server, again ? undefined : known)
      rounds.push(round)
    }
    return rounds
  } finally {
    await server.stop()
  }
}

/** @param known what the own client took before, when it is not to run again */
async function roundOf(
  path: string,
  info: RecordingInfo,
  server: ReplayServer,
  known: Run | undefined
): Promise<Round> {
  const temp = mkdtempSync(join(tmpdir(), 'assay-integrity-'))
  const folder = (name: string): string => join(temp, name)
  const checkout = folder('work')
  cpSync(join(path, 'checkout'), checkout, { recursive: true, verbatimSymlinks: true })
  pointAtServer(checkout, server.url)
  try {
    await server.requests()
    const env = environmentFor(server.url, folder('assay'))
    const assay = await measured({ ...assayCommand(checkout, folder('out')), env })
    const { durationMs, stats } = integrityResult(folder('out'))
    const asked = await server.requests()
    const urls = asked.map(({ path: address }) => server.url + address)
    const plain = await plainDownload(urls, info.ecosystem === 'npm' ? 'sha512' : 'sha256', temp)
    await server.requests()
    const client = known ?? (await ownClient(info, checkout, { server, home: folder('client') }))
    const askedByClient = await server.requests()
    return {
      assay,
      stageMs: durationMs,
      stats,
      plain,
      ...(client && { client }),
      requests: asked.length,
      unrecorded: [asked, askedByClient].map(
        (all) => all.filter(({ recorded }) => !recorded).length
      ) as [number, number]
    }
  } finally {
    rmSync(temp, { recursive: true, force: true })
  }
}

interface PlainDownload {
  readonly run: Run
  /** Without the start of its process, in milliseconds. */
  readonly loopMs: number
}

async function plainDownload(
  urls: readonly string[],
  algorithm: string,
  temp: string
): Promise<PlainDownload> {
  const list = join(temp, 'urls.json')
  writeFileSync(list, JSON.stringify(urls))
  const args = [PLAIN, list, algorithm, String(IN_FLIGHT)]
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: CERTIFICATE }
  const run = await measured({ file: process.execPath, args, env })
  if (run.stdout === '') throw new Error(`the plain download failed: ${run.stderr}`)
  return { run, loopMs: (JSON.parse(run.stdout) as { readonly ms: number }).ms }
}

/** @returns nothing when there is none, or it failed */
async function ownClient(
  { ecosystem, client, modules }: RecordingInfo,
  checkout: string,
  { server, home }: { readonly server: ReplayServer; readonly home: string }
): Promise<Run | undefined> {
  if (client !== 'ok') return undefined
  mkdirSync(home)
  const command = clientCommand(ecosystem, { cwd: checkout, home, modules })
  const env = { ...environmentFor(server.url, home), ...command.env }
  const run = await measured({ ...command, env })
  return run.exitCode === 0 ? run : undefined
}

function rowOf(info: RecordingInfo, delayMs: number, rounds: readonly Round[]): string[] {
  const middle = (valueOf: (round: Round) => number | undefined): number | undefined => {
    const values = rounds.map(valueOf).filter((value) => value !== undefined)
    return values.length === rounds.length ? medianOf(values) : undefined
  }
  const stage = middle(({ stageMs }) => stageMs) ?? Number.NaN
  const plain = middle(({ plain: { loopMs } }) => loopMs) ?? Number.NaN
  const whole = middle(({ assay }) => assay.wallMs) ?? Number.NaN
  const client = middle(({ client: run }) => run?.wallMs)
  const [first] = rounds
  return [
    `${info.name} (${info.ecosystem})`,
    `${delayMs} ms`,
    `${first?.stats['verified'] ?? 0} of ${first?.stats['files'] ?? 0}`,
    inMegabytes(first?.stats['bytesRead']),
    String(first?.requests ?? 0),
    inSeconds(stage),
    inSeconds(plain),
    `${((100 * plain) / stage).toFixed(0)} %`,
    inSeconds(whole),
    inSeconds(middle(({ assay }) => assay.cpuMs)),
    inSeconds(middle(({ plain: { run } }) => run.cpuMs)),
    inMegabytes(middle(({ assay }) => assay.peakBytes)),
    inSeconds(client),
    client === undefined ? '' : inSeconds(middle(({ client: run }) => run?.cpuMs)),
    client === undefined ? '' : inMegabytes(middle(({ client: run }) => run?.peakBytes)),
    client === undefined ? '' : `${(client / whole).toFixed(1)}×`
  ]
}

/** What makes a row less than it seems. */
function peculiarities(
  { name, ecosystem }: RecordingInfo,
  delayMs: number,
  rounds: readonly Round[]
): readonly string[] {
  const where = `${name} (${ecosystem}), ${delayMs} ms`
  const ours = Math.max(...rounds.map(({ unrecorded }) => unrecorded[0]))
  const theirs = Math.max(...rounds.map(({ unrecorded }) => unrecorded[1]))
  const failed = rounds.filter(({ assay }) => assay.exitCode !== 0).length
  return [
    ...(ours > 0 ? [`${where}: ${ours} requests of Assay were not recorded.`] : []),
    ...(theirs > 0 ? [`${where}: ${theirs} requests of the own client were not recorded.`] : []),
    ...(failed > 0 ? [`${where}: ${failed} runs of Assay did not pass.`] : [])
  ]
}

function aboutOf({ name, commit, ecosystem, recordedAt, verdict, client }: RecordingInfo): string {
  const at = commit === '' ? '' : ` at ${commit.slice(0, 10)}`
  const missing =
    client === 'ok' ? '' : ` Its own client was not measured: ${client.split('\n', 1)[0]}.`
  return `${name}${at} (${ecosystem}), recorded ${recordedAt.slice(0, 10)}: ${verdict}.${missing}`
}
