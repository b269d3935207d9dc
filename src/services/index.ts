import { cargoRegistry } from './cargo-registry.ts'
import { goProxy } from './go-proxy.ts'
import { npmSignatures } from './npm-registry/signatures.ts'
import { npmRegistry } from './npm-registry.ts'
import { pypiIndex } from './pypi-index.ts'
import type { Registry } from './registry.ts'
import { pypiAttestations } from './pypi-index/attestations.ts'
import type { SignatureSource } from './signature-source.ts'

/** The package registries that we can ask, by ecosystem. One line each. */
export const REGISTRIES: readonly Registry[] = [npmRegistry, pypiIndex, cargoRegistry, goProxy]

/** Who can be asked for signatures of packages, by ecosystem. One line each. */
export const SIGNATURE_SOURCES: readonly SignatureSource[] = [npmSignatures, pypiAttestations]
