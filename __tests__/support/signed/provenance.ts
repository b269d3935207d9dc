import { createHash } from 'node:crypto'
import { bundleOf, type Identity, type Sigstore } from './sigstore.ts'

const ISSUER = 'https://token.actions.githubusercontent.com'

/** Certificate of a workflow of GitHub, as Fulcio names it today. */
export function workflowIdentity({
  repository,
  workflow = 'release.yml',
  ref = 'refs/heads/main',
  builder
}: {
  readonly repository: string
  readonly workflow?: string
  readonly ref?: string
  /** Address of a reusable workflow that signs. */
  readonly builder?: string
}): Identity {
  const started = `${repository}/.github/workflows/${workflow}@${ref}`
  const signs = builder ?? started
  return {
    san: signs,
    extensions: {
      8: ISSUER,
      9: signs,
      11: 'github-hosted',
      12: repository,
      13: 'c'.repeat(40),
      14: ref,
      18: started
    }
  }
}

/** An entry of npm's attestations: provenance of a version, from the repository `octo/<name>` unless said. */
export function provenanceOf(
  sigstore: Sigstore,
  {
    name,
    version,
    body,
    identity = workflowIdentity({ repository: `https://github.com/octo/${name}` })
  }: {
    readonly name: string
    readonly version: string
    readonly body: string
    readonly identity?: Identity
  }
): unknown {
  const predicateType = 'https://slsa.dev/provenance/v1'
  const sha512 = createHash('sha512').update(body).digest('hex')
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: `pkg:npm/${name.replace('@', '%40')}@${version}`, digest: { sha512 } }],
    predicateType,
    predicate: {}
  }
  return { predicateType, bundle: bundleOf(sigstore, { statement, signer: identity }) }
}
