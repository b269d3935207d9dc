import { posix } from 'node:path'
import type { Component, LockedFile } from '../model/component.ts'
import { digestFromHex } from '../model/digest.ts'
import { type Index, cargoConfigs } from './cargo-registry/config.ts'
import { type Crate, sparseIndexes } from './cargo-registry/sparse-index.ts'
import type {
  IndexEntry,
  Registry,
  RegistryClient,
  RegistryContext,
  RemoteFile
} from './registry.ts'

/** Largest archive that is read, in bytes: crates.io takes a fiftieth of it, other registries more. */
const MAX_CRATE_BYTES = 512 * 1024 * 1024

/** What a crate may be called, and a version of it: nothing that moves an address. */
const NAME = /^[\p{L}\p{N}_-]{1,128}$/u
const VERSION = /^[0-9A-Za-z.+-]{1,128}$/

/** crates.io and other registries with a sparse index, as Cargo's configuration names them. */
export const cargoRegistry: Registry = { ecosystem: 'crates.io', connect }

function connect({ host, signal }: RegistryContext): RegistryClient {
  const configOf = cargoConfigs(host)
  const indexes = sparseIndexes(host.http, signal)
  const questionOf = (component: Component, file: LockedFile): Question | undefined => {
    const { origin, name, version } = component
    if (origin.kind !== 'registry' || !NAME.test(name) || !VERSION.test(version)) return undefined
    const folder = posix.dirname(file.location.path)
    const index = configOf(folder === '.' ? '' : folder).indexOf(origin.url)
    const sha256 = file.digests.find(({ algorithm }) => algorithm === 'sha256')?.hex ?? ''
    return { index, crate: { name, version, sha256 } }
  }
  return {
    // Cargo fetches the crates of all platforms.
    selects: () => true,

    async locate(component, file): Promise<RemoteFile | undefined> {
      const question = questionOf(component, file)
      if (!question) return undefined
      const { index, crate } = question
      const url = await indexes.archiveOf(index, crate)
      // Cargo sends the token wherever the index sends it; here no index can give it to another host.
      const isSame = url.origin === new URL(index.url).origin
      return {
        url: url.href,
        maxBytes: MAX_CRATE_BYTES,
        ...(isSame && index.authorization !== undefined && { authorization: index.authorization })
      }
    },

    async indexEntry(component, file): Promise<IndexEntry | undefined> {
      const question = questionOf(component, file)
      const stated = question && (await indexes.entryOf(question.index, question.crate))
      const digest = stated && digestFromHex('sha256', stated.sha256)
      if (!stated || !digest) return undefined
      const { source, yanked } = stated
      return { source, digests: [digest], ...(yanked && { withdrawn: true }) }
    }
  }
}

interface Question {
  readonly index: Index
  readonly crate: Crate
}
