/**
 * Records, once and politely, what real registries answer about the locks of a checkout, for
 * `npm run bench -- integrity`: Assay runs, then the ecosystem's own client, both through a server on the
 * loopback address that asks the real ones.
 *
 * Usage: node scripts/record.ts <checkout> <recording> --ecosystem <npm | PyPI | crates.io | Go>
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { DEFAULT_REGISTRIES } from '../src/services/registry-defaults.ts'
import { measured } from './bench/measure.ts'
import { assayCommand, integrityResult } from './replay/assay.ts'
import { copyCheckout, pointAtServer } from './replay/checkout.ts'
import { clientCommand, type EcosystemName, environmentFor } from './replay/clients.ts'
import type { RecordingInfo } from './replay/info.ts'
import { startServer } from './replay/server.ts'

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { ecosystem: { type: 'string' } }
  })
  const [checkout, recording] = positionals
  const ecosystem = Object.keys(DEFAULT_REGISTRIES).find((name) => name === values.ecosystem)
  if (checkout === undefined || recording === undefined || ecosystem === undefined) {
    process.stderr.write('node scripts/record.ts <checkout> <recording> --ecosystem <name>\n')
    process.exitCode = 2
    return
  }
  const info = await record(resolve(checkout), resolve(recording), ecosystem as EcosystemName)
  writeFileSync(join(recording, 'recording.json'), `${JSON.stringify(info, null, 2)}\n`)
  process.stdout.write(`${JSON.stringify(info, null, 2)}\n`)
}

async function record(
  checkout: string,
  recording: string,
  ecosystem: EcosystemName
): Promise<RecordingInfo> {
  const kept = join(recording, 'checkout')
  rmSync(kept, { recursive: true, force: true })
  mkdirSync(recording, { recursive: true })
  copyCheckout(checkout, kept, ecosystem)
  const temp = mkdtempSync(join(tmpdir(), 'assay-record-'))
  const server = await startServer(recording, { record: true })
  try {
    const work = join(temp, 'work')
    cpSync(kept, work, { recursive: true, verbatimSymlinks: true })
    pointAtServer(work, server.url)
    const env = environmentFor(server.url, join(temp, 'assay'))
    const run = await measured({ ...assayCommand(work, join(temp, 'out')), env })
    const { stats, verified } = integrityResult(join(temp, 'out'))
    const home = join(temp, 'client')
    const modules = ecosystem === 'Go' ? verified : []
    const command = clientCommand(ecosystem, { cwd: work, home, modules })
    const client = await measured({
      ...command,
      env: { ...environmentFor(server.url, home), ...command.env }
    }).catch((error: unknown) => ({ exitCode: -1, stderr: String(error) }))
    return {
      name: basename(checkout),
      commit: commitOf(checkout),
      ecosystem,
      recordedAt: new Date().toISOString(),
      verdict: run.stdout.trim().split('\n').at(-1) ?? '',
      stats,
      modules,
      client: client.exitCode === 0 ? 'ok' : `failed: ${client.stderr.trim().slice(-500)}`
    }
  } finally {
    await server.stop()
    rmSync(temp, { recursive: true, force: true })
  }
}

function commitOf(checkout: string): string {
  try {
    return execFileSync('git', ['-C', checkout, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}

void main()
