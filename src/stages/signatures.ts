import type { PublisherRule } from '../model/policy.ts'
import type { SigstoreTargets } from '../services/sigstore-targets.ts'
import type { Host } from '../host/host.ts'
import type { SignatureSource } from '../services/signature-source.ts'
import { inventory } from './inventory.ts'
import { policyFile } from './policy-file.ts'
import { askAll, type Asker } from './signatures/asking.ts'
import { basesOf } from './signatures/basis.ts'
import { driftOf } from './signatures/drift.ts'
import { findingsOf } from './signatures/findings.ts'
import { countOf, observedIn, silencesIn } from './signatures/observed.ts'
import { planOf, whyEmpty } from './signatures/plan.ts'
import { heldToPublishers, unprovenAt } from './signatures/publishers.ts'
import * as rules from './signatures/rules.ts'
import { sectionOf } from './signatures/section.ts'
import { defineStage, type Inventory, type RunContext, type StageResult } from './stage.ts'

/** Checks who signed the dependencies: over the bytes that `integrity` read, where it read them. */
export const signatures = defineStage({
  id: 'signatures',
  title: 'Verify signatures of dependencies',
  needs: { inventory, policy: policyFile },
  rules: Object.values(rules),
  async run(context, inputs) {
    const found = inputs.inventory
    // Clients of registries are much code, and a checkout may lock nothing.
    const sources = found.components.length === 0 ? [] : await allSources()
    return verifySigned(context, { found, publishers: inputs.policy.publishers }, sources)
  }
})

async function allSources(): Promise<readonly SignatureSource[]> {
  const { SIGNATURE_SOURCES } = await import('../services/index.ts')
  return SIGNATURE_SOURCES
}

/** What is to be verified, and what it is held to. */
export interface Signed {
  readonly found: Inventory
  readonly publishers: readonly PublisherRule[]
}

/** The stage over given sources. Never throws for what a registry does: that is `unavailable`. */
export async function verifySigned(
  context: RunContext,
  { found, publishers }: Signed,
  sources: readonly SignatureSource[]
): Promise<StageResult<undefined>> {
  const { host, settings } = context
  const asker = askerOf(context, found)
  const plan = planOf(found, { mode: settings.integrity, sources, isRead: asker.isRead })
  if (plan.items.length === 0) {
    return { output: undefined, nothing: whyEmpty(plan, found, sources), stats: { files: 0 } }
  }
  const answers = await askAll(asker, plan.items, sources)
  const { observed, findings } = heldToPublishers(
    observedIn(answers, host.now()),
    answers.asked,
    publishers
  )
  const silences = silencesIn(answers, host.now())
  const drift = await driftOf(asker, answers, found.base)
  return {
    output: undefined,
    findings: [
      ...findingsOf(observed, silences),
      ...findings,
      ...unprovenAt(answers.silent, publishers),
      ...drift.findings
    ],
    evidence: [...observed, ...silences].map(({ evidence }) => evidence),
    section: sectionOf(plan, observed, silences),
    stats: {
      files: plan.items.length,
      verified: countOf(observed, 'verified'),
      contradicted: countOf(observed, 'contradicted'),
      absent: countOf(observed, 'absent'),
      unavailable: countOf(observed, 'unavailable'),
      silentRegistries: silences.length,
      comparedWithBase: drift.compared
    }
  }
}

function askerOf({ host, settings, signal, reports }: RunContext, found: Inventory): Asker {
  return {
    host,
    signal,
    offline: settings.offline,
    concurrency: settings.concurrency,
    ...basesOf(reports),
    context: {
      host,
      signal,
      trusted: trustedOnce(host, signal),
      ...(settings.npmSignaturesFrom !== undefined && {
        npmSignaturesFrom: settings.npmSignaturesFrom
      }),
      lockfiles: found.lockfiles.filter(({ fixture }) => !fixture).map(({ path }) => path)
    }
  }
}

/** Trust material is asked for when the first signature is looked at. */
function trustedOnce(host: Host, signal: AbortSignal): () => Promise<SigstoreTargets> {
  let targets: Promise<SigstoreTargets> | undefined
  const ask = async (): Promise<SigstoreTargets> => {
    const { sigstoreTargets } = await import('../services/sigstore-targets.ts')
    return sigstoreTargets(host, signal)
  }
  return () => (targets ??= ask())
}
