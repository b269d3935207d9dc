import { createHash } from 'node:crypto'
import { startRegistry, type PackageRegistry } from '../../__tests__/support/services/registry.ts'
import {
  keysTarget,
  signatureOf,
  sriOf,
  testKey,
  type TestKey
} from '../../__tests__/support/signed/npm-registry.ts'
import { provenanceOf } from '../../__tests__/support/signed/provenance.ts'
import { bundleOf, newSigstore, type Sigstore } from '../../__tests__/support/signed/sigstore.ts'

const PUBLISH = 'https://github.com/npm/attestation/tree/main/specs/publish/v0.1'

/** Packages that a registry on the loopback address serves as npm's does, and what they are verified with. */
export interface AttestedPackages {
  readonly registry: PackageRegistry
  readonly packages: readonly AttestedPackage[]
  /** JSON: the authorities, and the registry's keys. */
  readonly trustedRoot: unknown
  readonly keys: unknown
}

export interface AttestedPackage {
  readonly name: string
  readonly body: string
  /** Entries of `attestations`: of the build, and of the publication. */
  readonly attestations: readonly unknown[]
}

/** Signs so many packages, in version 1.0.0, each with a signature, provenance and a publish attestation. */
export async function attestedPackages(count: number, bytes: number): Promise<AttestedPackages> {
  const sigstore = newSigstore()
  const [signs, attests] = [testKey(), testKey('npm:attestations')]
  const packages = Array.from({ length: count }, (_, at) => {
    const name = `attested-${at}`
    const body = `${name} `.repeat(Math.ceil(bytes / (name.length + 1)))
    return { name, body, attestations: attestationsOf(sigstore, attests, { name, body }) }
  })
  const files = packages.flatMap(({ name, body, attestations }) => {
    const integrity = sriOf(body)
    const signatures = [signatureOf(signs, `${name}@1.0.0:${integrity}`)]
    const dist = { integrity, signatures, attestations: { url: 'https://elsewhere.example/' } }
    return [
      [`/-/npm/v1/attestations/${name}@1.0.0`, JSON.stringify({ attestations })],
      [`/${name}`, JSON.stringify({ versions: { '1.0.0': { dist } } })],
      [`/${name}/-/${name}-1.0.0.tgz`, body]
    ] as const
  })
  return {
    registry: await startRegistry({ files: Object.fromEntries(files) }),
    packages,
    trustedRoot: sigstore.trustedRoot,
    keys: keysTarget([signs, attests])
  }
}

function attestationsOf(
  sigstore: Sigstore,
  key: TestKey,
  { name, body }: { readonly name: string; readonly body: string }
): readonly unknown[] {
  const sha512 = createHash('sha512').update(body).digest('hex')
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: `pkg:npm/${name}@1.0.0`, digest: { sha512 } }],
    predicateType: PUBLISH,
    predicate: { name, version: '1.0.0', registry: 'https://registry.example' }
  }
  const published = bundleOf(sigstore, { statement, signer: key })
  return [
    provenanceOf(sigstore, { name, version: '1.0.0', body }),
    { predicateType: PUBLISH, bundle: published }
  ]
}
