import { checkout } from './checkout.ts'
import { policyFile } from './policy-file.ts'
import { defineStage } from './stage.ts'
import * as rules from './verify/rules.ts'

/** Verifies what somebody else signed: images, files, bundles. */
export const verify = defineStage({
  id: 'verify',
  title: 'Verify what was signed',
  needs: { checkout, policy: policyFile },
  rules: Object.values(rules),
  essential: true,
  async run(context, { checkout: where }) {
    // Most runs look at a checkout.
    const { verifySubjects } = await import('./verify/verify.ts')
    return verifySubjects(context, where)
  }
})
