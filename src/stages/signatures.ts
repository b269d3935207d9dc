import type { SignatureSource } from '../services/signature-source.ts'
import { inventory } from './inventory.ts'
import { askAll } from './signatures/asking.ts'
import { basesOf } from './signatures/basis.ts'
import { countOf, findingsOf } from './signatures/findings.ts'
import { observedIn, silencesIn } from './signatures/observed.ts'
import { planOf } from './signatures/plan.ts'
import * as rules from './signatures/rules.ts'
import { sectionOf } from './signatures/section.ts'
import { defineStage, type Inventory, type RunContext, type StageResult } from './stage.ts'

/** Checks who signed the dependencies: over the bytes that `integrity` read, where it read them. */
export const signatures = defineStage({
  id: 'signatures',
  title: 'Verify signatures of dependencies',
  needs: { inventory },
  rules: Object.values(rules),
  async run(context, inputs) {
    const found = inputs.inventory
    // Clients of registries are much code, and a checkout may lock nothing.
    const sources = found.components.length === 0 ? [] : await allSources()
    return verifySigned(context, found, sources)
  }
})

async function allSources(): Promise<readonly SignatureSource[]> {
  const { SIGNATURE_SOURCES } = await import('../services/index.ts')
  return SIGNATURE_SOURCES
}

/** The stage over given sources. Never throws for what a registry does: that is `unavailable`. */
export async function verifySigned(
  context: RunContext,
  found: Inventory,
  sources: readonly SignatureSource[]
): Promise<StageResult<undefined>> {
  const { host, settings, signal } = context
  const ecosystems = sources.map(({ ecosystem }) => ecosystem)
  const plan = planOf(found, settings.integrity, ecosystems)
  if (plan.items.length === 0) return { output: undefined, stats: { files: 0 } }
  const asker = {
    host,
    signal,
    offline: settings.offline,
    concurrency: settings.concurrency,
    basisOf: basesOf(context.reports),
    context: {
      host,
      signal,
      lockfiles: found.lockfiles.filter(({ fixture }) => !fixture).map(({ path }) => path)
    }
  }
  const answers = await askAll(asker, plan.items, sources)
  const observed = observedIn(answers, host.now())
  const silences = silencesIn(answers, host.now())
  return {
    output: undefined,
    findings: findingsOf(observed, silences),
    evidence: [...observed, ...silences].map(({ evidence }) => evidence),
    section: sectionOf(plan, observed, silences),
    stats: {
      files: plan.items.length,
      verified: countOf(observed, 'verified'),
      contradicted: countOf(observed, 'contradicted'),
      absent: countOf(observed, 'absent'),
      unavailable: countOf(observed, 'unavailable'),
      silentRegistries: silences.length
    }
  }
}
