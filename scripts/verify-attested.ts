/**
 * Verifies packages that a registry serves with signatures and attestations, as the stages `integrity` and
 * `signatures` do, held to authorities that no run can be told of: it runs from the source.
 *
 * Usage: node scripts/verify-attested.ts <given.json>
 *
 * `given.json` is what scripts/bench/verifying.ts writes. Prints `{ "stageMs": …, "verified": …, "perSecond": … }`.
 */
import { readFileSync } from 'node:fs'
import { runContext } from '../__tests__/support/run-context.ts'
import { lockedPackage } from '../__tests__/support/signed/npm-registry.ts'
import { terminalHost } from '../src/host/terminal.ts'
import { npmRegistry } from '../src/services/npm-registry.ts'
import { registryKeysIn } from '../src/services/npm-registry/keys.ts'
import { npmSignaturesBy } from '../src/services/npm-registry/signatures.ts'
import { bundleVerifier } from '../src/services/sigstore-verify.ts'
import { verifyLocked } from '../src/stages/integrity.ts'
import { verifySigned } from '../src/stages/signatures.ts'
import type { AttestedPackage } from './bench/attested-packages.ts'

interface Given {
  readonly url: string
  readonly packages: readonly AttestedPackage[]
  readonly trustedRoot: unknown
  readonly keys: unknown
  /** How long bundles are verified over and over, in milliseconds; 0: not at all. */
  readonly loopMs: number
}

async function main(): Promise<void> {
  const given = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Given
  const result = given.loopMs > 0 ? await looped(given) : await staged(given)
  process.stdout.write(`${JSON.stringify(result)}\n`)
}

/** Both stages once. */
async function staged({ url, packages, trustedRoot, keys }: Given): Promise<object> {
  const trust = { keys: registryKeysIn(keys), trustedRoot, asOf: '2026-01-01' }
  const settings = { path: process.cwd(), out: process.cwd(), offline: false, concurrency: 16 }
  const { signal } = new AbortController()
  const { PATH = '' } = process.env
  const env = { PATH, npm_config_registry: url }
  const terminal = { env, out: process.stdout, err: process.stderr }
  const host = terminalHost({ terminal, settings, signal, volume: 'quiet' })
  const context = runContext(host, settings)
  const components = packages.map(({ name, body }) => lockedPackage(name, '1.0.0', body))
  const found = { components, gaps: [], lockfiles: [] }
  const { evidence = [] } = await verifyLocked(context, found, [npmRegistry])
  const report = { stage: 'integrity', title: '', status: 'completed' as const }
  const reports = [{ ...report, durationMs: 0, findings: [], evidence, stats: {} }]
  const started = performance.now()
  const source = npmSignaturesBy(() => Promise.resolve(trust))
  const signed = await verifySigned({ ...context, reports }, { found, publishers: [] }, [source])
  const stageMs = performance.now() - started
  const good = signed.evidence?.filter(({ outcome }) => outcome === 'verified') ?? []
  const attested = good.filter(({ kind }) => kind === 'attestation').length
  return { stageMs, verified: good.length, attested }
}

/** Bundles alone, with nothing to fetch. */
async function looped({ packages, trustedRoot, keys, loopMs }: Given): Promise<object> {
  const verify = await bundleVerifier({
    trustedRoot,
    keys: registryKeysIn(keys),
    asOf: '2026-01-01'
  })
  const bundles = packages.flatMap(({ attestations }) =>
    attestations.map((entry) => (entry as { readonly bundle: unknown }).bundle)
  )
  const started = performance.now()
  let verified = 0
  while (performance.now() - started < loopMs) {
    for (const bundle of bundles) {
      const said = verify(bundle)
      if ('statement' in said) verified++
      else throw new Error(`not verified: ${JSON.stringify(said)}`)
    }
  }
  return { perSecond: (verified * 1000) / (performance.now() - started) }
}

void main()
