import { type JsonObject, jsonObjectOf } from '../formats/json.ts'

/** The trust material that Assay carries, for where nothing newer can be had. */
export interface SigstoreSeed {
  /** When it was taken from Sigstore's TUF repository, ISO 8601 date: the release of the package that holds it. */
  readonly takenAt: string
  /** Address of the repository. */
  readonly repository: string
  /** Its root metadata, from which trust in newer material begins. */
  readonly root: unknown
  /** JSON of a target; nothing when the seed has none of this name. */
  target(name: string): unknown
}

/** Release date of the pinned version of @sigstore/tuf. */
const TAKEN_AT = '2026-11-05'

/**
 * Loads what came with Assay of Sigstore's TUF repository.
 *
 * @see https://github.com/sigstore/root-signing
 */
export async function sigstoreSeed(): Promise<SigstoreSeed> {
  const { default: seeds } = await import('@sigstore/tuf/seeds.json', { with: { type: 'json' } })
  const [[address, seed] = ['', undefined]] = Object.entries(seeds as JsonObject)
  const { 'root.json': root, targets } = jsonObjectOf(seed) ?? {}
  return {
    takenAt: TAKEN_AT,
    repository: address,
    root: jsonIn(root),
    target(path) {
      // Paths are escaped there, as names of files.
      const name = encodeURIComponent(path)
      const files = jsonObjectOf(targets) ?? {}
      return Object.hasOwn(files, name) ? jsonIn(files[name]) : undefined
    }
  }
}

function jsonIn(base64: unknown): unknown {
  if (typeof base64 !== 'string') return undefined
  return JSON.parse(Buffer.from(base64, 'base64').toString('utf8')) as unknown
}
