import { cargoRegistry } from './cargo-registry.ts'
import { goProxy } from './go-proxy.ts'
import { npmRegistry } from './npm-registry.ts'
import type { Registry } from './registry.ts'

/** The package registries that we can ask, by ecosystem. One line each. */
export const REGISTRIES: readonly Registry[] = [npmRegistry, cargoRegistry, goProxy]
