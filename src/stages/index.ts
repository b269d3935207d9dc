import { checkout } from './checkout.ts'
import { files } from './files.ts'
import { images } from './images.ts'
import { integrity } from './integrity.ts'
import { inventory } from './inventory.ts'
import { policy } from './policy.ts'
import { policyFile } from './policy-file.ts'
import { provenance } from './provenance.ts'
import { sbom } from './sbom.ts'
import { sign } from './sign.ts'
import { signatures } from './signatures.ts'
import type { Mode } from '../model/settings.ts'
import type { Stage } from './stage.ts'
import { upload } from './upload.ts'
import { vendor } from './vendor.ts'
import { verify } from './verify.ts'

/** Every stage, first to last. One line per stage; a stage comes after all it needs. */
export const STAGES: readonly Stage[] = [
  checkout,
  policyFile,
  inventory,
  images,
  files,
  integrity,
  signatures,
  vendor,
  sbom,
  provenance,
  verify,
  policy,
  sign,
  upload
]

/** What `mode: verify` needs: it looks at nothing of the checkout but whom to trust. */
const VERIFYING: readonly Stage[] = [checkout, policyFile, verify, policy, upload]

/** The stages of a run, first to last. */
export function stagesOf(mode: Mode): readonly Stage[] {
  return mode === 'verify' ? VERIFYING : STAGES.filter((stage) => stage !== verify)
}
