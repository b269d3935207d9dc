import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSigstore } from '../../__tests__/support/services/sigstore/sigstore.ts'

/** What the workflow runner takes as a service: what steps have in their environment, and how it ends. */
interface Services {
  readonly env: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** The reusable workflow, as the tokens of its jobs name it. */
const BUILDER = 'octo-org/assay/.github/workflows/attest.yml@refs/tags/v1'

/** An embedded Sigstore, whose roots lie in the checkout that CHECKOUT names before the workflow runs. */
export async function startActionsServices(): Promise<Services> {
  const checkout = process.env['CHECKOUT'] ?? ''
  const git = ['-C', checkout, 'rev-parse', 'HEAD']
  const sha = execFileSync('git', git, { encoding: 'utf8' }).trim()
  const claims = { sha, workflow_sha: sha, job_workflow_ref: BUILDER, job_workflow_sha: sha }
  const sigstore = await startSigstore({ claims })
  writeFileSync(join(checkout, 'trusted-root.json'), JSON.stringify(sigstore.trustedRoot))
  writeFileSync(join(checkout, 'signing-config.json'), JSON.stringify(sigstore.signingConfig(1)))
  const path = join(checkout, '.github/workflows/attest.yml')
  const workflow = readFileSync(path, 'utf8').replace('<issuer>', sigstore.oidc.issuer())
  writeFileSync(path, workflow)
  return { env: sigstore.env, close: () => sigstore.close() }
}
