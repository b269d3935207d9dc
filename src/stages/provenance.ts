import type { Predicates } from '../model/predicate.ts'
import { NOT_ASKED_FOR } from '../model/report.ts'
import { checkout } from './checkout.ts'
import { files } from './files.ts'
import { images } from './images.ts'
import * as rules from './provenance/rules.ts'
import { sectionOf } from './provenance/section.ts'
import { sbom } from './sbom.ts'
import { whyNoWay } from './sign/way.ts'
import { defineStage, type RunContext } from './stage.ts'

const NONE: Predicates = { list: [], missing: [] }

/** Makes what is stated about every image and file: what went into it, and where it was built. */
export const provenance = defineStage({
  id: 'provenance',
  title: 'Write the statements',
  needs: { checkout, images, files, sbom },
  rules: Object.values(rules),
  skipReason,
  idle: NONE,
  async run(context, given) {
    if (given.images.length === 0 && given.files.length === 0) {
      return { output: NONE, nothing: 'there is no image and no file to state anything about' }
    }
    // Most runs state nothing.
    const { makePredicates } = await import('./provenance/predicates.ts')
    const { checkout: where, sbom: sboms } = given
    const { predicates, findings } = await makePredicates(context, { checkout: where, sboms })
    return {
      output: predicates,
      findings,
      section: sectionOf(predicates),
      stats: { statements: predicates.list.length, missing: predicates.missing.length }
    }
  }
})

/** What nobody signs need not be stated. */
function skipReason(context: RunContext): string | undefined {
  const { sign, images: named, offline } = context.settings
  const isNothing =
    named.length === 0 && sign.subjectPaths.length === 0 && sign.subjectChecksums === undefined
  if (sign.mode === 'off' || isNothing) return NOT_ASKED_FOR
  if (offline) return 'the run uses no network'
  return whyNoWay(context) === undefined ? undefined : 'nothing is signed in this run'
}
