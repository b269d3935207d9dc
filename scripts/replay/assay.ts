import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from '../bench/measure.ts'

const CLI = join(import.meta.dirname, '../../dist/cli.js')

/** Requests in flight, for Assay and for what it is compared with. */
export const IN_FLIGHT = 16

/** What is read of report.json. */
interface Report {
  readonly stages: readonly {
    readonly stage: string
    readonly durationMs: number
    readonly stats: Readonly<Record<string, number>>
  }[]
  readonly evidence: readonly {
    readonly subject: string
    readonly kind: string
    readonly outcome: string
  }[]
  readonly components: readonly {
    readonly purl: string
    readonly name: string
    readonly version: string
  }[]
}

/** How the integrity stage came out. */
export interface IntegrityResult {
  readonly durationMs: number
  readonly stats: Readonly<Record<string, number>>
  /** `name@version` of all components whose bytes were read and are as locked. */
  readonly verified: readonly string[]
}

/** `integrity: platform` of a checkout, as on a terminal. */
export function assayCommand(checkout: string, out: string): Command {
  const how = ['--stage', 'integrity', '--integrity', 'platform', '--quiet']
  const args = [CLI, checkout, ...how, '--concurrency', String(IN_FLIGHT), '--out', out]
  return { file: process.execPath, args, cwd: checkout }
}

/** @param out folder that the run wrote into */
export function integrityResult(out: string): IntegrityResult {
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Report
  const stage = report.stages.find(({ stage: id }) => id === 'integrity')
  if (!stage) throw new Error('the run has no integrity stage')
  const digests = report.evidence.filter(({ kind }) => kind === 'digest')
  const outcomes = Map.groupBy(digests, ({ subject }) => subject)
  const verified = report.components.filter(({ purl }) =>
    outcomes.get(purl)?.every(({ outcome }) => outcome === 'verified')
  )
  return {
    durationMs: stage.durationMs,
    stats: stage.stats,
    verified: verified.map(({ name, version }) => `${name}@${version}`)
  }
}
