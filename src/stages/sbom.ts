import { cyclonedxOf } from '../formats/cyclonedx.ts'
import { type Created, type SbomFacts, sbomFactsOf } from '../formats/sbom.ts'
import { spdxOf } from '../formats/spdx.ts'
import type { Host } from '../host/host.ts'
import type { Checkout } from '../model/checkout.ts'
import type { Document } from '../model/document.ts'
import { InputError } from '../model/errors.ts'
import { checkout } from './checkout.ts'
import { inventory } from './inventory.ts'
import { INCOMPLETE } from './inventory/rules.ts'
import { sectionOf } from './sbom/section.ts'
import { defineStage } from './stage.ts'

/** Output of `sbom`: what was written, to be written again into statements. */
export interface Sboms {
  readonly spdx: Document
  readonly cyclonedx: Document
}

/** Writes what is in the checkout, and what was verified of it, as SPDX and CycloneDX. */
export const sbom = defineStage({
  id: 'sbom',
  title: 'Write the SBOMs',
  needs: { checkout, inventory },
  rules: [],
  run(context, { checkout: where, inventory: found }) {
    const findings = context.reports.flatMap((report) => report.findings)
    const facts = sbomFactsOf({
      toolVersion: context.version,
      created: createdOf(context.host.env, where),
      checkout: where,
      components: found.components,
      lockfiles: found.lockfiles,
      gaps: found.gaps,
      unreadable: findings
        .filter((finding) => INCOMPLETE.includes(finding.rule))
        .map((finding) => finding.subject)
        .sort(),
      evidence: context.reports.flatMap((report) => report.evidence)
    })
    const output: Sboms = { spdx: spdxOf(facts), cyclonedx: cyclonedxOf(facts) }
    const documents = [output.spdx, output.cyclonedx]
    return Promise.resolve({
      output,
      documents,
      section: sectionOf(facts, documents),
      stats: {
        components: facts.components.length,
        edges: edgesIn(facts),
        licensed: facts.components.filter(({ licenses }) => licenses.length > 0).length
      }
    })
  }
})

/** The earliest time that a zip archive can hold: nobody takes it for a real one. */
const NO_TIME = '1980-01-01T00:00:00Z'

/**
 * The time that documents carry, the same for the same checkout.
 *
 * @throws InputError `INPUT_INVALID` when SOURCE_DATE_EPOCH is no time
 * @see https://reproducible-builds.org/specs/source-date-epoch/
 */
function createdOf(env: Host['env'], { committedAt }: Checkout): Created {
  const epoch = env['SOURCE_DATE_EPOCH'] ?? ''
  if (epoch !== '') return { at: timeOfEpoch(epoch), from: 'SOURCE_DATE_EPOCH' }
  if (committedAt === undefined || !Number.isFinite(Date.parse(committedAt))) {
    return { at: NO_TIME, from: 'fallback' }
  }
  return { at: inSeconds(new Date(committedAt)), from: 'commit' }
}

/** SPDX has four digits for a year: 9999-12-31T23:59:59Z. */
const LAST_EPOCH = 253_402_300_799

function timeOfEpoch(epoch: string): string {
  if (/^\d{1,12}$/.test(epoch) && Number(epoch) <= LAST_EPOCH) {
    return inSeconds(new Date(Number(epoch) * 1000))
  }
  throw new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot read the variable SOURCE_DATE_EPOCH: found "${epoch.slice(0, 40)}", expected seconds since 1970`,
    remedy: 'Set it to `git log -1 --format=%ct`, or unset it to use the time of the commit'
  })
}

function inSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}

function edgesIn({ components, direct }: SbomFacts): number {
  return components.reduce((sum, component) => sum + component.dependsOn.length, direct.length)
}
