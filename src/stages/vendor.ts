import { checkout } from './checkout.ts'
import { inventory } from './inventory.ts'
import { policyFile } from './policy-file.ts'
import { defineStage, type RunContext } from './stage.ts'
import * as rules from './vendor/rules.ts'
import type { Given } from './vendor/verify.ts'

/** Checks files that lie in the checkout itself and that somebody else made: bytes, and who signed them. */
export const vendor = defineStage({
  id: 'vendor',
  title: 'Verify vendored files',
  needs: { checkout, inventory, policy: policyFile },
  rules: Object.values(rules),
  async run(context, given) {
    // A parser of YAML is much code, and most checkouts vendor nothing.
    if (!mayVendor(context, given)) {
      const nothing = 'no folder has a vendor.lock.yaml, and none was asked for'
      return { output: undefined, nothing, stats: { folders: 0 } }
    }
    const { verifyVendored } = await import('./vendor/verify.ts')
    return verifyVendored(context, given)
  }
})

/** Whether the checkout has such a folder, had one, or should have one. */
function mayVendor(
  { settings, reports }: RunContext,
  { inventory: found, policy }: Given
): boolean {
  const lockfiles = [...found.lockfiles, ...(found.base?.lockfiles ?? [])]
  const subjects = reports.flatMap(({ findings }) => findings).map(({ subject }) => subject)
  return (
    settings.vendor.length > 0 ||
    policy.vendor.keys.length > 0 ||
    lockfiles.some(({ path }) => isLock(path)) ||
    subjects.some(isLock)
  )
}

function isLock(path: string): boolean {
  return /(?:^|\/)vendor\.lock\.ya?ml$/.test(path)
}
