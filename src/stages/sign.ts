import { NOT_ASKED_FOR } from '../model/report.ts'
import { checkout } from './checkout.ts'
import { files } from './files.ts'
import { images } from './images.ts'
import { policyFile } from './policy-file.ts'
import { provenance } from './provenance.ts'
import * as rules from './sign/rules.ts'
import { whyNoWay } from './sign/way.ts'
import { defineStage, type RunContext } from './stage.ts'

/** Signs what is shipped, brings signatures and statements to where they are looked for, and reads them back from there. */
export const sign = defineStage({
  id: 'sign',
  title: 'Sign what is shipped',
  needs: { checkout, policyFile, images, files, provenance },
  rules: Object.values(rules),
  skipReason: (context) => notAsked(context) ?? whyNoWay(context),
  async run(context, inputs) {
    // Most runs sign nothing.
    const { signEverything } = await import('./sign/run.ts')
    return signEverything(context, inputs)
  }
})

function notAsked({
  settings: { sign: asked, images: named, offline }
}: RunContext): string | undefined {
  const isNothing =
    named.length === 0 && asked.subjectPaths.length === 0 && asked.subjectChecksums === undefined
  if (asked.mode === 'off' || isNothing) return NOT_ASKED_FOR
  return offline ? 'the run uses no network' : undefined
}
