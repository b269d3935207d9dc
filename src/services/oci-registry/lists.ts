import { jsonObjectIn } from '../../formats/json.ts'
import { MEDIA_TYPE, parseManifest } from '../../formats/oci.ts'
import type { Descriptor } from '../../formats/oci/descriptor.ts'
import type { HttpAnswer } from '../../host/host.ts'
import { nonsenseError, refusalError } from './faults.ts'
import { nameOf, readManifest } from './reading.ts'
import type { RepositoryRequest, Session } from './session.ts'

/** Most pages of one list, and largest page in bytes. */
const MAX_PAGES = 100
const MAX_PAGE_BYTES = 4 * 1024 * 1024

/** What refers to a manifest. */
export interface Referrers {
  /** The registry's own list; or, where it keeps none, the index under a tag that writers keep. */
  readonly from: 'api' | 'tag'
  readonly entries: readonly Descriptor[]
}

/** Entries of a fallback index whose manifests are read because they do not say what they are. */
const MAX_LOOKED_INTO = 200

/**
 * Lists what refers to a manifest.
 *
 * @param artifactType only those of this type
 * @throws ServiceError when the registry cannot be asked, or refuses
 * @see https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers
 */
export async function listReferrers(
  session: Session,
  digest: string,
  artifactType?: string
): Promise<Referrers> {
  const listed = await apiReferrers(session, digest, artifactType)
  if (listed) return { from: 'api', entries: listed.filter((one) => isOf(one, artifactType)) }
  const index = await fallbackIndex(session, digest)
  const entries: Descriptor[] = []
  let looks = 0
  for (const entry of index?.entries ?? []) {
    // Some writers put the type of the config there, and no annotations.
    const isVague = entry.artifactType === undefined || entry.artifactType === MEDIA_TYPE.empty
    const look = isVague && artifactType !== undefined && looks++ < MAX_LOOKED_INTO
    const told = look ? await lookedInto(session, entry) : entry
    if (isOf(told, artifactType)) entries.push(told)
  }
  return { from: 'tag', entries }
}

function isOf(entry: Descriptor, artifactType: string | undefined): boolean {
  return artifactType === undefined || entry.artifactType === artifactType
}

/** @returns nothing when the registry has no such list */
async function apiReferrers(
  session: Session,
  digest: string,
  artifactType: string | undefined
): Promise<readonly Descriptor[] | undefined> {
  const query =
    artifactType === undefined ? '' : `?${new URLSearchParams({ artifactType }).toString()}`
  const first: RepositoryRequest = {
    path: `referrers/${digest}${query}`,
    access: 'pull',
    what: `list what refers to "${nameOf(session, digest)}"`,
    headers: { accept: MEDIA_TYPE.index },
    maxBytes: MAX_PAGE_BYTES,
    answers: [400, 405, 406, 501]
  }
  const entries: Descriptor[] = []
  for await (const answer of pagesOf(session, first)) {
    const type = (answer.headers['content-type'] ?? '').split(';', 1)[0]
    // Some answer with a page of their own to every path.
    if (answer.status !== 200 || type !== MEDIA_TYPE.index) return undefined
    const index = parseManifest(answer.body, MEDIA_TYPE.index)
    if (index.kind !== 'index') {
      const reason = index.kind === 'invalid' ? index.reason : 'it is no index'
      throw nonsenseError(first.what, answer.url, reason)
    }
    entries.push(...index.entries)
  }
  return entries
}

/** What writers keep where the registry keeps no list. */
export interface FallbackIndex {
  readonly bytes: Uint8Array
  readonly entries: readonly Descriptor[]
  /** For `If-Match`. */
  readonly etag?: string
}

/** `sha256:ab…` becomes the tag `sha256-ab…`. */
export function fallbackTag(digest: string): string {
  return digest.replace(':', '-')
}

/** @see https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema */
export async function fallbackIndex(
  session: Session,
  digest: string
): Promise<FallbackIndex | undefined> {
  const found = await readManifest(session, fallbackTag(digest))
  if (found?.kind !== 'found') return undefined
  const { manifest, bytes, url, etag } = found
  if (manifest.kind === 'index') {
    return { bytes, entries: manifest.entries, ...(etag !== undefined && { etag }) }
  }
  const what = `list what refers to "${nameOf(session, digest)}"`
  throw nonsenseError(what, url, `the tag "${fallbackTag(digest)}" is no index`)
}

async function lookedInto(session: Session, entry: Descriptor): Promise<Descriptor> {
  const found = await readManifest(session, entry.digest)
  if (found?.kind !== 'found' || found.manifest.kind !== 'image') return entry
  const { artifactType, config, annotations } = found.manifest
  return { ...entry, artifactType: artifactType ?? config.mediaType, annotations }
}

/** Lists the tags of the repository, as the registry orders them. @throws ServiceError */
export async function listTags(session: Session): Promise<readonly string[]> {
  const first: RepositoryRequest = {
    path: 'tags/list?n=1000',
    access: 'pull',
    what: `list the tags of "${session.registry}/${session.repository}"`,
    maxBytes: MAX_PAGE_BYTES
  }
  const tags: string[] = []
  for await (const answer of pagesOf(session, first)) {
    if (answer.status !== 200) return tags
    const list: unknown = jsonObjectIn(answer.body)?.['tags'] ?? []
    if (!Array.isArray(list)) throw nonsenseError(first.what, answer.url, 'no list of tags')
    tags.push(...list.filter((tag) => typeof tag === 'string'))
  }
  return tags
}

/** Follows `Link` from page to page, on the same registry. */
async function* pagesOf(session: Session, first: RepositoryRequest): AsyncGenerator<HttpAnswer> {
  let next: RepositoryRequest | undefined = first
  for (let pages = 0; next !== undefined; pages++) {
    if (pages === MAX_PAGES) {
      throw nonsenseError(first.what, session.registry, `more than ${MAX_PAGES} pages`)
    }
    const answer: HttpAnswer = await session.send(next)
    if (pages > 0 && answer.status !== 200) throw refusalError(first.what, answer)
    yield answer
    const link = /<([^>]*)>\s*;\s*rel="?next"?/.exec(answer.headers['link'] ?? '')?.[1]
    const path = link === undefined ? undefined : session.addressOf(link, answer, first.what)
    next = path && { ...first, path }
  }
}
