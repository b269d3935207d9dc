import { type JsonObject, jsonObjectOf } from '../formats/json.ts'

/** The trust material that Assay carries, for where nothing newer can be had. */
export interface SigstoreSeed {
  /** When it was taken from Sigstore's TUF repository, ISO 8601 date: the release of the package that holds it. */
  readonly takenAt: string
  /** JSON of a TUF target of the public-good instance; nothing when the seed has none of this name. */
  target(name: string): unknown
}

/** Release date of the pinned version of @sigstore/tuf. */
const TAKEN_AT = '2026-11-05'

/**
 * Loads the targets of Sigstore's TUF repository that came with Assay.
 *
 * @see https://github.com/sigstore/root-signing
 */
export async function sigstoreSeed(): Promise<SigstoreSeed> {
  const { default: seeds } = await import('@sigstore/tuf/seeds.json', { with: { type: 'json' } })
  const [repository] = Object.values(seeds as JsonObject)
  const targets = jsonObjectOf(jsonObjectOf(repository)?.['targets']) ?? {}
  return {
    takenAt: TAKEN_AT,
    target(name) {
      const base64 = Object.hasOwn(targets, name) ? targets[name] : undefined
      if (typeof base64 !== 'string') return undefined
      return JSON.parse(Buffer.from(base64, 'base64').toString('utf8')) as unknown
    }
  }
}
