import type { HttpClient } from '../host/host.ts'
import type { Registry, RegistryClient, RegistryContext } from '../services/registry.ts'
import { byteReader } from './integrity/byte-reader.ts'
import { examine, type Examiner } from './integrity/examine.ts'
import { findingsOf } from './integrity/findings.ts'
import { inParallel } from './in-parallel.ts'
import { countByIndex, countOf, type Observation, OUTCOMES } from './integrity/observation.ts'
import { NO_DEPENDENCY, type Plan, planOf, whyEmpty } from './integrity/plan.ts'
import { ENDED, OFFLINE } from './integrity/obstacle.ts'
import * as rules from './integrity/rules.ts'
import { type Effort, sectionOf } from './integrity/section.ts'
import { inventory } from './inventory.ts'
import { defineStage, type Inventory, type RunContext, type StageResult } from './stage.ts'

/** Files under examination per request that may be under way: some wait for an index page or for a hash. */
const FILES_PER_REQUEST = 4

/** Output of `integrity`: what was observed, as the report has it. */
export interface IntegrityOutput {
  readonly mode: Plan['mode']
}

/** Compares every locked digest with the bytes that the registry serves. */
export const integrity = defineStage({
  id: 'integrity',
  title: 'Verify locked digests',
  needs: { inventory },
  rules: Object.values(rules),
  async run(context, inputs) {
    const found = inputs.inventory
    if (found.components.length === 0) {
      const { mode } = planOf(found, context.settings.integrity)
      return { output: { mode }, nothing: NO_DEPENDENCY, stats: { files: 0 } }
    }
    // Clients of registries are a third of all code.
    const { REGISTRIES } = await import('../services/index.ts')
    return verifyLocked(context, found, REGISTRIES)
  }
})

/** The stage over given registries. Never throws for what a registry does: that is `unavailable`. */
export async function verifyLocked(
  context: RunContext,
  found: Inventory,
  registries: readonly Registry[]
): Promise<StageResult<IntegrityOutput>> {
  const started = performance.now()
  const { host, settings, signal } = context
  const plan = planOf(found, settings.integrity)
  const http = counted(host.http)
  const clients = clientsOf(registries, {
    host: { ...host, http },
    signal,
    goChecksumDatabase: settings.goChecksumDatabase,
    lockfiles: found.lockfiles.filter(({ fixture }) => !fixture).map(({ path }) => path)
  })
  const examiner: Examiner = {
    host,
    mode: plan.mode,
    reader: byteReader(http, signal),
    clientOf: clients.of,
    stopped: () => (signal.aborted ? ENDED : settings.offline ? OFFLINE : undefined)
  }
  const progress = host.progress('Verifying locked digests', plan.items.length)
  try {
    const limit = settings.concurrency * FILES_PER_REQUEST
    const observations = await inParallel(plan.items, limit, async (item) => {
      const observation = await examine(examiner, item)
      progress.advance()
      return observation
    })
    const durationMs = performance.now() - started
    const effort = { ...http.counts(), durationMs }
    return resultOf(plan, observations, effort)
  } finally {
    progress.done()
    await clients.close()
  }
}

function resultOf(
  plan: Plan,
  observations: readonly Observation[],
  effort: Effort
): StageResult<IntegrityOutput> {
  const [verified = 0, ...others] = OUTCOMES.map((outcome) => countOf(observations, outcome))
  const [contradicted = 0, absent = 0, unavailable = 0] = others
  const nothing = whyEmpty(plan)
  return {
    output: { mode: plan.mode },
    ...(nothing !== undefined && { nothing }),
    findings: findingsOf(observations),
    evidence: observations.flatMap(({ evidence, more }) => [evidence, ...more]),
    section: sectionOf(plan, observations, effort),
    stats: {
      files: plan.items.length,
      verified,
      byIndexOnly: countByIndex(observations),
      contradicted,
      absent,
      unavailable,
      ...plan.skipped,
      bytesRead: effort.bytesRead,
      requests: effort.requests
    }
  }
}

interface CountedClient extends HttpClient {
  counts(): Pick<Effort, 'requests' | 'bytesRead'>
}

function counted(http: HttpClient): CountedClient {
  let [requests, bytesRead] = [0, 0]
  return {
    async fetch(request) {
      requests++
      const answer = await http.fetch(request)
      bytesRead += answer.bytes
      return answer
    },
    counts: () => ({ requests, bytesRead })
  }
}

interface Clients {
  readonly of: Examiner['clientOf']
  close(): Promise<void>
}

/** Connects to the registries of an ecosystem when the first file asks, once. */
function clientsOf(registries: readonly Registry[], context: RegistryContext): Clients {
  const made = new Map<string, () => RegistryClient | undefined>()
  const connect = (ecosystem: string): (() => RegistryClient | undefined) => {
    try {
      const registry = registries.find((candidate) => candidate.ecosystem === ecosystem)
      const client = registry?.connect(context)
      return () => client
    } catch (error) {
      return () => {
        throw error
      }
    }
  }
  return {
    of(ecosystem) {
      const client = made.get(ecosystem) ?? connect(ecosystem)
      made.set(ecosystem, client)
      return client()
    },
    async close() {
      for (const client of made.values()) {
        // One that could not be made has nothing to close.
        try {
          await client()?.close?.()
        } catch {}
      }
    }
  }
}
