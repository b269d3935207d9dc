import type { HttpClient } from '../../host/host.ts'
import { type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import { type Digest, digestFromHex, digestsFromSri } from '../../model/digest.ts'
import { ServiceError } from '../../model/errors.ts'
import { jsonAsker, MAX_PACKUMENT_BYTES, MAX_VERSION_BYTES } from './answers.ts'

/** What a registry states about one version of a package. */
export interface StatedVersion {
  /** Where it was said. */
  readonly source: string
  readonly digests: readonly Digest[]
  /** Address of its archive, as the registry gives it. */
  readonly tarball?: string
}

/** A question about one version. */
export interface VersionQuestion {
  /** Ends with `/`. */
  readonly registry: URL
  readonly name: string
  readonly version: string
  readonly authorization: string | undefined
}

/** The index of packages of a registry. */
export interface PackageIndex {
  /**
   * @returns nothing when the registry knows no such package or version
   * @throws ServiceError
   */
  ask(question: VersionQuestion): Promise<StatedVersion | undefined>
}

/** What is kept of a document: `dist` of each version. */
type Dists = ReadonlyMap<string, JsonObject>

/**
 * Asks for each package's document once.
 *
 * @see https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md
 */
export function packageIndex(http: HttpClient, signal: AbortSignal): PackageIndex {
  const known = new Map<string, Promise<Dists | undefined>>()
  const fetchJson = jsonAsker(http, signal)
  const documentAt = async (
    url: string,
    authorization: string | undefined
  ): Promise<Dists | undefined> => {
    const document = await fetchJson(url, { authorization, maxBytes: MAX_PACKUMENT_BYTES })
    return document && distsIn(document)
  }
  return {
    async ask({ registry, name, version, authorization }) {
      const url = `${registry.href}${name.replace('/', '%2f')}`
      const key = `${url}\n${authorization ?? ''}`
      const document = known.get(key) ?? documentAt(url, authorization)
      known.set(key, document)
      try {
        const dist = (await document)?.get(version)
        return dist && statedBy(url, dist)
      } catch (error) {
        const tooLong = error instanceof ServiceError && error.code === 'SERVICE_LIMIT_EXCEEDED'
        if (!tooLong) throw error
      }
      const single = `${url}/${encodeURIComponent(version)}`
      const manifest = await fetchJson(single, { authorization, maxBytes: MAX_VERSION_BYTES })
      const dist = manifest && jsonObjectOf(manifest['dist'])
      return dist && statedBy(single, dist)
    }
  }
}

function distsIn(document: JsonObject): Dists {
  const dists = new Map<string, JsonObject>()
  for (const [version, manifest] of Object.entries(jsonObjectOf(document['versions']) ?? {})) {
    const { integrity, shasum, tarball } = jsonObjectOf(jsonObjectOf(manifest)?.['dist']) ?? {}
    dists.set(version, { integrity, shasum, tarball })
  }
  return dists
}

function statedBy(source: string, { integrity, shasum, tarball }: JsonObject): StatedVersion {
  const strong = typeof integrity === 'string' ? digestsFromSri(integrity) : []
  const sha1 = typeof shasum === 'string' ? digestFromHex('sha1', shasum) : undefined
  const isNew = sha1 && !strong.some(({ algorithm }) => algorithm === 'sha1')
  return {
    source,
    digests: isNew ? [...strong, sha1] : strong,
    ...(typeof tarball === 'string' && { tarball })
  }
}
