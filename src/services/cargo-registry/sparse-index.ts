import { type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import type { HttpAnswer, HttpClient } from '../../host/host.ts'
import { ServiceError } from '../../model/errors.ts'
import { withoutSecrets } from '../../model/url.ts'
import type { Index } from './config.ts'

/** A version of a crate. */
export interface Crate {
  readonly name: string
  readonly version: string
  /** SHA-256 that the lock pins, in hex; some servers find the file by it. */
  readonly sha256: string
}

/** What an index states about a version. */
export interface StatedCrate {
  /** Where it was said. */
  readonly source: string
  /** SHA-256 in hex. */
  readonly sha256: string
  /** Its publisher has withdrawn it: locks may still name it, new ones do not get it. */
  readonly yanked: boolean
}

export interface SparseIndexes {
  /**
   * Where an index says that a crate's archive lies.
   *
   * @throws ServiceError when the index cannot be asked, or its answer is no configuration
   */
  archiveOf(index: Index, crate: Crate): Promise<URL>
  /**
   * @returns nothing when the index knows no such crate or version
   * @throws ServiceError
   */
  entryOf(index: Index, crate: Crate): Promise<StatedCrate | undefined>
}

/** Most bytes of `config.json`, which is under 200 everywhere. */
const MAX_CONFIG_BYTES = 64 * 1024

/** Most bytes of a crate's page: the longest on crates.io are a quarter of it. */
const MAX_PAGE_BYTES = 64 * 1024 * 1024

/**
 * Asks sparse indexes; each page once.
 *
 * @see https://doc.rust-lang.org/cargo/reference/registry-index.html
 */
export function sparseIndexes(http: HttpClient, signal: AbortSignal): SparseIndexes {
  const ask = (
    { url, authorization }: Index,
    path: string,
    maxBytes: number
  ): Promise<HttpAnswer> =>
    http.fetch({
      url: url + path,
      maxBytes,
      signal,
      compressed: true,
      ...(authorization !== undefined && { authorization })
    })
  const templateAt = async (index: Index): Promise<string> => {
    const answer = await ask(index, 'config.json', MAX_CONFIG_BYTES)
    const config = answer.status === 200 ? jsonIn(answer.body) : undefined
    if (typeof config?.['dl'] === 'string') return config['dl']
    throw noIndex(`${index.url}config.json`, `found status ${answer.status} and no "dl" in it`)
  }
  const pageAt = async (index: Index, path: string): Promise<Page | undefined> => {
    const answer = await ask(index, path, MAX_PAGE_BYTES)
    return answer.status === 200 ? pageOf(answer.body) : undefined
  }
  const templates = remembered(templateAt)
  const pages = remembered(pageAt)
  return {
    async archiveOf(index, crate) {
      const url = filledIn(await templates(index), crate)
      if (URL.canParse(url) && /^https?:/.test(url)) return new URL(url)
      throw noIndex(`${index.url}config.json`, 'found a "dl" that is no http or https address')
    },
    async entryOf(index, crate) {
      const path = pathOf(crate.name)
      const entry = (await pages(index, path))?.get(crate.version)
      return entry && { ...entry, source: index.url + path }
    }
  }
}

/** Asks once for each index and path. */
function remembered<T>(
  ask: (index: Index, path: string) => Promise<T>
): (index: Index, path?: string) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  return (index, path = '') => {
    const key = `${index.url}${path}\n${index.authorization ?? ''}`
    const answer = known.get(key) ?? ask(index, path)
    known.set(key, answer)
    return answer
  }
}

/** Folder of a crate's page, which keeps folders small: `1`, `2`, `3/a`, `ab/cd`. */
function prefixOf(name: string): string {
  if (name.length <= 2) return String(name.length)
  return name.length === 3 ? `3/${name.slice(0, 1)}` : `${name.slice(0, 2)}/${name.slice(2, 4)}`
}

function pathOf(name: string): string {
  const lower = name.toLowerCase()
  return `${prefixOf(lower)}/${encodeURIComponent(lower)}`
}

/** Without a marker, the template is where the path of the registry's API begins. */
function filledIn(template: string, { name, version, sha256 }: Crate): string {
  const markers: Readonly<Record<string, string>> = {
    '{crate}': name,
    '{version}': version,
    '{prefix}': prefixOf(name),
    '{lowerprefix}': prefixOf(name.toLowerCase()),
    '{sha256-checksum}': sha256
  }
  const filled = template.replace(
    /\{(?:crate|version|prefix|lowerprefix|sha256-checksum)\}/g,
    (marker) => markers[marker] ?? marker
  )
  return filled === template ? `${template}/${name}/${version}/download` : filled
}

/** What is kept of a page: one line of it for each version. */
type Page = ReadonlyMap<string, Omit<StatedCrate, 'source'>>

/** A line that is no entry is passed over, as Cargo does: it may be of a later form. */
function pageOf(body: Uint8Array): Page {
  const page = new Map<string, Omit<StatedCrate, 'source'>>()
  for (const line of new TextDecoder().decode(body).split('\n')) {
    const { vers, cksum, yanked } = jsonOf(line) ?? {}
    if (typeof vers !== 'string' || typeof cksum !== 'string') continue
    page.set(vers, { sha256: cksum, yanked: yanked === true })
  }
  return page
}

function jsonIn(body: Uint8Array): JsonObject | undefined {
  return jsonOf(new TextDecoder().decode(body))
}

function jsonOf(text: string): JsonObject | undefined {
  try {
    return jsonObjectOf(JSON.parse(text))
  } catch {
    return undefined
  }
}

function noIndex(url: string, what: string): ServiceError {
  const place = withoutSecrets(url)
  return new ServiceError({
    code: 'SERVICE_RESPONSE_INVALID',
    message: `Cannot read "${place}": ${what}, expected the configuration of a sparse index`,
    reason: 'the answer is no configuration of a sparse index',
    url: place,
    remedy:
      'Look whether the address is that of a sparse index: `<address>config.json` must be there'
  })
}
