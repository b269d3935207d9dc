/**
 * Signs with Assay and has real cosign and gh verify it, and the other way round, on Sigstore's own servers and real
 * registries on the loopback address. Prints a table; ends with 1 when one answer is not what it should be.
 *
 * Usage: npm run test:interop -- [options]
 *
 *   --only <text>    only what has this in its name, such as `olareg, Basic`; repeatable, all must match
 *   --write <file>   also puts the report between the markers in a document
 *   --json <file>    every question and every answer
 *   --build-only     only builds the programs
 *   --verbose        prints every cell as it is done
 *
 * Build `dist/` first. Needs Go, once, for minutes: the programs are kept in `.cache/sigstore-bin`. What cannot be
 * run here is said in a line that begins with `SKIPPED`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { assayFor } from './interop/assay.ts'
import { type Cell, isGood } from './interop/check.ts'
import { countServices } from './interop/counted-services.ts'
import { extrasOf } from './interop/extras.ts'
import { inTurn } from './interop/in-turn.ts'
import { judgesFor, offline } from './interop/judges.ts'
import { matrixOf, type Plan } from './interop/matrix.ts'
import { runProgram } from './interop/program.ts'
import {
  buildPrograms,
  JUDGES,
  missingForSigstore,
  programVersions,
  SERVICES,
  startSigstore
} from './interop/real-sigstore.ts'
import { hasDockerRegistry, startRegistries, writeDockerConfig } from './interop/registries.ts'
import { type Found, reportOf } from './interop/report.ts'
import { makeSigners } from './interop/signers.ts'
import { theirMatrixOf } from './interop/their-matrix.ts'
import { cosignFor } from './interop/theirs.ts'
import { writeInto } from './write-into.ts'

/** Cells at once: most of a cell is waiting for a log. */
const AT_ONCE = 3

/** For programs that need nothing else. */
const PATH = { PATH: process.env['PATH'] ?? '' }

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      write: { type: 'string' },
      json: { type: 'string' },
      'build-only': { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false }
    }
  })
  const missing = missingForSigstore()
  if (missing !== undefined) {
    skip('everything that needs real Sigstore', missing)
    return
  }
  buildPrograms()
  if (values['build-only']) return
  if (!hasDockerRegistry()) skip('the registry without the referrers API', 'no docker-registry')
  const stops: (() => void)[] = []
  const stopAll = (): void => {
    for (const stop of stops.splice(0).toReversed()) stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      stopAll()
      process.exit(1)
    })
  }
  try {
    const found = await findOut(stops, values)
    const report = reportOf(found)
    process.stdout.write(`${report}\n`)
    if (values.write !== undefined) writeInto(values.write, 'interop', report)
    if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(found, undefined, 1))
    const all = [...found.ours, ...found.theirs, ...found.extras]
    const bad = all.filter((cell) => !isGood(cell)).length
    process.stdout.write(`${all.length - bad} cells as they should be, ${bad} not\n`)
    if (bad > 0 || all.length === 0) process.exitCode = 1
  } finally {
    stopAll()
  }
}

async function findOut(
  stops: (() => void)[],
  { only, verbose }: { readonly only: readonly string[]; readonly verbose: boolean }
): Promise<Found> {
  const sigstore = startSigstore()
  stops.push(sigstore.stop)
  const registries = await startRegistries(sigstore, stops)
  const services = await countServices(sigstore, stops)
  const logins = writeDockerConfig(join(sigstore.folder, 'docker'), registries)
  const signers = await makeSigners(sigstore)
  const cast = {
    assay: assayFor(sigstore, signers, logins),
    judges: judgesFor(sigstore, logins),
    signers
  }
  const env = { ...PATH, HOME: sigstore.folder, DOCKER_CONFIG: logins }
  const cosign = cosignFor({ sigstore, signers, env: { ...env, ...offline() } })
  const run = (plans: readonly Plan[], atOnce: number): Promise<readonly Cell[]> =>
    inTurn(
      plans
        .filter(({ name }) => only.every((text) => name.includes(text)))
        .map((plan) => () => tell(plan, verbose)),
      atOnce
    )
  const started = performance.now()
  const ours = await run(matrixOf(cast, registries), AT_ONCE)
  const theirs = await run(theirMatrixOf(cast, cosign, registries), AT_ONCE)
  const extras = await run(extrasOf(cast, services, registries), 1)
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  return { ours, theirs, extras, conditions: await conditionsOf(seconds) }
}

async function tell(plan: Plan, verbose: boolean): Promise<Cell> {
  const cell = await plan.run()
  const bad = !isGood(cell)
  if (verbose || bad) {
    const how = bad ? `NOT AS IT SHOULD BE ${cell.problem ?? ''}` : 'ok'
    process.stderr.write(`${plan.name}: ${how} (${(cell.ms / 1000).toFixed(1)} s)\n`)
  }
  return cell
}

async function conditionsOf(seconds: string): Promise<readonly string[]> {
  const versions = programVersions()
  const named = (names: readonly string[]): string =>
    names.map((name) => `${name} ${versions.get(name) ?? 'of no stated version'}`).join(', ')
  const { stdout } = await runProgram('docker-registry', ['--version'], { env: PATH })
  const debian = hasDockerRegistry()
    ? `docker-registry ${stdout.trim().split(' ').at(-1) ?? ''} (Debian's package; without it)`
    : 'no docker-registry: what is without it was left out'
  return [
    `Run on ${new Date().toISOString().slice(0, 10)} with Node ${process.version}, in ${seconds} s.`,
    `Sigstore on the loopback address: ${named(SERVICES)}; checkpoint interval of Rekor v2: 500 ms.`,
    `Registries: ${named(['olareg'])} (with the referrers API; it has no logins of its own, so a proxy of ours asks for them), ${debian}.`,
    `Verifiers, none of which can reach the internet: ${named(JUDGES)}.`
  ]
}

function skip(what: string, why: string): void {
  process.stdout.write(`SKIPPED: ${what}: ${why}\n`)
}

void main()
